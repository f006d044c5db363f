/*
 * What validation finds is in tests/topology, a file for each fault.  Here is
 * what no single fault shows.
 */
#include "plan_lines.h"

#define POOLS                                                                  \
    "pools:\n"                                                                 \
    "  - {fqdn: pool.example.net, edition: standard, address: 10.1.0.10}\n"

#define SIP_DOMAINS                                                            \
    "sip_domains:\n"                                                           \
    "  - {name: example.com, sign_in: pool.example.net}\n"

#define ACCESS(name, address) "{fqdn: " name ", address: " address "}"

/* In each list something bad comes before something good. */
static const struct {
    const char *label, *text;
} bad_before_good[] = {
    {"pool's role", OCS2007R2 SIP_DOMAINS
     "pools:\n"
     "  - {fqdn: two.example.net, edition: standard}\n"
     "  - {fqdn: pool.example.net, edition: standard, address: 10.1.0.10}\n"},
    {"pool's site", OCS2007R2 SIP_DOMAINS
     "pools:\n"
     "  - {fqdn: two.example.net, edition: standard, address: 10.1.0.11,\n"
     "     site: a}\n"
     "  - {fqdn: pool.example.net, edition: standard, address: 10.1.0.10}\n"},
    {"pool's edge", OCS2007R2 SIP_DOMAINS
     "pools:\n"
     "  - {fqdn: two.example.net, edition: standard, address: 10.1.0.11,\n"
     "     uses_edge: edge.example.net}\n"
     "  - {fqdn: pool.example.net, edition: standard, address: 10.1.0.10}\n"},
    {"pool's name", OCS2007R2 SIP_DOMAINS
     "pools:\n"
     "  - {fqdn: a.example.net, edition: standard, address: 10.1.0.11}\n"
     "  - {fqdn: a.example.net, edition: standard, address: 10.1.0.12}\n"
     "  - {fqdn: pool.example.net, edition: standard, address: 10.1.0.10}\n"},
    {"pool's address", OCS2007R2 SIP_DOMAINS
     "pools:\n"
     "  - {fqdn: a.example.net, edition: standard, address: 10.1.0.1}\n"
     "  - {fqdn: b.example.net, edition: standard, address: 10.1.0.1}\n"
     "  - {fqdn: pool.example.net, edition: standard, address: 10.1.0.10}\n"},
    {"pool's web farm", OCS2007R2 SIP_DOMAINS
     "pools:\n"
     "  - {fqdn: two.example.net, edition: standard, address: 10.1.0.11,\n"
     "     web_farm: {external: web.example.com}}\n"
     "  - {fqdn: pool.example.net, edition: standard, address: 10.1.0.10}\n"},
    {"Director's role", OCS2007R2 POOLS SIP_DOMAINS
     "directors:\n"
     "  - {fqdn: a.example.net}\n"
     "  - {fqdn: b.example.net, address: 10.1.0.20}\n"},
    {"Director's site", OCS2007R2 POOLS SIP_DOMAINS
     "directors:\n"
     "  - {fqdn: a.example.net, site: a, address: 10.1.0.21}\n"
     "  - {fqdn: b.example.net, address: 10.1.0.20}\n"},
    {"edge's services", OCS2007R2 POOLS SIP_DOMAINS
     "edges:\n"
     "  - internal: " ACCESS("a.example.net",
                             "10.9.0.1") "\n"
                                         "  - internal: " ACCESS(
                                             "b.example.net",
                                             "10.9.0.2") "\n"
                                                         "    av: " ACCESS(
                                                             "av.example.com",
                                                             "192.0.2.1") "\n"},
    {"edge's site", OCS2007R2 POOLS SIP_DOMAINS
     "edges:\n"
     "  - internal: " ACCESS(
         "a.example.net",
         "10.9.0.1") "\n"
                     "    site: a\n"
                     "    access: " ACCESS(
                         "access.example.com",
                         "192.0.2.2") "\n"
                                      "  - internal: " ACCESS(
                                          "b.example.net",
                                          "10.9.0.2") "\n"
                                                      "    av: " ACCESS(
                                                          "av.example.com",
                                                          "192.0.2.1") "\n"},
    {"edge's next hop", OCS2007R2 POOLS SIP_DOMAINS
     "edges:\n"
     "  - internal: " ACCESS(
         "a.example.net",
         "10.9.0.1") "\n"
                     "    next_hop: dir.example.net\n"
                     "    access: " ACCESS(
                         "access.example.com",
                         "192.0.2.2") "\n"
                                      "  - internal: " ACCESS(
                                          "b.example.net",
                                          "10.9.0.2") "\n"
                                                      "    av: " ACCESS(
                                                          "av.example.com",
                                                          "192.0.2.1") "\n"},
    {"edge's ports", OCS2007R2 POOLS SIP_DOMAINS
     "edges:\n"
     "  - internal: " ACCESS(
         "a.example.net",
         "10.9.0.1") "\n"
                     "    access: " ACCESS(
                         "access.example.com",
                         "192.0.2.2") "\n"
                                      "    web_conferencing: " ACCESS(
                                          "conf.example.com",
                                          "192.0.2.2") "\n"
                                                       "    av: " ACCESS(
                                                           "av.example.com",
                                                           "192.0.2.3") "\n"
                                                                        "  - "
                                                                        "intern"
                                                                        "al:"
                                                                        " " ACCESS(
                                                                            "b."
                                                                            "ex"
                                                                            "am"
                                                                            "pl"
                                                                            "e."
                                                                            "ne"
                                                                            "t",
                                                                            "10"
                                                                            ".9"
                                                                            ".0"
                                                                            "."
                                                                            "2") "\n"
                                                                                 "    av: " ACCESS(
                                                                                     "av2.example.com",
                                                                                     "192.0.2.1") "\n"},
    {"edge's interfaces", OCS2007R2 POOLS SIP_DOMAINS
     "edges:\n"
     "  - internal: " ACCESS(
         "a.example.net",
         "10.9.0.1") "\n"
                     "    access: " ACCESS(
                         "access.example.com",
                         "10.9.0.1") "\n"
                                     "    av: " ACCESS(
                                         "av.example.com",
                                         "192.0.2.3") "\n"
                                                      "  - internal: " ACCESS(
                                                          "b.example.net",
                                                          "10.9.0.2") "\n"
                                                                      "    "
                                                                      "av:"
                                                                      " " ACCESS(
                                                                          "av2."
                                                                          "exam"
                                                                          "ple."
                                                                          "com",
                                                                          "192."
                                                                          "0.2."
                                                                          "1") "\n"},
    {"edge's members", OCS2007R2 POOLS SIP_DOMAINS
     "edges:\n"
     "  - internal: {fqdn: a.example.net, vip: 10.9.0.1}\n"
     "    av: " ACCESS(
         "av.example.com",
         "192.0.2.3") "\n"
                      "    servers:\n"
                      "      - " ACCESS(
                          "a1.example.net",
                          "10.9.0.1") "\n"
                                      "      - " ACCESS(
                                          "a2.example.net",
                                          "10.9.0.3") "\n"
                                                      "  - internal: " ACCESS(
                                                          "b.example.net",
                                                          "10.9.0.2") "\n"
                                                                      "    "
                                                                      "av:"
                                                                      " " ACCESS(
                                                                          "av2."
                                                                          "exam"
                                                                          "ple."
                                                                          "com",
                                                                          "192."
                                                                          "0.2."
                                                                          "1") "\n"},
    {"proxy's site", OCS2007R2 POOLS SIP_DOMAINS
     "reverse_proxies:\n"
     "  - {site: a, address: 192.0.2.1, publishes: []}\n"
     "  - {address: 192.0.2.2, publishes: []}\n"},
    {"web access site", OCS2007R2 POOLS SIP_DOMAINS
     "web_access:\n"
     "  - {fqdn: a.example.net, site: a, address: 10.1.0.20}\n"
     "  - {fqdn: b.example.net, address: 10.1.0.21}\n"},
    {"server's site", OCS2007R2 POOLS SIP_DOMAINS
     "servers:\n"
     "  - {fqdn: a.example.net, role: sql, site: a, address: 10.1.0.20}\n"
     "  - {fqdn: b.example.net, role: sql, address: 10.1.0.21}\n"},
    {"phones' updates", OCS2007R2 SIP_DOMAINS
     "pools:\n"
     "  - {fqdn: pool.example.net, product: ocs2007, edition: standard,\n"
     "     address: 10.1.0.10}\n"
     "phones: {updates: {ocs2007: a.example.net, ocs2007r2: "
     "pool.example.net}}\n"},
    {"phones' product", OCS2007R2 POOLS SIP_DOMAINS
     "phones: {updates: {a: pool.example.net, ocs2007r2: "
     "pool.example.net}}\n"},
    {"site", OCS2007R2 POOLS SIP_DOMAINS "sites: [a, a, b]\n"},
    {"name server",
     "product: ocs2007\n"
     "dns:\n"
     "  nameservers: [a.isp.example, a.isp.example, b.isp.example]\n"
     "  contact: hostmaster@example.com\n" POOLS SIP_DOMAINS},
    {"zone", OCS2007R2 POOLS SIP_DOMAINS
     "zones: [{name: example.net}, {name: example.net}, {name: "
     "example.com}]\n"},
    {"SIP domain's sign-in",
     OCS2007R2 POOLS "sip_domains:\n"
                     "  - {name: example.org, sign_in: dir.example.net}\n"
                     "  - {name: example.com, sign_in: pool.example.net}\n"},
    {"SIP domain's access edge", OCS2007R2 POOLS
     "sip_domains:\n"
     "  - {name: example.org, external_sign_in: sip.example.com,\n"
     "     sign_in: pool.example.net}\n"
     "  - {name: example.com, sign_in: pool.example.net}\n"},
    {"SIP domain's access edges", OCS2007R2 POOLS
     "edges:\n"
     "  - internal: " ACCESS(
         "a.example.net",
         "10.9.0.1") "\n"
                     "    access: " ACCESS(
                         "access.example.com",
                         "192.0.2.2") "\n"
                                      "  - internal: " ACCESS(
                                          "b.example.net",
                                          "10.9.0.2") "\n"
                                                      "    access: " ACCESS(
                                                          "access.example.org",
                                                          "192.0.2.1") "\n"
                                                                       "sip_"
                                                                       "domains"
                                                                       ":\n"
                                                                       "  - "
                                                                       "name: "
                                                                       "example"
                                                                       ".org\n"
                                                                       "    "
                                                                       "externa"
                                                                       "l_sign_"
                                                                       "in: "
                                                                       "[access"
                                                                       ".exampl"
                                                                       "e.com, "
                                                                       "access."
                                                                       "example"
                                                                       ".org]\n"
                                                                       "    "
                                                                       "sign_"
                                                                       "in: "
                                                                       "pool."
                                                                       "example"
                                                                       ".net\n"
                                                                       "  - "
                                                                       "{name: "
                                                                       "example"
                                                                       ".com, "
                                                                       "sign_"
                                                                       "in: "
                                                                       "pool."
                                                                       "example"
                                                                       ".net}"
                                                                       "\n"},
    {"SIP domain's partners", OCS2007R2 POOLS
     "sip_domains:\n"
     "  - {name: example.org, sign_in: pool.example.net, xmpp: true}\n"
     "  - {name: example.com, sign_in: pool.example.net}\n"},
    {"record", OCS2007R2 POOLS SIP_DOMAINS
     "  - {name: example.org, sign_in: pool.example.net}\n"
     "web_access: [{fqdn: pool.example.com, address: 10.1.0.40}]\n"},
};

START_TEST(an_error_is_not_forgotten_over_what_is_good_behind_it)
{
    const char *text = bad_before_good[_i].text;
    const struct topology *topology =
        topology_parse(&arena, &diag, "t.yaml", text, strlen(text));
    bool valid;

    ck_assert_msg(topology != NULL, "%s: %s", bad_before_good[_i].label,
                  reports());
    valid = topology_validate(&arena, &diag, topology) == 0;
    ck_assert_msg(!valid || !plan_build(&arena, &diag, topology, NULL), "%s",
                  bad_before_good[_i].label);
    ck_assert_msg(diag.errors == 1, "%s:\n%s", bad_before_good[_i].label,
                  reports());
}
END_TEST

/* ---- long lists: to compare each with each would take minutes */

#define LONG 200000

static void add_site(struct strbuf *buf, unsigned i)
{
    strbuf_printf(buf, "  - s%u\n", i);
}

static void add_name_server(struct strbuf *buf, unsigned i)
{
    strbuf_printf(buf, "      - n%u.isp.example\n", i);
}

static void add_zone(struct strbuf *buf, unsigned i)
{
    strbuf_printf(buf, "  - {name: z%u.example.org}\n", i);
}

static void add_edge_server(struct strbuf *buf, unsigned i)
{
    strbuf_printf(buf,
                  "      - {fqdn: e%u.example.net, address: 11.%u.%u.%u}\n", i,
                  i >> 16, i >> 8 & 255, i & 255);
}

static void add_alias(struct strbuf *buf, unsigned i)
{
    (void)i;
    strbuf_add_text(buf, "  - *sql\n");
}

static const struct {
    const char *label;
    const char *text;
    void (*add)(struct strbuf *buf, unsigned i);
} long_lists[] = {
    {"sites", OCS2007R2 POOLS SIP_DOMAINS "sites:\n", add_site},
    {"name servers",
     "product: ocs2007\n" POOLS SIP_DOMAINS "dns:\n"
     "  contact: hostmaster@example.com\n"
     "  nameservers:\n"
     "    internal: [a.isp.example]\n"
     "    external:\n",
     add_name_server},
    {"zones", OCS2007R2 POOLS SIP_DOMAINS "zones:\n", add_zone},
    {"servers of an edge",
     OCS2007R2 POOLS SIP_DOMAINS
     "edges:\n"
     "  - internal: {fqdn: edge.example.net, vip: 10.9.0.1}\n"
     "    access: {fqdn: sip.example.com, vip: 192.0.2.1}\n"
     "    servers:\n",
     add_edge_server},
    {"aliases of one server",
     OCS2007R2 POOLS SIP_DOMAINS
     "servers:\n"
     "  - &sql {fqdn: sql.example.net, role: sql, address: 10.1.0.20}\n",
     add_alias},
};

START_TEST(long_list_is_judged_in_short_time)
{
    struct strbuf buf;
    const struct topology *topology;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, long_lists[_i].text);
    for (unsigned i = 0; i < LONG; i++)
        long_lists[_i].add(&buf, i);
    topology = topology_parse(&arena, &diag, "t.yaml", buf.text, buf.length);
    ck_assert_msg(topology != NULL, "%s: %s", long_lists[_i].label, reports());
    ck_assert_msg(topology_validate(&arena, &diag, topology) == 0, "%s: %s",
                  long_lists[_i].label, reports());
}
END_TEST

static Suite *validate_suite(void)
{
    Suite *suite = suite_create("validate");
    TCase *tcase = tcase_create("lists");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase,
                        an_error_is_not_forgotten_over_what_is_good_behind_it,
                        0, COUNT_OF(bad_before_good));
    tcase_add_loop_test(tcase, long_list_is_judged_in_short_time, 0,
                        COUNT_OF(long_lists));
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(validate_suite());
}
