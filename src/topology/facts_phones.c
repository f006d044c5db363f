/*
 * The collection of the domains in which Communicator Phone Edition looks for
 * its time and its updates.
 */
#include <string.h>

#include "topology/subject.h"

enum {
    PHONE_DOMAIN,
    PHONE_TIME_SERVER,
    PHONE_UPDATES_ADDRESS,
    PHONE_POOL_ADDRESS
};

static const struct variable phone_domain_variables[] = {
    [PHONE_DOMAIN] = {"domain", VARIABLE_NAME,
                      "a SIP domain with phones, or a domain from DHCP"},
    [PHONE_TIME_SERVER] = {"time_server", VARIABLE_NAME,
                           "name of the time server"},
    [PHONE_UPDATES_ADDRESS] = {"updates_address", VARIABLE_ADDRESS,
                               "address of what phones.updates names"},
    [PHONE_POOL_ADDRESS] = {"pool_address", VARIABLE_ADDRESS,
                            "address of the only pool, where phones.updates "
                            "names nothing"},
    {NULL, VARIABLE_NAME, NULL},
};

enum { PHONE_SIP_DOMAIN, PHONE_DHCP_DOMAIN, PHONE_PRODUCT_POOL };

static const struct fact phone_domain_facts[] = {
    [PHONE_SIP_DOMAIN] = {"sip_domain",
                          "it is a SIP domain with phones (phones: true)"},
    [PHONE_DHCP_DOMAIN] = {"dhcp_domain",
                           "phones get it from DHCP (phones.dhcp_domains)"},
    [PHONE_PRODUCT_POOL] = {"product_pool",
                            "a pool of this product is in service"},
    {NULL, NULL},
};

/* The only pool of the product in service; NULL if there are several. */
static const struct pool *sole_pool(const struct facts *facts,
                                    const char *product, size_t *count)
{
    const struct pool *sole = NULL;

    *count = 0;
    for (size_t i = 0; i < facts->topology->pools.count; i++) {
        const struct pool *pool = &facts->topology->pools.items[i];

        if (pool->decommissioned.value ||
            !facts_product_has_pool(facts, product, pool))
            continue;
        sole = pool;
        ++*count;
    }
    return *count == 1 ? sole : NULL;
}

/* What phones.updates says for the product, else what it says for any. */
static const struct fqdn *updates_server(const struct facts *facts,
                                         const char *product)
{
    const struct product_server_list *list = &facts->topology->phones.updates;

    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].product.text ||
            strcmp(list->items[i].product.text, product) == 0)
            return &list->items[i].fqdn;
    return NULL;
}

static const struct address *server_address(const struct facts *facts,
                                            struct name name)
{
    static const enum definition_kind kinds[] = {
        DEFINES_POOL, DEFINES_FRONT_END, DEFINES_SERVER, DEFINES_WEB_FARM,
        DEFINES_INTERNAL_HOST};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct definition *found =
            definitions_find(&facts->definitions, name, kinds[i]);

        if (found && found->address && definition_is_in_service(found))
            return found->address;
    }
    return NULL;
}

static struct origin phones_origin(const char *key, struct place place)
{
    return origin_make("phones", NULL, key, place);
}

/* Everything but the domain itself. */
static void set_services(const struct facts *facts, const char *product,
                         struct subject *subject)
{
    const struct phones *phones = &facts->topology->phones;
    const struct fqdn *updates = updates_server(facts, product);
    size_t pools;
    const struct pool *pool = sole_pool(facts, product, &pools);

    *subject = (struct subject){0};
    subject_set_name(subject, PHONE_TIME_SERVER, phones->time_server.name,
                     phones_origin("time_server", phones->time_server.place));
    if (updates)
        subject_set_address(subject, PHONE_UPDATES_ADDRESS,
                            server_address(facts, updates->name),
                            phones_origin("updates", updates->place));
    else if (pool)
        subject_set_address(subject, PHONE_POOL_ADDRESS, pool_address(pool),
                            origin_make("pools",
                                        facts_item(facts, pool->fqdn.name),
                                        "fqdn", pool->fqdn.place));
    subject_add_fact(subject, PHONE_PRODUCT_POOL, pools > 0);
}

static void each_phone_domain(const struct facts *facts, const char *product,
                              subject_visitor *visit, void *context)
{
    const struct topology *topology = facts->topology;
    struct subject services;
    struct subject subject;

    set_services(facts, product, &services);
    for (size_t i = 0; i < topology->sip_domains.count; i++) {
        const struct sip_domain *domain = &topology->sip_domains.items[i];

        if (!domain->phones.value)
            continue;
        subject = services;
        subject_set_name(&subject, PHONE_DOMAIN, domain->name.name,
                         origin_make("sip_domains",
                                     facts_item(facts, domain->name.name),
                                     "phones", domain->phones.place));
        subject_add_fact(&subject, PHONE_SIP_DOMAIN, true);
        visit(&subject, context);
    }
    for (size_t i = 0; i < topology->phones.dhcp_domains.count; i++) {
        const struct fqdn *domain = &topology->phones.dhcp_domains.items[i];

        subject = services;
        subject_set_name(&subject, PHONE_DOMAIN, domain->name,
                         phones_origin("dhcp_domains", domain->place));
        subject_add_fact(&subject, PHONE_DHCP_DOMAIN, true);
        visit(&subject, context);
    }
}

const struct collection collection_phone_domain = {
    "phone_domain",
    "each domain in which phones look: SIP domains with phones, DHCP domains",
    phone_domain_variables, phone_domain_facts, each_phone_domain};
