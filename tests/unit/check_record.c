#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/record.h"

static struct arena arena;
static const struct name absent = {NULL, 0};

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
    struct name name = absent;

    ck_assert_int_eq(
        name_from_text(&arena, text, strlen(text), absent, &name, NULL),
        NAME_OK);
    return name;
}

/* A literal's octets; the NUL behind them is not data. */
#define DATA(literal)                                                          \
    ((struct record_data){(const uint8_t *)(literal), sizeof(literal) - 1})

static const char *written(uint16_t type, struct record_data data,
                           struct name origin)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    record_data_write(&buf, type, data, origin);
    return buf.text;
}

static void assert_octets(struct record_data data, struct record_data want)
{
    ck_assert_uint_eq(data.length, want.length);
    ck_assert_mem_eq(data.octets, want.octets, want.length);
}

/* In the order of the records' types. */
static const struct {
    const char *mnemonic;
    uint16_t number;
} type_rows[] = {
    {"SOA", RECORD_SOA},     {"NS", RECORD_NS},     {"A", RECORD_A},
    {"CNAME", RECORD_CNAME}, {"PTR", RECORD_PTR},   {"MX", RECORD_MX},
    {"TXT", RECORD_TXT},     {"AAAA", RECORD_AAAA}, {"SRV", RECORD_SRV},
};

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

START_TEST(a_type_is_found_by_number_and_mnemonic)
{
    const char *mnemonic = type_rows[_i].mnemonic;
    const struct record_type *type =
        record_type_by_number(type_rows[_i].number);
    struct strbuf buf;

    ck_assert_msg(type != NULL, "%s", mnemonic);
    ck_assert_str_eq(type->mnemonic, mnemonic);
    ck_assert_uint_eq(type->number, type_rows[_i].number);
    ck_assert_ptr_eq(record_type_by_mnemonic(mnemonic, strlen(mnemonic)), type);
    strbuf_init(&buf, &arena);
    record_type_write(&buf, type->number);
    ck_assert_str_eq(buf.text, mnemonic);
}
END_TEST

START_TEST(each_field_has_a_noun)
{
    const struct record_type *type =
        record_type_by_number(type_rows[_i].number);

    ck_assert_int_ne(type->fields[0], FIELD_NONE);
    for (size_t i = 0; i < RECORD_MAX_FIELDS; i++)
        ck_assert_msg((type->fields[i] == FIELD_NONE) ==
                          (type->nouns[i] == NULL),
                      "%s, field %zu", type->mnemonic, i);
}
END_TEST

START_TEST(a_mnemonic_has_any_case_and_an_end)
{
    ck_assert_uint_eq(record_type_by_mnemonic("srv 0", 3)->number, RECORD_SRV);
    ck_assert_uint_eq(record_type_by_mnemonic("AAAA", 1)->number, RECORD_A);
    ck_assert_ptr_null(record_type_by_mnemonic("AAAA", 2));
    ck_assert_ptr_null(record_type_by_mnemonic("SRVX", 4));
    ck_assert_ptr_null(record_type_by_mnemonic("", 0));
}
END_TEST

START_TEST(an_unknown_type_is_written_by_its_number)
{
    struct strbuf buf;

    ck_assert_ptr_null(record_type_by_number(65280));
    strbuf_init(&buf, &arena);
    record_type_write(&buf, 65280);
    ck_assert_str_eq(buf.text, "TYPE65280");
}
END_TEST

START_TEST(types_sort_with_the_apex_first)
{
    for (int i = 0; i < ROWS(type_rows); i++)
        for (int j = 0; j < ROWS(type_rows); j++) {
            int order =
                record_type_compare(type_rows[i].number, type_rows[j].number);
            ck_assert_msg((order > 0) - (order < 0) == (i > j) - (i < j),
                          "%s, %s", type_rows[i].mnemonic,
                          type_rows[j].mnemonic);
        }
    ck_assert_int_gt(record_type_compare(65535, RECORD_SRV), 0);
    ck_assert_int_lt(record_type_compare(RECORD_SOA, 0), 0);
}
END_TEST

/* Octets by hand from RFC 1035, 3596 and 2782. */
static const struct {
    uint16_t type;
    struct record_data data;
    const char *text;
    const char *relative; /* to example.com */
} data_rows[] = {
    {RECORD_A,
     {(const uint8_t *)"\x0a\x00\xff\x01", 4},
     "10.0.255.1",
     "10.0.255.1"},
    {RECORD_AAAA,
     {(const uint8_t *)"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16},
     "2001:db8::1",
     "2001:db8::1"},
    {RECORD_NS,
     {(const uint8_t *)"\3ns1\7example\3com", 17},
     "ns1.example.com.",
     "ns1"},
    {RECORD_CNAME,
     {(const uint8_t *)"\7example\3com", 13},
     "example.com.",
     "@"},
    {RECORD_PTR,
     {(const uint8_t *)"\1a\7example\3org", 15},
     "a.example.org.",
     "a.example.org."},
    {RECORD_MX,
     {(const uint8_t *)"\1\2\4mail\7example\3com", 20},
     "258 mail.example.com.",
     "258 mail"},
    {RECORD_SRV,
     {(const uint8_t *)"\0\1\xff\xff\x13\xc5\3sip\7example\3com", 23},
     "1 65535 5061 sip.example.com.",
     "1 65535 5061 sip"},
    {RECORD_SRV, {(const uint8_t *)"\0\0\0\0\0\0", 7}, "0 0 0 .", "0 0 0 ."},
    {RECORD_SOA,
     {(const uint8_t *)"\2ns\7example\3com\0\12first.last\3org\0\xff\xff\xff"
                       "\xff\0\0\x0e\x10\0\0\2\x58\0\x09\x3a\x80\0\0\1\x2c",
      16 + 16 + 20},
     "ns.example.com. first\\.last.org. 4294967295 3600 600 604800 300",
     "ns first\\.last.org. 4294967295 3600 600 604800 300"},
    {RECORD_TXT, {(const uint8_t *)"\2hi", 3}, "\"hi\"", "\"hi\""},
    {RECORD_TXT, {(const uint8_t *)"\0\1a", 3}, "\"\" \"a\"", "\"\" \"a\""},
    {RECORD_TXT,
     {(const uint8_t *)"\11a \"\\;\t\x7f\xc3\xa4", 10},
     "\"a \\\"\\\\;\\009\\127\\195\\164\"",
     "\"a \\\"\\\\;\\009\\127\\195\\164\""},
    {65280, {(const uint8_t *)"\x0a\xff\0", 3}, "\\# 3 0aff00", "\\# 3 0aff00"},
    {65280, {NULL, 0}, "\\# 0", "\\# 0"},
};

START_TEST(data_is_written_as_master_files_have_it)
{
    uint16_t type = data_rows[_i].type;

    ck_assert_str_eq(written(type, data_rows[_i].data, absent),
                     data_rows[_i].text);
    ck_assert_str_eq(written(type, data_rows[_i].data, name_of("example.com")),
                     data_rows[_i].relative);
}
END_TEST

/* None may be read past its end: that is why the test copies them to where
 * a sanitizer sees it. */
static const struct {
    const char *label;
    uint16_t type;
    struct record_data data;
    const char *text;
} damaged_rows[] = {
    {"short A", RECORD_A, {(const uint8_t *)"\x0a\0\0", 3}, "\\# 3 0a0000"},
    {"long A",
     RECORD_A,
     {(const uint8_t *)"\1\2\3\4\5", 5},
     "\\# 5 0102030405"},
    {"name without root", RECORD_NS, {(const uint8_t *)"\1a", 2}, "\\# 2 0161"},
    {"label past the end",
     RECORD_NS,
     {(const uint8_t *)"\5a", 2},
     "\\# 2 0561"},
    {"compressed name",
     RECORD_NS,
     {(const uint8_t *)"\xc0\x0c", 2},
     "\\# 2 c00c"},
    {"name and more",
     RECORD_NS,
     {(const uint8_t *)"\1a\0\0", 4},
     "\\# 4 01610000"},
    {"SRV without target",
     RECORD_SRV,
     {(const uint8_t *)"\0\1\0\2\0\3", 6},
     "\\# 6 000100020003"},
    {"string past the end",
     RECORD_TXT,
     {(const uint8_t *)"\3ab", 3},
     "\\# 3 036162"},
    {"no string", RECORD_TXT, {(const uint8_t *)"", 0}, "\\# 0"},
};

START_TEST(damaged_data_is_written_as_octets)
{
    size_t length = damaged_rows[_i].data.length;
    uint8_t *octets = malloc(length > 0 ? length : 1);

    ck_assert_ptr_nonnull(octets);
    memcpy(octets, damaged_rows[_i].data.octets, length);
    struct record record = {.type = damaged_rows[_i].type,
                            .data = {octets, damaged_rows[_i].data.length}};
    const char *text = written(record.type, record.data, absent);
    ck_assert_msg(strcmp(text, damaged_rows[_i].text) == 0, "%s: %s",
                  damaged_rows[_i].label, text);
    record_target(&record);
    record_srv_port(&record);
    free(octets);
}
END_TEST

static void assert_damaged(const uint8_t *octets, uint16_t length)
{
    struct record record = {.type = RECORD_NS, .data = {octets, length}};

    ck_assert(name_is_absent(record_target(&record)));
    ck_assert_int_eq(written(RECORD_NS, record.data, absent)[0], '\\');
}

START_TEST(a_name_has_at_most_255_octets)
{
    uint8_t octets[257] = {0};
    struct record record = {.type = RECORD_NS, .data = {octets, 255}};

    for (size_t at = 0; at < 254; at += 2)
        octets[at] = 1;
    ck_assert_uint_eq(record_target(&record).length, 255);
    octets[252] = 2;
    assert_damaged(octets, 256);
    octets[252] = 3;
    assert_damaged(octets, 257);
}
END_TEST

START_TEST(a_label_has_at_most_63_octets)
{
    uint8_t octets[66] = {63};
    struct record record = {.type = RECORD_NS, .data = {octets, 65}};

    ck_assert_uint_eq(record_target(&record).length, 65);
    octets[0] = 64;
    assert_damaged(octets, 66);
}
END_TEST

START_TEST(data_sort_by_octets_then_length)
{
    struct record_data empty = {NULL, 0};

    ck_assert_int_lt(record_data_compare(DATA("\1\2"), DATA("\1\xff")), 0);
    ck_assert_int_gt(record_data_compare(DATA("\2"), DATA("\1\xff")), 0);
    ck_assert_int_lt(record_data_compare(DATA("\1"), DATA("\1\0")), 0);
    ck_assert_int_eq(record_data_compare(DATA("\1\0"), DATA("\1\0")), 0);
    ck_assert_int_lt(record_data_compare(empty, DATA("\0")), 0);
    ck_assert_int_eq(record_data_compare(empty, empty), 0);
    ck_assert(record_data_equal(DATA("\1\2"), DATA("\1\2")));
    ck_assert(!record_data_equal(DATA("\1\2"), DATA("\1\3")));
    ck_assert(!record_data_equal(DATA("\1"), DATA("\1\0")));
    ck_assert(record_data_equal(empty, empty));
}
END_TEST

START_TEST(the_data_name_their_target)
{
    struct record record = {.type = data_rows[_i].type,
                            .data = data_rows[_i].data};
    struct name target = record_target(&record);
    size_t length = strlen(data_rows[_i].text);
    bool has_target =
        record.type != RECORD_SOA && data_rows[_i].text[length - 1] == '.';

    ck_assert_int_eq(!name_is_absent(target), has_target);
    if (has_target) {
        const uint8_t *end = record.data.octets + record.data.length;
        ck_assert_ptr_eq(target.octets + target.length, end);
    }
}
END_TEST

START_TEST(an_address_record_is_made)
{
    const uint8_t address[4] = {10, 1, 0, 255};

    assert_octets(record_make_address(&arena, address), DATA("\12\1\0\xff"));
}
END_TEST

START_TEST(a_record_of_a_name_is_made)
{
    assert_octets(record_make_name(&arena, name_of("Sip.a")),
                  DATA("\3sip\1a\0"));
}
END_TEST

START_TEST(a_srv_record_is_made)
{
    struct record record = {.type = RECORD_SRV};

    record.data = record_make_srv(&arena, 1, 0x203, 5061, name_of("sip.a"));
    assert_octets(record.data, DATA("\0\1\2\3\x13\xc5\3sip\1a\0"));
    ck_assert_uint_eq(record_srv_port(&record), 5061);
    ck_assert(name_equal(record_target(&record), name_of("sip.a")));
}
END_TEST

START_TEST(a_soa_record_is_made)
{
    struct soa soa = {.primary = name_of("ns.a"),
                      .contact = name_of("b.a"),
                      .serial = 0x80000001,
                      .refresh = 2,
                      .retry = 3,
                      .expire = 4,
                      .minimum = 0x05060708};

    assert_octets(record_make_soa(&arena, &soa),
                  DATA("\2ns\1a\0\1b\1a\0\x80\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4"
                       "\5\6\7\x8"));
}
END_TEST

static const struct {
    const char *text;
    uint32_t seconds;
} ttl_rows[] = {
    {"0", 0},
    {"3600", 3600},
    {"0060", 60},
    {"1h", 3600},
    {"1H", 3600},
    {"90s", 90},
    {"1h30m", 5400},
    {"1w2d3h4m5s", 788645},
    {"1W2D3H4M5S", 788645},
    {"0w0s", 0},
    {"36h", 129600},
    {"2147483647", RECORD_MAX_TTL},
    {"3550w5d3h14m7s", RECORD_MAX_TTL},
};

START_TEST(a_ttl_has_units)
{
    uint32_t seconds = 77;
    const char *text = ttl_rows[_i].text;

    ck_assert_msg(ttl_from_text(text, strlen(text), &seconds), "%s", text);
    ck_assert_msg(seconds == ttl_rows[_i].seconds, "%s: %u", text,
                  (unsigned)seconds);
}
END_TEST

static const char *const bad_ttls[] = {
    "",
    "h",
    "1h30",
    "1x",
    "1m1h",
    "1h1h",
    "1s1s",
    "1hm",
    "-1",
    "+1",
    " 1",
    "1 ",
    "1 h",
    "1h ",
    "2147483648",
    "4294967296",
    "3551w",
    "1w2147483647s",
    "3550w5d3h14m8s",
    "99999999999999999999999",
    "18446744073709551617",
    "1.5h",
};

START_TEST(a_bad_ttl_is_refused)
{
    uint32_t seconds = 77;
    const char *text = bad_ttls[_i];

    ck_assert_msg(!ttl_from_text(text, strlen(text), &seconds), "'%s'", text);
    ck_assert_uint_eq(seconds, 77);
}
END_TEST

/* As named has it: any order, any number, and a plain number behind units that
 * are nothing. */
static const struct {
    const char *text;
    bool is_well;
    uint32_t seconds;
} period_rows[] = {
    {"0", true, 0},
    {"4294967295", true, UINT32_MAX},
    {"5s1h", true, 3605},
    {"1h1h", true, 7200},
    {"0h30", true, 30},
    {"1W2d3H4m5S", true, 788645},
    {"000000000000000000000000000000000000000000000000000000000000300", true,
     300},
    {"0000000000000000000000000000000000000000000000000000000000000300", false,
     0},
    {"4294967296", false, 0},
    {"7102w", false, 0},
    {"18446744073709551617", false, 0},
    {"1h30", false, 0},
    {"", false, 0},
    {"h", false, 0},
    {"1x", false, 0},
    {"-1", false, 0},
    {"1 h", false, 0},
};

START_TEST(a_period_is_read_as_named_reads_it)
{
    const char *text = period_rows[_i].text;
    uint32_t seconds = 77;

    ck_assert_msg(seconds_from_text(text, strlen(text), &seconds) ==
                      period_rows[_i].is_well,
                  "'%s'", text);
    ck_assert_msg(seconds ==
                      (period_rows[_i].is_well ? period_rows[_i].seconds : 77),
                  "'%s': %u", text, (unsigned)seconds);
}
END_TEST

static const struct {
    uint16_t type;
    const char *octets;
    uint16_t length;
    const char *folded; /* NULL: refused */
} fold_rows[] = {
    {RECORD_A, "ABCD", 4, "ABCD"},
    {RECORD_A, "ABC", 3, NULL},
    {RECORD_A, "ABCDE", 5, NULL},
    {RECORD_NS, "\1A\0", 3, "\1a\0"},
    {RECORD_NS, "\1A\0B", 4, NULL},
    {RECORD_NS, "\1A", 2, NULL},
    {RECORD_NS, "\300A", 2, NULL},
    {RECORD_MX, "AB\1C\0", 5, "AB\1c\0"},
    {RECORD_SRV, "ABCDEF\1G\0", 9, "ABCDEF\1g\0"},
    {RECORD_TXT, "\1A", 2, "\1A"},
    {RECORD_TXT, "\2A", 2, NULL},
    {RECORD_TXT, "", 0, NULL},
};

START_TEST(data_in_wire_form_are_checked_and_folded)
{
    uint8_t octets[16];
    uint16_t length = fold_rows[_i].length;
    const char *folded = fold_rows[_i].folded;

    memcpy(octets, fold_rows[_i].octets, length);
    ck_assert_msg(record_data_fold(record_type_by_number(fold_rows[_i].type),
                                   octets, length) == (folded != NULL),
                  "row %d", _i);
    if (folded)
        ck_assert_mem_eq(octets, folded, length);
}
END_TEST

START_TEST(length_limits_a_ttl)
{
    uint32_t seconds;

    ck_assert(ttl_from_text("12h99", 3, &seconds));
    ck_assert_uint_eq(seconds, 43200);
    ck_assert(ttl_from_text("12h99", 2, &seconds));
    ck_assert_uint_eq(seconds, 12);
}
END_TEST

static const struct {
    uint32_t seconds;
    const char *text;
} ttl_texts[] = {
    {0, "0"},
    {1, "1"},
    {59, "59"},
    {60, "1m"},
    {90, "90"},
    {300, "5m"},
    {3600, "1h"},
    {3601, "3601"},
    {5400, "1h30m"},
    {86400, "1d"},
    {129600, "1d12h"},
    {604800, "1w"},
    {788640, "1w2d3h4m"},
    {RECORD_MAX_TTL, "2147483647"},
};

START_TEST(a_ttl_is_written_as_people_do)
{
    struct strbuf buf;
    uint32_t seconds;

    strbuf_init(&buf, &arena);
    ttl_write(&buf, ttl_texts[_i].seconds);
    ck_assert_str_eq(buf.text, ttl_texts[_i].text);
    ck_assert(ttl_from_text(buf.text, buf.length, &seconds));
    ck_assert_uint_eq(seconds, ttl_texts[_i].seconds);
}
END_TEST

START_TEST(an_address_is_a_dotted_quad)
{
    uint8_t address[4];

    ck_assert(address_4_from_text("10.1.0.255", address));
    ck_assert_mem_eq(address, "\12\1\0\xff", 4);
}
END_TEST

static const char *const bad_addresses[] = {
    "",          "10",         "10.1",       "10.1.0",    "10.1.0.256",
    "10.1.0.01", "10.1.0.1.1", "10.1.0.1 ",  " 10.1.0.1", "10.1.0.0x1",
    "10.1.0.",   "::1",        "10.1.0.1/8", "10.1.0.-1",
};

START_TEST(what_is_no_dotted_quad_is_refused)
{
    uint8_t address[4];

    ck_assert_msg(!address_4_from_text(bad_addresses[_i], address), "'%s'",
                  bad_addresses[_i]);
}
END_TEST

static Suite *record_suite(void)
{
    Suite *suite = suite_create("record");
    TCase *types = tcase_create("types");
    TCase *data = tcase_create("data");
    TCase *ttl = tcase_create("ttl");
    TCase *address = tcase_create("address");

    tcase_add_checked_fixture(types, set_up, tear_down);
    tcase_add_loop_test(types, a_type_is_found_by_number_and_mnemonic, 0,
                        ROWS(type_rows));
    tcase_add_loop_test(types, each_field_has_a_noun, 0, ROWS(type_rows));
    tcase_add_test(types, a_mnemonic_has_any_case_and_an_end);
    tcase_add_test(types, an_unknown_type_is_written_by_its_number);
    tcase_add_test(types, types_sort_with_the_apex_first);
    suite_add_tcase(suite, types);

    tcase_add_checked_fixture(data, set_up, tear_down);
    tcase_add_loop_test(data, data_is_written_as_master_files_have_it, 0,
                        ROWS(data_rows));
    tcase_add_loop_test(data, damaged_data_is_written_as_octets, 0,
                        ROWS(damaged_rows));
    tcase_add_test(data, a_name_has_at_most_255_octets);
    tcase_add_test(data, a_label_has_at_most_63_octets);
    tcase_add_test(data, data_sort_by_octets_then_length);
    tcase_add_loop_test(data, the_data_name_their_target, 0, ROWS(data_rows));
    tcase_add_test(data, an_address_record_is_made);
    tcase_add_test(data, a_record_of_a_name_is_made);
    tcase_add_test(data, a_srv_record_is_made);
    tcase_add_test(data, a_soa_record_is_made);
    suite_add_tcase(suite, data);

    tcase_add_checked_fixture(ttl, set_up, tear_down);
    tcase_add_loop_test(ttl, a_ttl_has_units, 0, ROWS(ttl_rows));
    tcase_add_loop_test(ttl, a_bad_ttl_is_refused, 0, ROWS(bad_ttls));
    tcase_add_loop_test(ttl, a_period_is_read_as_named_reads_it, 0,
                        ROWS(period_rows));
    tcase_add_loop_test(ttl, data_in_wire_form_are_checked_and_folded, 0,
                        ROWS(fold_rows));
    tcase_add_test(ttl, length_limits_a_ttl);
    tcase_add_loop_test(ttl, a_ttl_is_written_as_people_do, 0, ROWS(ttl_texts));
    suite_add_tcase(suite, ttl);

    tcase_add_test(address, an_address_is_a_dotted_quad);
    tcase_add_loop_test(address, what_is_no_dotted_quad_is_refused, 0,
                        ROWS(bad_addresses));
    suite_add_tcase(suite, address);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(record_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
