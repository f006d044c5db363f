/*
 * Text templates: {name} stands for a value, all other braces for themselves.
 */
#ifndef WRITE_TEMPLATE_H
#define WRITE_TEMPLATE_H

#include "base/diag.h"

struct arena;
struct strbuf;

struct template_value {
    const char *name; /* NULL ends a list of values */
    const char *text;
};

/* The text of the template `name` in directory, or the one compiled in when
 * directory is NULL or holds no such file.  Reports and returns NULL when a
 * file that is there cannot be read, is no regular one or no text. */
const char *template_load(struct arena *arena, struct diag *diag,
                          const char *directory, const char *name);

/* Adds the template with its values filled in. */
void template_write(struct strbuf *buf, const char *text,
                    const struct template_value *values);

#endif
