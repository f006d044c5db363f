/*
 * The text of a file that messages quote lines from.
 *
 * Lines end in LF, CR LF or CR; columns count characters, and a byte-order
 * mark in front is none.  A place is found by walking there from a mark before
 * it.  Marks lie about 4 KiB apart, from the start to the last place that was
 * asked for, so that no lookup walks far however long the text and its lines
 * are:
 *
 *     marks    | 1:1         | 97:20       | 204:3
 *     text     ---------------------------------x-------------------
 */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;

struct source_mark {
    size_t offset;
    uint32_t line;
    uint32_t column;
};

struct source {
    const char *file;
    const char *text;
    size_t length;
    size_t start; /* behind the byte-order mark */
    size_t rank;  /* among the sources of a diag, in order of adding */
    struct source_mark *marks;
    size_t mark_count, mark_capacity;
};

/* Lends file and text; both must outlive the source. */
void source_init(struct source *source, const char *file, const char *text,
                 size_t length);

/*
 * Writes the line and, below it, a caret at the column, or at the end of a
 * line that is shorter:
 *
 *        23 |   - fqdn: pool1.corp.contoso.com
 *           |     ^
 *
 * Of a line beyond 100 characters it writes a part around the column.  Writes
 * nothing when there is no such line.  The arena holds further marks.
 */
void source_quote(struct source *source, struct arena *arena, FILE *stream,
                  uint32_t line, uint32_t column, bool color);

#endif
