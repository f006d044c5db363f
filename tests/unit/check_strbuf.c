#include <check.h>
#include <limits.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"

static struct arena arena;
static struct strbuf buf;
static jmp_buf out;

static void jump(void *context)
{
    (void)context;
    longjmp(out, 1);
}

static void setup(void)
{
    arena_init(&arena, jump, NULL);
    strbuf_init(&buf, &arena);
}

static void teardown(void)
{
    arena_release(&arena);
}

START_TEST(new_buffer_is_an_empty_text)
{
    ck_assert_str_eq(buf.text, "");
    ck_assert_uint_eq(buf.length, 0);
}
END_TEST

START_TEST(parts_follow_each_other)
{
    strbuf_add_text(&buf, "one");
    strbuf_add_char(&buf, ' ');
    strbuf_add(&buf, "two and", 3);
    strbuf_add(&buf, NULL, 0);
    strbuf_printf(&buf, " %s%c", "three", '.');
    ck_assert_str_eq(buf.text, "one two three.");
    ck_assert_uint_eq(buf.length, 14);
}
END_TEST

START_TEST(nul_bytes_count)
{
    strbuf_add(&buf, "a\0b", 3);
    strbuf_add_char(&buf, '\0');
    ck_assert_uint_eq(buf.length, 4);
    ck_assert_mem_eq(buf.text, "a\0b\0\0", 5);
}
END_TEST

static const struct {
    unsigned long number;
    const char *text;
} numbers[] = {
    {0, "0"},
    {9, "9"},
    {10, "10"},
    {4294967295ul, "4294967295"},
    {ULONG_MAX, sizeof(long) == 8 ? "18446744073709551615" : "4294967295"},
};

START_TEST(numbers_are_decimal)
{
    strbuf_add_number(&buf, numbers[_i].number);
    ck_assert_str_eq(buf.text, numbers[_i].text);
    ck_assert_uint_eq(buf.length, strlen(numbers[_i].text));
}
END_TEST

START_TEST(text_grows_byte_by_byte_beside_other_allocations)
{
    for (int i = 0; i < 200000; i++) {
        strbuf_add_char(&buf, (char)('a' + i % 26));
        ck_assert_int_eq(buf.text[i + 1], '\0');
        if (i % 1000 == 0)
            memset(arena_alloc(&arena, 24), 0xff, 24);
    }
    ck_assert_uint_eq(buf.length, 200000);
    for (int i = 0; i < 200000; i++)
        ck_assert_int_eq(buf.text[i], 'a' + i % 26);
}
END_TEST

/* Lengths around that of a new buffer's room. */
START_TEST(formatted_text_of_any_length_fits)
{
    strbuf_add_text(&buf, "<");
    strbuf_printf(&buf, "%*d", _i, 7);
    strbuf_add_text(&buf, ">");
    ck_assert_uint_eq(buf.length, (size_t)_i + 2);
    ck_assert_int_eq(buf.text[_i], '7');
    ck_assert_str_eq(buf.text + _i + 1, ">");
}
END_TEST

START_TEST(reset_keeps_the_room)
{
    for (int i = 0; i < 1000; i++)
        strbuf_add_text(&buf, "0123456789");
    char *text = buf.text;
    size_t capacity = buf.capacity;
    strbuf_reset(&buf);
    ck_assert_str_eq(buf.text, "");
    ck_assert_uint_eq(buf.length, 0);
    for (int i = 0; i < 1000; i++)
        strbuf_add_text(&buf, "0123456789");
    ck_assert_ptr_eq(buf.text, text);
    ck_assert_uint_eq(buf.capacity, capacity);
}
END_TEST

static const struct {
    const char *before, *text;
    size_t width;
    const char *want;
} pads[] = {
    {"", "ab", 5, "ab   "},
    {"", "abcd", 5, "abcd "},
    {"", "abcde", 5, "abcde "},
    {"", "abcdefg", 5, "abcdefg "},
    {"", "", 3, "   "},
    {"", "", 0, " "},
    {"head ", "ab", 4, "head ab  "},
    {"", "\xc3\xa4\xe2\x82\xac", 4, "\xc3\xa4\xe2\x82\xac  "},
};

START_TEST(padding_reaches_the_width)
{
    strbuf_add_text(&buf, pads[_i].before);
    size_t start = buf.length;
    strbuf_add_text(&buf, pads[_i].text);
    strbuf_pad(&buf, start, pads[_i].width);
    ck_assert_str_eq(buf.text, pads[_i].want);
    ck_assert_uint_eq(buf.length, strlen(pads[_i].want));
}
END_TEST

START_TEST(padding_may_need_more_room)
{
    strbuf_pad(&buf, 0, 100000);
    ck_assert_uint_eq(buf.length, 100000);
    ck_assert_uint_eq(strspn(buf.text, " "), 100000);
}
END_TEST

START_TEST(impossible_length_is_out_of_memory)
{
    strbuf_add_text(&buf, "here");
    if (setjmp(out) == 0) {
        strbuf_pad(&buf, 0, SIZE_MAX);
        ck_abort_msg("SIZE_MAX spaces were granted");
    }
    ck_assert_str_eq(buf.text, "here");
}
END_TEST

static Suite *strbuf_suite(void)
{
    Suite *suite = suite_create("strbuf");
    TCase *tcase = tcase_create("text");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, new_buffer_is_an_empty_text);
    tcase_add_test(tcase, parts_follow_each_other);
    tcase_add_test(tcase, nul_bytes_count);
    tcase_add_loop_test(tcase, numbers_are_decimal, 0,
                        (int)(sizeof numbers / sizeof *numbers));
    tcase_add_test(tcase, text_grows_byte_by_byte_beside_other_allocations);
    tcase_add_loop_test(tcase, formatted_text_of_any_length_fits, 58, 70);
    tcase_add_test(tcase, reset_keeps_the_room);
    tcase_add_loop_test(tcase, padding_reaches_the_width, 0,
                        (int)(sizeof pads / sizeof *pads));
    tcase_add_test(tcase, padding_may_need_more_room);
    tcase_add_test(tcase, impossible_length_is_out_of_memory);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(strbuf_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
