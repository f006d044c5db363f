/*
 * The plan while it is made: records of all views that have no zone yet.
 */
#ifndef PLAN_DRAFT_H
#define PLAN_DRAFT_H

#include "plan/plan.h"

struct draft {
    enum view view;
    struct record record;
    struct reason *reasons;        /* sorted by order, without repetitions */
    const struct machine *machine; /* that of the first reason, or NULL */
    size_t order;
    bool is_host;  /* its owner is the name of a computer or a balancer */
    bool follows;  /* needs no zone of its own: left out where none is */
    bool mirror;   /* see struct row */
    bool mirrored; /* the inside repetition of such a one */
    struct plan_zone *zone; /* NULL until it has one */
};

/* Sorted by view, owner, type and data; no record is there twice. */
struct drafts {
    struct arena *arena;
    struct draft *items;
    size_t count, capacity;
    struct name_index owners[VIEW_COUNT]; /* the first of each, once merged */
};

/* Adds a record with one reason. */
void drafts_add(struct drafts *drafts, const struct draft *draft,
                const struct requirement *requirement,
                const struct origin *origin);

/* Sorts, and makes one of equal records, with the reasons of all. */
void drafts_merge(struct drafts *drafts);

/*
 * Does every owner have one record of a type, and an alias nothing beside it?
 * The products know no other case.  Reports with the places of both.
 */
int drafts_check(struct arena *arena, struct diag *diag,
                 const struct drafts *drafts);

/* The first draft of a view with that owner and type, or NULL. */
const struct draft *drafts_find(const struct drafts *drafts, enum view view,
                                struct name owner, uint16_t type);

/* The first draft of a view whose owner is name or comes behind it, and the
 * one behind a draft in the same view; NULL where there is none. */
const struct draft *drafts_find_from(const struct drafts *drafts,
                                     enum view view, struct name name);
const struct draft *drafts_next(const struct drafts *drafts,
                                const struct draft *draft);

#endif
