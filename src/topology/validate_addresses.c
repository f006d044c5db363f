#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text_index.h"
#include "topology/validate.h"

/* Who may share an address with whom: see clash(). */
enum holder { HOLDS_VIP, HOLDS_SERVER, HOLDS_EDGE, HOLDS_PROXY, HOLDS_OTHER };

struct use {
    const struct address *address;
    enum holder holder;
    const void *item; /* pool, edge ...: what belongs together */
    struct name name; /* that has the address; absent for a proxy */
    size_t order;     /* in the file, nearly */
};

struct uses {
    struct arena *arena;
    struct use *items;
    size_t count, capacity;
};

static void add(struct uses *uses, const struct address *address,
                enum holder holder, const void *item, struct name name)
{
    if (!address->said)
        return;
    uses->items = arena_room(uses->arena, uses->items, uses->count,
                             &uses->capacity, sizeof *uses->items);
    uses->items[uses->count] =
        (struct use){address, holder, item, name, uses->count};
    uses->count++;
}

static void add_hosts(struct uses *uses, const struct host_list *hosts,
                      enum holder holder, const void *item)
{
    for (size_t i = 0; i < hosts->count; i++)
        add(uses, &hosts->items[i].address, holder,
            item ? item : &hosts->items[i], hosts->items[i].fqdn.name);
}

static void add_pools(struct uses *uses, const struct topology *topology)
{
    for (size_t i = 0; i < topology->pools.count; i++) {
        const struct pool *pool = &topology->pools.items[i];

        if (pool->decommissioned.value)
            continue;
        add(uses, &pool->vip, HOLDS_VIP, pool, pool->fqdn.name);
        add(uses, &pool->address, HOLDS_SERVER, pool, pool->fqdn.name);
        add_hosts(uses, &pool->front_ends, HOLDS_SERVER, pool);
        add(uses, &pool->web_farm.vip, HOLDS_OTHER, pool, pool->fqdn.name);
        add(uses, &pool->web_conferencing.vip, HOLDS_OTHER, pool,
            pool->fqdn.name);
    }
}

static void add_directors(struct uses *uses, const struct topology *topology)
{
    for (size_t i = 0; i < topology->directors.count; i++) {
        const struct director *director = &topology->directors.items[i];

        add(uses, &director->vip, HOLDS_VIP, director, director->fqdn.name);
        add(uses, &director->address, HOLDS_SERVER, director,
            director->fqdn.name);
        add_hosts(uses, &director->servers, HOLDS_SERVER, director);
    }
}

static void add_edge_service(struct uses *uses, const struct edge *edge,
                             const struct edge_service *service)
{
    add(uses, &service->vip, HOLDS_EDGE, edge, service->fqdn.name);
    add(uses, &service->address, HOLDS_EDGE, edge, service->fqdn.name);
}

static void add_edges(struct uses *uses, const struct topology *topology)
{
    for (size_t i = 0; i < topology->edges.count; i++) {
        const struct edge *edge = &topology->edges.items[i];

        add_edge_service(uses, edge, &edge->internal);
        add_edge_service(uses, edge, &edge->access);
        add_edge_service(uses, edge, &edge->web_conferencing);
        add_edge_service(uses, edge, &edge->av);
        add_hosts(uses, &edge->servers, HOLDS_EDGE, edge);
    }
}

static void add_others(struct uses *uses, const struct topology *topology)
{
    for (size_t i = 0; i < topology->reverse_proxies.count; i++)
        add(uses, &topology->reverse_proxies.items[i].address, HOLDS_PROXY,
            &topology->reverse_proxies.items[i], (struct name){0});
    for (size_t i = 0; i < topology->web_access.count; i++) {
        const struct web_access *access = &topology->web_access.items[i];

        add(uses, &access->address, HOLDS_OTHER, access,
            name_is_absent(access->server.name) ? access->fqdn.name
                                                : access->server.name);
    }
    for (size_t i = 0; i < topology->servers.count; i++) {
        const struct server *server = &topology->servers.items[i];

        add(uses, &server->address, HOLDS_OTHER, server, server->fqdn.name);
        add(uses, &server->external.address, HOLDS_OTHER, server,
            server->external.fqdn.name);
    }
    for (int view = 0; view < VIEW_COUNT; view++)
        add_hosts(uses, &topology->dns.hosts.views[view], HOLDS_OTHER, NULL);
}

static int compare(const void *left, const void *right)
{
    const struct use *one = left;
    const struct use *other = right;
    int order = memcmp(one->address->octets, other->address->octets,
                       sizeof one->address->octets);

    if (order != 0)
        return order;
    return (one->order > other->order) - (one->order < other->order);
}

enum verdict { FINE, SHARED, VIP_OF_FRONT_END, CLASH };

static enum verdict judge(const struct use *one, const struct use *other)
{
    if (one->holder == HOLDS_OTHER || other->holder == HOLDS_OTHER)
        return one->item == other->item || name_equal(one->name, other->name)
                   ? FINE
                   : SHARED;
    if (one->holder == HOLDS_PROXY && other->holder == HOLDS_PROXY)
        return SHARED;
    if (one->holder == HOLDS_EDGE && one->item == other->item)
        return FINE; /* check_edge() looks closer */
    if (one->holder == HOLDS_VIP && one->item == other->item)
        return VIP_OF_FRONT_END;
    return CLASH;
}

static int report(struct validation *validation, const struct use *first,
                  const struct use *second)
{
    const uint8_t *octets = second->address->octets;
    enum verdict verdict = judge(first, second);

    if (verdict == FINE)
        return 0;
    if (verdict == SHARED)
        diag_info(validation->diag, second->address->place, "address-shared",
                  "%u.%u.%u.%u is used twice: two roles on one computer?",
                  octets[0], octets[1], octets[2], octets[3]);
    else if (verdict == VIP_OF_FRONT_END)
        diag_error(validation->diag, second->address->place,
                   "vip-is-front-end-address",
                   "the server has the VIP's address; the load balancer needs "
                   "one of its own");
    else
        diag_error(validation->diag, second->address->place,
                   "address-used-twice",
                   "%u.%u.%u.%u is used twice; give each its own", octets[0],
                   octets[1], octets[2], octets[3]);
    diag_note(validation->diag, first->address->place, "it is also here");
    return verdict == SHARED ? 0 : -1;
}

/* Each use is compared with the first of its address. */
static int check_uses(struct validation *validation)
{
    struct uses uses = {.arena = validation->arena};
    size_t first = 0;
    int result = 0;

    add_pools(&uses, validation->topology);
    add_directors(&uses, validation->topology);
    add_edges(&uses, validation->topology);
    add_others(&uses, validation->topology);
    if (uses.count > 1)
        qsort(uses.items, uses.count, sizeof *uses.items, compare);
    for (size_t i = 1; i < uses.count; i++) {
        if (!address_equal(uses.items[i].address, uses.items[first].address))
            first = i;
        else if (report(validation, &uses.items[first], &uses.items[i]) < 0)
            result = -1;
    }
    return result;
}

static uint16_t port_or(const struct port *port, uint16_t otherwise)
{
    return port->said ? port->number : otherwise;
}

/* What listens at one of the edge's external addresses. */
struct listener {
    const struct edge_service *service;
    uint16_t port;
    const char *noun;
};

static int check_listeners(struct validation *validation,
                           const struct listener *one,
                           const struct listener *other)
{
    const struct address *first = edge_service_address(one->service);
    const struct address *second = edge_service_address(other->service);

    if (one->service == other->service || one->port != other->port || !first ||
        !second || !address_equal(first, second))
        return 0;
    diag_error(validation->diag, second->place, "edge-ports-equal",
               "%s and %s share address and port %u; give one of them another "
               "port, or an address of its own",
               one->noun, other->noun, one->port);
    diag_note(validation->diag, first->place, "%s is here", one->noun);
    return -1;
}

/* L13-EDGE: services may share an address when their ports differ. */
static int check_edge(struct validation *validation, const struct edge *edge)
{
    const struct listener listeners[] = {
        {&edge->access, port_or(&edge->access.port, 443), "the access edge"},
        {&edge->access, port_or(&edge->access.federation_port, 5061),
         "the access edge's federation"},
        {&edge->web_conferencing, port_or(&edge->web_conferencing.port, 443),
         "the web conferencing edge"},
        {&edge->av, port_or(&edge->av.port, 443), "the A/V edge"},
    };
    const size_t count = sizeof listeners / sizeof *listeners;
    const struct address *inside = edge_service_address(&edge->internal);
    int result = 0;

    for (size_t i = 0; i < count; i++) {
        const struct address *outside =
            edge_service_address(listeners[i].service);

        for (size_t j = i + 1; j < count; j++)
            result |= check_listeners(validation, &listeners[i], &listeners[j]);
        if (i == 1 || !inside || !outside || !address_equal(inside, outside))
            continue;
        result =
            diag_error(validation->diag, outside->place, "address-used-twice",
                       "%s has the edge's internal address; an edge has "
                       "two interfaces",
                       listeners[i].noun);
        diag_note(validation->diag, inside->place, "the internal one is here");
    }
    return result;
}

/* The members of an array, and its VIPs, are different computers. */
static int check_edge_members(struct validation *validation,
                              const struct edge *edge)
{
    const struct address *inside = edge_service_address(&edge->internal);
    struct text_index seen;
    int result = 0;

    text_index_init(&seen, validation->arena);
    for (size_t i = 0; i < edge->servers.count; i++) {
        struct address *own = &edge->servers.items[i].address;
        const struct address *other = text_index_add(
            &seen, (const char *)own->octets, sizeof own->octets, own);

        if (!other)
            other = inside;
        if (!other || !own->said || !address_equal(own, other))
            continue;
        result = diag_error(validation->diag, own->place, "address-used-twice",
                            "the edge server's address is used twice; give "
                            "each its own");
        diag_note(validation->diag, other->place, "it is also here");
    }
    return result;
}

int validate_addresses(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    int result = check_uses(validation);

    for (size_t i = 0; i < topology->edges.count; i++) {
        result |= check_edge(validation, &topology->edges.items[i]);
        result |= check_edge_members(validation, &topology->edges.items[i]);
    }
    return result;
}
