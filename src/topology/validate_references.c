#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/suggest.h"
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
    for (size_t i = 0; i < definitions->count; i++)
        if (is_kind(definitions->items[i].kind, kinds, count))
            suggest_offer(&suggest, name_to_text(validation->arena,
                                                 definitions->items[i].name));
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

static int check_site(struct validation *validation, const struct word *site)
{
    const struct word_list *sites = &validation->topology->sites;
    struct suggest suggest;

    if (!site->text)
        return 0;
    suggest_init(&suggest, site->text);
    for (size_t i = 0; i < sites->count; i++) {
        if (strcmp(sites->items[i].text, site->text) == 0)
            return 0;
        suggest_offer(&suggest, sites->items[i].text);
    }
    if (suggest.nearest)
        return diag_error(validation->diag, site->place, "dangling-reference",
                          "'%s' is no site; did you mean '%s'?", site->text,
                          suggest.nearest);
    return diag_error(validation->diag, site->place, "dangling-reference",
                      "'%s' is no site; add it to sites", site->text);
}

static int check_sites(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    int result = 0;

    for (size_t i = 0; i < topology->pools.count; i++)
        result |= check_site(validation, &topology->pools.items[i].site);
    for (size_t i = 0; i < topology->directors.count; i++)
        result |= check_site(validation, &topology->directors.items[i].site);
    for (size_t i = 0; i < topology->edges.count; i++)
        result |= check_site(validation, &topology->edges.items[i].site);
    for (size_t i = 0; i < topology->reverse_proxies.count; i++)
        result |=
            check_site(validation, &topology->reverse_proxies.items[i].site);
    for (size_t i = 0; i < topology->web_access.count; i++)
        result |= check_site(validation, &topology->web_access.items[i].site);
    for (size_t i = 0; i < topology->servers.count; i++)
        result |= check_site(validation, &topology->servers.items[i].site);
    return result;
}

/* What phones.updates says of a product that no pool has is for nobody. */
static int check_product(struct validation *validation,
                         const struct word *product)
{
    const struct topology *topology = validation->topology;
    struct suggest suggest;

    if (!product->text || strcmp(product->text, topology->product.text) == 0)
        return 0;
    suggest_init(&suggest, product->text);
    suggest_offer(&suggest, topology->product.text);
    for (size_t i = 0; i < topology->pools.count; i++) {
        const char *other = topology->pools.items[i].product.text;

        if (other && strcmp(product->text, other) == 0)
            return 0;
        if (other)
            suggest_offer(&suggest, other);
    }
    return diag_error(validation->diag, product->place, "dangling-reference",
                      suggest.nearest
                          ? "no pool is of the product '%s'; did you mean '%s'?"
                          : "no pool is of the product '%s'; take it out",
                      product->text, suggest.nearest);
}

static int check_servers(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    const struct product_server_list *updates = &topology->phones.updates;
    int result = 0;

    for (size_t i = 0; i < topology->pools.count; i++)
        result |= check_name(validation, &topology->pools.items[i].uses_edge,
                             "internal name of an edge", edge_kinds,
                             COUNT(edge_kinds));
    for (size_t i = 0; i < topology->edges.count; i++)
        result |=
            check_name(validation, &topology->edges.items[i].next_hop,
                       "pool or Director", sign_in_kinds, COUNT(sign_in_kinds));
    for (size_t i = 0; i < updates->count; i++)
        result |=
            check_product(validation, &updates->items[i].product) |
            check_name(validation, &updates->items[i].fqdn, "pool or server",
                       update_kinds, COUNT(update_kinds));
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
        const struct fqdn *external =
            &topology->pools.items[i].web_farm.external;

        if (!name_is_absent(external->name) &&
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
                         "'%s' is neither an external web farm nor a web "
                         "access site: no record is planned for it",
                         name_to_text(validation->arena, definition->name));
    }
}

int validate_references(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    int result = check_sites(validation);

    result |= check_servers(validation);
    for (size_t i = 0; i < topology->sip_domains.count; i++)
        result |= check_sip_domain(validation, &topology->sip_domains.items[i]);
    result |= check_published(validation);
    check_publishes(validation);
    return result;
}
