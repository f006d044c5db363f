/*
 * What clients and partners sign in by: targets, ports, views.
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
#define REMOTE  CONTOSO ", external_sign_in: sip.contoso.com"

/* ---- targets of the internal sign-in record */

static const struct naming {
    const char *label;
    const char *pool;
    const char *domain;
    const char *top;    /* keys of the topology */
    const char *keys;   /* keys of the SIP domain */
    const char *target; /* of _sipinternaltls._tcp */
} namings[] = {
    {"parent is the SIP domain", "pool.contoso.com", "contoso.com", "", "",
     "pool.contoso.com"},
    {"parent below the SIP domain", "pool.ad.contoso.com", "contoso.com", "",
     "", "pool.contoso.com"},
    {"SIP domain below the parent", "pool.contoso.com", "retail.contoso.com",
     "", "", "pool.retail.contoso.com"},
    {"unrelated", "ocspool.company.local", "company.com", "", "",
     "ocspool.company.com"},
    {"a name that ends alike", "pool.mycontoso.com", "contoso.com",
     "strict_naming: false\n", "", "pool.contoso.com"},
    {"suffix matching, parent below", "pool.ad.contoso.com", "contoso.com",
     "strict_naming: false\n", "", "pool.ad.contoso.com"},
    {"suffix matching, SIP domain below", "pool.contoso.com",
     "retail.contoso.com", "strict_naming: false\n", "", "pool.contoso.com"},
    {"suffix matching, unrelated", "ocspool.company.local", "company.com",
     "strict_naming: false\n", "", "ocspool.company.com"},
    {"suffix matching for this SIP domain", "pool.ad.contoso.com",
     "contoso.com", "", ", strict_naming: false", "pool.ad.contoso.com"},
    {"strict for this SIP domain", "pool.ad.contoso.com", "contoso.com",
     "strict_naming: false\n", ", strict_naming: true", "pool.contoso.com"},
    {"sign_in_name", "pool.ad.contoso.com", "contoso.com", "",
     ", sign_in_name: sip", "sip.contoso.com"},
    {"sign_in_name where the pool would do", "pool.contoso.com", "contoso.com",
     "", ", sign_in_name: sip", "sip.contoso.com"},
    {"sign_in_name and suffix matching", "pool.ad.contoso.com", "contoso.com",
     "strict_naming: false\n", ", sign_in_name: ocs", "ocs.contoso.com"},
};

START_TEST(sign_in_target_follows_the_naming)
{
    const struct naming *row = &namings[_i];
    const struct plan *plan = plan_of(arena_printf(
        &arena,
        OCS2007 "%spools: [{fqdn: %s, edition: standard, address: 10.0.0.10}]\n"
                "sip_domains: [{name: %s, sign_in: %s%s}]\n",
        row->top, row->pool, row->domain, row->pool, row->keys));
    const char *srv = plan_lines(plan, " SRV ");

    ck_assert_msg(
        strcmp(srv, arena_printf(&arena,
                                 "internal %s _sipinternaltls._tcp.%s"
                                 " SRV 0 0 5061 %s.\n",
                                 row->domain, row->domain, row->target)) == 0,
        "%s: %s", row->label, srv);
    ck_assert_msg(
        strstr(plan_lines(plan, " A "),
               arena_printf(&arena, " %s A 10.0.0.10\n", row->target)) != NULL,
        "%s: the target has no address", row->label);
}
END_TEST

START_TEST(domain_without_sign_in_has_nothing_inside)
{
    const struct plan *plan =
        plan_of(OCS2007 STANDARD "sip_domains: [{name: contoso.com}]\n");

    assert_lines(plan, "contoso.com", "");
}
END_TEST

START_TEST(director_takes_the_sign_ins_instead_of_the_pool)
{
    const struct plan *plan = plan_of(
        OCS2007 STANDARD "directors:\n"
                         "- fqdn: dir.ad.example\n"
                         "  vip: 10.0.0.20\n"
                         "  servers:\n"
                         "  - {fqdn: dir1.ad.example, address: 10.0.0.21}\n"
                         "  - {fqdn: dir2.ad.example, address: 10.0.0.22}\n"
                         "sip_domains:\n"
                         "- {name: contoso.com, sign_in: dir.ad.example}\n");

    assert_lines(plan, "",
                 "internal ad.example pool.ad.example A 10.0.0.10\n"
                 "internal ad.example dir.ad.example A 10.0.0.20\n"
                 "internal ad.example dir1.ad.example A 10.0.0.21\n"
                 "internal ad.example dir2.ad.example A 10.0.0.22\n"
                 "internal contoso.com _sipinternaltls._tcp.contoso.com"
                 " SRV 0 0 5061 dir.contoso.com.\n"
                 "internal contoso.com dir.contoso.com A 10.0.0.20\n"
                 "internal contoso.com sip.contoso.com A 10.0.0.20\n");
    ck_assert_str_eq(
        reason_lines(plan, "internal contoso.com _sipinternaltls"),
        "internal-sign-in-at-director 14 sip_domains[contoso.com].sign_in\n");
    ck_assert_str_eq(reason_lines(plan, "internal ad.example dir.ad.example"),
                     "director-address 9 directors[dir.ad.example].vip\n"
                     "director-array-address 9 directors[dir.ad.example].vip"
                     "\n");
}
END_TEST

START_TEST(single_director_has_its_own_address)
{
    const struct plan *plan =
        plan_of(OCS2007 STANDARD
                "directors: [{fqdn: dir.ad.example, address: 10.0.0.20}]\n"
                "sip_domains: [{name: ad.example, sign_in: dir.ad.example}]\n");

    assert_lines(plan, "dir.ad.example",
                 "internal ad.example _sipinternaltls._tcp.ad.example"
                 " SRV 0 0 5061 dir.ad.example.\n"
                 "internal ad.example dir.ad.example A 10.0.0.20\n");
    ck_assert_str_eq(
        reason_lines(plan, "internal ad.example dir.ad.example A"),
        "director-address 7 directors[dir.ad.example].address\n"
        "internal-sign-in-address 8 sip_domains[ad.example].sign_in\n");
}
END_TEST

START_TEST(tcp_adds_a_record_and_takes_none_away)
{
    const struct plan *plan = plan_of(OCS2007 STANDARD CONTOSO ", tcp: true}");

    assert_lines(plan, " SRV ",
                 "internal contoso.com _sipinternaltls._tcp.contoso.com"
                 " SRV 0 0 5061 pool.contoso.com.\n"
                 "internal contoso.com _sipinternal._tcp.contoso.com"
                 " SRV 0 0 5060 pool.contoso.com.\n");
}
END_TEST

/* ---- names for clients without SRV */

static const struct fallback {
    const char *label;
    const char *keys;
    const char *lines; /* sip*.contoso.com A */
} fallbacks[] = {
    {"default, inside and outside", "",
     "internal sip.contoso.com sip.contoso.com A 10.0.0.10\n"
     "external contoso.com sip.contoso.com A 192.0.2.10\n"},
    {"all three", ", fallback_names: [sip, sipinternal, sipexternal]",
     "internal sip.contoso.com sip.contoso.com A 10.0.0.10\n"
     "internal sipinternal.contoso.com sipinternal.contoso.com A 10.0.0.10\n"
     "external contoso.com sip.contoso.com A 192.0.2.10\n"
     "external contoso.com sipexternal.contoso.com A 192.0.2.10\n"},
    {"none: the target outside stays", ", fallback_names: []",
     "external contoso.com sip.contoso.com A 192.0.2.10\n"},
    {"none: the target inside stays", ", fallback_names: [], sign_in_name: sip",
     "internal sip.contoso.com sip.contoso.com A 10.0.0.10\n"
     "external contoso.com sip.contoso.com A 192.0.2.10\n"},
    {"sipinternal alone", ", fallback_names: [sipinternal]",
     "internal sipinternal.contoso.com sipinternal.contoso.com A 10.0.0.10\n"
     "external contoso.com sip.contoso.com A 192.0.2.10\n"},
};

START_TEST(fallback_names_go_to_their_views)
{
    const struct fallback *row = &fallbacks[_i];
    const struct plan *plan = plan_of(
        arena_printf(&arena, OCS2007 STANDARD EDGE REMOTE "%s}\n", row->keys));
    struct strbuf lines;
    const char *all = plan_lines(plan, " A ");

    strbuf_init(&lines, &arena);
    strbuf_add_text(&lines, "");
    for (const char *line = all, *end; (end = strchr(line, '\n'));
         line = end + 1)
        if (memmem(line, (size_t)(end - line), " sip", 4))
            strbuf_add(&lines, line, (size_t)(end - line) + 1);
    ck_assert_msg(strcmp(lines.text, sort_lines(row->lines)) == 0, "%s: %s",
                  row->label, lines.text);
}
END_TEST

START_TEST(fallback_name_is_not_outside_without_remote_sign_in)
{
    const struct plan *plan = plan_of(OCS2007 STANDARD EDGE CONTOSO
                                      ", fallback_names: [sip, sipinternal,"
                                      " sipexternal]}\n");

    /* the access edge alone */
    assert_lines(plan, "external",
                 "external contoso.com sip.contoso.com A 192.0.2.10\n");
    assert_lines(plan, "sipexternal", "");
    ck_assert_str_eq(
        reason_lines(plan, "external contoso.com sip.contoso.com"),
        "access-edge-address 9 edges[edge.ad.example].access.address\n");
}
END_TEST

/* ---- external sign-in and federation */

static const struct remote {
    const char *label;
    const char *access; /* keys of the access edge */
    const char *domain;
    const char *keys;
    const char *lines; /* external SRV records */
} remotes[] = {
    {"the edge's own name, port 443 by default", "fqdn: sip.contoso.com",
     "contoso.com", "external_sign_in: sip.contoso.com",
     "external contoso.com _sip._tls.contoso.com SRV 0 0 443 "
     "sip.contoso.com.\n"},
    {"another name in the SIP domain", "fqdn: access.contoso.com",
     "contoso.com", "external_sign_in: access.contoso.com",
     "external contoso.com _sip._tls.contoso.com SRV 0 0 443 "
     "access.contoso.com.\n"},
    {"sip. in another SIP domain", "fqdn: access.contoso.com", "fabrikam.com",
     "external_sign_in: access.contoso.com",
     "external fabrikam.com _sip._tls.fabrikam.com SRV 0 0 443 "
     "sip.fabrikam.com.\n"},
    {"parent below the SIP domain", "fqdn: access.dmz.contoso.com",
     "contoso.com", "external_sign_in: access.dmz.contoso.com",
     "external contoso.com _sip._tls.contoso.com SRV 0 0 443 "
     "sip.contoso.com.\n"},
    {"the port of the edge", "fqdn: sip.contoso.com, port: 5061", "contoso.com",
     "external_sign_in: sip.contoso.com",
     "external contoso.com _sip._tls.contoso.com SRV 0 0 5061 "
     "sip.contoso.com.\n"},
    {"federation with remote sign-in", "fqdn: sip.contoso.com", "contoso.com",
     "external_sign_in: sip.contoso.com, federation: true",
     "external contoso.com _sip._tls.contoso.com SRV 0 0 443 "
     "sip.contoso.com.\n"
     "external contoso.com _sipfederationtls._tcp.contoso.com SRV 0 0 5061 "
     "sip.contoso.com.\n"},
    {"federation by a named edge alone", "fqdn: sip.contoso.com", "contoso.com",
     "federation: sip.contoso.com",
     "external contoso.com _sipfederationtls._tcp.contoso.com SRV 0 0 5061 "
     "sip.contoso.com.\n"},
    {"federation port of the edge",
     "fqdn: sip.contoso.com, federation_port: 5065", "fabrikam.com",
     "federation: sip.contoso.com",
     "external fabrikam.com _sipfederationtls._tcp.fabrikam.com SRV 0 0 5065 "
     "sip.fabrikam.com.\n"},
    {"federation: false", "fqdn: sip.contoso.com", "contoso.com",
     "external_sign_in: sip.contoso.com, federation: false",
     "external contoso.com _sip._tls.contoso.com SRV 0 0 443 "
     "sip.contoso.com.\n"},
};

START_TEST(remote_records_follow_the_edge)
{
    const struct remote *row = &remotes[_i];
    const struct plan *plan = plan_of(arena_printf(
        &arena,
        OCS2007 STANDARD "edges:\n"
                         "- internal: {fqdn: edge.ad.example, address: "
                         "172.16.0.5}\n"
                         "  access: {%s, address: 192.0.2.10}\n"
                         "sip_domains:\n"
                         "- {name: %s, sign_in: pool.ad.example, %s}\n",
        row->access, row->domain, row->keys));
    const char *lines = plan_lines(plan, " SRV ");
    const char *inside = strstr(lines, "internal ");

    ck_assert_msg(
        strncmp(lines, sort_lines(row->lines), (size_t)(inside - lines)) == 0 &&
            strlen(row->lines) == (size_t)(inside - lines),
        "%s: %s", row->label, lines);
    /* each of the targets has the edge's address */
    for (const char *line = lines; line < inside;
         line = strchr(line, '\n') + 1) {
        const char *target = strstr(line, " SRV 0 0 ");
        char *owner;

        target = strchr(target + strlen(" SRV 0 0 "), ' ') + 1;
        owner = arena_copy(&arena, target, strcspn(target, "\n") - 1);
        ck_assert_msg(
            strstr(plan_lines(plan, "external "),
                   arena_printf(&arena, " %s A 192.0.2.10\n", owner)) != NULL,
            "%s: %s has no address", row->label, owner);
    }
}
END_TEST

START_TEST(services_with_one_address_differ_in_ports)
{
    const struct plan *plan = plan_of(
        OCS2007R2 STANDARD
        "edges:\n"
        "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
        "  access: {fqdn: sip.contoso.com, address: 192.0.2.25, port: 5061}\n"
        "  web_conferencing: {fqdn: webconf.contoso.com, address: 192.0.2.25,"
        " port: 444}\n"
        "  av: {fqdn: av.contoso.com, address: 192.0.2.25, port: 443}\n" REMOTE
        ", federation: true}\n");

    assert_lines(plan, "external",
                 "external contoso.com _sip._tls.contoso.com"
                 " SRV 0 0 5061 sip.contoso.com.\n"
                 "external contoso.com _sipfederationtls._tcp.contoso.com"
                 " SRV 0 0 5061 sip.contoso.com.\n"
                 "external contoso.com sip.contoso.com A 192.0.2.25\n"
                 "external contoso.com webconf.contoso.com A 192.0.2.25\n"
                 "external contoso.com av.contoso.com A 192.0.2.25\n");
}
END_TEST

START_TEST(balanced_edge_has_virtual_addresses_and_members)
{
    const struct plan *plan =
        plan_of(OCS2007R2 STANDARD
                "edges:\n"
                "- internal: {fqdn: edge.perimeter.example, vip: 172.16.0.10}\n"
                "  access: {fqdn: sip.contoso.com, vip: 192.0.2.10}\n"
                "  web_conferencing: {fqdn: webcon.contoso.com,"
                " vip: 192.0.2.20}\n"
                "  servers:\n"
                "  - {fqdn: edge1.perimeter.example, address: 172.16.0.11}\n"
                "  - {fqdn: edge2.perimeter.example, address: 172.16.0.12}\n"
                "sip_domains: [{name: ad.example, sign_in: pool.ad.example}]"
                "\n");

    assert_lines(
        plan, "perimeter.example",
        "internal perimeter.example edge.perimeter.example A 172.16.0.10\n"
        "internal perimeter.example edge1.perimeter.example A 172.16.0.11\n"
        "internal perimeter.example edge2.perimeter.example A 172.16.0.12\n");
    assert_lines(plan, "external",
                 "external contoso.com sip.contoso.com A 192.0.2.10\n"
                 "external contoso.com webcon.contoso.com A 192.0.2.20\n");
    ck_assert_str_eq(reason_lines(plan, "internal perimeter.example edge2"),
                     "edge-server-address 13 edges[edge.perimeter.example]"
                     ".servers[edge2.perimeter.example]\n");
}
END_TEST

START_TEST(remote_site_has_no_access_edge)
{
    const struct plan *plan = plan_of(
        OCS2007R2 STANDARD EDGE
        "- internal: {fqdn: edge-sg.ad.example, address: 172.17.0.5}\n"
        "  web_conferencing: {fqdn: webconf-sg.contoso.com,"
        " address: 198.51.100.20}\n"
        "  av: {fqdn: av-sg.contoso.com, address: 198.51.100.30}\n" REMOTE
        "}\n");

    assert_lines(plan, "-sg",
                 "internal ad.example edge-sg.ad.example A 172.17.0.5\n"
                 "external contoso.com webconf-sg.contoso.com A 198.51.100.20\n"
                 "external contoso.com av-sg.contoso.com A 198.51.100.30\n");
    assert_lines(plan, "_sip._tls",
                 "external contoso.com _sip._tls.contoso.com"
                 " SRV 0 0 443 sip.contoso.com.\n");
}
END_TEST

START_TEST(private_address_of_an_edge_is_not_published)
{
    const struct plan *plan =
        plan_of(OCS2007R2 STANDARD
                "edges:\n"
                "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
                "  access: {fqdn: sip.contoso.com, address: 192.0.2.10,"
                " private_address: 192.168.40.5}\n" REMOTE "}\n");

    assert_lines(plan, "192.168.40.5", "");
    assert_lines(plan, "192.0.2.10",
                 "external contoso.com sip.contoso.com A 192.0.2.10\n");
}
END_TEST

/* domain.md 2.5: what must not be seen from the other side */
START_TEST(nothing_is_planned_in_the_wrong_view)
{
    static const char *const never[] = {
        "external * _sipinternaltls", "external * _sipinternal._tcp",
        "external * sipinternal.",    "external * _ntp._udp",
        "external * ucupdates",       "external * pool.",
        "external * edge.",           "external * fe1.",
        "internal * _sip._tls",       "internal * _sip._tcp",
        "external * _sip._tcp",       "internal * sipexternal.",
        "internal * _sipfederation",  "internal * _xmpp-server"};
    const struct plan *plan = plan_of(
        "product: ocs2007r2\n" DNS
        "  hosts: {dc1.ad.example: 10.0.0.2}\n" STANDARD EDGE "servers:\n"
        "- {fqdn: xmpp.ad.example, role: xmpp_gateway,"
        " address: 10.0.0.30, external: {fqdn: xmpp.contoso.com,"
        " address: 192.0.2.50}}\n"
        "phones: {time_server: dc1.ad.example}\n" REMOTE
        ", federation: true, xmpp: true, tcp: true, phones: true,"
        " fallback_names: [sip, sipinternal, sipexternal]}\n"
        "zones: [{name: contoso.com, view: internal, mode: zone,"
        " base: []}]\n");
    const char *lines = plan_lines(plan, "");

    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        const char *owner = strchr(never[i], '*') + 1;

        for (const char *line = lines, *end; (end = strchr(line, '\n'));
             line = end + 1)
            if (strncmp(line, never[i], 9) == 0)
                ck_assert_msg(
                    !memmem(line, (size_t)(end - line), owner, strlen(owner)),
                    "%s: %.*s", never[i], (int)(end - line), line);
    }
    /* the access edge's address is not under sip. inside, zone or no zone */
    assert_lines(plan, " sip.contoso.com A ",
                 "internal contoso.com sip.contoso.com A 10.0.0.10\n"
                 "external contoso.com sip.contoso.com A 192.0.2.10\n");
}
END_TEST

START_TEST(xmpp_leads_to_the_external_name_of_the_gateway)
{
    const struct plan *plan =
        plan_of(OCS2007R2 STANDARD
                "servers:\n"
                "- {fqdn: med.ad.example, role: mediation,"
                " address: 10.0.0.29}\n"
                "- {fqdn: xmpp.ad.example, role: xmpp_gateway,"
                " address: 10.0.0.30, external: {fqdn: xmpp.contoso.com,"
                " address: 192.0.2.50}}\n" CONTOSO ", xmpp: true}\n"
                "- {name: ad.example, sign_in: pool.ad.example}\n");

    assert_lines(plan, "xmpp",
                 "internal ad.example xmpp.ad.example A 10.0.0.30\n"
                 "external contoso.com _xmpp-server._tcp.contoso.com"
                 " SRV 0 0 5269 xmpp.contoso.com.\n"
                 "external contoso.com xmpp.contoso.com A 192.0.2.50\n");
}
END_TEST

static Suite *plan_sign_in_suite(void)
{
    Suite *suite = suite_create("plan_sign_in");
    TCase *records = tcase_create("records");

    tcase_add_checked_fixture(records, setup, teardown);
    tcase_add_loop_test(records, sign_in_target_follows_the_naming, 0,
                        COUNT_OF(namings));
    tcase_add_test(records, domain_without_sign_in_has_nothing_inside);
    tcase_add_test(records, director_takes_the_sign_ins_instead_of_the_pool);
    tcase_add_test(records, single_director_has_its_own_address);
    tcase_add_test(records, tcp_adds_a_record_and_takes_none_away);
    tcase_add_loop_test(records, fallback_names_go_to_their_views, 0,
                        COUNT_OF(fallbacks));
    tcase_add_test(records,
                   fallback_name_is_not_outside_without_remote_sign_in);
    tcase_add_loop_test(records, remote_records_follow_the_edge, 0,
                        COUNT_OF(remotes));
    tcase_add_test(records, services_with_one_address_differ_in_ports);
    tcase_add_test(records, balanced_edge_has_virtual_addresses_and_members);
    tcase_add_test(records, remote_site_has_no_access_edge);
    tcase_add_test(records, private_address_of_an_edge_is_not_published);
    tcase_add_test(records, nothing_is_planned_in_the_wrong_view);
    tcase_add_test(records, xmpp_leads_to_the_external_name_of_the_gateway);
    suite_add_tcase(suite, records);
    return suite;
}

int main(void)
{
    return run_suite(plan_sign_in_suite());
}
