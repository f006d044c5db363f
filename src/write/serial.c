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

/* The next word at *text, which moves behind it; its length is 0 at the end. */
static size_t next_word(const char **text, const char *end)
{
    const char *start;

    while (*text < end && strchr(" \n;", **text)) {
        const char *line_end =
            **text == ';' ? memchr(*text, '\n', (size_t)(end - *text)) : *text;

        *text = line_end ? line_end + 1 : end;
    }
    start = *text;
    while (*text < end && !strchr(" \n;", **text))
        ++*text;
    return (size_t)(*text - start);
}

bool serial_same_records(const char *one, size_t one_length, const char *other,
                         size_t other_length)
{
    const char *one_end = one + one_length;
    const char *other_end = other + other_length;
    size_t length;

    do {
        length = next_word(&one, one_end);
        if (next_word(&other, other_end) != length ||
            memcmp(one - length, other - length, length) != 0)
            return false;
    } while (length > 0);
    return true;
}

uint32_t serial_next(uint32_t serial)
{
    return serial == UINT32_MAX ? 1 : serial + 1;
}

bool serial_is_older(uint32_t one, uint32_t other)
{
    return one != other && other - one < UINT32_C(0x80000000);
}
