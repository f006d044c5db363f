#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_ALIGNMENT   _Alignof(max_align_t)
#define FIRST_BLOCK_BYTES ((size_t)4 * 1024)
#define MOST_BLOCK_BYTES  ((size_t)4 * 1024 * 1024)

/* A block of that size comes from the system, where it is clear.  Smaller ones
 * are cleared as they are used, some bytes ahead: most runs use little. */
#define SYSTEM_BLOCK_BYTES ((size_t)128 * 1024)
#define CLEARED_BYTES      ((size_t)512)

#if defined __SANITIZE_ADDRESS__
#define ARENA_IS_GUARDED
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define ARENA_IS_GUARDED
#endif
#endif

/* The address sanitizer sees calloc's blocks only.  So that it finds what
 * runs past the end of an allocation, too, free room is poisoned for it, and
 * some of that stays behind each allocation. */
#ifdef ARENA_IS_GUARDED
#include <sanitizer/asan_interface.h>
#define GUARD_BYTES ARENA_ALIGNMENT
#else
#define ASAN_POISON_MEMORY_REGION(start, size)   ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define GUARD_BYTES                              ((size_t)0)
#endif

struct arena_block {
    struct arena_block *older;
    size_t size;
    _Alignas(max_align_t) char bytes[];
};

/* A hook that returns in spite of its contract is asked again: there is
 * nothing that could be handed out instead. */
static _Noreturn void run_out(struct arena *arena)
{
    for (;;)
        arena->out_of_memory(arena->context);
}

/* The bytes that an allocation of that size takes from its block.  Adding
 * a block's head to them cannot overflow. */
static size_t taken_by(struct arena *arena, size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(struct arena_block) - ARENA_ALIGNMENT -
                   GUARD_BYTES)
        run_out(arena);
    if (size == 0)
        size = 1;
    return (size + GUARD_BYTES + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT *
           ARENA_ALIGNMENT;
}

static size_t room_left(const struct arena *arena)
{
    return (size_t)(arena->end - arena->next);
}

/* Each block is twice the one before, within bounds. */
static size_t next_size(const struct arena *arena, size_t least)
{
    size_t size = arena->newest ? arena->newest->size * 2 : FIRST_BLOCK_BYTES;

    if (size > MOST_BLOCK_BYTES)
        size = MOST_BLOCK_BYTES;
    return least > size ? least : size;
}

/* Seldom, and so not within arena_alloc, which is asked for every record. */
__attribute__((noinline)) static void block_add(struct arena *arena,
                                                size_t least)
{
    size_t size = next_size(arena, least);
    bool is_clear = size >= SYSTEM_BLOCK_BYTES;
    struct arena_block *block = is_clear ? calloc(1, sizeof *block + size)
                                         : malloc(sizeof *block + size);

    if (!block)
        run_out(arena);
    ASAN_POISON_MEMORY_REGION(block->bytes, size);
    block->older = arena->newest;
    block->size = size;
    arena->newest = block;
    arena->next = block->bytes;
    arena->end = block->bytes + size;
    arena->clear = is_clear ? arena->end : block->bytes;
}

/* Frees the block of an allocation that has one of its own: one that is larger
 * than any block for several. */
static void block_free(struct arena *arena, const void *start)
{
    struct arena_block **place = &arena->newest;
    struct arena_block *block;

    while ((*place)->bytes != start)
        place = &(*place)->older;
    block = *place;
    *place = block->older;
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
    free(block);
}

/* Clears the newest block up to arena->next, and some bytes more. */
__attribute__((noinline)) static void clear_more(struct arena *arena)
{
    size_t ahead = (size_t)(arena->end - arena->next);
    size_t size = (size_t)(arena->next - arena->clear) +
                  (ahead < CLEARED_BYTES ? ahead : CLEARED_BYTES);

    ASAN_UNPOISON_MEMORY_REGION(arena->clear, size);
    memset(arena->clear, 0, size);
    ASAN_POISON_MEMORY_REGION(arena->clear, size);
    arena->clear += size;
}

static void take(struct arena *arena, size_t size)
{
    arena->next += size;
    if (arena->next > arena->clear)
        clear_more(arena);
}

void arena_init(struct arena *arena, arena_out_of_memory *hook, void *context)
{
    *arena = (struct arena){.out_of_memory = hook, .context = context};
}

void arena_release(struct arena *arena)
{
    struct arena_block *block = arena->newest;

    while (block) {
        struct arena_block *older = block->older;

        ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
        free(block);
        block = older;
    }
    arena_init(arena, arena->out_of_memory, arena->context);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size_t taken = taken_by(arena, size);
    char *start;

    if (taken > room_left(arena))
        block_add(arena, taken);
    start = arena->next;
    take(arena, taken);
    ASAN_UNPOISON_MEMORY_REGION(start, size);
    return start;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        run_out(arena);
    return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, void *old, size_t old_size,
                 size_t new_size)
{
    size_t old_taken = taken_by(arena, old_size);
    size_t new_taken = taken_by(arena, new_size);
    void *grown;

    if (old && (char *)old + old_taken == arena->next &&
        new_taken - old_taken <= room_left(arena)) {
        take(arena, new_taken - old_taken);
        ASAN_UNPOISON_MEMORY_REGION(old, new_size);
        return old;
    }
    grown = arena_alloc(arena, new_size);
    if (old) {
        memcpy(grown, old, old_size);
        ASAN_POISON_MEMORY_REGION(old, old_size);
    }
    if (old && old_taken > MOST_BLOCK_BYTES)
        block_free(arena, old);
    return grown;
}

void *arena_room(struct arena *arena, void *items, size_t count,
                 size_t *capacity, size_t size)
{
    size_t old = *capacity;

    if (count < old)
        return items;
    *capacity = old > 0 ? old * 2 : 16;
    return arena_grow(arena, items, old * size, *capacity * size);
}

char *arena_copy(struct arena *arena, const void *bytes, size_t length)
{
    size_t size = length < SIZE_MAX ? length + 1 : SIZE_MAX;
    char *copy = arena_alloc(arena, size);

    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        run_out(arena);
    text = arena_alloc(arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}
