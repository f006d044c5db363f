/*
 * An explanation for people, programs and pages.
 */
#ifndef WRITE_EXPLAIN_WRITER_H
#define WRITE_EXPLAIN_WRITER_H

#include "plan/explain.h"

struct arena;
struct strbuf;

typedef void explain_write(struct arena *arena, struct strbuf *buf,
                           const struct explanation *explanation);

struct explain_format {
    const char *name; /* NULL ends the table */
    explain_write *write;
};

extern const struct explain_format explain_formats[];

#endif
