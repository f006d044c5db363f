/*
 * Temporary files: what they are called, how they are written, and what
 * becomes of those of runs that were killed.
 *
 *     .sip.contoso.com.zone.ocszone-4711-0    process 4711, the first try
 */
#ifndef BASE_TEMPORARY_H
#define BASE_TEMPORARY_H

#include <stddef.h>

struct stat;

#define TEMPORARY_SIZE 264 /* of any name, with its NUL */

/* The name of this process for a temporary beside the file. */
void temporary_name(char name[TEMPORARY_SIZE], const char *file, unsigned try);

/*
 * Writes text to a new temporary beside the file, and its name to name.  It
 * has the permissions of old and, where the user may give it away, the owner;
 * old may be NULL.  Returns -1 with errno, and leaves nothing behind then.
 */
int temporary_write(char name[TEMPORARY_SIZE], int directory, const char *file,
                    const struct stat *old, const char *text, size_t length);

/*
 * Removes all temporaries from the directory that is open as descriptor,
 * unless another run has a lock on it; then this one has the only lock.  Never
 * fails: what cannot be removed stays.
 */
void temporary_sweep(int descriptor);

#endif
