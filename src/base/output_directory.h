/*
 * The directories of an output, and the places of files in them; private to
 * output.c, which has the set of files.
 *
 * The top directory is opened first; one below it when the first path leads
 * there, and made where it is missing and may be.  All stay open, and locked
 * unless nothing is to be written, until output_directories_close().
 */
#ifndef BASE_OUTPUT_DIRECTORY_H
#define BASE_OUTPUT_DIRECTORY_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/output.h"

/* The file of a directory that was looked at last, and what was found: who
 * adds a file has read it just before. */
struct seen {
    const char *path; /* NULL: none yet */
    int is_there;
    struct stat status;
    const char *text; /* status.st_size bytes; NULL where it was not read */
};

struct output_directory {
    const char *name; /* in the top directory, which is "" itself */
    int descriptor;
    dev_t device;
    bool is_made;   /* by this run */
    bool is_filled; /* by this run, or there was something before */
    bool is_used;   /* by a file that is to be renamed */
    struct seen seen;
    struct output_directory *next;
};

/* The two parts of a path in the output directory. */
struct target {
    const char *path;      /* as messages show it */
    const char *directory; /* "" for the top one */
    const char *name;
};

/* Reports what could not be done with path, and why: errno.  Returns -1. */
int output_report(struct output *output, const char *path, const char *id,
                  const char *what);

/* Closes, and leaves errno as it was. */
void output_descriptor_close(int descriptor);

/*
 * Opens and locks the top directory, output->directory, as output->access
 * wants it; unless that is OUTPUT_LOOK it is made where there is none, and
 * must let files be written.  Returns 0, also when OUTPUT_LOOK finds none;
 * reports and returns -1 when that fails, and output_directories_close() is
 * to be called then, too.
 */
int output_directory_open(struct output *output);

/*
 * The two parts of path, as output_add() takes it.  target->name points into
 * path.  Reports and returns -1 when it is none of a file to write.
 */
int output_split_path(struct output *output, const char *path,
                      struct target *target);

/*
 * The directory of a target, opened and locked on the first call.  Returns 1
 * and sets *found, or 0 when there is none and make is false; reports and
 * returns -1 when it cannot be made, opened or locked.
 */
int output_target_directory(struct output *output, const struct target *target,
                            bool make, struct output_directory **found);

/*
 * Returns 1 and sets *status when the target is a regular file, 0 when there
 * is nothing; reports and returns -1 when it is something else, a symbolic
 * link for one, or cannot be looked at.  A target that was looked at just
 * before (output_target_is_seen) is not looked at again.
 */
int output_target_status(struct output *output, const struct target *target,
                         struct output_directory *directory,
                         struct stat *status);

/* Is what the directory has seen last this target? */
bool output_target_is_seen(const struct target *target,
                           const struct output_directory *directory);

/* Makes the names in the directory durable, and its own where it is a top
 * directory that is new.  Returns -1 with errno. */
int output_directory_sync(const struct output_directory *directory);

/* Removes the directories that were made and are empty, and closes all. */
void output_directories_close(struct output *output);

#endif
