/*
 * Reads a master file (RFC 1035 section 5, RFC 2308 $TTL, RFC 3597, and
 * BIND's $GENERATE) as named 9.18 reads it, and as strictly.
 *
 * After an error it goes on with the next entry and reports all.  Three things
 * that named refuses are read: a byte-order mark, and the [AGE:n] marks and
 * WINS records of Windows DNS, which are passed over.  What named only warns
 * of is warned of: a record out of the zone is left out, the TTLs of an RRset
 * become one.
 */
#ifndef DNS_ZONE_FILE_H
#define DNS_ZONE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "dns/name.h"

struct arena;
struct diag;
struct recordset;

/* Bounds, for all files that one zone includes together. */
#define ZONE_FILE_MOST_BYTES     ((size_t)256 * 1024 * 1024)
#define ZONE_FILE_MOST_GENERATED 1000000
#define ZONE_FILE_MOST_INCLUDES  10000
#define ZONE_FILE_MOST_DEPTH     10

struct zone_file_options {
    struct name zone; /* absent: as the file says it, or its name */
    /* NULL: the directory of the file.  An $INCLUDE is relative to that
     * directory or, where it has no such file, to the root, and never leaves
     * the root. */
    const char *include_root;
    /* A piece of a zone: it may lack zone and TTL, and nothing is out of it
     * where zone is absent. */
    bool is_fragment;
    /* A record out of the zone is an error. */
    bool refuses_out_of_zone;
};

/*
 * Reads path ("-": standard input) into set, which it starts and seals, and
 * whose zone is the one that was found.  Returns -1 when there was an error;
 * set has all that could be read then, too.
 */
int zone_file_read(struct arena *arena, struct diag *diag, const char *path,
                   const struct zone_file_options *options,
                   struct recordset *set);

/* The same for a text that is there already and lent to diag as file; what it
 * includes is searched as if it were a file. */
int zone_file_read_text(struct arena *arena, struct diag *diag,
                        const char *file, const char *text, size_t length,
                        const struct zone_file_options *options,
                        struct recordset *set);

#endif
