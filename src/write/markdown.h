/*
 * Text of others in a Markdown page, where none of it means anything.
 */
#ifndef WRITE_MARKDOWN_H
#define WRITE_MARKDOWN_H

struct arena;
struct strbuf;

/* Text that must not end its cell early, nor start an element. */
void markdown_prose(struct arena *arena, struct strbuf *buf, const char *text);

/* A code span: its fence is longer than any in the text, and is kept apart
 * from a backtick at either end.  escaped: "|" in a table, where alone a
 * backslash does its work in code; else "". */
void markdown_code(struct arena *arena, struct strbuf *buf, const char *text,
                   const char *escaped);

#endif
