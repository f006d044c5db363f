#include "write/hosts_writer.h"

#include "plan_lines.h"
#include "write/zone_writer.h"

/* The pool of the second site is the next hop of the first one's edge. */
#define TOPOLOGY                                                               \
    "sites: [here, there]\n"                                                   \
    "pools:\n"                                                                 \
    "- fqdn: pool.ad.example\n"                                                \
    "  edition: enterprise\n"                                                  \
    "  site: there\n"                                                          \
    "  vip: 10.0.0.10\n"                                                       \
    "  uses_edge: edge.dmz.example\n"                                          \
    "  front_ends:\n"                                                          \
    "  - {fqdn: fe1.ad.example, address: 10.0.0.11}\n"                         \
    "  - {fqdn: fe2.ad.example, address: 10.100.100.112}\n"                    \
    "- {fqdn: se.ad.example, edition: standard, site: here,"                   \
    " address: 10.0.0.20, web_farm: {external: ocsrp.contoso.com}}\n"          \
    "edges:\n"                                                                 \
    "- internal: {fqdn: edge.dmz.example, vip: 172.16.0.5}\n"                  \
    "  site: here\n"                                                           \
    "  access: {fqdn: sip.contoso.com, vip: 192.0.2.10}\n"                     \
    "  next_hop: pool.ad.example\n"                                            \
    "  servers: [{fqdn: e1.dmz.example, address: 172.16.0.6},"                 \
    " {fqdn: e2.dmz.example, address: 172.16.0.7}]\n"                          \
    "- internal: {fqdn: other.dmz.example, address: 172.17.0.5}\n"             \
    "  site: here\n"                                                           \
    "  access: {fqdn: sip.fabrikam.com, address: 192.0.2.11}\n"                \
    "reverse_proxies:\n"                                                       \
    "- {site: here, address: 192.0.2.40, publishes: [ocsrp.contoso.com]}\n"    \
    "- {site: there, address: 192.0.2.41, publishes: [www.contoso.com]}\n"     \
    "sip_domains: [{name: contoso.com, sign_in: pool.ad.example}]\n"

static const struct machine *find_machine(const struct plan *plan,
                                          const char *name)
{
    size_t count;
    const struct machine *machines = facts_machines(plan->facts, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(machines[i].name, name) == 0)
            return &machines[i];
    ck_abort_msg("no machine %s", name);
}

static const char *hosts_text(const char *topology, const char *machine,
                              size_t *count)
{
    const struct plan *plan = plan_of(topology);
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    *count =
        hosts_writer_write(&arena, &buf, plan, find_machine(plan, machine));
    ck_assert_uint_eq(strlen(buf.text), buf.length);
    return buf.text;
}

/* What follows the head. */
static const char *hosts_body(const char *topology, const char *machine,
                              size_t *count)
{
    return strstr(hosts_text(topology, machine, count), "\n\n");
}

START_TEST(files_are_named_for_their_machines)
{
    const struct plan *plan = plan_of(OCS2007R2 TOPOLOGY);

    ck_assert_str_eq(
        hosts_file_name(&arena, find_machine(plan, "edge.dmz.example")),
        "perimeter/edge.dmz.example.hosts");
    ck_assert_str_eq(hosts_file_name(&arena, find_machine(plan, "proxy-here")),
                     "perimeter/proxy-here.hosts");
}
END_TEST

START_TEST(first_line_tells_that_it_is_ours)
{
    static const char mark[] = "# " WRITTEN_BY_US "\n";
    size_t count;

    ck_assert_int_eq(
        strncmp(hosts_text(OCS2007R2 TOPOLOGY, "proxy-here", &count), mark,
                strlen(mark)),
        0);
}
END_TEST

START_TEST(head_names_the_servers_of_a_balanced_edge)
{
    size_t count;
    const char *balanced =
        hosts_text(OCS2007R2 TOPOLOGY, "edge.dmz.example", &count);
    const char *single =
        hosts_text(OCS2007R2 TOPOLOGY, "other.dmz.example", &count);

    ck_assert_ptr_nonnull(strstr(balanced, "# e1.dmz.example\n"
                                           "# e2.dmz.example\n"));
    ck_assert_ptr_nonnull(strstr(single, " other.dmz.example.\n"));
    ck_assert_ptr_null(strstr(single, "e1.dmz"));
    ck_assert_ptr_nonnull(strstr(
        hosts_text(OCS2007R2 TOPOLOGY, "proxy-here", &count), "192.0.2.40"));
}
END_TEST

/* The texts are those of the catalogue: see templates/ocs2007r2.yaml. */
static const char *why(const struct plan *plan, const char *id)
{
    const struct catalogue *catalogue = plan->catalogues[0];

    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->rows[i].requirement.id, id) == 0)
            return catalogue->rows[i].requirement.why;
    ck_abort_msg("no row %s", id);
}

START_TEST(lines_stand_in_groups_under_their_reasons)
{
    const struct plan *plan = plan_of(OCS2007R2 TOPOLOGY);
    size_t count;
    const char *body =
        hosts_body(OCS2007R2 TOPOLOGY, "edge.dmz.example", &count);

    ck_assert_str_eq(body, arena_printf(&arena,
                                        "\n"
                                        "\n# %s\n"
                                        "# pools[pool.ad.example].vip\n"
                                        "10.0.0.10        pool.ad.example\n"
                                        "\n# %s\n"
                                        "# pools[pool.ad.example].front_ends\n"
                                        "10.0.0.11        fe1.ad.example\n"
                                        "10.100.100.112   fe2.ad.example\n"
                                        "# pools[se.ad.example].address\n"
                                        "10.0.0.20        se.ad.example\n"
                                        "\n# %s\n"
                                        "# edges[edge.dmz.example].internal\n"
                                        "172.16.0.5       edge.dmz.example\n"
                                        "\n# %s\n"
                                        "# edges[edge.dmz.example].servers\n"
                                        "172.16.0.6       e1.dmz.example\n"
                                        "172.16.0.7       e2.dmz.example\n",
                                        why(plan, "perimeter-next-hop"),
                                        why(plan, "perimeter-pool-server"),
                                        why(plan, "perimeter-edge"),
                                        why(plan, "perimeter-edge-server")));
    ck_assert_uint_eq(count, 7);
}
END_TEST

/* se.ad.example is next hop, pool server and web farm: each machine is told
 * what it is to that machine. */
START_TEST(reason_is_that_of_the_machine)
{
    const struct plan *plan = plan_of(OCS2007R2 TOPOLOGY);
    size_t count;

    ck_assert_str_eq(hosts_body(OCS2007R2 TOPOLOGY, "proxy-here", &count),
                     arena_printf(&arena,
                                  "\n\n# %s\n# pools[se.ad.example].fqdn\n"
                                  "10.0.0.20        se.ad.example\n",
                                  why(plan, "perimeter-web-farm")));
    ck_assert_str_eq(
        hosts_body(OCS2007R2 TOPOLOGY, "other.dmz.example", &count),
        arena_printf(&arena,
                     "\n\n# %s\n# pools[se.ad.example].address\n"
                     "10.0.0.20        se.ad.example\n"
                     "\n# %s\n"
                     "# edges[other.dmz.example].internal\n"
                     "172.17.0.5       other.dmz.example\n",
                     why(plan, "perimeter-next-hop"),
                     why(plan, "perimeter-edge")));
}
END_TEST

START_TEST(machine_that_needs_no_name_has_comments_alone)
{
    size_t count;
    const char *text = hosts_text(OCS2007R2 TOPOLOGY, "proxy-there", &count);

    ck_assert_uint_eq(count, 0);
    for (const char *line = text; *line; line = strchr(line, '\n') + 1)
        ck_assert_msg(*line == '#' || *line == '\n', "%s", line);
}
END_TEST

START_TEST(every_line_is_one_address_and_one_name)
{
    static const char *const machines[] = {"edge.dmz.example",
                                           "other.dmz.example", "proxy-here"};

    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
        size_t count, found = 0;
        const char *text = hosts_text(OCS2007R2 TOPOLOGY, machines[i], &count);

        for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
            size_t address = strspn(line, "0123456789.");
            size_t gap = strspn(line + address, " ");
            size_t name = strspn(line + address + gap,
                                 "abcdefghijklmnopqrstuvwxyz0123456789-.");

            if (*line == '#' || *line == '\n')
                continue;
            found++;
            ck_assert_uint_ge(address, 7);
            ck_assert_uint_ge(gap, 2);
            ck_assert_int_eq(line[address + gap + name], '\n');
            ck_assert_int_ne(line[address + gap + name - 1], '.');
        }
        ck_assert_uint_eq(found, count);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hosts_writer");
    TCase *tcase = tcase_create("hosts_writer");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, files_are_named_for_their_machines);
    tcase_add_test(tcase, first_line_tells_that_it_is_ours);
    tcase_add_test(tcase, head_names_the_servers_of_a_balanced_edge);
    tcase_add_test(tcase, lines_stand_in_groups_under_their_reasons);
    tcase_add_test(tcase, reason_is_that_of_the_machine);
    tcase_add_test(tcase, machine_that_needs_no_name_has_comments_alone);
    tcase_add_test(tcase, every_line_is_one_address_and_one_name);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
