/*
 * Collections of what the edges reach inside: each item belongs to one edge,
 * which needs its name.
 */
#include <string.h>

#include "topology/subject.h"

static const struct fact no_facts[] = {{NULL, NULL}};

enum { TARGET_FQDN, TARGET_ADDRESS };

static const struct variable target_variables[] = {
    [TARGET_FQDN] = {"fqdn", VARIABLE_NAME, "the server's own name"},
    [TARGET_ADDRESS] = {"address", VARIABLE_ADDRESS, "its own address"},
    {NULL, VARIABLE_NAME, NULL},
};

/* Whoever visits, with the edge whose turn it is. */
struct visit {
    const struct facts *facts;
    const struct edge *edge;
    const struct machine *machine;
    subject_visitor *visit;
    void *context;
};

typedef void edge_visitor(const struct visit *visit);

/* The edges belong to the deployment's own product, and reach the pools of
 * all. */
static void each_machine(const struct facts *facts, const char *product,
                         edge_visitor *visit_edge, struct visit *visit)
{
    if (!facts_product_is_own(facts, product))
        return;
    visit->facts = facts;
    for (size_t i = 0; i < facts->topology->edges.count; i++) {
        visit->edge = &facts->topology->edges.items[i];
        visit->machine = facts->machines.edges[i];
        visit_edge(visit);
    }
}

static void visit_target(const struct visit *visit, struct name name,
                         const struct address *address, struct origin origin)
{
    struct subject subject = {.machine = visit->machine};

    subject_set_name(&subject, TARGET_FQDN, name, origin);
    origin.place = address->place;
    subject_set_address(&subject, TARGET_ADDRESS, address, origin);
    visit->visit(&subject, visit->context);
}

static void visit_hosts(const struct visit *visit,
                        const struct host_list *hosts, struct origin origin)
{
    for (size_t i = 0; i < hosts->count; i++) {
        const struct host *host = &hosts->items[i];

        origin.member = facts_item(visit->facts, host->fqdn.name);
        origin.place = host->place;
        visit_target(visit, host->fqdn.name, &host->address, origin);
    }
}

/* ---- edge_pool_server */

static void visit_pool(const struct visit *visit, const struct pool *pool)
{
    const char *item = facts_item(visit->facts, pool->fqdn.name);

    if (pool->address.said)
        visit_target(visit, pool->fqdn.name, &pool->address,
                     origin_make("pools", item, "address", pool->fqdn.place));
    visit_hosts(visit, &pool->front_ends,
                origin_make("pools", item, "front_ends", pool->place));
}

static void visit_pools(const struct visit *visit)
{
    const struct facts *facts = visit->facts;
    const struct next_hop next_hop =
        next_hop_find(facts->topology, &facts->definitions, visit->edge);

    for (size_t i = 0; i < facts->topology->pools.count; i++) {
        const struct pool *pool = &facts->topology->pools.items[i];

        if (pool == next_hop.pool ||
            (!pool->decommissioned.value &&
             machines_pool_uses_edge(&facts->machines, pool, visit->edge)))
            visit_pool(visit, pool);
    }
}

static void each_pool_server(const struct facts *facts, const char *product,
                             subject_visitor *visit, void *context)
{
    struct visit visiting = {.visit = visit, .context = context};

    each_machine(facts, product, visit_pools, &visiting);
}

const struct collection collection_edge_pool_server = {
    "edge_pool_server",
    "each front end and Standard Edition server of the pools that an edge "
    "serves, or hands on to",
    target_variables, no_facts, each_pool_server};

/* ---- edge_director_server */

static void visit_directors(const struct visit *visit)
{
    const struct facts *facts = visit->facts;
    const struct director *director =
        next_hop_find(facts->topology, &facts->definitions, visit->edge)
            .director;

    if (director)
        visit_hosts(visit, &director->servers,
                    origin_make("directors",
                                facts_item(facts, director->fqdn.name),
                                "servers", director->place));
}

static void each_director_server(const struct facts *facts, const char *product,
                                 subject_visitor *visit, void *context)
{
    struct visit visiting = {.visit = visit, .context = context};

    each_machine(facts, product, visit_directors, &visiting);
}

const struct collection collection_edge_director_server = {
    "edge_director_server",
    "each server of the array of Directors that an edge hands on to",
    target_variables, no_facts, each_director_server};

/* ---- edge_xmpp_gateway */

static void visit_gateways(const struct visit *visit)
{
    const struct topology *topology = visit->facts->topology;

    if (!edge_has_service(&visit->edge->access))
        return;
    for (size_t i = 0; i < topology->servers.count; i++) {
        const struct server *server = &topology->servers.items[i];

        if (strcmp(server->role.text, "xmpp_gateway") == 0)
            visit_target(
                visit, server->fqdn.name, &server->address,
                origin_make("servers",
                            facts_item(visit->facts, server->fqdn.name),
                            "address", server->place));
    }
}

static void each_gateway(const struct facts *facts, const char *product,
                         subject_visitor *visit, void *context)
{
    struct visit visiting = {.visit = visit, .context = context};

    each_machine(facts, product, visit_gateways, &visiting);
}

const struct collection collection_edge_xmpp_gateway = {
    "edge_xmpp_gateway", "each XMPP gateway, for each access edge",
    target_variables, no_facts, each_gateway};
