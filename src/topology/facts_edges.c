/*
 * The collection of the perimeter: edges with their services.
 */
#include <string.h>

#include "topology/subject.h"

enum {
    EDGE_INTERNAL,
    EDGE_INTERNAL_ADDRESS,
    EDGE_ACCESS,
    EDGE_ACCESS_ADDRESS,
    EDGE_WEB_CONFERENCING,
    EDGE_WEB_CONFERENCING_ADDRESS,
    EDGE_AV,
    EDGE_AV_ADDRESS,
    EDGE_NEXT_HOP,
    EDGE_NEXT_HOP_ADDRESS
};

static const struct variable edge_variables[] = {
    [EDGE_INTERNAL] = {"internal", VARIABLE_NAME, "internal name of the edge"},
    [EDGE_INTERNAL_ADDRESS] = {"internal_address", VARIABLE_ADDRESS,
                               "internal address or VIP"},
    [EDGE_ACCESS] = {"access", VARIABLE_NAME, "external access edge name"},
    [EDGE_ACCESS_ADDRESS] = {"access_address", VARIABLE_ADDRESS,
                             "external access edge address or VIP"},
    [EDGE_WEB_CONFERENCING] = {"web_conferencing", VARIABLE_NAME,
                               "external web conferencing edge name"},
    [EDGE_WEB_CONFERENCING_ADDRESS] = {"web_conferencing_address",
                                       VARIABLE_ADDRESS,
                                       "its external address or VIP"},
    [EDGE_AV] = {"av", VARIABLE_NAME, "external A/V edge name"},
    [EDGE_AV_ADDRESS] = {"av_address", VARIABLE_ADDRESS,
                         "its external address or VIP"},
    [EDGE_NEXT_HOP] = {"next_hop", VARIABLE_NAME,
                       "Director or pool that the edge hands on to"},
    [EDGE_NEXT_HOP_ADDRESS] = {"next_hop_address", VARIABLE_ADDRESS,
                               "its VIP or address"},
    {NULL, VARIABLE_NAME, NULL},
};

enum { EDGE_BALANCED, EDGE_NAMED_SIP, EDGE_NAMED_OTHERWISE, EDGE_HAS_ACCESS };

static const struct fact edge_facts[] = {
    [EDGE_BALANCED] = {"balanced", "the edge is a balanced array (vip)"},
    [EDGE_NAMED_SIP] = {"access_is_sip_name",
                        "the access edge is called sip.<SIP domain>"},
    [EDGE_NAMED_OTHERWISE] = {"access_is_other_name",
                              "the access edge is not called "
                              "sip.<SIP domain>"},
    [EDGE_HAS_ACCESS] = {"has_access", "the edge has an access edge (access)"},
    {NULL, NULL},
};

static void set_service(struct subject *subject, int variable,
                        const struct edge_service *service, const char *item,
                        const char *key)
{
    const struct address *address = edge_service_address(service);
    struct origin origin = origin_make("edges", item, key, service->fqdn.place);

    subject_set_name(subject, variable, service->fqdn.name, origin);
    if (!address)
        return;
    origin.detail = service->vip.said ? "vip" : "address";
    origin.place = address->place;
    subject_set_address(subject, variable + 1, address, origin);
}

/* Is it the name that each SIP domain has inside, too, for its sign-in? */
static bool is_sip_name(const struct facts *facts, struct name name)
{
    static const uint8_t sip_label[] = {3, 's', 'i', 'p'};

    return name.length > sizeof sip_label &&
           memcmp(name.octets, sip_label, sizeof sip_label) == 0 &&
           definitions_find(&facts->definitions, name_parent(name),
                            DEFINES_SIP_DOMAIN);
}

static void set_next_hop(const struct facts *facts, const struct edge *edge,
                         struct subject *subject)
{
    struct next_hop next_hop =
        next_hop_find(facts->topology, &facts->definitions, edge);
    const struct director *director = next_hop.director;
    const struct pool *pool = next_hop.pool;
    struct origin origin;

    if (director && director_address(director)) {
        origin = facts_director_address_origin(facts, director);
        subject_set_name(subject, EDGE_NEXT_HOP, director->fqdn.name, origin);
        subject_set_address(subject, EDGE_NEXT_HOP_ADDRESS,
                            director_address(director), origin);
    } else if (pool && pool_address(pool)) {
        origin = facts_pool_address_origin(facts, pool);
        subject_set_name(subject, EDGE_NEXT_HOP, pool->fqdn.name, origin);
        subject_set_address(subject, EDGE_NEXT_HOP_ADDRESS, pool_address(pool),
                            origin);
    }
}

static void each_edge(const struct facts *facts, const char *product,
                      subject_visitor *visit, void *context)
{
    if (!facts_product_is_own(facts, product))
        return;
    for (size_t i = 0; i < facts->topology->edges.count; i++) {
        const struct edge *edge = &facts->topology->edges.items[i];
        const char *item = facts_item(facts, edge->internal.fqdn.name);
        bool sip = is_sip_name(facts, edge->access.fqdn.name);
        struct subject subject = {.machine = facts->machines.edges[i]};

        set_service(&subject, EDGE_INTERNAL, &edge->internal, item, "internal");
        set_service(&subject, EDGE_ACCESS, &edge->access, item, "access");
        set_service(&subject, EDGE_WEB_CONFERENCING, &edge->web_conferencing,
                    item, "web_conferencing");
        set_service(&subject, EDGE_AV, &edge->av, item, "av");
        set_next_hop(facts, edge, &subject);
        subject_add_fact(&subject, EDGE_HAS_ACCESS,
                         edge_has_service(&edge->access));
        subject_add_fact(&subject, EDGE_BALANCED, edge->internal.vip.said);
        subject_add_fact(&subject, EDGE_NAMED_SIP, sip);
        subject_add_fact(&subject, EDGE_NAMED_OTHERWISE, !sip);
        visit(&subject, context);
    }
}

const struct collection collection_edge = {
    "edge", "each edge: a server or a balanced array", edge_variables,
    edge_facts, each_edge};
