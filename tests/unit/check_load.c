/*
 * The forms in which a topology may be written, and where it may lie.
 */
#include "plan_lines.h"

#include <unistd.h>

#include "scratch.h"

/* ---- forms in which the same may be said */

#define HEAD                                                                   \
    "product: ocs2007\n"                                                       \
    "dns:\n"                                                                   \
    "  nameservers: [dc1.example.net]\n"                                       \
    "  contact: hostmaster@example.com\n"                                      \
    "  hosts: {dc1.example.net: 10.1.0.2}\n"                                   \
    "ad_domains: []\n"
#define POOL                                                                   \
    "pools:\n"                                                                 \
    "  - {fqdn: pool.example.net, edition: standard, address: 10.1.0.10}\n"
#define SIP   "sip_domains:\n  - {name: example.com, sign_in: pool.example.net}\n"
#define PLAIN HEAD POOL SIP

/* NULL where there is no plan: see reports(). */
static const struct plan *plan_topology(const struct topology *topology)
{
    if (!topology || topology_validate(&arena, &diag, topology) < 0)
        return NULL;
    return plan_build(&arena, &diag, topology, NULL);
}

static const struct plan *plan_text(const char *text)
{
    return plan_topology(
        topology_parse(&arena, &diag, "t.yaml", text, strlen(text)));
}

/* Every record of the plan, in a line of its own. */
static const char *records_of(const struct plan *plan)
{
    return plan_lines(plan, "");
}

static const char *plain_records(void)
{
    const struct plan *plan = plan_text(PLAIN);

    ck_assert_ptr_nonnull(plan);
    return records_of(plan);
}

static const struct {
    const char *label, *text;
} same_rows[] = {
    {"flow",
     "{product: ocs2007, dns: {nameservers: [dc1.example.net], contact: "
     "hostmaster@example.com, hosts: {dc1.example.net: 10.1.0.2}}, "
     "ad_domains: [], pools: [{fqdn: pool.example.net, edition: standard, "
     "address: 10.1.0.10}], sip_domains: [{name: example.com, sign_in: "
     "pool.example.net}]}"},
    {"block", "product: ocs2007\n"
              "dns:\n"
              "  nameservers:\n"
              "  - dc1.example.net\n"
              "  contact: hostmaster@example.com\n"
              "  hosts:\n"
              "    dc1.example.net: 10.1.0.2\n"
              "ad_domains: []\n"
              "pools:\n"
              "- fqdn: pool.example.net\n"
              "  edition: standard\n"
              "  address: 10.1.0.10\n"
              "sip_domains:\n"
              "- name: example.com\n"
              "  sign_in: pool.example.net\n"},
    {"quoted", "'product': \"ocs2007\"\n"
               "dns:\n"
               "  nameservers: ['dc1.example.net']\n"
               "  contact: 'hostmaster@example.com'\n"
               "  hosts: {\"dc1.example.net\": '10.1.0.2'}\n"
               "ad_domains: []\n"
               "pools:\n"
               "  - {fqdn: 'pool.example.net', edition: 'standard',\n"
               "     address: \"10.1.0.10\"}\n"
               "sip_domains:\n"
               "  - {name: 'example.com', sign_in: \"pool.example.net\"}\n"},
    {"mark", "\xef\xbb\xbf" PLAIN},
    {"documents", "%YAML 1.1\n---\n" PLAIN "...\n"},
    {"final-dots",
     "product: ocs2007\n"
     "dns:\n"
     "  nameservers: [dc1.example.net.]\n"
     "  contact: hostmaster@example.com.\n"
     "  hosts: {dc1.example.net.: 10.1.0.2}\n"
     "ad_domains: []\n"
     "pools:\n"
     "  - {fqdn: pool.example.net., edition: standard, address: 10.1.0.10}\n"
     "sip_domains:\n"
     "  - {name: example.com., sign_in: pool.example.net.}\n"},
    {"upper-case",
     "product: ocs2007\n"
     "dns:\n"
     "  nameservers: [DC1.Example.NET]\n"
     "  contact: hostmaster@EXAMPLE.com\n"
     "  hosts: {Dc1.example.net: 10.1.0.2}\n"
     "ad_domains: []\n"
     "pools:\n"
     "  - {fqdn: POOL.example.net, edition: standard, address: 10.1.0.10}\n"
     "sip_domains:\n"
     "  - {name: Example.Com, sign_in: Pool.Example.Net}\n"},
    {"aliases", "product: ocs2007\n"
                "dns:\n"
                "  nameservers: [&server dc1.example.net]\n"
                "  contact: hostmaster@example.com\n"
                "  primary: *server\n"
                "  hosts: {dc1.example.net: 10.1.0.2}\n"
                "ad_domains: &none []\n"
                "pools: &pools\n"
                "  - fqdn: &pool pool.example.net\n"
                "    edition: standard\n"
                "    address: 10.1.0.10\n"
                "sip_domains:\n"
                "  - {name: example.com, sign_in: *pool}\n"
                "zones: *none\n"},
    {"views", "product: ocs2007\n"
              "dns:\n"
              "  primary: {internal: dc1.example.net}\n"
              "  nameservers: {internal: [dc1.example.net]}\n"
              "  contact: hostmaster@example.com\n"
              "  hosts: {internal: {dc1.example.net: 10.1.0.2}}\n"
              "ad_domains: []\n" POOL SIP},
    {"defaults", "product: ocs2007\n"
                 "dns:\n"
                 "  primary: dc1.example.net\n"
                 "  nameservers: [dc1.example.net]\n"
                 "  contact: hostmaster@example.com\n"
                 "  ttl: 60m\n"
                 "  hosts: {dc1.example.net: 10.1.0.2}\n"
                 "ad_domains: []\n"
                 "strict_naming: true\n" POOL "sip_domains:\n"
                 "  - name: example.com\n"
                 "    sign_in: pool.example.net\n"
                 "    sign_in_name: pool\n"
                 "    federation: false\n"
                 "    phones: false\n"
                 "    tcp: false\n"
                 "    xmpp: false\n"
                 "    fallback_names: [sip]\n"
                 "zones:\n"
                 "  - {name: example.com, mode: zone, mirror: all}\n"
                 "  - {name: example.net, view: internal, base: []}\n"},
};

START_TEST(another_form_gives_the_same_plan)
{
    const char *plain = plain_records();
    const struct plan *plan = plan_text(same_rows[_i].text);

    ck_assert_msg(plan && diag.count == 0, "%s:\n%s", same_rows[_i].label,
                  reports());
    ck_assert_msg(strcmp(records_of(plan), plain) == 0, "%s:\n%s\n%s",
                  same_rows[_i].label, records_of(plan), plain);
}
END_TEST

START_TEST(line_ends_of_windows_change_nothing)
{
    const char *plain = plain_records();
    const struct plan *plan;
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    for (const char *c = PLAIN; *c; c++)
        strbuf_printf(&buf, *c == '\n' ? "\r%c" : "%c", *c);
    plan = plan_text(buf.text);
    ck_assert_msg(plan && diag.count == 0, "%s", reports());
    ck_assert_str_eq(records_of(plan), plain);
}
END_TEST

START_TEST(words_that_other_readers_turn_into_something_else_are_names)
{
    const struct plan *plan = plan_text(
        HEAD "sites: [no, 010, ~, null, 1e3, 0x10, true]\n"
             "pools:\n"
             "  - {fqdn: no.010.net, site: no, edition: standard,\n"
             "     address: 10.1.0.10}\n"
             "  - {fqdn: 1e3.0x10.net, site: 010, edition: standard,\n"
             "     address: 10.1.0.11}\n"
             "sip_domains:\n"
             "  - {name: yes.no, sign_in: no.010.net, sign_in_name: off}\n"
             "  - {name: 010.no, sign_in: 1e3.0x10.net, sign_in_name: 007}\n");
    const char *records;

    ck_assert_msg(!plan, "'~' is no word");
    ck_assert_str_eq(reports(), "bad-word 7\n");
    teardown();
    setup();
    plan = plan_text(
        HEAD "sites: [no, 010, null, 1e3, 0x10, true]\n"
             "pools:\n"
             "  - {fqdn: no.010.net, site: no, edition: standard,\n"
             "     address: 10.1.0.10}\n"
             "  - {fqdn: 1e3.0x10.net, site: 010, edition: standard,\n"
             "     address: 10.1.0.11}\n"
             "sip_domains:\n"
             "  - {name: yes.no, sign_in: no.010.net, sign_in_name: off}\n"
             "  - {name: 010.no, sign_in: 1e3.0x10.net, sign_in_name: 007}\n");
    ck_assert_msg(plan && diag.count == 0, "%s", reports());
    records = records_of(plan);
    ck_assert_ptr_nonnull(
        strstr(records, "internal 010.no 007.010.no A 10.1.0.11\n"));
    ck_assert_ptr_nonnull(
        strstr(records, "internal yes.no off.yes.no A 10.1.0.10\n"));
    ck_assert_ptr_nonnull(
        strstr(records, "internal 010.net no.010.net A 10.1.0.10\n"));
    ck_assert_ptr_nonnull(
        strstr(records, "internal 0x10.net 1e3.0x10.net A 10.1.0.11\n"));
}
END_TEST

/* ---- a directory of several files */

static const char *directory;

static void setup_directory(void)
{
    setup();
    directory = scratch_directory(&arena);
}

static void write_file(const char *name, const char *text)
{
    FILE *stream = fopen(arena_printf(&arena, "%s/%s", directory, name), "w");

    ck_assert_ptr_nonnull(stream);
    ck_assert_int_ge(fputs(text, stream), 0);
    ck_assert_int_eq(fclose(stream), 0);
}

START_TEST(files_of_a_directory_are_one_topology)
{
    const char *plain = plain_records();
    const struct plan *plan;

    write_file("1-dns.yaml", "product: ocs2007\n"
                             "dns:\n"
                             "  nameservers: [dc1.example.net]\n"
                             "ad_domains: []\n");
    write_file("2-pools.yaml", POOL "dns:\n"
                                    "  contact: hostmaster@example.com\n");
    write_file("3-sip.yaml", SIP "dns: {hosts: {dc1.example.net: 10.1.0.2}}\n"
                                 "pools: []\n");
    write_file("readme.txt", "no: {yaml\n");
    plan = plan_topology(topology_load(&arena, &diag, directory));
    ck_assert_msg(plan && diag.count == 0, "%s", reports());
    ck_assert_str_eq(records_of(plan), plain);
}
END_TEST

START_TEST(lists_of_several_files_append)
{
    const struct plan *plan;

    write_file("a.yaml", PLAIN);
    write_file("b.yaml",
               "pools:\n"
               "  - {fqdn: two.example.net, edition: standard, address: "
               "10.1.0.11}\n"
               "sip_domains: [{name: example.org, sign_in: two.example.net}]\n"
               "dns: {hosts: {files.example.net: 10.1.0.3}}\n");
    plan = plan_topology(topology_load(&arena, &diag, directory));
    ck_assert_msg(plan && diag.count == 0, "%s", reports());
    ck_assert_uint_eq(plan->topology->pools.count, 2);
    ck_assert_uint_eq(plan->topology->sip_domains.count, 2);
    ck_assert_uint_eq(plan->topology->dns.hosts.views[VIEW_INTERNAL].count, 2);
}
END_TEST

START_TEST(a_topology_is_read_from_standard_input)
{
    int saved = dup(STDIN_FILENO);
    const struct plan *plan;

    write_file("a.yaml", PLAIN);
    ck_assert_ptr_nonnull(
        freopen(arena_printf(&arena, "%s/a.yaml", directory), "r", stdin));
    plan = plan_topology(topology_load(&arena, &diag, "-"));
    ck_assert_msg(plan && diag.count == 0, "%s", reports());
    ck_assert_int_ge(dup2(saved, STDIN_FILENO), 0);
    close(saved);
}
END_TEST

static Suite *load_suite(void)
{
    Suite *suite = suite_create("load");
    TCase *forms = tcase_create("forms");
    TCase *files = tcase_create("files");

    tcase_add_checked_fixture(forms, setup, teardown);
    tcase_add_loop_test(forms, another_form_gives_the_same_plan, 0,
                        COUNT_OF(same_rows));
    tcase_add_test(forms, line_ends_of_windows_change_nothing);
    tcase_add_test(forms,
                   words_that_other_readers_turn_into_something_else_are_names);
    suite_add_tcase(suite, forms);

    tcase_add_unchecked_fixture(files, scratch_make, scratch_remove);
    tcase_add_checked_fixture(files, setup_directory, teardown);
    tcase_add_test(files, files_of_a_directory_are_one_topology);
    tcase_add_test(files, lists_of_several_files_append);
    tcase_add_test(files, a_topology_is_read_from_standard_input);
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    return run_suite(load_suite());
}
