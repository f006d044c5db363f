#include "topology/next_hop.h"

#include <string.h>

bool site_is_same(const struct word *one, const struct word *other)
{
    if (!one->text || !other->text)
        return one->text == other->text;
    return strcmp(one->text, other->text) == 0;
}

/* How far a server is from an edge, the nearest first. */
enum distance { SAME_SITE, NO_SITE, OTHER_SITE, DISTANCE_COUNT };

static enum distance measure(const struct edge *edge, const struct word *site)
{
    if (site_is_same(&edge->site, site))
        return SAME_SITE;
    return site->text ? OTHER_SITE : NO_SITE;
}

/* Those of one kind that are equally far: the first, and how many. */
struct candidates {
    struct next_hop first;
    size_t count;
};

static void offer(struct candidates *candidates, struct next_hop next_hop)
{
    if (candidates->count++ == 0)
        candidates->first = next_hop;
}

static void find_directors(const struct topology *topology,
                           const struct edge *edge,
                           struct candidates found[DISTANCE_COUNT])
{
    for (size_t i = 0; i < topology->directors.count; i++) {
        const struct director *director = &topology->directors.items[i];

        offer(&found[measure(edge, &director->site)],
              (struct next_hop){.director = director});
    }
}

static void find_pools(const struct topology *topology, const struct edge *edge,
                       struct candidates found[DISTANCE_COUNT])
{
    for (size_t i = 0; i < topology->pools.count; i++) {
        const struct pool *pool = &topology->pools.items[i];

        if (!pool->decommissioned.value)
            offer(&found[measure(edge, &pool->site)],
                  (struct next_hop){.pool = pool});
    }
}

static struct next_hop find_default(const struct topology *topology,
                                    const struct edge *edge)
{
    struct candidates directors[DISTANCE_COUNT] = {0};
    struct candidates pools[DISTANCE_COUNT] = {0};
    /* Servers of another site only where there are no others at all. */
    const struct candidates *const order[] = {
        &directors[SAME_SITE], &directors[NO_SITE],    &pools[SAME_SITE],
        &pools[NO_SITE],       &directors[OTHER_SITE], &pools[OTHER_SITE]};

    find_directors(topology, edge, directors);
    find_pools(topology, edge, pools);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i]->count > 0)
            return order[i]->count == 1 ? order[i]->first
                                        : (struct next_hop){0};
    return (struct next_hop){0};
}

struct next_hop next_hop_find(const struct topology *topology,
                              const struct definitions *definitions,
                              const struct edge *edge)
{
    struct name name = edge->next_hop.name;
    const struct definition *found;

    if (name_is_absent(name))
        return find_default(topology, edge);
    found = definitions_find(definitions, name, DEFINES_DIRECTOR);
    if (found)
        return (struct next_hop){.director = found->item};
    found = definitions_find(definitions, name, DEFINES_POOL);
    if (found && definition_is_in_service(found))
        return (struct next_hop){.pool = found->item};
    return (struct next_hop){0};
}
