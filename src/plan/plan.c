#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text_index.h"
#include "plan/draft.h"
#include "plan/expand.h"
#include "plan/perimeter.h"
#include "plan/zones.h"

#define DEFAULT_TTL 3600

const char *const zone_mode_names[] = {
    [ZONE_WHOLE] = "zone",
    [ZONE_PINPOINT] = "pinpoint",
    [ZONE_INCLUDE] = "include",
};

struct planner {
    struct drafts drafts;
    uint32_t ttl_seconds;
    size_t first_order; /* of the catalogue at hand */
};

/* The owner is a {variable} on its own: it names a computer or a balancer. */
static bool owner_is_host(const struct row *row)
{
    return row->owner.count == 1 && row->owner.parts[0].variable >= 0;
}

static void take_expansion(const struct expansion *expansion, void *context)
{
    struct planner *planner = context;
    const struct row *row = expansion->row;
    struct draft draft = {
        .view = row->view,
        .record = {expansion->owner, planner->ttl_seconds, row->type->number,
                   expansion->data},
        .order = planner->first_order + row->order,
        .is_host = owner_is_host(row),
        .mirror = row->mirror,
    };

    if (row->view == VIEW_PERIMETER)
        draft.machine = expansion->subject->machine;
    if (expansion->applies)
        drafts_add(&planner->drafts, &draft, &row->requirement,
                   &expansion->origin);
}

static const struct requirement host_requirement = {
    .id = "host-address",
    .level = LEVEL_REQUIRED,
    .why = "Name servers and other hosts that the zones mention.",
    .see = "RFC 1034 section 4.2.1",
};

/* Behind all groups of the catalogue. */
#define HOST_ORDER (SIZE_MAX - 1)

static void add_hosts(struct planner *planner, const struct topology *topology,
                      struct arena *arena)
{
    for (int view = 0; view < VIEW_COUNT; view++) {
        const struct host_list *hosts = &topology->dns.hosts.views[view];

        for (size_t i = 0; i < hosts->count; i++) {
            const struct host *host = &hosts->items[i];
            struct origin origin = {
                .place = host->place,
                .list = "dns",
                .key = "hosts",
                .member = name_to_text(arena, host->fqdn.name),
            };
            struct draft draft = {
                .view = (enum view)view,
                .record = {host->fqdn.name, planner->ttl_seconds, RECORD_A,
                           record_make_address(arena, host->address.octets)},
                .order = HOST_ORDER,
                .follows = true,
            };

            drafts_add(&planner->drafts, &draft, &host_requirement, &origin);
        }
    }
}

/* Who asks for each product first: the topology, or a pool. */
static void index_products(const struct topology *topology,
                           struct text_index *index)
{
    const struct word *own = &topology->product;

    text_index_add(index, own->text, strlen(own->text), (void *)own);
    for (size_t i = 0; i < topology->pools.count; i++) {
        struct word *word = &topology->pools.items[i].product;

        if (word->text)
            text_index_add(index, word->text, strlen(word->text), word);
    }
}

static int load_catalogues(struct arena *arena, struct diag *diag,
                           const char *templates, struct plan *plan)
{
    const char *const *products = facts_products(plan->facts);
    struct text_index words;
    size_t count = 0;
    int result = 0;

    text_index_init(&words, arena);
    index_products(plan->topology, &words);
    while (products[count])
        count++;
    plan->catalogues = ARENA_NEW_ARRAY(arena, count, const struct catalogue *);
    for (size_t i = 0; i < count; i++) {
        const struct catalogue *catalogue = catalogue_load(
            arena, diag, templates,
            text_index_find(&words, products[i], strlen(products[i])));

        if (catalogue)
            plan->catalogues[plan->catalogue_count++] = catalogue;
        else
            result = -1;
    }
    return result;
}

static int draft_records(struct arena *arena, struct diag *diag,
                         const struct plan *plan, struct planner *planner)
{
    const struct seconds *ttl = &plan->topology->dns.ttl;
    int result = 0;

    planner->drafts = (struct drafts){.arena = arena};
    planner->ttl_seconds = ttl->said ? ttl->value : DEFAULT_TTL;
    planner->first_order = 0;
    for (size_t i = 0; i < plan->catalogue_count; i++) {
        result |=
            expand_catalogue(arena, diag, plan->facts, plan->catalogues[i],
                             take_expansion, planner);
        planner->first_order += plan->catalogues[i]->count;
    }
    add_hosts(planner, plan->topology, arena);
    drafts_merge(&planner->drafts);
    return result | drafts_check(arena, diag, &planner->drafts);
}

const struct plan *plan_build(struct arena *arena, struct diag *diag,
                              const struct topology *topology,
                              const char *templates)
{
    struct plan *plan = ARENA_NEW(arena, struct plan);
    struct planner planner;

    plan->topology = topology;
    plan->ttl_seconds =
        topology->dns.ttl.said ? topology->dns.ttl.value : DEFAULT_TTL;
    plan->facts = facts_build(arena, topology);
    if (load_catalogues(arena, diag, templates, plan) < 0 ||
        draft_records(arena, diag, plan, &planner) < 0)
        return NULL;
    perimeter_collect(arena, &planner.drafts, plan);
    return zones_build(arena, diag, &planner.drafts, plan) < 0 ? NULL : plan;
}

static int compare_owner(const void *owner, const void *record)
{
    const struct plan_record *one = record;

    return name_compare(*(const struct name *)owner, one->record.owner);
}

bool plan_view_is_served(const struct plan *plan, enum view view)
{
    const struct plan_view *zones = &plan->views[view];

    for (size_t i = 0; i < zones->count; i++)
        if (zones->zones[i]->mode != ZONE_INCLUDE)
            return true;
    return false;
}

bool plan_has_owner(const struct plan *plan, enum view view, struct name owner)
{
    const struct plan_zone *zone = plan_find_zone(plan, view, owner);

    return zone && bsearch(&owner, zone->records, zone->count,
                           sizeof *zone->records, compare_owner);
}
