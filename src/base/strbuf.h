/*
 * A text that grows.
 *
 * text is always NUL-terminated and length does not count that NUL.  The
 * bytes live in an arena: there is nothing to release, and a strbuf that is
 * reset and filled again keeps its room.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct strbuf {
    struct arena *arena;
    char *text;
    size_t length;
    size_t capacity; /* bytes behind text, the NUL among them */
};

void strbuf_init(struct strbuf *buf, struct arena *arena);

/* Makes it empty and keeps the room. */
void strbuf_reset(struct strbuf *buf);

void strbuf_add(struct strbuf *buf, const void *bytes, size_t length);
void strbuf_add_text(struct strbuf *buf, const char *text);
void strbuf_add_char(struct strbuf *buf, char character);
void strbuf_add_number(struct strbuf *buf, unsigned long number);
void strbuf_printf(struct strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void strbuf_vprintf(struct strbuf *buf, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Adds spaces until the text is width characters past start, one at least. */
void strbuf_pad(struct strbuf *buf, size_t start, size_t width);

#endif
