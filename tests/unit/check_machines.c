#include "topology/machines.h"

#include "plan_lines.h"

#define STANDARD                                                               \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"

#define TAIL "sip_domains: []\n"

static struct machines machines_of(const struct topology *topology)
{
    struct machines machines;

    machines_build(&arena, topology, &machines);
    return machines;
}

/* "name +edge +proxy\n" */
static const char *list_machines(const struct machines *machines)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (size_t i = 0; i < machines->count; i++)
        strbuf_printf(&buf, "%s%s%s\n", machines->items[i].name,
                      machines->items[i].edge ? " edge" : "",
                      machines->items[i].proxy ? " proxy" : "");
    return buf.text;
}

START_TEST(machines_have_names_and_an_order)
{
    const struct topology *topology = topology_of(
        OCS2007R2 STANDARD
        "sites: [here, there]\n"
        "edges:\n"
        "- internal: {fqdn: edge2.ad.example, address: 172.16.0.5}\n"
        "  av: {fqdn: av2.contoso.com, address: 192.0.2.30}\n"
        "- internal: {fqdn: edge1.ad.example, vip: 172.16.0.6}\n"
        "  av: {fqdn: av1.contoso.com, vip: 192.0.2.31}\n"
        "  servers: [{fqdn: e1.ad.example, address: 172.16.0.7},"
        " {fqdn: e2.ad.example, address: 172.16.0.8}]\n"
        "reverse_proxies:\n"
        "- {site: here, address: 192.0.2.1, publishes: []}\n"
        "- {site: there, address: 192.0.2.2, publishes: []}\n"
        "- {site: there, address: 192.0.2.3, publishes: []}\n"
        "- {address: 192.0.2.4, publishes: []}\n" TAIL);
    struct machines machines = machines_of(topology);

    ck_assert_str_eq(list_machines(&machines), "edge1.ad.example edge\n"
                                               "edge2.ad.example edge\n"
                                               "proxy-192.0.2.2 proxy\n"
                                               "proxy-192.0.2.3 proxy\n"
                                               "proxy-192.0.2.4 proxy\n"
                                               "proxy-here proxy\n");
    ck_assert_str_eq(machines.edges[0]->name, "edge2.ad.example");
    ck_assert_str_eq(machines.edges[1]->name, "edge1.ad.example");
    ck_assert_str_eq(machines.proxies[0]->name, "proxy-here");
    ck_assert_str_eq(machines.proxies[2]->name, "proxy-192.0.2.3");
}
END_TEST

START_TEST(proxies_with_one_address_are_one_machine)
{
    const struct topology *topology = topology_of(
        OCS2007R2 STANDARD "reverse_proxies:\n"
                           "- {address: 192.0.2.4, publishes: []}\n"
                           "- {address: 192.0.2.3, publishes: []}\n"
                           "- {address: 192.0.2.4, publishes: []}\n" TAIL);
    struct machines machines = machines_of(topology);

    ck_assert_uint_eq(machines.count, 2);
    ck_assert_ptr_eq(machines.proxies[0], machines.proxies[2]);
    ck_assert_ptr_ne(machines.proxies[0], machines.proxies[1]);
    ck_assert_ptr_eq(machines.proxies[0]->proxy,
                     &topology->reverse_proxies.items[0]);
}
END_TEST

static const struct use {
    const char *pool; /* what it says of edges and sites */
    bool uses_here;
    bool uses_there;
} uses[] = {
    {", site: here", true, false},
    {", site: there", false, true},
    {", site: nowhere", true, true},
    {"", true, true},
    {", site: here, uses_edge: there.ad.example", false, true},
    {", uses_edge: here.ad.example", true, false},
};

START_TEST(pool_uses_the_edge_that_it_names_or_those_of_its_site)
{
    const struct use *row = &uses[_i];
    const struct topology *topology = topology_of(arena_printf(
        &arena,
        OCS2007R2
        "sites: [here, there, nowhere]\n"
        "pools: [{fqdn: pool.ad.example, edition: standard,"
        " address: 10.0.0.10%s}]\n"
        "edges:\n"
        "- {internal: {fqdn: here.ad.example, address: 172.16.0.5},"
        " site: here, av: {fqdn: av1.contoso.com, address: 192.0.2.30}}\n"
        "- {internal: {fqdn: there.ad.example, address: 172.16.0.6},"
        " site: there, av: {fqdn: av2.contoso.com, address: "
        "192.0.2.31}}\n" TAIL,
        row->pool));
    struct machines machines = machines_of(topology);
    const struct pool *pool = &topology->pools.items[0];

    ck_assert_int_eq(
        machines_pool_uses_edge(&machines, pool, &topology->edges.items[0]),
        row->uses_here);
    ck_assert_int_eq(
        machines_pool_uses_edge(&machines, pool, &topology->edges.items[1]),
        row->uses_there);
}
END_TEST

START_TEST(topology_may_have_no_machine)
{
    struct machines machines =
        machines_of(topology_of(OCS2007R2 STANDARD TAIL));

    ck_assert_uint_eq(machines.count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("machines");
    TCase *tcase = tcase_create("machines");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, machines_have_names_and_an_order);
    tcase_add_test(tcase, proxies_with_one_address_are_one_machine);
    tcase_add_loop_test(tcase,
                        pool_uses_the_edge_that_it_names_or_those_of_its_site,
                        0, COUNT_OF(uses));
    tcase_add_test(tcase, topology_may_have_no_machine);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
