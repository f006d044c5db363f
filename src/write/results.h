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

/* Do two of them go to one file?  Reports, and returns -1. */
int results_check(struct arena *arena, struct diag *diag,
                  const struct results *results);

/* Would one of them go over a file that was read: a source of diag, or
 * standard input for the operand "-"?  Reports, and returns -1. */
int results_check_inputs(struct diag *diag, const struct results *results,
                         const char *operand);

/* Writes text to the file at path, whole or not at all. */
int result_write_file(struct arena *arena, struct diag *diag, const char *path,
                      const struct strbuf *text);

#endif
