#include "write/record_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/terminal.h"

/* By group, then what belongs together in it, then as the plan has them. */
static int compare_groups(const void *left, const void *right)
{
    const struct plan_record *const *one = left;
    const struct plan_record *const *other = right;

    const char *item = (*one)->reasons->origin.item;
    const char *other_item = (*other)->reasons->origin.item;
    int order = 0;

    if ((*one)->order != (*other)->order)
        return (*one)->order < (*other)->order ? -1 : 1;
    if (item && other_item)
        order = strcmp(item, other_item);
    if (order == 0)
        order = (*one > *other) - (*one < *other);
    return order;
}

const struct plan_record *const *record_groups_sort(
    struct arena *arena, const struct plan_zone *zone)
{
    const struct plan_record **records =
        ARENA_NEW_ARRAY(arena, zone->count, const struct plan_record *);

    for (size_t i = 0; i < zone->count; i++)
        records[i] = &zone->records[i];
    qsort(records, zone->count, sizeof *records, compare_groups);
    return records;
}

static const char *path_text(struct arena *arena,
                             const struct plan_record *record)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    origin_write(&buf, &record->reasons->origin, true);
    return buf.text;
}

/* A catalogue may say why in several lines; a comment has one. */
static const char *why_text(struct arena *arena,
                            const struct plan_record *record)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    strbuf_add_text(&buf, "");
    terminal_add(&buf, record->reasons->requirement->why);
    if (record->mirrored)
        strbuf_add_text(&buf, "  The public value, repeated.");
    return buf.text;
}

struct record_comment record_groups_comment(struct arena *arena,
                                            const struct plan_record *record,
                                            const struct plan_record *before)
{
    struct record_comment comment = {NULL, NULL};
    bool opens = !before ||
                 strcmp(before->reasons->requirement->id,
                        record->reasons->requirement->id) != 0 ||
                 before->mirrored != record->mirrored;

    if (opens)
        comment.why = why_text(arena, record);
    if (opens ||
        !origin_same_group(&record->reasons->origin, &before->reasons->origin))
        comment.path = path_text(arena, record);
    return comment;
}
