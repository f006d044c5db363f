/*
 * Where an edge hands on what comes from outside.
 *
 * An edge has one next hop: a Director, which is recommended, or any pool
 * (T-DIR, R2-EXT).
 */
#ifndef TOPOLOGY_NEXT_HOP_H
#define TOPOLOGY_NEXT_HOP_H

#include "topology/definitions.h"

/* One of the two, or neither. */
struct next_hop {
    const struct director *director;
    const struct pool *pool; /* in service */
};

/*
 * What next_hop names; without it the Director of the edge's site, else one
 * that belongs to no site, else the pool of its site, else one that belongs to
 * no site, else the only Director, else the only pool.  Neither where several
 * come into question alike, or none does.
 */
struct next_hop next_hop_find(const struct topology *topology,
                              const struct definitions *definitions,
                              const struct edge *edge);

static inline bool next_hop_is_known(const struct next_hop *next_hop)
{
    return next_hop->director || next_hop->pool;
}

/* Both may be without a site. */
bool site_is_same(const struct word *one, const struct word *other);

#endif
