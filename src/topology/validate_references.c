#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/suggest.h"
#include "base/text_index.h"
#include "topology/next_hop.h"
#include "topology/validate.h"

static bool is_defined(const struct validation *validation, struct name name,
                       const enum definition_kind *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (definitions_find(&validation->definitions, name, kinds[i]))
            return true;
    return false;
}

static bool is_kind(enum definition_kind kind,
                    const enum definition_kind *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

/* "a front end and ", where the name stands for something else. */
static const char *other_meaning(const struct validation *validation,
                                 struct name name)
{
    const struct definitions *definitions = &validation->definitions;

    for (size_t i = 0; i < definitions->count; i++)
        if (name_equal(definitions->items[i].name, name))
            return arena_printf(
                validation->arena, "%s and ",
                definition_kind_noun(definitions->items[i].kind));
    return "";
}

/* NULL when no name of the kinds is near. */
static const char *nearest_name(const struct validation *validation,
                                const char *text,
                                const enum definition_kind *kinds, size_t count)
{
    const struct definitions *definitions = &validation->definitions;
    struct suggest suggest;

    suggest_init(&suggest, text);
    for (size_t i = 0; i < definitions->count; i++) {
        const struct definition *definition = &definitions->items[i];

        if (is_kind(definition->kind, kinds, count) &&
            definition_is_in_service(definition))
            suggest_offer(&suggest,
                          name_to_text(validation->arena, definition->name));
    }
    return suggest.nearest;
}

/* An absent name refers to nothing, which is fine. */
static int check_name(struct validation *validation, const struct fqdn *fqdn,
                      const char *noun, const enum definition_kind *kinds,
                      size_t count)
{
    const char *text, *meaning = "", *nearest = NULL;

    if (name_is_absent(fqdn->name) ||
        is_defined(validation, fqdn->name, kinds, count))
        return 0;
    text = name_to_text(validation->arena, fqdn->name);
    /* To compare many with many takes long, and nobody reads the hints of
     * more errors than are shown. */
    if (validation->diag->errors < DIAG_ERRORS_SHOWN) {
        meaning = other_meaning(validation, fqdn->name);
        nearest = nearest_name(validation, text, kinds, count);
    }
    if (nearest)
        return diag_error(validation->diag, fqdn->place, "dangling-reference",
                          "'%s' is %sno %s; did you mean '%s'?", text, meaning,
                          noun, nearest);
    return diag_error(validation->diag, fqdn->place, "dangling-reference",
                      "'%s' is %sno %s; name one, or define it", text, meaning,
                      noun);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const enum definition_kind sign_in_kinds[] = {DEFINES_POOL,
                                                     DEFINES_DIRECTOR};
static const enum definition_kind edge_kinds[] = {DEFINES_EDGE};
static const enum definition_kind access_edge_kinds[] = {DEFINES_ACCESS_EDGE};
static const enum definition_kind update_kinds[] = {
    DEFINES_POOL, DEFINES_FRONT_END, DEFINES_SERVER, DEFINES_WEB_FARM};

static void add_word(struct text_index *index, const struct word *word)
{
    if (word->text)
        *text_index_slot(index, word->text, strlen(word->text)) = index;
}

/* NULL when no site is near, or nobody reads it: see check_name(). */
static const char *nearest_site(const struct validation *validation,
                                const char *text)
{
    const struct word_list *sites = &validation->topology->sites;
    struct suggest suggest;

    suggest_init(&suggest, text);
    if (validation->diag->errors < DIAG_ERRORS_SHOWN)
        for (size_t i = 0; i < sites->count; i++)
            suggest_offer(&suggest, sites->items[i].text);
    return suggest.nearest;
}

static int check_site(struct validation *validation,
                      const struct text_index *sites, const struct word *site)
{
    const char *nearest;

    if (!site->text || text_index_find(sites, site->text, strlen(site->text)))
        return 0;
    nearest = nearest_site(validation, site->text);
    if (nearest)
        return diag_error(validation->diag, site->place, "dangling-reference",
                          "'%s' is no site; did you mean '%s'?", site->text,
                          nearest);
    return diag_error(validation->diag, site->place, "dangling-reference",
                      "'%s' is no site; add it to sites", site->text);
}

static int check_sites(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    struct text_index sites;
    int result = 0;

    text_index_init(&sites, validation->arena);
    for (size_t i = 0; i < topology->sites.count; i++)
        add_word(&sites, &topology->sites.items[i]);
    for (size_t i = 0; i < topology->pools.count; i++)
        result |=
            check_site(validation, &sites, &topology->pools.items[i].site);
    for (size_t i = 0; i < topology->directors.count; i++)
        result |=
            check_site(validation, &sites, &topology->directors.items[i].site);
    for (size_t i = 0; i < topology->edges.count; i++)
        result |=
            check_site(validation, &sites, &topology->edges.items[i].site);
    for (size_t i = 0; i < topology->reverse_proxies.count; i++)
        result |= check_site(validation, &sites,
                             &topology->reverse_proxies.items[i].site);
    for (size_t i = 0; i < topology->web_access.count; i++)
        result |=
            check_site(validation, &sites, &topology->web_access.items[i].site);
    for (size_t i = 0; i < topology->servers.count; i++)
        result |=
            check_site(validation, &sites, &topology->servers.items[i].site);
    return result;
}

static const char *nearest_product(const struct validation *validation,
                                   const char *text)
{
    const struct topology *topology = validation->topology;
    struct suggest suggest;

    suggest_init(&suggest, text);
    suggest_offer(&suggest, topology->product.text);
    if (validation->diag->errors < DIAG_ERRORS_SHOWN)
        for (size_t i = 0; i < topology->pools.count; i++)
            if (topology->pools.items[i].product.text)
                suggest_offer(&suggest, topology->pools.items[i].product.text);
    return suggest.nearest;
}

/* What phones.updates says of a product that no pool has is for nobody. */
static int check_product(struct validation *validation,
                         const struct text_index *products,
                         const struct word *product)
{
    const char *nearest;

    if (!product->text ||
        text_index_find(products, product->text, strlen(product->text)))
        return 0;
    nearest = nearest_product(validation, product->text);
    return diag_error(validation->diag, product->place, "dangling-reference",
                      nearest
                          ? "no pool is of the product '%s'; did you mean '%s'?"
                          : "no pool is of the product '%s'; take it out",
                      product->text, nearest);
}

/* NULL where the name is also that of something in service. */
static const struct definition *decommissioned_pool(
    const struct validation *validation, struct name name)
{
    const struct definition *pool = NULL;

    for (size_t i = 0; i < COUNT(update_kinds); i++) {
        const struct definition *found =
            definitions_find(&validation->definitions, name, update_kinds[i]);

        if (found && definition_is_in_service(found))
            return NULL;
        pool = found ? found : pool;
    }
    return pool;
}

static int check_updates(struct validation *validation,
                         const struct fqdn *server)
{
    const struct definition *pool =
        decommissioned_pool(validation, server->name);

    if (!pool)
        return check_name(validation, server, "pool or server", update_kinds,
                          COUNT(update_kinds));
    diag_error(validation->diag, server->place,
               "updates-at-decommissioned-pool",
               "phones get their updates from a pool that is decommissioned; "
               "name one in service");
    diag_note(validation->diag, pool->place, "the pool is here");
    return -1;
}

static int check_phones(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    const struct product_server_list *updates = &topology->phones.updates;
    struct text_index products;
    int result = 0;

    text_index_init(&products, validation->arena);
    add_word(&products, &topology->product);
    for (size_t i = 0; i < topology->pools.count; i++)
        add_word(&products, &topology->pools.items[i].product);
    for (size_t i = 0; i < updates->count; i++)
        result |=
            check_product(validation, &products, &updates->items[i].product) |
            check_updates(validation, &updates->items[i].fqdn);
    return result;
}

/* Nobody knows which names such an edge needs for it. */
static void report_next_hop(struct validation *validation,
                            const struct edge *edge)
{
    struct next_hop next_hop =
        next_hop_find(validation->topology, &validation->definitions, edge);

    if (edge_has_service(&edge->access) &&
        name_is_absent(edge->next_hop.name) && !next_hop_is_known(&next_hop))
        diag_warning(validation->diag, edge->access.place, "next-hop-not-said",
                     "the access edge may hand on to several Directors or "
                     "pools, or to none: its own lookups lack that one; say "
                     "next_hop");
}

static int check_next_hop(struct validation *validation,
                          const struct edge *edge)
{
    const struct definition *pool = definitions_find(
        &validation->definitions, edge->next_hop.name, DEFINES_POOL);

    report_next_hop(validation, edge);
    if (!pool || definition_is_in_service(pool))
        return check_name(validation, &edge->next_hop, "pool or Director",
                          sign_in_kinds, COUNT(sign_in_kinds));
    diag_error(validation->diag, edge->next_hop.place,
               "next-hop-at-decommissioned-pool",
               "the edge hands on to a pool that is decommissioned; name a "
               "Director or a pool in service");
    diag_note(validation->diag, pool->place, "the pool is here");
    return -1;
}

static int check_servers(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    int result = 0;

    for (size_t i = 0; i < topology->pools.count; i++)
        result |= check_name(validation, &topology->pools.items[i].uses_edge,
                             "internal name of an edge", edge_kinds,
                             COUNT(edge_kinds));
    for (size_t i = 0; i < topology->edges.count; i++)
        result |= check_next_hop(validation, &topology->edges.items[i]);
    return result;
}

static int check_sip_domain(struct validation *validation,
                            const struct sip_domain *domain)
{
    int result = check_name(validation, &domain->sign_in, "pool or Director",
                            sign_in_kinds, COUNT(sign_in_kinds));

    for (size_t i = 0; i < domain->external_sign_in.count; i++)
        result |= check_name(validation, &domain->external_sign_in.items[i],
                             "access edge", access_edge_kinds,
                             COUNT(access_edge_kinds));
    return result | check_name(validation, &domain->federation.edge,
                               "access edge", access_edge_kinds,
                               COUNT(access_edge_kinds));
}

/* Without a reverse proxy in front, nobody outside reaches the web farm. */
static int check_published(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    int result = 0;

    for (size_t i = 0; i < topology->pools.count; i++) {
        const struct pool *pool = &topology->pools.items[i];
        const struct fqdn *external = &pool->web_farm.external;

        if (!pool->decommissioned.value && !name_is_absent(external->name) &&
            !definitions_find(&validation->definitions, external->name,
                              DEFINES_PUBLISHED_NAME))
            result =
                diag_error(validation->diag, external->place, "not-published",
                           "no reverse proxy publishes '%s'; add it to the "
                           "'publishes' of one",
                           name_to_text(validation->arena, external->name));
    }
    return result;
}

/* The other way round it may be a site's own business, or a typing error. */
static void check_publishes(struct validation *validation)
{
    static const enum definition_kind kinds[] = {DEFINES_EXTERNAL_WEB_FARM,
                                                 DEFINES_WEB_ACCESS};
    const struct definitions *definitions = &validation->definitions;

    for (size_t i = 0; i < definitions->count; i++) {
        const struct definition *definition = &definitions->items[i];

        if (definition->kind == DEFINES_PUBLISHED_NAME &&
            !is_defined(validation, definition->name, kinds, COUNT(kinds)))
            diag_warning(validation->diag, definition->place,
                         "publishes-unknown-name",
                         "'%s' is neither an external web farm of a pool in "
                         "service nor a web access site: no record is planned "
                         "for it",
                         name_to_text(validation->arena, definition->name));
    }
}

int validate_references(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    int result = check_sites(validation);

    result |= check_servers(validation) | check_phones(validation);
    for (size_t i = 0; i < topology->sip_domains.count; i++)
        result |= check_sip_domain(validation, &topology->sip_domains.items[i]);
    result |= check_published(validation);
    check_publishes(validation);
    return result;
}
