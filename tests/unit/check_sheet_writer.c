#include "write/sheet_writer.h"

#include "plan_lines.h"
#include "write/plan_formats.h"

#define TEXT                                                                   \
    OCS2007R2                                                                  \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"       \
    "sip_domains:\n"                                                           \
    "- {name: contoso.com, sign_in: pool.ad.example}\n"                        \
    "zones: [{name: contoso.com, mode: pinpoint}]\n"

static const char *sheet_of(result_writer *write, const struct plan *plan)
{
    const struct plan_selection selection = {.plan = plan};
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    write(&arena, &buf, &selection);
    ck_assert_uint_eq(strlen(buf.text), buf.length);
    return buf.text;
}

START_TEST(line_has_the_parts_of_a_record)
{
    const char *text = sheet_of(sheet_write_csv, plan_of(TEXT));
    static const char *const lines[] = {
        "view,zone,mode,owner,type,ttl,data,priority,weight,port,target,"
        "reason,topology\r\n",
        "\r\ninternal,ad.example,zone,ad.example,NS,3600,ns1.isp.example,,,,"
        "ns1.isp.example,The zone's name servers.,"
        "dns.nameservers[ns1.isp.example]\r\n",
        "\r\ninternal,ad.example,zone,pool.ad.example,A,3600,10.0.0.10,,,,,",
        "\r\ninternal,_sipinternaltls._tcp.contoso.com,pinpoint,"
        "_sipinternaltls._tcp.contoso.com,SRV,3600,"
        "0 0 5061 pool.contoso.com,0,0,5061,pool.contoso.com,",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(strstr(text, lines[i]) != NULL, "no %s in %s", lines[i],
                      text);
    ck_assert_ptr_eq(strstr(text, lines[0]), text);
}
END_TEST

/* One record with one reason, whose why is the text. */
static const struct plan *plan_with_why(const char *why)
{
    struct requirement *requirement = ARENA_NEW(&arena, struct requirement);
    struct reason *reason = ARENA_NEW(&arena, struct reason);
    struct plan_zone *zone = ARENA_NEW(&arena, struct plan_zone);
    struct plan *plan = ARENA_NEW(&arena, struct plan);
    static const uint8_t address[4] = {10, 0, 0, 1};

    requirement->id = "odd";
    requirement->why = why;
    reason->requirement = requirement;
    reason->origin.list = "pools";
    zone->apex = name_of("contoso.com");
    zone->count = 1;
    zone->records = ARENA_NEW_ARRAY(&arena, 1, struct plan_record);
    zone->records[0].reasons = reason;
    zone->records[0].record = (struct record){
        zone->apex, 60, RECORD_A, record_make_address(&arena, address)};
    plan->views[VIEW_INTERNAL].zones =
        ARENA_NEW_ARRAY(&arena, 1, struct plan_zone *);
    plan->views[VIEW_INTERNAL].zones[0] = zone;
    plan->views[VIEW_INTERNAL].count = 1;
    return plan;
}

static const struct {
    const char *why, *csv, *markdown;
} odd_texts[] = {
    {"plain text.", ",plain text.,pools\r\n", "| plain text. |\n"},
    {"one, two", ",\"one, two\",pools\r\n", "| one, two |\n"},
    {"say \"x\"", ",\"say \"\"x\"\"\",pools\r\n", "| say \"x\" |\n"},
    {"a\r\nb\x1b", ",a  b?,pools\r\n", "| a  b? |\n"},
    {" led", ",\" led\",pools\r\n", "|  led |\n"},
    {"a | b <i>", ",a | b <i>,pools\r\n", "| a \\| b \\<i> |\n"},
};

START_TEST(text_of_others_stays_in_its_field)
{
    const struct plan *plan = plan_with_why(odd_texts[_i].why);
    const char *csv = sheet_of(sheet_write_csv, plan);
    const char *markdown = sheet_of(sheet_write_markdown, plan);

    ck_assert_msg(strstr(csv, odd_texts[_i].csv) != NULL, "%s", csv);
    ck_assert_msg(strstr(markdown, odd_texts[_i].markdown) != NULL, "%s",
                  markdown);
}
END_TEST

START_TEST(repeated_public_value_is_told)
{
    const struct plan *plan = plan_with_why("Why.");

    plan->views[VIEW_INTERNAL].zones[0]->records[0].mirrored = true;
    ck_assert_ptr_nonnull(strstr(sheet_of(sheet_write_csv, plan),
                                 ",\"Why. The public value, repeated.\","));
}
END_TEST

START_TEST(view_without_records_has_an_empty_table)
{
    const char *text = sheet_of(sheet_write_markdown, plan_of(TEXT));
    const char *outside = strstr(text, "\n## DNS records, external view\n\n"
                                       "| Zone | Owner | Type | TTL | Data | "
                                       "Why |\n"
                                       "| --- | --- | --- | --- | --- | --- "
                                       "|\n");

    ck_assert_ptr_nonnull(outside);
}
END_TEST

START_TEST(mode_of_a_zone_is_told)
{
    const char *csv = sheet_of(
        sheet_write_csv,
        plan_of(OCS2007R2 "pools:\n"
                          "- {fqdn: pool.ad.example, edition: standard,"
                          " address: 10.0.0.10}\n"
                          "sip_domains:\n"
                          "- {name: a.example, sign_in: pool.ad.example}\n"
                          "- {name: b.example, sign_in: pool.ad.example}\n"
                          "zones:\n"
                          "- {name: a.example, mode: include}\n"
                          "- {name: b.example, mode: pinpoint}\n"));

    ck_assert_ptr_nonnull(
        strstr(csv, "\ninternal,a.example,include,sip.a.example,A,"));
    ck_assert_ptr_nonnull(
        strstr(csv, "\ninternal,sip.b.example,pinpoint,sip.b.example,A,"));
    ck_assert_ptr_nonnull(
        strstr(csv, "\ninternal,ad.example,zone,pool.ad.example,A,"));
}
END_TEST

static Suite *sheet_writer_suite(void)
{
    Suite *suite = suite_create("sheet_writer");
    TCase *text = tcase_create("text");

    tcase_add_checked_fixture(text, setup, teardown);
    tcase_add_test(text, line_has_the_parts_of_a_record);
    tcase_add_loop_test(text, text_of_others_stays_in_its_field, 0,
                        sizeof odd_texts / sizeof *odd_texts);
    tcase_add_test(text, repeated_public_value_is_told);
    tcase_add_test(text, view_without_records_has_an_empty_table);
    tcase_add_test(text, mode_of_a_zone_is_told);
    suite_add_tcase(suite, text);
    return suite;
}

int main(void)
{
    return run_suite(sheet_writer_suite());
}
