#include "dns/name_index.h"

#include <string.h>

#include "base/arena.h"
#include "dns/name_hash.h"

void name_index_init(struct name_index *index, struct arena *arena, size_t most)
{
    size_t slots = 2;

    while (slots / 2 < most)
        slots *= 2;
    index->slots = ARENA_NEW_ARRAY(arena, slots, struct name_slot);
    index->mask = slots - 1;
    index->seed = name_hash_seed(arena, index->slots);
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
    size_t at = name_hash(index->seed, name) & index->mask;

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
