/*
 * The directory with all files that follow from a plan: the zones of each
 * view, the lists of them, and named.conf.
 */
#ifndef WRITE_ZONE_TREE_H
#define WRITE_ZONE_TREE_H

#include "plan/plan.h"

struct arena;
struct strbuf;

enum serial_mode { SERIAL_INCREMENT, SERIAL_NUMBER };

struct zone_tree_options {
    const char *directory;
    const char *templates;      /* NULL: those compiled in */
    const char *zone_directory; /* NULL: paths in named.conf are relative */
    enum serial_mode serial_mode;
    uint32_t serial; /* of SERIAL_NUMBER */
    bool force;      /* over files of others, and back to older serials */
    bool quiet;
    bool verbose;
};

/*
 * Writes what has changed, all of it or nothing (see base/output.h), and adds
 * to out what was written: a line in all, with verbose one for each zone.
 * Serials follow from the files that are there.  Reports and returns -1 when
 * a file is not ours, a serial would go back, or on an I/O error.
 */
int zone_tree_write(struct arena *arena, struct diag *diag, struct strbuf *out,
                    const struct plan *plan,
                    const struct zone_tree_options *options);

#endif
