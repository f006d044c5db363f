/*
 * Escapes of master files (RFC 1035 section 5.1): \DDD is the octet of that
 * number, \ and any other character that character.
 */
#ifndef DNS_ESCAPE_H
#define DNS_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

/* Reads the escape whose backslash stands before text into *octet.  Returns
 * how many characters of text it takes, 0 when it is none: nothing behind the
 * backslash, less than three digits, or a number over 255. */
size_t escape_read(const char *text, size_t length, uint8_t *octet);

#endif
