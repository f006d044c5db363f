#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

static struct arena arena;
static struct diag diag;

static void fail_on_out_of_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void setup(void)
{
    arena_init(&arena, fail_on_out_of_memory, NULL);
    diag_init(&diag, &arena);
}

static void teardown(void)
{
    arena_release(&arena);
}

static struct place at(const char *file, uint32_t line, uint32_t column)
{
    return (struct place){file, line, column};
}

static void add_source(const char *file, const char *text)
{
    diag_add_source(&diag, file, text, strlen(text));
}

/* What diag_print writes; it lies in the arena. */
static const char *print(enum severity least, bool color)
{
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);

    diag_print(&diag, stream, least, color);
    fclose(stream);
    const char *copy = arena_copy(&arena, written, size);
    free(written);
    return copy;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

START_TEST(reports_are_counted_by_severity)
{
    ck_assert_int_eq(diag_error(&diag, at("f", 1, 1), "e", "text"), -1);
    diag_warning(&diag, at("f", 1, 1), "w", "text");
    diag_warning(&diag, at("f", 1, 1), "w", "text");
    diag_info(&diag, at("f", 1, 1), "i", "text");
    diag_info(&diag, at("f", 1, 1), "i", "text");
    diag_info(&diag, at("f", 1, 1), "i", "text");
    ck_assert_uint_eq(diag.errors, 1);
    ck_assert_uint_eq(diag.warnings, 2);
    ck_assert_uint_eq(diag.infos, 3);
    ck_assert_uint_eq(diag.count, 6);
}
END_TEST

START_TEST(message_keeps_what_it_was_told)
{
    char name[] = "pool1";

    diag_error(&diag, at("f", 23, 5), "no-address", "%s has %d", name, 0);
    memset(name, 'X', sizeof name - 1);
    const struct diag_message *message = &diag.messages[0];
    ck_assert_str_eq(message->place.file, "f");
    ck_assert_uint_eq(message->place.line, 23);
    ck_assert_uint_eq(message->place.column, 5);
    ck_assert_int_eq(message->severity, SEVERITY_ERROR);
    ck_assert_str_eq(message->id, "no-address");
    ck_assert_str_eq(message->text, "pool1 has 0");
    ck_assert_ptr_null(message->notes);
}
END_TEST

START_TEST(place_is_shown_as_far_as_it_is_known)
{
    diag_error(&diag, at("f", 3, 7), "a", "one");
    diag_warning(&diag, at("f", 4, 0), "b", "two");
    diag_info(&diag, at("g", 0, 9), "c", "three");
    diag_error(&diag, at(NULL, 9, 9), NULL, "four");
    ck_assert_str_eq(print(SEVERITY_INFO, false), "f:3:7: error: one [a]\n"
                                                  "f:4: warning: two [b]\n"
                                                  "g: note: three [c]\n"
                                                  "ocszone: error: four\n");
}
END_TEST

START_TEST(notes_follow_their_message_with_excerpts)
{
    add_source("f", "one\ntwo\nthree\n");
    diag_error(&diag, at("f", 3, 1), "a", "A");
    diag_note(&diag, at("f", 1, 2), "B");
    diag_note(&diag, at(NULL, 0, 0), "C");
    diag_error(&diag, at("f", 2, 3), "d", "D");
    diag_note(&diag, at("f", 0, 0), "E");
    ck_assert_str_eq(print(SEVERITY_INFO, false), "f:2:3: error: D [d]\n"
                                                  "    2 | two\n"
                                                  "      |   ^\n"
                                                  "f: note: E\n"
                                                  "f:3:1: error: A [a]\n"
                                                  "    3 | three\n"
                                                  "      | ^\n"
                                                  "f:1:2: note: B\n"
                                                  "    1 | one\n"
                                                  "      |  ^\n"
                                                  "ocszone: note: C\n");
}
END_TEST

START_TEST(note_goes_to_the_last_report_even_after_sorting)
{
    diag_error(&diag, at("f", 2, 1), "b", "B");
    diag_error(&diag, at("f", 1, 1), "a", "A");
    diag_sort(&diag);
    diag_note(&diag, at("f", 9, 1), "of A");
    ck_assert_str_eq(diag.messages[0].id, "a");
    ck_assert_ptr_nonnull(diag.messages[0].notes);
    ck_assert_ptr_null(diag.messages[1].notes);
}
END_TEST

START_TEST(colours_are_plain_ansi)
{
    add_source("f", "one\n");
    diag_error(&diag, at("f", 1, 1), "a", "A");
    diag_note(&diag, at("f", 0, 0), "N");
    diag_warning(&diag, at("g", 0, 0), "b", "B");
    ck_assert_str_eq(print(SEVERITY_INFO, true),
                     "\033[1mf:1:1:\033[0m \033[1;31merror:\033[0m A [a]\n"
                     "    1 | one\n"
                     "      | \033[1;32m^\033[0m\n"
                     "\033[1mf:\033[0m \033[1;36mnote:\033[0m N\n"
                     "\033[1mg:\033[0m \033[1;35mwarning:\033[0m B [b]\n");
}
END_TEST

START_TEST(texts_and_names_cannot_move_the_terminal)
{
    diag_error(&diag, at("a\033b\n", 0, 0), "id", "%s",
               "x\033[2J\xc2\x9b\xff\n");
    ck_assert_str_eq(print(SEVERITY_INFO, false),
                     "a?b?: error: x?[2J??? [id]\n");
}
END_TEST

/* The order of their ids is the order in which they are to come. */
START_TEST(messages_come_in_the_order_of_their_places)
{
    add_source("z", "");
    add_source("a", "");
    add_source("m", "");
    diag_error(&diag, at(NULL, 0, 0), "13", "-");
    diag_error(&diag, at("no source 2", 1, 1), "12", "-");
    diag_error(&diag, at("no source 1", 5, 1), "11", "-");
    diag_error(&diag, at("no source 1", 4, 9), "10", "-");
    diag_error(&diag, at("m", 1, 1), "09", "-");
    diag_warning(&diag, at("a", 10, 1), "07", "-");
    diag_error(&diag, at("a", 9, 20), "06", "-");
    diag_info(&diag, at("a", 9, 3), "04", "-");
    diag_error(&diag, at("a", 9, 3), "05", "-");
    diag_error(&diag, at("z", 4000000000u, 1), "03", "-");
    diag_error(&diag, at("z", 3, 1), "02", "-");
    diag_error(&diag, at("a", 10, 1), "08", "-");
    diag_error(&diag, at("z", 0, 0), "01", "-");
    diag_sort(&diag);
    ck_assert_uint_eq(diag.count, 13);
    for (size_t i = 0; i < diag.count; i++)
        ck_assert_uint_eq(strtoul(diag.messages[i].id, NULL, 10), i + 1);
}
END_TEST

START_TEST(file_that_is_lent_again_keeps_its_rank)
{
    add_source("one", "old\n");
    add_source("two", "");
    add_source("one", "new\n");
    diag_error(&diag, at("two", 0, 0), "b", "B");
    diag_error(&diag, at("one", 1, 1), "a", "A");
    ck_assert_str_eq(print(SEVERITY_INFO, false), "one:1:1: error: A [a]\n"
                                                  "    1 | new\n"
                                                  "      | ^\n"
                                                  "two: error: B [b]\n");
}
END_TEST

START_TEST(many_sources_are_told_apart)
{
    for (int i = 0; i < 3000; i++) {
        char *name = arena_printf(&arena, "file%d", i * 7919 % 3000);

        diag_add_source(&diag, name, name, strlen(name));
    }
    for (int i = 0; i < 50; i++)
        diag_error(&diag, at(arena_printf(&arena, "file%d", i), 1, 1), "id",
                   "-");
    const char *got = print(SEVERITY_INFO, false);
    for (int i = 0; i < 50; i++) {
        char *want = arena_printf(
            &arena, "file%d:1:1: error: - [id]\n    1 | file%d\n", i, i);

        ck_assert_msg(strstr(got, want), "%s", want);
    }
}
END_TEST

START_TEST(lesser_severities_are_left_out)
{
    diag_info(&diag, at("f", 1, 1), "i", "I");
    diag_warning(&diag, at("f", 2, 1), "w", "W");
    diag_note(&diag, at("f", 1, 1), "N");
    diag_error(&diag, at("f", 3, 1), "e", "E");
    ck_assert_str_eq(print(SEVERITY_WARNING, false), "f:2:1: warning: W [w]\n"
                                                     "f:1:1: note: N\n"
                                                     "f:3:1: error: E [e]\n");
    diag_warning(&diag, at("f", 2, 1), "w", "W");
    diag_error(&diag, at("f", 3, 1), "e", "E");
    ck_assert_str_eq(print(SEVERITY_ERROR, false), "f:3:1: error: E [e]\n");
}
END_TEST

START_TEST(what_was_printed_is_not_printed_again)
{
    diag_error(&diag, at("f", 2, 1), "b", "B");
    ck_assert_uint_eq(count_lines(print(SEVERITY_INFO, false)), 1);
    diag_error(&diag, at("f", 1, 1), "a", "A");
    ck_assert_str_eq(print(SEVERITY_INFO, false), "f:1:1: error: A [a]\n");
    ck_assert_str_eq(print(SEVERITY_INFO, false), "");
}
END_TEST

START_TEST(what_was_discarded_is_never_printed)
{
    diag_error(&diag, at("f", 1, 1), "a", "A");
    diag_warning(&diag, at("f", 1, 1), "b", "B");
    diag_discard(&diag);
    ck_assert_str_eq(print(SEVERITY_INFO, false), "");
    ck_assert_uint_eq(diag.errors, 1);
    ck_assert_uint_eq(diag.warnings, 1);
    diag_error(&diag, at("f", 1, 1), "c", "C");
    ck_assert_str_eq(print(SEVERITY_INFO, false), "f:1:1: error: C [c]\n");
}
END_TEST

START_TEST(what_was_discarded_takes_no_room)
{
    for (int i = 0; i < 150; i++)
        diag_error(&diag, at("f", 1, 1), "id", "E");
    diag_discard(&diag);
    for (int i = 0; i < 100; i++)
        diag_error(&diag, at("f", 1, 1), "id", "E");
    ck_assert_uint_eq(count_lines(print(SEVERITY_INFO, false)), 100);
}
END_TEST

static const struct {
    int errors;
    size_t lines;
    const char *number; /* of those that are not shown */
} floods[] = {
    {100, 100, NULL},
    {101, 101, "1"},
    {350, 101, "250"},
    {5000, 101, "4900"},
};

START_TEST(errors_beyond_the_first_hundred_are_counted)
{
    for (int i = 0; i < floods[_i].errors; i++)
        diag_error(&diag, at("f", (uint32_t)i + 1, 1), "id", "E");
    const char *got = print(SEVERITY_INFO, false);
    ck_assert_uint_eq(count_lines(got), floods[_i].lines);
    ck_assert_uint_eq(diag.errors, (size_t)floods[_i].errors);
    if (floods[_i].number) {
        const char *last = strstr(got, "ocszone: ");
        ck_assert_ptr_nonnull(last);
        ck_assert_int_eq(
            strncmp(last + 9, floods[_i].number, strlen(floods[_i].number)), 0);
        ck_assert_int_eq(last[9 + strlen(floods[_i].number)], ' ');
    }
}
END_TEST

START_TEST(hundred_errors_are_the_limit_of_all_prints_together)
{
    for (int i = 0; i < 99; i++)
        diag_error(&diag, at("f", 1, 1), "id", "E");
    ck_assert_uint_eq(count_lines(print(SEVERITY_INFO, false)), 99);
    for (int i = 0; i < 11; i++)
        diag_error(&diag, at("f", 1, 1), "id", "E");
    const char *got = print(SEVERITY_INFO, false);
    ck_assert_uint_eq(count_lines(got), 2);
    ck_assert_ptr_nonnull(strstr(got, "ocszone: 10 "));
    ck_assert_str_eq(print(SEVERITY_INFO, false), "");
    diag_error(&diag, at("f", 1, 1), "id", "E");
    ck_assert_int_eq(strncmp(print(SEVERITY_INFO, false), "ocszone: 1 ", 11),
                     0);
}
END_TEST

START_TEST(flood_of_messages_takes_bounded_memory)
{
    diag_warning(&diag, at("f", 0, 0), "first", "W");
    for (int i = 0; i < 200000; i++) {
        diag_info(&diag, at("f", 1, 1), "id", "I");
        diag_note(&diag, at("f", 1, 1), "N");
    }
    ck_assert_uint_eq(diag.infos, 200000);
    ck_assert_uint_eq(diag.count, 1 + DIAG_KEPT);
    diag_error(&diag, at("f", 0, 0), "other", "E");
    const char *got = print(SEVERITY_INFO, false);
    ck_assert_uint_eq(count_lines(got), 2 + 2 * DIAG_KEPT + 1);
    ck_assert_ptr_nonnull(strstr(got, "ocszone: 199000 "));
    ck_assert_ptr_nonnull(strstr(got, "[first]"));
    ck_assert_ptr_nonnull(strstr(got, "[other]"));
}
END_TEST

START_TEST(note_of_a_dropped_message_goes_to_no_other)
{
    for (int i = 0; i <= DIAG_KEPT; i++)
        diag_info(&diag, at("f", 1, 1), "id", "I");
    diag_note(&diag, at("f", 1, 1), "N");
    ck_assert_ptr_null(diag.messages[diag.count - 1].notes);
    diag_error(&diag, at("f", 1, 1), "id", "E");
    diag_note(&diag, at("f", 1, 1), "N");
    ck_assert_ptr_nonnull(diag.messages[diag.count - 1].notes);
}
END_TEST

START_TEST(note_without_a_message_is_nothing)
{
    diag_note(&diag, at("f", 1, 1), "N");
    ck_assert_str_eq(print(SEVERITY_INFO, false), "");
}
END_TEST

START_TEST(long_text_is_cut)
{
    static char text[100001];

    memset(text, 'x', sizeof text - 1);
    diag_error(&diag, at("f", 1, 1), "id", "%s", text);
    ck_assert_uint_eq(strlen(diag.messages[0].text), 2003);
    ck_assert_str_eq(diag.messages[0].text + 1999, "x...");
    diag_error(&diag, at("f", 1, 1), "id", "%.2000s", text);
    ck_assert_uint_eq(strlen(diag.messages[1].text), 2000);
}
END_TEST

static Suite *diag_suite(void)
{
    Suite *suite = suite_create("diag");
    TCase *reports = tcase_create("reports");
    TCase *limits = tcase_create("limits");

    tcase_add_checked_fixture(reports, setup, teardown);
    tcase_add_test(reports, reports_are_counted_by_severity);
    tcase_add_test(reports, message_keeps_what_it_was_told);
    tcase_add_test(reports, place_is_shown_as_far_as_it_is_known);
    tcase_add_test(reports, notes_follow_their_message_with_excerpts);
    tcase_add_test(reports, note_goes_to_the_last_report_even_after_sorting);
    tcase_add_test(reports, colours_are_plain_ansi);
    tcase_add_test(reports, texts_and_names_cannot_move_the_terminal);
    tcase_add_test(reports, messages_come_in_the_order_of_their_places);
    tcase_add_test(reports, file_that_is_lent_again_keeps_its_rank);
    tcase_add_test(reports, many_sources_are_told_apart);
    tcase_add_test(reports, lesser_severities_are_left_out);
    tcase_add_test(reports, what_was_printed_is_not_printed_again);
    tcase_add_test(reports, what_was_discarded_is_never_printed);
    tcase_add_test(reports, what_was_discarded_takes_no_room);
    suite_add_tcase(suite, reports);
    tcase_add_checked_fixture(limits, setup, teardown);
    tcase_add_loop_test(limits, errors_beyond_the_first_hundred_are_counted, 0,
                        (int)(sizeof floods / sizeof *floods));
    tcase_add_test(limits, hundred_errors_are_the_limit_of_all_prints_together);
    tcase_add_test(limits, flood_of_messages_takes_bounded_memory);
    tcase_add_test(limits, note_of_a_dropped_message_goes_to_no_other);
    tcase_add_test(limits, note_without_a_message_is_nothing);
    tcase_add_test(limits, long_text_is_cut);
    suite_add_tcase(suite, limits);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(diag_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
