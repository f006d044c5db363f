/*
 * Collections of the SIP domains: where each signs in, inside and outside,
 * what its phones need, and the names for clients that know no SRV.
 */
#include <string.h>

#include "base/arena.h"
#include "topology/subject.h"
#include "topology/targets.h"

enum {
    SIP_DOMAIN,
    SIP_SIGN_IN_TARGET,
    SIP_SIGN_IN_ADDRESS,
    SIP_EXTERNAL_TARGET,
    SIP_EXTERNAL_ADDRESS,
    SIP_EXTERNAL_PORT,
    SIP_FEDERATION_TARGET,
    SIP_FEDERATION_ADDRESS,
    SIP_FEDERATION_PORT,
    SIP_XMPP_TARGET
};

static const struct variable sip_domain_variables[] = {
    [SIP_DOMAIN] = {"domain", VARIABLE_NAME, "the SIP domain"},
    [SIP_SIGN_IN_TARGET] = {"sign_in_target", VARIABLE_NAME,
                            "name of the pool or Director that takes "
                            "sign-ins, inside the SIP domain"},
    [SIP_SIGN_IN_ADDRESS] = {"sign_in_address", VARIABLE_ADDRESS,
                             "its VIP or address"},
    [SIP_EXTERNAL_TARGET] = {"external_target", VARIABLE_NAME,
                             "name of the access edge inside the SIP domain"},
    [SIP_EXTERNAL_ADDRESS] = {"external_address", VARIABLE_ADDRESS,
                              "its external VIP or address"},
    [SIP_EXTERNAL_PORT] = {"external_port", VARIABLE_PORT,
                           "its port for remote users"},
    [SIP_FEDERATION_TARGET] = {"federation_target", VARIABLE_NAME,
                               "name of the federating access edge inside "
                               "the SIP domain"},
    [SIP_FEDERATION_ADDRESS] = {"federation_address", VARIABLE_ADDRESS,
                                "its external VIP or address"},
    [SIP_FEDERATION_PORT] = {"federation_port", VARIABLE_PORT,
                             "its port for partners"},
    [SIP_XMPP_TARGET] = {"xmpp_target", VARIABLE_NAME,
                         "external name of the XMPP gateway"},
    {NULL, VARIABLE_NAME, NULL},
};

enum { SIP_TCP, SIP_AT_DIRECTOR, SIP_AT_POOL, SIP_FEDERATION, SIP_XMPP };

static const struct fact sip_domain_facts[] = {
    [SIP_TCP] = {"tcp", "clients may sign in over TCP inside (tcp: true)"},
    [SIP_AT_DIRECTOR] = {"at_director", "sign_in names a Director"},
    [SIP_AT_POOL] = {"at_pool", "sign_in names a pool"},
    [SIP_FEDERATION] = {"federation",
                        "partners find this SIP domain (federation)"},
    [SIP_XMPP] = {"xmpp", "XMPP partners find this SIP domain (xmpp: true)"},
    {NULL, NULL},
};

/* What sign_in names: its kind tells a pool from a Director. */
static const struct definition *sign_in_server(const struct facts *facts,
                                               const struct sip_domain *domain)
{
    const struct definition *server = definitions_find(
        &facts->definitions, domain->sign_in.name, DEFINES_POOL);

    return server ? server
                  : definitions_find(&facts->definitions, domain->sign_in.name,
                                     DEFINES_DIRECTOR);
}

static bool belongs_to(const struct facts *facts, const char *product,
                       const struct sip_domain *domain)
{
    const struct definition *server = sign_in_server(facts, domain);

    if (server && server->kind == DEFINES_POOL)
        return facts_product_has_pool(facts, product, server->item);
    return facts_product_is_own(facts, product);
}

static struct origin sip_origin(const struct facts *facts,
                                const struct sip_domain *domain,
                                const char *key, struct place place)
{
    return origin_make("sip_domains", facts_item(facts, domain->name.name), key,
                       place);
}

static void set_sign_in(const struct facts *facts,
                        const struct sip_domain *domain,
                        struct subject *subject)
{
    const struct definition *server = sign_in_server(facts, domain);
    struct origin origin =
        sip_origin(facts, domain, "sign_in", domain->sign_in.place);

    if (!server)
        return;
    subject_set_name(subject, SIP_SIGN_IN_TARGET,
                     target_of_sign_in(facts->arena, facts->topology, domain),
                     origin);
    subject_set_address(subject, SIP_SIGN_IN_ADDRESS, server->address, origin);
    subject_add_fact(subject, SIP_AT_DIRECTOR,
                     server->kind == DEFINES_DIRECTOR);
    subject_add_fact(subject, SIP_AT_POOL, server->kind == DEFINES_POOL);
}

#define ACCESS_PORT     443
#define FEDERATION_PORT 5061

static void set_remote_sign_in(const struct facts *facts,
                               const struct sip_domain *domain,
                               struct subject *subject)
{
    const struct fqdn *wanted;
    const struct definition *edge;
    const struct edge_service *access;
    struct origin origin;

    if (domain->external_sign_in.count == 0)
        return;
    wanted = &domain->external_sign_in.items[0];
    edge = definitions_find(&facts->definitions, wanted->name,
                            DEFINES_ACCESS_EDGE);
    if (!edge)
        return;
    access = edge->part;
    origin = sip_origin(facts, domain, "external_sign_in", wanted->place);
    subject_set_name(subject, SIP_EXTERNAL_TARGET,
                     target_of_access_edge(facts->arena, domain, wanted->name),
                     origin);
    subject_set_address(subject, SIP_EXTERNAL_ADDRESS, edge->address, origin);
    subject_set_port(subject, SIP_EXTERNAL_PORT,
                     access->port.said ? access->port.number : ACCESS_PORT,
                     origin);
}

/* federation: true means the edge of external_sign_in. */
static const struct fqdn *federation_edge(const struct sip_domain *domain)
{
    if (!name_is_absent(domain->federation.edge.name))
        return &domain->federation.edge;
    if (domain->federation.flag.value && domain->external_sign_in.count > 0)
        return &domain->external_sign_in.items[0];
    return NULL;
}

static void set_federation(const struct facts *facts,
                           const struct sip_domain *domain,
                           struct subject *subject)
{
    const struct fqdn *wanted = federation_edge(domain);
    const struct definition *edge =
        wanted ? definitions_find(&facts->definitions, wanted->name,
                                  DEFINES_ACCESS_EDGE)
               : NULL;
    const struct edge_service *access;
    struct origin origin;

    subject_add_fact(subject, SIP_FEDERATION, edge != NULL);
    if (!edge)
        return;
    access = edge->part;
    origin =
        sip_origin(facts, domain, "federation", domain->federation.flag.place);
    subject_set_name(subject, SIP_FEDERATION_TARGET,
                     target_of_access_edge(facts->arena, domain, wanted->name),
                     origin);
    subject_set_address(subject, SIP_FEDERATION_ADDRESS, edge->address, origin);
    subject_set_port(subject, SIP_FEDERATION_PORT,
                     access->federation_port.said
                         ? access->federation_port.number
                         : FEDERATION_PORT,
                     origin);
}

static void set_xmpp(const struct facts *facts, const struct sip_domain *domain,
                     struct subject *subject)
{
    const struct server *gateway = facts->xmpp_gateway;

    subject_add_fact(subject, SIP_XMPP, domain->xmpp.value);
    if (gateway)
        subject_set_name(subject, SIP_XMPP_TARGET, gateway->external.fqdn.name,
                         sip_origin(facts, domain, "xmpp", domain->xmpp.place));
}

static void set_sip_domain(const struct facts *facts,
                           const struct sip_domain *domain,
                           struct subject *subject)
{
    *subject = (struct subject){0};
    subject_set_name(subject, SIP_DOMAIN, domain->name.name,
                     sip_origin(facts, domain, NULL, domain->name.place));
    set_sign_in(facts, domain, subject);
    set_remote_sign_in(facts, domain, subject);
    set_federation(facts, domain, subject);
    if (domain->xmpp.value)
        set_xmpp(facts, domain, subject);
    subject_add_fact(subject, SIP_TCP, domain->tcp.value);
}

static void each_sip_domain(const struct facts *facts, const char *product,
                            subject_visitor *visit, void *context)
{
    for (size_t i = 0; i < facts->topology->sip_domains.count; i++) {
        const struct sip_domain *domain =
            &facts->topology->sip_domains.items[i];
        struct subject subject;

        if (!belongs_to(facts, product, domain))
            continue;
        set_sip_domain(facts, domain, &subject);
        visit(&subject, context);
    }
}

const struct collection collection_sip_domain = {
    "sip_domain", "each SIP domain", sip_domain_variables, sip_domain_facts,
    each_sip_domain};

/* ---- fallback names */

enum { FALLBACK_NAME, FALLBACK_ADDRESS };

static const struct variable fallback_variables[] = {
    [FALLBACK_NAME] = {"name", VARIABLE_NAME,
                       "sip, sipinternal or sipexternal in a SIP domain"},
    [FALLBACK_ADDRESS] = {"address", VARIABLE_ADDRESS,
                          "address of what takes the sign-ins in this view"},
    {NULL, VARIABLE_NAME, NULL},
};

enum { FALLBACK_SIP, FALLBACK_OTHER };

static const struct fact fallback_facts[] = {
    [FALLBACK_SIP] = {"is_sip", "the name is sip.<SIP domain>"},
    [FALLBACK_OTHER] = {"is_other",
                        "the name is another than sip.<SIP domain>"},
    {NULL, NULL},
};

struct fallback {
    const struct facts *facts;
    const struct sip_domain *domain;
    const struct subject *sip; /* as the sip_domain collection has it */
    int address;               /* SIP_SIGN_IN_ADDRESS, SIP_EXTERNAL_ADDRESS */
    const char *other;         /* a name that belongs to the other view */
    subject_visitor *visit;
    void *context;
};

static void visit_fallback_name(const struct fallback *fallback,
                                const char *label, struct place place)
{
    const struct subject *sip = fallback->sip;
    struct subject subject = {0};
    struct address address = {.said = true};
    struct origin origin =
        sip_origin(fallback->facts, fallback->domain, "fallback_names", place);

    if (strcmp(label, fallback->other) == 0)
        return;
    if (sip->has & UINT64_C(1) << fallback->address) {
        memcpy(address.octets, sip->values[fallback->address].address,
               sizeof address.octets);
        subject_set_address(&subject, FALLBACK_ADDRESS, &address,
                            sip->values[fallback->address].origin);
    }
    subject_set_name(&subject, FALLBACK_NAME,
                     name_prepend(fallback->facts->arena, label,
                                  fallback->domain->name.name),
                     origin);
    subject_add_fact(&subject, FALLBACK_SIP, strcmp(label, "sip") == 0);
    subject_add_fact(&subject, FALLBACK_OTHER, strcmp(label, "sip") != 0);
    fallback->visit(&subject, fallback->context);
}

static void visit_fallback_names(const struct fallback *fallback)
{
    const struct word_list *names = &fallback->domain->fallback_names;

    if (!names->said)
        visit_fallback_name(fallback, "sip", fallback->domain->place);
    for (size_t i = 0; i < names->count; i++)
        visit_fallback_name(fallback, names->items[i].text,
                            names->items[i].place);
}

static void each_fallback_name(struct fallback *fallback, const char *product)
{
    const struct facts *facts = fallback->facts;

    for (size_t i = 0; i < facts->topology->sip_domains.count; i++) {
        const struct sip_domain *domain =
            &facts->topology->sip_domains.items[i];
        struct subject sip;

        if (!belongs_to(facts, product, domain))
            continue;
        set_sip_domain(facts, domain, &sip);
        fallback->domain = domain;
        fallback->sip = &sip;
        visit_fallback_names(fallback);
        fallback->sip = NULL;
    }
}

static void each_internal_fallback_name(const struct facts *facts,
                                        const char *product,
                                        subject_visitor *visit, void *context)
{
    struct fallback fallback = {.facts = facts,
                                .address = SIP_SIGN_IN_ADDRESS,
                                .other = "sipexternal",
                                .visit = visit,
                                .context = context};

    each_fallback_name(&fallback, product);
}

static void each_external_fallback_name(const struct facts *facts,
                                        const char *product,
                                        subject_visitor *visit, void *context)
{
    struct fallback fallback = {.facts = facts,
                                .address = SIP_EXTERNAL_ADDRESS,
                                .other = "sipinternal",
                                .visit = visit,
                                .context = context};

    each_fallback_name(&fallback, product);
}

const struct collection collection_internal_fallback_name = {
    "internal_fallback_name",
    "each name for clients without SRV, inside (fallback_names)",
    fallback_variables, fallback_facts, each_internal_fallback_name};

const struct collection collection_external_fallback_name = {
    "external_fallback_name",
    "each name for clients without SRV, outside (fallback_names)",
    fallback_variables, fallback_facts, each_external_fallback_name};
