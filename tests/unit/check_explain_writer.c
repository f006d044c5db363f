#include "write/explain_writer.h"

#include <jansson.h>

#include "dns/recordset.h"
#include "plan_lines.h"

static const char text[] = OCS2007R2
    "pools:\n"
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"
    "edges:\n"
    "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
    "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"
    "sip_domains:\n"
    "- {name: contoso.com, sign_in: pool.ad.example,"
    " external_sign_in: sip.contoso.com}\n"
    "- {name: fabrikam.com, sign_in: pool.ad.example}\n";

static const char *explain(const char *format, const char *name, uint16_t type)
{
    const struct explanation *explanation =
        explain_build(&arena, &diag, plan_of(text),
                      name ? name_of(name) : (struct name){0}, type);
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (const struct result_format *entry = explain_formats; entry->name;
         entry++)
        if (strcmp(entry->name, format) == 0)
            entry->write(&arena, &buf, explanation);
    ck_assert_uint_eq(strlen(buf.text), buf.length);
    return buf.text;
}

/* ---- json */

static json_t *explain_json(const char *name, uint16_t type)
{
    json_error_t error;
    json_t *root =
        json_loads(explain("json", name, type), JSON_REJECT_DUPLICATES, &error);

    ck_assert_msg(root != NULL, "line %d: %s", error.line, error.text);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "version")), 1);
    ck_assert(json_is_array(json_object_get(root, "records")));
    ck_assert(json_is_array(json_object_get(root, "absent")));
    return root;
}

static json_t *item(const json_t *root, const char *list, size_t index)
{
    return json_array_get(json_object_get(root, list), index);
}

static const char *string(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value ? value : "(no string)";
}

START_TEST(record_has_all_its_fields)
{
    json_t *root = explain_json("_sip._tls.contoso.com", 0);
    json_t *record = item(root, "records", 0);
    json_t *reason = item(record, "reasons", 0);
    json_t *topology = json_object_get(reason, "topology");

    ck_assert_uint_eq(json_array_size(json_object_get(root, "records")), 1);
    ck_assert_str_eq(string(record, "view"), "external");
    ck_assert_str_eq(string(record, "zone"), "contoso.com");
    ck_assert_str_eq(string(record, "mode"), "zone");
    ck_assert_str_eq(string(record, "owner"), "_sip._tls.contoso.com");
    ck_assert_str_eq(string(record, "type"), "SRV");
    ck_assert_int_eq(json_integer_value(json_object_get(record, "ttl")), 3600);
    ck_assert_uint_eq(json_array_size(json_object_get(record, "reasons")), 1);
    ck_assert_str_eq(string(reason, "requirement"), "external-sign-in");
    ck_assert_str_eq(string(reason, "level"), "required");
    ck_assert_uint_gt(strlen(string(reason, "why")), 20);
    ck_assert_str_eq(string(topology, "file"), "t.yaml");
    ck_assert_int_eq(json_integer_value(json_object_get(topology, "line")), 11);
    ck_assert_int_gt(json_integer_value(json_object_get(topology, "column")),
                     1);
    ck_assert_str_eq(string(topology, "path"),
                     "sip_domains[contoso.com].external_sign_in");
    json_decref(root);
}
END_TEST

START_TEST(what_is_in_hosts_files_has_a_machine_and_no_zone)
{
    json_t *root = explain_json("edge.ad.example", 0);
    json_t *inside = item(root, "records", 0);
    json_t *record = item(root, "records", 1);

    ck_assert_str_eq(string(inside, "view"), "internal");
    ck_assert_ptr_null(json_object_get(item(inside, "reasons", 0), "machine"));
    ck_assert_str_eq(string(record, "view"), "perimeter");
    ck_assert(json_is_null(json_object_get(record, "zone")));
    ck_assert_str_eq(string(item(record, "reasons", 0), "machine"),
                     "edge.ad.example");
    json_decref(root);
}
END_TEST

START_TEST(names_in_json_have_no_final_dot)
{
    json_t *root = explain_json(NULL, 0);
    size_t index;
    json_t *record;

    json_array_foreach(json_object_get(root, "records"), index, record)
    {
        static const char *const keys[] = {"zone", "owner"};
        /* What is in hosts files has no zone. */
        size_t first = json_is_null(json_object_get(record, "zone"));

        for (size_t i = first; i < sizeof keys / sizeof *keys; i++) {
            const char *value = string(record, keys[i]);

            ck_assert_msg(value[strlen(value) - 1] != '.', "%s: %s", keys[i],
                          value);
        }
    }
    json_decref(root);
}
END_TEST

START_TEST(all_records_are_there_when_no_name_is_given)
{
    json_t *root = explain_json(NULL, 0);
    const struct plan *plan = plan_of(text);
    size_t count = plan->perimeter.count;

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++)
            count += plan->views[view].zones[i]->count;
    ck_assert_uint_eq(json_array_size(json_object_get(root, "records")), count);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "absent")), 0);
    json_decref(root);
}
END_TEST

START_TEST(absent_record_tells_what_it_needs)
{
    json_t *root = explain_json("_sipinternal._tcp.fabrikam.com", 0);
    json_t *absent = item(root, "absent", 0);

    ck_assert_uint_eq(json_array_size(json_object_get(root, "records")), 0);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "absent")), 1);
    ck_assert_str_eq(string(absent, "view"), "internal");
    ck_assert_str_eq(string(absent, "type"), "SRV");
    ck_assert_str_eq(string(absent, "requirement"), "internal-sign-in-tcp");
    ck_assert_ptr_nonnull(strstr(string(absent, "needs"), "tcp: true"));
    json_decref(root);
}
END_TEST

START_TEST(name_that_nobody_asks_for_gives_empty_lists)
{
    json_t *root = explain_json("www.unrelated.example", 0);

    ck_assert_uint_eq(json_array_size(json_object_get(root, "records")), 0);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "absent")), 0);
    json_decref(root);
}
END_TEST

/* A name server's row is no row of a catalogue, its place is in the file. */
START_TEST(reason_outside_of_the_catalogues_has_its_place_too)
{
    json_t *root = explain_json("contoso.com", RECORD_NS);
    json_t *reason = item(item(root, "records", 0), "reasons", 0);
    json_t *topology = json_object_get(reason, "topology");

    ck_assert_str_eq(string(reason, "requirement"), "zone-name-server");
    ck_assert_int_eq(json_integer_value(json_object_get(topology, "line")), 3);
    ck_assert_str_eq(string(topology, "path"),
                     "dns.nameservers[ns1.isp.example]");
    json_decref(root);
}
END_TEST

/* What names may hold once somebody asks for them. */
START_TEST(odd_name_is_clean_json)
{
    json_t *root = explain_json("a\\\"b\\\\c\\010\\255.contoso.com", 0);

    ck_assert_uint_eq(json_array_size(json_object_get(root, "records")), 0);
    json_decref(root);
}
END_TEST

/* ---- text */

START_TEST(text_tells_reason_place_and_source)
{
    const char *written = explain("text", "_sip._tls.contoso.com", 0);

    ck_assert_ptr_nonnull(strstr(written, "external view, zone contoso.com"));
    ck_assert_ptr_nonnull(
        strstr(written, "_sip._tls.contoso.com  SRV  0 0 443 "));
    ck_assert_ptr_nonnull(strstr(written, "external-sign-in (required): "));
    ck_assert_ptr_nonnull(strstr(written,
                                 "sip_domains[contoso.com].external_sign_in,"
                                 " t.yaml:11; source: "));
}
END_TEST

START_TEST(pinpoint_zones_are_called_so)
{
    ck_assert_ptr_nonnull(strstr(explain("text", "sip.contoso.com", RECORD_A),
                                 "zone sip.contoso.com (pinpoint)"));
}
END_TEST

static const char *explain_text(const struct plan *plan, const char *name)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    explain_formats[0].write(
        &arena, &buf, explain_build(&arena, &diag, plan, name_of(name), 0));
    return buf.text;
}

START_TEST(zones_of_others_are_called_so)
{
    const struct plan *plan = plan_of(arena_printf(
        &arena, "%szones: [{name: fabrikam.com, mode: include}]\n", text));

    ck_assert_ptr_nonnull(strstr(explain_text(plan, "sip.fabrikam.com"),
                                 "internal view, zone fabrikam.com (include)"));
    ck_assert_ptr_nonnull(strstr(explain_text(plan, "www.fabrikam.com"),
                                 "lies in the zone fabrikam.com (include)\n"));
}
END_TEST

START_TEST(text_tells_where_the_site_has_a_name_itself)
{
    const struct plan *plan = plan_of(text);
    struct plan_zone *zone =
        plan_find_zone(plan, VIEW_EXTERNAL, name_of("contoso.com"));
    const struct rr rr = {.place = {"own.base", 7, 1}};
    struct recordset base;

    recordset_init(&base, &arena, zone->apex);
    recordset_add(&base, recordset_node(&base, name_of("www.contoso.com")),
                  RECORD_AAAA, 0, 60, 1, &rr);
    recordset_seal(&base);
    zone->base = &base;
    ck_assert_ptr_nonnull(strstr(explain_text(plan, "www.contoso.com"),
                                 "the site's own AAAA: own.base:7\n"));
    ck_assert_ptr_null(
        strstr(explain_text(plan, "ftp.contoso.com"), "the site's own"));
}
END_TEST

START_TEST(text_tells_why_a_name_has_no_records)
{
    const char *written =
        explain("text", "_sipinternaltsl._tcp.fabrikam.com", 0);

    ck_assert_ptr_nonnull(strstr(written, "_sipinternaltls._tcp.fabrikam.com"));
    ck_assert_ptr_nonnull(strstr(written, "zone fabrikam.com"));
    written = explain("text", "_sip._tls.fabrikam.com", RECORD_SRV);
    ck_assert_ptr_nonnull(strstr(written, "external-sign-in (required)"));
    ck_assert_ptr_nonnull(strstr(written, "needs: "));
}
END_TEST

/* ---- markdown */

/* What each writer makes of a reason that a catalogue of somebody gives, in
 * a topology of this name. */
static const char *explain_odd(const char *format, const char *why,
                               const char *item, const char *file)
{
    const struct result_format *entry = explain_formats;
    struct requirement requirement = {.id = "odd", .why = why, .see = why};
    const struct explanation *plain =
        explain_build(&arena, &diag, plan_of(text), name_of("contoso.com"), 0);
    const struct explained_record *first = &plain->records[0];
    struct reason reason = *first->record->reasons;
    struct plan_record record = *first->record;
    struct explained_record explained = {first->view, first->zone, &record};
    struct explanation odd = *plain;
    struct strbuf buf;

    reason.requirement = &requirement;
    reason.origin.item = item;
    reason.origin.place.file = file;
    reason.next = NULL;
    record.reasons = &reason;
    odd.records = &explained;
    odd.count = 1;
    strbuf_init(&buf, &arena);
    while (strcmp(entry->name, format) != 0)
        entry++;
    entry->write(&arena, &buf, &odd);
    return buf.text;
}

static const char odd_why[] = "one\n\033[31mtwo\r\n\xe2\x80\xa8\xc2\x9b";

START_TEST(text_of_others_stays_in_its_line)
{
    const char *written =
        explain_odd(_i ? "markdown" : "text", odd_why, "item", "a\nb\033.yaml");
    const char *plain =
        explain_odd(_i ? "markdown" : "text", "one", "item", "a.yaml");
    size_t lines = 0, plain_lines = 0;

    for (const char *at = written; *at; at++) {
        ck_assert_msg((unsigned char)*at >= ' ' || *at == '\n', "%s", written);
        lines += *at == '\n';
    }
    for (const char *at = plain; *at; at++)
        plain_lines += *at == '\n';
    ck_assert_uint_eq(lines, plain_lines);
    ck_assert_ptr_null(strstr(written, "\xe2\x80\xa8"));
    ck_assert_ptr_null(strstr(written, "\xc2\x9b"));
    ck_assert_ptr_nonnull(strstr(written, "one ?"));
    ck_assert(_i == 1 || strstr(written, "a b?.yaml:"));
}
END_TEST

/* A program gets what was written, and a file's name if it can be. */
START_TEST(text_of_others_is_whole_in_json)
{
    json_t *root = json_loads(
        explain_odd("json", odd_why, "item", _i ? "M\xfcn.yaml" : "M\n.yaml"),
        0, NULL);
    json_t *reason = item(item(root, "records", 0), "reasons", 0);

    ck_assert_str_eq(string(reason, "why"), odd_why);
    ck_assert_str_eq(string(json_object_get(reason, "topology"), "file"),
                     _i ? "M?n.yaml" : "M\n.yaml");
    json_decref(root);
}
END_TEST

static const struct span {
    const char *item;
    const char *code;
} spans[] = {
    {"plain", "(`dns[plain].nameservers[ns1.isp.example]`)"},
    {"a`b", "(`` dns[a`b].nameservers[ns1.isp.example] ``)"},
    {"a``b`", "(``` dns[a``b`].nameservers[ns1.isp.example] ```)"},
    {"a|b", "(`dns[a\\|b].nameservers[ns1.isp.example]`)"},
    {"a\\b*", "(`dns[a\\b*].nameservers[ns1.isp.example]`)"},
};

START_TEST(code_in_markdown_ends_where_it_should)
{
    const char *written =
        explain_odd("markdown", "why", spans[_i].item, "t.yaml");

    ck_assert_msg(strstr(written, spans[_i].code) != NULL, "%s", written);
}
END_TEST

START_TEST(name_in_markdown_ends_where_it_should)
{
    ck_assert_ptr_nonnull(
        strstr(explain("markdown", "a`b.unrelated.example", 0),
               "`` a`b.unrelated.example ``"));
}
END_TEST

START_TEST(prose_in_markdown_starts_no_element)
{
    ck_assert_ptr_nonnull(
        strstr(explain_odd("markdown", "a|b `c` *d* <e> &amp; ~~f~~", "item",
                           "t.yaml"),
               "a\\|b \\`c\\` \\*d\\* \\<e> \\&amp; \\~\\~f\\~\\~"));
}
END_TEST

START_TEST(hosts_files_are_told_in_the_place_of_a_zone)
{
    const char *written = explain("text", "pool.ad.example", 0);

    ck_assert_ptr_nonnull(strstr(written, "\nperimeter view, hosts files\n\n"
                                          "pool.ad.example  A  10.0.0.10\n"));
    ck_assert_ptr_nonnull(strstr(written, "; for edge.ad.example; source: "));
    written = explain("markdown", "pool.ad.example", 0);
    ck_assert_ptr_nonnull(strstr(written, "## perimeter view, hosts files\n"));
    ck_assert_ptr_nonnull(strstr(written, " for `edge.ad.example`)"));
    /* That no hosts file has a name is no news. */
    ck_assert_ptr_null(
        strstr(explain("text", "x.unrelated.example", 0), "perimeter"));
}
END_TEST

START_TEST(markdown_is_a_table_for_each_zone)
{
    const char *written = explain("markdown", NULL, 0);
    size_t tables = 0;

    for (const char *at = written;
         (at = strstr(at, "| --- | --- | --- | --- |")); at++)
        tables++;
    /* 3 pinpoint, ad.example, fabrikam.com, the external one, hosts files */
    ck_assert_uint_eq(tables, 7);
    for (const char *line = written, *end; (end = strchr(line, '\n'));
         line = end + 1) {
        size_t bars = 0;

        if (*line != '|')
            continue;
        for (const char *at = line; at < end; at++)
            bars += *at == '|' && (at == line || at[-1] != '\\');
        ck_assert_msg(bars == 5, "%.*s", (int)(end - line), line);
    }
}
END_TEST

START_TEST(formats_are_text_json_and_markdown)
{
    ck_assert_str_eq(explain_formats[0].name, "text");
    ck_assert_str_eq(explain_formats[1].name, "json");
    ck_assert_str_eq(explain_formats[2].name, "markdown");
    ck_assert_ptr_null(explain_formats[3].name);
}
END_TEST

static Suite *explain_writer_suite(void)
{
    Suite *suite = suite_create("explain_writer");
    TCase *json = tcase_create("json");
    TCase *pages = tcase_create("pages");

    tcase_add_checked_fixture(json, setup, teardown);
    tcase_add_test(json, record_has_all_its_fields);
    tcase_add_test(json, what_is_in_hosts_files_has_a_machine_and_no_zone);
    tcase_add_test(json, names_in_json_have_no_final_dot);
    tcase_add_test(json, all_records_are_there_when_no_name_is_given);
    tcase_add_test(json, absent_record_tells_what_it_needs);
    tcase_add_test(json, name_that_nobody_asks_for_gives_empty_lists);
    tcase_add_test(json, reason_outside_of_the_catalogues_has_its_place_too);
    tcase_add_test(json, odd_name_is_clean_json);
    suite_add_tcase(suite, json);
    tcase_add_checked_fixture(pages, setup, teardown);
    tcase_add_test(pages, text_tells_reason_place_and_source);
    tcase_add_test(pages, pinpoint_zones_are_called_so);
    tcase_add_test(pages, zones_of_others_are_called_so);
    tcase_add_test(pages, text_tells_where_the_site_has_a_name_itself);
    tcase_add_test(pages, text_tells_why_a_name_has_no_records);
    tcase_add_test(pages, hosts_files_are_told_in_the_place_of_a_zone);
    tcase_add_test(pages, markdown_is_a_table_for_each_zone);
    tcase_add_loop_test(pages, text_of_others_stays_in_its_line, 0, 2);
    tcase_add_loop_test(pages, text_of_others_is_whole_in_json, 0, 2);
    tcase_add_loop_test(pages, code_in_markdown_ends_where_it_should, 0,
                        COUNT_OF(spans));
    tcase_add_test(pages, name_in_markdown_ends_where_it_should);
    tcase_add_test(pages, prose_in_markdown_starts_no_element);
    tcase_add_test(pages, formats_are_text_json_and_markdown);
    suite_add_tcase(suite, pages);
    return suite;
}

int main(void)
{
    return run_suite(explain_writer_suite());
}
