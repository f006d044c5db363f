/*
 * The site's own records in whole zones: how they are read, when they meet
 * the plan's, and what they spare it.
 */
#include "plan/base.h"

#include <unistd.h>

#include "dns/recordset.h"
#include "plan_lines.h"
#include "scratch.h"
#include "write/zone_writer.h"

static char *directory;

static void set_up(void)
{
    setup();
    directory = scratch_directory(&arena);
}

static const char *path_of(const char *name)
{
    return arena_printf(&arena, "%s/%s", directory, name);
}

static void write_file(const char *name, const char *text)
{
    FILE *stream = fopen(path_of(name), "w");

    ck_assert_ptr_nonnull(stream);
    fputs(text, stream);
    ck_assert_int_eq(fclose(stream), 0);
}

/* Name servers: one elsewhere, one in the zone. */
#define TOPOLOGY                                                               \
    "product: ocs2007\n"                                                       \
    "dns:\n"                                                                   \
    "  nameservers: [ns.isp.example, ns1.contoso.com]\n"                       \
    "  contact: hostmaster@isp.example\n"                                      \
    "pools: [{fqdn: pool.contoso.com, edition: standard,"                      \
    " address: 10.0.0.10}]\n"                                                  \
    "ad_domains: []\n"                                                         \
    "sip_domains: [{name: contoso.com, sign_in: pool.contoso.com}]\n"
#define WITH_BASE TOPOLOGY "zones: [{name: contoso.com, base: own.base}]\n"

#define SERVER    "ns1 A 10.0.0.2\n"

/* The plan of a topology in t.yaml of the directory, or NULL. */
static const struct plan *plan_there(const char *topology)
{
    const struct topology *parsed = topology_parse(
        &arena, &diag, path_of("t.yaml"), topology, strlen(topology));

    ck_assert(parsed && topology_validate(&arena, &diag, parsed) == 0);
    return plan_build(&arena, &diag, parsed, NULL);
}

static const struct plan *plan_with(const char *base)
{
    write_file("own.base", base);
    return plan_there(WITH_BASE);
}

static const struct plan_zone *zone_with(const char *base)
{
    const struct plan *plan = plan_with(base);

    ck_assert_msg(plan != NULL, "%s", reports());
    return plan->views[VIEW_INTERNAL].zones[0];
}

/* "owner TTL TYPE" of each RRset, as they are kept. */
static const char *base_lines(const struct recordset *base)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (const struct node *node = base->top; node;
         node = recordset_next(base, node))
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next) {
            name_write_relative(&buf, node->owner, base->zone);
            strbuf_printf(&buf, " %d ", (int)rrset->ttl_seconds);
            record_type_write(&buf, rrset->type);
            strbuf_add_char(&buf, '\n');
        }
    return buf.text;
}

/* ---- reading */

START_TEST(records_are_kept_sorted_with_their_ttls)
{
    const struct plan_zone *zone =
        zone_with("www 300 A 192.0.2.80\n" SERVER
                  "$TTL 2h\n@ MX 10 mail\nmail A 192.0.2.25\n TXT x\n");

    ck_assert_str_eq(base_lines(zone->base), "@ 7200 MX\n"
                                             "mail 7200 A\n"
                                             "mail 7200 TXT\n"
                                             "ns1 -1 A\n"
                                             "www 300 A\n");
}
END_TEST

START_TEST(record_without_ttl_leaves_it_to_the_zone)
{
    ck_assert_str_eq(base_lines(zone_with(SERVER)->base), "ns1 -1 A\n");
}
END_TEST

START_TEST(files_of_a_list_are_one_set)
{
    const struct plan *plan;

    write_file("one.base", SERVER "@ 60 TXT one\n");
    write_file("two.base", "@ 90 TXT two\nwww A 192.0.2.80\n");
    plan = plan_there(
        TOPOLOGY "zones: [{name: contoso.com, base: [one.base, two.base]}]\n");
    ck_assert_msg(plan != NULL, "%s", reports());
    ck_assert_str_eq(base_lines(plan->views[VIEW_INTERNAL].zones[0]->base),
                     "@ 90 TXT\nns1 -1 A\nwww -1 A\n");
}
END_TEST

START_TEST(included_file_is_found_beside_the_base)
{
    write_file("mail.base", "mail A 192.0.2.25\n");
    ck_assert_str_eq(base_lines(zone_with(SERVER "$INCLUDE mail.base\n")->base),
                     "mail -1 A\nns1 -1 A\n");
}
END_TEST

START_TEST(empty_list_is_no_base)
{
    const struct plan *plan = plan_there(
        "product: ocs2007\n" DNS
        "pools: [{fqdn: pool.contoso.com, edition: standard,"
        " address: 10.0.0.10}]\n"
        "sip_domains: [{name: contoso.com, sign_in: pool.contoso.com}]\n"
        "zones: [{name: contoso.com, base: []}]\n");

    ck_assert_ptr_null(plan->views[VIEW_INTERNAL].zones[0]->base);
}
END_TEST

START_TEST(absolute_path_is_itself)
{
    write_file("own.base", SERVER);
    ck_assert_ptr_nonnull(plan_there(arena_printf(
        &arena, TOPOLOGY "zones: [{name: contoso.com, base: %s}]\n",
        path_of("own.base"))));
}
END_TEST

/* With standard input there is no directory of the topology. */
START_TEST(path_of_a_topology_without_directory_is_relative_to_here)
{
    static const char text[] =
        TOPOLOGY "zones: [{name: contoso.com, base: [own.base, '-']}]\n";
    const struct topology *topology;
    const struct plan *plan;
    char *before = getcwd(NULL, 0);

    write_file("own.base", SERVER);
    write_file("-", "www A 192.0.2.80\n");
    ck_assert_int_eq(chdir(directory), 0);
    topology =
        topology_parse(&arena, &diag, "standard input", text, strlen(text));
    plan = plan_build(&arena, &diag, topology, NULL);
    ck_assert_int_eq(chdir(before), 0);
    ck_assert_ptr_nonnull(plan);
    ck_assert_str_eq(base_lines(plan->views[VIEW_INTERNAL].zones[0]->base),
                     "ns1 -1 A\nwww -1 A\n");
    free(before);
}
END_TEST

/* ---- what is refused */

static const struct refusal {
    const char *label;
    const char *base;
    const char *reports;
} refusals[] = {
    {"a SOA", SERVER "@ SOA a.example. b.example. 1 1 1 1 1\n",
     "base-record-not-allowed 2\n"},
    {"a SOA and name servers",
     "@ SOA a.example. b.example. 1 1 1 1 1\n NS a.example.\n" SERVER,
     "base-record-not-allowed 1\nbase-record-not-allowed 2\n"},
    {"a record out of the zone", SERVER "www.example. A 192.0.2.1\n",
     "out-of-zone-record 2\n"},
    {"a syntax error", SERVER "www A 1\n", "zone-syntax 2\n"},
    {"an RRset of the plan", SERVER "sip A 10.0.0.10\n",
     "rrset-in-base-and-plan 2 (7)\n"},
    {"an RRset of the plan, of the apex zone's own server twice",
     SERVER "pool A 10.0.0.11\npool A 10.0.0.12\n",
     "rrset-in-base-and-plan 2 (5)\n"},
    {"an alias where the plan has an address", SERVER "sip CNAME www\n",
     "cname-and-other-data 2 (7)\n"},
    {"a delegation above a record of the plan", SERVER "_tcp NS a.example.\n",
     "base-hides-record 2 (7)\n"},
    {"a delegation at a record of the plan", SERVER "sip NS a.example.\n",
     "base-hides-record 2 (7)\n"},
    {"a DNAME above a record of the plan", SERVER "_tcp DNAME a.example.\n",
     "base-hides-record 2 (7)\n"},
    {"a CNAME beside other data of the base itself",
     SERVER "www CNAME a.example.\n TXT x\n", "cname-and-other-data 2 (3)\n"},
    {"a second DNAME", SERVER "x DNAME a.example.\nx DNAME b.example.\n",
     "duplicate-singleton 3 (2)\n"},
};

START_TEST(what_cannot_be_is_refused_with_its_places)
{
    const struct refusal *row = &refusals[_i];

    ck_assert_msg(plan_with(row->base) == NULL, "%s", row->label);
    ck_assert_msg(strcmp(reports(), row->reports) == 0, "%s: %s", row->label,
                  reports());
}
END_TEST

static const struct grant {
    const char *label;
    const char *base;
    const char *reports;
} grants[] = {
    {"another type of a planned owner", SERVER "sip TXT x\n", ""},
    {"a delegation of the site's own, with what is below it",
     SERVER "sub NS ns.sub\nns.sub A 192.0.2.1\nsub NS ns.isp.example.\n", ""},
    {"a DNAME at a planned owner", SERVER "pool DNAME a.example.\n", ""},
    {"a wildcard", SERVER "* A 192.0.2.1\n", ""},
    {"rare types", SERVER "@ CAA 0 issue \"a; b\"\n@ TYPE65280 \\# 1 00\n", ""},
    {"what named warns of", SERVER "@ MX 10 mail\n",
     "mx-target-has-no-address 2\n"},
};

START_TEST(what_can_be_is_granted)
{
    const struct grant *row = &grants[_i];

    ck_assert_msg(plan_with(row->base) != NULL, "%s: %s", row->label,
                  reports());
    ck_assert_msg(strcmp(reports(), row->reports) == 0, "%s: %s", row->label,
                  reports());
}
END_TEST

START_TEST(file_that_is_not_there_is_told_with_who_names_it)
{
    ck_assert_ptr_null(plan_there(WITH_BASE));
    ck_assert_str_eq(reports(), "cannot-open 0 (8)\n");
}
END_TEST

/* contoso.com and a SIP domain further down. */
#define FAMILY                                                                 \
    "product: ocs2007\n" DNS                                                   \
    "pools: [{fqdn: pool.contoso.com, edition: standard,"                      \
    " address: 10.0.0.10}]\n"                                                  \
    "sip_domains: [{name: contoso.com, sign_in: pool.contoso.com},"            \
    " {name: eu.contoso.com, sign_in: pool.contoso.com}]\n"                    \
    "zones: [{name: contoso.com, base: own.base}]\n"

START_TEST(records_of_a_zone_of_ours_further_down_are_refused)
{
    write_file("own.base", SERVER "eu TXT x\nwww.eu A 192.0.2.1\nwww A "
                                  "192.0.2.2\n");
    ck_assert_ptr_null(plan_there(FAMILY));
    ck_assert(is_reported("base-record-below-delegation", 2));
    ck_assert(is_reported("base-record-below-delegation", 3));
    ck_assert_uint_eq(diag.errors, 2);
}
END_TEST

START_TEST(ds_of_a_zone_of_ours_further_down_is_granted)
{
    write_file("own.base",
               SERVER "eu DS 1 13 2 00112233445566778899aabbccddeeff"
                      "00112233445566778899aabbccddeeff\n");
    ck_assert_msg(plan_there(FAMILY) != NULL, "%s", reports());
}
END_TEST

/* ---- what it spares the topology */

START_TEST(name_server_may_have_its_address_here)
{
    const struct plan *plan = plan_with("ns1 A 10.0.0.2\n AAAA 2001:db8::2\n");

    ck_assert_msg(plan != NULL, "%s", reports());
    assert_lines(plan, "ns1.contoso.com", "");
}
END_TEST

START_TEST(name_server_without_address_is_still_refused)
{
    ck_assert_ptr_null(plan_with("ns2 A 10.0.0.2\n"));
    ck_assert_str_eq(reports(), "name-server-has-no-address 3\n");
}
END_TEST

START_TEST(glue_above_is_all_addresses_that_are_here)
{
    const struct plan *plan;

    write_file("corp.base", "ns A 10.0.0.2\n A 10.0.0.3\n AAAA 2001:db8::2\n");
    plan = plan_there(
        "product: ocs2007\n"
        "dns:\n"
        "  nameservers: [ns.corp.contoso.com]\n"
        "  contact: hostmaster@isp.example\n"
        "pools: [{fqdn: pool.contoso.com, edition: standard,"
        " address: 10.0.0.10}]\n"
        "sip_domains: [{name: contoso.com, sign_in: pool.contoso.com},"
        " {name: corp.contoso.com, sign_in: pool.contoso.com}]\n"
        "zones: [{name: corp.contoso.com, base: corp.base}]\n");
    ck_assert_msg(plan != NULL, "%s", reports());
    assert_lines(plan, " ns.corp.",
                 "internal contoso.com ns.corp.contoso.com A 10.0.0.2\n"
                 "internal contoso.com ns.corp.contoso.com A 10.0.0.3\n"
                 "internal contoso.com ns.corp.contoso.com AAAA 2001:db8::2\n");
}
END_TEST

static const struct lead {
    const char *name;
    bool leads;
} leads[] = {
    {"ns1.contoso.com", true},     {"six.contoso.com", true},
    {"alias.contoso.com", true},   {"text.contoso.com", false},
    {"contoso.com", false},        {"sub.contoso.com", true},
    {"a.sub.contoso.com", true},   {"x.wild.contoso.com", true},
    {"wild.contoso.com", false},   {"dname.contoso.com", false},
    {"a.dname.contoso.com", true}, {"nothing.contoso.com", false},
    {"fabrikam.com", false},       {"com", false},
};

START_TEST(name_is_led_on_by_address_alias_wildcard_and_delegation)
{
    const struct recordset *base =
        zone_with(SERVER "six AAAA 2001:db8::1\nalias CNAME a.example.\n"
                         "text TXT x\nsub NS a.example.\n*.wild A 192.0.2.1\n"
                         "dname DNAME b.example.\n")
            ->base;

    ck_assert_msg(base_leads_on(base, name_of(leads[_i].name)) ==
                      leads[_i].leads,
                  "%s", leads[_i].name);
}
END_TEST

START_TEST(target_of_a_record_may_have_its_address_here)
{
    write_file("own.base", SERVER "clock A 10.0.0.3\n");
    ck_assert_msg(
        plan_there("product: ocs2007\n"
                   "dns:\n"
                   "  nameservers: [ns1.contoso.com]\n"
                   "  contact: hostmaster@isp.example\n"
                   "pools: [{fqdn: pool.contoso.com, edition: standard,"
                   " address: 10.0.0.10}]\n"
                   "phones: {time_server: clock.contoso.com}\n"
                   "sip_domains: [{name: contoso.com, sign_in:"
                   " pool.contoso.com, phones: true}]\n"
                   "zones: [{name: contoso.com, base: own.base}]\n") != NULL,
        "%s", reports());
}
END_TEST

/* ---- both views */

START_TEST(file_for_both_views_is_read_once)
{
    write_file("own.base", "www A 1\n");
    ck_assert_ptr_null(plan_there(
        "product: ocs2007\n" DNS
        "pools: [{fqdn: pool.corp.example, edition: standard,"
        " address: 10.0.0.10}]\n"
        "edges:\n"
        "- internal: {fqdn: edge.corp.example, address: 172.16.0.5}\n"
        "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"
        "sip_domains: [{name: contoso.com, sign_in: pool.corp.example,"
        " external_sign_in: sip.contoso.com}]\n"
        "zones: [{name: contoso.com, mode: zone, base: own.base}]\n"));
    ck_assert_str_eq(reports(), "zone-syntax 1\n");
}
END_TEST

/* ---- modes */

static const struct mode_case {
    const char *keys;
    const char *reports;
} modes[] = {
    {"mode: pinpoint, base: own.base", "base-without-whole-zone 8\n"},
    {"mode: include, base: own.base", "base-without-whole-zone 8\n"},
    {"mode: pinpoint, base: []", ""},
    {"mode: include, base: []", ""},
};

START_TEST(base_belongs_to_whole_zones_alone)
{
    const struct plan *plan;

    write_file("own.base", SERVER);
    plan = plan_there(
        arena_printf(&arena,
                     "product: ocs2007\n" DNS
                     "pools: [{fqdn: pool.contoso.com, edition: standard,"
                     " address: 10.0.0.10}]\n"
                     "ad_domains: []\n"
                     "sip_domains: [{name: contoso.com, sign_in:"
                     " pool.contoso.com}]\n"
                     "zones: [{name: contoso.com, %s}]\n",
                     modes[_i].keys));
    ck_assert((plan != NULL) == (modes[_i].reports[0] == '\0'));
    ck_assert_str_eq(reports(), modes[_i].reports);
}
END_TEST

/* ---- in the zone file */

START_TEST(site_s_own_records_stand_in_front_of_ours)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    zone_writer_write(&arena, &buf,
                      zone_with("www 5m A 192.0.2.80\n A 192.0.2.81\n"
                                "ns1 1h A 10.0.0.2\n"
                                "@ 1d CAA 0 issue \"ca; x\"\n"
                                "@ 1d TXT \"v=spf1 -all; x\"\n"),
                      3600, 7, "; {zone}\n");
    ck_assert_str_eq(
        buf.text,
        "; Written by ocszone; changes made in this file are lost.\n"
        "; contoso.com\n"
        "\n"
        "$ORIGIN contoso.com.\n"
        "$TTL 1h\n"
        "\n"
        "@                       IN SOA   ns.isp.example. "
        "hostmaster.isp.example. (\n"
        "                                 7          ; serial\n"
        "                                 1h         ; refresh\n"
        "                                 10m        ; retry\n"
        "                                 2w         ; expire\n"
        "                                 5m )       ; negative answers\n"
        "                        IN NS    ns.isp.example.\n"
        "                        IN NS    ns1.contoso.com.\n"
        "\n"
        "; The site's own records.\n"
        "; own.base\n"
        "@                    1d IN TXT   \"v=spf1 -all; x\"\n"
        "                     1d IN CAA   0 issue \"ca; x\"\n"
        "ns1                     IN A     10.0.0.2\n"
        "www                  5m IN A     192.0.2.80\n"
        "                     5m IN A     192.0.2.81\n"
        "\n"
        "; Clients inside find the pool that takes the sign-ins by this "
        "record.\n"
        "; sip_domains[contoso.com].sign_in\n"
        "_sipinternaltls._tcp    IN SRV   0 0 5061 pool.contoso.com.\n"
        "\n"
        "; Clients and servers reach a Standard Edition server by its own "
        "name.\n"
        "; pools[pool.contoso.com].address\n"
        "pool                    IN A     10.0.0.10\n"
        "\n"
        "; Clients that find no sign-in record try this name.\n"
        "; sip_domains[contoso.com].sign_in\n"
        "sip                     IN A     10.0.0.10\n");
}
END_TEST

static Suite *base_suite(void)
{
    Suite *suite = suite_create("base");
    TCase *reading = tcase_create("reading");
    TCase *meeting = tcase_create("meeting");

    tcase_add_unchecked_fixture(reading, scratch_make, scratch_remove);
    tcase_add_checked_fixture(reading, set_up, teardown);
    tcase_add_test(reading, records_are_kept_sorted_with_their_ttls);
    tcase_add_test(reading, record_without_ttl_leaves_it_to_the_zone);
    tcase_add_test(reading, files_of_a_list_are_one_set);
    tcase_add_test(reading, included_file_is_found_beside_the_base);
    tcase_add_test(reading, empty_list_is_no_base);
    tcase_add_test(reading, absolute_path_is_itself);
    tcase_add_test(reading,
                   path_of_a_topology_without_directory_is_relative_to_here);
    tcase_add_test(reading, file_that_is_not_there_is_told_with_who_names_it);
    tcase_add_test(reading, file_for_both_views_is_read_once);
    tcase_add_loop_test(reading, base_belongs_to_whole_zones_alone, 0,
                        COUNT_OF(modes));
    tcase_add_test(reading, site_s_own_records_stand_in_front_of_ours);
    suite_add_tcase(suite, reading);
    tcase_add_unchecked_fixture(meeting, scratch_make, scratch_remove);
    tcase_add_checked_fixture(meeting, set_up, teardown);
    tcase_add_loop_test(meeting, what_cannot_be_is_refused_with_its_places, 0,
                        COUNT_OF(refusals));
    tcase_add_loop_test(meeting, what_can_be_is_granted, 0, COUNT_OF(grants));
    tcase_add_test(meeting, records_of_a_zone_of_ours_further_down_are_refused);
    tcase_add_test(meeting, ds_of_a_zone_of_ours_further_down_is_granted);
    tcase_add_test(meeting, name_server_may_have_its_address_here);
    tcase_add_test(meeting, name_server_without_address_is_still_refused);
    tcase_add_test(meeting, glue_above_is_all_addresses_that_are_here);
    tcase_add_loop_test(meeting,
                        name_is_led_on_by_address_alias_wildcard_and_delegation,
                        0, COUNT_OF(leads));
    tcase_add_test(meeting, target_of_a_record_may_have_its_address_here);
    suite_add_tcase(suite, meeting);
    return suite;
}

int main(void)
{
    return run_suite(base_suite());
}
