/*
 * The plan as a whole: reasons, merging, two products, what is refused.  What
 * is planned for sign-in and for each role is in check_plan_*.c, how names come
 * to zones in check_zones.c.
 */
#include "plan_lines.h"

#define STANDARD                                                               \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"

#define EDGE                                                                   \
    "edges:\n"                                                                 \
    "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"               \
    "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"

#define CONTOSO "sip_domains:\n- {name: contoso.com, sign_in: pool.ad.example"

#define POOL_07                                                                \
    "- {fqdn: p07.ad.example, product: ocs2007, edition: standard,"            \
    " address: 10.0.0.7}\n"

/* ---- the deployment of the seed */

static const char seed[] =
    "product: ocs2007\n"
    "dns:\n"
    "  primary: dc1.company.local\n"
    "  nameservers: [dc1.company.local, dc2.company.local]\n"
    "  contact: hostmaster@company.com\n"
    "  ttl: 1h\n"
    "  hosts: {dc1.company.local: 10.10.1.2, dc2.company.local: "
    "10.10.1.3}\n"
    "pools:\n"
    "  - fqdn: ocspool.company.local\n"
    "    edition: enterprise\n"
    "    vip: 10.10.1.10\n"
    "    front_ends:\n"
    "      - {fqdn: ocssrv01.company.local, address: 10.10.1.11}\n"
    "      - {fqdn: ocssrv02.company.local, address: 10.10.1.12}\n"
    "sip_domains:\n"
    "  - name: company.local\n"
    "    sign_in: ocspool.company.local\n"
    "  - name: company.com\n"
    "    sign_in: ocspool.company.local\n";

START_TEST(deployment_of_the_seed_is_planned_in_full)
{
    const struct plan *plan = plan_of(seed);

    assert_lines(plan, "",
                 "internal company.local _sipinternaltls._tcp.company.local"
                 " SRV 0 0 5061 ocspool.company.local.\n"
                 "internal company.local ocspool.company.local A 10.10.1.10\n"
                 "internal company.local ocssrv01.company.local A 10.10.1.11\n"
                 "internal company.local ocssrv02.company.local A 10.10.1.12\n"
                 "internal company.local sip.company.local A 10.10.1.10\n"
                 "internal company.local dc1.company.local A 10.10.1.2\n"
                 "internal company.local dc2.company.local A 10.10.1.3\n"
                 "internal company.com _sipinternaltls._tcp.company.com"
                 " SRV 0 0 5061 ocspool.company.com.\n"
                 "internal company.com ocspool.company.com A 10.10.1.10\n"
                 "internal company.com sip.company.com A 10.10.1.10\n");
    ck_assert_str_eq(zone_lines(plan), "internal company.com whole\n"
                                       "internal company.local whole\n");
    ck_assert_uint_eq(plan->ttl_seconds, 3600);
    ck_assert_uint_eq(diag.errors + diag.warnings, 0);
}
END_TEST

START_TEST(record_knows_its_rows_and_its_places)
{
    const struct plan *plan = plan_of(seed);

    ck_assert_str_eq(
        reason_lines(plan, "internal company.com _sipinternaltls._tcp"),
        "internal-sign-in 19 sip_domains[company.com].sign_in\n");
    ck_assert_str_eq(
        reason_lines(plan, "internal company.local ocssrv02.company.local A"),
        "front-end-address 14 pools[ocspool.company.local]"
        ".front_ends[ocssrv02.company.local]\n");
}
END_TEST

START_TEST(equal_records_are_one_with_all_reasons)
{
    const struct plan *plan = plan_of(seed);

    ck_assert_str_eq(
        reason_lines(plan, "internal company.local ocspool.company.local A"),
        "pool-address 11 pools[ocspool.company.local].vip\n"
        "internal-web-farm 9 pools[ocspool.company.local].fqdn\n"
        "internal-sign-in-address 17 sip_domains[company.local].sign_in\n");
    ck_assert_uint_eq(
        find_record(plan, "internal company.com sip.company.com A")
            ->record.ttl_seconds,
        3600);
}
END_TEST

START_TEST(ttl_of_the_topology_is_that_of_all_records)
{
    const struct plan *plan =
        plan_of("product: ocs2007\n" DNS "  ttl: 5m\n" STANDARD CONTOSO "}\n");

    ck_assert_uint_eq(plan->ttl_seconds, 300);
    for (size_t i = 0; i < plan->views[VIEW_INTERNAL].count; i++) {
        const struct plan_zone *zone = plan->views[VIEW_INTERNAL].zones[i];

        for (size_t j = 0; j < zone->count; j++)
            ck_assert_uint_eq(zone->records[j].record.ttl_seconds, 300);
    }
}
END_TEST

/* ---- two products side by side */

static const char mixed[] = OCS2007R2
    "pools:\n"
    "- {fqdn: new.ad.example, edition: standard, address: 10.0.0.8}\n" POOL_07
        EDGE "servers:\n"
    "- {fqdn: sql.ad.example, role: sql, address: 10.0.0.50}\n"
    "sip_domains:\n"
    "- {name: contoso.com, sign_in: new.ad.example,"
    " external_sign_in: sip.contoso.com}\n"
    "- {name: litware.com, sign_in: p07.ad.example,"
    " external_sign_in: sip.contoso.com}\n";

START_TEST(mixed_deployment_serves_each_domain_once)
{
    const struct plan *plan = plan_of(mixed);

    ck_assert_uint_eq(plan->catalogue_count, 2);
    assert_lines(plan, " SRV ",
                 "internal _sipinternaltls._tcp.contoso.com"
                 " _sipinternaltls._tcp.contoso.com"
                 " SRV 0 0 5061 new.contoso.com.\n"
                 "internal _sipinternaltls._tcp.litware.com"
                 " _sipinternaltls._tcp.litware.com"
                 " SRV 0 0 5061 p07.litware.com.\n"
                 "external contoso.com _sip._tls.contoso.com"
                 " SRV 0 0 443 sip.contoso.com.\n"
                 "external litware.com _sip._tls.litware.com"
                 " SRV 0 0 443 sip.litware.com.\n");
}
END_TEST

START_TEST(two_catalogues_do_not_double_reasons)
{
    const struct plan *plan = plan_of(mixed);

    ck_assert_str_eq(reason_lines(plan, "internal ad.example sql.ad.example"),
                     "sql-server 12 servers[sql.ad.example].address\n");
    ck_assert_str_eq(
        reason_lines(plan, "internal ad.example edge.ad.example"),
        "edge-internal-address 9 edges[edge.ad.example].internal.address\n");
    ck_assert_str_eq(
        reason_lines(plan, "internal ad.example p07.ad.example"),
        "standard-edition-address 7 pools[p07.ad.example].address\n"
        "internal-web-farm 7 pools[p07.ad.example].fqdn\n");
}
END_TEST

/* The topology's own product comes first, each catalogue in its order. */
START_TEST(catalogues_follow_each_other)
{
    const struct plan *plan = plan_of(mixed);
    size_t own = plan->catalogues[0]->count;

    ck_assert_str_eq(plan->catalogues[0]->product, "ocs2007r2");
    ck_assert_str_eq(plan->catalogues[1]->product, "ocs2007");
    ck_assert_uint_lt(
        find_record(plan, "internal ad.example new.ad.example")->order, own);
    ck_assert_uint_ge(
        find_record(plan, "internal ad.example p07.ad.example")->order, own);
}
END_TEST

/* ---- conflicts */

static const struct conflict {
    const char *label;
    const char *text; /* from line 5 on */
    const char *reports;
} conflicts[] = {
    {"the pool's label in the SIP domain is a web access name",
     "pools:\n"
     "- {fqdn: im.ad.example, edition: standard, address: 10.0.0.10}\n"
     "web_access:\n"
     "- {fqdn: im.contoso.com, address: 10.0.0.40}\n"
     "sip_domains:\n"
     "- {name: contoso.com, sign_in: im.ad.example}\n",
     "one-name-two-servers 10 (8)\n"},
    {"an alias and an address",
     "pools:\n"
     "- {fqdn: im.ad.example, edition: standard, address: 10.0.0.10}\n"
     "web_access:\n"
     "- {fqdn: im.contoso.com, server: cwa.ad.example, address: 10.0.0.40}\n"
     "sip_domains:\n"
     "- {name: contoso.com, sign_in: im.ad.example}\n",
     "alias-and-other-record 10 (8)\n"},
    {"sign_in_name is a web access name",
     "pools:\n"
     "- {fqdn: a.ad.example, edition: standard, address: 10.0.0.10}\n"
     "sip_domains:\n"
     "- {name: contoso.com, sign_in: a.ad.example, sign_in_name: ocs}\n"
     "web_access:\n"
     "- {fqdn: ocs.contoso.com, address: 10.0.0.40}\n",
     "one-name-two-servers 10 (8)\n"},
};

START_TEST(name_that_two_servers_want_is_refused_with_both_places)
{
    const struct conflict *row = &conflicts[_i];

    ck_assert_msg(!try_plan(arena_printf(&arena, OCS2007R2 "%s", row->text)) &&
                      strcmp(reports(), row->reports) == 0,
                  "%s: %s", row->label, reports());
}
END_TEST

/* sign_in_name changes what there is inside, and nothing outside. */
START_TEST(cure_of_a_conflict_fits_its_view)
{
    ck_assert_ptr_null(try_plan(
        OCS2007R2 "pools:\n"
                  "- {fqdn: a.ad.example, edition: standard,"
                  " address: 10.0.0.10}\n"
                  "web_access:\n"
                  "- {fqdn: a.contoso.com, address: 10.0.0.40}\n"
                  "edges:\n"
                  "- internal: {fqdn: e1.ad.example, address: 172.16.0.1}\n"
                  "  access: {fqdn: ap1.ad.example, address: 192.0.2.1}\n"
                  "- internal: {fqdn: e2.ad.example, address: 172.16.0.2}\n"
                  "  access: {fqdn: ap2.ad.example, address: 192.0.2.2}\n"
                  "sip_domains:\n"
                  "- {name: contoso.com, sign_in: a.ad.example,\n"
                  "   external_sign_in: ap1.ad.example,\n"
                  "   federation: ap2.ad.example}\n"));
    ck_assert_str_eq(reports(), "one-name-two-servers 15 (8)\n"
                                "one-name-two-servers 17 (16)\n");
    ck_assert_ptr_nonnull(strstr(diag.messages[0].text, "sign_in_name"));
    ck_assert_ptr_null(strstr(diag.messages[1].text, "sign_in_name"));
}
END_TEST

START_TEST(unknown_product_has_no_catalogue)
{
    const char *text = "product: ocs1997\n" DNS STANDARD CONTOSO "}\n";

    ck_assert_ptr_null(try_plan(text));
    ck_assert_str_eq(reports(), "unknown-product 1\n");
}
END_TEST

START_TEST(unknown_product_of_a_pool_is_reported_there)
{
    ck_assert_ptr_null(try_plan(OCS2007 STANDARD
                                "- {fqdn: b.ad.example, edition: standard,"
                                " address: 10.0.0.11,\n"
                                "   product: ocs1997}\n" CONTOSO "}\n"));
    ck_assert_str_eq(reports(), "unknown-product 8\n");
}
END_TEST

static Suite *plan_suite(void)
{
    Suite *suite = suite_create("plan");
    TCase *records = tcase_create("records");

    tcase_add_checked_fixture(records, setup, teardown);
    tcase_add_test(records, deployment_of_the_seed_is_planned_in_full);
    tcase_add_test(records, record_knows_its_rows_and_its_places);
    tcase_add_test(records, equal_records_are_one_with_all_reasons);
    tcase_add_test(records, ttl_of_the_topology_is_that_of_all_records);
    tcase_add_test(records, mixed_deployment_serves_each_domain_once);
    tcase_add_test(records, two_catalogues_do_not_double_reasons);
    tcase_add_test(records, catalogues_follow_each_other);
    tcase_add_loop_test(records,
                        name_that_two_servers_want_is_refused_with_both_places,
                        0, COUNT_OF(conflicts));
    tcase_add_test(records, cure_of_a_conflict_fits_its_view);
    tcase_add_test(records, unknown_product_has_no_catalogue);
    tcase_add_test(records, unknown_product_of_a_pool_is_reported_there);
    suite_add_tcase(suite, records);
    return suite;
}

int main(void)
{
    return run_suite(plan_suite());
}
