#include "dns/name_index.h"

#include <string.h>

#include "base/arena.h"

/* Eight octets at a time; the last ones may be taken twice. */
static uint64_t name_hash(struct name name)
{
    uint64_t hash = name.length;
    uint64_t octets = 0;
    size_t at = 0;

    for (; at + sizeof octets <= name.length; at += sizeof octets) {
        memcpy(&octets, name.octets + at, sizeof octets);
        hash = (hash ^ octets) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }
    if (name.length >= sizeof octets)
        memcpy(&octets, name.octets + name.length - sizeof octets,
               sizeof octets);
    else
        memcpy(&octets, name.octets, name.length);
    hash = (hash ^ octets) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

void name_index_init(struct name_index *index, struct arena *arena, size_t most)
{
    size_t slots = 2;

    while (slots / 2 < most)
        slots *= 2;
    index->slots = ARENA_NEW_ARRAY(arena, slots, struct name_slot);
    index->mask = slots - 1;
}

static bool slot_is(const struct name_slot *slot, struct name name)
{
    return slot->length == name.length &&
           memcmp(slot->octets, name.octets, name.length) == 0;
}

/* The slot of the name, or the empty one where it would be: one half of all
 * is empty. */
static struct name_slot *find_slot(const struct name_index *index,
                                   struct name name)
{
    size_t at = (size_t)name_hash(name) & index->mask;

    while (index->slots[at].octets && !slot_is(&index->slots[at], name))
        at = (at + 1) & index->mask;
    return &index->slots[at];
}

void name_index_add(struct name_index *index, struct name name, size_t number)
{
    struct name_slot *slot = find_slot(index, name);

    if (!slot->octets)
        *slot = (struct name_slot){name.octets, (uint32_t)number, name.length};
}

size_t name_index_find(const struct name_index *index, struct name name)
{
    const struct name_slot *slot;

    if (name_is_absent(name))
        return NAME_INDEX_NONE;
    slot = find_slot(index, name);
    return slot->octets ? slot->number : NAME_INDEX_NONE;
}

size_t name_index_find_above(const struct name_index *index, struct name name)
{
    size_t number = NAME_INDEX_NONE;

    for (; number == NAME_INDEX_NONE && !name_is_absent(name);
         name = name_parent(name))
        number = name_index_find(index, name);
    return number;
}
