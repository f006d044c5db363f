#include "topology/machines.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "topology/next_hop.h"

struct builder {
    struct arena *arena;
    const struct topology *topology;
    struct text_index proxy_sites;  /* with a reverse proxy */
    struct text_index shared_sites; /* with a second one */
};

static void add_site(struct builder *builder, const struct reverse_proxy *proxy)
{
    const char *site = proxy->site.text;

    if (site &&
        text_index_add(&builder->proxy_sites, site, strlen(site), builder))
        text_index_add(&builder->shared_sites, site, strlen(site), builder);
}

static const char *proxy_name(const struct builder *builder,
                              const struct reverse_proxy *proxy)
{
    const uint8_t *octets = proxy->address.octets;
    const char *site = proxy->site.text;

    if (site && !text_index_find(&builder->shared_sites, site, strlen(site)))
        return arena_printf(builder->arena, "proxy-%s", site);
    return arena_printf(builder->arena, "proxy-%u.%u.%u.%u", octets[0],
                        octets[1], octets[2], octets[3]);
}

static int compare(const void *left, const void *right)
{
    const struct machine *one = left;
    const struct machine *other = right;
    int order = strcmp(one->name, other->name);

    if (order == 0)
        order = (one->proxy > other->proxy) - (one->proxy < other->proxy);
    return order;
}

static void add_machines(struct builder *builder, struct machines *machines)
{
    const struct topology *topology = builder->topology;

    for (size_t i = 0; i < topology->edges.count; i++) {
        const struct edge *edge = &topology->edges.items[i];

        machines->items[machines->count++] = (struct machine){
            .name = name_to_text(builder->arena, edge->internal.fqdn.name),
            .edge = edge};
    }
    for (size_t i = 0; i < topology->reverse_proxies.count; i++)
        add_site(builder, &topology->reverse_proxies.items[i]);
    for (size_t i = 0; i < topology->reverse_proxies.count; i++) {
        const struct reverse_proxy *proxy = &topology->reverse_proxies.items[i];

        machines->items[machines->count++] = (struct machine){
            .name = proxy_name(builder, proxy), .proxy = proxy};
    }
}

/* Of one name are the reverse proxies with one address: the first is kept,
 * and stands for all of them. */
static void sort_machines(const struct topology *topology,
                          struct machines *machines)
{
    size_t kept = 0;

    if (machines->count > 1)
        qsort(machines->items, machines->count, sizeof *machines->items,
              compare);
    for (size_t i = 0; i < machines->count; i++) {
        const struct machine *machine = &machines->items[i];

        if (kept == 0 ||
            strcmp(machines->items[kept - 1].name, machine->name) != 0)
            machines->items[kept++] = *machine;
        machine = &machines->items[kept - 1];
        if (machines->items[i].edge)
            machines->edges[machines->items[i].edge - topology->edges.items] =
                machine;
        else
            machines->proxies[machines->items[i].proxy -
                              topology->reverse_proxies.items] = machine;
    }
    machines->count = kept;
}

static void add_edge_sites(const struct topology *topology,
                           struct machines *machines)
{
    for (size_t i = 0; i < topology->edges.count; i++) {
        const char *site = topology->edges.items[i].site.text;

        site = site ? site : "";
        text_index_add(&machines->edge_sites, site, strlen(site), machines);
    }
}

void machines_build(struct arena *arena, const struct topology *topology,
                    struct machines *machines)
{
    size_t edges = topology->edges.count;
    size_t proxies = topology->reverse_proxies.count;
    struct builder builder = {.arena = arena, .topology = topology};

    *machines = (struct machines){
        .items = ARENA_NEW_ARRAY(arena, edges + proxies, struct machine),
        .edges = ARENA_NEW_ARRAY(arena, edges, const struct machine *),
        .proxies = ARENA_NEW_ARRAY(arena, proxies, const struct machine *),
    };
    text_index_init(&machines->edge_sites, arena);
    text_index_init(&builder.proxy_sites, arena);
    text_index_init(&builder.shared_sites, arena);
    add_machines(&builder, machines);
    sort_machines(topology, machines);
    add_edge_sites(topology, machines);
}

bool machines_pool_uses_edge(const struct machines *machines,
                             const struct pool *pool, const struct edge *edge)
{
    const char *site = pool->site.text ? pool->site.text : "";

    if (!name_is_absent(pool->uses_edge.name))
        return name_equal(pool->uses_edge.name, edge->internal.fqdn.name);
    return site_is_same(&pool->site, &edge->site) ||
           !text_index_find(&machines->edge_sites, site, strlen(site));
}
