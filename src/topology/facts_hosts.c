/*
 * Collections of computers that are part of something: each has a name and an
 * address of its own.
 */
#include "topology/subject.h"

static const struct fact no_facts[] = {{NULL, NULL}};

enum { HOST_FQDN, HOST_ADDRESS };

static const struct variable host_variables[] = {
    [HOST_FQDN] = {"fqdn", VARIABLE_NAME, "the computer's own name"},
    [HOST_ADDRESS] = {"address", VARIABLE_ADDRESS, "its own address"},
    {NULL, VARIABLE_NAME, NULL},
};

static void visit_hosts(const struct facts *facts,
                        const struct host_list *hosts, struct origin origin,
                        const struct machine *machine, subject_visitor *visit,
                        void *context)
{
    for (size_t i = 0; i < hosts->count; i++) {
        const struct host *host = &hosts->items[i];
        struct subject subject = {.machine = machine};

        origin.member = facts_item(facts, host->fqdn.name);
        origin.place = host->place;
        subject_set_name(&subject, HOST_FQDN, host->fqdn.name, origin);
        origin.place = host->address.place;
        subject_set_address(&subject, HOST_ADDRESS, &host->address, origin);
        visit(&subject, context);
    }
}

static void each_front_end(const struct facts *facts, const char *product,
                           subject_visitor *visit, void *context)
{
    for (size_t i = 0; i < facts->topology->pools.count; i++) {
        const struct pool *pool = &facts->topology->pools.items[i];

        if (!pool->decommissioned.value &&
            facts_product_has_pool(facts, product, pool))
            visit_hosts(facts, &pool->front_ends,
                        origin_make("pools", facts_item(facts, pool->fqdn.name),
                                    "front_ends", pool->place),
                        NULL, visit, context);
    }
}

const struct collection collection_front_end = {
    "front_end", "each front end of an Enterprise pool", host_variables,
    no_facts, each_front_end};

static void each_director_server(const struct facts *facts, const char *product,
                                 subject_visitor *visit, void *context)
{
    if (!facts_product_is_own(facts, product))
        return;
    for (size_t i = 0; i < facts->topology->directors.count; i++) {
        const struct director *director = &facts->topology->directors.items[i];

        visit_hosts(facts, &director->servers,
                    origin_make("directors",
                                facts_item(facts, director->fqdn.name),
                                "servers", director->place),
                    NULL, visit, context);
    }
}

const struct collection collection_director_server = {
    "director_server", "each server of an array of Directors", host_variables,
    no_facts, each_director_server};

static void each_edge_server(const struct facts *facts, const char *product,
                             subject_visitor *visit, void *context)
{
    if (!facts_product_is_own(facts, product))
        return;
    for (size_t i = 0; i < facts->topology->edges.count; i++) {
        const struct edge *edge = &facts->topology->edges.items[i];

        visit_hosts(facts, &edge->servers,
                    origin_make("edges",
                                facts_item(facts, edge->internal.fqdn.name),
                                "servers", edge->place),
                    facts->machines.edges[i], visit, context);
    }
}

const struct collection collection_edge_server = {
    "edge_server", "each server of a balanced edge", host_variables, no_facts,
    each_edge_server};
