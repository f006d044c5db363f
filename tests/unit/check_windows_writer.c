#include "write/windows_writer.h"

#include "plan_lines.h"
#include "write/plan_formats.h"

static const char top[] =
    OCS2007R2 "pools:\n"
              "- {fqdn: pool.ad.example, edition: standard,"
              " address: 10.0.0.10}\n"
              "sip_domains:\n"
              "- {name: contoso.com, sign_in: pool.ad.example}\n";

/* The script without its subroutines and comments on itself. */
static const char *calls_of(result_writer *write, const struct plan *plan)
{
    struct plan_selection selection = {.plan = plan};
    struct strbuf buf;

    ck_assert_int_eq(windows_prepare(&arena, &diag, NULL, &selection), 0);
    for (int i = 0; i < WINDOWS_SCRIPT_COUNT; i++)
        selection.scripts[i] = "{view}\n{records}";
    strbuf_init(&buf, &arena);
    write(&arena, &buf, &selection);
    ck_assert_uint_eq(strlen(buf.text), buf.length);
    return buf.text;
}

static void find_line(const char *text, const char *line)
{
    const char *whole = arena_printf(&arena, "\n%s\r\n", line);

    ck_assert_msg(strstr(text, whole) != NULL, "no %s in %s", line, text);
}

START_TEST(each_dialect_has_its_calls)
{
    const struct plan *plan = plan_of(top);
    const struct {
        result_writer *write;
        const char *lines[4];
    } rows[] = {
        {windows_write_dnscmd,
         {"call :zone contoso.com", "rem sip_domains[contoso.com].sign_in",
          "call :record contoso.com _sipinternaltls._tcp 3600 SRV 0 0 5061 "
          "pool.contoso.com.",
          "call :record ad.example pool 3600 A 10.0.0.10"}},
        {windows_write_dnscmd_undo,
         {"call :zone contoso.com",
          "call :remove contoso.com _sipinternaltls._tcp 3600 SRV 0 0 5061 "
          "pool.contoso.com.",
          "call :remove ad.example pool 3600 A 10.0.0.10",
          "call :end contoso.com"}},
        {windows_write_powershell,
         {"Set-Zone 'contoso.com'", "# sip_domains[contoso.com].sign_in",
          "Set-Record 'contoso.com' '_sipinternaltls._tcp' 3600 'SRV' "
          "'0 0 5061 pool.contoso.com.'",
          "Set-Record 'ad.example' 'pool' 3600 'A' '10.0.0.10'"}},
        {windows_write_powershell_undo,
         {"Find-Zone 'contoso.com'",
          "Remove-Record 'contoso.com' '_sipinternaltls._tcp' 3600 'SRV' "
          "'0 0 5061 pool.contoso.com.'",
          "Remove-Record 'ad.example' 'pool' 3600 'A' '10.0.0.10'",
          "Remove-Zone 'contoso.com'"}},
    };

    for (size_t i = 0; i < 4; i++) {
        const char *text = calls_of(rows[i].write, plan);

        for (size_t j = 0; j < 4; j++)
            find_line(text, rows[i].lines[j]);
        ck_assert_int_eq(strncmp(text, "internal\r\n", 10), 0);
    }
}
END_TEST

/* A parent and a child zone of ours, with a name server in the child: the
 * parent has a delegation and glue in BIND's files. */
START_TEST(delegations_and_glue_are_left_out)
{
    const char *text = calls_of(
        windows_write_dnscmd,
        plan_of("product: ocs2007r2\n"
                "dns:\n"
                "  nameservers: [ns1.sub.contoso.com]\n"
                "  contact: hostmaster@contoso.com\n"
                "  hosts: {ns1.sub.contoso.com: 10.0.0.2}\n"
                "pools:\n"
                "- {fqdn: pool.sub.contoso.com, edition: standard,"
                " address: 10.0.0.10}\n"
                "sip_domains:\n"
                "- {name: contoso.com, sign_in: pool.sub.contoso.com}\n"
                "- {name: sub.contoso.com, sign_in: pool.sub.contoso.com}\n"));

    ck_assert_ptr_null(strstr(text, " NS "));
    ck_assert_ptr_null(strstr(text, " contoso.com ns1.sub "));
    find_line(text, "call :host sub.contoso.com ns1 3600 A 10.0.0.2");
    find_line(text, "call :zone sub.contoso.com contoso.com sub");
}
END_TEST

START_TEST(zone_names_those_further_up_unless_it_is_pinpoint)
{
    const char *text = calls_of(
        windows_write_powershell,
        plan_of(OCS2007R2 "pools:\n"
                          "- {fqdn: pool.a.b.example, edition: standard,"
                          " address: 10.0.0.10}\n"
                          "sip_domains:\n"
                          "- {name: x.y.example, sign_in: pool.a.b.example}\n"
                          "zones: [{name: x.y.example, mode: pinpoint}]\n"));

    find_line(text, "Set-Zone 'a.b.example' 'b.example' 'a'");
    find_line(text, "Set-Zone 'sip.x.y.example'");
    find_line(text, "Set-Record 'sip.x.y.example' '@' 3600 'A' '10.0.0.10'");
}
END_TEST

START_TEST(zone_of_somebody_else_is_not_made)
{
    const struct plan *plan =
        plan_of(OCS2007R2 "pools:\n"
                          "- {fqdn: pool.ad.example, edition: standard,"
                          " address: 10.0.0.10}\n"
                          "sip_domains:\n"
                          "- {name: x.y.example, sign_in: pool.ad.example}\n"
                          "zones: [{name: x.y.example, mode: include}]\n");
    const char *text = calls_of(windows_write_dnscmd, plan);

    find_line(text, "rem ---- other zone x.y.example");
    find_line(text, "call :other x.y.example");
    ck_assert_ptr_null(strstr(text, "call :zone x.y.example"));
    find_line(text, "call :record x.y.example sip 3600 A 10.0.0.10");
    text = calls_of(windows_write_powershell, plan);
    find_line(text, "Find-Zone 'x.y.example'");
    ck_assert_ptr_null(strstr(text, "Set-Zone 'x.y.example'"));
    find_line(calls_of(windows_write_dnscmd_undo, plan),
              "call :zone x.y.example");
    find_line(calls_of(windows_write_powershell_undo, plan),
              "Find-Zone 'x.y.example'");
}
END_TEST

/* ---- text of others */

static struct plan_zone *zone_with(const struct plan *plan, size_t index)
{
    return plan->views[VIEW_INTERNAL].zones[index];
}

static const struct {
    const char *why, *cmd, *powershell;
} odd_texts[] = {
    {"50 % of %PATH%", "rem 50 %% of %%PATH%%", "# 50 % of %PATH%"},
    {"& del", "rem ? del", "# & del"},
    {"goes on^", "rem goes on?", "# goes on^"},
    {"a > b | c < d", "rem a ? b ? c ? d", "# a > b | c < d"},
    {"/? or /?", "rem / ? or / ?", "# /? or /?"},
    {"it's \"so\" `n $x", "rem it's \"so\" `n $x", "# it's \"so\" `n $x"},
    {"two\r\ndel", "rem two  del", "# two  del"},
    {"caf\xc3\xa9 \xe2\x80\x99", "rem caf? ?", "# caf? ?"},
};

START_TEST(text_of_others_stays_in_its_comment)
{
    const struct plan *plan = plan_of(top);
    struct requirement *odd = ARENA_NEW(&arena, struct requirement);
    struct reason *reason = ARENA_NEW(&arena, struct reason);
    struct plan_record *record;

    record = &zone_with(plan, 0)->records[zone_with(plan, 0)->count - 1];
    *odd = *record->reasons->requirement;
    odd->id = "odd";
    odd->why = odd_texts[_i].why;
    *reason = *record->reasons;
    reason->requirement = odd;
    record->reasons = reason;
    find_line(calls_of(windows_write_dnscmd, plan), odd_texts[_i].cmd);
    find_line(calls_of(windows_write_powershell, plan),
              odd_texts[_i].powershell);
}
END_TEST

/* "p<octet>l.ad.example": only what no shell looks at may come through. */
START_TEST(name_with_any_other_octet_is_refused)
{
    const struct plan *plan = plan_of(top);
    struct plan_zone *zone = zone_with(plan, 1);
    struct plan_record *record = &zone->records[zone->count - 1];
    const uint8_t octets[] = {3,   'p', (uint8_t)_i, 'l', 2,   'a', 'd', 7,
                              'e', 'x', 'a',         'm', 'p', 'l', 'e', 0};
    struct plan_selection selection = {.plan = plan};
    bool is_plain = (_i >= 'a' && _i <= 'z') || (_i >= '0' && _i <= '9') ||
                    _i == '-' || _i == '_';

    if (!name_equal(zone->apex, name_of("ad.example")))
        zone = zone_with(plan, 0), record = &zone->records[zone->count - 1];
    record->record.owner =
        name_copy(&arena, (struct name){octets, sizeof octets});
    ck_assert_int_eq(windows_prepare(&arena, &diag, NULL, &selection),
                     is_plain ? 0 : -1);
    ck_assert_int_eq(is_reported("name-not-for-windows", 0), !is_plain);
}
END_TEST

static Suite *windows_writer_suite(void)
{
    Suite *suite = suite_create("windows_writer");
    TCase *text = tcase_create("text");
    TCase *border = tcase_create("border");

    tcase_add_checked_fixture(text, setup, teardown);
    tcase_add_test(text, each_dialect_has_its_calls);
    tcase_add_test(text, delegations_and_glue_are_left_out);
    tcase_add_test(text, zone_names_those_further_up_unless_it_is_pinpoint);
    tcase_add_test(text, zone_of_somebody_else_is_not_made);
    suite_add_tcase(suite, text);
    tcase_add_checked_fixture(border, setup, teardown);
    tcase_add_loop_test(border, text_of_others_stays_in_its_comment, 0,
                        sizeof odd_texts / sizeof *odd_texts);
    tcase_add_loop_test(border, name_with_any_other_octet_is_refused, 0, 256);
    suite_add_tcase(suite, border);
    return suite;
}

int main(void)
{
    return run_suite(windows_writer_suite());
}
