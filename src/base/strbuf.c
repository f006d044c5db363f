#include "base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

#define FIRST_CAPACITY 64

/* Asks for what no arena has, so that its hook is called. */
static void run_out(struct strbuf *buf)
{
    arena_alloc(buf->arena, SIZE_MAX);
}

/* Makes room for that many further bytes and the NUL behind them. */
static void reserve(struct strbuf *buf, size_t further)
{
    size_t capacity = buf->capacity * 2;

    if (further < buf->capacity - buf->length)
        return;
    if (further >= SIZE_MAX / 2 - buf->length)
        run_out(buf);
    if (capacity < buf->length + further + 1)
        capacity = buf->length + further + 1;
    buf->text = arena_grow(buf->arena, buf->text, buf->capacity, capacity);
    buf->capacity = capacity;
}

void strbuf_init(struct strbuf *buf, struct arena *arena)
{
    *buf = (struct strbuf){
        .arena = arena,
        .text = arena_alloc(arena, FIRST_CAPACITY),
        .capacity = FIRST_CAPACITY,
    };
}

void strbuf_reset(struct strbuf *buf)
{
    buf->length = 0;
    buf->text[0] = '\0';
}

void strbuf_add(struct strbuf *buf, const void *bytes, size_t length)
{
    if (length == 0)
        return;
    reserve(buf, length);
    memcpy(buf->text + buf->length, bytes, length);
    buf->length += length;
    buf->text[buf->length] = '\0';
}

void strbuf_add_text(struct strbuf *buf, const char *text)
{
    strbuf_add(buf, text, strlen(text));
}

void strbuf_add_char(struct strbuf *buf, char character)
{
    reserve(buf, 1);
    buf->text[buf->length++] = character;
    buf->text[buf->length] = '\0';
}

void strbuf_add_number(struct strbuf *buf, unsigned long number)
{
    char digits[3 * sizeof number];
    size_t start = sizeof digits;

    do {
        digits[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    strbuf_add(buf, digits + start, sizeof digits - start);
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    strbuf_vprintf(buf, format, arguments);
    va_end(arguments);
}

void strbuf_vprintf(struct strbuf *buf, const char *format, va_list arguments)
{
    size_t room = buf->capacity - buf->length;
    va_list again;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(buf->text + buf->length, room, format, arguments);
    if (length < 0)
        run_out(buf);
    if ((size_t)length >= room) {
        reserve(buf, (size_t)length);
        vsnprintf(buf->text + buf->length, (size_t)length + 1, format, again);
    }
    buf->length += (size_t)length;
    va_end(again);
}

/* Characters of UTF-8: bytes that continue none. */
static size_t count_characters(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

void strbuf_pad(struct strbuf *buf, size_t start, size_t width)
{
    size_t there = count_characters(buf->text + start, buf->length - start);
    size_t spaces = there < width ? width - there : 1;

    reserve(buf, spaces);
    memset(buf->text + buf->length, ' ', spaces);
    buf->length += spaces;
    buf->text[buf->length] = '\0';
}
