/*
 * Memory that is released all at once.
 *
 * One arena serves one run: what is allocated from it may point freely at
 * other things in it, and nothing is freed alone.  Memory comes zeroed and
 * aligned for any type.
 *
 * When there is no memory left, the arena calls its hook, which must not
 * return: the program exits, a test or a plugin jumps back to where it began.
 * So no allocation below has a failure to check for.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef void arena_out_of_memory(void *context);

struct arena_block;

struct arena {
    struct arena_block *newest;
    char *next; /* first free byte of the newest block */
    char *end;
    char *clear; /* from here on the newest block is not cleared yet */
    arena_out_of_memory *out_of_memory;
    void *context; /* handed to out_of_memory */
};

/* Starts an empty arena.  Nothing is allocated yet. */
void arena_init(struct arena *arena, arena_out_of_memory *hook, void *context);

/* Frees everything that came from the arena; it may be used again. */
void arena_release(struct arena *arena);

/* size bytes, zeroed.  A size of 0 gives a valid, distinct pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc for count objects; an overflow counts as out of memory. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/*
 * Moves an allocation of old_size bytes to one of new_size (new_size >=
 * old_size), in place where it was the newest.  The old pointer is void.
 */
void *arena_grow(struct arena *arena, void *old, size_t old_size,
                 size_t new_size);

/*
 * Room for one more behind the count items of an array that was grown by this
 * function alone: returns items, or where they have moved to.  *capacity
 * starts at 0 and belongs to the array.
 */
void *arena_room(struct arena *arena, void *items, size_t count,
                 size_t *capacity, size_t size);

/* A copy of length bytes with a NUL behind it. */
char *arena_copy(struct arena *arena, const void *bytes, size_t length);

/* A formatted, NUL-terminated string. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_NEW_ARRAY(arena, count, type)                                    \
    ((type *)arena_array((arena), (count), sizeof(type)))

#endif
