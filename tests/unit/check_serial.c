#include "write/serial.h"

#include "plan_lines.h"
#include "write/template.h"
#include "write/zone_writer.h"

static const struct text_case {
    const char *label;
    const char *text;
    bool found;
    uint32_t serial;
} text_cases[] = {
    {"as it is written", "  5          ; serial\n", true, 5},
    {"one space", " 5 ; serial\n", true, 5},
    {"the largest", " 4294967295 ; serial\n", true, UINT32_MAX},
    {"zero", " 0 ; serial\n", true, 0},
    {"after other lines", "; serial: none\n@ IN SOA a. b. (\n 7 ; serial\n",
     true, 7},
    {"the first counts", " 7 ; serial\n 8 ; serial\n", true, 7},
    {"at the very start", "12 ; serial\n", true, 12},
    {"too large", " 4294967296 ; serial\n", false, 0},
    {"much too large", " 99999999999999999999999 ; serial\n", false, 0},
    {"no number", " x ; serial\n", false, 0},
    {"half a number", " 5x ; serial\n", false, 0},
    {"negative", " -5 ; serial\n", false, 0},
    {"no mark", " 5 ; refresh\n", false, 0},
    {"the mark alone", "; serial\n", false, 0},
    {"spaces and the mark", "    ; serial\n", false, 0},
    {"cut short", " 5 ; serial", false, 0},
    {"nothing", "", false, 0},
};

START_TEST(serial_is_read_from_its_line)
{
    const struct text_case *row = &text_cases[_i];
    size_t length = strlen(row->text);
    /* For the address sanitizer: no NUL behind it. */
    char *exact = malloc(length > 0 ? length : 1);
    uint32_t serial = 4711;
    bool found;

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, row->text, length);
    found = serial_from_zone(exact, length, &serial);
    free(exact);
    ck_assert_msg(found == row->found, "%s", row->label);
    ck_assert_msg(serial == (found ? row->serial : 4711), "%s: %u", row->label,
                  serial);
}
END_TEST

static const uint32_t serials[] = {0, 1, 2026112001, 2147483648u, UINT32_MAX};

START_TEST(serial_of_a_written_zone_is_read_back)
{
    const struct plan *plan =
        plan_of(OCS2007 "pools: [{fqdn: pool.ad.example, edition: standard,"
                        " address: 10.0.0.10}]\n"
                        "sip_domains: [{name: contoso.com, sign_in:"
                        " pool.ad.example}]\n");
    struct strbuf buf;
    uint32_t serial = 4711;

    strbuf_init(&buf, &arena);
    zone_writer_write(&arena, &buf, plan->views[VIEW_INTERNAL].zones[0], 3600,
                      serials[_i],
                      template_load(&arena, &diag, NULL, "zone.head"));
    ck_assert(serial_from_zone(buf.text, buf.length, &serial));
    ck_assert_uint_eq(serial, serials[_i]);
}
END_TEST

START_TEST(next_serial_is_one_more_and_never_zero)
{
    ck_assert_uint_eq(serial_next(0), 1);
    ck_assert_uint_eq(serial_next(1), 2);
    ck_assert_uint_eq(serial_next(2147483647), 2147483648u);
    ck_assert_uint_eq(serial_next(UINT32_MAX), 1);
}
END_TEST

/* RFC 1982 section 3.2 */
static const struct order {
    uint32_t one;
    uint32_t other;
    bool older;
} orders[] = {
    {1, 1, false},           {1, 2, true},
    {2, 1, false},           {0, 2147483647, true},
    {0, 2147483648u, false}, /* undefined */
    {2147483648u, 0, false}, /* undefined */
    {0, 2147483649u, false}, {2147483649u, 0, true},
    {UINT32_MAX, 0, true},   {0, UINT32_MAX, false},
    {UINT32_MAX, 1, true},   {4000000000u, 100, true},
};

START_TEST(age_follows_serial_number_arithmetic)
{
    const struct order *row = &orders[_i];

    ck_assert_msg(serial_is_older(row->one, row->other) == row->older, "%u %u",
                  row->one, row->other);
}
END_TEST

static const struct pair {
    const char *label;
    const char *one;
    const char *other;
    bool same;
} pairs[] = {
    {"equal", "@ IN A 10.0.0.1\n", "@ IN A 10.0.0.1\n", true},
    {"empty", "", "", true},
    {"comments", "; why\n@ IN A 10.0.0.1 ; here\n", "@ IN A 10.0.0.1\n", true},
    {"comment at the end of the text", "@ IN A 10.0.0.1 ; here",
     "@ IN A 10.0.0.1\n", true},
    {"layout", "@     IN A\n\n10.0.0.1\n", "@ IN A 10.0.0.1\n", true},
    {"data", "@ IN A 10.0.0.1\n", "@ IN A 10.0.0.2\n", false},
    {"length", "@ IN A 10.0.0.1\n", "@ IN A 10.0.0.11\n", false},
    {"one more", "@ IN A 10.0.0.1\n", "@ IN A 10.0.0.1\nb\n", false},
    {"one less", "@ IN A 10.0.0.1\nb\n", "@ IN A 10.0.0.1\n", false},
    {"words joined", "a b\n", "ab\n", false},
};

START_TEST(comments_and_layout_are_not_records)
{
    const struct pair *row = &pairs[_i];

    ck_assert_msg(serial_same_records(row->one, strlen(row->one), row->other,
                                      strlen(row->other)) == row->same,
                  "%s", row->label);
}
END_TEST

static Suite *serial_suite(void)
{
    Suite *suite = suite_create("serial");
    TCase *serial = tcase_create("serial");

    tcase_add_checked_fixture(serial, setup, teardown);
    tcase_add_loop_test(serial, serial_is_read_from_its_line, 0,
                        COUNT_OF(text_cases));
    tcase_add_loop_test(serial, serial_of_a_written_zone_is_read_back, 0,
                        COUNT_OF(serials));
    tcase_add_loop_test(serial, comments_and_layout_are_not_records, 0,
                        COUNT_OF(pairs));
    tcase_add_test(serial, next_serial_is_one_more_and_never_zero);
    tcase_add_loop_test(serial, age_follows_serial_number_arithmetic, 0,
                        COUNT_OF(orders));
    suite_add_tcase(suite, serial);
    return suite;
}

int main(void)
{
    return run_suite(serial_suite());
}
