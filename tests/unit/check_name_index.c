#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dns/name_index.h"

static struct arena arena;
static struct name_index names;

static void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
}

static void tear_down(void)
{
    arena_release(&arena);
}

static struct name name_of(const char *text)
{
    struct name name = {NULL, 0};

    ck_assert_int_eq(name_from_text(&arena, text, strlen(text),
                                    (struct name){NULL, 0}, &name, NULL),
                     NAME_OK);
    return name;
}

static void fill(const char *const *texts, size_t count)
{
    name_index_init(&names, &arena, count);
    for (size_t i = 0; i < count; i++)
        name_index_add(&names, name_of(texts[i]), i);
}

static const char *const some[] = {".", "a", "example.com", "www.example.com",
                                   "a.very.long.name.example.com"};
#define SOME (sizeof some / sizeof *some)

START_TEST(a_name_is_found_by_its_octets)
{
    fill(some, SOME);
    for (size_t i = 0; i < SOME; i++)
        ck_assert_uint_eq(name_index_find(&names, name_of(some[i])), i);
}
END_TEST

START_TEST(a_name_that_is_not_there_is_not_found)
{
    fill(some, SOME);
    ck_assert_uint_eq(name_index_find(&names, name_of("b")), NAME_INDEX_NONE);
    ck_assert_uint_eq(name_index_find(&names, name_of("example.net")),
                      NAME_INDEX_NONE);
    ck_assert_uint_eq(name_index_find(&names, name_of("name.example.com")),
                      NAME_INDEX_NONE);
}
END_TEST

START_TEST(an_empty_index_finds_nothing)
{
    fill(NULL, 0);
    ck_assert_uint_eq(name_index_find(&names, name_of(".")), NAME_INDEX_NONE);
    ck_assert_uint_eq(name_index_find_above(&names, name_of("a.b")),
                      NAME_INDEX_NONE);
}
END_TEST

START_TEST(an_absent_name_is_not_found)
{
    fill(some, SOME);
    ck_assert_uint_eq(name_index_find(&names, (struct name){NULL, 0}),
                      NAME_INDEX_NONE);
    ck_assert_uint_eq(name_index_find_above(&names, (struct name){NULL, 0}),
                      NAME_INDEX_NONE);
}
END_TEST

START_TEST(the_first_number_of_a_name_counts)
{
    fill(some, SOME - 1);
    name_index_add(&names, name_of("A"), 7);
    ck_assert_uint_eq(name_index_find(&names, name_of("a")), 1);
}
END_TEST

START_TEST(the_nearest_name_above_is_found)
{
    fill(some + 1, SOME - 1);
    ck_assert_uint_eq(
        name_index_find_above(&names, name_of("x.y.www.example.com")), 2);
    ck_assert_uint_eq(name_index_find_above(&names, name_of("ww.example.com")),
                      1);
    ck_assert_uint_eq(name_index_find_above(&names, name_of("example.com")), 1);
    ck_assert_uint_eq(name_index_find_above(&names, name_of("com")),
                      NAME_INDEX_NONE);
}
END_TEST

/* Neither a full table nor names that differ in one octet get in each other's
 * way. */
START_TEST(all_of_many_names_are_found)
{
    enum { MANY = 20000 };
    char text[32];

    name_index_init(&names, &arena, MANY);
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "host%05u.example.com", i);
        name_index_add(&names, name_of(text), i);
    }
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "host%05u.example.com", i);
        ck_assert_uint_eq(name_index_find(&names, name_of(text)), i);
    }
}
END_TEST

static Suite *name_index_suite(void)
{
    Suite *suite = suite_create("name_index");
    TCase *tests = tcase_create("find");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_name_is_found_by_its_octets);
    tcase_add_test(tests, a_name_that_is_not_there_is_not_found);
    tcase_add_test(tests, an_empty_index_finds_nothing);
    tcase_add_test(tests, an_absent_name_is_not_found);
    tcase_add_test(tests, the_first_number_of_a_name_counts);
    tcase_add_test(tests, the_nearest_name_above_is_found);
    tcase_add_test(tests, all_of_many_names_are_found);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(name_index_suite());
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
