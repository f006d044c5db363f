#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/terminal.h"

static const struct {
    const char *label;
    const char *text;
    const char *want;
} rows[] = {
    {"plain text", "pool1 'x' ~", "pool1 'x' ~"},
    {"escape sequence", "\033[31mred", "?[31mred"},
    {"C0", "\001\a\b\t\n\v\f\r\037.", "?????????."},
    {"DEL",
     "a\x7f"
     "b",
     "a?b"},
    {"C1 in UTF-8",
     "a\xc2\x9b"
     "1m\xc2\x80\xc2\x9f",
     "a?1m??"},
    {"first character behind C1", "\xc2\xa0", "\xc2\xa0"},
    {"umlaut", "M\xc3\xbcnchen", "M\xc3\xbcnchen"},
    {"three bytes", "\xe2\x82\xac", "\xe2\x82\xac"},
    {"four bytes", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
    {"stray continuation", "\x80\xbfz", "??z"},
    {"raw C1 byte", "\x9bz", "?z"},
    {"latin-1", "M\xfcnchen", "M?nchen"},
    {"cut short", "\xe2\x82", "??"},
    {"cut short by a letter", "\xe2\x82z", "??z"},
    {"lead byte at the end", "z\xf0", "z?"},
    {"overlong slash", "\xc0\xaf", "??"},
    {"overlong escape", "\xe0\x80\x9b", "???"},
    {"overlong four bytes", "\xf0\x80\x80\x9b", "????"},
    {"surrogate", "\xed\xa0\x80", "???"},
    {"last character of all", "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"},
    {"beyond the last", "\xf4\x90\x80\x80", "????"},
    {"no lead byte", "\xf8\xff", "??"},
    {"right to left", "x\xe2\x80\xaey\xe2\x80\xacz", "x?y?z"},
    {"isolate", "x\xe2\x81\xa6y\xe2\x81\xa9z", "x?y?z"},
    {"letter mark", "x\xd8\x9cz", "x?z"},
    {"line separator", "a\xe2\x80\xa8z", "a?z"},
    {"byte-order mark", "\xef\xbb\xbfz", "?z"},
};

START_TEST(what_moves_the_terminal_is_shown_as_a_question_mark)
{
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);

    terminal_write(stream, rows[_i].text, strlen(rows[_i].text));
    fclose(stream);
    ck_assert_msg(strcmp(written, rows[_i].want) == 0, "%s: %s", rows[_i].label,
                  written);
    free(written);
}
END_TEST

/* The same characters are hidden; in a line of ours blanks are spaces. */
START_TEST(text_that_is_added_is_one_line)
{
    static const char want_blanks[] = "???  ?? ?.";
    bool has_blanks = strcmp(rows[_i].label, "C0") == 0;
    struct arena arena;
    struct strbuf buf;

    arena_init(&arena, NULL, NULL);
    strbuf_init(&buf, &arena);
    terminal_add(&buf, rows[_i].text);
    ck_assert_msg(strcmp(buf.text, has_blanks ? want_blanks : rows[_i].want) ==
                      0,
                  "%s: %s", rows[_i].label, buf.text);
    arena_release(&arena);
}
END_TEST

START_TEST(nul_byte_is_shown_and_ends_nothing)
{
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);

    terminal_write(stream, "a\0b", 3);
    terminal_write(stream, "", 0);
    fclose(stream);
    ck_assert_str_eq(written, "a?b");
    free(written);
}
END_TEST

START_TEST(characters_have_one_to_four_bytes)
{
    const char *four = "\xf0\x9f\x98\x80";

    ck_assert_uint_eq(terminal_character_length("a", 1), 1);
    ck_assert_uint_eq(terminal_character_length("\xc3\xbcz", 3), 2);
    ck_assert_uint_eq(terminal_character_length("\xe2\x82\xac", 3), 3);
    ck_assert_uint_eq(terminal_character_length(four, 4), 4);
    ck_assert_uint_eq(terminal_character_length(four, 3), 1);
    ck_assert_uint_eq(terminal_character_length(four + 1, 3), 1);
}
END_TEST

static Suite *terminal_suite(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tcase = tcase_create("characters");

    tcase_add_loop_test(tcase,
                        what_moves_the_terminal_is_shown_as_a_question_mark, 0,
                        (int)(sizeof rows / sizeof *rows));
    tcase_add_loop_test(tcase, text_that_is_added_is_one_line, 0,
                        (int)(sizeof rows / sizeof *rows));
    tcase_add_test(tcase, nul_byte_is_shown_and_ends_nothing);
    tcase_add_test(tcase, characters_have_one_to_four_bytes);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(terminal_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
