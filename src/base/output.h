/*
 * A set of files that appears in a directory, each of them whole or not at
 * all.
 *
 * output_add() writes a temporary beside the place where the file will be;
 * output_commit() makes all of them durable and then renames each to its
 * name, and only then removes what output_remove() was told of.  Until then
 * nothing that others can see has changed, and a run that gives up leaves no
 * trace behind (output_abandon).  One that is killed leaves its temporaries,
 * which the next run that opens the directory removes.  A file that holds the
 * same bytes already is left alone, its time stamp too.
 */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag;
struct output_directory;
struct output_file;
struct output_removal;

enum output_access {
    OUTPUT_LOOK,  /* tells what would change: makes, locks, writes nothing */
    OUTPUT_SHARE, /* others may write at the same time */
    OUTPUT_ALONE  /* what was read holds until this run is through */
};

enum output_change { OUTPUT_SAME, OUTPUT_REPLACED, OUTPUT_NEW };

struct output {
    struct arena *arena;
    struct diag *diag;
    const char *directory;
    enum output_access access;
    struct output_directory *directories; /* open; the top one is the last */
    struct output_file *files;
    struct output_file *last;
    struct output_removal *removals;
    enum output_change change; /* by the file that was added last */
    size_t written;            /* files that were replaced or are new */
    size_t unchanged;          /* files that held these bytes already */
    size_t changes;            /* files that were added and did not */
    size_t removed;
};

/*
 * Opens directory, making it (its parent must exist) where there is none; to
 * OUTPUT_LOOK it is empty then.  Waits for a run that has it alone, or for all
 * runs where this one is to have it alone.  Reports and returns -1 when it
 * cannot be made, opened or written to, or others do not let go of it, and
 * leaves none that was made; output_abandon is fine then, too.
 */
int output_open(struct output *output, struct arena *arena, struct diag *diag,
                const char *directory, enum output_access access);

/*
 * The bytes that path, relative to the directory, holds now: *length bytes at
 * *text.  Returns 1 when there is such a file, 0 when there is none; reports
 * and returns -1 when it is there and cannot be read, or is no plain file.
 */
int output_read(struct output *output, const char *path, const char **text,
                size_t *length);

/*
 * Plans the file path with these bytes.  path is relative, holds at most one
 * directory level, which is made where it is missing, and no component that
 * is empty or starts with a dot.  A name in the directory that is a symbolic
 * link is refused rather than followed.  A file that is replaced hands on its
 * permissions and, where the user may give it away, its owner.  Reports and
 * returns -1 on an I/O error; the file is left out of the set then.
 */
int output_add(struct output *output, const char *path, const char *text,
               size_t length);

/* Plans that path, which is there, goes when all files are in their place. */
int output_remove(struct output *output, const char *path);

/* Syncs, renames and removes; on failure reports which files are old still,
 * returns -1, and removes the temporaries.  Files are renamed in the order of
 * adding. Not for OUTPUT_LOOK. */
int output_commit(struct output *output);

/* Removes the temporaries, and the directories that were made and are empty,
 * and closes; fine after output_commit, too, which does not close. */
void output_abandon(struct output *output);

#endif
