#include <string.h>

#include "base/diag.h"
#include "base/text_index.h"
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

static void report_clash(struct validation *validation,
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
}

/* The first behind one that may not bear its name, or NULL.  Definitions are
 * sorted by name: those of one name are neighbours. */
static const struct definition *find_clash(
    const struct definitions *definitions, const struct definition *one)
{
    const struct definition *end = definitions->items + definitions->count;

    for (const struct definition *other = one + 1;
         other < end && name_equal(one->name, other->name); other++)
        if (clashes(one, other) && !is_pool_named_as_front_end(one, other))
            return other;
    return NULL;
}

/* What clashes with one of two such clashes with both. */
static bool is_same_computer(const struct definition *one,
                             const struct definition *other)
{
    return one->kind == other->kind && name_equal(one->name, other->name) &&
           may_be_collocated(one, other);
}

/* Nobody reads more about one name. */
#define CLASHES_TOLD 10

static int check_definitions(struct validation *validation)
{
    const struct definitions *definitions = &validation->definitions;
    const struct definition *clash = NULL;
    size_t count = 0; /* of the name at hand */
    int result = 0;

    for (size_t i = 0; i < definitions->count; i++) {
        const struct definition *one = &definitions->items[i];

        if (i > 0 && !name_equal(one[-1].name, one->name))
            count = 0;
        if (i == 0 || !is_same_computer(&one[-1], one))
            clash = find_clash(definitions, one);
        if (!clash)
            continue;
        result = -1;
        if (count++ < CLASHES_TOLD)
            report_clash(validation, one, clash);
    }
    return result;
}

static int check_sites(struct validation *validation)
{
    const struct word_list *sites = &validation->topology->sites;
    struct text_index seen;
    int result = 0;

    text_index_init(&seen, validation->arena);
    for (size_t i = 0; i < sites->count; i++) {
        struct word *site = &sites->items[i];
        const struct word *other =
            text_index_add(&seen, site->text, strlen(site->text), site);

        if (!other)
            continue;
        result =
            diag_error(validation->diag, site->place, "name-defined-twice",
                       "the site '%s' is listed twice; keep one", site->text);
        diag_note(validation->diag, other->place, "the other is here");
    }
    return result;
}

static void *add_name(struct text_index *index, struct name name, void *thing)
{
    return text_index_add(index, (const char *)name.octets, name.length, thing);
}

static int check_name_server_list(struct validation *validation,
                                  const struct fqdn_list *servers)
{
    struct text_index seen;
    int result = 0;

    text_index_init(&seen, validation->arena);
    for (size_t i = 0; i < servers->count; i++) {
        struct fqdn *server = &servers->items[i];
        const struct fqdn *other = add_name(&seen, server->name, server);

        if (!other)
            continue;
        result =
            diag_error(validation->diag, server->place, "name-defined-twice",
                       "the name server '%s' is listed twice; keep one",
                       name_to_text(validation->arena, server->name));
        diag_note(validation->diag, other->place, "the other is here");
    }
    return result;
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
        if (!is_same_list(&views[view], &views[VIEW_INTERNAL]))
            result |= check_name_server_list(validation, &views[view]);
    return result;
}

static bool is_in_view(const struct zone_entry *zone, int view)
{
    return !zone->view.text || strcmp(zone->view.text, view_names[view]) == 0;
}

/* The first entry of the same name that shares a view with this one, or NULL;
 * seen has an index for each view. */
static const struct zone_entry *earlier_zone(struct text_index seen[VIEW_COUNT],
                                             struct zone_entry *zone)
{
    const struct zone_entry *earliest = NULL;

    for (int view = 0; view < VIEW_COUNT; view++) {
        const struct zone_entry *other =
            is_in_view(zone, view)
                ? add_name(&seen[view], zone->name.name, zone)
                : NULL;

        if (other && (!earliest || other < earliest))
            earliest = other;
    }
    return earliest;
}

static int check_zone_names(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    struct text_index seen[VIEW_COUNT];
    int result = 0;

    for (int view = 0; view < VIEW_COUNT; view++)
        text_index_init(&seen[view], validation->arena);
    for (size_t i = 0; i < topology->zones.count; i++) {
        struct zone_entry *zone = &topology->zones.items[i];
        const struct zone_entry *other = earlier_zone(seen, zone);

        if (!other)
            continue;
        result = diag_error(validation->diag, zone->name.place,
                            "zone-declared-twice",
                            "the zone '%s' is declared twice for a view; keep "
                            "one",
                            name_to_text(validation->arena, zone->name.name));
        diag_note(validation->diag, other->name.place, "the other is here");
    }
    return result;
}

int validate_names(struct validation *validation)
{
    return check_definitions(validation) | check_sites(validation) |
           check_name_servers(validation) | check_zone_names(validation);
}
