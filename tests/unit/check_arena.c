#include <check.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* A request that no machine can meet is to fail under the sanitizer as it
 * does without. */
const char *sanitizer_options(void) __asm__("__asan_default_options");
const char *sanitizer_options(void)
{
    return "allocator_may_return_null=1";
}

struct world {
    struct arena arena;
    jmp_buf out;
    int calls;
};

static struct world world;

static void count_and_jump(void *context)
{
    struct world *told = context;

    told->calls++;
    longjmp(told->out, 1);
}

static void setup(void)
{
    world.calls = 0;
    arena_init(&world.arena, count_and_jump, &world);
}

static void teardown(void)
{
    arena_release(&world.arena);
}

static bool is_filled(const void *memory, size_t size, int byte)
{
    const unsigned char *bytes = memory;

    for (size_t i = 0; i < size; i++)
        if (bytes[i] != byte)
            return false;
    return true;
}

static bool is_zero(const void *memory, size_t size)
{
    return is_filled(memory, size, 0);
}

static const size_t sizes[] = {0,     1,     7,      8,      15,     16,
                               17,    100,   4096,   65535,  65536,  65537,
                               70000, 65536, 131072, 131073, 1000003};
#define SIZE_COUNT ((int)(sizeof sizes / sizeof *sizes))

START_TEST(memory_is_zeroed_and_aligned)
{
    for (int round = 0; round < 3; round++) {
        size_t size = sizes[_i];
        char *memory = arena_alloc(&world.arena, size);

        ck_assert_msg((uintptr_t)memory % _Alignof(max_align_t) == 0,
                      "size %zu", size);
        ck_assert_msg(is_zero(memory, size), "size %zu", size);
        memset(memory, 0xff, size);
    }
}
END_TEST

START_TEST(allocations_do_not_overlap)
{
    char *memory[SIZE_COUNT * 4];
    int count = SIZE_COUNT * 4;

    for (int i = 0; i < count; i++) {
        size_t size = sizes[i % SIZE_COUNT];

        memory[i] = arena_alloc(&world.arena, size);
        memset(memory[i], i % 251, size);
    }
    for (int i = 0; i < count; i++)
        ck_assert(is_filled(memory[i], sizes[i % SIZE_COUNT], i % 251));
}
END_TEST

START_TEST(nothing_still_has_a_pointer_of_its_own)
{
    char *first = arena_alloc(&world.arena, 0);
    char *second = arena_alloc(&world.arena, 0);
    char *third = arena_array(&world.arena, 0, 0);

    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_ne(first, second);
    ck_assert_ptr_ne(second, third);
}
END_TEST

START_TEST(newest_allocation_grows_in_place)
{
    char *old = arena_alloc(&world.arena, 10);
    memset(old, 'x', 10);
    char *grown = arena_grow(&world.arena, old, 10, 3000);

    ck_assert_ptr_eq(grown, old);
    ck_assert_mem_eq(grown, "xxxxxxxxxx", 10);
    ck_assert(is_zero(grown + 10, 2990));
    memset(grown, 'y', 3000);
    ck_assert(is_zero(arena_alloc(&world.arena, 100), 100));
}
END_TEST

START_TEST(older_allocation_moves_when_it_grows)
{
    char *old = arena_alloc(&world.arena, 16);
    memset(old, 'x', 16);
    char *between = arena_alloc(&world.arena, 16);
    char *grown = arena_grow(&world.arena, old, 16, 48);

    memset(grown + 16, 'y', 32);
    ck_assert_ptr_ne(grown, old);
    ck_assert_mem_eq(grown, "xxxxxxxxxxxxxxxx", 16);
    ck_assert(is_zero(between, 16));
}
END_TEST

START_TEST(growth_beyond_the_block_keeps_the_bytes)
{
    size_t size = 1000;
    char *memory = arena_alloc(&world.arena, size);

    memset(memory, 'x', size);
    while (size < 5000000) {
        memory = arena_grow(&world.arena, memory, size, size * 3);
        ck_assert(is_zero(memory + size, size * 2));
        memset(memory + size, 'x', size * 2);
        size *= 3;
    }
    ck_assert(is_filled(memory, size, 'x'));
}
END_TEST

START_TEST(nothing_grows_into_something)
{
    char *memory = arena_grow(&world.arena, NULL, 0, 40);

    ck_assert(is_zero(memory, 40));
    char *empty = arena_alloc(&world.arena, 0);
    char *next = arena_alloc(&world.arena, 8);
    memset(arena_grow(&world.arena, empty, 0, 64), 'x', 64);
    ck_assert(is_zero(next, 8));
}
END_TEST

START_TEST(copy_ends_in_nul_and_may_hold_one)
{
    char *copy = arena_copy(&world.arena, "a\0b--", 3);

    ck_assert_mem_eq(copy, "a\0b\0", 4);
    ck_assert_str_eq(arena_copy(&world.arena, NULL, 0), "");
}
END_TEST

START_TEST(printf_makes_strings_of_any_length)
{
    static char text[100001];

    memset(text, 'x', sizeof text - 1);
    ck_assert_str_eq(arena_printf(&world.arena, "%s-%d", "a", 17), "a-17");
    ck_assert_uint_eq(strlen(arena_printf(&world.arena, "%s!", text)), 100001);
    ck_assert_str_eq(arena_printf(&world.arena, "%s", ""), "");
}
END_TEST

START_TEST(released_arena_can_be_used_again)
{
    memset(arena_alloc(&world.arena, 100000), 'x', 100000);
    arena_release(&world.arena);
    arena_release(&world.arena);
    ck_assert(is_zero(arena_alloc(&world.arena, 100000), 100000));
}
END_TEST

/* Small blocks come from malloc, which hands out what was freed. */
START_TEST(memory_is_zeroed_where_it_was_used_before)
{
    for (int round = 0; round < 2; round++) {
        for (size_t size = 0; size < 400; size += 7) {
            char *memory = arena_alloc(&world.arena, size);
            char *grown = arena_grow(&world.arena, memory, size, 2 * size);

            ck_assert_msg(is_zero(grown, 2 * size), "size %zu", size);
            memset(grown, 0xff, 2 * size);
        }
        arena_release(&world.arena);
    }
}
END_TEST

/* What the sanitizers have in place of malloc counts nothing. */
START_TEST(array_that_outgrows_its_block_gives_it_back)
{
    size_t size = 6000000, before = mallinfo2().hblkhd;
    char *array = arena_alloc(&world.arena, size);

    memset(array, 'x', size);
    while (size < 100000000) {
        char *other = arena_alloc(&world.arena, 10);

        memset(other, 'y', 10);
        array = arena_grow(&world.arena, array, size, size * 2);
        ck_assert(is_filled(array, size, 'x'));
        ck_assert(is_zero(array + size, size));
        ck_assert(is_filled(other, 10, 'y'));
        memset(array, 'x', size *= 2);
    }
    ck_assert_uint_lt(mallinfo2().hblkhd - before, size + 50000000);
}
END_TEST

/* A small run takes little, and a large one not many blocks. */
START_TEST(blocks_grow_up_to_a_limit)
{
    const struct arena_block *newest = NULL;
    size_t blocks = 0, room = 0;

    for (size_t i = 0; i < 65536; i++) {
        ck_assert(is_zero(arena_alloc(&world.arena, 1000), 1000));
        if (world.arena.newest == newest)
            continue;
        size_t grown = (size_t)(world.arena.end - world.arena.next);
        ck_assert_uint_ge(grown, room);
        ck_assert_uint_le(grown, blocks == 0 ? 8 * 1024 : 4 * 1024 * 1024);
        newest = world.arena.newest;
        room = grown;
        blocks++;
    }
    ck_assert_uint_le(blocks, 32);
}
END_TEST

enum request { ALLOC, ARRAY, GROW, COPY };

static const struct {
    const char *label;
    enum request request;
    size_t count, size;
} impossible[] = {
    {"all of memory", ALLOC, 1, SIZE_MAX},
    {"nearly all of memory", ALLOC, 1, SIZE_MAX - 15},
    {"half of memory", ALLOC, 1, PTRDIFF_MAX},
    {"more than the machine has", ALLOC, 1, PTRDIFF_MAX / 2},
    {"array that overflows", ARRAY, SIZE_MAX / 2, 3},
    {"array that overflows to 0", ARRAY, SIZE_MAX / 2 + 1, 2},
    {"array that overflows to 16", ARRAY, SIZE_MAX / 16 + 2, 16},
    {"growth", GROW, 1, SIZE_MAX},
    {"copy whose NUL overflows", COPY, 1, SIZE_MAX},
};

START_TEST(impossible_request_calls_the_hook)
{
    size_t count = impossible[_i].count, size = impossible[_i].size;
    char *volatile small = arena_alloc(&world.arena, 8);

    if (setjmp(world.out) == 0) {
        switch (impossible[_i].request) {
        case ALLOC:
            arena_alloc(&world.arena, size);
            break;
        case ARRAY:
            arena_array(&world.arena, count, size);
            break;
        case GROW:
            arena_grow(&world.arena, small, 8, size);
            break;
        case COPY:
            arena_copy(&world.arena, "", size);
            break;
        }
        ck_abort_msg("%s was granted", impossible[_i].label);
    }
    ck_assert_msg(world.calls == 1, "%s", impossible[_i].label);
    ck_assert_msg(is_zero(small, 8), "%s", impossible[_i].label);
    ck_assert(is_zero(arena_alloc(&world.arena, 100), 100));
}
END_TEST

static Suite *arena_suite(void)
{
    Suite *suite = suite_create("arena");
    TCase *memory = tcase_create("memory");
    TCase *limits = tcase_create("limits");

    tcase_add_checked_fixture(memory, setup, teardown);
    tcase_add_loop_test(memory, memory_is_zeroed_and_aligned, 0, SIZE_COUNT);
    tcase_add_test(memory, allocations_do_not_overlap);
    tcase_add_test(memory, nothing_still_has_a_pointer_of_its_own);
    tcase_add_test(memory, newest_allocation_grows_in_place);
    tcase_add_test(memory, older_allocation_moves_when_it_grows);
    tcase_add_test(memory, growth_beyond_the_block_keeps_the_bytes);
    tcase_add_test(memory, nothing_grows_into_something);
    tcase_add_test(memory, copy_ends_in_nul_and_may_hold_one);
    tcase_add_test(memory, printf_makes_strings_of_any_length);
    tcase_add_test(memory, released_arena_can_be_used_again);
    tcase_add_test(memory, memory_is_zeroed_where_it_was_used_before);
    tcase_add_test(memory, blocks_grow_up_to_a_limit);
    tcase_add_test(memory, array_that_outgrows_its_block_gives_it_back);
    suite_add_tcase(suite, memory);
    tcase_add_checked_fixture(limits, setup, teardown);
    tcase_add_loop_test(limits, impossible_request_calls_the_hook, 0,
                        (int)(sizeof impossible / sizeof *impossible));
    suite_add_tcase(suite, limits);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(arena_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
