#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text_index.h"

static struct arena arena;
static struct text_index table;

static void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
    text_index_init(&table, &arena);
}

static void tear_down(void)
{
    arena_release(&arena);
}

START_TEST(nothing_is_found_in_an_empty_index)
{
    ck_assert_ptr_null(text_index_find(&table, "a", 1));
    ck_assert_ptr_null(text_index_find(&table, "", 0));
    ck_assert_uint_eq(table.count, 0);
}
END_TEST

START_TEST(a_text_has_one_slot)
{
    int value = 0;
    void **slot = text_index_slot(&table, "ab", 2);

    ck_assert_ptr_null(*slot);
    *slot = &value;
    ck_assert_ptr_eq(text_index_slot(&table, "abc", 2), slot);
    ck_assert_ptr_eq(text_index_find(&table, "ab", 2), &value);
    ck_assert_ptr_null(text_index_find(&table, "ab", 1));
    ck_assert_uint_eq(table.count, 1);
}
END_TEST

START_TEST(the_first_thing_of_a_text_stays)
{
    int one = 1, other = 2;

    ck_assert_ptr_null(text_index_add(&table, "ab", 2, &one));
    ck_assert_ptr_null(text_index_add(&table, "a", 1, &other));
    ck_assert_ptr_eq(text_index_add(&table, "ab", 2, &other), &one);
    ck_assert_ptr_eq(text_index_find(&table, "ab", 2), &one);
    ck_assert_uint_eq(table.count, 2);
}
END_TEST

START_TEST(texts_may_be_empty_or_hold_nul)
{
    const char *texts[] = {"\0\0", "\0", "a\0b", "a\0c", "a"};
    const size_t lengths[] = {2, 1, 3, 3, 1};

    *text_index_slot(&table, "", 0) = &table;
    for (size_t i = 0; i < 5; i++)
        *text_index_slot(&table, texts[i], lengths[i]) = &texts[i];
    ck_assert_uint_eq(table.count, 6);
    ck_assert_ptr_eq(text_index_find(&table, "", 0), &table);
    for (size_t i = 0; i < 5; i++)
        ck_assert_ptr_eq(text_index_find(&table, texts[i], lengths[i]),
                         &texts[i]);
}
END_TEST

/* Each value is its text: nothing else has to be remembered. */
START_TEST(each_of_many_is_found_and_no_other)
{
    enum { COUNT = 100000 };
    char text[16];

    for (int i = 0; i < COUNT; i++) {
        size_t length = (size_t)snprintf(text, sizeof(text), "%d", i);
        char *kept = arena_copy(&arena, text, length);
        *text_index_slot(&table, kept, length) = kept;
    }
    ck_assert_uint_eq(table.count, COUNT);
    for (int i = 0; i < 2 * COUNT; i++) {
        size_t length = (size_t)snprintf(text, sizeof(text), "%d", i);
        const char *found = text_index_find(&table, text, length);
        ck_assert_int_eq(found != NULL, i < COUNT);
        if (found)
            ck_assert_str_eq(found, text);
    }
    ck_assert_uint_eq(table.count, COUNT);
}
END_TEST

static Suite *text_index_suite(void)
{
    Suite *suite = suite_create("text_index");
    TCase *index_case = tcase_create("index");

    tcase_add_checked_fixture(index_case, set_up, tear_down);
    tcase_set_timeout(index_case, 30);
    tcase_add_test(index_case, nothing_is_found_in_an_empty_index);
    tcase_add_test(index_case, a_text_has_one_slot);
    tcase_add_test(index_case, the_first_thing_of_a_text_stays);
    tcase_add_test(index_case, texts_may_be_empty_or_hold_nul);
    tcase_add_test(index_case, each_of_many_is_found_and_no_other);
    suite_add_tcase(suite, index_case);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(text_index_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
