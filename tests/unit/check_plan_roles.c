/*
 * What each role needs: pools, other servers, web access, phones.
 */
#include "plan_lines.h"

#define STANDARD                                                               \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"

#define CONTOSO "sip_domains:\n- {name: contoso.com, sign_in: pool.ad.example"

/* ---- pools */

static const struct pool_case {
    const char *label;
    const char *pool;
    const char *lines;
} pool_cases[] = {
    {"Standard Edition",
     "{fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}",
     "internal ad.example pool.ad.example A 10.0.0.10\n"},
    {"one front end: another name, the same address",
     "{fqdn: pool.ad.example, edition: enterprise,"
     " front_ends: [{fqdn: fe1.ad.example, address: 10.0.0.11}]}",
     "internal ad.example pool.ad.example A 10.0.0.11\n"
     "internal ad.example fe1.ad.example A 10.0.0.11\n"},
    {"balanced: one address, that of the balancer",
     "{fqdn: pool.ad.example, edition: enterprise, vip: 10.0.0.10,"
     " front_ends: [{fqdn: fe1.ad.example, address: 10.0.0.11},"
     " {fqdn: fe2.ad.example, address: 10.0.0.12}]}",
     "internal ad.example pool.ad.example A 10.0.0.10\n"
     "internal ad.example fe1.ad.example A 10.0.0.11\n"
     "internal ad.example fe2.ad.example A 10.0.0.12\n"},
    {"web farm with a name of its own, the pool's address",
     "{fqdn: pool.ad.example, edition: standard, address: 10.0.0.10,"
     " web_farm: {internal: web.ad.example}}",
     "internal ad.example pool.ad.example A 10.0.0.10\n"
     "internal ad.example web.ad.example A 10.0.0.10\n"},
    {"web farm with a balancer of its own",
     "{fqdn: pool.ad.example, edition: enterprise, vip: 10.0.0.10,"
     " web_farm: {internal: web.ad.example, vip: 10.0.0.15},"
     " front_ends: [{fqdn: fe1.ad.example, address: 10.0.0.11},"
     " {fqdn: fe2.ad.example, address: 10.0.0.12}]}",
     "internal ad.example pool.ad.example A 10.0.0.10\n"
     "internal ad.example web.ad.example A 10.0.0.15\n"
     "internal ad.example fe1.ad.example A 10.0.0.11\n"
     "internal ad.example fe2.ad.example A 10.0.0.12\n"},
    {"internal web conferencing name",
     "{fqdn: pool.ad.example, edition: standard, address: 10.0.0.10,"
     " web_conferencing: {fqdn: conf.ad.example}}",
     "internal ad.example pool.ad.example A 10.0.0.10\n"
     "internal ad.example conf.ad.example A 10.0.0.10\n"},
    {"decommissioned",
     "{fqdn: pool.ad.example, edition: enterprise, vip: 10.0.0.10,"
     " decommissioned: true,"
     " web_farm: {internal: web.ad.example},"
     " front_ends: [{fqdn: fe1.ad.example, address: 10.0.0.11},"
     " {fqdn: fe2.ad.example, address: 10.0.0.12}]}",
     ""},
};

START_TEST(pool_has_its_addresses)
{
    const struct pool_case *row = &pool_cases[_i];
    const struct plan *plan = plan_of(
        arena_printf(&arena,
                     OCS2007 "pools:\n- %s\n"
                             "- {fqdn: se.other.example, edition: standard,"
                             " address: 10.0.9.9}\n"
                             "sip_domains: [{name: other.example,"
                             " sign_in: se.other.example}]\n",
                     row->pool));
    const char *lines = plan_lines(plan, "ad.example");

    ck_assert_msg(strcmp(lines, sort_lines(row->lines)) == 0, "%s: %s",
                  row->label, lines);
}
END_TEST

START_TEST(kind_of_pool_tells_the_reason)
{
    static const char *const expected[] = {
        "standard-edition-address 6 pools[pool.ad.example].address\n",
        "single-front-end-pool-address 6 pools[pool.ad.example].front_ends\n",
        "pool-address 6 pools[pool.ad.example].vip\n"};
    const struct plan *plan =
        plan_of(arena_printf(&arena,
                             OCS2007 "pools:\n- %s\n"
                                     "sip_domains: [{name: x.example}]\n",
                             pool_cases[_i].pool));
    const char *reasons =
        reason_lines(plan, "internal ad.example pool.ad.example A");

    ck_assert_msg(strncmp(reasons, expected[_i], strlen(expected[_i])) == 0,
                  "%s", reasons);
}
END_TEST

START_TEST(external_web_farm_is_at_the_proxy_that_publishes_it)
{
    const struct plan *plan = plan_of(
        OCS2007 "pools:\n"
                "- {fqdn: a.ad.example, edition: standard, address: 10.0.0.10,"
                " web_farm: {external: ocsrp.contoso.com}}\n"
                "- {fqdn: b.ad.example, edition: standard, address: 10.0.0.11,"
                " web_farm: {external: ocsrp-sg.contoso.com}}\n"
                "reverse_proxies:\n"
                "- {address: 192.0.2.40, publishes: [ocsrp.contoso.com]}\n"
                "- {address: 198.51.100.40, publishes:"
                " [ocsrp-sg.contoso.com]}\n"
                "sip_domains: [{name: ad.example, sign_in: a.ad.example}]\n");

    assert_lines(plan, "external",
                 "external contoso.com ocsrp.contoso.com A 192.0.2.40\n"
                 "external contoso.com ocsrp-sg.contoso.com A 198.51.100.40\n");
    ck_assert_str_eq(reason_lines(plan, "external contoso.com ocsrp-sg"),
                     "external-web-farm 7 pools[b.ad.example]"
                     ".web_farm.external\n");
}
END_TEST

/* ---- other servers */

static const struct role {
    const char *role;
    const char *ocs2007; /* requirement, or NULL */
    const char *ocs2007r2;
} roles[] = {
    {"archiving", "archiving-server", "archiving-server"},
    {"av_conferencing", "av-conferencing-server", "av-conferencing-server"},
    {"cdr", "cdr-server", "cdr-server"},
    {"group_chat", NULL, "group-chat-server"},
    {"mediation", "mediation-server", "mediation-server"},
    {"monitoring", NULL, "monitoring-server"},
    {"software_update", "software-update-server", "software-update-server"},
    {"sql", "sql-server", "sql-server"},
    {"web_components", "web-components-server", "web-components-server"},
    {"web_conferencing", "web-conferencing-server", "web-conferencing-server"},
    {"xmpp_gateway", "xmpp-gateway-server", "xmpp-gateway-server"},
};

static void check_role(const char *product, const char *role,
                       const char *requirement)
{
    const struct plan *plan = plan_of(arena_printf(
        &arena,
        "product: %s\n" DNS STANDARD "servers: [{fqdn: s1.ad.example, role: %s,"
        " address: 10.0.0.50}]\n" CONTOSO "}\n",
        product, role));

    if (!requirement) {
        assert_lines(plan, "s1.ad", "");
        return;
    }
    assert_lines(plan, "s1.ad",
                 "internal ad.example s1.ad.example A "
                 "10.0.0.50\n");
    ck_assert_str_eq(reason_lines(plan, "internal ad.example s1.ad.example"),
                     arena_printf(&arena,
                                  "%s 7 servers[s1.ad.example].address\n",
                                  requirement));
}

START_TEST(server_of_each_role_has_an_address)
{
    check_role("ocs2007", roles[_i].role, roles[_i].ocs2007);
    check_role("ocs2007r2", roles[_i].role, roles[_i].ocs2007r2);
}
END_TEST

/* ---- Communicator Web Access */

static const struct web_access_case {
    const char *label;
    const char *product;
    const char *web_access;
    const char *proxy;
    const char *lines;
} web_access_cases[] = {
    {"R2, the computer has another name, published", "ocs2007r2",
     "{fqdn: im.contoso.com, server: cwa.ad.example, address: 10.0.0.40}",
     "reverse_proxies: [{address: 192.0.2.40, publishes: [im.contoso.com]}]\n",
     "internal ad.example cwa.ad.example A 10.0.0.40\n"
     "internal im.contoso.com im.contoso.com A 10.0.0.40\n"
     "internal im.contoso.com as.im.contoso.com CNAME im.contoso.com.\n"
     "internal im.contoso.com download.im.contoso.com CNAME im.contoso.com.\n"
     "external contoso.com im.contoso.com A 192.0.2.40\n"
     "external contoso.com as.im.contoso.com CNAME im.contoso.com.\n"
     "external contoso.com download.im.contoso.com CNAME im.contoso.com.\n"},
    {"R2, inside alone", "ocs2007r2",
     "{fqdn: im.contoso.com, server: cwa.ad.example, address: 10.0.0.40}", "",
     "internal ad.example cwa.ad.example A 10.0.0.40\n"
     "internal contoso.com im.contoso.com CNAME cwa.ad.example.\n"
     "internal contoso.com as.im.contoso.com CNAME im.contoso.com.\n"
     "internal contoso.com download.im.contoso.com CNAME im.contoso.com.\n"},
    {"R2, without a server", "ocs2007r2",
     "{fqdn: im.contoso.com, address: 10.0.0.40}", "",
     "internal contoso.com im.contoso.com A 10.0.0.40\n"
     "internal contoso.com as.im.contoso.com CNAME im.contoso.com.\n"
     "internal contoso.com download.im.contoso.com CNAME im.contoso.com.\n"},
    {"R2, the computer has the name itself", "ocs2007r2",
     "{fqdn: im.contoso.com, server: im.contoso.com, address: 10.0.0.40}", "",
     "internal contoso.com im.contoso.com A 10.0.0.40\n"
     "internal contoso.com as.im.contoso.com CNAME im.contoso.com.\n"
     "internal contoso.com download.im.contoso.com CNAME im.contoso.com.\n"},
    {"2007 has no desktop sharing", "ocs2007",
     "{fqdn: im.contoso.com, server: cwa.ad.example, address: 10.0.0.40}",
     "reverse_proxies: [{address: 192.0.2.40, publishes: [im.contoso.com]}]\n",
     "internal ad.example cwa.ad.example A 10.0.0.40\n"
     "internal im.contoso.com im.contoso.com A 10.0.0.40\n"
     "external contoso.com im.contoso.com A 192.0.2.40\n"},
};

START_TEST(web_access_has_its_names)
{
    const struct web_access_case *row = &web_access_cases[_i];
    const struct plan *plan = plan_of(arena_printf(
        &arena,
        "product: %s\n" DNS "pools: [{fqdn: pool.other.example,"
        " edition: standard, address: 10.0.0.10}]\n"
        "web_access: [%s]\n%s"
        "sip_domains: [{name: other.example, sign_in: pool.other.example}]\n",
        row->product, row->web_access, row->proxy));
    const char *lines = plan_lines(plan, "");
    const char *others = plan_lines(plan, "other.example");

    ck_assert_msg(strcmp(lines, sort_lines(arena_printf(
                                    &arena, "%s%s", row->lines, others))) == 0,
                  "%s: %s", row->label, lines);
}
END_TEST

/* ---- Communicator Phone Edition */

#define PHONE_DNS DNS "  hosts: {dc1.ad.example: 10.0.0.2}\n"
#define POOL_07                                                                \
    "- {fqdn: p07.ad.example, product: ocs2007, edition: standard,"            \
    " address: 10.0.0.7}\n"
#define POOL_R2                                                                \
    "- {fqdn: r2.ad.example, product: ocs2007r2, edition: standard,"           \
    " address: 10.0.0.8}\n"
#define POOL_R2_TOO                                                            \
    "- {fqdn: r2too.ad.example, product: ocs2007r2, edition: standard,"        \
    " address: 10.0.0.9}\n"
#define NTP                                                                    \
    "internal contoso.com _ntp._udp.contoso.com SRV 0 0 123 dc1.ad.example.\n"

static const struct phone_case {
    const char *label;
    const char *product;
    const char *pools;
    const char *phones; /* beside time_server */
    const char *lines;  /* _ntp and ucupdates */
} phone_cases[] = {
    {"2007: where the server is said", "ocs2007", POOL_07,
     ", updates: p07.ad.example",
     NTP "internal contoso.com ucupdates.contoso.com A 10.0.0.7\n"},
    {"2007: no default", "ocs2007", POOL_07, "", NTP},
    {"R2: at its only pool", "ocs2007r2", POOL_R2, "",
     NTP "internal contoso.com ucupdates-r2.contoso.com A 10.0.0.8\n"},
    {"R2: two pools, no default", "ocs2007r2", POOL_R2 POOL_R2_TOO, "", NTP},
    {"R2: two pools, one said", "ocs2007r2", POOL_R2 POOL_R2_TOO,
     ", updates: r2too.ad.example",
     NTP "internal contoso.com ucupdates-r2.contoso.com A 10.0.0.9\n"},
    {"mixed: both, one server for both", "ocs2007r2", POOL_R2 POOL_07,
     ", updates: r2.ad.example",
     NTP "internal contoso.com ucupdates.contoso.com A 10.0.0.8\n"
         "internal contoso.com ucupdates-r2.contoso.com A 10.0.0.8\n"},
    {"mixed: a server for each", "ocs2007r2", POOL_R2 POOL_07,
     ", updates: {ocs2007: p07.ad.example, ocs2007r2: r2.ad.example}",
     NTP "internal contoso.com ucupdates.contoso.com A 10.0.0.7\n"
         "internal contoso.com ucupdates-r2.contoso.com A 10.0.0.8\n"},
    {"mixed: R2 by default", "ocs2007r2", POOL_R2 POOL_07,
     ", updates: {ocs2007: p07.ad.example}",
     NTP "internal contoso.com ucupdates.contoso.com A 10.0.0.7\n"
         "internal contoso.com ucupdates-r2.contoso.com A 10.0.0.8\n"},
    {"mixed, of which 2007 is the topology's own", "ocs2007", POOL_07 POOL_R2,
     ", updates: {ocs2007: p07.ad.example}",
     NTP "internal contoso.com ucupdates.contoso.com A 10.0.0.7\n"
         "internal contoso.com ucupdates-r2.contoso.com A 10.0.0.8\n"},
    {"R2 alone does not ask for 2007's", "ocs2007r2", POOL_R2,
     ", updates: r2.ad.example",
     NTP "internal contoso.com ucupdates-r2.contoso.com A 10.0.0.8\n"},
    {"DHCP domains have updates and no time", "ocs2007r2", POOL_R2,
     ", dhcp_domains: [ad.example, branch.example]",
     NTP "internal contoso.com ucupdates-r2.contoso.com A 10.0.0.8\n"
         "internal ad.example ucupdates-r2.ad.example A 10.0.0.8\n"
         "internal ucupdates-r2.branch.example"
         " ucupdates-r2.branch.example A 10.0.0.8\n"},
};

START_TEST(phones_find_time_and_updates)
{
    const struct phone_case *row = &phone_cases[_i];
    const char *pool = strstr(row->pools, "fqdn: ") + strlen("fqdn: ");
    const struct plan *plan = plan_of(arena_printf(
        &arena,
        "product: %s\n" PHONE_DNS "pools:\n%s"
        "phones: {time_server: dc1.ad.example%s}\n"
        "sip_domains: [{name: contoso.com, sign_in: %.*s, phones: true},"
        " {name: quiet.example, sign_in: %.*s}]\n",
        row->product, row->pools, row->phones, (int)strcspn(pool, ","), pool,
        (int)strcspn(pool, ","), pool));
    const char *lines =
        sort_lines(arena_printf(&arena, "%s%s", plan_lines(plan, "_ntp"),
                                plan_lines(plan, "ucupdates")));

    ck_assert_msg(strcmp(lines, sort_lines(row->lines)) == 0, "%s: %s",
                  row->label, lines);
}
END_TEST

START_TEST(no_phones_no_records_for_them)
{
    const struct plan *plan =
        plan_of("product: ocs2007r2\n" PHONE_DNS STANDARD
                "phones: {time_server: dc1.ad.example,"
                " updates: pool.ad.example}\n" CONTOSO "}\n");

    assert_lines(plan, "_ntp", "");
    assert_lines(plan, "ucupdates", "");
}
END_TEST

START_TEST(time_server_elsewhere_needs_no_address_here)
{
    const struct plan *plan = plan_of(
        OCS2007 STANDARD "phones: {time_server: time.isp.example}\n" CONTOSO
                         ", phones: true}\n");

    assert_lines(plan, "time.isp",
                 "internal contoso.com _ntp._udp.contoso.com"
                 " SRV 0 0 123 time.isp.example.\n");
}
END_TEST

START_TEST(time_server_in_our_zone_needs_an_address)
{
    ck_assert_ptr_null(try_plan(
        OCS2007 STANDARD "phones: {time_server: dc1.ad.example}\n" CONTOSO
                         ", phones: true}\n"));
    ck_assert_str_eq(reports(), "target-has-no-address 7\n");
}
END_TEST

static Suite *plan_roles_suite(void)
{
    Suite *suite = suite_create("plan_roles");
    TCase *records = tcase_create("records");

    tcase_add_checked_fixture(records, setup, teardown);
    tcase_add_loop_test(records, pool_has_its_addresses, 0,
                        COUNT_OF(pool_cases));
    tcase_add_loop_test(records, kind_of_pool_tells_the_reason, 0, 3);
    tcase_add_test(records,
                   external_web_farm_is_at_the_proxy_that_publishes_it);
    tcase_add_loop_test(records, server_of_each_role_has_an_address, 0,
                        COUNT_OF(roles));
    tcase_add_loop_test(records, web_access_has_its_names, 0,
                        COUNT_OF(web_access_cases));
    tcase_add_loop_test(records, phones_find_time_and_updates, 0,
                        COUNT_OF(phone_cases));
    tcase_add_test(records, no_phones_no_records_for_them);
    tcase_add_test(records, time_server_elsewhere_needs_no_address_here);
    tcase_add_test(records, time_server_in_our_zone_needs_an_address);
    suite_add_tcase(suite, records);
    return suite;
}

int main(void)
{
    return run_suite(plan_roles_suite());
}
