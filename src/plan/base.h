/*
 * The site's own records of a domain, which a whole zone holds beside ours:
 * files in master-file syntax, without SOA and name servers of the apex.
 *
 *     contoso.com.base        www   A   192.0.2.80
 *                             @     MX  10 mail
 *
 * What the plan asks for and what stands in these files must not meet: an
 * RRset belongs to the one or to the other.  Delegations in them are the
 * site's own business, as long as no record of ours lies below.
 */
#ifndef PLAN_BASE_H
#define PLAN_BASE_H

#include "plan/plan.h"

/*
 * Reads the files that are declared for the zone, relative to the topology
 * file that names them, into zone->base, sorted.  Reports and returns -1 when
 * the zone is no whole one, or a file cannot be read, has errors, records out
 * of the zone, a SOA or name servers of the apex.
 */
int base_read(struct arena *arena, struct diag *diag, struct plan_zone *zone);

/* Does it say where name is to be found: by address, alias or wildcard, or by
 * a delegation at or above it? */
bool base_leads_on(const struct recordset *base, struct name name);

/* Does it delegate name, or a name above it, to somebody else? */
bool base_delegates(const struct recordset *base, struct name name);

/*
 * Checks all zones with records of the site's own: against the plan's, and as
 * a whole, as named does.  Reports, with the places of both, and returns -1
 * where they do not go together.
 */
int base_check(struct arena *arena, struct diag *diag, const struct plan *plan);

#endif
