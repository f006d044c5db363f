/*
 * One function for each command; each reads as its pipeline.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <stdbool.h>

#include "write/results.h"
#include "write/zone_tree.h"

struct arena;
struct diag;
struct strbuf;

/* Exit status of every command. */
enum status {
    STATUS_OK = 0,
    STATUS_FOUND = 1, /* findings, differences */
    STATUS_FAILED = 2 /* the work could not be done */
};

struct canon_options {
    const char *origin; /* of the zone, as text; NULL: as the file says */
    const char *include_root;
    bool is_fragment;
    bool is_textconv; /* errors are comments, and no failure */
};

struct options {
    const char *const *operands;
    int operand_count;
    const char *output;            /* of --output; NULL: not said */
    struct zone_tree_options tree; /* templates are of all commands */
    struct results results;
    const char *view;        /* of a script or sheet, or NULL */
    const char *tree_option; /* one of those for zone files alone, or NULL */
    struct canon_options canon;
};

/*
 * Messages go to diag, which the caller prints; results for standard output
 * go to out, which the caller writes.  A usage error is reported, too.
 */
typedef enum status command_function(struct arena *arena, struct diag *diag,
                                     struct strbuf *out,
                                     const struct options *options);

command_function command_init, command_generate, command_explain, command_canon;

#endif
