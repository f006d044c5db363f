#include "write/serial.h"

#include <string.h>

static const char mark[] = "; serial\n";

/* The number in front of the mark, on a line of its own. */
static bool read_number(const char *start, const char *end, uint32_t *serial)
{
    uint64_t number = 0;
    bool found = false;

    while (end > start && end[-1] == ' ')
        end--;
    while (end > start && end[-1] != ' ' && end[-1] != '\n')
        end--;
    for (; *end >= '0' && *end <= '9' && number <= UINT32_MAX; end++) {
        number = number * 10 + (uint64_t)(*end - '0');
        found = true;
    }
    if (!found || *end != ' ' || number > UINT32_MAX)
        return false;
    *serial = (uint32_t)number;
    return true;
}

bool serial_from_zone(const char *text, size_t length, uint32_t *serial)
{
    const char *found = memmem(text, length, mark, sizeof mark - 1);

    return found && read_number(text, found, serial);
}

uint32_t serial_next(uint32_t serial)
{
    return serial == UINT32_MAX ? 1 : serial + 1;
}

bool serial_is_older(uint32_t one, uint32_t other)
{
    return one != other && other - one < UINT32_C(0x80000000);
}
