#include "plan/perimeter.h"

#include "base/arena.h"

void perimeter_collect(struct arena *arena, struct drafts *drafts,
                       struct plan *plan)
{
    size_t first = 0; /* the perimeter comes behind the other views */

    while (first < drafts->count && drafts->items[first].view != VIEW_PERIMETER)
        first++;
    plan->perimeter.records =
        ARENA_NEW_ARRAY(arena, drafts->count - first, struct plan_record);
    for (size_t i = first; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];

        if (!draft->follows)
            plan->perimeter.records[plan->perimeter.count++] =
                (struct plan_record){draft->record, draft->reasons,
                                     draft->order, false};
    }
    if (plan->topology->dns.nameservers.views[VIEW_PERIMETER].count == 0)
        drafts->count = first;
}
