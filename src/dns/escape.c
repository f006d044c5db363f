#include "dns/escape.h"

#include <stdbool.h>

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

size_t escape_read(const char *text, size_t length, uint8_t *octet)
{
    int value;

    if (length == 0)
        return 0;
    if (!is_digit(text[0])) {
        *octet = (uint8_t)text[0];
        return 1;
    }
    if (length < 3 || !is_digit(text[1]) || !is_digit(text[2]))
        return 0;
    value = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
    *octet = (uint8_t)value;
    return value <= UINT8_MAX ? 3 : 0;
}
