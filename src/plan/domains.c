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

/* Whenever the items have moved. */
static void index_names(struct arena *arena, struct domains *domains)
{
    name_index_init(&domains->by_name, arena, domains->count);
    for (size_t i = 0; i < domains->count; i++)
        name_index_add(&domains->by_name, domains->items[i].name, i);
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

struct domain *domains_find(const struct domains *domains, struct name name)
{
    size_t found = name_index_find_above(&domains->by_name, name);

    return found == NAME_INDEX_NONE ? NULL : &domains->items[found];
}

static bool speaks_of(const struct zone_entry *entry, enum view view)
{
    return !entry->view.text || strcmp(entry->view.text, view_names[view]) == 0;
}

/* Domains that the topology names. */
static void add_named(struct arena *arena, const struct topology *topology,
                      enum view view, struct domains *domains)
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
    index_names(arena, domains);
}

static void append(struct arena *arena, struct domains *domains,
                   const struct domains *found)
{
    if (found->count == 0)
        return;
    /* The analyzer forgets that there are items when the names above were
     * indexed. */
    for (size_t i = 0; i < found->count; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        domains->items[domains->count++] = found->items[i];
    sort(domains);
    index_names(arena, domains);
}

/* Where the server with that number gets its name: pools with their front
 * ends, then Directors.  NULL behind the last. */
static const struct fqdn *nth_server(const struct topology *topology,
                                     size_t index)
{
    for (size_t i = 0; i < topology->pools.count; i++) {
        const struct pool *pool = &topology->pools.items[i];

        if (index == 0)
            return &pool->fqdn;
        if (--index < pool->front_ends.count)
            return &pool->front_ends.items[index].fqdn;
        index -= pool->front_ends.count;
    }
    return index < topology->directors.count
               ? &topology->directors.items[index].fqdn
               : NULL;
}

bool domains_ad(const struct topology *topology, size_t index,
                struct fqdn *domain)
{
    const struct fqdn *server;

    if (topology->ad_domains.said) {
        if (index < topology->ad_domains.count)
            *domain = topology->ad_domains.items[index];
        return index < topology->ad_domains.count;
    }
    server = nth_server(topology, index);
    if (server)
        *domain = (struct fqdn){name_parent(server->name), server->place};
    return server != NULL;
}

static bool is_ad(const struct topology *topology, struct name name)
{
    struct fqdn domain;

    for (size_t i = 0; domains_ad(topology, i, &domain); i++)
        if (name_equal(domain.name, name))
            return true;
    return false;
}

/* Does a domain that the topology names hold the hosts of parent as well? */
static bool is_held(const struct topology *topology,
                    const struct domains *domains, struct name parent)
{
    const struct domain *named = domains_find(domains, parent);

    return named &&
           (name_equal(named->name, parent) || is_ad(topology, named->name));
}

/* Domains of the hosts, then of what lies in no domain yet. */
static void add_found(struct arena *arena, const struct topology *topology,
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
                            .place = draft->reasons->origin.place,
                            .is_foreign = !hosts_only};
    }
    sort(found);
    drop_nested(found);
    append(arena, domains, found);
}

/* Canonical order: what lies in a domain comes right behind its own name. */
static bool is_public(const struct drafts *drafts, struct name domain)
{
    const struct draft *draft = drafts_find_from(drafts, VIEW_EXTERNAL, domain);

    for (; draft && name_is_within(draft->record.owner, domain);
         draft = drafts_next(drafts, draft))
        if (!draft->follows)
            return true;
    return false;
}

/* The mode that was said. */
static enum zone_mode mode_of(const char *word)
{
    enum zone_mode mode = ZONE_WHOLE;

    while (strcmp(word, zone_mode_names[mode]) != 0)
        mode++;
    return mode;
}

static void set_mode(struct domain *domain, const struct drafts *drafts)
{
    const char *mode = domain->declared ? domain->declared->mode.text : NULL;

    domain->is_public =
        domain->view == VIEW_INTERNAL && is_public(drafts, domain->name);
    domain->mode =
        domain->is_public || domain->is_foreign ? ZONE_PINPOINT : ZONE_WHOLE;
    if (mode)
        domain->mode = mode_of(mode);
}

/* All that there is, name by name: what is not ours the machines of the
 * perimeter find where everybody does, in public DNS. */
static void add_root(struct arena *arena, enum view view,
                     struct domains *domains)
{
    static const uint8_t root[] = {0};

    domains->items[domains->count++] = (struct domain){
        .name = {root, sizeof root}, .view = view, .mode = ZONE_PINPOINT};
    index_names(arena, domains);
}

void domains_build(struct arena *arena, const struct topology *topology,
                   const struct drafts *drafts, enum view view,
                   struct domains *domains)
{
    size_t most = topology->zones.count + topology->sip_domains.count;
    struct domains found = {0};

    domains->count = 0;
    domains->items =
        ARENA_NEW_ARRAY(arena, most + 2 * drafts->count + 1, struct domain);
    if (view == VIEW_PERIMETER) {
        add_root(arena, view, domains);
        return;
    }
    found.items = ARENA_NEW_ARRAY(arena, drafts->count, struct domain);
    add_named(arena, topology, view, domains);
    add_found(arena, topology, drafts, view, true, &found, domains);
    add_found(arena, topology, drafts, view, false, &found, domains);
    for (size_t i = 0; i < domains->count; i++)
        set_mode(&domains->items[i], drafts);
}

/* What makes it a domain of Active Directory, or NULL. */
