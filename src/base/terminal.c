#include "base/terminal.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"

#define NO_CHARACTER UINT32_MAX

/* The bytes that the character at text has, 1 for what is no UTF-8. */
static size_t character_read(const char *text, size_t left, uint32_t *code)
{
    size_t size = utf8_read(text, left, code);

    if (size > 0)
        return size;
    *code = NO_CHARACTER;
    return 1;
}

static bool is_shown(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        {0, 0x1f},        {0x7f, 0x9f},
        {0x61c, 0x61c},   {0x200e, 0x200f},
        {0x2028, 0x202e}, {0x2066, 0x2069},
        {0xfeff, 0xfeff}, {NO_CHARACTER, NO_CHARACTER},
    };

    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (code >= hidden[i].first && code <= hidden[i].last)
            return false;
    return true;
}

void terminal_write(FILE *stream, const char *text, size_t length)
{
    while (length > 0) {
        uint32_t code;
        size_t size = character_read(text, length, &code);

        if (is_shown(code))
            fwrite(text, 1, size, stream);
        else
            putc('?', stream);
        text += size;
        length -= size;
    }
}

/* Bytes of ASCII that are shown: nearly all there ever are. */
static size_t plain_length(const char *text, size_t left)
{
    size_t at = 0;

    while (at < left && text[at] >= ' ' && text[at] < 0x7f)
        at++;
    return at;
}

/* Returns the bytes that the character has. */
static size_t character_add(struct strbuf *buf, const char *text, size_t left)
{
    uint32_t code;
    size_t size = character_read(text, left, &code);

    if (is_shown(code))
        strbuf_add(buf, text, size);
    else
        strbuf_add_char(buf, strchr("\t\n\r", *text) ? ' ' : '?');
    return size;
}

void terminal_add(struct strbuf *buf, const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        size_t size = plain_length(text, left);

        if (size > 0)
            strbuf_add(buf, text, size);
        else
            size = character_add(buf, text, left);
        text += size;
        left -= size;
    }
}

size_t terminal_character_length(const char *text, size_t left)
{
    uint32_t code;

    return character_read(text, left, &code);
}
