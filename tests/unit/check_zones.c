/*
 * From names to zones: which zone a name belongs to, whole and pinpoint
 * zones, what a whole inside zone repeats, what its SOA says.
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

/* ---- the zone of a name */

static const struct zone_case {
    const char *label;
    const char *text; /* from line 5 on */
    const char *zones;
} zone_cases[] = {
    {"a zone for the SIP domain and one for the hosts", STANDARD CONTOSO "}\n",
     "internal contoso.com whole\n"
     "internal ad.example whole\n"},
    {"hosts in the SIP domain itself",
     "pools: [{fqdn: pool.contoso.com, edition: standard,"
     " address: 10.0.0.10}]\n"
     "sip_domains: [{name: contoso.com, sign_in: pool.contoso.com}]\n",
     "internal contoso.com whole\n"},
    {"the shortest domain that holds hosts",
     "pools:\n"
     "- {fqdn: se1.sg.corp.contoso.com, edition: standard,"
     " address: 10.2.0.11}\n"
     "- {fqdn: pool1.corp.contoso.com, edition: standard,"
     " address: 10.1.0.10}\n"
     "- {fqdn: se2.uk.corp.contoso.com, edition: standard,"
     " address: 10.3.0.11}\n"
     "sip_domains: [{name: fabrikam.com, sign_in: pool1.corp.contoso.com}]\n",
     "internal corp.contoso.com whole\n"
     "internal fabrikam.com whole\n"},
    {"a declared zone is nearer",
     "pools:\n"
     "- {fqdn: se1.sg.corp.contoso.com, edition: standard,"
     " address: 10.2.0.11}\n"
     "- {fqdn: pool1.corp.contoso.com, edition: standard,"
     " address: 10.1.0.10}\n"
     "sip_domains: [{name: fabrikam.com, sign_in: pool1.corp.contoso.com}]\n"
     "zones: [{name: sg.corp.contoso.com}]\n",
     "internal corp.contoso.com whole\n"
     "internal sg.corp.contoso.com whole\n"
     "internal fabrikam.com whole\n"},
    {"declaring the shortest domain moves no host",
     "pools:\n"
     "- {fqdn: se1.sg.corp.contoso.com, edition: standard,"
     " address: 10.2.0.11}\n"
     "- {fqdn: pool1.corp.contoso.com, edition: standard,"
     " address: 10.1.0.10}\n"
     "sip_domains: [{name: fabrikam.com, sign_in: pool1.corp.contoso.com}]\n"
     "zones: [{name: corp.contoso.com}]\n",
     "internal corp.contoso.com whole\n"
     "internal fabrikam.com whole\n"},
    {"hosts below a SIP domain with Active Directory stay in it",
     "pools:\n"
     "- {fqdn: se1.sg.contoso.com, edition: standard, address: 10.2.0.11}\n"
     "- {fqdn: pool1.contoso.com, edition: standard, address: 10.1.0.10}\n"
     "sip_domains: [{name: contoso.com, sign_in: pool1.contoso.com}]\n",
     "internal contoso.com whole\n"},
    {"a SIP domain below another",
     STANDARD CONTOSO "}\n"
                      "- {name: retail.contoso.com,"
                      " sign_in: pool.ad.example}\n",
     "internal contoso.com whole\n"
     "internal retail.contoso.com whole\n"
     "internal ad.example whole\n"},
    {"hosts below a SIP domain are not part of it",
     "pools: [{fqdn: pool.corp.contoso.com, edition: standard,"
     " address: 10.0.0.10}]\n"
     "sip_domains: [{name: contoso.com, sign_in: pool.corp.contoso.com}]\n",
     "internal contoso.com whole\n"
     "internal corp.contoso.com whole\n"},
    {"a declared zone without records is not there",
     STANDARD CONTOSO "}\nzones: [{name: empty.example},"
                      " {name: contoso.com, view: external}]\n",
     "internal contoso.com whole\n"
     "internal ad.example whole\n"},
    {"the parent of a domain that is public is pinpoint inside, too",
     STANDARD "edges:\n"
              "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
              "  access: {fqdn: sip.retail.contoso.com,"
              " address: 192.0.2.10}\n" CONTOSO "}\n"
              "- {name: retail.contoso.com, sign_in: pool.ad.example,"
              " external_sign_in: sip.retail.contoso.com}\n",
     "internal _sipinternaltls._tcp.contoso.com pinpoint\n"
     "internal pool.contoso.com pinpoint\n"
     "internal _sipinternaltls._tcp.retail.contoso.com pinpoint\n"
     "internal pool.retail.contoso.com pinpoint\n"
     "internal sip.retail.contoso.com pinpoint\n"
     "internal sip.contoso.com pinpoint\n"
     "internal ad.example whole\n"
     "external retail.contoso.com whole\n"},
    {"a domain whose public names lie in a wider zone outside is pinpoint",
     "pools: [{fqdn: pool.emea.contoso.com, edition: standard,"
     " address: 10.0.0.10}]\n"
     "edges:\n"
     "- internal: {fqdn: edge.emea.contoso.com, address: 172.16.0.5}\n"
     "  access: {fqdn: access.contoso.com, address: 192.0.2.10}\n"
     "  av: {fqdn: av.emea.contoso.com, address: 192.0.2.30}\n"
     "sip_domains: [{name: fabrikam.com, sign_in: pool.emea.contoso.com,"
     " fallback_names: []}]\n",
     "internal edge.emea.contoso.com pinpoint\n"
     "internal pool.emea.contoso.com pinpoint\n"
     "internal fabrikam.com whole\n"
     "external contoso.com whole\n"},
    {"a domain from DHCP that is not ours is pinpoint",
     STANDARD "phones: {time_server: dc1.other.example,"
              " dhcp_domains: [lan.other.example]}\n"
              "sip_domains: [{name: contoso.com, sign_in: pool.ad.example,"
              " phones: true}]\n",
     "internal contoso.com whole\n"
     "internal ad.example whole\n"
     "internal ucupdates-r2.lan.other.example pinpoint\n"},
    {"a domain that is public, too, is pinpoint inside", STANDARD EDGE REMOTE,
     "internal _sipinternaltls._tcp.contoso.com pinpoint\n"
     "internal pool.contoso.com pinpoint\n"
     "internal sip.contoso.com pinpoint\n"
     "internal ad.example whole\n"
     "external contoso.com whole\n"},
    {"pinpoint where it is declared",
     STANDARD CONTOSO "}\n"
                      "zones: [{name: contoso.com, mode: pinpoint}]\n",
     "internal _sipinternaltls._tcp.contoso.com pinpoint\n"
     "internal pool.contoso.com pinpoint\n"
     "internal sip.contoso.com pinpoint\n"
     "internal ad.example whole\n"},
    {"a domain whose zone is somebody else's",
     STANDARD EDGE REMOTE "zones: [{name: contoso.com, mode: include},"
                          " {name: ad.example, mode: include}]\n",
     "internal contoso.com include\n"
     "internal ad.example include\n"
     "external contoso.com include\n"},
    {"a whole zone where it is declared",
     STANDARD EDGE REMOTE
     "zones: [{name: contoso.com, view: internal, mode: zone, base: []}]\n",
     "internal contoso.com whole\n"
     "internal ad.example whole\n"
     "external contoso.com whole\n"},
    {"what is declared for the other view says nothing inside",
     STANDARD EDGE REMOTE
     "zones: [{name: contoso.com, view: external, mode: zone}]\n",
     "internal _sipinternaltls._tcp.contoso.com pinpoint\n"
     "internal pool.contoso.com pinpoint\n"
     "internal sip.contoso.com pinpoint\n"
     "internal ad.example whole\n"
     "external contoso.com whole\n"},
    {"a public domain of hosts that is no SIP domain",
     "pools: [{fqdn: pool.ad.example, edition: standard, address: 10.0.0.10,"
     " web_farm: {external: web.hosted.example}}]\n"
     "reverse_proxies: [{address: 192.0.2.40, publishes:"
     " [web.hosted.example]}]\n"
     "sip_domains: [{name: ad.example, sign_in: pool.ad.example}]\n",
     "internal ad.example whole\n"
     "external hosted.example whole\n"},
};

START_TEST(name_is_in_the_nearest_zone)
{
    const struct zone_case *row = &zone_cases[_i];
    const struct plan *plan =
        plan_of(arena_printf(&arena, OCS2007R2 "%s", row->text));

    ck_assert_msg(strcmp(zone_lines(plan), row->zones) == 0, "%s: %s",
                  row->label, zone_lines(plan));
}
END_TEST

START_TEST(deep_host_is_in_the_zone_above)
{
    const struct plan *plan =
        plan_of(arena_printf(&arena, OCS2007R2 "%s", zone_cases[2].text));

    assert_lines(plan, "se1",
                 "internal corp.contoso.com se1.sg.corp.contoso.com"
                 " A 10.2.0.11\n");
}
END_TEST

START_TEST(host_of_a_declared_zone_is_there_and_nowhere_else)
{
    const struct plan *plan =
        plan_of(arena_printf(&arena, OCS2007R2 "%s", zone_cases[3].text));

    assert_lines(plan, "se1",
                 "internal sg.corp.contoso.com se1.sg.corp.contoso.com"
                 " A 10.2.0.11\n");
}
END_TEST

START_TEST(view_without_records_has_no_zones)
{
    const struct plan *plan = plan_of(
        "product: ocs2007\n" DNS
        "  hosts: {external: {www.contoso.com: 192.0.2.1}}\n" STANDARD CONTOSO
        "}\n");

    ck_assert_uint_eq(plan->views[VIEW_EXTERNAL].count, 0);
    ck_assert_ptr_null(
        plan_find_zone(plan, VIEW_EXTERNAL, name_of("contoso.com")));
}
END_TEST

START_TEST(zone_of_a_name_is_found)
{
    const struct plan *plan =
        plan_of(OCS2007R2 STANDARD "sip_domains:\n"
                                   "- {name: contoso.com,"
                                   " sign_in: pool.ad.example}\n"
                                   "- {name: retail.contoso.com,"
                                   " sign_in: pool.ad.example}\n");
    static const char *const names[][2] = {
        {"contoso.com", "contoso.com"},
        {"www.contoso.com", "contoso.com"},
        {"retail.contoso.com", "retail.contoso.com"},
        {"a.b.c.retail.contoso.com", "retail.contoso.com"},
        {"xretail.contoso.com", "contoso.com"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct plan_zone *zone =
            plan_find_zone(plan, VIEW_INTERNAL, name_of(names[i][0]));

        ck_assert_ptr_nonnull(zone);
        ck_assert_str_eq(name_to_text(&arena, zone->apex), names[i][1]);
    }
    ck_assert_ptr_null(plan_find_zone(plan, VIEW_INTERNAL, name_of("com")));
    ck_assert_ptr_null(
        plan_find_zone(plan, VIEW_INTERNAL, name_of("mycontoso.com")));
}
END_TEST

START_TEST(records_are_sorted_by_owner_type_and_data)
{
    const struct plan *plan = plan_of(OCS2007R2 STANDARD EDGE REMOTE);

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *zone = plan->views[view].zones[i];

            for (size_t j = 1; j < zone->count; j++) {
                const struct record *one = &zone->records[j - 1].record;
                const struct record *other = &zone->records[j].record;
                int order = name_compare(one->owner, other->owner);

                if (order == 0)
                    order = record_type_compare(one->type, other->type);
                ck_assert_int_le(order, 0);
            }
        }
}
END_TEST

/* ---- pinpoint */

START_TEST(pinpoint_zone_takes_the_names_below_it)
{
    const struct plan *plan =
        plan_of(OCS2007R2 STANDARD EDGE
                "web_access: [{fqdn: im.contoso.com, server: cwa.ad.example,"
                " address: 10.0.0.40}]\n" REMOTE);
    const struct plan_zone *zone =
        plan_find_zone(plan, VIEW_INTERNAL, name_of("im.contoso.com"));

    assert_lines(plan, " im.contoso.com ",
                 "internal im.contoso.com im.contoso.com A 10.0.0.40\n"
                 "internal im.contoso.com as.im.contoso.com"
                 " CNAME im.contoso.com.\n"
                 "internal im.contoso.com download.im.contoso.com"
                 " CNAME im.contoso.com.\n");
    ck_assert_int_eq(zone->mode, ZONE_PINPOINT);
    ck_assert(name_equal(zone->domain, name_of("contoso.com")));
    ck_assert_uint_eq(zone->place.line, 12);
}
END_TEST

START_TEST(alias_at_an_apex_is_its_address_and_keeps_its_reason)
{
    const struct plan *plan =
        plan_of(OCS2007R2 STANDARD EDGE
                "web_access: [{fqdn: im.contoso.com, server: cwa.ad.example,"
                " address: 10.0.0.40}]\n" REMOTE);

    ck_assert_str_eq(
        reason_lines(plan, "internal im.contoso.com im.contoso.com A 10.0.0.40"
                           "\n"),
        "web-access-alias 12 web_access[im.contoso.com].server\n");
}
END_TEST

/* Neither derives from the zone: named's check-names would refuse it. */
START_TEST(pinpoint_zone_names_servers_from_outside)
{
    const struct plan *plan = plan_of(OCS2007R2 STANDARD EDGE REMOTE);
    const struct plan_zone *zone = plan_find_zone(
        plan, VIEW_INTERNAL, name_of("_sipinternaltls._tcp.contoso.com"));

    ck_assert_str_eq(name_to_text(&arena, zone->soa.primary),
                     "ns1.isp.example");
    ck_assert_str_eq(name_to_text(&arena, zone->soa.contact),
                     "hostmaster.isp.example");
}
END_TEST

START_TEST(pinpoint_names_leave_a_declared_zone_alone)
{
    const struct plan *plan = plan_of(
        OCS2007R2 "pools: [{fqdn: pool.corp.contoso.com, edition: standard,"
                  " address: 10.0.0.10}]\n" EDGE
                  "sip_domains: [{name: contoso.com,"
                  " sign_in: pool.corp.contoso.com,"
                  " external_sign_in: sip.contoso.com}]\n");

    ck_assert_str_eq(zone_lines(plan),
                     "internal _sipinternaltls._tcp.contoso.com pinpoint\n"
                     "internal corp.contoso.com whole\n"
                     "internal pool.contoso.com pinpoint\n"
                     "internal sip.contoso.com pinpoint\n"
                     "internal ad.example whole\n"
                     "external contoso.com whole\n");
}
END_TEST

/* ---- whole inside zones */

#define FARM                                                                   \
    "pools: [{fqdn: pool.ad.example, edition: standard, address: 10.0.0.10,"   \
    " web_farm: {external: ocsrp.contoso.com}}]\n"                             \
    "reverse_proxies: [{address: 192.0.2.40, publishes:"                       \
    " [ocsrp.contoso.com]}]\n"

#define OWN                                                                    \
    "internal contoso.com _sipinternaltls._tcp.contoso.com"                    \
    " SRV 0 0 5061 pool.contoso.com.\n"                                        \
    "internal contoso.com pool.contoso.com A 10.0.0.10\n"                      \
    "internal contoso.com sip.contoso.com A 10.0.0.10\n"
#define MIRRORED_CONFERENCING                                                  \
    "internal contoso.com webconf.contoso.com A 192.0.2.20\n"
#define MIRRORED_OTHERS                                                        \
    "internal contoso.com av.contoso.com A 192.0.2.30\n"                       \
    "internal contoso.com ocsrp.contoso.com A 192.0.2.40\n"

static const struct mirror_case {
    const char *label;
    const char *zone; /* keys of contoso.com */
    const char *lines;
} mirror_cases[] = {
    {"all by default", "mode: zone, view: internal, base: []",
     OWN MIRRORED_CONFERENCING MIRRORED_OTHERS},
    {"all", "mode: zone, view: internal, mirror: all",
     OWN MIRRORED_CONFERENCING MIRRORED_OTHERS},
    {"a list", "mode: zone, mirror: [webconf.contoso.com]",
     OWN MIRRORED_CONFERENCING},
    {"none", "mode: zone, base: [], mirror: []", OWN},
    {"what goes into somebody else's zone", "mode: include",
     OWN MIRRORED_CONFERENCING MIRRORED_OTHERS},
    {"a list, for somebody else's zone",
     "mode: include, mirror: [webconf.contoso.com]", OWN MIRRORED_CONFERENCING},
    {"none, for somebody else's zone", "mode: include, mirror: []", OWN},
};

START_TEST(whole_inside_zone_repeats_public_names)
{
    const struct mirror_case *row = &mirror_cases[_i];
    const struct plan *plan = plan_of(
        arena_printf(&arena,
                     OCS2007R2 FARM EDGE REMOTE "zones: [{name: contoso.com, "
                                                "%s}]\n",
                     row->zone));
    const char *lines = plan_lines(plan, "internal contoso.com");

    ck_assert_msg(strcmp(lines, sort_lines(row->lines)) == 0, "%s: %s",
                  row->label, lines);
}
END_TEST

START_TEST(repeated_record_is_marked_and_has_the_public_reason)
{
    const struct plan *plan =
        plan_of(OCS2007R2 FARM EDGE REMOTE "zones: [{name: contoso.com,"
                                           " mode: zone}]\n");

    ck_assert(
        find_record(plan, "internal contoso.com av.contoso.com A")->mirrored);
    ck_assert(
        !find_record(plan, "internal contoso.com sip.contoso.com A")->mirrored);
    ck_assert(
        !find_record(plan, "external contoso.com av.contoso.com A")->mirrored);
    ck_assert_str_eq(
        reason_lines(plan, "internal contoso.com ocsrp.contoso.com A"),
        "external-web-farm 5 pools[pool.ad.example].web_farm.external\n");
}
END_TEST

START_TEST(access_edge_of_another_name_is_repeated)
{
    const struct plan *plan = plan_of(
        OCS2007R2 STANDARD
        "edges:\n"
        "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
        "  access: {fqdn: access.contoso.com, address: 192.0.2.10}\n" CONTOSO
        ", external_sign_in: access.contoso.com}\n"
        "zones: [{name: contoso.com, mode: zone, base: []}]\n");

    assert_lines(plan, "internal contoso.com",
                 OWN "internal contoso.com access.contoso.com A 192.0.2.10\n");
}
END_TEST

/* Without a value of its own inside, sip must not get the public one, nor
 * anything else that is for the one view alone. */
START_TEST(what_is_for_the_outside_alone_is_never_inside)
{
    const struct plan *plan = plan_of(
        OCS2007R2 STANDARD EDGE
        "servers: [{fqdn: x.ad.example, role: xmpp_gateway, address: 10.0.0.31,"
        " external: {fqdn: xmpp.contoso.com, address: 192.0.2.50}}]\n" CONTOSO
        ", external_sign_in: sip.contoso.com, federation: true, xmpp: true,"
        " fallback_names: [sipexternal]}\n"
        "zones: [{name: contoso.com, view: internal, mode: zone, base: []}]\n");

    assert_lines(plan, "internal contoso.com",
                 "internal contoso.com _sipinternaltls._tcp.contoso.com"
                 " SRV 0 0 5061 pool.contoso.com.\n"
                 "internal contoso.com pool.contoso.com"
                 " A 10.0.0.10\n" MIRRORED_CONFERENCING
                 "internal contoso.com av.contoso.com A 192.0.2.30\n");
    ck_assert_ptr_nonnull(find_record(
        plan, "external contoso.com _sipfederationtls._tcp.contoso.com SRV"));
    ck_assert_ptr_nonnull(find_record(
        plan, "external contoso.com _xmpp-server._tcp.contoso.com SRV"));
    ck_assert_ptr_nonnull(
        find_record(plan, "external contoso.com _sip._tls.contoso.com SRV"));
}
END_TEST

START_TEST(inside_value_wins_over_the_public_one)
{
    const struct plan *plan = plan_of(
        OCS2007R2 "pools: [{fqdn: pool.ad.example, edition: standard,"
                  " address: 10.0.0.10, web_farm: {internal: web.contoso.com,"
                  " external: web.contoso.com}}]\n"
                  "reverse_proxies: [{address: 192.0.2.40, publishes:"
                  " [web.contoso.com]}]\n" CONTOSO "}\n"
                  "zones: [{name: contoso.com, mode: zone, base: []}]\n");

    assert_lines(plan, "web.contoso.com",
                 "internal contoso.com web.contoso.com A 10.0.0.10\n"
                 "external contoso.com web.contoso.com A 192.0.2.40\n");
}
END_TEST

START_TEST(alias_at_the_top_of_anybody_s_zone_is_its_address)
{
    const struct plan *plan =
        plan_of(OCS2007R2 STANDARD
                "web_access: [{fqdn: im.contoso.com, server: cwa.ad.example,"
                " address: 10.0.0.40}]\n" CONTOSO "}\n"
                "zones: [{name: im.contoso.com, mode: include}]\n");

    assert_lines(plan, " im.contoso.com A",
                 "internal im.contoso.com im.contoso.com A 10.0.0.40\n");
}
END_TEST

START_TEST(zone_of_others_may_know_the_target)
{
    const struct plan *plan = plan_of(
        OCS2007R2 STANDARD "phones: {time_server: clock.contoso.com}\n" CONTOSO
                           ", phones: true}\n"
                           "zones: [{name: contoso.com, mode: include}]\n");

    assert_lines(plan, "clock",
                 "internal contoso.com _ntp._udp.contoso.com SRV 0 0 123 "
                 "clock.contoso.com.\n");
}
END_TEST

START_TEST(pinpoint_repeats_nothing)
{
    const struct plan *plan = plan_of(OCS2007R2 FARM EDGE REMOTE);

    assert_lines(plan, "192.0.2.",
                 "external contoso.com sip.contoso.com A 192.0.2.10\n"
                 "external contoso.com webconf.contoso.com A 192.0.2.20\n"
                 "external contoso.com av.contoso.com A 192.0.2.30\n"
                 "external contoso.com ocsrp.contoso.com A 192.0.2.40\n");
}
END_TEST

static const struct report_case {
    const char *label;
    const char *text; /* from line 5 on */
    const char *reports;
} report_cases[] = {
    {"pinpoint hides nothing; whole over AD is a note", STANDARD EDGE REMOTE,
     "whole-zone-over-ad-domain 6\n"},
    {"a whole zone over a public domain",
     STANDARD EDGE REMOTE "ad_domains: [corp.example]\n"
                          "zones:\n- {name: contoso.com, mode: zone}\n",
     "whole-zone-hides-public-names 16\n"},
    {"base: [] says that it is meant",
     STANDARD EDGE REMOTE "ad_domains: [corp.example]\n"
                          "zones: [{name: contoso.com, mode: zone,"
                          " base: []}]\n",
     ""},
    {"the SIP domain is the AD domain",
     STANDARD "sip_domains:\n- {name: ad.example, sign_in: pool.ad.example}\n",
     "whole-zone-over-ad-domain 6\n"},
    {"what goes into somebody else's zone hides nothing",
     STANDARD EDGE REMOTE "zones: [{name: contoso.com, mode: include},"
                          " {name: ad.example, mode: include}]\n",
     ""},
    {"somebody else's zone below a whole one",
     STANDARD CONTOSO "}\n- {name: eu.contoso.com, sign_in:"
                      " pool.ad.example}\nad_domains: []\n"
                      "zones:\n- {name: eu.contoso.com, mode: include}\n",
     "included-domain-not-delegated 12\n"},
    {"somebody else's zone below somebody else's",
     STANDARD CONTOSO "}\n- {name: eu.contoso.com, sign_in:"
                      " pool.ad.example}\nad_domains: []\n"
                      "zones: [{name: eu.contoso.com, mode: include},"
                      " {name: contoso.com, mode: include}]\n",
     ""},
    {"names to repeat that have a value of their own inside, are never inside,"
     " lie elsewhere, are not there",
     STANDARD EDGE CONTOSO ", external_sign_in: sip.contoso.com,"
                           " fallback_names: [sipexternal]}\n"
                           "ad_domains: []\n"
                           "zones:\n- name: contoso.com\n  view: internal\n"
                           "  mode: zone\n  base: []\n  mirror:\n"
                           "  - sip.contoso.com\n"
                           "  - sipexternal.contoso.com\n"
                           "  - av.contoso.com\n"
                           "  - av.fabrikam.com\n",
     "mirror-not-repeated 21\nmirror-not-repeated 22\nmirror-not-public 24\n"},
    {"names to repeat, of a pinpoint domain",
     STANDARD EDGE REMOTE "ad_domains: []\n"
                          "zones: [{name: contoso.com, mirror:"
                          " [sip.contoso.com]}]\n",
     ""},
    {"no AD domain at all", STANDARD CONTOSO "}\nad_domains: []\n", ""},
    {"a Director's domain is one",
     STANDARD "directors:\n- {fqdn: dir.dc.example, address: 10.0.0.20}\n"
              "sip_domains: [{name: contoso.com, sign_in: dir.dc.example}]\n",
     "whole-zone-over-ad-domain 6\n"
     "whole-zone-over-ad-domain 8\n"},
    {"a front end's domain is one",
     "pools:\n- fqdn: pool.contoso.com\n  edition: enterprise\n"
     "  front_ends:\n  - {fqdn: fe1.dc.example, address: 10.0.0.20}\n"
     "sip_domains: [{name: contoso.com, sign_in: pool.contoso.com}]\n",
     "whole-zone-over-ad-domain 6\n"
     "whole-zone-over-ad-domain 9\n"},
};

START_TEST(what_a_whole_inside_zone_hides_is_said)
{
    const struct report_case *row = &report_cases[_i];
    const struct plan *plan =
        plan_of(arena_printf(&arena, OCS2007R2 "%s", row->text));

    ck_assert_str_eq(reports(), "");
    plan_report_zones(&arena, &diag, plan);
    ck_assert_msg(strcmp(reports(), row->reports) == 0, "%s: %s", row->label,
                  reports());
    ck_assert_uint_eq(diag.errors, 0);
}
END_TEST

/* ---- start of authority */

START_TEST(primary_is_the_first_name_server_by_default)
{
    const struct plan *plan =
        plan_of("product: ocs2007r2\n"
                "dns:\n"
                "  nameservers:\n"
                "    internal: [ns2.isp.example, ns1.isp.example]\n"
                "    external: [ns3.isp.example]\n"
                "  contact: hostmaster@isp.example\n" STANDARD EDGE REMOTE);

    ck_assert_str_eq(
        name_to_text(&arena, plan->views[VIEW_INTERNAL].zones[0]->soa.primary),
        "ns2.isp.example");
    ck_assert_str_eq(
        name_to_text(&arena, plan->views[VIEW_EXTERNAL].zones[0]->soa.primary),
        "ns3.isp.example");
}
END_TEST

START_TEST(primary_may_be_said_for_each_view)
{
    const struct plan *plan =
        plan_of("product: ocs2007r2\n" DNS
                "  primary: {internal: in.isp.example, external: "
                "out.isp.example}\n" STANDARD EDGE REMOTE);

    ck_assert_str_eq(
        name_to_text(&arena, plan->views[VIEW_INTERNAL].zones[0]->soa.primary),
        "in.isp.example");
    ck_assert_str_eq(
        name_to_text(&arena, plan->views[VIEW_EXTERNAL].zones[0]->soa.primary),
        "out.isp.example");
}
END_TEST

START_TEST(dot_in_the_contact_is_part_of_a_label)
{
    const struct plan *plan =
        plan_of("product: ocs2007\n"
                "dns:\n"
                "  nameservers: [ns1.isp.example]\n"
                "  contact: host.master@isp.example\n" STANDARD CONTOSO "}\n");
    const struct plan_zone *zone = plan->views[VIEW_INTERNAL].zones[0];

    ck_assert_uint_eq(name_label_count(zone->soa.contact), 3);
    ck_assert_str_eq(name_to_text(&arena, zone->soa.contact),
                     "host\\.master.isp.example");
    ck_assert_uint_eq(zone->soa.serial, 0);
}
END_TEST

/* One whole zone inside answers for all names below it that are not cut out:
 * public names of a pinpoint domain, too. */
START_TEST(whole_zone_repeats_public_names_of_pinpoint_domains_below_it)
{
    const struct plan *plan = plan_of(
        OCS2007R2 STANDARD
        "edges:\n"
        "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
        "  access: {fqdn: sip.retail.contoso.com, address: 192.0.2.10}\n"
        "  av: {fqdn: av.retail.contoso.com, address: 192.0.2.30}\n" CONTOSO
        "}\n"
        "- {name: retail.contoso.com, sign_in: pool.ad.example,"
        " external_sign_in: sip.retail.contoso.com}\n"
        "zones: [{name: contoso.com, view: internal, mode: zone}]\n");

    assert_lines(plan, "av.retail",
                 "internal contoso.com av.retail.contoso.com A 192.0.2.30\n"
                 "external retail.contoso.com av.retail.contoso.com A "
                 "192.0.2.30\n");
}
END_TEST

/* Somebody else's time server is somebody else's record. */
START_TEST(time_server_elsewhere_makes_no_zone)
{
    const struct plan *plan =
        plan_of("product: ocs2007r2\n"
                "dns:\n"
                "  nameservers: [ns1.isp.example]\n"
                "  contact: h@contoso.com\n"
                "  hosts: {dc1.other.example: 10.9.0.1}\n" STANDARD
                "phones: {time_server: dc1.other.example}\n"
                "sip_domains: [{name: contoso.com, sign_in: pool.ad.example,"
                " phones: true}]\n");

    assert_lines(plan, "other.example",
                 "internal contoso.com _ntp._udp.contoso.com SRV 0 0 123 "
                 "dc1.other.example.\n");
}
END_TEST

static Suite *zones_suite(void)
{
    Suite *suite = suite_create("zones");
    TCase *places = tcase_create("places");
    TCase *inside = tcase_create("inside");
    TCase *authority = tcase_create("authority");

    tcase_add_checked_fixture(places, setup, teardown);
    tcase_add_loop_test(places, name_is_in_the_nearest_zone, 0,
                        COUNT_OF(zone_cases));
    tcase_add_test(places, deep_host_is_in_the_zone_above);
    tcase_add_test(places, host_of_a_declared_zone_is_there_and_nowhere_else);
    tcase_add_test(places, view_without_records_has_no_zones);
    tcase_add_test(places, zone_of_a_name_is_found);
    tcase_add_test(places, records_are_sorted_by_owner_type_and_data);
    tcase_add_test(places, pinpoint_zone_takes_the_names_below_it);
    tcase_add_test(places,
                   alias_at_an_apex_is_its_address_and_keeps_its_reason);
    tcase_add_test(places, pinpoint_zone_names_servers_from_outside);
    tcase_add_test(places, pinpoint_names_leave_a_declared_zone_alone);
    suite_add_tcase(suite, places);
    tcase_add_checked_fixture(inside, setup, teardown);
    tcase_add_loop_test(inside, whole_inside_zone_repeats_public_names, 0,
                        COUNT_OF(mirror_cases));
    tcase_add_test(
        inside, whole_zone_repeats_public_names_of_pinpoint_domains_below_it);
    tcase_add_test(inside, time_server_elsewhere_makes_no_zone);
    tcase_add_test(inside, repeated_record_is_marked_and_has_the_public_reason);
    tcase_add_test(inside, access_edge_of_another_name_is_repeated);
    tcase_add_test(inside, what_is_for_the_outside_alone_is_never_inside);
    tcase_add_test(inside, inside_value_wins_over_the_public_one);
    tcase_add_test(inside, alias_at_the_top_of_anybody_s_zone_is_its_address);
    tcase_add_test(inside, zone_of_others_may_know_the_target);
    tcase_add_test(inside, pinpoint_repeats_nothing);
    tcase_add_loop_test(inside, what_a_whole_inside_zone_hides_is_said, 0,
                        COUNT_OF(report_cases));
    suite_add_tcase(suite, inside);
    tcase_add_checked_fixture(authority, setup, teardown);
    tcase_add_test(authority, primary_is_the_first_name_server_by_default);
    tcase_add_test(authority, primary_may_be_said_for_each_view);
    tcase_add_test(authority, dot_in_the_contact_is_part_of_a_label);
    suite_add_tcase(suite, authority);
    return suite;
}

int main(void)
{
    return run_suite(zones_suite());
}
