#include "write/zone_writer.h"

#include "plan_lines.h"
#include "write/named_conf_writer.h"
#include "write/template.h"

static const char *zone_text(const struct plan *plan, enum view view,
                             size_t index, uint32_t serial)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    zone_writer_write(&arena, &buf, plan->views[view].zones[index],
                      plan->ttl_seconds, serial, "; {zone}, {view}\n");
    ck_assert_uint_eq(strlen(buf.text), buf.length);
    return buf.text;
}

static const char small[] =
    "product: ocs2007r2\n"
    "dns:\n"
    "  nameservers: [ns1.contoso.com, ns.isp.example]\n"
    "  contact: host.master@contoso.com\n"
    "  ttl: 1h30m\n"
    "  hosts: {ns1.contoso.com: 10.0.0.2}\n"
    "pools:\n"
    "- fqdn: pool.contoso.com\n"
    "  edition: enterprise\n"
    "  vip: 10.0.0.10\n"
    "  front_ends:\n"
    "  - {fqdn: fe2.contoso.com, address: 10.0.0.12}\n"
    "  - {fqdn: fe1.contoso.com, address: 10.0.0.11}\n"
    "- fqdn: standard-edition-with-a-long-name-of-its-own.contoso.com\n"
    "  edition: standard\n"
    "  address: 10.0.0.30\n"
    "web_access:\n"
    "- {fqdn: im.contoso.com, server: cwa.contoso.com, address: 10.0.0.40}\n"
    "sip_domains:\n"
    "- {name: contoso.com, sign_in: pool.contoso.com}\n";

static const char small_zone[] =
    "; Written by ocszone; changes made in this file are lost.\n"
    "; contoso.com, internal\n"
    "\n"
    "$ORIGIN contoso.com.\n"
    "$TTL 1h30m\n"
    "\n"
    "@                    IN SOA   ns1.contoso.com. "
    "host\\.master.contoso.com. (\n"
    "                              42         ; serial\n"
    "                              1h         ; refresh\n"
    "                              10m        ; retry\n"
    "                              2w         ; expire\n"
    "                              5m )       ; negative answers\n"
    "                     IN NS    ns.isp.example.\n"
    "                     IN NS    ns1.contoso.com.\n"
    "\n"
    "; Clients inside find the pool that takes the sign-ins by this record.\n"
    "; sip_domains[contoso.com].sign_in\n"
    "_sipinternaltls._tcp IN SRV   0 0 5061 pool.contoso.com.\n"
    "\n"
    "; Clients and servers reach a Standard Edition server by its own name.\n"
    "; pools[standard-edition-with-a-long-name-of-its-own.contoso.com]"
    ".address\n"
    "standard-edition-with-a-long-name-of-its-own IN A     10.0.0.30\n"
    "\n"
    "; Clients and servers reach the pool by its name, at its load balancer.\n"
    "; pools[pool.contoso.com].vip\n"
    "pool                 IN A     10.0.0.10\n"
    "\n"
    "; Servers, edges among them, reach each front end by its own name.\n"
    "; pools[pool.contoso.com].front_ends\n"
    "fe1                  IN A     10.0.0.11\n"
    "fe2                  IN A     10.0.0.12\n"
    "\n"
    "; Clients and phones that find no sign-in record try this name.\n"
    "; sip_domains[contoso.com].sign_in\n"
    "sip                  IN A     10.0.0.10\n"
    "\n"
    "; The name in the URL of Communicator Web Access leads to its server.\n"
    "; web_access[im.contoso.com].server\n"
    "im                   IN CNAME cwa.contoso.com.\n"
    "\n"
    "; The server of Communicator Web Access, or its load balancer, has this "
    "name.\n"
    "; web_access[im.contoso.com].address\n"
    "cwa                  IN A     10.0.0.40\n"
    "\n"
    "; Desktop sharing in Communicator Web Access uses this name.\n"
    "; web_access[im.contoso.com]\n"
    "as.im                IN CNAME im.contoso.com.\n"
    "\n"
    "; Desktop sharing in Communicator Web Access uses this name as well.\n"
    "; web_access[im.contoso.com]\n"
    "download.im          IN CNAME im.contoso.com.\n"
    "\n"
    "; Name servers and other hosts that the zones mention.\n"
    "; dns.hosts\n"
    "ns1                  IN A     10.0.0.2\n";

START_TEST(zone_is_written_to_be_read)
{
    ck_assert_str_eq(zone_text(plan_of(small), VIEW_INTERNAL, 0, 42),
                     small_zone);
}
END_TEST

START_TEST(same_topology_gives_the_same_bytes)
{
    const char *first = zone_text(plan_of(small), VIEW_INTERNAL, 0, 42);
    const struct plan *plan = plan_of(small);

    ck_assert_str_eq(zone_text(plan, VIEW_INTERNAL, 0, 42), first);
    ck_assert_str_eq(zone_text(plan, VIEW_INTERNAL, 0, 42), first);
}
END_TEST

/* A comment names the key path and no line (design). */
START_TEST(line_that_is_inserted_above_changes_no_zone)
{
    const char *moved =
        arena_printf(&arena, "# a comment\n\n# and another\n%s", small);

    ck_assert_str_eq(zone_text(plan_of(moved), VIEW_INTERNAL, 0, 42),
                     small_zone);
}
END_TEST

/* In the file the servers are listed, in the zone sorted. */
START_TEST(order_in_the_topology_changes_no_zone)
{
    char *swapped = arena_copy(&arena, small, strlen(small));
    char *one = strstr(swapped, "fe2.contoso.com, address: 10.0.0.12");
    char *other = strstr(swapped, "fe1.contoso.com, address: 10.0.0.11");

    one[2] = '1';
    one[strlen("fe2.contoso.com, address: 10.0.0.1")] = '1';
    other[2] = '2';
    other[strlen("fe1.contoso.com, address: 10.0.0.1")] = '2';
    ck_assert_str_eq(zone_text(plan_of(swapped), VIEW_INTERNAL, 0, 42),
                     small_zone);
}
END_TEST

START_TEST(serial_is_all_that_a_serial_changes)
{
    const struct plan *plan = plan_of(small);
    const char *one = zone_text(plan, VIEW_INTERNAL, 0, 1);
    const char *other = zone_text(plan, VIEW_INTERNAL, 0, UINT32_MAX);
    const char *end = strstr(one, "1          ; serial");

    ck_assert_ptr_nonnull(end);
    ck_assert_ptr_nonnull(strstr(other, "4294967295 ; serial\n"));
    ck_assert_int_eq(strncmp(one, other, (size_t)(end - one)), 0);
    ck_assert_str_eq(strchr(end, '\n'), strchr(other + (end - one), '\n'));
}
END_TEST

#define PUBLIC                                                                 \
    OCS2007R2                                                                  \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"       \
    "edges:\n"                                                                 \
    "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"               \
    "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"                 \
    "  av: {fqdn: av.contoso.com, address: 192.0.2.30}\n"                      \
    "sip_domains:\n"                                                           \
    "- {name: contoso.com, sign_in: pool.ad.example,"                          \
    " external_sign_in: sip.contoso.com}\n"

START_TEST(pinpoint_zone_has_its_record_at_the_apex)
{
    ck_assert_str_eq(
        zone_text(plan_of(PUBLIC), VIEW_INTERNAL, 0, 1),
        "; Written by ocszone; changes made in this file are lost.\n"
        "; _sipinternaltls._tcp.contoso.com, internal\n"
        "\n"
        "$ORIGIN _sipinternaltls._tcp.contoso.com.\n"
        "$TTL 1h\n"
        "\n"
        "@               IN SOA   ns1.isp.example. hostmaster.isp.example. (\n"
        "                         1          ; serial\n"
        "                         1h         ; refresh\n"
        "                         10m        ; retry\n"
        "                         2w         ; expire\n"
        "                         5m )       ; negative answers\n"
        "                IN NS    ns1.isp.example.\n"
        "\n"
        "; Clients inside find the pool that takes the sign-ins by this "
        "record.\n"
        "; sip_domains[contoso.com].sign_in\n"
        "@               IN SRV   0 0 5061 pool.contoso.com.\n");
}
END_TEST

#define INCLUDED                                                               \
    PUBLIC                                                                     \
    "zones: [{name: contoso.com, view: internal, mode: include}]\n"

static const char *fragment_text(const char *path)
{
    const struct plan *plan = plan_of(INCLUDED);
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    zone_writer_write_fragment(&arena, &buf,
                               plan->views[VIEW_INTERNAL].zones[0], path,
                               "; {zone}, {view}\n");
    ck_assert_uint_eq(strlen(buf.text), buf.length);
    return buf.text;
}

/* Nothing leans on what stands in front of it, or is left behind. */
START_TEST(fragment_says_all_names_and_ttls)
{
    ck_assert_str_eq(
        fragment_text("ocs/internal/contoso.com.include"),
        "; Written by ocszone; changes made in this file are lost.\n"
        "; contoso.com, internal\n"
        "; No zone, but a piece of one.  Its owner includes it behind the "
        "$TTL:\n"
        ";\n"
        ";     $INCLUDE \"ocs/internal/contoso.com.include\"\n"
        "\n"
        "; Clients inside find the pool that takes the sign-ins by this "
        "record.\n"
        "; sip_domains[contoso.com].sign_in\n"
        "_sipinternaltls._tcp.contoso.com. 1h IN SRV   0 0 5061 "
        "pool.contoso.com.\n"
        "\n"
        "; The sign-in record names this host, by default inside the user's "
        "SIP domain.\n"
        "; sip_domains[contoso.com].sign_in\n"
        "pool.contoso.com.                 1h IN A     10.0.0.10\n"
        "\n"
        "; Clients and phones that find no sign-in record try this name.\n"
        "; sip_domains[contoso.com].sign_in\n"
        "sip.contoso.com.                  1h IN A     10.0.0.10\n"
        "\n"
        "; Audio and video from outside come in under this name.  The public "
        "value, repeated.\n"
        "; edges[edge.ad.example].av\n"
        "av.contoso.com.                   1h IN A     192.0.2.30\n");
}
END_TEST

START_TEST(path_of_a_fragment_stays_in_its_comment)
{
    const char *text = fragment_text("a\nb IN A 10.9.9.9\n\"\\");

    ck_assert_ptr_null(strstr(text, "\nb"));
    ck_assert_ptr_nonnull(strstr(text, "\\\"\\\\\"\n"));
}
END_TEST

START_TEST(repeated_public_name_is_in_a_group_of_its_own)
{
    const char *text =
        zone_text(plan_of(PUBLIC "zones: [{name: contoso.com, view: internal,"
                                 " mode: zone, base: []}]\n"),
                  VIEW_INTERNAL, 0, 1);
    const char *group = strstr(text, "repeated.\n"
                                     "; edges[edge.ad.example].av\n"
                                     "av ");

    ck_assert_ptr_nonnull(group);
}
END_TEST

START_TEST(delegation_stands_at_the_end)
{
    const struct plan *plan = plan_of(
        OCS2007R2 "pools:\n"
                  "- {fqdn: pool.ad.example, edition: standard,"
                  " address: 10.0.0.10}\n"
                  "sip_domains:\n"
                  "- {name: contoso.com, sign_in: pool.ad.example}\n"
                  "- {name: retail.contoso.com, sign_in: pool.ad.example}\n");
    const char *text = zone_text(plan, VIEW_INTERNAL, 0, 1);
    const char *delegation = strstr(text, "\nretail               IN NS    "
                                          "ns1.isp.example.\n");

    ck_assert_msg(delegation != NULL, "%s", text);
    ck_assert_ptr_null(strstr(delegation + 1, "\n\n"));
}
END_TEST

/* Every record of the plan is one line, in columns. */
START_TEST(every_record_has_a_line_in_columns)
{
    const struct plan *plan = plan_of(PUBLIC);

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const char *text = zone_text(plan, (enum view)view, i, 1);
            const char *column = strstr(text, " IN SOA ");
            size_t width = 0;
            size_t count = 0;

            while (column[-(long)width] != '\n')
                width++;
            for (const char *in = text; (in = strstr(in, " IN ")); in++) {
                size_t here = 0;

                while (in[-(long)here] != '\n')
                    here++;
                ck_assert_uint_eq(here, width);
                count++;
            }
            ck_assert_uint_eq(count, plan->views[view].zones[i]->count + 1);
        }
}
END_TEST

/* ---- nothing comes through that means something in a zone file */

/* "x<octet>y.contoso.com" */
static struct name odd_name(uint8_t octet)
{
    uint8_t octets[] = {3,   'x', octet, 'y', 7,   'c', 'o', 'n', 't',
                        'o', 's', 'o',   3,   'c', 'o', 'm', 0};

    return name_copy(&arena, (struct name){octets, sizeof octets});
}

static const struct requirement odd_requirement = {
    .id = "odd",
    .why = "One line,\nanother\r\n@ IN A 192.0.2.99\tand\x01more.",
    .see = "X",
};

static const struct requirement server_requirement = {
    .id = "servers", .why = "", .see = "X"};

/* A zone with the odd name as owner, as target, as name server, as contact
 * and in the path of the comment. */
static struct plan_zone *odd_zone(uint8_t octet)
{
    struct name name = odd_name(octet);
    struct plan_zone *zone = ARENA_NEW(&arena, struct plan_zone);
    struct reason *reason = ARENA_NEW(&arena, struct reason);
    struct reason *servers = ARENA_NEW(&arena, struct reason);
    static const uint8_t address[4] = {10, 0, 0, 1};

    servers->requirement = &server_requirement;
    servers->origin.list = "dns";
    reason->requirement = &odd_requirement;
    reason->origin.list = "pools";
    reason->origin.item = name_to_text(&arena, name);
    zone->apex = name_parent(name);
    zone->soa = (struct soa){.primary = name, .contact = name};
    zone->count = 3;
    zone->records = ARENA_NEW_ARRAY(&arena, 3, struct plan_record);
    zone->records[0].record = (struct record){zone->apex, 3600, RECORD_NS,
                                              record_make_name(&arena, name)};
    zone->records[1].record = (struct record){
        name, 3600, RECORD_A, record_make_address(&arena, address)};
    zone->records[2].record =
        (struct record){name_prepend(&arena, "_sip", name), 3600, RECORD_SRV,
                        record_make_srv(&arena, 0, 0, 5061, name)};
    for (size_t i = 0; i < zone->count; i++) {
        zone->records[i].reasons = i == 0 ? servers : reason;
        zone->records[i].order = i;
    }
    return zone;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

START_TEST(no_octet_of_a_name_means_anything_in_a_zone_file)
{
    struct strbuf buf;
    size_t opened = 0;
    bool in_comment = false;

    strbuf_init(&buf, &arena);
    zone_writer_write(&arena, &buf, odd_zone((uint8_t)_i), 3600, 1, "");
    ck_assert_uint_eq(strlen(buf.text), buf.length);
    /* 5 in front, 6 of the SOA, the NS, 3 of a comment, 2 records */
    ck_assert_uint_eq(count_lines(buf.text), 17);
    for (const char *at = buf.text; *at; at++) {
        ck_assert(*at == '\n' || (*at >= ' ' && *at <= '~'));
        if (*at == '\n')
            in_comment = false;
        if (in_comment)
            continue;
        if (*at == '\\') {
            at += at[1] >= '0' && at[1] <= '9' ? 3 : 1;
            continue;
        }
        in_comment = *at == ';';
        opened += *at == '(';
        ck_assert(*at != '"');
        if (*at == '$' || *at == '@')
            ck_assert(at[-1] == '\n');
    }
    ck_assert_uint_eq(opened, 1);
}
END_TEST

START_TEST(reason_of_several_lines_is_one_comment)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    zone_writer_write(&arena, &buf, odd_zone('.'), 3600, 1, "");
    ck_assert_ptr_nonnull(strstr(
        buf.text, "\n; One line, another  @ IN A 192.0.2.99 and?more.\n"));
}
END_TEST

static Suite *zone_writer_suite(void)
{
    Suite *suite = suite_create("zone_writer");
    TCase *text = tcase_create("text");
    TCase *border = tcase_create("border");

    tcase_add_checked_fixture(text, setup, teardown);
    tcase_add_test(text, zone_is_written_to_be_read);
    tcase_add_test(text, same_topology_gives_the_same_bytes);
    tcase_add_test(text, line_that_is_inserted_above_changes_no_zone);
    tcase_add_test(text, order_in_the_topology_changes_no_zone);
    tcase_add_test(text, serial_is_all_that_a_serial_changes);
    tcase_add_test(text, pinpoint_zone_has_its_record_at_the_apex);
    tcase_add_test(text, fragment_says_all_names_and_ttls);
    tcase_add_test(text, path_of_a_fragment_stays_in_its_comment);
    tcase_add_test(text, repeated_public_name_is_in_a_group_of_its_own);
    tcase_add_test(text, delegation_stands_at_the_end);
    tcase_add_test(text, every_record_has_a_line_in_columns);
    suite_add_tcase(suite, text);
    tcase_add_checked_fixture(border, setup, teardown);
    tcase_add_loop_test(
        border, no_octet_of_a_name_means_anything_in_a_zone_file, 0, 256);
    tcase_add_test(border, reason_of_several_lines_is_one_comment);
    suite_add_tcase(suite, border);
    return suite;
}

int main(void)
{
    return run_suite(zone_writer_suite());
}
