/*
 * The directory with all files that follow from a plan: the zones of each
 * view, the lists of them, the hosts files of the perimeter, and named.conf.
 */
#ifndef WRITE_ZONE_TREE_H
#define WRITE_ZONE_TREE_H

#include "plan/plan.h"
#include "write/serial.h"

struct arena;
struct strbuf;

struct zone_tree_options {
    const char *directory;
    const char *templates;      /* NULL: those compiled in */
    const char *zone_directory; /* NULL: paths in named.conf are relative */
    const char *serial_from;    /* a tree; NULL: directory itself */
    struct serial_policy serial;
    bool check; /* tell what would change, and write nothing */
    bool prune; /* remove the files of zones that are not planned any more */
    bool force; /* over files of others, back to older serials, and whatever
                 * becomes of the records */
    bool quiet;
    bool verbose;
};

/*
 * Writes what has changed, all of it or nothing (see base/output.h), and adds
 * to out what was written: a line in all, with verbose one for each zone and
 * each hosts file, to check one for each file that would change.  Serials
 * follow from the files that are there.  Returns 1 when something would change,
 * to check, else 0.
 *
 * Reports and returns -1 when a file is not ours, a zone is dynamic or would
 * lose too many records, a serial would go back, the text of a zone is not
 * what was planned, another run has the directory, or on an I/O error.
 */
int zone_tree_write(struct arena *arena, struct diag *diag, struct strbuf *out,
                    const struct plan *plan,
                    const struct zone_tree_options *options);

#endif
