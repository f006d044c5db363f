#include "write/zone_records.h"

#include "dns/recordset.h"
#include "plan_lines.h"

#define TTL         "$TTL 1h\n"
#define SOA(serial) "@ SOA ns mail " serial " 1h 1h 1w 5m\n"
#define REST        "@ NS ns\nns A 10.0.0.1\nsip A 10.0.0.2\n"

static void read_zone(struct recordset *set, const char *text)
{
    const struct plan_zone zone = {.apex = name_of("example.com")};

    zone_records_read(set, &arena, &diag, &zone, "z", text, strlen(text));
}

static uint32_t hash_of(const char *text)
{
    struct recordset set;

    read_zone(&set, text);
    return zone_records_hash(&set);
}

/* The number itself: it must not change with the machine or the version. */
START_TEST(hash_of_a_zone_is_always_the_same)
{
    ck_assert_uint_eq(hash_of(TTL SOA("1") REST), 4090682694u);
}
END_TEST

static const struct {
    const char *label;
    const char *text;
    bool same;
} hashes[] = {
    {"serial", TTL SOA("4294967295") REST, true},
    {"order", TTL "sip A 10.0.0.2\nns A 10.0.0.1\n" SOA("1") "@ NS ns\n", true},
    {"layout", TTL SOA("1") REST "SIP 3600 IN A 10.0.0.2 ; again\n", true},
    {"TTL", "$TTL 2h\n" SOA("1") REST, false},
    {"address", TTL SOA("1") "@ NS ns\nns A 10.0.0.1\nsip A 10.0.0.3\n", false},
    {"owner", TTL SOA("1") "@ NS ns\nns A 10.0.0.1\nsup A 10.0.0.2\n", false},
    {"type",
     TTL SOA("1") "@ NS ns\nns A 10.0.0.1\nsip TYPE65280 \\# 4 0a000002\n",
     false},
    {"one more", TTL SOA("1") REST "x A 10.0.0.2\n", false},
    {"timer", TTL "@ SOA ns mail 1 2h 1h 1w 5m\n" REST, false},
    {"contact", TTL "@ SOA ns post 1 1h 1h 1w 5m\n" REST, false},
};

START_TEST(hash_is_that_of_the_records)
{
    ck_assert_msg((hash_of(hashes[_i].text) == hash_of(TTL SOA("1") REST)) ==
                      hashes[_i].same,
                  "%s", hashes[_i].label);
}
END_TEST

static const struct {
    const char *label;
    const char *text;
    bool found;
    uint32_t serial;
} serials[] = {
    {"plain", TTL SOA("5") REST, true, 5},
    {"largest", TTL SOA("4294967295") REST, true, UINT32_MAX},
    {"zero", TTL SOA("0") REST, true, 0},
    {"behind others", TTL REST SOA("5"), true, 5},
    {"in lines", TTL "@ SOA ns mail ( ; 3 ; serial\r\n5 1h 1h\r\n1w 5m )\r\n",
     true, 5},
    {"no TTL", SOA("5"), true, 5},
    {"errors behind it", TTL SOA("5") "x A nonsense\n", true, 5},
    {"none", TTL REST, false, 0},
    {"too large", TTL SOA("4294967296") REST, false, 0},
    {"no number", TTL SOA("x") REST, false, 0},
    {"cut short", TTL "@ SOA ns mail 5", false, 0},
    {"two that differ", TTL SOA("5") SOA("6"), false, 0},
    {"of another zone", TTL "example.net. SOA ns mail 5 1h 1h 1w 5m\n", false,
     0},
    {"nothing", "", false, 0},
};

START_TEST(serial_is_that_of_the_soa)
{
    struct recordset set;
    uint32_t serial = 0;

    read_zone(&set, serials[_i].text);
    ck_assert_msg(zone_records_serial(&set, &serial) == serials[_i].found, "%s",
                  serials[_i].label);
    ck_assert_msg(serial == serials[_i].serial, "%s: %u", serials[_i].label,
                  serial);
}
END_TEST

static Suite *zone_records_suite(void)
{
    Suite *suite = suite_create("zone_records");
    TCase *records = tcase_create("records");

    tcase_add_checked_fixture(records, setup, teardown);
    tcase_add_test(records, hash_of_a_zone_is_always_the_same);
    tcase_add_loop_test(records, hash_is_that_of_the_records, 0,
                        COUNT_OF(hashes));
    tcase_add_loop_test(records, serial_is_that_of_the_soa, 0,
                        COUNT_OF(serials));
    suite_add_tcase(suite, records);
    return suite;
}

int main(void)
{
    return run_suite(zone_records_suite());
}
