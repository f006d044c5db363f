#include "topology/validate.h"

#include <string.h>

#include "base/diag.h"

static int check_balance(struct validation *validation, const char *noun,
                         struct place place, const struct address *vip,
                         const struct address *address,
                         const struct host_list *servers, const char *members)
{
    if (vip->said && address->said)
        return diag_error(validation->diag, address->place, "address-and-vip",
                          "%s has an address and a vip; keep the vip if it is "
                          "balanced, the address if it is one server",
                          noun);
    if (!vip->said && servers->count > 1)
        return diag_error(validation->diag, place, "vip-missing",
                          "%s has %zu %s and no vip; add the address of their "
                          "load balancer",
                          noun, servers->count, members);
    return 0;
}

static int check_enterprise(struct validation *validation,
                            const struct pool *pool)
{
    const char *name = name_to_text(validation->arena, pool->fqdn.name);

    if (pool->address.said)
        return diag_error(validation->diag, pool->address.place,
                          "key-not-for-edition",
                          "an Enterprise pool has no 'address'; give its "
                          "front_ends theirs, and the load balancer's as vip");
    if (pool->front_ends.count == 0)
        return diag_error(validation->diag, pool->fqdn.place,
                          "front-ends-missing",
                          "the Enterprise pool '%s' has no front ends; list "
                          "them in front_ends",
                          name);
    return check_balance(validation, "the Enterprise pool", pool->fqdn.place,
                         &pool->vip, &pool->address, &pool->front_ends,
                         "front ends");
}

static int check_standard(struct validation *validation,
                          const struct pool *pool)
{
    if (pool->vip.said)
        return diag_error(validation->diag, pool->vip.place,
                          "key-not-for-edition",
                          "a Standard Edition server has no load balancer; "
                          "write its own 'address' instead of 'vip'");
    if (pool->front_ends.said)
        return diag_error(validation->diag, pool->front_ends.place,
                          "key-not-for-edition",
                          "a Standard Edition server has no front_ends; write "
                          "its own 'address', or edition: enterprise");
    if (!pool->address.said)
        return diag_error(validation->diag, pool->fqdn.place, "address-missing",
                          "the Standard Edition server '%s' has no address; "
                          "add it",
                          name_to_text(validation->arena, pool->fqdn.name));
    return 0;
}

/* T-POOL: a pool is found by a name that is not its front end's. */
static int check_pool_name(struct validation *validation,
                           const struct pool *pool)
{
    for (size_t i = 0; i < pool->front_ends.count; i++) {
        const struct fqdn *front_end = &pool->front_ends.items[i].fqdn;

        if (!name_equal(front_end->name, pool->fqdn.name))
            continue;
        diag_error(validation->diag, pool->fqdn.place, "pool-name-is-front-end",
                   "the Enterprise pool '%s' bears the name of its front end; "
                   "give the pool a name of its own",
                   name_to_text(validation->arena, pool->fqdn.name));
        diag_note(validation->diag, front_end->place, "the front end is here");
        return -1;
    }
    return 0;
}

/* Under the pool's name the VIP would be a second address of the pool. */
static int check_web_farm(struct validation *validation,
                          const struct web_farm *farm)
{
    if (!farm->vip.said || !name_is_absent(farm->internal.name))
        return 0;
    return diag_error(validation->diag, farm->vip.place,
                      "web-farm-without-name",
                      "a web farm with a vip of its own needs a name of its "
                      "own; add 'internal'");
}

static int check_pool(struct validation *validation, const struct pool *pool)
{
    bool standard = strcmp(pool->edition.text, "standard") == 0;

    if (pool->decommissioned.value)
        return 0;
    return check_pool_name(validation, pool) |
           check_web_farm(validation, &pool->web_farm) |
           (standard ? check_standard(validation, pool)
                     : check_enterprise(validation, pool));
}

static int check_director(struct validation *validation,
                          const struct director *director)
{
    if (!director->vip.said && !director->address.said &&
        director->servers.count < 2)
        return diag_error(validation->diag, director->fqdn.place,
                          "address-missing",
                          "the Director has no address; add it, or vip and "
                          "servers for an array");
    if (director->vip.said && director->servers.count == 0)
        return diag_error(validation->diag, director->vip.place,
                          "servers-missing",
                          "the array of Directors has a vip and no servers; "
                          "list them in servers");
    return check_balance(validation, "the Director", director->fqdn.place,
                         &director->vip, &director->address, &director->servers,
                         "servers");
}

static int check_edge_service(struct validation *validation,
                              const struct edge_service *service,
                              const char *noun)
{
    static const struct host_list none = {0};

    if (!edge_has_service(service))
        return 0;
    if (!service->vip.said && !service->address.said)
        return diag_error(validation->diag, service->fqdn.place,
                          "address-missing",
                          "%s has no address; add it, or the vip of its load "
                          "balancer",
                          noun);
    return check_balance(validation, noun, service->place, &service->vip,
                         &service->address, &none, "");
}

static int check_edge(struct validation *validation, const struct edge *edge)
{
    int result = 0;

    if (check_edge_service(validation, &edge->internal,
                           "the edge's internal interface") < 0 ||
        check_edge_service(validation, &edge->access, "the access edge") < 0 ||
        check_edge_service(validation, &edge->web_conferencing,
                           "the web conferencing edge") < 0 ||
        check_edge_service(validation, &edge->av, "the A/V edge") < 0)
        result = -1;
    if (!edge_has_service(&edge->access) &&
        !edge_has_service(&edge->web_conferencing) &&
        !edge_has_service(&edge->av))
        result = diag_error(validation->diag, edge->place, "edge-is-empty",
                            "the edge offers nothing; add access, "
                            "web_conferencing or av");
    if (edge->internal.vip.said && edge->servers.count == 0)
        result = diag_error(validation->diag, edge->internal.vip.place,
                            "servers-missing",
                            "the edge is balanced and lists no servers; each "
                            "needs an address of its own inside");
    if (!edge->internal.vip.said && edge->servers.count > 0)
        result =
            diag_error(validation->diag, edge->servers.place, "vip-missing",
                       "the edge lists servers and has no vip inside; "
                       "add the address of their load balancer, or write "
                       "one edge for each server");
    return result;
}

int validate_roles(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    int result = 0;

    for (size_t i = 0; i < topology->pools.count; i++)
        if (check_pool(validation, &topology->pools.items[i]) < 0)
            result = -1;
    for (size_t i = 0; i < topology->directors.count; i++)
        if (check_director(validation, &topology->directors.items[i]) < 0)
            result = -1;
    for (size_t i = 0; i < topology->edges.count; i++)
        if (check_edge(validation, &topology->edges.items[i]) < 0)
            result = -1;
    return result;
}

/* A plan for nobody is likely to be a file that lost its other half. */
static void check_lists(struct validation *validation)
{
    const struct topology *topology = validation->topology;

    if (topology->pools.count == 0)
        diag_warning(validation->diag, topology->pools.place, "empty-list",
                     "'pools' lists nothing; a deployment has one at least");
    if (topology->sip_domains.count == 0)
        diag_warning(validation->diag, topology->sip_domains.place,
                     "empty-list",
                     "'sip_domains' lists nothing: there are no records to "
                     "sign in by");
}

int topology_validate(struct arena *arena, struct diag *diag,
                      const struct topology *topology)
{
    struct validation validation = {arena, diag, topology, {0}};
    int result = 0;

    definitions_build(arena, topology, &validation.definitions);
    check_lists(&validation);
    if (validate_references(&validation) < 0)
        result = -1;
    if (validate_names(&validation) < 0)
        result = -1;
    if (validate_addresses(&validation) < 0)
        result = -1;
    if (validate_roles(&validation) < 0)
        result = -1;
    if (validate_sip_domains(&validation) < 0)
        result = -1;
    return result;
}
