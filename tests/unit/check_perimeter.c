#include "plan/perimeter.h"

#include <stdio.h>

#include "plan_lines.h"
#include "scratch.h"

#define POOLS                                                                  \
    "sites: [here, there]\n"                                                   \
    "pools:\n"                                                                 \
    "- fqdn: pool.ad.example\n"                                                \
    "  edition: enterprise\n"                                                  \
    "  site: here\n"                                                           \
    "  vip: 10.0.0.10\n"                                                       \
    "  web_farm: {internal: web.ad.example, external: ocsrp.contoso.com}\n"    \
    "  front_ends:\n"                                                          \
    "  - {fqdn: fe1.ad.example, address: 10.0.0.11}\n"                         \
    "  - {fqdn: fe2.ad.example, address: 10.0.0.12}\n"                         \
    "- fqdn: se.there.example\n"                                               \
    "  edition: standard\n"                                                    \
    "  site: there\n"                                                          \
    "  address: 10.0.0.20\n"                                                   \
    "  web_farm: {external: ocsrp-there.contoso.com}\n"                        \
    "- {fqdn: old.ad.example, edition: standard, site: here,"                  \
    " address: 10.0.0.99, decommissioned: true}\n"

#define DIRECTOR                                                               \
    "directors:\n"                                                             \
    "- fqdn: dir.ad.example\n"                                                 \
    "  site: here\n"                                                           \
    "  vip: 10.0.0.30\n"                                                       \
    "  servers: [{fqdn: dir1.ad.example, address: 10.0.0.31},"                 \
    " {fqdn: dir2.ad.example, address: 10.0.0.32}]\n"

#define EDGES                                                                  \
    "edges:\n"                                                                 \
    "- internal: {fqdn: edge.dmz.example, vip: 172.16.0.5}\n"                  \
    "  site: here\n"                                                           \
    "  access: {fqdn: sip.contoso.com, vip: 192.0.2.10}\n"                     \
    "  servers: [{fqdn: e1.dmz.example, address: 172.16.0.6},"                 \
    " {fqdn: e2.dmz.example, address: 172.16.0.7}]\n"                          \
    "- internal: {fqdn: conf.dmz.example, address: 172.17.0.5}\n"              \
    "  site: there\n"                                                          \
    "  web_conferencing: {fqdn: webconf.contoso.com, address: 192.0.2.30}\n"

#define PROXIES                                                                \
    "reverse_proxies:\n"                                                       \
    "- {site: here, address: 192.0.2.40,"                                      \
    " publishes: [ocsrp.contoso.com, im.contoso.com, cwa.contoso.com]}\n"      \
    "- {site: there, address: 198.51.100.40,"                                  \
    " publishes: [ocsrp-there.contoso.com]}\n"                                 \
    "web_access:\n"                                                            \
    "- {fqdn: im.contoso.com, server: cwa1.ad.example, address: 10.0.0.40}\n"  \
    "- {fqdn: cwa.contoso.com, address: 10.0.0.41}\n"                          \
    "- {fqdn: inside.contoso.com, address: 10.0.0.42}\n"

#define TAIL "sip_domains: [{name: contoso.com, sign_in: pool.ad.example}]\n"

/* What a machine looks up, "owner address requirement\n". */
static const char *lookups(const struct plan *plan, const char *machine)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (size_t i = 0; i < plan->perimeter.count; i++) {
        const struct plan_record *record = &plan->perimeter.records[i];
        const struct reason *reason = record->reasons;

        ck_assert_uint_eq(record->record.type, RECORD_A);
        for (; reason; reason = reason->next) {
            if (!reason->machine || strcmp(reason->machine->name, machine) != 0)
                continue;
            name_write_plain(&buf, record->record.owner);
            strbuf_add_char(&buf, ' ');
            record_data_write(&buf, RECORD_A, record->record.data,
                              (struct name){0});
            strbuf_printf(&buf, " %s\n", reason->requirement->id);
        }
    }
    return sort_lines(buf.text);
}

/* Does it look up exactly this? */
static void assert_lookups(const struct plan *plan, const char *machine,
                           const char *expected)
{
    const char *found = lookups(plan, machine);
    const char *sorted = sort_lines(expected);

    ck_assert_str_eq(found, sorted);
}

/* ---- who looks up what */

START_TEST(balanced_edge_needs_its_director_its_pools_and_itself)
{
    assert_lookups(plan_of(OCS2007R2 POOLS DIRECTOR EDGES PROXIES TAIL),
                   "edge.dmz.example",
                   "dir.ad.example 10.0.0.30 perimeter-next-hop\n"
                   "dir1.ad.example 10.0.0.31 perimeter-director-server\n"
                   "dir2.ad.example 10.0.0.32 perimeter-director-server\n"
                   "fe1.ad.example 10.0.0.11 perimeter-pool-server\n"
                   "fe2.ad.example 10.0.0.12 perimeter-pool-server\n"
                   "edge.dmz.example 172.16.0.5 perimeter-edge\n"
                   "e1.dmz.example 172.16.0.6 perimeter-edge-server\n"
                   "e2.dmz.example 172.16.0.7 perimeter-edge-server\n");
}
END_TEST

START_TEST(next_hop_of_the_other_site_is_its_pool)
{
    assert_lookups(plan_of(OCS2007R2 POOLS DIRECTOR EDGES PROXIES TAIL),
                   "conf.dmz.example",
                   "se.there.example 10.0.0.20 perimeter-next-hop\n"
                   "se.there.example 10.0.0.20 perimeter-pool-server\n"
                   "conf.dmz.example 172.17.0.5 perimeter-edge\n");
}
END_TEST

START_TEST(pool_as_next_hop_is_there_with_its_front_ends)
{
    assert_lookups(plan_of(OCS2007R2 POOLS EDGES PROXIES TAIL),
                   "edge.dmz.example",
                   "pool.ad.example 10.0.0.10 perimeter-next-hop\n"
                   "fe1.ad.example 10.0.0.11 perimeter-pool-server\n"
                   "fe2.ad.example 10.0.0.12 perimeter-pool-server\n"
                   "edge.dmz.example 172.16.0.5 perimeter-edge\n"
                   "e1.dmz.example 172.16.0.6 perimeter-edge-server\n"
                   "e2.dmz.example 172.16.0.7 perimeter-edge-server\n");
}
END_TEST

START_TEST(edge_of_2007_without_an_access_edge_hands_nothing_on)
{
    assert_lookups(plan_of(OCS2007 POOLS DIRECTOR EDGES PROXIES TAIL),
                   "conf.dmz.example",
                   "se.there.example 10.0.0.20 perimeter-pool-server\n"
                   "conf.dmz.example 172.17.0.5 perimeter-edge\n");
}
END_TEST

START_TEST(edge_without_a_known_next_hop_has_its_other_names)
{
    const struct plan *plan = plan_of(OCS2007R2 POOLS EDGES PROXIES
                                      "directors:\n"
                                      "- {fqdn: d1.ad.example, site: here,"
                                      " address: 10.0.0.30}\n"
                                      "- {fqdn: d2.ad.example, site: here,"
                                      " address: 10.0.0.31}\n" TAIL);

    ck_assert(is_reported("next-hop-not-said", 0));
    assert_lookups(plan, "edge.dmz.example",
                   "fe1.ad.example 10.0.0.11 perimeter-pool-server\n"
                   "fe2.ad.example 10.0.0.12 perimeter-pool-server\n"
                   "edge.dmz.example 172.16.0.5 perimeter-edge\n"
                   "e1.dmz.example 172.16.0.6 perimeter-edge-server\n"
                   "e2.dmz.example 172.16.0.7 perimeter-edge-server\n");
}
END_TEST

START_TEST(access_edge_needs_the_xmpp_gateway)
{
    const struct plan *plan =
        plan_of(OCS2007R2 POOLS EDGES PROXIES
                "servers: [{fqdn: x.ad.example, role: xmpp_gateway,"
                " address: 10.0.0.50}]\n" TAIL);

    ck_assert_ptr_nonnull(strstr(lookups(plan, "edge.dmz.example"),
                                 "x.ad.example 10.0.0.50 "
                                 "perimeter-xmpp-gateway\n"));
    ck_assert_ptr_null(strstr(lookups(plan, "conf.dmz.example"), "x.ad"));
}
END_TEST

START_TEST(reverse_proxy_needs_what_it_publishes_and_no_more)
{
    const struct plan *plan = plan_of(OCS2007R2 POOLS EDGES PROXIES TAIL);

    assert_lookups(plan, "proxy-here",
                   "web.ad.example 10.0.0.10 perimeter-web-farm\n"
                   "cwa1.ad.example 10.0.0.40 perimeter-web-access-server\n"
                   "cwa.contoso.com 10.0.0.41 perimeter-web-access\n");
    assert_lookups(plan, "proxy-there",
                   "se.there.example 10.0.0.20 perimeter-web-farm\n");
}
END_TEST

START_TEST(pools_of_both_products_are_reached)
{
    const struct plan *plan = plan_of(
        OCS2007R2 POOLS "- {fqdn: p07.ad.example, product: ocs2007, site: here,"
                        " edition: standard, address: 10.0.0.7,"
                        " web_farm: {external: old.contoso.com}}\n" EDGES
                        "reverse_proxies:\n"
                        "- {address: 192.0.2.40, publishes:"
                        " [ocsrp.contoso.com, ocsrp-there.contoso.com,"
                        " old.contoso.com]}\n" TAIL);

    ck_assert_ptr_nonnull(strstr(lookups(plan, "edge.dmz.example"),
                                 "p07.ad.example 10.0.0.7 "
                                 "perimeter-pool-server\n"));
    ck_assert_ptr_nonnull(strstr(lookups(plan, "proxy-192.0.2.40"),
                                 "p07.ad.example 10.0.0.7 "
                                 "perimeter-web-farm\n"));
}
END_TEST

START_TEST(two_machines_may_need_one_name)
{
    const struct plan *plan = plan_of(
        OCS2007R2 POOLS DIRECTOR EDGES
        "- internal: {fqdn: edge2.dmz.example, address: 172.16.0.9}\n"
        "  site: here\n"
        "  access: {fqdn: sip.fabrikam.com, address: 192.0.2.11}\n" PROXIES
            TAIL);

    ck_assert_ptr_nonnull(
        strstr(lookups(plan, "edge.dmz.example"), "dir.ad.example 10.0.0.30 "));
    ck_assert_ptr_nonnull(strstr(lookups(plan, "edge2.dmz.example"),
                                 "dir.ad.example 10.0.0.30 "));
    ck_assert_ptr_null(strstr(lookups(plan, "edge2.dmz.example"), "e1.dmz"));
}
END_TEST

/* se.there.example is published, pool.ad.example is not. */
START_TEST(row_asks_for_nothing_where_there_is_no_machine)
{
    static const char catalogue[] =
        "product: acme\n"
        "title: Acme\n"
        "rows:\n"
        "- id: farm\n"
        "  for-each: pool\n"
        "  view: perimeter\n"
        "  record: \"{web_farm} A {web_farm_address}\"\n"
        "  level: required\n"
        "  why: B.\n"
        "  see: [X]\n";
    const char *directory = scratch_directory(&arena);
    FILE *file = fopen(arena_printf(&arena, "%s/acme.yaml", directory), "w");
    const struct plan *plan;

    ck_assert_ptr_nonnull(file);
    fputs(catalogue, file);
    ck_assert_int_eq(fclose(file), 0);
    plan = plan_build(
        &arena, &diag,
        topology_of("product: acme\n" DNS "pools:\n"
                    "- {fqdn: pool.ad.example, edition: standard,"
                    " address: 10.0.0.10}\n"
                    "- {fqdn: se.ad.example, edition: standard, address:"
                    " 10.0.0.20, web_farm: {external: ocsrp.contoso.com}}\n"
                    "reverse_proxies: [{address: 192.0.2.40,"
                    " publishes: [ocsrp.contoso.com]}]\n" TAIL),
        directory);
    ck_assert_ptr_nonnull(plan);
    ck_assert_uint_eq(plan->perimeter.count, 1);
    assert_lookups(plan, "proxy-192.0.2.40", "se.ad.example 10.0.0.20 farm\n");
}
END_TEST

/* ---- where it stands */

#define SERVERS(perimeter)                                                     \
    "product: ocs2007r2\n"                                                     \
    "dns:\n"                                                                   \
    "  nameservers: {internal: [ns1.isp.example], external: [ns1.isp.example]" \
    "" perimeter "}\n"                                                         \
    "  contact: hostmaster@isp.example\n"

/* The zones of the other views and their records. */
static const char *other_views(const struct plan *plan)
{
    const char *zones = zone_lines(plan);
    const char *perimeter = strstr(zones, "perimeter ");
    size_t length = perimeter ? (size_t)(perimeter - zones) : strlen(zones);

    return arena_printf(&arena, "%.*s%s%s", (int)length, zones,
                        plan_lines(plan, "internal "),
                        plan_lines(plan, "external "));
}

START_TEST(without_name_servers_there_are_no_zones)
{
    const struct plan *plan =
        plan_of(SERVERS("") POOLS DIRECTOR EDGES PROXIES TAIL);

    ck_assert_uint_eq(plan->views[VIEW_PERIMETER].count, 0);
    ck_assert_uint_gt(plan->perimeter.count, 0);
}
END_TEST

START_TEST(with_name_servers_each_name_is_a_zone)
{
    const struct plan *plan = plan_of(SERVERS(", perimeter: [ns.dmz.example]")
                                          POOLS EDGES PROXIES TAIL);

    ck_assert_str_eq(strstr(zone_lines(plan), "perimeter "),
                     "perimeter cwa.contoso.com pinpoint\n"
                     "perimeter cwa1.ad.example pinpoint\n"
                     "perimeter fe1.ad.example pinpoint\n"
                     "perimeter fe2.ad.example pinpoint\n"
                     "perimeter pool.ad.example pinpoint\n"
                     "perimeter web.ad.example pinpoint\n"
                     "perimeter conf.dmz.example pinpoint\n"
                     "perimeter e1.dmz.example pinpoint\n"
                     "perimeter e2.dmz.example pinpoint\n"
                     "perimeter edge.dmz.example pinpoint\n"
                     "perimeter se.there.example pinpoint\n");
    ck_assert_ptr_nonnull(
        find_record(plan, "perimeter pool.ad.example pool.ad.example NS "
                          "ns.dmz.example."));
    ck_assert(name_equal(plan->views[VIEW_PERIMETER].zones[0]->soa.primary,
                         name_of("ns.dmz.example")));
    ck_assert_uint_eq(plan->perimeter.count, 11);
}
END_TEST

START_TEST(whole_zones_are_for_the_other_views)
{
    const struct plan *plan =
        plan_of(SERVERS(", perimeter: [ns.dmz.example]") POOLS EDGES PROXIES
                "zones: [{name: ad.example, mode: zone}]\n" TAIL);

    ck_assert_ptr_nonnull(
        strstr(zone_lines(plan), "internal ad.example whole"));
    ck_assert_ptr_null(strstr(zone_lines(plan), "perimeter ad.example"));
}
END_TEST

START_TEST(other_views_know_nothing_of_the_perimeter)
{
    const struct plan *without =
        plan_of(SERVERS("") POOLS DIRECTOR EDGES PROXIES TAIL);
    const struct plan *with = plan_of(SERVERS(", perimeter: [ns.dmz.example]")
                                          POOLS DIRECTOR EDGES PROXIES TAIL);

    ck_assert_str_eq(other_views(with), other_views(without));
    for (int view = 0; view < VIEW_PERIMETER; view++)
        for (size_t i = 0; i < with->views[view].count; i++) {
            const struct plan_zone *zone = with->views[view].zones[i];

            for (size_t j = 0; j < zone->count; j++)
                ck_assert_ptr_null(zone->records[j].reasons->machine);
        }
}
END_TEST

START_TEST(name_server_below_a_name_needs_an_address)
{
    static const char text[] =
        "product: ocs2007r2\n"
        "dns:\n"
        "  nameservers: {internal: [ns1.isp.example],"
        " external: [ns1.isp.example], perimeter: [ns.edge.dmz.example]}\n"
        "  contact: hostmaster@isp.example\n"
        "%s" POOLS EDGES PROXIES TAIL;
    const struct plan *plan;

    ck_assert_ptr_null(try_plan(arena_printf(&arena, text, "")));
    ck_assert(is_reported("name-server-has-no-address", 3));
    ck_assert_ptr_nonnull(
        strstr(diag.messages[diag.count - 1].text, "dns.hosts.perimeter"));
    diag_init(&diag, &arena);
    plan = plan_of(arena_printf(
        &arena, text,
        "  hosts: {perimeter: {ns.edge.dmz.example: 172.16.0.53}}\n"));
    ck_assert_ptr_nonnull(find_record(plan, "perimeter edge.dmz.example "
                                            "ns.edge.dmz.example A "
                                            "172.16.0.53"));
    for (size_t i = 0; i < plan->perimeter.count; i++)
        ck_assert_ptr_nonnull(plan->perimeter.records[i].reasons->machine);
}
END_TEST

START_TEST(name_has_one_address_in_the_perimeter)
{
    ck_assert_ptr_null(try_plan(
        "product: ocs2007r2\n"
        "dns:\n"
        "  nameservers: {internal: [ns1.isp.example],"
        " external: [ns1.isp.example]}\n"
        "  contact: hostmaster@isp.example\n"
        "  hosts: {perimeter: {fe1.ad.example: 10.9.9.9}}\n" POOLS EDGES PROXIES
            TAIL));
    ck_assert(is_reported("one-name-two-servers", 0));
}
END_TEST

START_TEST(deployment_without_a_perimeter_plans_nothing_there)
{
    const struct plan *plan =
        plan_of(SERVERS(", perimeter: [ns.dmz.example]") POOLS
                "reverse_proxies: [{address: 192.0.2.40, publishes:"
                " [ocsrp.contoso.com, ocsrp-there.contoso.com]}]\n" TAIL);

    ck_assert_uint_eq(plan->perimeter.count, 2);
    plan = plan_of(OCS2007 "pools: [{fqdn: p.ad.example, edition: standard,"
                           " address: 10.0.0.1}]\n"
                           "sip_domains: [{name: contoso.com,"
                           " sign_in: p.ad.example}]\n");
    ck_assert_uint_eq(plan->perimeter.count, 0);
    ck_assert_uint_eq(plan->views[VIEW_PERIMETER].count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("perimeter");
    TCase *names = tcase_create("names");
    TCase *zones = tcase_create("zones");

    tcase_add_unchecked_fixture(names, scratch_make, scratch_remove);
    tcase_add_checked_fixture(names, setup, teardown);
    tcase_add_test(names,
                   balanced_edge_needs_its_director_its_pools_and_itself);
    tcase_add_test(names, next_hop_of_the_other_site_is_its_pool);
    tcase_add_test(names, pool_as_next_hop_is_there_with_its_front_ends);
    tcase_add_test(names, edge_of_2007_without_an_access_edge_hands_nothing_on);
    tcase_add_test(names, edge_without_a_known_next_hop_has_its_other_names);
    tcase_add_test(names, access_edge_needs_the_xmpp_gateway);
    tcase_add_test(names, reverse_proxy_needs_what_it_publishes_and_no_more);
    tcase_add_test(names, pools_of_both_products_are_reached);
    tcase_add_test(names, two_machines_may_need_one_name);
    tcase_add_test(names, row_asks_for_nothing_where_there_is_no_machine);
    suite_add_tcase(suite, names);
    tcase_add_checked_fixture(zones, setup, teardown);
    tcase_add_test(zones, without_name_servers_there_are_no_zones);
    tcase_add_test(zones, with_name_servers_each_name_is_a_zone);
    tcase_add_test(zones, whole_zones_are_for_the_other_views);
    tcase_add_test(zones, other_views_know_nothing_of_the_perimeter);
    tcase_add_test(zones, name_server_below_a_name_needs_an_address);
    tcase_add_test(zones, name_has_one_address_in_the_perimeter);
    tcase_add_test(zones, deployment_without_a_perimeter_plans_nothing_there);
    suite_add_tcase(suite, zones);
    return run_suite(suite);
}
