/*
 * Several files as one: yaml_tree_merge().
 */
#include <string.h>

#include "base/arena.h"
#include "base/text_index.h"
#include "base/utf8.h"
#include "base/yaml_tree.h"

/* Up to here it is quicker to look at all children than to keep an index. */
#define SMALL_MAPPING 16

/* Gives a node children of its own where aliases share them.  What lies below
 * the children is shared from then on. */
static void unshare(struct arena *arena, struct yaml_node *node)
{
    struct yaml_node **end = &node->first;

    if (!node->shared)
        return;
    for (struct yaml_node *child = node->first; child; child = child->next) {
        child->shared = child->first != NULL;
        *end = ARENA_NEW(arena, struct yaml_node);
        **end = *child;
        node->last = *end;
        end = &(*end)->next;
    }
    node->shared = false;
}

static void append_all(struct yaml_node *into, struct yaml_node *from)
{
    struct yaml_node *next;

    for (struct yaml_node *child = from->first; child; child = next) {
        next = child->next;
        yaml_tree_append(into, child);
    }
}

static int merge_child(struct diag *diag, struct yaml_node *into,
                       struct yaml_node *ours, struct yaml_node *theirs)
{
    size_t weight_before = ours->weight;

    int status = yaml_tree_merge(diag, ours, theirs);
    into->weight += ours->weight - weight_before;
    if (into->height <= ours->height)
        into->height = ours->height + 1;
    return status;
}

static int merge_mapping(struct diag *diag, struct yaml_node *into,
                         struct yaml_node *from)
{
    bool is_small = from->count < SMALL_MAPPING;
    struct text_index index;
    struct yaml_node *next;
    int status = 0;

    text_index_init(&index, diag->arena);
    if (!is_small)
        yaml_tree_index(into, &index);
    for (struct yaml_node *child = from->first; child; child = next) {
        const struct yaml_node *key = child->key;
        struct yaml_node *ours =
            is_small ? yaml_tree_child(into, key->text, key->length)
                     : text_index_find(&index, key->text, key->length);
        next = child->next;
        if (!ours)
            yaml_tree_append(into, child);
        else if (merge_child(diag, into, ours, child) != 0)
            status = -1;
    }
    return status;
}

static int report_clash(struct diag *diag, const struct yaml_node *into,
                        const struct yaml_node *from)
{
    static const struct yaml_node whole = {.text = "the file", .length = 8};
    const struct yaml_node *key = from->key ? from->key : &whole;
    int shown = utf8_shown(key->text, key->length);

    if (into->kind == from->kind)
        diag_error(diag, from->place, "said-twice",
                   "'%.*s' is said twice; keep one", shown, key->text);
    else
        diag_error(diag, from->place, "kinds-differ",
                   "'%.*s' is %s here and %s elsewhere", shown, key->text,
                   yaml_tree_kind_name(from->kind),
                   yaml_tree_kind_name(into->kind));
    diag_note(diag, into->place, "it was said here first");
    return -1;
}

int yaml_tree_merge(struct diag *diag, struct yaml_node *into,
                    struct yaml_node *from)
{
    if (into->kind != from->kind || into->kind == YAML_TREE_SCALAR)
        return report_clash(diag, into, from);
    unshare(diag->arena, into);
    unshare(diag->arena, from);
    if (into->kind == YAML_TREE_MAPPING)
        return merge_mapping(diag, into, from);
    append_all(into, from);
    return 0;
}
