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
#define SOA "@ IN SOA ns. mail. "
    {"as it is written", SOA "(\n  5          ; serial\n", true, 5},
    {"in one line", SOA "5 1h 1h 1w 1h\n", true, 5},
    {"parenthesis in a line of its own", SOA "\n(\n5\n1h", true, 5},
    {"lines that end as on Windows", SOA "(\r\n\t5 ; serial\r\n", true, 5},
    {"a number and a line end of Windows", SOA "(\r\n5\r\n", true, 5},
    {"without the word serial", SOA "(\n 5 ; number\n", true, 5},
    {"the largest", SOA "4294967295 1h", true, UINT32_MAX},
    {"zero", SOA "0 1h", true, 0},
    {"another number in the head", "; 3 ; serial\n" SOA "7 1h", true, 7},
    {"another number in front", "$TTL 3 ; serial\n" SOA "7 1h", true, 7},
    {"an SOA in the head", "; SOA a b 3\n" SOA "7 1h", true, 7},
    {"the first counts", SOA "7 1h\n" SOA "8 1h\n", true, 7},
    {"comments between", SOA "( ; 3 ; serial\n; 4\n7 1h", true, 7},
    {"names with the word in them", "$ORIGIN SOA.\n" SOA "7 1h", true, 7},
    {"too large", SOA "4294967296 1h", false, 0},
    {"much too large", SOA "99999999999999999999999 1h", false, 0},
    {"no number", SOA "x 1h", false, 0},
    {"half a number", SOA "5x 1h", false, 0},
    {"negative", SOA "-5 1h", false, 0},
    {"no SOA", "@ IN NS ns.\n 5 ; serial\n", false, 0},
    {"the mark alone", "; serial\n", false, 0},
    {"no serial", SOA "( ; serial\n)\n", false, 0},
    {"an SOA and nothing else", "SOA", false, 0},
    {"cut short", SOA "5", false, 0},
    {"cut short before", SOA, false, 0},
    {"nothing", "", false, 0},
};

START_TEST(serial_is_read_behind_the_soa)
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
    {"line ends", "@ IN A\r\n10.0.0.1\r\n", "@ IN A 10.0.0.1\n", true},
    {"line ends behind comments", "@ IN A ; why\r\n10.0.0.1 ; x\r\n",
     "@ IN A 10.0.0.1\n", true},
    {"tabs", "@\tIN\tA\t10.0.0.1\n", "@ IN A 10.0.0.1\n", true},
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
    tcase_add_loop_test(serial, serial_is_read_behind_the_soa, 0,
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
