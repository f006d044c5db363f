#include "write/markdown.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/terminal.h"

/* One line, with a backslash in front of each of these characters. */
static void write_escaped(struct arena *arena, struct strbuf *buf,
                          const char *text, const char *characters)
{
    struct strbuf line;

    strbuf_init(&line, arena);
    terminal_add(&line, text);
    for (text = line.text; *text; text++) {
        if (strchr(characters, *text))
            strbuf_add_char(buf, '\\');
        strbuf_add_char(buf, *text);
    }
}

void markdown_prose(struct arena *arena, struct strbuf *buf, const char *text)
{
    write_escaped(arena, buf, text, "|\\`*_<[&~");
}

static size_t longest_run(const char *text, const char *character)
{
    size_t longest = 0;

    while (*text) {
        size_t length = strspn(text, character);

        longest = length > longest ? length : longest;
        text += length;
        text += strcspn(text, character);
    }
    return longest;
}

void markdown_code(struct arena *arena, struct strbuf *buf, const char *text,
                   const char *escaped)
{
    size_t fence = longest_run(text, "`") + 1;
    const char *space = fence > 1 ? " " : "";

    for (size_t i = 0; i < fence; i++)
        strbuf_add_char(buf, '`');
    strbuf_add_text(buf, space);
    write_escaped(arena, buf, text, escaped);
    strbuf_add_text(buf, space);
    for (size_t i = 0; i < fence; i++)
        strbuf_add_char(buf, '`');
}
