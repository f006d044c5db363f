/*
 * The files of templates/, compiled into the program.
 */
#ifndef PLAN_TEMPLATES_H
#define PLAN_TEMPLATES_H

#include <stddef.h>

struct builtin_template {
    const char *name;
    const unsigned char *bytes; /* a NUL behind length */
    size_t length;
};

/* Ends with an entry whose name is NULL. */
extern const struct builtin_template builtin_templates[];

#endif
