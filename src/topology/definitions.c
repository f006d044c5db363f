#include "topology/definitions.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct collector {
    struct arena *arena;
    struct definitions *definitions;
    size_t capacity;
};

static void add(struct collector *collector, const struct fqdn *fqdn,
                enum definition_kind kind, const void *item, const void *part,
                const struct address *address)
{
    struct definitions *definitions = collector->definitions;

    if (name_is_absent(fqdn->name))
        return;
    definitions->items =
        arena_room(collector->arena, definitions->items, definitions->count,
                   &collector->capacity, sizeof *definitions->items);
    definitions->items[definitions->count++] = (struct definition){
        .name = fqdn->name,
        .kind = kind,
        .place = fqdn->place,
        .item = item,
        .part = part,
        .address = address && address->said ? address : NULL,
    };
}

static void add_hosts(struct collector *collector, const struct host_list *list,
                      enum definition_kind kind, const void *item)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct host *host = &list->items[i];

        add(collector, &host->fqdn, kind, item ? item : host, host,
            &host->address);
    }
}

const struct address *pool_address(const struct pool *pool)
{
    if (pool->vip.said)
        return &pool->vip;
    if (pool->address.said)
        return &pool->address;
    if (pool->front_ends.count == 1 && pool->front_ends.items[0].address.said)
        return &pool->front_ends.items[0].address;
    return NULL;
}

const struct address *director_address(const struct director *director)
{
    if (director->vip.said)
        return &director->vip;
    return director->address.said ? &director->address : NULL;
}

const struct address *edge_service_address(const struct edge_service *service)
{
    if (service->vip.said)
        return &service->vip;
    return service->address.said ? &service->address : NULL;
}

const struct server *topology_xmpp_gateway(const struct topology *topology)
{
    for (size_t i = 0; i < topology->servers.count; i++) {
        const struct server *server = &topology->servers.items[i];

        if (strcmp(server->role.text, "xmpp_gateway") == 0 &&
            !name_is_absent(server->external.fqdn.name))
            return server;
    }
    return NULL;
}

static void add_pools(struct collector *collector,
                      const struct topology *topology)
{
    for (size_t i = 0; i < topology->pools.count; i++) {
        const struct pool *pool = &topology->pools.items[i];
        const struct address *address = pool_address(pool);

        add(collector, &pool->fqdn, DEFINES_POOL, pool, NULL, address);
        if (pool->decommissioned.value)
            continue; /* what else it had may have gone to another pool */
        add(collector, &pool->web_farm.internal, DEFINES_WEB_FARM, pool, NULL,
            pool->web_farm.vip.said ? &pool->web_farm.vip : address);
        add(collector, &pool->web_farm.external, DEFINES_EXTERNAL_WEB_FARM,
            pool, NULL, NULL);
        add(collector, &pool->web_conferencing.fqdn, DEFINES_WEB_CONFERENCING,
            pool, NULL,
            pool->web_conferencing.vip.said ? &pool->web_conferencing.vip
                                            : address);
        add_hosts(collector, &pool->front_ends, DEFINES_FRONT_END, pool);
    }
}

static void add_directors(struct collector *collector,
                          const struct topology *topology)
{
    for (size_t i = 0; i < topology->directors.count; i++) {
        const struct director *director = &topology->directors.items[i];

        add(collector, &director->fqdn, DEFINES_DIRECTOR, director, NULL,
            director_address(director));
        add_hosts(collector, &director->servers, DEFINES_DIRECTOR_SERVER,
                  director);
    }
}

static void add_edges(struct collector *collector,
                      const struct topology *topology)
{
    for (size_t i = 0; i < topology->edges.count; i++) {
        const struct edge *edge = &topology->edges.items[i];

        add(collector, &edge->internal.fqdn, DEFINES_EDGE, edge,
            &edge->internal, edge_service_address(&edge->internal));
        add(collector, &edge->access.fqdn, DEFINES_ACCESS_EDGE, edge,
            &edge->access, edge_service_address(&edge->access));
        add(collector, &edge->web_conferencing.fqdn,
            DEFINES_WEB_CONFERENCING_EDGE, edge, &edge->web_conferencing,
            edge_service_address(&edge->web_conferencing));
        add(collector, &edge->av.fqdn, DEFINES_AV_EDGE, edge, &edge->av,
            edge_service_address(&edge->av));
        add_hosts(collector, &edge->servers, DEFINES_EDGE_SERVER, edge);
    }
}

static void add_web_access(struct collector *collector,
                           const struct topology *topology)
{
    for (size_t i = 0; i < topology->web_access.count; i++) {
        const struct web_access *access = &topology->web_access.items[i];

        add(collector, &access->fqdn, DEFINES_WEB_ACCESS, access, NULL,
            &access->address);
        add(collector, &access->server, DEFINES_WEB_ACCESS_SERVER, access, NULL,
            &access->address);
    }
}

static void add_servers(struct collector *collector,
                        const struct topology *topology)
{
    for (size_t i = 0; i < topology->servers.count; i++) {
        const struct server *server = &topology->servers.items[i];

        add(collector, &server->fqdn, DEFINES_SERVER, server, NULL,
            &server->address);
        add(collector, &server->external.fqdn, DEFINES_EXTERNAL_SERVER, server,
            &server->external, &server->external.address);
    }
}

static void add_published_names(struct collector *collector,
                                const struct topology *topology)
{
    for (size_t i = 0; i < topology->reverse_proxies.count; i++) {
        const struct reverse_proxy *proxy = &topology->reverse_proxies.items[i];

        for (size_t j = 0; j < proxy->publishes.count; j++)
            add(collector, &proxy->publishes.items[j], DEFINES_PUBLISHED_NAME,
                proxy, NULL, &proxy->address);
    }
}

static int compare(const void *left, const void *right)
{
    const struct definition *one = left;
    const struct definition *other = right;
    int order = name_compare(one->name, other->name);

    if (order == 0)
        order = (one->kind > other->kind) - (one->kind < other->kind);
    return order != 0 ? order : place_compare(one->place, other->place);
}

void definitions_build(struct arena *arena, const struct topology *topology,
                       struct definitions *definitions)
{
    struct collector collector = {arena, definitions, 0};

    *definitions = (struct definitions){0};
    add_pools(&collector, topology);
    add_directors(&collector, topology);
    add_edges(&collector, topology);
    add_web_access(&collector, topology);
    add_servers(&collector, topology);
    add_published_names(&collector, topology);
    add_hosts(&collector, &topology->dns.hosts.views[VIEW_INTERNAL],
              DEFINES_INTERNAL_HOST, NULL);
    add_hosts(&collector, &topology->dns.hosts.views[VIEW_EXTERNAL],
              DEFINES_EXTERNAL_HOST, NULL);
    add_hosts(&collector, &topology->dns.hosts.views[VIEW_PERIMETER],
              DEFINES_PERIMETER_HOST, NULL);
    for (size_t i = 0; i < topology->sip_domains.count; i++)
        add(&collector, &topology->sip_domains.items[i].name,
            DEFINES_SIP_DOMAIN, &topology->sip_domains.items[i], NULL, NULL);
    if (definitions->count > 1)
        qsort(definitions->items, definitions->count,
              sizeof *definitions->items, compare);
    name_index_init(&definitions->by_name, arena, definitions->count);
    for (size_t i = 0; i < definitions->count; i++)
        name_index_add(&definitions->by_name, definitions->items[i].name, i);
}

const struct definition *definitions_find(const struct definitions *definitions,
                                          struct name name,
                                          enum definition_kind kind)
{
    size_t at = name_index_find(&definitions->by_name, name);

    for (; at < definitions->count &&
           name_equal(definitions->items[at].name, name);
         at++)
        if (definitions->items[at].kind == kind)
            return &definitions->items[at];
    return NULL;
}

bool definition_is_in_service(const struct definition *definition)
{
    const struct pool *pool =
        definition->kind == DEFINES_POOL ? definition->item : NULL;

    return !pool || !pool->decommissioned.value;
}

const char *definition_kind_noun(enum definition_kind kind)
{
    static const char *const nouns[] = {
        [DEFINES_POOL] = "a pool",
        [DEFINES_FRONT_END] = "a front end",
        [DEFINES_DIRECTOR] = "a Director",
        [DEFINES_DIRECTOR_SERVER] = "a server of a Director array",
        [DEFINES_EDGE] = "an edge's internal interface",
        [DEFINES_ACCESS_EDGE] = "an access edge",
        [DEFINES_WEB_CONFERENCING_EDGE] = "a web conferencing edge",
        [DEFINES_AV_EDGE] = "an A/V edge",
        [DEFINES_EDGE_SERVER] = "a server of a balanced edge",
        [DEFINES_WEB_FARM] = "an internal web farm",
        [DEFINES_EXTERNAL_WEB_FARM] = "an external web farm",
        [DEFINES_WEB_CONFERENCING] = "an internal web conferencing name",
        [DEFINES_WEB_ACCESS] = "a Communicator Web Access site",
        [DEFINES_WEB_ACCESS_SERVER] = "a Communicator Web Access server",
        [DEFINES_SERVER] = "a server",
        [DEFINES_EXTERNAL_SERVER] = "a server's external interface",
        [DEFINES_PUBLISHED_NAME] = "a name at a reverse proxy",
        [DEFINES_INTERNAL_HOST] = "an internal host of dns.hosts",
        [DEFINES_EXTERNAL_HOST] = "an external host of dns.hosts",
        [DEFINES_PERIMETER_HOST] = "a perimeter host of dns.hosts",
        [DEFINES_SIP_DOMAIN] = "a SIP domain",
    };

    return nouns[kind];
}
