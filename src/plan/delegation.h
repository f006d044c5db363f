/*
 * The name servers of each zone, and of the zones below it.
 */
#ifndef PLAN_DELEGATION_H
#define PLAN_DELEGATION_H

#include "plan/plan.h"

/*
 * Adds to every zone its NS records, those of the zones cut out of it, and
 * the addresses (glue among them) of the name servers that lie in it.  What
 * goes into a zone of others gets the delegations of whole zones and their
 * glue, and nothing more.  Reports and returns -1 when a view has zones and no
 * name servers, or one of them lies in a zone of ours and has no address.
 */
int delegation_build(struct arena *arena, struct diag *diag, struct plan *plan);

#endif
