/*
 * From texts to things: finds in the same short time among ten and among a
 * million, whatever the texts are.
 *
 * The texts are lent: they must outlive the index.  Entries live in an arena
 * and never move; one cannot be taken out.
 */
#ifndef BASE_TEXT_INDEX_H
#define BASE_TEXT_INDEX_H

#include <stddef.h>

struct arena;
struct text_entry;

struct text_index {
    struct arena *arena;
    struct text_entry *root;
    size_t count;
};

void text_index_init(struct text_index *index, struct arena *arena);

/* Where the thing for the text is kept: NULL stands there when the text was
 * not in the index, which it is from now on. */
void **text_index_slot(struct text_index *index, const char *text,
                       size_t length);

/* Keeps a thing for the text, unless there is one already: that is returned,
 * else NULL. */
void *text_index_add(struct text_index *index, const char *text, size_t length,
                     void *thing);

/* The thing for the text, or NULL.  The index is not changed. */
void *text_index_find(const struct text_index *index, const char *text,
                      size_t length);

#endif
