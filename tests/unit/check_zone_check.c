/*
 * Zones that named refuses or warns of as a whole.
 */
#include "dns/zone_check.h"

#include "zone_lines.h"

/* The first two lines of most zones. */
#define APEX                                                                   \
    "@ SOA 1\n"                                                                \
    "@ NS ns.isp.example.\n"

static const struct {
    const char *label;
    const char *zone;
    const char *want;
} rows[] = {
    {"apex alone", APEX, ""},
    {"no records", "", "error 0 missing-soa\nerror 0 missing-ns\n"},
    {"no SOA", "@ NS ns.isp.example.\n", "error 0 missing-soa\n"},
    {"no NS", "@ SOA 1\n", "error 0 missing-ns\n"},
    {"NS elsewhere", "@ SOA 1\na NS ns.isp.example.\n", "error 0 missing-ns\n"},

    {"two SOA", APEX "@ SOA 2\n", "error 3 duplicate-soa 1\n"},
    {"older SOA behind", "@ SOA 2\n@ NS ns.isp.example.\n@ SOA 1\n",
     "error 3 duplicate-soa 1\n"},
    {"three SOA", APEX "@ SOA 3\n@ SOA 2\n",
     "error 3 duplicate-soa 1\nerror 4 duplicate-soa 1\n"},
    {"same SOA twice", APEX "@ SOA 1\n", ""},
    {"two CNAME", APEX "a CNAME c\na CNAME b\n",
     "error 4 duplicate-singleton 3\n"},
    {"same CNAME twice", APEX "a CNAME b\na CNAME B\n", ""},
    {"two DNAME", APEX "a DNAME b\na DNAME c\n",
     "error 4 duplicate-singleton 3\n"},
    {"two RESINFO", APEX "a TYPE261 0161\na TYPE261 0162\n",
     "error 4 duplicate-singleton 3\n"},
    {"two of any other", APEX "a TYPE262 0161\na TYPE262 0162\n", ""},

    {"CNAME and A", APEX "a A 10.0.0.1\na CNAME b\n",
     "error 4 cname-and-other-data 3\n"},
    {"CNAME and TXT", APEX "a CNAME b\na TXT 0161\n",
     "error 3 cname-and-other-data 4\n"},
    {"CNAME and several others", APEX "a CNAME b\na TXT 0161\na A 10.0.0.1\n",
     "error 3 cname-and-other-data 5\n"},
    {"CNAME and DNAME", APEX "a CNAME b\na DNAME c\n",
     "error 3 cname-and-other-data 4\n"},
    {"CNAME and NS", APEX "a CNAME b\na NS ns.isp.example.\n",
     "error 3 cname-and-other-data 4\n"},
    {"CNAME and DNSKEY", APEX "a CNAME b\na TYPE48 01000308\n",
     "error 3 cname-and-other-data 4\n"},
    {"CNAME and NXT", APEX "a CNAME b\na TYPE30 00\n",
     "error 3 cname-and-other-data 4\n"},
    {"CNAME and unknown", APEX "a CNAME b\na TYPE65400 00\n",
     "error 3 cname-and-other-data 4\n"},
    {"CNAME of the apex", APEX "@ CNAME b.isp.example.\n",
     "error 3 cname-and-other-data 1\n"},
    {"CNAME below a zone cut",
     APEX "s NS ns.isp.example.\na.s CNAME b\na.s A 10.0.0.1\n",
     "error 4 cname-and-other-data 5\n"},
    {"CNAME of a wildcard", APEX "* CNAME b\n* A 10.0.0.1\n",
     "error 3 cname-and-other-data 4\n"},
    {"CNAME and SIG", APEX "a CNAME b\na TYPE24/5 00\n", ""},
    {"CNAME and KEY", APEX "a CNAME b\na TYPE25 00\n", ""},
    {"CNAME and RRSIG", APEX "a CNAME b\na TYPE46/5 00\n", ""},
    {"CNAME and NSEC", APEX "a CNAME b\na TYPE47 00\n", ""},
    {"CNAME and NSEC3", APEX "aaa0 CNAME b\naaa0 TYPE50 00\n", ""},
    {"names below a CNAME", APEX "a CNAME b\nb.a A 10.0.0.1\n", ""},
    {"names below a DNAME", APEX "a DNAME b\nb.a A 10.0.0.1\n", ""},
    {"DNAME and A", APEX "a DNAME b\na A 10.0.0.1\n", ""},
    {"DNAME and NS", APEX "a DNAME b\na NS ns.isp.example.\n", ""},
    {"two CNAME and A", APEX "a CNAME b\na CNAME c\na A 10.0.0.1\n",
     "error 3 cname-and-other-data 5\nerror 4 duplicate-singleton 3\n"},

    {"NS of a wildcard", APEX "* NS ns.isp.example.\n",
     "error 3 ns-owner-is-wildcard\n"},
    {"NS of a wildcard further down", APEX "*.a NS ns.isp.example.\n",
     "error 3 ns-owner-is-wildcard\n"},
    {"NS of an asterisk and more", APEX "*a NS ns.isp.example.\n", ""},
    {"NS below an asterisk", APEX "a.* NS ns.isp.example.\n", ""},

    {"hash that is known", APEX "@ TYPE51 0100000000\n", ""},
    {"hash that is not", APEX "@ TYPE51 0200000000\n",
     "error 3 nsec3-hash-not-supported\n"},
    {"one hash that is known",
     APEX "@ TYPE51 0200000000\n@ TYPE51 0100000000\n", ""},
    {"hash that is not, below", APEX "a TYPE51 0200000000\n", ""},

    {"CDS without DNSKEY", APEX "@ TYPE59 0001080200\n",
     "error 3 cds-without-dnskey\n"},
    {"CDS with DNSKEY", APEX "@ TYPE59 0001080200\n@ TYPE48 01000308aa\n", ""},
    {"CDS with another DNSKEY",
     APEX "@ TYPE59 0001080200\n@ TYPE48 0100030daa\n",
     "error 3 cds-without-dnskey\n"},
    {"CDS with the DNSKEY of another",
     APEX "@ TYPE59 0001080200\na TYPE48 01000308aa\n",
     "error 3 cds-without-dnskey\n"},
    {"CDS below", APEX "a TYPE59 0001080200\n", ""},
    {"CDS that deletes", APEX "@ TYPE59 0000000000\n", ""},
    {"CDS that deletes and another",
     APEX "@ TYPE59 0001080200\n@ TYPE48 01000308aa\n@ TYPE59 0000000000\n",
     "error 5 cds-deletion-not-alone 3\n"},
    {"CDNSKEY without DNSKEY", APEX "@ TYPE60 01010308aa\n",
     "error 3 cds-without-dnskey\n"},
    {"CDNSKEY with DNSKEY", APEX "@ TYPE60 01010308aa\n@ TYPE48 01000308aa\n",
     ""},
    {"CDNSKEY that deletes", APEX "@ TYPE60 0000030000\n", ""},
    {"CDNSKEY that deletes and another",
     APEX "@ TYPE60 01010308aa\n@ TYPE48 01000308aa\n@ TYPE60 0000030000\n",
     "error 5 cds-deletion-not-alone 3\n"},

    {"all errors at once",
     "a CNAME b\na CNAME c\n* NS x.isp.example.\n@ NS ns\n_a SRV b\n",
     "error 0 missing-soa\nerror 2 duplicate-singleton 1\n"
     "error 3 ns-owner-is-wildcard\nerror 4 ns-has-no-address\n"
     "warning 5 srv-target-has-no-address\n"},
    {"target in the zone is looked up", APEX "_a SRV b\n",
     "warning 3 srv-target-has-no-address\n"},
    {"name server in the zone is looked up", "@ SOA 1\n@ NS ns\n",
     "error 2 ns-has-no-address\n"},
};

/* -1 is for errors alone. */
static void assert_messages(const struct recordset *set, const char *label,
                            const char *want)
{
    struct diag diag;
    int result;

    diag_init(&diag, &arena);
    result = zone_check(&diag, set, "zone");
    ck_assert_msg(strcmp(message_lines(&diag), want) == 0, "%s:\n%s", label,
                  message_lines(&diag));
    ck_assert_msg(result == (diag.errors > 0 ? -1 : 0), "%s", label);
}

START_TEST(zone_is_well_or_not)
{
    struct recordset set;

    set_begin(&set);
    set_add_lines(&set, rows[_i].zone);
    recordset_seal(&set);
    assert_messages(&set, rows[_i].label, rows[_i].want);
}
END_TEST

/* count records of one type, in lines from 3 on. */
static void add_records(struct recordset *set, uint16_t type, uint32_t count,
                        size_t length)
{
    uint8_t *octets = arena_alloc(&arena, length);

    for (uint32_t i = 0; i < count; i++) {
        octets[0] = (uint8_t)(count - i);
        set_add(set, "a", type, 0, data_of_bytes(octets, length), i + 3);
    }
}

/* named's limits, all of them defaults of 9.18. */
static const struct {
    const char *label;
    uint16_t type;
    uint32_t count;
    size_t length;
    const char *want;
} size_rows[] = {
    {"100 records", RECORD_A, 100, 4, ""},
    {"101 records", RECORD_A, 101, 4, "error 103 too-many-records\n"},
    {"room for one", 65400, 1, 65510, ""},
    {"no room for one", 65400, 1, 65511, "error 3 rrset-too-large\n"},
    {"room for four", 65400, 4, 16376, ""},
    {"no room for four", 65400, 4, 16377, "error 6 rrset-too-large\n"},
    {"room for an RRSIG", 46, 1, 65509, ""},
    {"no room for an RRSIG", 46, 1, 65510, "error 3 rrset-too-large\n"},
    {"too many, too large", 65400, 101, 647,
     "error 103 too-many-records\nerror 103 rrset-too-large\n"},
};

START_TEST(records_of_an_owner_have_limits)
{
    struct recordset set;

    set_begin(&set);
    set_add_lines(&set, APEX);
    add_records(&set, size_rows[_i].type, size_rows[_i].count,
                size_rows[_i].length);
    recordset_seal(&set);
    assert_messages(&set, size_rows[_i].label, size_rows[_i].want);
}
END_TEST

/* 100 types, each in the line of its number, and further lines. */
static const struct {
    const char *label;
    const char *owner;
    uint16_t type, covers;
    const char *want;
} type_rows[] = {
    {"100 types", "b", 1101, 0, ""},
    {"101 types", "a", 1101, 0, "error 1101 too-many-types\n"},
    {"what a signature covers counts", "a", 46, 1,
     "error 1100 too-many-types\n"},
    {"a hash does not count", "a", 50, 0, ""},
    {"a hash's signature does not count", "a", 46, 50, ""},
};

START_TEST(types_of_an_owner_have_a_limit)
{
    struct recordset set;

    set_begin(&set);
    set_add_lines(&set, APEX);
    for (uint16_t type = 1001; type <= 1100; type++)
        set_add(&set, "a", type, 0, data_of_bytes("x", 1), type);
    set_add(&set, type_rows[_i].owner, type_rows[_i].type, type_rows[_i].covers,
            data_of_bytes("x", 1), 1101);
    recordset_seal(&set);
    assert_messages(&set, type_rows[_i].label, type_rows[_i].want);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
    Suite *suite = suite_create("zone_check");
    TCase *tests = tcase_create("zone_check");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, zone_is_well_or_not, 0, ROWS(rows));
    tcase_add_loop_test(tests, records_of_an_owner_have_limits, 0,
                        ROWS(size_rows));
    tcase_add_loop_test(tests, types_of_an_owner_have_a_limit, 0,
                        ROWS(type_rows));
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
