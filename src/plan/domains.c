#include "plan/domains.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static int compare(const void *left, const void *right)
{
    const struct domain *one = left;
    const struct domain *other = right;
    int order = name_compare(one->name, other->name);

    if (order == 0)
        order = (one->declared == NULL) - (other->declared == NULL);
    return order;
}

static void sort(struct domains *domains)
{
    if (domains->count > 1)
        qsort(domains->items, domains->count, sizeof *domains->items, compare);
}

/* Of domains with one name the first is kept: the declared one. */
static void drop_repetitions(struct domains *domains)
{
    size_t kept = 0;

    for (size_t i = 0; i < domains->count; i++)
        if (kept == 0 ||
            !name_equal(domains->items[kept - 1].name, domains->items[i].name))
            domains->items[kept++] = domains->items[i];
    domains->count = kept;
}

/* Of domains below each other the shortest is kept; canonical order puts it
 * in front of all that lie below.  Its place is that of its first host. */
static void drop_nested(struct domains *domains)
{
    size_t kept = 0;

    for (size_t i = 0; i < domains->count; i++) {
        struct domain *last = &domains->items[kept - (kept > 0)];
        const struct domain *domain = &domains->items[i];

        if (kept == 0 || !name_is_within(domain->name, last->name))
            domains->items[kept++] = *domain;
        else if (place_compare(domain->place, last->place) < 0)
            last->place = domain->place;
    }
    domains->count = kept;
}

struct domain *domains_find_exactly(const struct domains *domains,
                                    struct name name)
{
    size_t low = 0;
    size_t high = domains->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (name_compare(domains->items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < domains->count && name_equal(domains->items[low].name, name))
        return &domains->items[low];
    return NULL;
}

struct domain *domains_find(const struct domains *domains, struct name name)
{
    struct domain *found = NULL;

    for (; !found && !name_is_absent(name); name = name_parent(name))
        found = domains_find_exactly(domains, name);
    return found;
}

static bool speaks_of(const struct zone_entry *entry, enum view view)
{
    return !entry->view.text || strcmp(entry->view.text, view_names[view]) == 0;
}

/* Domains that the topology names. */
static void add_named(const struct topology *topology, enum view view,
                      struct domains *domains)
{
    for (size_t i = 0; i < topology->zones.count; i++) {
        const struct zone_entry *entry = &topology->zones.items[i];

        if (speaks_of(entry, view))
            domains->items[domains->count++] =
                (struct domain){.name = entry->name.name,
                                .view = view,
                                .place = entry->name.place,
                                .declared = entry};
    }
    for (size_t i = 0; i < topology->sip_domains.count; i++)
        domains->items[domains->count++] =
            (struct domain){.name = topology->sip_domains.items[i].name.name,
                            .view = view,
                            .place = topology->sip_domains.items[i].name.place};
    sort(domains);
    drop_repetitions(domains);
}

static void append(struct domains *domains, const struct domains *found)
{
    if (found->count > 0)
        memcpy(domains->items + domains->count, found->items,
               found->count * sizeof *found->items);
    domains->count += found->count;
    sort(domains);
}

/* Does a domain that the topology names hold the hosts of parent as well? */
static bool is_held(const struct topology *topology,
                    const struct domains *domains, struct name parent)
{
    const struct domain *named = domains_find(domains, parent);

    return named && (name_equal(named->name, parent) ||
                     domains_find_ad(topology, named->name));
}

/* Domains of the hosts, then of what lies in no domain yet. */
static void add_found(const struct topology *topology,
                      const struct drafts *drafts, enum view view,
                      bool hosts_only, struct domains *found,
                      struct domains *domains)
{
    found->count = 0;
    for (size_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];
        struct name parent = name_parent(draft->record.owner);

        if (draft->view != view || draft->follows ||
            (hosts_only ? !draft->is_host || is_held(topology, domains, parent)
                        : domains_find(domains, draft->record.owner) != NULL))
            continue;
        found->items[found->count++] =
            (struct domain){.name = parent,
                            .view = view,
                            .place = draft->reasons->origin.place};
    }
    sort(found);
    drop_nested(found);
    append(domains, found);
}

static void set_mode(struct domain *domain, const struct domains *external)
{
    const struct domain *outside =
        external ? domains_find_exactly(external, domain->name) : NULL;
    const char *mode = domain->declared ? domain->declared->mode.text : NULL;

    domain->is_public = outside && outside->used;
    domain->mode = domain->is_public ? ZONE_PINPOINT : ZONE_WHOLE;
    if (mode)
        domain->mode =
            strcmp(mode, "pinpoint") == 0 ? ZONE_PINPOINT : ZONE_WHOLE;
}

void domains_build(struct arena *arena, const struct topology *topology,
                   const struct drafts *drafts, enum view view,
                   const struct domains *external, struct domains *domains)
{
    size_t most = topology->zones.count + topology->sip_domains.count;
    struct domains found = {NULL, 0};

    domains->count = 0;
    domains->items =
        ARENA_NEW_ARRAY(arena, most + 2 * drafts->count, struct domain);
    found.items = ARENA_NEW_ARRAY(arena, drafts->count, struct domain);
    add_named(topology, view, domains);
    add_found(topology, drafts, view, true, &found, domains);
    add_found(topology, drafts, view, false, &found, domains);
    for (size_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];

        if (draft->view == view && !draft->follows)
            domains_find(domains, draft->record.owner)->used = true;
    }
    for (size_t i = 0; i < domains->count; i++)
        set_mode(&domains->items[i], external);
}

/* What makes it a domain of Active Directory, or NULL. */
const struct fqdn *domains_find_ad(const struct topology *topology,
                                   struct name domain)
{
    for (size_t i = 0; i < topology->ad_domains.count; i++)
        if (name_equal(topology->ad_domains.items[i].name, domain))
            return &topology->ad_domains.items[i];
    if (topology->ad_domains.said)
        return NULL;
    for (size_t i = 0; i < topology->pools.count; i++) {
        const struct pool *pool = &topology->pools.items[i];

        if (name_equal(name_parent(pool->fqdn.name), domain))
            return &pool->fqdn;
        for (size_t j = 0; j < pool->front_ends.count; j++)
            if (name_equal(name_parent(pool->front_ends.items[j].fqdn.name),
                           domain))
                return &pool->front_ends.items[j].fqdn;
    }
    for (size_t i = 0; i < topology->directors.count; i++)
        if (name_equal(name_parent(topology->directors.items[i].fqdn.name),
                       domain))
            return &topology->directors.items[i].fqdn;
    return NULL;
}
