#include "dns/recordset.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dns/name_hash.h"

#define FIRST_SLOTS 16

/* Slots are tried one after the other from that of the hash on; a hash beside
 * the number spares a look at the nodes of others. */
static struct slot *slot_find(const struct recordset *set, struct name owner,
                              uint32_t hash)
{
    size_t mask = set->slot_count - 1;
    size_t i = hash & mask;

    for (; set->slots[i].number != 0; i = (i + 1) & mask)
        if (set->slots[i].hash == hash &&
            name_equal(set->nodes[set->slots[i].number - 1]->owner, owner))
            break;
    return &set->slots[i];
}

static struct node *node_in(const struct recordset *set,
                            const struct slot *slot)
{
    return slot->number == 0 ? NULL : set->nodes[slot->number - 1];
}

/* The old slots stay in the arena: all of them together are no more than the
 * new ones. */
static void slots_double(struct recordset *set)
{
    const struct slot *old = set->slots;
    size_t old_count = set->slot_count;

    set->slot_count *= 2;
    set->slots = ARENA_NEW_ARRAY(set->arena, set->slot_count, struct slot);
    for (size_t i = 0; i < old_count; i++) {
        size_t at = old[i].hash & (set->slot_count - 1);

        if (old[i].number == 0)
            continue;
        while (set->slots[at].number != 0)
            at = (at + 1) & (set->slot_count - 1);
        set->slots[at] = old[i];
    }
}

/* The slot of an owner, or a free one that it can have: it holds as long as no
 * other node is made. */
static struct slot *slot_reserve(struct recordset *set, struct name owner,
                                 uint32_t hash)
{
    if (set->node_count >= set->slot_count / 4 * 3)
        slots_double(set);
    return slot_find(set, owner, hash);
}

/* A node at a slot that is free; owner's octets are lent for good. */
static void node_place(struct recordset *set, struct node *node,
                       struct name owner, uint32_t hash, struct slot *slot)
{
    set->nodes = arena_room(set->arena, set->nodes, set->node_count,
                            &set->node_capacity, sizeof *set->nodes);
    set->nodes[set->node_count++] = node;
    *slot = (struct slot){hash, (uint32_t)set->node_count};
    node->owner = owner;
}

/* A node with room behind it for a copy of the owner's octets. */
static struct node *node_alloc(struct recordset *set, struct name *owner)
{
    struct node *node = arena_alloc(set->arena, sizeof *node + owner->length);

    owner->octets = memcpy(node + 1, owner->octets, owner->length);
    return node;
}

void recordset_init(struct recordset *set, struct arena *arena,
                    struct name zone)
{
    static const uint8_t root[] = {0};
    struct name top;
    uint32_t hash;

    *set = (struct recordset){
        .arena = arena,
        .seed = name_hash_seed(arena, set),
        .slots = ARENA_NEW_ARRAY(arena, FIRST_SLOTS, struct slot),
        .slot_count = FIRST_SLOTS,
    };
    top = name_is_absent(zone) ? (struct name){root, sizeof root} : zone;
    set->top = node_alloc(set, &top);
    hash = name_hash(set->seed, top);
    node_place(set, set->top, top, hash, slot_find(set, top, hash));
    if (!name_is_absent(zone))
        set->zone = set->top->owner;
}

static struct node *node_get(struct recordset *set, struct name owner,
                             bool is_lent);

/* The node above one that is made; owners of one parent often follow each
 * other. */
static struct node *parent_get(struct recordset *set, struct name name)
{
    if (name.length == set->top->owner.length)
        return set->top;
    if (!set->last_parent || !name_equal(set->last_parent->owner, name))
        set->last_parent = node_get(set, name, true);
    return set->last_parent;
}

/* The node of a name at or below the top, made where there is none.  Where the
 * octets are lent for good, they are not copied. */
static struct node *node_get(struct recordset *set, struct name owner,
                             bool is_lent)
{
    uint32_t hash = name_hash(set->seed, owner);
    struct slot *slot = slot_reserve(set, owner, hash);
    size_t count = set->node_count;
    struct node *node;

    if (slot->number != 0)
        return node_in(set, slot);
    node =
        is_lent ? ARENA_NEW(set->arena, struct node) : node_alloc(set, &owner);
    node->parent = parent_get(set, name_parent(owner));
    node->next_sibling = node->parent->first_child;
    node->parent->first_child = node;
    if (set->node_count != count)
        slot = slot_reserve(set, owner, hash);
    node_place(set, node, owner, hash, slot);
    return node;
}

struct node *recordset_node(struct recordset *set, struct name owner)
{
    if (set->node_count >= RECORDSET_MOST_NODES)
        return node_in(set, slot_find(set, owner, name_hash(set->seed, owner)));
    return node_get(set, owner, false);
}

static struct rrset *rrset_get(struct recordset *set, struct node *node,
                               uint16_t type, uint16_t covers)
{
    struct rrset **place = &node->rrsets;
    size_t others = 0;

    for (; *place && ((*place)->type != type || (*place)->covers != covers);
         place = &(*place)->next)
        if (++others == RECORDSET_MOST_RRSETS)
            return NULL;
    if (!*place) {
        *place = ARENA_NEW(set->arena, struct rrset);
        (*place)->type = type;
        (*place)->covers = covers;
    }
    return *place;
}

/* A copy at the end of the RRset. */
static void rr_append(struct recordset *set, struct rrset *rrset,
                      const struct rr *rr)
{
    size_t size = sizeof *rr + rr->data.length;
    struct rr *copy = arena_alloc(set->arena, size);

    *copy = *rr;
    copy->next = NULL;
    if (rr->data.length > 0)
        copy->data.octets = memcpy(copy + 1, rr->data.octets, rr->data.length);
    if (rrset->last)
        rrset->last->next = copy;
    else
        rrset->first = copy;
    rrset->last = copy;
    set->octet_count += size;
    set->record_count++;
}

struct rrset *recordset_add(struct recordset *set, struct node *node,
                            uint16_t type, uint16_t covers,
                            uint32_t ttl_seconds, uint32_t batch,
                            const struct rr *rr)
{
    struct rrset *rrset = rrset_get(set, node, type, covers);

    if (!rrset)
        return NULL;
    rrset->prior_ttl_seconds = rrset->last ? rrset->ttl_seconds : ttl_seconds;
    if (!rrset->last || rrset->batch != batch)
        rrset->ttl_seconds = ttl_seconds;
    rrset->batch = batch;
    rr_append(set, rrset, rr);
    return rrset;
}

/* ---- sealing */

/* Lists of any kind are sorted as arrays of pointers, which is room that all
 * of them share. */
struct sorter {
    struct arena *arena;
    void **items;
    size_t count, capacity;
};

static void sorter_add(struct sorter *sorter, void *item)
{
    sorter->items = arena_room(sorter->arena, sorter->items, sorter->count,
                               &sorter->capacity, sizeof *sorter->items);
    sorter->items[sorter->count++] = item;
}

static void sorter_sort(struct sorter *sorter,
                        int (*compare)(const void *, const void *))
{
    if (sorter->items)
        qsort(sorter->items, sorter->count, sizeof *sorter->items, compare);
}

/* First label of siblings: octets, then length (RFC 4034 section 6.1). */
static int compare_siblings(const void *left, const void *right)
{
    const struct node *a = *(void *const *)left, *b = *(void *const *)right;
    const uint8_t *one = a->owner.octets, *other = b->owner.octets;
    int order = memcmp(one + 1, other + 1, *one < *other ? *one : *other);

    return order != 0 ? order : *one - *other;
}

static void sort_children(struct sorter *sorter, struct node *node)
{
    struct node **place = &node->first_child;

    if (!node->first_child || !node->first_child->next_sibling)
        return;
    sorter->count = 0;
    for (struct node *child = node->first_child; child;
         child = child->next_sibling)
        sorter_add(sorter, child);
    sorter_sort(sorter, compare_siblings);
    for (size_t i = 0; i < sorter->count; i++) {
        *place = sorter->items[i];
        place = &(*place)->next_sibling;
    }
    *place = NULL;
}

static int compare_rrsets(const void *left, const void *right)
{
    const struct rrset *a = *(void *const *)left, *b = *(void *const *)right;
    int order = record_type_compare(a->type, b->type);

    return order != 0 ? order : a->covers - b->covers;
}

static bool rrsets_are_sorted(const struct rrset *rrset)
{
    for (; rrset && rrset->next; rrset = rrset->next)
        if (compare_rrsets(&rrset, &rrset->next) > 0)
            return false;
    return true;
}

static void sort_rrsets(struct sorter *sorter, struct node *node)
{
    struct rrset **place = &node->rrsets;

    if (rrsets_are_sorted(node->rrsets))
        return;
    sorter->count = 0;
    for (struct rrset *rrset = node->rrsets; rrset; rrset = rrset->next)
        sorter_add(sorter, rrset);
    sorter_sort(sorter, compare_rrsets);
    for (size_t i = 0; i < sorter->count; i++) {
        *place = sorter->items[i];
        place = &(*place)->next;
    }
    *place = NULL;
}

/* Of records that are the same the one that was read first comes first. */
static int compare_records(const void *left, const void *right)
{
    const struct rr *a = *(void *const *)left, *b = *(void *const *)right;
    int order = record_data_compare(a->data, b->data);

    return order != 0 ? order : place_compare(a->place, b->place);
}

static void sort_records(struct sorter *sorter, struct rrset *rrset)
{
    struct rr **place = &rrset->first;

    if (rrset->first == rrset->last)
        return;
    sorter->count = 0;
    for (struct rr *rr = rrset->first; rr; rr = rr->next)
        sorter_add(sorter, rr);
    sorter_sort(sorter, compare_records);
    for (size_t i = 0; i < sorter->count; i++) {
        struct rr *rr = sorter->items[i];

        if (i > 0 && record_data_equal(rrset->last->data, rr->data))
            continue;
        *place = rr;
        place = &rr->next;
        rrset->last = rr;
    }
    *place = NULL;
}

static bool node_cuts(const struct recordset *set, const struct node *node)
{
    const struct rrset *rrset = node->rrsets;

    while (rrset && rrset->type != RECORD_DNAME &&
           (rrset->type != RECORD_NS || node == set->top))
        rrset = rrset->next;
    return rrset;
}

/* That of the node above is known already. */
static void set_cut(const struct recordset *set, struct node *node)
{
    node->cut = node->parent ? node->parent->cut : NULL;
    if (!node->cut && node_cuts(set, node))
        node->cut = node;
}

void recordset_seal(struct recordset *set)
{
    struct sorter sorter = {.arena = set->arena};

    for (size_t i = 0; i < set->node_count; i++) {
        set_cut(set, set->nodes[i]);
        sort_rrsets(&sorter, set->nodes[i]);
        for (struct rrset *rrset = set->nodes[i]->rrsets; rrset;
             rrset = rrset->next)
            sort_records(&sorter, rrset);
    }
}

void recordset_sort(struct recordset *set)
{
    struct sorter sorter = {.arena = set->arena};

    for (size_t i = 0; i < set->node_count; i++)
        sort_children(&sorter, set->nodes[i]);
}

/* ---- what was sealed */

const struct node *recordset_find(const struct recordset *set,
                                  struct name owner)
{
    return node_in(set, slot_find(set, owner, name_hash(set->seed, owner)));
}

const struct rrset *node_find(const struct node *node, uint16_t type)
{
    const struct rrset *rrset = node ? node->rrsets : NULL;

    while (rrset && rrset->type != type)
        rrset = rrset->next;
    return rrset;
}

const struct node *recordset_next(const struct recordset *set,
                                  const struct node *node)
{
    if (node->first_child)
        return node->first_child;
    while (node != set->top && !node->next_sibling)
        node = node->parent;
    return node == set->top ? NULL : node->next_sibling;
}

struct record rrset_record(const struct node *node, const struct rrset *rrset,
                           const struct rr *rr)
{
    return (struct record){
        .owner = node->owner,
        .ttl_seconds = rrset->ttl_seconds,
        .type = rrset->type,
        .data = rr->data,
    };
}
