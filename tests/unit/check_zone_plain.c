/*
 * A line is read alike whether it is plain or not: each one here is read as it
 * stands, and with an empty pair of parentheses behind it, which makes words
 * of it; places, records and faults are the same.
 */
#include <string.h>

#include "zone_text.h"

#define LABEL_50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ZEROS_62                                                               \
    "00000000000000000000000000000000000000000000000000000000000000"
#define NAME_203 LABEL_50 "." LABEL_50 "." LABEL_50 "." LABEL_50

static const char longest_label[] = LABEL_50 "aaaaaaaaaaaaa 60 TXT \"\"";
static const char too_long_label[] = LABEL_50 "aaaaaaaaaaaaaa 60 TXT \"\"";
static const char longest_name[] =
    NAME_203 ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 60 TXT \"\"";
static const char too_long_name[] =
    NAME_203 ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 60 TXT \"\"";
static const char many_digits[] = "a " ZEROS_62 "60 TXT \"\"";
static const char longest_string[] =
    "a 60 TXT \"" LABEL_50 LABEL_50 LABEL_50 LABEL_50 LABEL_50 "12345\"";
static const char too_long_string[] =
    "a 60 TXT \"" LABEL_50 LABEL_50 LABEL_50 LABEL_50 LABEL_50 "123456\"";

static const char *const lines[] = {
    /* owners */
    "a 60 A 10.0.0.1",
    "A.B-c 60 A 10.0.0.1",
    "example.com. 60 A 10.0.0.1",
    "*.a 60 A 10.0.0.1",
    "_sip._tcp 60 TXT \"x\"",
    "@ 60 A 10.0.0.1",
    ". 60 A 10.0.0.1",
    ".a 60 A 10.0.0.1",
    "a..b 60 A 10.0.0.1",
    "a\\.b 60 A 10.0.0.1",
    "a_b 60 A 10.0.0.1",
    "a.example.net. 60 A 10.0.0.1",
    longest_label,
    too_long_label,
    longest_name,
    too_long_name,
    " 60 A 10.0.0.1",
    "\t \t60 A 10.0.0.1",
    /* TTL, class, type */
    "a A 10.0.0.1",
    "a IN A 10.0.0.1",
    "a in 60 a 10.0.0.1",
    "a 60 In A 10.0.0.1",
    "a 1h30m A 10.0.0.1",
    "a 2147483647 A 10.0.0.1",
    "a 2147483648 A 10.0.0.1",
    "a 4294967296 A 10.0.0.1",
    many_digits,
    "a 60 60 A 10.0.0.1",
    "a IN IN A 10.0.0.1",
    "a IN 60 IN A 10.0.0.1",
    "a CH A 10.0.0.1",
    "a CLASS1 A 10.0.0.1",
    "a 60 TYPE1 \\# 4 0a000001",
    "a 60 WINS 10.0.0.1",
    "a [AGE:1] 60 A 10.0.0.1",
    "a 60 X 10.0.0.1",
    /* addresses */
    "a 60 A 255.255.255.255",
    "a 60 A 256.0.0.1",
    "a 60 A 10.0.0.01",
    "a 60 A 10.0.0",
    "a 60 A 10.0.0.1.",
    "a 60 A 1000.0.0.1",
    "a 60 A 10.0.0.1 10.0.0.2",
    "a 60 AAAA 2001:DB8::1",
    "a 60 AAAA ::ffff:10.0.0.1",
    "a 60 AAAA ::1::",
    "a 60 AAAA fe80::1%eth0",
    "a 60 AAAA 1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb",
    /* names and numbers in data */
    "a 60 NS b",
    "a 60 NS B.example.com.",
    "a 60 CNAME .",
    "a 60 CNAME @",
    "a 60 CNAME b.",
    "a 60 CNAME b..",
    "a 60 PTR \"b\"",
    "a 60 MX 10 b",
    "a 60 MX 65535 b",
    "a 60 MX 65536 b",
    "a 60 MX 4294967306 b",
    "a 60 MX 0010 b",
    "a 60 MX 1x b",
    "a 60 MX b",
    "a 60 MX 10 b_c",
    "_sip._tcp 60 SRV 0 0 5061 sip",
    "_sip._tcp 60 SRV 0 0 5061 .",
    "_sip._tcp 60 SRV 0 0 5061 sip x",
    "_sip._tcp 60 SRV 0 0 99999 sip",
    /* strings */
    "a 60 TXT \"b c\"",
    "a 60 TXT \"b\" \"c\"",
    "a 60 TXT \"b\"\"c\"",
    "a 60 TXT \"b;c\"",
    "a 60 TXT \"b\\\"c\"",
    "a 60 TXT \"b\\065c\"",
    "a 60 TXT \"b\" c",
    "a 60 TXT b",
    longest_string,
    too_long_string,
    "a 60 TXT \"\\# 1 00\"",
    /* the rest */
    "a 60 A 10.0.0.1 ; b",
    "a 60 A 10.0.0.1 \t ",
    "a 60 A (10.0.0.1)",
    "example.com. 60 SOA a b 1 2 3 4 5",
    "b 60 SOA a b 1 2 3 4 5",
    "$ORIGIN a",
    "$ORIGIN a\n 60 A 10.0.0.1",
    "$ORIGIN a\nb 60 A 10.0.0.1\n 60 A 10.0.0.2",
    "",
    "   ",
    "; a",
};

struct reading {
    const char *records, *said;
};

/* The line between two others, with what stands behind it in front of its
 * comment. */
static struct reading read_with(const char *line, const char *behind,
                                const char *line_end)
{
    const struct zone_file_options options = {.zone = EXAMPLE};
    const char *comment = strchr(line, ';');
    size_t length =
        comment && !strchr(line, '"') ? (size_t)(comment - line) : strlen(line);
    const char *text = arena_printf(
        &arena, "z 90 A 10.0.0.9%s%.*s%s%s%sz 60 A 10.0.0.8%s", line_end,
        (int)length, line, behind, line + length, line_end, line_end);

    diag_init(&diag, &arena);
    read_text(text, strlen(text), &options);
    return (struct reading){record_lines(), said_lines("zone")};
}

START_TEST(line_is_read_alike_whether_plain_or_not)
{
    static const char *const ends[] = {"\n", "\r\n"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct reading plain = read_with(lines[_i], "", ends[i]);
        struct reading other = read_with(lines[_i], " ()", ends[i]);

        ck_assert_msg(strcmp(plain.records, other.records) == 0,
                      "%s: %s, not %s", lines[_i], plain.records,
                      other.records);
        ck_assert_msg(strcmp(plain.said, other.said) == 0, "%s: %s, not %s",
                      lines[_i], plain.said, other.said);
    }
}
END_TEST

/* Where something is missing, it is missing at the line's end. */
START_TEST(plain_lines_leave_their_records_and_messages)
{
    struct reading reading = read_with(
        "a 60 MX 10 b_c\n\t1h TXT \"x\"\na 60 NS\na 60 TXT\na", "", "\n");

    ck_assert_str_eq(reading.records,
                     "a 3600 TXT \"x\"\nz 60 A 10.0.0.8\nz 60 A 10.0.0.9\n");
    ck_assert_str_eq(reading.said, "2:12 error host-name-not-allowed\n"
                                   "4:8 error zone-syntax\n"
                                   "5:9 error zone-syntax\n"
                                   "6:2 error zone-syntax\n"
                                   "7:1 warning rrset-ttl-differs\n");
}
END_TEST

START_TEST(plain_line_has_an_owner_of_its_own_behind_origin)
{
    struct reading reading = read_with(
        "$ORIGIN a\nb 60 A 10.0.0.1\n 60 A 10.0.0.2\n$ORIGIN example.com.", "",
        "\n");

    ck_assert_str_eq(reading.said, "6:1 warning rrset-ttl-differs\n");
}
END_TEST

static Suite *zone_plain_suite(void)
{
    Suite *suite = suite_create("zone_plain");
    TCase *texts = tcase_create("texts");

    tcase_add_checked_fixture(texts, set_up, tear_down);
    tcase_add_loop_test(texts, line_is_read_alike_whether_plain_or_not, 0,
                        ROWS(lines));
    tcase_add_test(texts, plain_lines_leave_their_records_and_messages);
    tcase_add_test(texts, plain_line_has_an_owner_of_its_own_behind_origin);
    suite_add_tcase(suite, texts);
    return suite;
}

int main(void)
{
    return run_suite(zone_plain_suite());
}
