/*
 * From records without a zone to the zones of each view.
 */
#ifndef PLAN_ZONES_H
#define PLAN_ZONES_H

#include "plan/draft.h"

/*
 * Fills plan->views.  Reports and returns -1 when a view has no name servers,
 * a name server or a target in a zone of ours has no address, an alias cannot
 * stand where it would, or a file with the site's own records is at fault.
 */
int zones_build(struct arena *arena, struct diag *diag, struct drafts *drafts,
                struct plan *plan);

#endif
