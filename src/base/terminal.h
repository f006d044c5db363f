/*
 * Text of others on somebody's terminal.
 *
 * What the program says quotes names and lines that anybody may have written.
 * What would move the cursor, change colours, turn the direction of writing or
 * is no UTF-8 is shown as '?', one for each character or stray byte.
 */
#ifndef BASE_TERMINAL_H
#define BASE_TERMINAL_H

#include <stddef.h>
#include <stdio.h>

struct strbuf;

/* Tabs and line ends are control characters, too. */
void terminal_write(FILE *stream, const char *text, size_t length);

/* Adds a text to what stands in one line: tabs and line ends become spaces. */
void terminal_add(struct strbuf *buf, const char *text);

/* Bytes of the character at text; 1 for a byte that is no UTF-8.  left, the
 * bytes that there are, is not 0. */
size_t terminal_character_length(const char *text, size_t left);

#endif
