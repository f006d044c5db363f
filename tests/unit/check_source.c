#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"

static struct arena arena;

static void fail_on_out_of_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void setup(void)
{
    arena_init(&arena, fail_on_out_of_memory, NULL);
}

static void teardown(void)
{
    arena_release(&arena);
}

/* What source_quote writes; it lies in the arena. */
static const char *quote(struct source *source, uint32_t line, uint32_t column)
{
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);

    source_quote(source, &arena, stream, line, column, false);
    fclose(stream);
    const char *copy = arena_copy(&arena, written, size);
    free(written);
    return copy;
}

static const struct {
    const char *label;
    const char *text;
    uint32_t line, column;
    const char *want;
} rows[] = {
    {"first line", "abc\ndef\n", 1, 1, "    1 | abc\n      | ^\n"},
    {"last line", "abc\ndef\n", 2, 3, "    2 | def\n      |   ^\n"},
    {"no line end", "abc\ndef", 2, 2, "    2 | def\n      |  ^\n"},
    {"CR LF", "abc\r\ndef\r\nghi", 2, 1, "    2 | def\n      | ^\n"},
    {"CR", "abc\rdef\rghi", 2, 1, "    2 | def\n      | ^\n"},
    {"empty lines", "\r\n\n\r\r\nz", 5, 1, "    5 | z\n      | ^\n"},
    {"column 0", "abc\n", 1, 0, "    1 | abc\n      | ^\n"},
    {"end of a line", "abc\ndef\n", 1, 4, "    1 | abc\n      |    ^\n"},
    {"beyond the line", "abc\ndef\n", 1, 9, "    1 | abc\n      |    ^\n"},
    {"end of the file", "abc\n", 2, 1, "    2 |\n      | ^\n"},
    {"empty line", "a\n\nb\n", 2, 1, "    2 |\n      | ^\n"},
    {"empty file", "", 1, 1, "    1 |\n      | ^\n"},
    {"beyond the file", "abc\n", 3, 1, ""},
    {"byte-order mark",
     "\xef\xbb\xbf"
     "abc\n",
     1, 2, "    1 | abc\n      |  ^\n"},
    {"characters", "\xc3\xa4\xe2\x82\xacz", 1, 3,
     "    1 | \xc3\xa4\xe2\x82\xacz\n      |   ^\n"},
    {"stray bytes", "\x80\xff\xe2\x82z", 1, 5,
     "    1 | ????z\n      |     ^\n"},
    {"tabs", "\ta:\tb", 1, 5, "    1 | \ta:\tb\n      | \t  \t^\n"},
    {"control characters", "a\033[2Jb", 1, 6,
     "    1 | a?[2Jb\n      |      ^\n"},
};

START_TEST(line_is_quoted_with_a_caret)
{
    struct source source;

    source_init(&source, "x", rows[_i].text, strlen(rows[_i].text));
    const char *got = quote(&source, rows[_i].line, rows[_i].column);
    ck_assert_msg(strcmp(got, rows[_i].want) == 0, "%s:\n%s", rows[_i].label,
                  got);
}
END_TEST

START_TEST(gutter_widens_with_the_line_number)
{
    struct source source;
    char *text = arena_alloc(&arena, 1234567);

    memset(text, '\n', 1234566);
    text[1234566] = 'z';
    source_init(&source, "x", text, 1234567);
    ck_assert_str_eq(quote(&source, 1234567, 1), "1234567 | z\n        | ^\n");
}
END_TEST

/* A line of which each character says where it stands: 0a 1a .. 9a 0b ... */
static struct source long_line(size_t length)
{
    struct source source;
    char *text = arena_alloc(&arena, length);

    for (size_t i = 0; i < length; i++)
        text[i] = (char)(i % 2 ? 'a' + i / 20 % 26 : '0' + i / 2 % 10);
    source_init(&source, "x", text, length);
    return source;
}

static const struct {
    const char *label;
    size_t length;
    uint32_t column;
    size_t start, end; /* of what is shown */
} cuts[] = {
    {"short enough", 100, 1, 0, 100},
    {"short enough, at its end", 100, 101, 0, 100},
    {"one too long", 101, 1, 0, 100},
    {"cut behind", 1000, 1, 0, 100},
    {"still at the start", 1000, 51, 0, 100},
    {"cut on both sides", 1000, 52, 1, 101},
    {"in the middle", 1000, 501, 450, 550},
    {"near the end", 1000, 981, 900, 1000},
    {"at the end", 1000, 1000, 900, 1000},
    {"behind the end", 1000, 5000, 900, 1000},
    {"far out", 100000, 90001, 89950, 90050},
};

START_TEST(long_line_is_cut_around_the_column)
{
    struct source source = long_line(cuts[_i].length);
    size_t start = cuts[_i].start, end = cuts[_i].end;
    size_t caret = cuts[_i].column - 1;
    bool before = start > 0, after = end < cuts[_i].length;

    if (caret > cuts[_i].length)
        caret = cuts[_i].length;
    const char *want = arena_printf(
        &arena, "    1 | %s%.*s%s\n      | %s%*s^\n", before ? "..." : "",
        (int)(end - start), source.text + start, after ? "..." : "",
        before ? "   " : "", (int)(caret - start), "");
    const char *got = quote(&source, 1, cuts[_i].column);
    ck_assert_msg(strcmp(got, want) == 0, "%s:\n%s", cuts[_i].label, got);
}
END_TEST

START_TEST(cut_falls_between_characters)
{
    static const char euro[] = "\xe2\x82\xac";
    size_t size = strlen(euro), count = 1000;
    struct source source;
    char *text = arena_alloc(&arena, size * count);

    for (size_t i = 0; i < size * count; i++)
        text[i] = euro[i % size];
    source_init(&source, "x", text, size * count);
    const char *got = quote(&source, 1, 501);
    ck_assert_ptr_null(strchr(got, '?'));
    ck_assert_uint_eq(strcspn(got, "\n"),
                      strlen("    1 | ......") + size * 100);
    ck_assert_uint_eq(strlen(strchr(got, '\n')),
                      strlen("\n      |    ^\n") + 50);
}
END_TEST

/* The slow and obvious way to a line, as an oracle. */
static const char *nth_line(const char *text, uint32_t line, int *length)
{
    while (--line > 0)
        text = strchr(text, '\n') + 1;
    *length = (int)strcspn(text, "\n");
    return text;
}

START_TEST(places_are_found_in_any_order)
{
    struct source source;
    char *text = arena_alloc(&arena, 200000), *end = text;

    for (unsigned i = 0; i < 5000; i++)
        end += snprintf(end, 64, "%u%.*s\n", i, (int)(i * 7 % 40),
                        "........................................");
    source_init(&source, "x", text, (size_t)(end - text));
    for (uint32_t i = 0; i < 3000; i++) {
        uint32_t line = 1 + i * 7919 % 5000;
        int length;
        const char *want = nth_line(text, line, &length);

        want = arena_printf(&arena, "%5u | %.*s\n      |  ^\n", line, length,
                            want);
        if (length > 0)
            ck_assert_str_eq(quote(&source, line, 2), want);
    }
}
END_TEST

/* Fails by its time where each lookup walks from the start. */
START_TEST(many_lookups_in_a_huge_text_are_fast)
{
    size_t size = (size_t)1 << 22;
    char *text = arena_alloc(&arena, size);
    struct source source;
    FILE *nowhere = fopen("/dev/null", "w");

    memset(text, 'x', size);
    for (size_t i = 63; i < size / 2; i += 64)
        text[i] = '\n';
    source_init(&source, "x", text, size);
    for (uint32_t i = 0; i < 4000; i++) {
        source_quote(&source, &arena, nowhere, 32769 - i * 5, 1, false);
        source_quote(&source, &arena, nowhere, 32769, 2000000 - i, false);
    }
    fclose(nowhere);
}
END_TEST

START_TEST(caret_is_coloured_on_demand)
{
    struct source source;
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);

    source_init(&source, "x", "abc", 3);
    source_quote(&source, &arena, stream, 1, 2, true);
    fclose(stream);
    ck_assert_str_eq(written, "    1 | abc\n      |  \033[1;32m^\033[0m\n");
    free(written);
}
END_TEST

static Suite *source_suite(void)
{
    Suite *suite = suite_create("source");
    TCase *tcase = tcase_create("quotes");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, line_is_quoted_with_a_caret, 0,
                        (int)(sizeof rows / sizeof *rows));
    tcase_add_test(tcase, gutter_widens_with_the_line_number);
    tcase_add_loop_test(tcase, long_line_is_cut_around_the_column, 0,
                        (int)(sizeof cuts / sizeof *cuts));
    tcase_add_test(tcase, cut_falls_between_characters);
    tcase_add_test(tcase, places_are_found_in_any_order);
    tcase_add_test(tcase, many_lookups_in_a_huge_text_are_fast);
    tcase_add_test(tcase, caret_is_coloured_on_demand);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(source_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
