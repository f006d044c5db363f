/*
 * Why a name has the records it has, and why it has no others.
 */
#ifndef PLAN_EXPLAIN_H
#define PLAN_EXPLAIN_H

#include "plan/plan.h"

/* A row that speaks of the name, for an item where it does not apply. */
struct absence {
    const struct row *row;
    struct origin origin; /* list NULL: nothing to point at */
    uint64_t lacks_facts;
    uint64_t lacks_values;
    struct absence *next;
};

struct explained_record {
    enum view view;
    const struct plan_zone *zone; /* NULL: in hosts files alone */
    const struct plan_record *record;
};

struct explanation {
    const struct plan *plan;
    struct name name;                 /* absent: all names */
    uint16_t type;                    /* 0: all types */
    struct explained_record *records; /* by view, zone, owner, type */
    size_t count;
    struct absence *absences; /* only where a name was asked for */
    const struct plan_zone *zones[VIEW_COUNT]; /* in which the name lies */
    const char *nearest; /* a planned owner much like it, or NULL */
};

/* Collects what the plan says of a name and a type. */
const struct explanation *explain_build(struct arena *arena, struct diag *diag,
                                        const struct plan *plan,
                                        struct name name, uint16_t type);

#endif
