/*
 * Is a text what a person wrote in an editor?
 *
 * That is UTF-8, perhaps with a byte-order mark in front, in lines that end
 * in LF, CR LF or CR, without any other control character: no NUL, no C0 or
 * C1 but the tab, no DEL, none of the line breaks of Unicode (NEL, U+2028,
 * U+2029), which would make our line numbers differ from the editor's.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;

/* Reports what is not so as utf-16, nul-byte, bad-utf-8 or control-character,
 * up to 20 faults, and returns -1 when there was one. */
int utf8_check(struct diag *diag, const char *file, const char *text,
               size_t length);

/* Bytes of the byte-order mark in front of the text: 3 or 0. */
size_t utf8_mark_length(const char *text, size_t length);

/*
 * Reads the character at text, of which left bytes are there (one at least),
 * into *code and returns its bytes; 0 when it is not UTF-8: cut short, longer
 * than need be, a surrogate, or too large.
 */
size_t utf8_read(const char *text, size_t left, uint32_t *code);

/* How much of a text a message quotes: whole characters, 60 bytes at most. */
int utf8_shown(const char *text, size_t length);

/* Is it a byte of a character, but not its first? */
static inline bool utf8_is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0u) == 0x80;
}

#endif
