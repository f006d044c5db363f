/*
 * Where the results of a run go: --format=FORMAT[:FILE], several times.
 */
#ifndef WRITE_RESULTS_H
#define WRITE_RESULTS_H

#include <stdbool.h>

struct arena;
struct diag;
struct strbuf;

#define RESULTS_MOST 8

struct result {
    const char *format;
    const char *file; /* NULL: standard output */
};

struct results {
    struct result items[RESULTS_MOST];
    int count;
};

/* Adds what is at subject, of the type that the command's table is for. */
typedef void result_writer(struct arena *arena, struct strbuf *buf,
                           const void *subject);

struct result_format {
    const char *name;     /* NULL ends the table */
    result_writer *write; /* NULL: makes files that it names itself */
};

/* NULL for a name that the table has not. */
const struct result_format *results_find(const struct result_format *formats,
                                         const char *name);

/* Is each format one of the command's table, and does each go to a place of
 * its own: another file, or standard output?  Reports, and returns -1. */
int results_check(struct arena *arena, struct diag *diag,
                  const struct results *results,
                  const struct result_format *formats, const char *command);

/* Would one of them go over a file that was read: a source of diag, or
 * standard input for the operand "-"?  Reports, and returns -1. */
int results_check_inputs(struct diag *diag, const struct results *results,
                         const char *operand);

/* Writes the subject in each format, to its file, whole or not at all, or to
 * out.  Reports and returns -1 when a file cannot be written. */
int results_write(struct arena *arena, struct diag *diag, struct strbuf *out,
                  const struct results *results,
                  const struct result_format *formats, const void *subject);

#endif
