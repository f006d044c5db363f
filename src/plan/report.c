/*
 * What a plan that is fine may still do to those who deploy it.
 */
#include <string.h>

#include "base/arena.h"
#include "plan/base.h"
#include "plan/domains.h"
#include "plan/plan.h"

static void report_hidden_names(struct arena *arena, struct diag *diag,
                                const struct plan_zone *zone)
{
    const char *name = name_to_text(arena, zone->apex);

    if (zone->is_public && !(zone->declared && zone->declared->base.said))
        diag_warning(diag, zone->place, "whole-zone-hides-public-names",
                     "a whole zone %s inside hides all public names of %s "
                     "that are not in it; use mode: pinpoint, give it the "
                     "others as base, or write base: [] if you mean it",
                     name, name);
}

/* A zone of ours goes on to answer for a domain that others serve, as long as
 * the site's own records do not send people there. */
static void report_hidden_domain(struct arena *arena, struct diag *diag,
                                 const struct plan *plan,
                                 const struct plan_zone *piece)
{
    const struct plan_zone *above =
        plan_find_zone(plan, piece->view, name_parent(piece->apex));

    if (!above || above->mode == ZONE_INCLUDE ||
        (above->base && base_delegates(above->base, piece->apex)))
        return;
    diag_warning(diag, piece->place, "included-domain-not-delegated",
                 "somebody else's zone %s lies below the zone %s of ours, "
                 "which does not delegate it; add its NS records to the base "
                 "of %s",
                 name_to_text(arena, piece->apex),
                 name_to_text(arena, above->apex),
                 name_to_text(arena, above->apex));
}

static void report_hidden_domains(struct arena *arena, struct diag *diag,
                                  const struct plan *plan)
{
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *zone = plan->views[view].zones[i];

            if (zone->mode == ZONE_INCLUDE)
                report_hidden_domain(arena, diag, plan, zone);
        }
}

/* Each zone is told once, by the first of its Active Directory domains. */
static void report_ad_domains(struct arena *arena, struct diag *diag,
                              const struct plan *plan)
{
    const struct plan_view *inside = &plan->views[VIEW_INTERNAL];
    bool *is_told = ARENA_NEW_ARRAY(arena, inside->count, bool);
    struct fqdn domain;

    for (size_t i = 0; domains_ad(plan->topology, i, &domain); i++) {
        const struct plan_zone *zone =
            plan_find_zone(plan, VIEW_INTERNAL, domain.name);
        size_t index = 0;

        if (!zone || zone->mode != ZONE_WHOLE)
            continue;
        while (inside->zones[index] != zone)
            index++;
        if (is_told[index])
            continue;
        is_told[index] = true;
        diag_info(diag, domain.place, "whole-zone-over-ad-domain",
                  "%s is an Active Directory domain: put these records into "
                  "its zone, do not load the zone %s in its place",
                  name_to_text(arena, domain.name),
                  name_to_text(arena, zone->apex));
    }
}

static bool is_needed(const struct plan *plan, const struct zone_entry *entry)
{
    for (int view = 0; view < VIEW_COUNT; view++) {
        bool is_meant = !entry->view.text ||
                        strcmp(entry->view.text, view_names[view]) == 0;

        for (size_t i = 0; is_meant && i < plan->views[view].count; i++)
            if (name_equal(plan->views[view].zones[i]->domain,
                           entry->name.name))
                return true;
    }
    return false;
}

static void report_unneeded_zones(struct arena *arena, struct diag *diag,
                                  const struct plan *plan)
{
    for (size_t i = 0; i < plan->topology->zones.count; i++) {
        const struct zone_entry *entry = &plan->topology->zones.items[i];

        if (!is_needed(plan, entry))
            diag_warning(diag, entry->name.place, "zone-not-needed",
                         "no record of ours lies in %s: the zone is not "
                         "written",
                         name_to_text(arena, entry->name.name));
    }
}

/* Has the inside zone of an entry the public value of a name? */
static bool is_repeated(const struct plan_zone *zone, struct name owner)
{
    for (size_t i = 0; i < zone->count; i++)
        if (zone->records[i].mirrored &&
            name_equal(zone->records[i].record.owner, owner))
            return true;
    return false;
}

/* Names of OCS that belong to one view alone, and those with a value of their
 * own inside, are never repeated, nor is what lies elsewhere. */
static void report_mirror(struct arena *arena, struct diag *diag,
                          const struct plan *plan,
                          const struct zone_entry *entry,
                          const struct fqdn *mirror)
{
    const struct plan_zone *zone =
        plan_find_zone(plan, VIEW_INTERNAL, entry->name.name);
    const char *name = name_to_text(arena, mirror->name);

    if (!plan_has_owner(plan, VIEW_EXTERNAL, mirror->name))
        diag_warning(diag, mirror->place, "mirror-not-public",
                     "the plan has no public name '%s' to repeat; "
                     "mend it, or take it out",
                     name);
    else if (zone && zone->declared == entry &&
             !is_repeated(zone, mirror->name))
        diag_warning(diag, mirror->place, "mirror-not-repeated",
                     "the public value of '%s' is not for the zone %s inside; "
                     "take the name out",
                     name, name_to_text(arena, zone->apex));
}

static void report_mirrors(struct arena *arena, struct diag *diag,
                           const struct plan *plan)
{
    for (size_t i = 0; i < plan->topology->zones.count; i++) {
        const struct zone_entry *entry = &plan->topology->zones.items[i];

        for (size_t j = 0; j < entry->mirror.count; j++)
            report_mirror(arena, diag, plan, entry, &entry->mirror.items[j]);
    }
}

void plan_report_zones(struct arena *arena, struct diag *diag,
                       const struct plan *plan)
{
    const struct plan_view *inside = &plan->views[VIEW_INTERNAL];

    for (size_t i = 0; i < inside->count; i++)
        if (inside->zones[i]->mode == ZONE_WHOLE)
            report_hidden_names(arena, diag, inside->zones[i]);
    report_hidden_domains(arena, diag, plan);
    report_ad_domains(arena, diag, plan);
    report_mirrors(arena, diag, plan);
    report_unneeded_zones(arena, diag, plan);
}

void plan_report_servers(struct arena *arena, struct diag *diag,
                         const struct plan *plan)
{
    for (size_t i = 0; i < plan->topology->servers.count; i++) {
        const struct server *server = &plan->topology->servers.items[i];

        if (!plan_has_owner(plan, VIEW_INTERNAL, server->fqdn.name))
            diag_warning(diag, server->role.place, "role-not-planned",
                         "the product knows no role '%s': '%s' gets no "
                         "record; give it to dns.hosts if it needs one",
                         server->role.text,
                         name_to_text(arena, server->fqdn.name));
    }
}
