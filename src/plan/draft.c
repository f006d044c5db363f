#include "plan/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text_index.h"

void drafts_add(struct drafts *drafts, const struct draft *draft,
                const struct requirement *requirement,
                const struct origin *origin)
{
    struct reason *reason = ARENA_NEW(drafts->arena, struct reason);

    drafts->items = arena_room(drafts->arena, drafts->items, drafts->count,
                               &drafts->capacity, sizeof *drafts->items);
    *reason = (struct reason){
        .requirement = requirement,
        .origin = *origin,
        .machine = draft->machine,
    };
    drafts->items[drafts->count] = *draft;
    drafts->items[drafts->count++].reasons = reason;
}

static int compare_key(const struct draft *one, const struct draft *other)
{
    int order = (one->view > other->view) - (one->view < other->view);

    if (order == 0)
        order = name_compare(one->record.owner, other->record.owner);
    if (order == 0)
        order = record_type_compare(one->record.type, other->record.type);
    return order;
}

static int compare_record(const struct draft *one, const struct draft *other)
{
    int order = compare_key(one, other);

    if (order == 0)
        order = record_data_compare(one->record.data, other->record.data);
    return order;
}

static int compare(const void *left, const void *right)
{
    const struct draft *one = left;
    const struct draft *other = right;
    int order = compare_record(one, other);

    if (order == 0)
        order = (one->order > other->order) - (one->order < other->order);
    return order;
}

/* The records that become one, and the reasons that it has by now. */
struct merger {
    struct arena *arena;
    struct draft *into;
    struct reason *last;
    struct text_index reasons;
};

static const char *text_or_none(const char *text)
{
    return text ? text : "";
}

/* Two catalogues may ask for the same thing for the same reason. */
static bool is_known(struct merger *merger, struct reason *reason)
{
    const struct origin *origin = &reason->origin;
    const char *text = arena_printf(
        merger->arena, "%s %s %s %s %s %s", reason->requirement->id,
        text_or_none(origin->list), text_or_none(origin->item),
        text_or_none(origin->key), text_or_none(origin->member),
        reason->machine ? reason->machine->name : "");

    return text_index_add(&merger->reasons, text, strlen(text), reason) != NULL;
}

static void merge_start(struct merger *merger, struct draft *into)
{
    merger->into = into;
    text_index_init(&merger->reasons, merger->arena);
    for (merger->last = into->reasons;;
         merger->last = (struct reason *)merger->last->next) {
        is_known(merger, merger->last);
        if (!merger->last->next)
            break;
    }
}

static void merge_reasons(struct merger *merger, const struct draft *draft)
{
    struct reason *next;

    for (struct reason *reason = draft->reasons; reason; reason = next) {
        next = (struct reason *)reason->next;
        if (is_known(merger, reason))
            continue;
        reason->next = NULL;
        merger->last->next = reason;
        merger->last = reason;
    }
}

static bool opens_owner(const struct draft *items, size_t at)
{
    return at == 0 || items[at - 1].view != items[at].view ||
           !name_equal(items[at - 1].record.owner, items[at].record.owner);
}

static void index_owners(struct drafts *drafts, enum view view)
{
    struct name_index *owners = &drafts->owners[view];
    size_t count = 0;

    for (size_t i = 0; i < drafts->count; i++)
        count += drafts->items[i].view == view && opens_owner(drafts->items, i);
    name_index_init(owners, drafts->arena, count);
    for (size_t i = 0; i < drafts->count; i++)
        if (drafts->items[i].view == view && opens_owner(drafts->items, i))
            name_index_add(owners, drafts->items[i].record.owner, i);
}

void drafts_merge(struct drafts *drafts)
{
    struct merger merger = {.arena = drafts->arena};
    size_t kept = 0;

    if (drafts->count > 1)
        qsort(drafts->items, drafts->count, sizeof *drafts->items, compare);
    for (size_t i = 0; i < drafts->count; i++) {
        struct draft *last = kept > 0 ? &drafts->items[kept - 1] : NULL;
        struct draft *draft = &drafts->items[i];

        if (!last || compare_record(last, draft) != 0) {
            drafts->items[kept++] = *draft;
            continue;
        }
        if (merger.into != last)
            merge_start(&merger, last);
        merge_reasons(&merger, draft);
        last->is_host = last->is_host || draft->is_host;
        last->follows = last->follows && draft->follows;
        last->mirror = last->mirror || draft->mirror;
        last->mirrored = last->mirrored && draft->mirrored;
    }
    drafts->count = kept;
    for (int view = 0; view < VIEW_COUNT; view++)
        index_owners(drafts, (enum view)view);
}

static const char *name_of_type(uint16_t type)
{
    const struct record_type *known = record_type_by_number(type);

    return known ? known->mnemonic : "record";
}

/* What commonly lies behind two servers of one name. */
static const char *const cures[VIEW_COUNT] = {
    [VIEW_INTERNAL] = "for sign-in: sign_in_name",
    [VIEW_EXTERNAL] = ("of two access edges: let one serve for both, or give "
                       "the one that federates a name in the SIP domain"),
    [VIEW_PERIMETER] = "of a name server: dns.hosts.perimeter",
};

static int report_conflict(struct arena *arena, struct diag *diag,
                           const struct draft *one, const struct draft *other)
{
    struct place place = one->reasons->origin.place;
    struct place second = other->reasons->origin.place;
    const char *name = name_to_text(arena, one->record.owner);
    bool swap = place_compare(place, second) > 0;

    if (one->record.type == RECORD_CNAME || other->record.type == RECORD_CNAME)
        diag_error(diag, swap ? place : second, "alias-and-other-record",
                   "'%s' would be an alias and have %s records, too; give one "
                   "of the two another name",
                   name,
                   name_of_type(one->record.type == RECORD_CNAME
                                    ? other->record.type
                                    : one->record.type));
    else
        diag_error(diag, swap ? place : second, "one-name-two-servers",
                   "'%s' would have two different %s records in the %s view; "
                   "name one of the two otherwise (%s)",
                   name, name_of_type(one->record.type), view_names[one->view],
                   cures[one->view]);
    diag_note(diag, swap ? second : place, "the other is wanted here");
    return -1;
}

int drafts_check(struct arena *arena, struct diag *diag,
                 const struct drafts *drafts)
{
    int result = 0;

    for (size_t i = 1; i < drafts->count; i++) {
        const struct draft *one = &drafts->items[i - 1];
        const struct draft *other = &drafts->items[i];

        /* What the perimeter repeats of the inside was told there. */
        if (one->view == VIEW_PERIMETER && result < 0)
            break;
        if (one->view != other->view ||
            !name_equal(one->record.owner, other->record.owner))
            continue;
        if (one->record.type == other->record.type ||
            one->record.type == RECORD_CNAME ||
            other->record.type == RECORD_CNAME)
            result = report_conflict(arena, diag, one, other);
    }
    return result;
}

/* The first that does not come in front of wanted; drafts->count: none. */
static size_t lower_bound(const struct drafts *drafts,
                          const struct draft *wanted)
{
    size_t low = 0;
    size_t high = drafts->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_key(&drafts->items[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct draft *drafts_find(const struct drafts *drafts, enum view view,
                                struct name owner, uint16_t type)
{
    size_t at = name_index_find(&drafts->owners[view], owner);

    for (; at < drafts->count && drafts->items[at].view == view &&
           name_equal(drafts->items[at].record.owner, owner);
         at++)
        if (drafts->items[at].record.type == type)
            return &drafts->items[at];
    return NULL;
}

const struct draft *drafts_find_from(const struct drafts *drafts,
                                     enum view view, struct name name)
{
    /* No type comes in front of SOA. */
    const struct draft wanted = {.view = view,
                                 .record = {.owner = name, .type = RECORD_SOA}};
    size_t found = lower_bound(drafts, &wanted);

    return found < drafts->count && drafts->items[found].view == view
               ? &drafts->items[found]
               : NULL;
}

const struct draft *drafts_next(const struct drafts *drafts,
                                const struct draft *draft)
{
    const struct draft *next = draft + 1;

    return next < drafts->items + drafts->count && next->view == draft->view
               ? next
               : NULL;
}
