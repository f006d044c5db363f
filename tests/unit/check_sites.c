/*
 * What is said of several pools and sites.  An example of each message is in
 * tests/topology; here is where one begins and ends.
 */
#include "plan_lines.h"

/* The pools, edges and SIP domains of a case begin in line 8. */
#define SITES "ad_domains: []\nsites: [here, there, far]\n"
#define DIRECTOR                                                               \
    "directors: [{fqdn: dir.ad.example, site: here, address: 10.0.9.1}]\n"
#define HERE                                                                   \
    "- {fqdn: here.ad.example, site: here, edition: standard,"                 \
    " address: 10.0.0.1}\n"
#define THERE(more)                                                            \
    "- {fqdn: there.ad.example, site: there, edition: standard,"               \
    " address: 10.0.1.1" more "}\n"
#define SIGN_IN "sip_domains: [{name: contoso.com, sign_in: dir.ad.example}]\n"
#define REMOTE_SIGN_IN                                                         \
    "sip_domains:\n"                                                           \
    "- {name: contoso.com, sign_in: dir.ad.example,"                           \
    " external_sign_in: sip.contoso.com}\n"
#define EDGE(site)                                                             \
    "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n" site
#define EDGE_2(site)                                                           \
    "- internal: {fqdn: edge2.ad.example, address: 172.16.0.6}\n" site
#define ACCESS "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"
#define AV     "  av: {fqdn: av.contoso.com, address: 192.0.2.30}\n"
#define WEB_CONFERENCING                                                       \
    "  web_conferencing: {fqdn: conf.contoso.com, address: 192.0.2.20}\n"
#define AV_2  "  av: {fqdn: av2.contoso.com, address: 192.0.2.130}\n"
#define AT(s) "  site: " s "\n"
#define PROXY(names)                                                           \
    "reverse_proxies: [{address: 192.0.2.40, publishes: [" names "]}]\n"

struct sites_case {
    const char *label, *text, *reports;
};

static const struct sites_case cases[] = {
    /* ---- access edges */
    {"one edge that no SIP domain names",
     "pools:\n" HERE "edges:\n" EDGE("") ACCESS DIRECTOR SIGN_IN,
     "access-edge-not-used 12\n"},
    {"an edge that federates alone is in use",
     "pools:\n" HERE "edges:\n" EDGE("") ACCESS DIRECTOR
     "sip_domains:\n- {name: contoso.com, sign_in: dir.ad.example,"
     " federation: sip.contoso.com}\n",
     ""},
    {"federation: false uses no edge",
     "pools:\n" HERE "edges:\n" EDGE("") ACCESS DIRECTOR
     "sip_domains:\n- {name: contoso.com, sign_in: dir.ad.example,"
     " federation: false}\n",
     "access-edge-not-used 12\n"},

    /* ---- media */
    {"the A/V edge is elsewhere",
     "pools:\n" HERE THERE("") "edges:\n" EDGE(AT("here")) AV DIRECTOR SIGN_IN,
     "media-hairpin 10 (12)\n"},
    {"each site has one",
     "pools:\n" HERE THERE("") "edges:\n" EDGE(AT("here"))
         AV EDGE_2(AT("there")) AV_2 DIRECTOR SIGN_IN,
     ""},
    {"an edge at no site serves all",
     "pools:\n" HERE THERE("") "edges:\n" EDGE("") AV DIRECTOR SIGN_IN, ""},
    {"an edge at no site serves with what it has",
     "pools:\n" HERE THERE("") "edges:\n" EDGE("") AV EDGE_2(AT("here"))
         WEB_CONFERENCING DIRECTOR SIGN_IN,
     "media-hairpin 10 (14)\n"},
    {"two services at two edges elsewhere are one matter",
     "pools:\n" HERE THERE("") "edges:\n" EDGE(AT("here")) AV EDGE_2(AT("far"))
         WEB_CONFERENCING DIRECTOR SIGN_IN,
     "media-hairpin 9 (15)\n"
     "media-hairpin 10 (12)\n"},
    {"there is no such edge at all",
     "pools:\n" HERE THERE("") "edges:\n" EDGE(AT("here"))
         ACCESS DIRECTOR REMOTE_SIGN_IN,
     "signalling-through-one-site 17\n"},
    {"the pool says which edge it means",
     "pools:\n" HERE THERE(", uses_edge: edge.ad.example") "edges:\n" EDGE(
         AT("here")) AV DIRECTOR SIGN_IN,
     ""},
    {"one of two pools says it",
     "pools:\n" HERE THERE(
         ", uses_edge: edge.ad.example") "- {fqdn: two.ad.example, site: "
                                         "there, edition: standard,"
                                         " address: 10.0.1.2}\nedges:\n" EDGE(
                                             AT("here")) AV DIRECTOR SIGN_IN,
     "media-hairpin 11 (13)\n"},
    {"the pool is out of service",
     "pools:\n" HERE THERE(", decommissioned: true") "edges:\n" EDGE(AT("here"))
         AV DIRECTOR SIGN_IN,
     ""},
    {"the pool stands at no site",
     "pools:\n"
     "- {fqdn: here.ad.example, edition: standard, address: 10.0.0.1}\n"
     "edges:\n" EDGE(AT("here")) AV DIRECTOR SIGN_IN,
     ""},

    /* ---- web farms */
    {"no pool has an external web farm",
     "pools:\n" HERE THERE("") DIRECTOR SIGN_IN, ""},
    {"one of two pools has one",
     "pools:\n" HERE THERE(", web_farm: {external: w.contoso.com}")
         DIRECTOR SIGN_IN PROXY("w.contoso.com"),
     "external-web-farm-missing 9 (10)\n"},
    {"the one without is out of service",
     "pools:\n" HERE THERE(
         ", web_farm: {external: w.contoso.com}") "- {fqdn: old.ad.example, "
                                                  "edition: standard, address: "
                                                  "10.0.1.9,"
                                                  " decommissioned: "
                                                  "true}\n" DIRECTOR SIGN_IN
                                                      PROXY("w.contoso.com"),
     "external-web-farm-missing 9 (10)\n"},
    {"the one that has it is out of service",
     "pools:\n" HERE THERE(", decommissioned: true, web_farm: "
                           "{external: w.contoso.com}") DIRECTOR SIGN_IN,
     ""},

    /* ---- Directors */
    {"one pool and no Director",
     "pools:\n" HERE
     "sip_domains: [{name: contoso.com, sign_in: here.ad.example}]\n",
     ""},
    {"two pools and no Director",
     "pools:\n" HERE THERE("") "sip_domains:\n"
                               "- {name: fabrikam.com}\n"
                               "- {name: contoso.com,"
                               " sign_in: here.ad.example}\n"
                               "- {name: litware.com,"
                               " sign_in: here.ad.example}\n",
     "no-automatic-sign-in 12\n"
     "no-director 13\n"},
    {"the second pool is out of service",
     "pools:\n" HERE THERE(
         ", decommissioned: true") "sip_domains: [{name: contoso.com, sign_in: "
                                   "here.ad.example}]\n",
     ""},

    /* ---- signalling */
    {"a pool at another site",
     "pools:\n" HERE THERE("") "edges:\n" EDGE(AT("here"))
         ACCESS DIRECTOR REMOTE_SIGN_IN,
     "signalling-through-one-site 17\n"},
    {"a Director at another site is none of its users' matter",
     "pools:\n" HERE "edges:\n" EDGE(AT("here")) ACCESS
     "directors: [{fqdn: dir.ad.example, site: there, address: "
     "10.0.9.1}]\n" REMOTE_SIGN_IN,
     ""},
    {"the other site takes sign-ins itself",
     "pools:\n" HERE THERE("") "edges:\n" EDGE(AT("here")) ACCESS EDGE_2(
         AT("there")) "  access: {fqdn: sip.fabrikam.com, address: "
                      "192.0.2.9}\n" DIRECTOR REMOTE_SIGN_IN
                      "- {name: fabrikam.com, sign_in: dir.ad.example,"
                      " external_sign_in: sip.fabrikam.com}\n",
     ""},
    {"nobody knows where the access edge is",
     "pools:\n" HERE THERE("") "edges:\n" EDGE("")
         ACCESS DIRECTOR REMOTE_SIGN_IN,
     ""},
};

START_TEST(what_several_sites_mean_is_said_once)
{
    const struct sites_case *row = &cases[_i];
    const struct plan *plan =
        plan_of(arena_printf(&arena,
                             "product: ocs2007r2\n"
                             "dns:\n"
                             "  nameservers: {internal: [ns1.isp.example],"
                             " external: [ns2.isp.example]}\n"
                             "  contact: hostmaster@isp.example\n" SITES "\n%s",
                             row->text));

    plan_report_sites(&arena, &diag, plan);
    ck_assert_msg(strcmp(reports(), row->reports) == 0, "%s: %s", row->label,
                  reports());
    ck_assert_uint_eq(diag.errors, 0);
}
END_TEST

/* The text of the only message, about pools at so many sites. */
static const char *text_for_sites(int count)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "sites: [here");
    for (int i = 1; i <= count; i++)
        strbuf_printf(&buf, ", s%d", i);
    strbuf_add_text(&buf, "]\npools:\n" HERE);
    for (int i = 1; i <= count; i++)
        strbuf_printf(&buf,
                      "- {fqdn: p%d.ad.example, site: s%d, edition: standard,"
                      " address: 10.1.%d.1}\n",
                      i, i, i);
    strbuf_add_text(&buf,
                    "edges:\n" EDGE(AT("here")) ACCESS DIRECTOR REMOTE_SIGN_IN);
    plan_report_sites(&arena, &diag,
                      plan_of(arena_printf(&arena, OCS2007R2 "%s", buf.text)));
    ck_assert_uint_eq(diag.count, 1);
    return diag.messages[0].text;
}

START_TEST(sites_are_named_as_far_as_one_reads_them)
{
    ck_assert_ptr_nonnull(strstr(text_for_sites(4), "'s1', 's2', 's3', 's4';"));
}
END_TEST

START_TEST(further_sites_are_counted)
{
    ck_assert_ptr_nonnull(
        strstr(text_for_sites(7), "'s1', 's2', 's3', 's4' and 3 more;"));
}
END_TEST

static Suite *sites_suite(void)
{
    Suite *suite = suite_create("sites");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_loop_test(all, what_several_sites_mean_is_said_once, 0,
                        COUNT_OF(cases));
    tcase_add_test(all, sites_are_named_as_far_as_one_reads_them);
    tcase_add_test(all, further_sites_are_counted);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    return run_suite(sites_suite());
}
