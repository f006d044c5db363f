#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "dns/escape.h"

static const struct {
    const char *text;
    size_t size; /* 0: refused */
    uint8_t octet;
} rows[] = {
    {"", 0, 0},     {"a", 1, 'a'}, {"ab", 1, 'a'},   {"\\", 1, '\\'},
    {".1", 1, '.'}, {"000", 3, 0}, {"0651", 3, 'A'}, {"255", 3, 255},
    {"256", 0, 0},  {"999", 0, 0}, {"1", 0, 0},      {"12", 0, 0},
    {"12x", 0, 0},  {"1x2", 0, 0},
};

START_TEST(an_escape_is_an_octet)
{
    uint8_t octet = 0;
    size_t size = escape_read(rows[_i].text, strlen(rows[_i].text), &octet);

    ck_assert_msg(size == rows[_i].size, "\\%s: %zu", rows[_i].text, size);
    if (size > 0)
        ck_assert_msg(octet == rows[_i].octet, "\\%s: %u", rows[_i].text,
                      (unsigned)octet);
}
END_TEST

START_TEST(length_limits_an_escape)
{
    uint8_t octet = 0;

    ck_assert_uint_eq(escape_read("a", 0, &octet), 0);
    ck_assert_uint_eq(escape_read("065", 2, &octet), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("escape");
    TCase *tcase = tcase_create("reading");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tcase, an_escape_is_an_octet, 0,
                        (int)(sizeof rows / sizeof *rows));
    tcase_add_test(tcase, length_limits_an_escape);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
