/*
 * What the machines of the perimeter look up.
 */
#ifndef PLAN_PERIMETER_H
#define PLAN_PERIMETER_H

#include "plan/draft.h"

/*
 * Puts the perimeter's records into the plan.  Where the perimeter has no name
 * servers they are in no zone, and their drafts are taken away.
 */
void perimeter_collect(struct arena *arena, struct drafts *drafts,
                       struct plan *plan);

#endif
