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

#include "plan/draft.h"

struct domain {
    struct name name;
    enum view view;
    enum zone_mode mode;
    struct place place;
    const struct zone_entry *declared; /* or NULL */
    bool used;                         /* a record of ours lies in it */
    bool is_public;                    /* the external view uses it, too */
    struct plan_zone *zone; /* the whole one, or the latest pinpoint */
};

struct domains {
    struct domain *items; /* sorted by name */
    size_t count;
};

/*
 * Finds the domains of one view.  external are those of the external view,
 * NULL while these are being built: a domain that is served outside is
 * served name by name inside, unless it is declared otherwise.
 */
void domains_build(struct arena *arena, const struct topology *topology,
                   const struct drafts *drafts, enum view view,
                   const struct domains *external, struct domains *domains);

/* The nearest domain at or above name, or NULL. */
struct domain *domains_find(const struct domains *domains, struct name name);

/* The domain of that very name, or NULL. */
struct domain *domains_find_exactly(const struct domains *domains,
                                    struct name name);

/* What makes a domain one of Active Directory: an entry of ad_domains, or by
 * default the first server in it.  NULL: it is none. */
const struct fqdn *domains_find_ad(const struct topology *topology,
                                   struct name domain);

#endif
