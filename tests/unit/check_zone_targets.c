/*
 * Targets of NS, MX and SRV records that lie in the zone itself.
 */
#include "dns/zone_targets.h"

#include "zone_lines.h"

#define SOA "@ SOA 1\n"

/* The first two lines of zones whose name servers do not matter. */
#define APEX SOA "@ NS ns.isp.example.\n"

static const struct {
    const char *label;
    const char *zone;
    const char *want;
} rows[] = {
    /* name servers of the zone */
    {"elsewhere", APEX, ""},
    {"A", SOA "@ NS ns\nns A 10.0.0.1\n", ""},
    {"AAAA", SOA "@ NS ns\nns AAAA ::1\n", ""},
    {"apex", SOA "@ NS @\n@ A 10.0.0.1\n", ""},
    {"none", SOA "@ NS ns\n", "error 2 ns-has-no-address\n"},
    {"TXT", SOA "@ NS ns\nns TXT 00\n", "error 2 ns-has-no-address\n"},
    {"empty", SOA "@ NS ns\na.ns A 10.0.0.1\n", "error 2 ns-has-no-address\n"},
    {"apex without", SOA "@ NS @\n", "error 2 ns-has-no-address\n"},
    {"one of two", SOA "@ NS ns1\n@ NS ns2\nns1 A 10.0.0.1\n",
     "error 3 ns-has-no-address\n"},
    {"both", SOA "@ NS ns2\n@ NS ns1\n",
     "error 2 ns-has-no-address\nerror 3 ns-has-no-address\n"},
    {"alias", SOA "@ NS ns\nb A 10.0.0.1\nns CNAME b\n",
     "error 2 ns-is-alias 4\n"},
    {"DNAME", SOA "@ NS ns.d\nns.d A 10.0.0.1\nd DNAME b\n",
     "error 2 ns-below-dname 4\n"},
    {"DNAME of the apex", SOA "@ NS ns\nns A 10.0.0.1\n@ DNAME b.example.\n",
     "error 2 ns-below-dname 4\n"},
    {"DNAME of the target", SOA "@ NS d\nd A 10.0.0.1\nd DNAME b\n", ""},
    {"DNAME and apex", SOA "@ NS @\n@ A 10.0.0.1\n@ DNAME b.example.\n", ""},
    {"wildcard A", SOA "@ NS ns\n* A 10.0.0.1\n", ""},
    {"wildcard AAAA", SOA "@ NS a.b.ns\n* AAAA ::1\n", ""},
    {"wildcard TXT", SOA "@ NS ns\n* TXT 00\n", "error 2 ns-has-no-address\n"},
    {"wildcard alias", SOA "@ NS ns\n* CNAME b.isp.example.\n",
     "error 2 ns-is-alias 3\n"},
    {"wildcard DNAME", SOA "@ NS ns\n* DNAME b.isp.example.\n",
     "error 2 ns-has-no-address\n"},
    {"empty wildcard", SOA "@ NS ns\na.* A 10.0.0.1\n",
     "error 2 ns-has-no-address\n"},
    {"wildcard of a name that is there",
     SOA "@ NS ns\n* A 10.0.0.1\nns TXT 0\n", "error 2 ns-has-no-address\n"},
    {"wildcard of an empty name", SOA "@ NS ns\n* A 10.0.0.1\na.ns TXT 00\n",
     "error 2 ns-has-no-address\n"},
    {"wildcard behind a name", SOA "@ NS a.ns\n* A 10.0.0.1\nns TXT 00\n",
     "error 2 ns-has-no-address\n"},
    {"wildcard behind an empty name",
     SOA "@ NS a.ns\n* A 10.0.0.1\nx.y.ns TXT 00\n",
     "error 2 ns-has-no-address\n"},
    {"nearest wildcard", SOA "@ NS a.b.ns\n* A 10.0.0.1\n*.ns TXT 00\n",
     "error 2 ns-has-no-address\n"},
    {"wildcard far above", SOA "@ NS a.b.c.d\n*.c.d A 10.0.0.1\n", ""},
    {"wildcard farther above", SOA "@ NS a.b.c.d.e.f\n*.e.f AAAA ::1\n", ""},
    {"wildcards behind a name",
     SOA "@ NS a.b.c.d\n* A 10.0.0.1\n*.d A 10.0.0.1\nx.c.d TXT 00\n",
     "error 2 ns-has-no-address\n"},
    {"delegated", SOA "@ NS ns.s\ns NS ns.isp.example.\n", ""},
    {"delegated itself", SOA "@ NS s\ns NS ns.isp.example.\n", ""},
    {"alias in a delegated zone",
     SOA "@ NS ns.s\ns NS ns.isp.example.\nns.s CNAME b\n", ""},

    /* name servers of zones further down */
    {"zone further down, elsewhere", APEX "s NS ns.isp.example.\n", ""},
    {"glue", APEX "s NS ns.s\nns.s A 10.0.0.1\n", ""},
    {"glue, AAAA", APEX "s NS ns.s\nns.s AAAA ::1\n", ""},
    {"no glue", APEX "s NS ns.s\n", "warning 3 missing-glue\n"},
    {"no glue, TXT", APEX "s NS ns.s\nns.s TXT 00\n",
     "warning 3 missing-glue\n"},
    {"no glue, alias", APEX "s NS ns.s\nns.s CNAME b\n",
     "warning 3 missing-glue\n"},
    {"no glue by a wildcard", APEX "s NS ns.s\n*.s A 10.0.0.1\n",
     "warning 3 missing-glue\n"},
    {"no glue by a wildcard above", APEX "s NS ns.s\n* A 10.0.0.1\n",
     "warning 3 missing-glue\n"},
    {"itself", APEX "s NS s\ns A 10.0.0.1\n", ""},
    {"itself, no glue", APEX "s NS s\n", "warning 3 missing-glue\n"},
    {"sister", APEX "s NS ns.t\nt NS ns.isp.example.\nns.t A 10.0.0.1\n", ""},
    {"sister, no glue", APEX "s NS ns.t\nt NS ns.isp.example.\n",
     "warning 3 missing-glue\n"},
    {"below a zone further down",
     APEX "s NS ns.s\nns.s NS ns.isp.example.\nns.s A 10.0.0.1\n", ""},
    {"in the zone", APEX "s NS ns\nns A 10.0.0.1\n", ""},
    {"in the zone, apex", APEX "s NS @\n@ AAAA ::1\n", ""},
    {"in the zone, none", APEX "s NS ns\n",
     "warning 3 delegation-has-no-address\n"},
    {"in the zone, empty", APEX "s NS ns\na.ns A 10.0.0.1\n",
     "warning 3 delegation-has-no-address\n"},
    {"in the zone, alias", APEX "s NS ns\nns CNAME b.isp.example.\n",
     "warning 3 delegation-is-alias 4\n"},
    {"in the zone, wildcard", APEX "s NS ns\n* A 10.0.0.1\n", ""},
    {"in the zone, DNAME",
     APEX "s NS ns.d\nd DNAME b.isp.example.\nns.d A 10.0.0.1\n",
     "warning 3 delegation-below-dname 4\n"},
    {"DNAME above a zone further down",
     APEX "s NS ns.x.d\nd DNAME b.isp.example.\nx.d NS ns.isp.example.\n",
     "warning 3 delegation-below-dname 4\n"},
    {"DNAME below a zone further down",
     APEX "s NS ns.x.d\nd NS ns.isp.example.\nx.d DNAME b.isp.example.\n",
     "warning 3 missing-glue\n"},
    {"DNAME and NS", APEX "s NS ns.s\ns DNAME b.isp.example.\n",
     "warning 3 missing-glue\n"},
    {"below a zone cut nothing is seen",
     APEX "s NS ns.isp.example.\nt.s NS x\n", ""},
    {"below a DNAME nothing is seen", APEX "d DNAME a.isp.example.\nt.d NS x\n",
     ""},
    {"name that ends alike", APEX "s NS ns.isp.example.\nxs NS x\n",
     "warning 4 delegation-has-no-address\n"},
    {"behind a zone cut", APEX "s NS a.isp.example.\nt.s NS x\nu NS x\n",
     "warning 5 delegation-has-no-address\n"},

    /* mail servers */
    {"MX elsewhere", APEX "@ MX a.isp.example.\n", ""},
    {"MX", APEX "@ MX a\na A 10.0.0.1\n", ""},
    {"MX without address", APEX "a MX b\n",
     "warning 3 mx-target-has-no-address\n"},
    {"MX to an alias", APEX "@ MX a\na CNAME b.isp.example.\n",
     "warning 3 mx-target-is-alias 4\n"},
    {"MX to a wildcard alias", APEX "@ MX a\n* CNAME b.isp.example.\n",
     "warning 3 mx-target-is-alias 4\n"},
    {"MX below a DNAME", APEX "@ MX a.d\nd DNAME b.isp.example.\n",
     "warning 3 mx-target-below-dname 4\n"},
    {"MX below a zone cut", APEX "@ MX a.s\ns NS b.isp.example.\n", ""},
    {"MX to nowhere", APEX "@ MX .\n", ""},
    {"MX of a zone cut", APEX "s MX a\ns NS b.isp.example.\n", ""},
    {"MX of a name below a zone cut", APEX "x.s MX a\ns NS b.isp.example.\n",
     ""},
    {"MX of a DNAME", APEX "d MX a\nd DNAME b.isp.example.\n",
     "warning 3 mx-target-has-no-address\n"},
    {"MX of a name below a DNAME", APEX "x.d MX a\nd DNAME b.isp.example.\n",
     ""},

    /* services */
    {"SRV elsewhere", APEX "_sip._tls SRV a.isp.example.\n", ""},
    {"SRV", APEX "_sip._tls SRV a\na AAAA ::1\n", ""},
    {"SRV without address", APEX "_sip._tls SRV a\n",
     "warning 3 srv-target-has-no-address\n"},
    {"one SRV of two", APEX "_sip._tls SRV a\n_sip._tls SRV b\na A 10.0.0.1\n",
     "warning 4 srv-target-has-no-address\n"},
    {"SRV to an alias", APEX "_sip._tls SRV a\na CNAME b.isp.example.\n",
     "warning 3 srv-target-is-alias 4\n"},
    {"SRV below a DNAME", APEX "_sip._tls SRV a.d\nd DNAME b.isp.example.\n",
     "warning 3 srv-target-below-dname 4\n"},
    {"SRV to a zone cut", APEX "_sip._tls SRV s\ns NS b.isp.example.\n", ""},
    {"SRV to nowhere", APEX "_sip._tls SRV .\n", ""},
    {"SRV below the DNAME of the apex", APEX "_a SRV a\n@ DNAME b.example.\n",
     ""},
};

START_TEST(target_in_the_zone_is_looked_up)
{
    struct recordset set;
    struct diag diag;
    int result;

    diag_init(&diag, &arena);
    set_begin(&set);
    set_add_lines(&set, rows[_i].zone);
    recordset_seal(&set);
    result = zone_targets_check(&diag, &set);
    ck_assert_msg(strcmp(message_lines(&diag), rows[_i].want) == 0, "%s:\n%s",
                  rows[_i].label, message_lines(&diag));
    ck_assert_msg(result == (diag.errors > 0 ? -1 : 0), "%s", rows[_i].label);
}
END_TEST

/* The longest name, and its wildcard is as long. */
START_TEST(longest_target_has_a_wildcard)
{
    static const char label[] =
        "a2345678901234567890123456789012345678901234567"
        "8901234567890123";
    struct recordset set;
    struct diag diag;
    char above[256], name[260];

    snprintf(above, sizeof above, "%s.%s.%s.%.47s", label, label, label, label);
    snprintf(name, sizeof name, "b.%s", above);
    ck_assert_uint_eq(name_of(name).length, NAME_MAX_OCTETS);
    diag_init(&diag, &arena);
    set_begin(&set);
    set_add_lines(&set, APEX);
    set_add(&set, "_a", RECORD_SRV, 0, data_of(RECORD_SRV, name), 3);
    snprintf(name, sizeof name, "*.%s", above);
    set_add(&set, name, RECORD_CNAME, 0, data_of(RECORD_CNAME, "@"), 4);
    recordset_seal(&set);
    ck_assert_int_eq(zone_targets_check(&diag, &set), 0);
    ck_assert_str_eq(message_lines(&diag), "warning 3 srv-target-is-alias 4\n");
}
END_TEST

/* Of an NS the root is a target as any other. */
START_TEST(root_is_no_target_of_mail_and_services)
{
    struct recordset set;
    struct diag diag;

    diag_init(&diag, &arena);
    recordset_init(&set, &arena, name_of("."));
    set_add_lines(&set, ". SOA 1\n. NS .\n. MX .\n_a. SRV .\n");
    recordset_seal(&set);
    ck_assert_int_eq(zone_targets_check(&diag, &set), -1);
    ck_assert_str_eq(message_lines(&diag), "error 2 ns-has-no-address\n");
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
    Suite *suite = suite_create("zone_targets");
    TCase *tests = tcase_create("zone_targets");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, target_in_the_zone_is_looked_up, 0, ROWS(rows));
    tcase_add_test(tests, longest_target_has_a_wildcard);
    tcase_add_test(tests, root_is_no_target_of_mail_and_services);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
