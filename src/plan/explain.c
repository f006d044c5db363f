#include "plan/explain.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "plan/expand.h"

static bool is_asked_for(const struct explanation *explanation,
                         struct name owner, uint16_t type)
{
    return (name_is_absent(explanation->name) ||
            name_equal(explanation->name, owner)) &&
           (explanation->type == 0 || explanation->type == type);
}

static size_t count_records(const struct plan *plan)
{
    size_t count = plan->perimeter.count;

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++)
            count += plan->views[view].zones[i]->count;
    return count;
}

static void collect_record(struct explanation *explanation, enum view view,
                           const struct plan_zone *zone,
                           const struct plan_record *record)
{
    if (is_asked_for(explanation, record->record.owner, record->record.type))
        explanation->records[explanation->count++] =
            (struct explained_record){view, zone, record};
}

static void collect_zone(struct explanation *explanation,
                         const struct plan_zone *zone)
{
    for (size_t i = 0; i < zone->count; i++)
        collect_record(explanation, zone->view, zone, &zone->records[i]);
}

/* What is in hosts files and in no zone. */
static void collect_perimeter(struct explanation *explanation)
{
    const struct plan *plan = explanation->plan;

    if (plan->views[VIEW_PERIMETER].count > 0)
        return;
    for (size_t i = 0; i < plan->perimeter.count; i++)
        collect_record(explanation, VIEW_PERIMETER, NULL,
                       &plan->perimeter.records[i]);
}

struct collector {
    struct arena *arena;
    struct explanation *explanation;
    struct absence **end;
};

static void take_absence(const struct expansion *expansion, void *context)
{
    struct collector *collector = context;
    struct absence *absence;

    if (expansion->applies || name_is_absent(expansion->owner) ||
        !is_asked_for(collector->explanation, expansion->owner,
                      expansion->row->type->number))
        return;
    absence = ARENA_NEW(collector->arena, struct absence);
    *absence = (struct absence){
        .row = expansion->row,
        .origin = expansion->origin,
        .lacks_facts = expansion->lacks_facts,
        .lacks_values = expansion->lacks_values,
    };
    *collector->end = absence;
    collector->end = &absence->next;
}

static void collect_absences(struct arena *arena, struct diag *diag,
                             struct explanation *explanation)
{
    const struct plan *plan = explanation->plan;
    struct collector collector = {arena, explanation, &explanation->absences};

    for (size_t i = 0; i < plan->catalogue_count; i++)
        expand_catalogue(arena, diag, plan->facts, plan->catalogues[i],
                         take_absence, &collector);
}

/* Planned names are compared as a whole: a misspelt service label is as near
 * as a misspelt domain. */
static const char *find_nearest(struct arena *arena, const struct plan *plan,
                                struct name name)
{
    struct suggest suggest;

    suggest_init(&suggest, name_to_text(arena, name));
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *zone = plan->views[view].zones[i];

            for (size_t j = 0; j < zone->count; j++) {
                struct name owner = zone->records[j].record.owner;

                if (name_equal(owner, name))
                    return NULL; /* it is the type that has no record */
                suggest_offer(&suggest, name_to_text(arena, owner));
            }
        }
    return suggest.nearest;
}

const struct explanation *explain_build(struct arena *arena, struct diag *diag,
                                        const struct plan *plan,
                                        struct name name, uint16_t type)
{
    struct explanation *explanation = ARENA_NEW(arena, struct explanation);

    *explanation =
        (struct explanation){.plan = plan, .name = name, .type = type};
    explanation->records =
        ARENA_NEW_ARRAY(arena, count_records(plan), struct explained_record);
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++)
            collect_zone(explanation, plan->views[view].zones[i]);
    collect_perimeter(explanation);
    if (name_is_absent(name))
        return explanation;
    collect_absences(arena, diag, explanation);
    for (int view = 0; view < VIEW_COUNT; view++)
        explanation->zones[view] = plan_find_zone(plan, (enum view)view, name);
    if (explanation->count == 0)
        explanation->nearest = find_nearest(arena, plan, name);
    return explanation;
}
