/*
 * Whole files into memory, within a limit.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

struct arena;
struct diag;

struct file {
    const char *name; /* as messages show it */
    const char *text; /* NUL-terminated behind length, NUL may also be inside */
    size_t length;
};

/*
 * Reads path, or standard input for "-", of at most limit bytes, and lends
 * the text to diag for its excerpts.  Reports and returns -1 when it cannot
 * be opened or read, is a directory, or is longer than limit; never reads
 * more than limit + 1 bytes.
 */
int file_read(struct arena *arena, struct diag *diag, const char *path,
              size_t limit, struct file *file);

/* The same for a file that is open already; name is shown, and lent.  The
 * descriptor stays open. */
int file_read_open(struct arena *arena, struct diag *diag, int descriptor,
                   const char *name, size_t limit, struct file *file);

/*
 * The paths of the entries of a directory whose names end in suffix, sorted
 * by byte, hidden ones left out; a NULL behind them.  Reports and returns -1
 * when the directory cannot be read.
 */
int file_list(struct arena *arena, struct diag *diag, const char *directory,
              const char *suffix, const char ***paths, size_t *count);

#endif
