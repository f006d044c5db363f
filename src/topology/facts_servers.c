/*
 * Collections of what clients and servers reach by a role: pools, Directors,
 * Communicator Web Access and the other servers.
 */
#include <string.h>

#include "topology/subject.h"

/* The machine that publishes a name. */
static const struct machine *publisher(const struct facts *facts,
                                       const struct definition *published)
{
    const struct reverse_proxy *proxy = published->item;

    return facts->machines
        .proxies[proxy - facts->topology->reverse_proxies.items];
}

/* ---- pool */

enum {
    POOL_FQDN,
    POOL_ADDRESS,
    POOL_WEB_FARM,
    POOL_WEB_FARM_ADDRESS,
    POOL_EXTERNAL_WEB_FARM,
    POOL_PROXY_ADDRESS,
    POOL_WEB_CONFERENCING,
    POOL_WEB_CONFERENCING_ADDRESS
};

static const struct variable pool_variables[] = {
    [POOL_FQDN] = {"fqdn", VARIABLE_NAME, "name of the pool"},
    [POOL_ADDRESS] = {"address", VARIABLE_ADDRESS,
                      "VIP of the pool, or its only server's address"},
    [POOL_WEB_FARM] = {"web_farm", VARIABLE_NAME, "internal web farm name"},
    [POOL_WEB_FARM_ADDRESS] = {"web_farm_address", VARIABLE_ADDRESS,
                               "VIP of the Web Components Servers"},
    [POOL_EXTERNAL_WEB_FARM] = {"external_web_farm", VARIABLE_NAME,
                                "external web farm name"},
    [POOL_PROXY_ADDRESS] = {"proxy_address", VARIABLE_ADDRESS,
                            "reverse proxy that publishes the external name"},
    [POOL_WEB_CONFERENCING] = {"web_conferencing", VARIABLE_NAME,
                               "internal web conferencing name"},
    [POOL_WEB_CONFERENCING_ADDRESS] = {"web_conferencing_address",
                                       VARIABLE_ADDRESS,
                                       "VIP of the Web Conferencing Servers"},
    {NULL, VARIABLE_NAME, NULL},
};

enum { POOL_STANDARD, POOL_BALANCED, POOL_SINGLE, POOL_PUBLISHED };

static const struct fact pool_facts[] = {
    [POOL_STANDARD] = {"standard", "the pool is a Standard Edition server"},
    [POOL_BALANCED] = {"balanced", "the pool has a load balancer (vip)"},
    [POOL_SINGLE] = {"single_front_end",
                     "the Enterprise pool has one front end and no VIP"},
    [POOL_PUBLISHED] = {"published",
                        "a reverse proxy publishes the external web farm"},
    {NULL, NULL},
};

static const char *pool_address_key(const struct pool *pool)
{
    if (pool->vip.said)
        return "vip";
    return pool->address.said ? "address" : "front_ends";
}

static struct origin pool_origin(const struct facts *facts,
                                 const struct pool *pool, const char *key,
                                 struct place place)
{
    return origin_make("pools", facts_item(facts, pool->fqdn.name), key, place);
}

struct origin facts_pool_address_origin(const struct facts *facts,
                                        const struct pool *pool)
{
    return pool_origin(facts, pool, pool_address_key(pool),
                       pool_address(pool)->place);
}

static void set_pool_web_farm(const struct facts *facts,
                              const struct pool *pool, struct subject *subject)
{
    const struct web_farm *farm = &pool->web_farm;
    bool named = !name_is_absent(farm->internal.name);
    const struct fqdn *internal = named ? &farm->internal : &pool->fqdn;
    const struct address *address = pool_address(pool);
    const struct definition *published = definitions_find(
        &facts->definitions, farm->external.name, DEFINES_PUBLISHED_NAME);
    struct origin origin = pool_origin(
        facts, pool, named ? "web_farm.internal" : "fqdn", internal->place);

    subject_set_name(subject, POOL_WEB_FARM, internal->name, origin);
    subject_set_address(subject, POOL_WEB_FARM_ADDRESS,
                        farm->vip.said ? &farm->vip : address, origin);
    origin =
        pool_origin(facts, pool, "web_farm.external", farm->external.place);
    subject_set_name(subject, POOL_EXTERNAL_WEB_FARM, farm->external.name,
                     origin);
    if (!published)
        return;
    subject_set_address(subject, POOL_PROXY_ADDRESS, published->address,
                        origin);
    subject->machine = publisher(facts, published);
    subject_add_fact(subject, POOL_PUBLISHED, true);
}

static void set_pool(const struct facts *facts, const struct pool *pool,
                     struct subject *subject)
{
    const struct web_conferencing *conferencing = &pool->web_conferencing;
    const struct address *address = pool_address(pool);
    struct origin origin;

    *subject = (struct subject){0};
    subject_set_name(subject, POOL_FQDN, pool->fqdn.name,
                     pool_origin(facts, pool, "fqdn", pool->fqdn.place));
    if (address)
        subject_set_address(subject, POOL_ADDRESS, address,
                            facts_pool_address_origin(facts, pool));
    set_pool_web_farm(facts, pool, subject);
    origin =
        pool_origin(facts, pool, "web_conferencing", conferencing->fqdn.place);
    subject_set_name(subject, POOL_WEB_CONFERENCING, conferencing->fqdn.name,
                     origin);
    subject_set_address(subject, POOL_WEB_CONFERENCING_ADDRESS,
                        conferencing->vip.said ? &conferencing->vip : address,
                        origin);
    subject_add_fact(subject, POOL_STANDARD,
                     pool->edition.text &&
                         strcmp(pool->edition.text, "standard") == 0);
    subject_add_fact(subject, POOL_BALANCED, pool->vip.said);
    subject_add_fact(subject, POOL_SINGLE,
                     !pool->vip.said && pool->front_ends.count == 1);
}

static void each_pool(const struct facts *facts, const char *product,
                      subject_visitor *visit, void *context)
{
    for (size_t i = 0; i < facts->topology->pools.count; i++) {
        const struct pool *pool = &facts->topology->pools.items[i];
        struct subject subject;

        if (pool->decommissioned.value ||
            !facts_product_has_pool(facts, product, pool))
            continue;
        set_pool(facts, pool, &subject);
        visit(&subject, context);
    }
}

const struct collection collection_pool = {
    "pool", "each pool and Standard Edition server in service", pool_variables,
    pool_facts, each_pool};

/* ---- director */

enum { DIRECTOR_FQDN, DIRECTOR_ADDRESS };
enum { DIRECTOR_BALANCED };

static const struct variable director_variables[] = {
    [DIRECTOR_FQDN] = {"fqdn", VARIABLE_NAME,
                       "name of the Director or the array"},
    [DIRECTOR_ADDRESS] = {"address", VARIABLE_ADDRESS,
                          "VIP of the array, or the Director's own address"},
    {NULL, VARIABLE_NAME, NULL},
};

static const struct fact director_facts[] = {
    [DIRECTOR_BALANCED] = {"balanced", "the Directors are an array (vip)"},
    {NULL, NULL},
};

struct origin facts_director_address_origin(const struct facts *facts,
                                            const struct director *director)
{
    return origin_make("directors", facts_item(facts, director->fqdn.name),
                       director->vip.said ? "vip" : "address",
                       director_address(director)->place);
}

static void each_director(const struct facts *facts, const char *product,
                          subject_visitor *visit, void *context)
{
    if (!facts_product_is_own(facts, product))
        return;
    for (size_t i = 0; i < facts->topology->directors.count; i++) {
        const struct director *director = &facts->topology->directors.items[i];
        const struct address *address = director_address(director);
        const char *item = facts_item(facts, director->fqdn.name);
        struct subject subject = {0};

        subject_set_name(
            &subject, DIRECTOR_FQDN, director->fqdn.name,
            origin_make("directors", item, "fqdn", director->fqdn.place));
        if (address)
            subject_set_address(&subject, DIRECTOR_ADDRESS, address,
                                facts_director_address_origin(facts, director));
        subject_add_fact(&subject, DIRECTOR_BALANCED, director->vip.said);
        visit(&subject, context);
    }
}

const struct collection collection_director = {
    "director", "each Director or array of Directors", director_variables,
    director_facts, each_director};

/* ---- server */

enum { SERVER_FQDN, SERVER_ADDRESS, SERVER_EXTERNAL, SERVER_EXTERNAL_ADDRESS };

static const struct variable server_variables[] = {
    [SERVER_FQDN] = {"fqdn", VARIABLE_NAME, "name of the server"},
    [SERVER_ADDRESS] = {"address", VARIABLE_ADDRESS, "its address"},
    [SERVER_EXTERNAL] = {"external", VARIABLE_NAME, "its external name"},
    [SERVER_EXTERNAL_ADDRESS] = {"external_address", VARIABLE_ADDRESS,
                                 "its external address"},
    {NULL, VARIABLE_NAME, NULL},
};

/* The facts are the roles: topology/schema.c accepts these and no others. */
static const struct fact server_facts[] = {
    {"archiving", "role: archiving"},
    {"av_conferencing", "role: av_conferencing"},
    {"cdr", "role: cdr"},
    {"group_chat", "role: group_chat"},
    {"mediation", "role: mediation"},
    {"monitoring", "role: monitoring"},
    {"software_update", "role: software_update"},
    {"sql", "role: sql"},
    {"web_components", "role: web_components"},
    {"web_conferencing", "role: web_conferencing"},
    {"xmpp_gateway", "role: xmpp_gateway"},
    {NULL, NULL},
};

/* Servers bear no product: whichever catalogue knows a role may ask for it. */
static void each_server(const struct facts *facts, const char *product,
                        subject_visitor *visit, void *context)
{
    (void)product;
    for (size_t i = 0; i < facts->topology->servers.count; i++) {
        const struct server *server = &facts->topology->servers.items[i];
        struct origin origin =
            origin_make("servers", facts_item(facts, server->fqdn.name), NULL,
                        server->place);
        struct subject subject = {0};
        int role = collection_fact(&collection_server, server->role.text);

        subject_set_name(&subject, SERVER_FQDN, server->fqdn.name, origin);
        origin.key = "address";
        origin.place = server->address.place;
        subject_set_address(&subject, SERVER_ADDRESS, &server->address, origin);
        origin.key = "external";
        origin.place = server->external.place;
        subject_set_name(&subject, SERVER_EXTERNAL, server->external.fqdn.name,
                         origin);
        subject_set_address(&subject, SERVER_EXTERNAL_ADDRESS,
                            &server->external.address, origin);
        if (role >= 0)
            subject_add_fact(&subject, role, true);
        visit(&subject, context);
    }
}

const struct collection collection_server = {
    "server", "each server of another role", server_variables, server_facts,
    each_server};

/* ---- web_access */

enum {
    WEB_ACCESS_FQDN,
    WEB_ACCESS_SERVER,
    WEB_ACCESS_ADDRESS,
    WEB_ACCESS_PROXY_ADDRESS
};

static const struct variable web_access_variables[] = {
    [WEB_ACCESS_FQDN] = {"fqdn", VARIABLE_NAME, "name in the site's URL"},
    [WEB_ACCESS_SERVER] = {"server", VARIABLE_NAME, "name of the computer"},
    [WEB_ACCESS_ADDRESS] = {"address", VARIABLE_ADDRESS,
                            "address of the server or its load balancer"},
    [WEB_ACCESS_PROXY_ADDRESS] = {"proxy_address", VARIABLE_ADDRESS,
                                  "reverse proxy that publishes the site"},
    {NULL, VARIABLE_NAME, NULL},
};

enum { WEB_ACCESS_ALIAS, WEB_ACCESS_OWN_NAME, WEB_ACCESS_PUBLISHED };

static const struct fact web_access_facts[] = {
    [WEB_ACCESS_ALIAS] = {"alias",
                          "the URL's name differs from the computer's"},
    [WEB_ACCESS_OWN_NAME] = {"own_name", "the URL bears the computer's name"},
    [WEB_ACCESS_PUBLISHED] = {"published",
                              "a reverse proxy publishes the site"},
    {NULL, NULL},
};

static void each_web_access(const struct facts *facts, const char *product,
                            subject_visitor *visit, void *context)
{
    if (!facts_product_is_own(facts, product))
        return;
    for (size_t i = 0; i < facts->topology->web_access.count; i++) {
        const struct web_access *access = &facts->topology->web_access.items[i];
        const struct definition *published = definitions_find(
            &facts->definitions, access->fqdn.name, DEFINES_PUBLISHED_NAME);
        bool alias = !name_is_absent(access->server.name) &&
                     !name_equal(access->server.name, access->fqdn.name);
        struct origin origin =
            origin_make("web_access", facts_item(facts, access->fqdn.name),
                        NULL, access->place);
        struct subject subject = {0};

        subject_set_name(&subject, WEB_ACCESS_FQDN, access->fqdn.name, origin);
        if (published) {
            subject_set_address(&subject, WEB_ACCESS_PROXY_ADDRESS,
                                published->address, origin);
            subject.machine = publisher(facts, published);
        }
        origin.key = "server";
        origin.place = access->server.place;
        subject_set_name(&subject, WEB_ACCESS_SERVER, access->server.name,
                         origin);
        origin.key = "address";
        origin.place = access->address.place;
        subject_set_address(&subject, WEB_ACCESS_ADDRESS, &access->address,
                            origin);
        subject_add_fact(&subject, WEB_ACCESS_ALIAS, alias);
        subject_add_fact(&subject, WEB_ACCESS_OWN_NAME, !alias);
        subject_add_fact(&subject, WEB_ACCESS_PUBLISHED, published != NULL);
        visit(&subject, context);
    }
}

const struct collection collection_web_access = {
    "web_access", "each Communicator Web Access site", web_access_variables,
    web_access_facts, each_web_access};
