/*
 * The records of a zone in the order in which people read them: in groups,
 * each under the reason for it.
 */
#ifndef WRITE_RECORD_GROUPS_H
#define WRITE_RECORD_GROUPS_H

#include "plan/plan.h"

struct arena;

/* Pointers to zone->records: by group, then what belongs together in it, then
 * as the plan has them. */
const struct plan_record *const *record_groups_sort(
    struct arena *arena, const struct plan_zone *zone);

/* What stands over a record, each on a line; NULL where it would be said
 * again. */
struct record_comment {
    const char *why;
    const char *path; /* key path of the topology, without a line */
};

/* before: the record above, or NULL. */
struct record_comment record_groups_comment(struct arena *arena,
                                            const struct plan_record *record,
                                            const struct plan_record *before);

#endif
