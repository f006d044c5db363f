#include "topology/definitions.h"

#include "plan_lines.h"

/* Every kind of name once; the lines are those of the definitions. */
static const char everything[] = OCS2007R2
    "  hosts:\n"
    "    internal: {ns1.corp.example: 10.0.0.2}\n"
    "    external: {www.contoso.com: 192.0.2.80}\n"
    "pools:\n"
    "- fqdn: pool.corp.example\n"
    "  edition: enterprise\n"
    "  vip: 10.0.0.10\n"
    "  web_farm: {internal: web.corp.example, external: web.contoso.com,"
    " vip: 10.0.0.15}\n"
    "  web_conferencing: {fqdn: conf.corp.example}\n"
    "  front_ends:\n"
    "  - {fqdn: fe1.corp.example, address: 10.0.0.11}\n"
    "  - {fqdn: fe2.corp.example, address: 10.0.0.12}\n"
    "directors:\n"
    "- fqdn: dir.corp.example\n"
    "  vip: 10.0.0.20\n"
    "  servers:\n"
    "  - {fqdn: dir1.corp.example, address: 10.0.0.21}\n"
    "  - {fqdn: dir2.corp.example, address: 10.0.0.22}\n"
    "edges:\n"
    "- internal: {fqdn: edge.dmz.example, vip: 172.16.0.10}\n"
    "  access: {fqdn: sip.contoso.com, vip: 192.0.2.10}\n"
    "  web_conferencing: {fqdn: webconf.contoso.com, vip: 192.0.2.20}\n"
    "  av: {fqdn: av.contoso.com, vip: 192.0.2.30}\n"
    "  servers:\n"
    "  - {fqdn: edge1.dmz.example, address: 172.16.0.11}\n"
    "  - {fqdn: edge2.dmz.example, address: 172.16.0.12}\n"
    "reverse_proxies:\n"
    "- {address: 192.0.2.40, publishes: [web.contoso.com]}\n"
    "web_access:\n"
    "- {fqdn: im.contoso.com, server: cwa.corp.example, address: 10.0.0.40}\n"
    "servers:\n"
    "- fqdn: xmpp.corp.example\n"
    "  role: xmpp_gateway\n"
    "  address: 10.0.0.50\n"
    "  external: {fqdn: xmpp.contoso.com, address: 192.0.2.50}\n"
    "sip_domains:\n"
    "- {name: contoso.com, sign_in: dir.corp.example}\n";

static const struct definition_case {
    const char *name;
    enum definition_kind kind;
    uint32_t line;
    const char *address; /* or NULL */
} definition_cases[] = {
    {"pool.corp.example", DEFINES_POOL, 9, "10.0.0.10"},
    {"fe1.corp.example", DEFINES_FRONT_END, 15, "10.0.0.11"},
    {"fe2.corp.example", DEFINES_FRONT_END, 16, "10.0.0.12"},
    {"dir.corp.example", DEFINES_DIRECTOR, 18, "10.0.0.20"},
    {"dir2.corp.example", DEFINES_DIRECTOR_SERVER, 22, "10.0.0.22"},
    {"edge.dmz.example", DEFINES_EDGE, 24, "172.16.0.10"},
    {"sip.contoso.com", DEFINES_ACCESS_EDGE, 25, "192.0.2.10"},
    {"webconf.contoso.com", DEFINES_WEB_CONFERENCING_EDGE, 26, "192.0.2.20"},
    {"av.contoso.com", DEFINES_AV_EDGE, 27, "192.0.2.30"},
    {"edge2.dmz.example", DEFINES_EDGE_SERVER, 30, "172.16.0.12"},
    {"web.corp.example", DEFINES_WEB_FARM, 12, "10.0.0.15"},
    {"web.contoso.com", DEFINES_EXTERNAL_WEB_FARM, 12, NULL},
    {"conf.corp.example", DEFINES_WEB_CONFERENCING, 13, "10.0.0.10"},
    {"im.contoso.com", DEFINES_WEB_ACCESS, 34, "10.0.0.40"},
    {"cwa.corp.example", DEFINES_WEB_ACCESS_SERVER, 34, "10.0.0.40"},
    {"xmpp.corp.example", DEFINES_SERVER, 36, "10.0.0.50"},
    {"xmpp.contoso.com", DEFINES_EXTERNAL_SERVER, 39, "192.0.2.50"},
    {"web.contoso.com", DEFINES_PUBLISHED_NAME, 32, "192.0.2.40"},
    {"ns1.corp.example", DEFINES_INTERNAL_HOST, 6, "10.0.0.2"},
    {"www.contoso.com", DEFINES_EXTERNAL_HOST, 7, "192.0.2.80"},
    {"contoso.com", DEFINES_SIP_DOMAIN, 41, NULL},
};

static const char *address_text(const struct address *address)
{
    return arena_printf(&arena, "%u.%u.%u.%u", address->octets[0],
                        address->octets[1], address->octets[2],
                        address->octets[3]);
}

static struct definitions definitions_of(const char *text)
{
    struct definitions definitions;

    definitions_build(&arena, topology_of(text), &definitions);
    return definitions;
}

START_TEST(name_is_found_with_its_place_and_address)
{
    const struct definition_case *row = &definition_cases[_i];
    struct definitions definitions = definitions_of(everything);
    const struct definition *found =
        definitions_find(&definitions, name_of(row->name), row->kind);

    ck_assert_msg(found != NULL, "%s is not found", row->name);
    ck_assert(name_equal(found->name, name_of(row->name)));
    ck_assert_int_eq(found->kind, row->kind);
    ck_assert_msg(found->place.line == row->line, "%s: line %u", row->name,
                  found->place.line);
    if (row->address)
        ck_assert_str_eq(address_text(found->address), row->address);
    else
        ck_assert_ptr_null(found->address);
    ck_assert_ptr_nonnull(found->item);
    ck_assert_ptr_nonnull(definition_kind_noun(row->kind));
}
END_TEST

START_TEST(all_names_are_there_in_order)
{
    struct definitions definitions = definitions_of(everything);

    ck_assert_uint_eq(definitions.count, COUNT_OF(definition_cases) + 2);
    for (size_t i = 1; i < definitions.count; i++) {
        const struct definition *one = &definitions.items[i - 1];
        const struct definition *next = &definitions.items[i];
        int order = name_compare(one->name, next->name);

        ck_assert_int_le(order, 0);
        if (order == 0)
            ck_assert_int_le(one->kind, next->kind);
    }
}
END_TEST

START_TEST(name_of_another_kind_is_not_found)
{
    struct definitions definitions = definitions_of(everything);
    struct name absent = {0};

    ck_assert_ptr_null(definitions_find(
        &definitions, name_of("pool.corp.example"), DEFINES_DIRECTOR));
    ck_assert_ptr_null(definitions_find(
        &definitions, name_of("nobody.corp.example"), DEFINES_POOL));
    ck_assert_ptr_null(definitions_find(&definitions, absent, DEFINES_POOL));
}
END_TEST

/* Built before anything is judged: the topology need not be valid. */
START_TEST(first_of_equal_definitions_is_found)
{
    static const char text[] =
        OCS2007 "pools:\n"
                "- {fqdn: a.ad.example, edition: standard, address: "
                "10.0.0.1}\n"
                "- {fqdn: a.ad.example, edition: standard, address: "
                "10.0.0.2}\n"
                "sip_domains: []\n";
    const struct topology *topology =
        topology_parse(&arena, &diag, "t.yaml", text, strlen(text));
    struct definitions definitions;
    const struct definition *found;

    ck_assert_ptr_nonnull(topology);
    definitions_build(&arena, topology, &definitions);
    found =
        definitions_find(&definitions, name_of("a.ad.example"), DEFINES_POOL);
    ck_assert_uint_eq(definitions.count, 2);
    ck_assert_uint_eq(found->place.line, 6);
    ck_assert_ptr_eq(found, &definitions.items[0]);
}
END_TEST

START_TEST(decommissioned_pool_has_its_name_alone)
{
    struct definitions definitions = definitions_of(
        OCS2007R2 "pools:\n"
                  "- fqdn: old.ad.example\n"
                  "  decommissioned: true\n"
                  "  edition: enterprise\n"
                  "  web_farm: {internal: web.ad.example,"
                  " external: web.contoso.com}\n"
                  "  web_conferencing: {fqdn: c.ad.example}\n"
                  "  front_ends:\n"
                  "  - {fqdn: fe.ad.example, address: 10.0.0.1}\n"
                  "- {fqdn: pool.ad.example, edition: standard,"
                  " address: 10.0.0.2}\n"
                  "sip_domains: []\n");

    ck_assert_uint_eq(definitions.count, 2);
    ck_assert(name_equal(definitions.items[0].name, name_of("old.ad.example")));
    ck_assert(!definition_is_in_service(&definitions.items[0]));
    ck_assert(definition_is_in_service(&definitions.items[1]));
}
END_TEST

/* ---- the address that answers */

static const struct address said = {.octets = {10, 0, 0, 1}, .said = true};
static const struct address other = {.octets = {10, 0, 0, 2}, .said = true};

START_TEST(pool_answers_on_vip_then_address_then_only_front_end)
{
    struct host hosts[2] = {
        {.address = {.octets = {10, 0, 0, 3}, .said = true}},
        {.address = {.octets = {10, 0, 0, 4}, .said = true}}};
    struct pool pool = {.vip = said, .address = other};

    pool.front_ends.items = hosts;
    pool.front_ends.count = 1;
    ck_assert_ptr_eq(pool_address(&pool), &pool.vip);
    pool.vip.said = false;
    ck_assert_ptr_eq(pool_address(&pool), &pool.address);
    pool.address.said = false;
    ck_assert_ptr_eq(pool_address(&pool), &hosts[0].address);
    pool.front_ends.count = 2;
    ck_assert_ptr_null(pool_address(&pool));
    pool.front_ends.count = 0;
    ck_assert_ptr_null(pool_address(&pool));
}
END_TEST

START_TEST(director_answers_on_vip_then_address)
{
    struct director director = {.vip = said, .address = other};

    ck_assert_ptr_eq(director_address(&director), &director.vip);
    director.vip.said = false;
    ck_assert_ptr_eq(director_address(&director), &director.address);
    director.address.said = false;
    ck_assert_ptr_null(director_address(&director));
}
END_TEST

START_TEST(edge_answers_on_vip_then_address_and_never_behind_nat)
{
    struct edge_service service = {
        .vip = said, .address = other, .private_address = said};

    ck_assert_ptr_eq(edge_service_address(&service), &service.vip);
    service.vip.said = false;
    ck_assert_ptr_eq(edge_service_address(&service), &service.address);
    service.address.said = false;
    ck_assert_ptr_null(edge_service_address(&service));
}
END_TEST

START_TEST(service_is_there_when_the_file_has_it)
{
    const struct topology *topology = topology_of(everything);
    struct edge_service none = {0};

    ck_assert(edge_has_service(&topology->edges.items[0].av));
    ck_assert(!edge_has_service(&none));
}
END_TEST

static Suite *definitions_suite(void)
{
    Suite *suite = suite_create("definitions");
    TCase *names = tcase_create("names");
    TCase *addresses = tcase_create("addresses");

    tcase_add_checked_fixture(names, setup, teardown);
    tcase_add_loop_test(names, name_is_found_with_its_place_and_address, 0,
                        COUNT_OF(definition_cases));
    tcase_add_test(names, all_names_are_there_in_order);
    tcase_add_test(names, name_of_another_kind_is_not_found);
    tcase_add_test(names, first_of_equal_definitions_is_found);
    tcase_add_test(names, decommissioned_pool_has_its_name_alone);
    suite_add_tcase(suite, names);
    tcase_add_checked_fixture(addresses, setup, teardown);
    tcase_add_test(addresses,
                   pool_answers_on_vip_then_address_then_only_front_end);
    tcase_add_test(addresses, director_answers_on_vip_then_address);
    tcase_add_test(addresses,
                   edge_answers_on_vip_then_address_and_never_behind_nat);
    tcase_add_test(addresses, service_is_there_when_the_file_has_it);
    suite_add_tcase(suite, addresses);
    return suite;
}

int main(void)
{
    return run_suite(definitions_suite());
}
