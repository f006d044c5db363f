#include "dns/name_hash.h"

#include <stddef.h>
#include <string.h>

/* Twice: after one product the highest bit of a word moves a bit that does not
 * depend on hash, and the next word could move it back. */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93u;
    return hash ^ hash >> 29;
}

uint64_t name_hash_seed(const void *one, const void *other)
{
    return mix(mix(0, (uintptr_t)one), (uintptr_t)other);
}

static uint64_t word_at(const uint8_t *octets)
{
    uint64_t word;

    memcpy(&word, octets, sizeof word);
    return word;
}

/* The last word of a longer name has octets of the one before it, too. */
uint32_t name_hash(uint64_t seed, struct name name)
{
    const uint8_t *at = name.octets, *end = name.octets + name.length;
    uint64_t hash = seed ^ name.length;
    uint64_t last = 0;

    if (name.length >= sizeof last) {
        for (; end - at > (ptrdiff_t)sizeof last; at += sizeof last)
            hash = mix(hash, word_at(at));
        last = word_at(end - sizeof last);
    } else {
        for (; at < end; at++)
            last = last << 8 | *at;
    }
    hash = mix(hash, last);
    return (uint32_t)(hash ^ hash >> 32);
}
