/*
 * From names to numbers: finds in the same short time among ten names and
 * among a million.
 *
 *     slots   |  | company.com. 0 |  |  | company.local. 1 |  |
 *
 * The octets of the names are lent: they must outlive the index.  What the
 * numbers mean, as the positions in an array that the index was made of, is
 * for its owner to say.
 */
#ifndef DNS_NAME_INDEX_H
#define DNS_NAME_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"

#define NAME_INDEX_NONE SIZE_MAX

struct name_slot {
    const uint8_t *octets; /* NULL: nothing is here */
    uint32_t number;
    uint8_t length; /* of octets */
};

struct name_index {
    struct name_slot *slots;
    size_t mask;   /* there are mask + 1 of them, a power of two */
    uint64_t seed; /* of hashes */
};

/* An empty index with room for that many names (below 2^32). */
void name_index_init(struct name_index *index, struct arena *arena,
                     size_t most);

/* Adds a name that is not absent, unless it is there already: the first number
 * of a name counts. */
void name_index_add(struct name_index *index, struct name name, size_t number);

/* The number of that very name, or NAME_INDEX_NONE, as for an absent one. */
size_t name_index_find(const struct name_index *index, struct name name);

/* The number of the nearest name at or above this one, or NAME_INDEX_NONE. */
size_t name_index_find_above(const struct name_index *index, struct name name);

#endif
