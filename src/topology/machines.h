/*
 * The machines of the perimeter: edges and reverse proxies.
 *
 * They must not ask the name servers inside, and find the servers there by a
 * hosts file, or by a name server of the perimeter (R2-EDGE).  The servers of
 * a balanced edge need the same names and are one machine here.
 */
#ifndef TOPOLOGY_MACHINES_H
#define TOPOLOGY_MACHINES_H

#include "base/text_index.h"
#include "topology/topology.h"

struct machine {
    /* edge.corp.contoso.com: the edge's internal name; proxy-atlanta: the
     * proxy's site where it is the only one there, else its address */
    const char *name;
    const struct edge *edge;           /* or NULL */
    const struct reverse_proxy *proxy; /* the first of that name, or NULL */
};

struct machines {
    struct machine *items; /* sorted by name, each name once */
    size_t count;
    const struct machine **edges;   /* that of each edge of the topology */
    const struct machine **proxies; /* that of each reverse proxy */
    struct text_index edge_sites;   /* sites that have an edge */
};

void machines_build(struct arena *arena, const struct topology *topology,
                    struct machines *machines);

/* Does a pool use an edge?  It uses the one that uses_edge names, else those
 * of its site, and all where its site has none. */
bool machines_pool_uses_edge(const struct machines *machines,
                             const struct pool *pool, const struct edge *edge);

#endif
