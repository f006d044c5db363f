#include "base/source.h"

#include <string.h>

#include "base/arena.h"
#include "base/terminal.h"

#define EXCERPT_CHARACTERS 100
#define MARK_DISTANCE      4096 /* bytes */

/* What an excerpt shows: bytes from start to end, the caret among them. */
struct window {
    size_t start;
    size_t caret;
    size_t end;
};

void source_init(struct source *source, const char *file, const char *text,
                 size_t length)
{
    *source = (struct source){
        .file = file,
        .text = text,
        .length = length,
        .start = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0,
    };
}

static bool is_line_end(const struct source *source, size_t offset)
{
    return offset == source->length || source->text[offset] == '\n' ||
           source->text[offset] == '\r';
}

/* Moves to the next character, or into the next line at the end of one. */
static void mark_step(const struct source *source, struct source_mark *mark)
{
    const char *next = source->text + mark->offset;
    size_t left = source->length - mark->offset;

    if (is_line_end(source, mark->offset)) {
        mark->offset += left > 1 && next[0] == '\r' && next[1] == '\n' ? 2 : 1;
        mark->line++;
        mark->column = 1;
    } else {
        mark->offset += terminal_character_length(next, left);
        mark->column++;
    }
}

static void mark_add(struct source *source, struct arena *arena,
                     struct source_mark mark)
{
    source->marks = arena_room(arena, source->marks, source->mark_count,
                               &source->mark_capacity, sizeof *source->marks);
    source->marks[source->mark_count++] = mark;
}

static bool is_before(struct source_mark mark, uint32_t line, uint32_t column)
{
    return mark.line != line ? mark.line < line : mark.column < column;
}

static struct source_mark mark_before(const struct source *source,
                                      uint32_t line, uint32_t column)
{
    size_t low = 0, high = source->mark_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (is_before(source->marks[middle], line, column))
            low = middle;
        else
            high = middle;
    }
    return source->marks[low];
}

/* The offset of a place, or of the end of its line when that is shorter.
 * Returns false when there is no such line. */
static bool seek(struct source *source, struct arena *arena, uint32_t line,
                 uint32_t column, size_t *offset)
{
    struct source_mark mark = {.offset = source->start, .line = 1, .column = 1};

    if (source->mark_count == 0)
        mark_add(source, arena, mark);
    mark = mark_before(source, line, column);
    while (is_before(mark, line, column) && mark.offset < source->length) {
        if (mark.line == line && is_line_end(source, mark.offset))
            break;
        mark_step(source, &mark);
        if (mark.offset >=
            source->marks[source->mark_count - 1].offset + MARK_DISTANCE)
            mark_add(source, arena, mark);
    }
    *offset = mark.offset;
    return mark.line == line;
}

/* Up to most characters back from offset, within the line; *count is how
 * many there were. */
static size_t walk_back(const struct source *source, size_t offset, size_t most,
                        size_t *count)
{
    const char *text = source->text;

    for (*count = 0; *count < most && offset > source->start; ++*count) {
        size_t length = 1;

        if (is_line_end(source, offset - 1))
            break;
        for (size_t try = 2; try <= 4 && try <= offset - source->start; try++)
            if (terminal_character_length(text + offset - try, try) == try)
                length = try;
        offset -= length;
    }
    return offset;
}

static size_t walk_on(const struct source *source, size_t offset, size_t most,
                      size_t *count)
{
    for (*count = 0; *count < most && !is_line_end(source, offset); ++*count)
        offset += terminal_character_length(source->text + offset,
                                            source->length - offset);
    return offset;
}

/* All of a line, or as much as is shown of one, the caret in the middle where
 * there is enough on both sides. */
static struct window window_around(const struct source *source, size_t caret)
{
    struct window window = {.caret = caret};
    size_t half = EXCERPT_CHARACTERS / 2;
    size_t before, after;

    walk_on(source, caret, half, &after);
    window.start =
        walk_back(source, caret, EXCERPT_CHARACTERS - after, &before);
    window.end = walk_on(source, caret, EXCERPT_CHARACTERS - before, &after);
    return window;
}

/* Tabs pass: the padding has them, too. */
static void write_line(FILE *stream, const struct source *source,
                       struct window window)
{
    size_t length;

    for (size_t i = window.start; i < window.end; i += length) {
        const char *next = source->text + i;

        length = terminal_character_length(next, window.end - i);
        if (*next == '\t')
            putc('\t', stream);
        else
            terminal_write(stream, next, length);
    }
}

/* What moves the caret below the character that it points at. */
static void write_padding(FILE *stream, const struct source *source,
                          struct window window)
{
    size_t length;

    for (size_t i = window.start; i < window.caret; i += length) {
        const char *next = source->text + i;

        length = terminal_character_length(next, window.caret - i);
        putc(*next == '\t' ? '\t' : ' ', stream);
    }
}

static void write_excerpt(FILE *stream, const struct source *source,
                          uint32_t line, size_t caret, bool color)
{
    struct window window = window_around(source, caret);
    bool cut_before =
        window.start > source->start && !is_line_end(source, window.start - 1);
    bool cut_after = !is_line_end(source, window.end);
    char number[16];
    int width = snprintf(number, sizeof number, "%5u", line);

    fprintf(stream, "%s |", number);
    if (window.start < window.end) {
        fputs(cut_before ? " ..." : " ", stream);
        write_line(stream, source, window);
        fputs(cut_after ? "..." : "", stream);
    }
    fprintf(stream, "\n%*s | %s", width, "", cut_before ? "   " : "");
    write_padding(stream, source, window);
    fputs(color ? "\033[1;32m^\033[0m\n" : "^\n", stream);
}

void source_quote(struct source *source, struct arena *arena, FILE *stream,
                  uint32_t line, uint32_t column, bool color)
{
    size_t caret;

    if (seek(source, arena, line, column, &caret))
        write_excerpt(stream, source, line, caret, color);
}
