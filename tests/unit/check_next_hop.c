#include "topology/next_hop.h"

#include "plan_lines.h"

#define EDGE(more)                                                             \
    "edges:\n"                                                                 \
    "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"               \
    "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n" more

#define POOL(name, address, more)                                              \
    "- {fqdn: " name ".ad.example, edition: standard, address: " address       \
    "" more "}\n"

#define DIRECTOR(name, address, more)                                          \
    "- {fqdn: " name ".ad.example, address: " address "" more "}\n"

#define SITES "sites: [here, there]\n"
#define HERE  ", site: here"
#define THERE ", site: there"

#define TAIL  "sip_domains: []\n"

static const struct hop_case {
    const char *label;
    const char *text;
    const char *next_hop; /* NULL: not known */
} hop_cases[] = {
    {"what the edge says",
     EDGE("  next_hop: two.ad.example\n") "directors:\n" DIRECTOR(
         "dir", "10.0.0.20", "") "pools:\n" POOL("one", "10.0.0.1", "")
         POOL("two", "10.0.0.2", ""),
     "two"},
    {"a Director that the edge names",
     EDGE("  next_hop: dir2.ad.example\n") "directors:\n" DIRECTOR(
         "dir1", "10.0.0.20", "")
         DIRECTOR("dir2", "10.0.0.21", "") "pools:\n" POOL("one", "10.0.0.1",
                                                           ""),
     "dir2"},
    {"the Director rather than the pool",
     EDGE("") "pools:\n" POOL("one", "10.0.0.1", "") "directors:\n" DIRECTOR(
         "dir", "10.0.0.20", ""),
     "dir"},
    {"the pool where there is no Director",
     EDGE("") "pools:\n" POOL("one", "10.0.0.1", ""), "one"},
    {"the Director of the site",
     SITES EDGE("  site: here\n") "pools:\n" POOL(
         "one", "10.0.0.1", HERE) "directors:\n" DIRECTOR("away", "10.0.0.21",
                                                          THERE)
         DIRECTOR("all", "10.0.0.22", "") DIRECTOR("dir", "10.0.0.20", HERE),
     "dir"},
    {"a Director of no site rather than the site's pool",
     SITES EDGE("  site: here\n") "pools:\n" POOL(
         "one", "10.0.0.1", HERE) "directors:\n" DIRECTOR("away", "10.0.0.21",
                                                          THERE)
         DIRECTOR("all", "10.0.0.22", ""),
     "all"},
    {"the site's pool rather than the Director of another site",
     SITES EDGE("  site: here\n") "pools:\n" POOL("two", "10.0.0.2", THERE)
         POOL("one", "10.0.0.1",
              HERE) "directors:\n" DIRECTOR("away", "10.0.0.21", THERE),
     "one"},
    {"a pool of no site",
     SITES EDGE("  site: here\n") "pools:\n" POOL("two", "10.0.0.2", THERE)
         POOL("one", "10.0.0.1", ""),
     "one"},
    {"the pool of no site for an edge of none",
     SITES EDGE("") "pools:\n" POOL("two", "10.0.0.2", THERE)
         POOL("one", "10.0.0.1", "") "directors:\n" DIRECTOR(
             "dir1", "10.0.0.20", HERE) DIRECTOR("dir2", "10.0.0.21", THERE),
     "one"},
    {"the only Director, also of another site",
     SITES EDGE("  site: here\n") "pools:\n" POOL(
         "one", "10.0.0.1", THERE) "directors:\n" DIRECTOR("dir", "10.0.0.20",
                                                           THERE),
     "dir"},
    {"the only pool, also of another site",
     SITES EDGE("  site: here\n") "pools:\n" POOL("one", "10.0.0.1", THERE),
     "one"},
    {"no decommissioned pool",
     EDGE("") "pools:\n" POOL("old", "10.0.0.9", ", decommissioned: true")
         POOL("one", "10.0.0.1", ""),
     "one"},
    {"two pools come into question",
     EDGE("") "pools:\n" POOL("one", "10.0.0.1", "")
         POOL("two", "10.0.0.2", ""),
     NULL},
    {"two Directors come into question, and the pool does not",
     EDGE("") "pools:\n" POOL("one", "10.0.0.1", "") "directors:\n" DIRECTOR(
         "dir1", "10.0.0.20", "") DIRECTOR("dir2", "10.0.0.21", ""),
     NULL},
    {"none is in service",
     EDGE("") "pools:\n" POOL("old", "10.0.0.9", ", decommissioned: true"),
     NULL},
};

START_TEST(edge_has_one_next_hop_or_none)
{
    const struct hop_case *row = &hop_cases[_i];
    const struct topology *topology =
        topology_of(arena_printf(&arena, OCS2007R2 "%s" TAIL, row->text));
    const char *expected =
        row->next_hop ? arena_printf(&arena, "%s.ad.example", row->next_hop)
                      : "none";
    const char *found = "none";
    struct definitions definitions;
    struct next_hop next_hop;

    definitions_build(&arena, topology, &definitions);
    next_hop = next_hop_find(topology, &definitions, &topology->edges.items[0]);
    if (next_hop.director)
        found = name_to_text(&arena, next_hop.director->fqdn.name);
    else if (next_hop.pool)
        found = name_to_text(&arena, next_hop.pool->fqdn.name);
    ck_assert_msg(strcmp(found, expected) == 0, "%s: %s", row->label, found);
    ck_assert_msg(is_reported("next-hop-not-said", 0) == !row->next_hop,
                  "%s: %s", row->label, reports());
}
END_TEST

START_TEST(edge_without_an_access_edge_may_have_no_next_hop)
{
    topology_of(OCS2007
                "edges:\n"
                "- internal: {fqdn: e.ad.example, address: 172.16.0.5}\n"
                "  av: {fqdn: av.contoso.com, address: 192.0.2.10}\n"
                "pools:\n" POOL("one", "10.0.0.1", "")
                    POOL("two", "10.0.0.2", "") TAIL);
    ck_assert(!is_reported("next-hop-not-said", 0));
}
END_TEST

START_TEST(sites_are_the_same_by_their_words)
{
    const struct word none = {0};
    const struct word one = {.text = "here"};
    const struct word same = {.text = (char[]){"here"}};
    const struct word other = {.text = "there"};

    ck_assert(site_is_same(&none, &none));
    ck_assert(site_is_same(&one, &same));
    ck_assert(!site_is_same(&one, &other));
    ck_assert(!site_is_same(&one, &none));
    ck_assert(!site_is_same(&none, &one));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("next_hop");
    TCase *tcase = tcase_create("next_hop");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, edge_has_one_next_hop_or_none, 0,
                        COUNT_OF(hop_cases));
    tcase_add_test(tcase, edge_without_an_access_edge_may_have_no_next_hop);
    tcase_add_test(tcase, sites_are_the_same_by_their_words);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
