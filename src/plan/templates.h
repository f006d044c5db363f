/*
 * The files of templates/: compiled into the program, and replaced by those of
 * a directory.
 */
#ifndef PLAN_TEMPLATES_H
#define PLAN_TEMPLATES_H

#include <stddef.h>

struct arena;
struct diag;
struct file;

struct builtin_template {
    const char *name;
    const unsigned char *bytes; /* a NUL behind length */
    size_t length;
};

/* Ends with an entry whose name is NULL. */
extern const struct builtin_template builtin_templates[];

/*
 * The text of the template `name`: from directory, or the one compiled in when
 * directory is NULL or holds none.  Returns 0; 1 when there is none at all;
 * reports and returns -1 when what is there is no regular file, cannot be
 * read, or is longer than limit.
 */
int templates_find(struct arena *arena, struct diag *diag,
                   const char *directory, const char *name, size_t limit,
                   struct file *file);

#endif
