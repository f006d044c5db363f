/*
 * What the last run has left of a zone: its text, its serial, and how its
 * records differ from those that are planned now.
 */
#ifndef WRITE_ZONE_HISTORY_H
#define WRITE_ZONE_HISTORY_H

#include "plan/plan.h"
#include "write/serial.h"
#include "write/zone_change.h"

struct arena;
struct output;
struct recordset;

struct zone_history {
    const char *path; /* as messages show it */
    bool is_there;    /* if not, the rest is empty */
    const char *text;
    size_t length;
    bool has_serial; /* this and the rest: by zone_history_compare() */
    uint32_t serial;
    struct zone_change change;
};

/* Does the first line of a file say that this program has written it? */
bool is_written_by_us(const char *text, size_t length);

/* Finds the file of a zone in a tree; 0, or -1 after reporting. */
int zone_history_read(struct zone_history *history, struct output *tree,
                      const char *path);

/* The serial that stands where zone_writer_write() puts it.  It may be any
 * number: only a text that comes out the same with it proves it right. */
bool zone_history_guess(const struct zone_history *history, uint32_t *serial);

/* Reads the text as a name server would, as far as that goes.  The scratch
 * arena is not needed any more then. */
void zone_history_compare(struct zone_history *history, struct arena *scratch,
                          const struct plan_zone *zone,
                          const struct recordset *planned);

/* Refuses a change that deletes more than a third of the records, or every
 * SRV record: reports and returns -1. */
int zone_history_guard(const struct zone_history *history, struct diag *diag,
                       const struct plan_zone *zone);

/*
 * The serial of the zone: the old one where its records have not changed, else
 * the one that follows; what the user says in any case.  hash: of the records,
 * for SERIAL_HASH.  Without force, reports and returns -1 where the old serial
 * cannot be read, or the user's is older.
 */
int zone_history_follow(const struct zone_history *history, struct diag *diag,
                        const struct serial_policy *policy, bool force,
                        uint32_t hash, uint32_t *serial);

#endif
