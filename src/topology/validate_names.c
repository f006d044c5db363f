#include <string.h>

#include "base/diag.h"
#include "topology/validate.h"

/* What is one computer, or one balancer, and nothing else. */
static bool is_computer(enum definition_kind kind)
{
    switch (kind) {
    case DEFINES_POOL:
    case DEFINES_FRONT_END:
    case DEFINES_DIRECTOR:
    case DEFINES_DIRECTOR_SERVER:
    case DEFINES_EDGE:
    case DEFINES_EDGE_SERVER:
    case DEFINES_WEB_ACCESS_SERVER:
    case DEFINES_SERVER:
        return true;
    default:
        return false;
    }
}

static bool is_further_role(enum definition_kind kind)
{
    return kind == DEFINES_SERVER || kind == DEFINES_WEB_ACCESS_SERVER;
}

/* A further role may be installed on a computer that has one already. */
static bool may_be_collocated(const struct definition *one,
                              const struct definition *other)
{
    return (is_further_role(one->kind) || is_further_role(other->kind)) &&
           one->address && other->address &&
           address_equal(one->address, other->address);
}

/* The edge's services may share a name where they share their address; what
 * else an item says of its own name is its own business. */
static bool is_one_thing(const struct definition *one,
                         const struct definition *other)
{
    return one->item == other->item && one->kind != other->kind &&
           one->kind != DEFINES_FRONT_END && other->kind != DEFINES_FRONT_END;
}

static bool clashes(const struct definition *one,
                    const struct definition *other)
{
    if (one->kind == DEFINES_SIP_DOMAIN || other->kind == DEFINES_SIP_DOMAIN)
        return true;
    if (is_one_thing(one, other))
        return false;
    if (one->kind == other->kind)
        return !may_be_collocated(one, other);
    return is_computer(one->kind) && is_computer(other->kind) &&
           !may_be_collocated(one, other);
}

/* validate_roles() says it better. */
static bool is_pool_named_as_front_end(const struct definition *one,
                                       const struct definition *other)
{
    return one->kind == DEFINES_POOL && other->kind == DEFINES_FRONT_END &&
           one->item == other->item;
}

static const char *cure(const struct definition *one,
                        const struct definition *other)
{
    if (is_further_role(one->kind) || is_further_role(other->kind))
        return "rename one, or give both one address if they are one computer";
    return one->kind == other->kind ? "keep one, or rename one" : "rename one";
}

static int report_clash(struct validation *validation,
                        const struct definition *one,
                        const struct definition *other)
{
    const struct definition *later =
        place_compare(one->place, other->place) > 0 ? one : other;
    const struct definition *earlier = later == one ? other : one;
    const char *name = name_to_text(validation->arena, later->name);

    if (one->kind != other->kind &&
        (one->kind == DEFINES_SIP_DOMAIN || other->kind == DEFINES_SIP_DOMAIN))
        diag_error(validation->diag, later->place, "host-is-sip-domain",
                   "'%s' is %s, and %s bears the same name; give the host a "
                   "name inside the domain",
                   name, definition_kind_noun(later->kind),
                   definition_kind_noun(earlier->kind));
    else if (later->kind == DEFINES_PUBLISHED_NAME)
        diag_error(validation->diag, later->place, "published-twice",
                   "'%s' is published twice; one name has one address, keep "
                   "one reverse proxy",
                   name);
    else if (one->kind == other->kind)
        diag_error(validation->diag, later->place, "name-defined-twice",
                   "'%s' is %s twice; %s", name,
                   definition_kind_noun(later->kind), cure(one, other));
    else
        diag_error(validation->diag, later->place, "name-defined-twice",
                   "'%s' is %s, and %s bears the same name; %s", name,
                   definition_kind_noun(later->kind),
                   definition_kind_noun(earlier->kind), cure(one, other));
    diag_note(validation->diag, earlier->place, "the other is here");
    return -1;
}

/* Definitions are sorted by name: those of one name are neighbours. */
static int check_definitions(struct validation *validation)
{
    const struct definitions *definitions = &validation->definitions;
    int result = 0;

    for (size_t i = 0; i < definitions->count; i++) {
        const struct definition *one = &definitions->items[i];

        for (size_t j = i + 1; j < definitions->count; j++) {
            const struct definition *other = &definitions->items[j];

            if (!name_equal(one->name, other->name))
                break;
            if (!clashes(one, other) || is_pool_named_as_front_end(one, other))
                continue;
            result = report_clash(validation, one, other);
            break; /* a further one is compared with the next */
        }
    }
    return result;
}

static int check_sites(struct validation *validation)
{
    const struct word_list *sites = &validation->topology->sites;
    int result = 0;

    for (size_t i = 0; i < sites->count; i++)
        for (size_t j = 0; j < i; j++) {
            if (strcmp(sites->items[i].text, sites->items[j].text) != 0)
                continue;
            result = diag_error(validation->diag, sites->items[i].place,
                                "name-defined-twice",
                                "the site '%s' is listed twice; keep one",
                                sites->items[i].text);
            diag_note(validation->diag, sites->items[j].place,
                      "the other is here");
            break;
        }
    return result;
}

static int check_name_server(struct validation *validation,
                             const struct fqdn_list *servers, size_t index)
{
    const struct fqdn *server = &servers->items[index];

    for (const struct fqdn *other = servers->items; other < server; other++) {
        if (!name_equal(server->name, other->name))
            continue;
        diag_error(validation->diag, server->place, "name-defined-twice",
                   "the name server '%s' is listed twice; keep one",
                   name_to_text(validation->arena, server->name));
        diag_note(validation->diag, other->place, "the other is here");
        return -1;
    }
    return 0;
}

/* A list that is meant for both views is there twice. */
static bool is_same_list(const struct fqdn_list *one,
                         const struct fqdn_list *other)
{
    return one != other && one->items == other->items;
}

static int check_name_servers(struct validation *validation)
{
    const struct fqdn_list *views = validation->topology->dns.nameservers.views;
    int result = 0;

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < views[view].count; i++)
            if (!is_same_list(&views[view], &views[VIEW_INTERNAL]))
                result |= check_name_server(validation, &views[view], i);
    return result;
}

static bool share_a_view(const struct zone_entry *one,
                         const struct zone_entry *other)
{
    return !one->view.text || !other->view.text ||
           strcmp(one->view.text, other->view.text) == 0;
}

static int check_zone(struct validation *validation,
                      const struct zone_entry *zone)
{
    int result = 0;

    for (const struct zone_entry *other = validation->topology->zones.items;
         other < zone; other++) {
        if (!name_equal(zone->name.name, other->name.name) ||
            !share_a_view(zone, other))
            continue;
        result = diag_error(validation->diag, zone->name.place,
                            "zone-declared-twice",
                            "the zone '%s' is declared twice for a view; keep "
                            "one",
                            name_to_text(validation->arena, zone->name.name));
        diag_note(validation->diag, other->name.place, "the other is here");
        break;
    }
    if (zone->mode.text && strcmp(zone->mode.text, "include") == 0)
        result =
            diag_error(validation->diag, zone->mode.place, "mode-not-supported",
                       "mode: include is not supported yet; use zone or "
                       "pinpoint");
    if (zone->base.count > 0)
        result = diag_error(validation->diag, zone->base.items[0].place,
                            "base-not-supported",
                            "base files are not supported yet; take the key "
                            "out, or write base: []");
    return result;
}

int validate_names(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    int result = check_definitions(validation) | check_sites(validation) |
                 check_name_servers(validation);

    for (size_t i = 0; i < topology->zones.count; i++)
        result |= check_zone(validation, &topology->zones.items[i]);
    return result;
}
