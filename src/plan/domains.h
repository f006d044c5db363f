/*
 * The domains whose names a view needs, and how each is served.
 *
 * A name belongs to the nearest enclosing domain that is declared in `zones`,
 * is a SIP domain, or is the shortest domain of ours that holds hosts.  That
 * an Active Directory domain is declared, too, changes nothing: hosts further
 * down stay in it.
 */
#ifndef PLAN_DOMAINS_H
#define PLAN_DOMAINS_H

#include "dns/name_index.h"
#include "plan/draft.h"

struct domain {
    struct name name;
    enum view view;
    enum zone_mode mode;
    struct place place;
    const struct zone_entry *declared; /* or NULL */
    bool is_foreign; /* none of our hosts lies in it, only names for them */
    bool is_public;  /* inside: the plan has names at or below it outside */
    struct plan_zone *zone; /* the only one, or the latest pinpoint */
};

struct domains {
    struct domain *items; /* sorted by name */
    size_t count;
    struct name_index by_name;
};

/*
 * Finds the domains of one view.  Inside, a domain with names that are served
 * outside, too, is served name by name, unless it is declared otherwise; and
 * so is a domain of somebody else in which we need a name.  In the perimeter
 * all names are served so: its one domain is the root.
 */
void domains_build(struct arena *arena, const struct topology *topology,
                   const struct drafts *drafts, enum view view,
                   struct domains *domains);

/* The nearest domain at or above name, or NULL. */
struct domain *domains_find(const struct domains *domains, struct name name);

/*
 * The Active Directory domain with that number: an entry of ad_domains, or by
 * default the domain of a pool, a front end or a Director, which may come
 * several times.  False behind the last.
 */
bool domains_ad(const struct topology *topology, size_t index,
                struct fqdn *domain);

#endif
