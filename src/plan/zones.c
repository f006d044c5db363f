#include "plan/zones.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "plan/base.h"
#include "plan/delegation.h"
#include "plan/domains.h"

/* RFC 1912 section 2.2, but for a short negative TTL: who asked too early
 * during a rollout shall not wait for long. */
static const struct soa soa_timers = {
    .refresh = 3600,
    .retry = 600,
    .expire = 1209600,
    .minimum = 300,
};

struct builder {
    struct arena *arena;
    struct diag *diag;
    struct drafts *drafts;
    struct plan *plan;
    struct domains domains[VIEW_COUNT];
};

/* ---- whole inside zones, and what others include, repeat what is public */

static bool wants_mirror(const struct domain *domain, struct name owner)
{
    const struct fqdn_list *mirror =
        domain->declared ? &domain->declared->mirror : NULL;

    if (!domain->is_public)
        return false;
    if (!mirror || !mirror->said)
        return true;
    for (size_t i = 0; i < mirror->count; i++)
        if (name_equal(mirror->items[i].name, owner))
            return true;
    return false;
}

static bool is_known_inside(const struct drafts *drafts, struct name owner)
{
    return drafts_find(drafts, VIEW_INTERNAL, owner, RECORD_A) ||
           drafts_find(drafts, VIEW_INTERNAL, owner, RECORD_CNAME);
}

/* The domain whose zone answers for a name no pinpoint zone is made for. */
static struct domain *find_whole(const struct domains *domains,
                                 struct name name)
{
    struct domain *domain = domains_find(domains, name);

    while (domain && domain->mode == ZONE_PINPOINT)
        domain = domains_find(domains, name_parent(domain->name));
    return domain;
}

/* Found first and added then: what is added is not sorted yet. */
static void mirror_public_names(struct builder *builder)
{
    struct drafts *drafts = builder->drafts;
    struct drafts found = {.arena = builder->arena};

    for (size_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];
        struct draft inside = *draft;
        const struct domain *domain;

        if (draft->view != VIEW_EXTERNAL || !draft->mirror ||
            is_known_inside(drafts, draft->record.owner))
            continue;
        domain =
            find_whole(&builder->domains[VIEW_INTERNAL], draft->record.owner);
        if (!domain || !wants_mirror(domain, draft->record.owner))
            continue;
        inside.view = VIEW_INTERNAL;
        inside.mirrored = true;
        drafts_add(&found, &inside, draft->reasons->requirement,
                   &draft->reasons->origin);
    }
    for (size_t i = 0; i < found.count; i++)
        drafts_add(drafts, &found.items[i], found.items[i].reasons->requirement,
                   &found.items[i].reasons->origin);
    if (found.count > 0)
        drafts_merge(drafts);
}

/* ---- zones */

static struct plan_zone *add_zone(struct builder *builder,
                                  const struct domain *domain, struct name apex,
                                  struct place place)
{
    struct plan_view *view = &builder->plan->views[domain->view];
    const struct dns_settings *dns = &builder->plan->topology->dns;
    const struct fqdn *primary = &dns->primary.views[domain->view];
    const struct fqdn_list *servers = &dns->nameservers.views[domain->view];
    struct plan_zone *zone = ARENA_NEW(builder->arena, struct plan_zone);

    *zone = (struct plan_zone){
        .apex = apex,
        .view = domain->view,
        .mode = domain->mode,
        .domain = domain->name,
        .declared = domain->declared,
        .is_public = domain->is_public,
        .place = place,
        .soa = soa_timers,
    };
    zone->soa.contact = dns->contact.name;
    if (!name_is_absent(primary->name))
        zone->soa.primary = primary->name;
    else if (servers->count > 0)
        zone->soa.primary = servers->items[0].name;
    view->zones[view->count++] = zone;
    return zone;
}

/* Drafts are in canonical order: of names below each other the topmost comes
 * first, and opens the pinpoint zone for all of them. */
static void place_draft(struct builder *builder, struct draft *draft)
{
    const struct domains *domains = &builder->domains[draft->view];
    struct domain *domain = domains_find(domains, draft->record.owner);
    struct name owner = draft->record.owner;
    bool is_open = domain->zone && name_is_within(owner, domain->zone->apex);

    if (draft->mirrored && !is_open)
        domain = find_whole(domains, owner);
    if (domain->mode != ZONE_PINPOINT && !domain->zone)
        domain->zone = add_zone(builder, domain, domain->name, domain->place);
    else if (domain->mode == ZONE_PINPOINT && !is_open)
        domain->zone =
            add_zone(builder, domain, owner, draft->reasons->origin.place);
    draft->zone = domain->zone;
}

static int compare_zones(const void *left, const void *right)
{
    const struct plan_zone *const *one = left;
    const struct plan_zone *const *other = right;

    return name_compare((*one)->apex, (*other)->apex);
}

static void place_drafts(struct builder *builder)
{
    struct drafts *drafts = builder->drafts;

    for (int view = 0; view < VIEW_COUNT; view++)
        builder->plan->views[view].zones =
            ARENA_NEW_ARRAY(builder->arena, drafts->count, struct plan_zone *);
    for (size_t i = 0; i < drafts->count; i++)
        if (!drafts->items[i].follows)
            place_draft(builder, &drafts->items[i]);
    for (int view = 0; view < VIEW_COUNT; view++) {
        struct plan_view *zones = &builder->plan->views[view];

        if (zones->count > 1)
            qsort(zones->zones, zones->count, sizeof *zones->zones,
                  compare_zones);
        name_index_init(&zones->by_apex, builder->arena, zones->count);
        for (size_t i = 0; i < zones->count; i++)
            name_index_add(&zones->by_apex, zones->zones[i]->apex, i);
    }
}

/* Hosts go where there is a zone for them, and are left out otherwise. */
static void place_hosts(struct builder *builder)
{
    for (size_t i = 0; i < builder->drafts->count; i++) {
        struct draft *draft = &builder->drafts->items[i];

        if (draft->follows)
            draft->zone =
                plan_find_zone(builder->plan, draft->view, draft->record.owner);
    }
}

/* ---- the site's own records */

/* What is declared for both views is read once. */
static const struct plan_zone *read_before(const struct builder *builder,
                                           const struct domain *domain)
{
    const struct domain *inside =
        domains_find(&builder->domains[VIEW_INTERNAL], domain->name);

    return domain->view != VIEW_INTERNAL && inside &&
                   name_equal(inside->name, domain->name) && inside->zone &&
                   inside->zone->base && inside->declared == domain->declared
               ? inside->zone
               : NULL;
}

static int read_base(struct builder *builder, const struct domain *domain)
{
    const struct plan_zone *before;

    if (!domain->zone || !domain->declared || domain->declared->base.count == 0)
        return 0;
    before = read_before(builder, domain);
    if (!before)
        return base_read(builder->arena, builder->diag, domain->zone);
    domain->zone->base = before->base;
    return 0;
}

static int read_bases(struct builder *builder)
{
    int result = 0;

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < builder->domains[view].count; i++)
            result |= read_base(builder, &builder->domains[view].items[i]);
    return result;
}

/* ---- records */

/* The address that a name leads to, over aliases; NULL where it has none.
 * Aliases of aliases are few, and a ring of them ends here, too. */
static const struct draft *find_address(const struct builder *builder,
                                        enum view view, struct name name)
{
    for (int aliases = 0; aliases < 8; aliases++) {
        const struct draft *address =
            drafts_find(builder->drafts, view, name, RECORD_A);
        const struct draft *alias =
            drafts_find(builder->drafts, view, name, RECORD_CNAME);

        if (address || !alias)
            return address;
        name = record_target(&alias->record);
    }
    return NULL;
}

/* An apex has a SOA and so can be no alias (RFC 1034 section 3.6.2): what the
 * alias stands for takes its place. */
static int resolve_apex_alias(struct builder *builder, struct draft *draft)
{
    const struct draft *address;

    if (draft->record.type != RECORD_CNAME ||
        !name_equal(draft->record.owner, draft->zone->apex))
        return 0;
    address = find_address(builder, draft->view, record_target(&draft->record));
    if (!address)
        return diag_error(builder->diag, draft->reasons->origin.place,
                          "alias-target-has-no-address",
                          "'%s' is a zone of its own, where no alias may "
                          "stand, and what it stands for has no address",
                          name_to_text(builder->arena, draft->record.owner));
    draft->record.type = RECORD_A;
    draft->record.data = address->record.data;
    return 0;
}

/* Clients give up where a record of ours leads to a name without address.
 * Whether the zones of others have one they know themselves. */
static int check_target(struct builder *builder, const struct draft *draft)
{
    struct name target = record_target(&draft->record);
    struct plan_zone *zone;

    if (name_is_absent(target) ||
        drafts_find(builder->drafts, draft->view, target, RECORD_A) ||
        drafts_find(builder->drafts, draft->view, target, RECORD_CNAME))
        return 0;
    zone = plan_find_zone(builder->plan, draft->view, target);
    if (!zone || zone->mode == ZONE_INCLUDE ||
        (zone->base && base_leads_on(zone->base, target)))
        return 0;
    return diag_error(
        builder->diag, draft->reasons->origin.place, "target-has-no-address",
        "'%s' lies in the zone %s of ours and has no address; "
        "add it to dns.hosts%s%s",
        name_to_text(builder->arena, target),
        name_to_text(builder->arena, zone->apex),
        draft->view == VIEW_INTERNAL ? "" : ".",
        draft->view == VIEW_INTERNAL ? "" : view_names[draft->view]);
}

static int fill_zones(struct builder *builder)
{
    struct drafts *drafts = builder->drafts;
    int result = 0;

    for (size_t i = 0; i < drafts->count; i++) {
        if (!drafts->items[i].zone)
            continue;
        result |= check_target(builder, &drafts->items[i]);
        result |= resolve_apex_alias(builder, &drafts->items[i]);
        drafts->items[i].zone->count++;
    }
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < builder->plan->views[view].count; i++) {
            struct plan_zone *zone = builder->plan->views[view].zones[i];

            zone->records = ARENA_NEW_ARRAY(builder->arena, zone->count,
                                            struct plan_record);
            zone->capacity = zone->count;
            zone->count = 0;
        }
    for (size_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];

        if (draft->zone)
            draft->zone->records[draft->zone->count++] = (struct plan_record){
                draft->record, draft->reasons, draft->order, draft->mirrored};
    }
    return result;
}

int zones_build(struct arena *arena, struct diag *diag, struct drafts *drafts,
                struct plan *plan)
{
    struct builder builder = {
        .arena = arena, .diag = diag, .drafts = drafts, .plan = plan};

    for (int view = 0; view < VIEW_COUNT; view++)
        domains_build(arena, plan->topology, drafts, (enum view)view,
                      &builder.domains[view]);
    mirror_public_names(&builder);
    place_drafts(&builder);
    place_hosts(&builder);
    if (read_bases(&builder) < 0 || fill_zones(&builder) < 0 ||
        delegation_build(arena, diag, plan) < 0)
        return -1;
    return base_check(arena, diag, plan);
}

struct plan_zone *plan_find_zone(const struct plan *plan, enum view view,
                                 struct name name)
{
    const struct plan_view *zones = &plan->views[view];
    size_t found = name_index_find_above(&zones->by_apex, name);

    return found == NAME_INDEX_NONE ? NULL : zones->zones[found];
}
