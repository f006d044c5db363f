/*
 * Every name that a topology gives to something, sorted, so that references
 * are found and names given twice stand side by side.
 */
#ifndef TOPOLOGY_DEFINITIONS_H
#define TOPOLOGY_DEFINITIONS_H

#include "dns/name_index.h"
#include "topology/topology.h"

enum definition_kind {
    DEFINES_POOL,
    DEFINES_FRONT_END,
    DEFINES_DIRECTOR,
    DEFINES_DIRECTOR_SERVER,
    DEFINES_EDGE, /* by the name of its internal interface */
    DEFINES_ACCESS_EDGE,
    DEFINES_WEB_CONFERENCING_EDGE,
    DEFINES_AV_EDGE,
    DEFINES_EDGE_SERVER,
    DEFINES_WEB_FARM,
    DEFINES_EXTERNAL_WEB_FARM,
    DEFINES_WEB_CONFERENCING,
    DEFINES_WEB_ACCESS,
    DEFINES_WEB_ACCESS_SERVER,
    DEFINES_SERVER,
    DEFINES_EXTERNAL_SERVER,
    DEFINES_PUBLISHED_NAME, /* by a reverse proxy */
    DEFINES_INTERNAL_HOST,
    DEFINES_EXTERNAL_HOST,
    DEFINES_PERIMETER_HOST,
    DEFINES_SIP_DOMAIN
};

struct definition {
    struct name name;
    enum definition_kind kind;
    struct place place;
    const void *item; /* struct pool, struct edge, ...; host: struct host */
    const void *part; /* struct host or edge_service inside of item */
    const struct address *address; /* what the name must resolve to, or NULL */
};

struct definitions {
    struct definition *items; /* by name, then kind, then place in the file */
    size_t count;
    struct name_index by_name; /* the first of each name */
};

/* Collects them all; the topology need not be valid.  Of a pool that is
 * decommissioned there is its own name and nothing else. */
void definitions_build(struct arena *arena, const struct topology *topology,
                       struct definitions *definitions);

/* The first definition of a name as a kind, or NULL. */
const struct definition *definitions_find(const struct definitions *definitions,
                                          struct name name,
                                          enum definition_kind kind);

/* False for a pool that is decommissioned. */
bool definition_is_in_service(const struct definition *definition);

/* "a pool", "an access edge": for messages. */
const char *definition_kind_noun(enum definition_kind kind);

/* The address that a pool, a Director or an edge's service answers on: its
 * VIP, else its own, else that of its only server; NULL where it has none. */
const struct address *pool_address(const struct pool *pool);
const struct address *director_address(const struct director *director);
const struct address *edge_service_address(const struct edge_service *service);

/* The server that XMPP partners reach, or NULL. */
const struct server *topology_xmpp_gateway(const struct topology *topology);

static inline bool edge_has_service(const struct edge_service *service)
{
    return service->place.line != 0;
}

#endif
