/*
 * What a run has read: the sources that its messages quote, which are the
 * topology, base files, catalogues and templates.
 */
#ifndef WRITE_INPUTS_H
#define WRITE_INPUTS_H

#include <stdbool.h>
#include <sys/stat.h>

struct diag;

/* Is it the file of that status, under whatever name? */
bool inputs_hold(const struct diag *diag, const struct stat *status);

/* The same for a path; false where nothing is there. */
bool inputs_hold_path(const struct diag *diag, const char *path);

#endif
