#include "write/serial.h"

#include <string.h>

static const char blanks[] = " \t\r\n";

/* The next word at *text, which moves behind it; its length is 0 at the end. */
static size_t next_word(const char **text, const char *end)
{
    const char *start;

    while (*text < end && (**text == ';' || strchr(blanks, **text))) {
        const char *line_end =
            **text == ';' ? memchr(*text, '\n', (size_t)(end - *text)) : *text;

        *text = line_end ? line_end + 1 : end;
    }
    start = *text;
    while (*text < end && **text != ';' && !strchr(blanks, **text))
        ++*text;
    return (size_t)(*text - start);
}

static bool read_number(const char *digits, size_t length, uint32_t *serial)
{
    uint64_t number = 0;

    for (size_t i = 0; i < length; i++) {
        if (digits[i] < '0' || digits[i] > '9' || number > UINT32_MAX)
            return false;
        number = number * 10 + (uint64_t)(digits[i] - '0');
    }
    if (length == 0 || number > UINT32_MAX)
        return false;
    *serial = (uint32_t)number;
    return true;
}

bool serial_from_zone(const char *text, size_t length, uint32_t *serial)
{
    const char *end = text + length;
    size_t word;

    do
        word = next_word(&text, end);
    while (word > 0 && !(word == 3 && memcmp(text - word, "SOA", 3) == 0));
    next_word(&text, end); /* the primary server */
    next_word(&text, end); /* the contact */
    word = next_word(&text, end);
    if (word == 1 && text[-1] == '(')
        word = next_word(&text, end);
    /* A number at the very end may have lost digits. */
    return text < end && read_number(text - word, word, serial);
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
