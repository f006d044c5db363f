#include "plan/explain.h"

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

static const struct explanation *explain(const char *name, uint16_t type)
{
    return explain_build(&arena, &diag, plan_of(text),
                         name ? name_of(name) : (struct name){0}, type);
}

static const char *explained_lines(const struct explanation *explanation)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (size_t i = 0; i < explanation->count; i++)
        write_line(&buf, explanation->records[i].zone,
                   &explanation->records[i].record->record);
    return buf.text;
}

static const char *absence_lines(const struct explanation *explanation)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (const struct absence *absence = explanation->absences; absence;
         absence = absence->next)
        strbuf_printf(&buf, "%s%s%s\n", absence->row->requirement.id,
                      absence->lacks_facts ? " facts" : "",
                      absence->lacks_values ? " values" : "");
    return buf.text;
}

START_TEST(name_is_explained_in_all_views)
{
    ck_assert_str_eq(explained_lines(explain("sip.contoso.com", 0)),
                     "internal sip.contoso.com sip.contoso.com"
                     " NS ns1.isp.example.\n"
                     "internal sip.contoso.com sip.contoso.com A 10.0.0.10\n"
                     "external contoso.com sip.contoso.com A 192.0.2.10\n");
}
END_TEST

START_TEST(type_leaves_the_others_out)
{
    ck_assert_str_eq(explained_lines(explain("sip.contoso.com", RECORD_A)),
                     "internal sip.contoso.com sip.contoso.com A 10.0.0.10\n"
                     "external contoso.com sip.contoso.com A 192.0.2.10\n");
    ck_assert_str_eq(explained_lines(explain("sip.contoso.com", RECORD_SRV)),
                     "");
}
END_TEST

START_TEST(no_name_means_all)
{
    const struct explanation *explanation = explain(NULL, 0);
    size_t count = explanation->plan->perimeter.count;

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < explanation->plan->views[view].count; i++)
            count += explanation->plan->views[view].zones[i]->count;
    ck_assert_uint_eq(explanation->count, count);
    ck_assert_ptr_null(explanation->absences);
    ck_assert_ptr_null(explanation->nearest);
}
END_TEST

START_TEST(what_lacks_is_told_for_a_name_without_records)
{
    const struct explanation *explanation =
        explain("_sip._tls.fabrikam.com", 0);

    ck_assert_uint_eq(explanation->count, 0);
    ck_assert_str_eq(absence_lines(explanation), "external-sign-in values\n");
    ck_assert_ptr_null(explanation->zones[VIEW_EXTERNAL]);
    ck_assert(name_equal(explanation->zones[VIEW_INTERNAL]->apex,
                         name_of("fabrikam.com")));
}
END_TEST

/* internal-sign-in applies, the Director's row for the same name does not */
START_TEST(other_rows_of_a_planned_name_are_told_too)
{
    const struct explanation *explanation =
        explain("_sipinternaltls._tcp.fabrikam.com", RECORD_SRV);

    ck_assert_str_eq(explained_lines(explanation),
                     "internal fabrikam.com _sipinternaltls._tcp.fabrikam.com"
                     " SRV 0 0 5061 pool.fabrikam.com.\n");
    ck_assert_str_eq(absence_lines(explanation),
                     "internal-sign-in-at-director facts\n");
    ck_assert_uint_eq(explanation->absences->origin.place.line, 12);
    ck_assert_str_eq(explanation->absences->origin.list, "sip_domains");
}
END_TEST

START_TEST(misspelt_name_is_told_the_nearest)
{
    ck_assert_str_eq(explain("_sipinternaltsl._tcp.fabrikam.com", 0)->nearest,
                     "_sipinternaltls._tcp.fabrikam.com");
    ck_assert_ptr_null(explain("www.unrelated.example", 0)->nearest);
    ck_assert_ptr_null(explain("sip.contoso.com", 0)->nearest);
}
END_TEST

static Suite *explain_suite(void)
{
    Suite *suite = suite_create("explain");
    TCase *names = tcase_create("names");

    tcase_add_checked_fixture(names, setup, teardown);
    tcase_add_test(names, name_is_explained_in_all_views);
    tcase_add_test(names, type_leaves_the_others_out);
    tcase_add_test(names, no_name_means_all);
    tcase_add_test(names, what_lacks_is_told_for_a_name_without_records);
    tcase_add_test(names, other_rows_of_a_planned_name_are_told_too);
    tcase_add_test(names, misspelt_name_is_told_the_nearest);
    suite_add_tcase(suite, names);
    return suite;
}

int main(void)
{
    return run_suite(explain_suite());
}
