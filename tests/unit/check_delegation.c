/*
 * Name servers of zones and of the zones below them, and their addresses.
 */
#include "plan_lines.h"

#define STANDARD                                                               \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"

#define EDGE                                                                   \
    "edges:\n"                                                                 \
    "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"               \
    "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"                 \
    "  web_conferencing: {fqdn: webconf.contoso.com, address: 192.0.2.20}\n"   \
    "  av: {fqdn: av.contoso.com, address: 192.0.2.30}\n"

#define CONTOSO                                                                \
    "sip_domains:\n"                                                           \
    "- {name: contoso.com, sign_in: pool.ad.example"
#define REMOTE CONTOSO ", external_sign_in: sip.contoso.com}\n"

/* The NS records of a zone, and the addresses that lie in it or below. */
static const char *server_lines(const struct plan *plan, const char *zone)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *found = plan->views[view].zones[i];

            if (!name_equal(found->apex, name_of(zone)))
                continue;
            for (size_t j = 0; j < found->count; j++) {
                const struct plan_record *record = &found->records[j];

                if (record->record.type == RECORD_NS ||
                    strcmp(record->reasons->requirement->id,
                           "name-server-address") == 0 ||
                    strcmp(record->reasons->requirement->id, "host-address") ==
                        0)
                    write_line(&buf, found, &record->record);
            }
        }
    return sort_lines(buf.text);
}

#define SERVERS(internal, hosts)                                               \
    "product: ocs2007r2\n"                                                     \
    "dns:\n"                                                                   \
    "  nameservers: {internal: [" internal "], external: [ns.isp.example]}\n"  \
    "  contact: hostmaster@isp.example\n"                                      \
    "  hosts: {" hosts "}\n"

#define CORP                                                                   \
    "pools:\n"                                                                 \
    "- {fqdn: pool.corp.contoso.com, edition: standard,"                       \
    " address: 10.0.0.10}\n"                                                   \
    "- {fqdn: se.sg.corp.contoso.com, edition: standard,"                      \
    " address: 10.0.0.11}\n"                                                   \
    "sip_domains: [{name: fabrikam.com, sign_in: pool.corp.contoso.com}]\n"    \
    "zones:\n- {name: sg.corp.contoso.com}\n"

START_TEST(parent_zone_delegates_its_child)
{
    const struct plan *plan =
        plan_of(SERVERS("ns1.isp.example, ns2.isp.example", "") CORP);

    ck_assert_str_eq(
        server_lines(plan, "corp.contoso.com"),
        "internal corp.contoso.com corp.contoso.com NS ns1.isp.example.\n"
        "internal corp.contoso.com corp.contoso.com NS ns2.isp.example.\n"
        "internal corp.contoso.com sg.corp.contoso.com NS ns1.isp.example.\n"
        "internal corp.contoso.com sg.corp.contoso.com NS ns2.isp.example.\n");
    ck_assert_str_eq(server_lines(plan, "sg.corp.contoso.com"),
                     "internal sg.corp.contoso.com sg.corp.contoso.com"
                     " NS ns1.isp.example.\n"
                     "internal sg.corp.contoso.com sg.corp.contoso.com"
                     " NS ns2.isp.example.\n");
    ck_assert_str_eq(
        reason_lines(plan, "internal corp.contoso.com sg.corp.contoso.com NS "
                           "ns2"),
        "zone-delegation 3 dns.nameservers[ns2.isp.example]\n");
}
END_TEST

START_TEST(server_of_a_child_zone_has_glue_above)
{
    const struct plan *plan = plan_of(SERVERS(
        "ns1.sg.corp.contoso.com", "ns1.sg.corp.contoso.com: 10.2.0.2") CORP);

    ck_assert_str_eq(server_lines(plan, "corp.contoso.com"),
                     "internal corp.contoso.com corp.contoso.com"
                     " NS ns1.sg.corp.contoso.com.\n"
                     "internal corp.contoso.com ns1.sg.corp.contoso.com"
                     " A 10.2.0.2\n"
                     "internal corp.contoso.com sg.corp.contoso.com"
                     " NS ns1.sg.corp.contoso.com.\n");
    ck_assert_str_eq(server_lines(plan, "sg.corp.contoso.com"),
                     "internal sg.corp.contoso.com ns1.sg.corp.contoso.com"
                     " A 10.2.0.2\n"
                     "internal sg.corp.contoso.com sg.corp.contoso.com"
                     " NS ns1.sg.corp.contoso.com.\n");
    ck_assert_str_eq(
        reason_lines(plan,
                     "internal corp.contoso.com ns1.sg.corp.contoso.com A"),
        "name-server-address 3 dns.nameservers[ns1.sg.corp.contoso.com]\n");
}
END_TEST

/* The server lies in a sister of the zone that it serves. */
START_TEST(server_in_a_sibling_zone_has_glue_above)
{
    const struct plan *plan = plan_of(SERVERS(
        "ns1.uk.corp.contoso.com",
        "ns1.uk.corp.contoso.com: 10.3.0.2") "pools:\n"
                                             "- {fqdn: pool.corp.contoso.com, "
                                             "edition: standard,"
                                             " address: 10.0.0.10}\n"
                                             "- {fqdn: se.sg.corp.contoso.com, "
                                             "edition: standard,"
                                             " address: 10.0.0.11}\n"
                                             "- {fqdn: se.uk.corp.contoso.com, "
                                             "edition: standard,"
                                             " address: 10.0.0.12}\n"
                                             "sip_domains: [{name: "
                                             "fabrikam.com,"
                                             " sign_in: "
                                             "pool.corp.contoso.com}]\n"
                                             "zones: [{name: "
                                             "sg.corp.contoso.com},"
                                             " {name: uk.corp.contoso.com}]\n");

    ck_assert_str_eq(server_lines(plan, "sg.corp.contoso.com"),
                     "internal sg.corp.contoso.com sg.corp.contoso.com"
                     " NS ns1.uk.corp.contoso.com.\n");
    ck_assert_str_eq(server_lines(plan, "corp.contoso.com"),
                     "internal corp.contoso.com corp.contoso.com"
                     " NS ns1.uk.corp.contoso.com.\n"
                     "internal corp.contoso.com ns1.uk.corp.contoso.com"
                     " A 10.3.0.2\n"
                     "internal corp.contoso.com sg.corp.contoso.com"
                     " NS ns1.uk.corp.contoso.com.\n"
                     "internal corp.contoso.com uk.corp.contoso.com"
                     " NS ns1.uk.corp.contoso.com.\n");
}
END_TEST

START_TEST(pinpoint_zone_in_a_whole_one_is_delegated)
{
    const struct plan *plan =
        plan_of(SERVERS("ns1.isp.example", "") STANDARD
                "sip_domains:\n"
                "- {name: contoso.com, sign_in: pool.ad.example}\n"
                "- {name: retail.contoso.com, sign_in: pool.ad.example}\n"
                "zones: [{name: retail.contoso.com, mode: pinpoint}]\n");

    ck_assert_str_eq(
        server_lines(plan, "contoso.com"),
        "internal contoso.com _sipinternaltls._tcp.retail.contoso.com"
        " NS ns1.isp.example.\n"
        "internal contoso.com contoso.com NS ns1.isp.example.\n"
        "internal contoso.com pool.retail.contoso.com NS ns1.isp.example.\n"
        "internal contoso.com sip.retail.contoso.com NS ns1.isp.example.\n");
}
END_TEST

START_TEST(server_that_is_a_host_of_ours_needs_no_second_record)
{
    const struct plan *plan =
        plan_of(SERVERS("pool.corp.contoso.com", "") CORP);

    assert_lines(plan, " pool.corp.contoso.com A",
                 "internal corp.contoso.com pool.corp.contoso.com"
                 " A 10.0.0.10\n");
}
END_TEST

/* Nothing but the plan knows its address. */
START_TEST(glue_of_a_server_of_ours_is_its_address)
{
    const struct plan *plan =
        plan_of(SERVERS("se.sg.corp.contoso.com", "") CORP);

    assert_lines(plan, " se.sg.corp.contoso.com A",
                 "internal corp.contoso.com se.sg.corp.contoso.com"
                 " A 10.0.0.11\n"
                 "internal sg.corp.contoso.com se.sg.corp.contoso.com"
                 " A 10.0.0.11\n");
    ck_assert_str_eq(
        reason_lines(plan, "internal corp.contoso.com se.sg.corp.contoso.com"),
        "name-server-address 3 dns.nameservers[se.sg.corp.contoso.com]\n");
}
END_TEST

START_TEST(server_in_our_zone_without_address_is_refused_once)
{
    ck_assert_ptr_null(
        try_plan(SERVERS("ns1.isp.example, ns1.sg.corp.contoso.com", "") CORP));
    ck_assert_str_eq(reports(), "name-server-has-no-address 3\n");
}
END_TEST

START_TEST(address_of_the_other_view_does_not_help)
{
    ck_assert_ptr_null(try_plan(
        "product: ocs2007r2\n"
        "dns:\n"
        "  nameservers:\n"
        "    internal: [ns1.isp.example]\n"
        "    external: [ns1.contoso.com]\n"
        "  contact: hostmaster@isp.example\n"
        "  hosts: {ns1.contoso.com: 10.0.0.2}\n" STANDARD EDGE REMOTE));
    ck_assert_str_eq(reports(), "name-server-has-no-address 5\n");
}
END_TEST

START_TEST(hosts_have_an_address_for_each_view)
{
    const struct plan *plan = plan_of(
        "product: ocs2007r2\n"
        "dns:\n"
        "  nameservers: [ns1.contoso.com]\n"
        "  contact: hostmaster@isp.example\n"
        "  hosts:\n"
        "    internal: {ns1.contoso.com: 10.0.0.2,"
        " dc1.ad.example: 10.0.0.3}\n"
        "    external: {ns1.contoso.com: 192.0.2.2}\n" STANDARD EDGE REMOTE
        "zones: [{name: contoso.com, mode: zone,"
        " base: [], mirror: []}]\n");

    assert_lines(plan, "ns1.contoso.com A",
                 "internal contoso.com ns1.contoso.com A 10.0.0.2\n"
                 "external contoso.com ns1.contoso.com A 192.0.2.2\n");
    assert_lines(plan, "dc1",
                 "internal ad.example dc1.ad.example A 10.0.0.3\n");
    ck_assert_str_eq(
        reason_lines(plan, "external contoso.com ns1.contoso.com A"),
        "host-address 7 dns.hosts[ns1.contoso.com]\n");
}
END_TEST

START_TEST(flat_hosts_are_internal)
{
    const struct plan *plan = plan_of(
        "product: ocs2007r2\n" DNS "  hosts: {www.contoso.com: 10.0.0.80,"
        " far.away.example: 10.0.0.81}\n" STANDARD EDGE REMOTE
        "zones: [{name: contoso.com, mode: zone, base: []}]\n");

    assert_lines(plan, "www",
                 "internal contoso.com www.contoso.com A 10.0.0.80\n");
    /* no zone of ours: no zone for its sake */
    assert_lines(plan, "far.away", "");
}
END_TEST

START_TEST(view_with_zones_needs_name_servers)
{
    ck_assert_ptr_null(
        try_plan("product: ocs2007r2\n"
                 "dns:\n"
                 "  nameservers: {internal: [ns1.isp.example]}\n"
                 "  contact: hostmaster@isp.example\n" STANDARD EDGE REMOTE));
    ck_assert(is_reported("name-servers-missing", 0));
    ck_assert_uint_eq(diag.errors, 1);
}
END_TEST

START_TEST(view_without_zones_needs_no_name_servers)
{
    plan_of("product: ocs2007r2\n"
            "dns:\n"
            "  nameservers: {internal: [ns1.isp.example]}\n"
            "  contact: hostmaster@isp.example\n" STANDARD CONTOSO "}\n");
}
END_TEST

/* ---- in zones of others */

#define TREE(zones)                                                            \
    SERVERS("ns1.corp.contoso.com, ns2.contoso.com",                           \
            "ns1.corp.contoso.com: 10.0.0.2, ns2.contoso.com: 10.0.0.3")       \
    "pools: [{fqdn: pool.corp.contoso.com, edition: standard,"                 \
    " address: 10.0.0.10}]\n"                                                  \
    "sip_domains: [{name: contoso.com, sign_in: pool.corp.contoso.com},"       \
    " {name: fabrikam.com, sign_in: pool.corp.contoso.com}]\n"                 \
    "zones: [" zones "]\n"

START_TEST(zone_of_others_is_told_of_ours_below_it)
{
    const struct plan *plan =
        plan_of(TREE("{name: contoso.com, mode: include}"));

    ck_assert_str_eq(
        server_lines(plan, "contoso.com"),
        "internal contoso.com corp.contoso.com NS ns1.corp.contoso.com.\n"
        "internal contoso.com corp.contoso.com NS ns2.contoso.com.\n"
        "internal contoso.com ns1.corp.contoso.com A 10.0.0.2\n"
        "internal contoso.com ns2.contoso.com A 10.0.0.3\n");
}
END_TEST

START_TEST(zone_of_others_is_not_told_of_pinpoint_zones)
{
    const struct plan *plan =
        plan_of(TREE("{name: contoso.com, mode: include},"
                     " {name: corp.contoso.com, mode: pinpoint}"));

    ck_assert_str_eq(server_lines(plan, "contoso.com"),
                     "internal contoso.com ns1.corp.contoso.com A 10.0.0.2\n"
                     "internal contoso.com ns2.contoso.com A 10.0.0.3\n");
}
END_TEST

START_TEST(zone_of_ours_does_not_know_the_servers_of_others)
{
    const struct plan *plan =
        plan_of(TREE("{name: corp.contoso.com, mode: include}"));

    ck_assert_str_eq(server_lines(plan, "contoso.com"),
                     "internal contoso.com contoso.com NS ns1.corp.contoso.com."
                     "\n"
                     "internal contoso.com contoso.com NS ns2.contoso.com.\n"
                     "internal contoso.com ns1.corp.contoso.com A 10.0.0.2\n"
                     "internal contoso.com ns2.contoso.com A 10.0.0.3\n");
    ck_assert_str_eq(server_lines(plan, "corp.contoso.com"),
                     "internal corp.contoso.com ns1.corp.contoso.com"
                     " A 10.0.0.2\n");
}
END_TEST

START_TEST(zone_of_others_knows_its_own_servers)
{
    const struct plan *plan = plan_of(SERVERS(
        "ns2.contoso.com",
        "") "pools: [{fqdn: pool.contoso.com, edition: standard,"
            " address: 10.0.0.10}]\n"
            "sip_domains: [{name: contoso.com, sign_in: pool.contoso.com}]\n"
            "zones: [{name: contoso.com, mode: include}]\n");

    ck_assert_str_eq(server_lines(plan, "contoso.com"), "");
}
END_TEST

START_TEST(glue_in_a_zone_of_others_needs_an_address)
{
    ck_assert_ptr_null(try_plan(SERVERS("ns1.corp.contoso.com", "") CORP
                                "- {name: contoso.com, mode: include}\n"));
    ck_assert_str_eq(reports(), "name-server-has-no-address 3\n");
}
END_TEST

START_TEST(view_without_zones_of_ours_needs_no_name_servers)
{
    const struct plan *plan = plan_of(
        "product: ocs2007\n"
        "dns:\n"
        "  nameservers: {external: [ns.isp.example]}\n"
        "  contact: hostmaster@isp.example\n"
        "pools: [{fqdn: pool.contoso.com, edition: standard,"
        " address: 10.0.0.10}]\n"
        "sip_domains: [{name: contoso.com, sign_in: pool.contoso.com}]\n"
        "zones: [{name: contoso.com, mode: include}]\n");

    ck_assert(!plan_view_is_served(plan, VIEW_INTERNAL));
    ck_assert_uint_eq(plan->views[VIEW_INTERNAL].count, 1);
}
END_TEST

static Suite *delegation_suite(void)
{
    Suite *suite = suite_create("delegation");
    TCase *servers = tcase_create("servers");
    TCase *others = tcase_create("others");

    tcase_add_checked_fixture(servers, setup, teardown);
    tcase_add_test(servers, parent_zone_delegates_its_child);
    tcase_add_test(servers, server_of_a_child_zone_has_glue_above);
    tcase_add_test(servers, server_in_a_sibling_zone_has_glue_above);
    tcase_add_test(servers, pinpoint_zone_in_a_whole_one_is_delegated);
    tcase_add_test(servers,
                   server_that_is_a_host_of_ours_needs_no_second_record);
    tcase_add_test(servers, glue_of_a_server_of_ours_is_its_address);
    tcase_add_test(servers, server_in_our_zone_without_address_is_refused_once);
    tcase_add_test(servers, address_of_the_other_view_does_not_help);
    tcase_add_test(servers, hosts_have_an_address_for_each_view);
    tcase_add_test(servers, flat_hosts_are_internal);
    tcase_add_test(servers, view_with_zones_needs_name_servers);
    tcase_add_test(servers, view_without_zones_needs_no_name_servers);
    suite_add_tcase(suite, servers);
    tcase_add_checked_fixture(others, setup, teardown);
    tcase_add_test(others, zone_of_others_is_told_of_ours_below_it);
    tcase_add_test(others, zone_of_others_is_not_told_of_pinpoint_zones);
    tcase_add_test(others, zone_of_ours_does_not_know_the_servers_of_others);
    tcase_add_test(others, zone_of_others_knows_its_own_servers);
    tcase_add_test(others, glue_in_a_zone_of_others_needs_an_address);
    tcase_add_test(others, view_without_zones_of_ours_needs_no_name_servers);
    suite_add_tcase(suite, others);
    return suite;
}

int main(void)
{
    return run_suite(delegation_suite());
}
