/*
 * A file that must not have been there before.
 */
#ifndef BASE_NEW_FILE_H
#define BASE_NEW_FILE_H

#include <stddef.h>

struct diag;

/*
 * Makes the file path with these bytes; whatever is there already, a symbolic
 * link that leads nowhere among it, is left alone.  Reports and returns -1
 * when something is there, or when the file cannot be written: then there is
 * none afterwards.
 */
int new_file_write(struct diag *diag, const char *path, const char *text,
                   size_t length);

#endif
