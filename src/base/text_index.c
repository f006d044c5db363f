#include "base/text_index.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* A trie over the bits of the hash, two at a time.  All of the hash must be
 * alike before an entry sinks for nothing. */
struct text_entry {
    uint64_t hash;
    const char *text;
    size_t length;
    void *value;
    struct text_entry *children[4];
};

/* FNV-1a, with the good bits mixed into the others. */
static uint64_t text_hash(const char *text, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
    hash = (hash ^ hash >> 32) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

static bool entry_is(const struct text_entry *entry, uint64_t hash,
                     const char *text, size_t length)
{
    return entry->hash == hash && entry->length == length &&
           memcmp(entry->text, text, length) == 0;
}

/* Where the entry of the text is or would be. */
static struct text_entry **entry_place(struct text_entry **place, uint64_t hash,
                                       const char *text, size_t length)
{
    uint64_t bits = hash;

    while (*place && !entry_is(*place, hash, text, length)) {
        place = &(*place)->children[bits >> 62];
        bits = bits << 2 | bits >> 62;
    }
    return place;
}

void text_index_init(struct text_index *index, struct arena *arena)
{
    *index = (struct text_index){.arena = arena};
}

void **text_index_slot(struct text_index *index, const char *text,
                       size_t length)
{
    uint64_t hash = text_hash(text, length);
    struct text_entry **place = entry_place(&index->root, hash, text, length);

    if (!*place) {
        *place = ARENA_NEW(index->arena, struct text_entry);
        **place =
            (struct text_entry){.hash = hash, .text = text, .length = length};
        index->count++;
    }
    return &(*place)->value;
}

void *text_index_add(struct text_index *index, const char *text, size_t length,
                     void *thing)
{
    void **slot = text_index_slot(index, text, length);
    void *earlier = *slot;

    if (!earlier)
        *slot = thing;
    return earlier;
}

void *text_index_find(const struct text_index *index, const char *text,
                      size_t length)
{
    struct text_entry *root = index->root;
    struct text_entry *entry =
        *entry_place(&root, text_hash(text, length), text, length);

    return entry ? entry->value : NULL;
}
