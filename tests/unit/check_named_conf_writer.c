#include "write/named_conf_writer.h"

#include "plan_lines.h"
#include "write/template.h"
#include "write/zone_writer.h"

#define INSIDE                                                                 \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"       \
    "sip_domains:\n"                                                           \
    "- {name: contoso.com, sign_in: pool.ad.example"

#define EDGE                                                                   \
    "edges:\n"                                                                 \
    "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"               \
    "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"

#define OUTSIDE EDGE INSIDE ", external_sign_in: sip.contoso.com"

static const char *zones_text(const struct plan *plan, enum view view,
                              const char *prefix)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    named_conf_write_zones(&arena, &buf, plan, view, prefix);
    return buf.text;
}

static const char *conf_text(const struct plan *plan, const char *prefix,
                             const char *template)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    named_conf_write(&arena, &buf, plan, prefix, template);
    return buf.text;
}

START_TEST(files_lie_in_the_directory_of_their_view)
{
    const struct plan *plan = plan_of(OCS2007 OUTSIDE "}\n");
    const struct plan_view *inside = &plan->views[VIEW_INTERNAL];
    const struct plan_view *outside = &plan->views[VIEW_EXTERNAL];

    ck_assert_str_eq(zone_file_name(&arena, inside->zones[0]),
                     "internal/_sipinternaltls._tcp.contoso.com.zone");
    ck_assert_str_eq(zone_file_name(&arena, outside->zones[0]),
                     "external/contoso.com.zone");
    ck_assert_str_eq(zones_file_name(&arena, VIEW_INTERNAL),
                     "internal/zones.conf");
    ck_assert_str_eq(zones_file_name(&arena, VIEW_EXTERNAL),
                     "external/zones.conf");
}
END_TEST

START_TEST(each_zone_of_a_view_has_a_statement)
{
    ck_assert_str_eq(
        zones_text(plan_of(OCS2007 INSIDE "}\n"), VIEW_INTERNAL, ""),
        "// Written by ocszone; changes made in this file are lost.\n"
        "// The zones of the internal view.\n"
        "\n"
        "zone \"contoso.com\" {\n"
        "    type primary;\n"
        "    file \"internal/contoso.com.zone\";\n"
        "};\n"
        "zone \"ad.example\" {\n"
        "    type primary;\n"
        "    file \"internal/ad.example.zone\";\n"
        "};\n");
}
END_TEST

START_TEST(view_without_zones_has_an_empty_list)
{
    static const char head[] = "// " WRITTEN_BY_US "\n";
    const char *text =
        zones_text(plan_of(OCS2007 INSIDE "}\n"), VIEW_EXTERNAL, "");

    ck_assert_int_eq(strncmp(text, head, sizeof head - 1), 0);
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
        ck_assert_msg(strncmp(line, "// ", 3) == 0, "%s", line);
}
END_TEST

START_TEST(what_others_include_is_no_zone)
{
    const struct plan *plan = plan_of(
        OCS2007 INSIDE "}\nzones: [{name: contoso.com, mode: include}]\n");

    ck_assert_str_eq(zones_text(plan, VIEW_INTERNAL, ""),
                     "// Written by ocszone; changes made in this file are "
                     "lost.\n"
                     "// The zones of the internal view.\n"
                     "\n"
                     "zone \"ad.example\" {\n"
                     "    type primary;\n"
                     "    file \"internal/ad.example.zone\";\n"
                     "};\n");
    ck_assert_str_eq(
        zone_file_name(&arena, plan->views[VIEW_INTERNAL].zones[0]),
        "internal/contoso.com.include");
}
END_TEST

START_TEST(view_of_what_others_include_is_not_served)
{
    const struct plan *plan =
        plan_of(OCS2007 OUTSIDE "}\nzones: [{name: contoso.com, view:"
                                " external, mode: include}]\n");
    const char *text = conf_text(plan, "", "{views}");

    ck_assert_ptr_null(strstr(text, "external"));
    ck_assert_ptr_nonnull(strstr(text, "match-clients { any; };"));
    ck_assert_str_eq(zones_text(plan, VIEW_EXTERNAL, ""),
                     "// " WRITTEN_BY_US "\n"
                     "// The external view has no zones.\n");
}
END_TEST

START_TEST(prefix_stands_in_front_of_all_files)
{
    const struct plan *plan = plan_of(OCS2007 INSIDE "}\n");

    ck_assert_ptr_nonnull(
        strstr(zones_text(plan, VIEW_INTERNAL, "/etc/bind/ocs/"),
               "file \"/etc/bind/ocs/internal/contoso.com.zone\";"));
    ck_assert_ptr_nonnull(strstr(conf_text(plan, "/etc/bind/ocs/", "{views}"),
                                 "include \"/etc/bind/ocs/internal/"
                                 "zones.conf\";"));
}
END_TEST

START_TEST(prefix_cannot_leave_its_quotes)
{
    const struct plan *plan = plan_of(OCS2007 INSIDE "}\n");

    ck_assert_ptr_nonnull(
        strstr(zones_text(plan, VIEW_INTERNAL, "a\"; b\\/"),
               "file \"a\\\"; b\\\\/internal/contoso.com.zone\";"));
}
END_TEST

START_TEST(two_views_are_told_apart_by_networks)
{
    const struct plan *plan = plan_of(
        OCS2007 "networks: [10.0.0.0/8, 172.16.0.0/12]\n" OUTSIDE "}\n");

    ck_assert_str_eq(
        conf_text(plan, "", "acl x {\n{acl}\n};\n{views}\n"),
        "// Written by ocszone; changes made in this file are lost.\n"
        "acl x {\n"
        "    10.0.0.0/8;\n"
        "    172.16.0.0/12;\n"
        "};\n"
        "view \"internal\" {\n"
        "    match-clients { \"ocszone-internal\"; };\n"
        "    include \"internal/zones.conf\";\n"
        "};\n"
        "\n"
        "view \"external\" {\n"
        "    match-clients { any; };\n"
        "    include \"external/zones.conf\";\n"
        "};\n");
}
END_TEST

START_TEST(view_that_is_alone_hides_from_nobody)
{
    const struct plan *plan =
        plan_of(OCS2007 "networks: [10.0.0.0/8]\n" INSIDE "}\n");

    ck_assert_str_eq(
        conf_text(plan, "", "{views}\n"),
        "// Written by ocszone; changes made in this file are lost.\n"
        "view \"internal\" {\n"
        "    match-clients { any; };\n"
        "    include \"internal/zones.conf\";\n"
        "};\n");
}
END_TEST

START_TEST(networks_that_are_not_said_are_the_local_ones)
{
    const struct plan *plan = plan_of(OCS2007 OUTSIDE "}\n");

    ck_assert_ptr_nonnull(strstr(conf_text(plan, "", "<{acl}>"),
                                 "<    localhost;\n    localnets;>"));
}
END_TEST

START_TEST(template_of_the_program_is_filled_in)
{
    const char *text =
        conf_text(plan_of(OCS2007 OUTSIDE "}\n"), "",
                  template_load(&arena, &diag, NULL, "named.conf"));

    ck_assert_ptr_null(strstr(text, "{acl}"));
    ck_assert_ptr_null(strstr(text, "{views}"));
    ck_assert_ptr_nonnull(strstr(text, "acl \"ocszone-internal\" {\n"));
    ck_assert_ptr_nonnull(strstr(text, "recursion no;"));
    ck_assert_ptr_nonnull(strstr(text, "\nview \"external\" {\n"));
}
END_TEST

static Suite *named_conf_writer_suite(void)
{
    Suite *suite = suite_create("named_conf_writer");
    TCase *text = tcase_create("text");

    tcase_add_checked_fixture(text, setup, teardown);
    tcase_add_test(text, files_lie_in_the_directory_of_their_view);
    tcase_add_test(text, each_zone_of_a_view_has_a_statement);
    tcase_add_test(text, view_without_zones_has_an_empty_list);
    tcase_add_test(text, what_others_include_is_no_zone);
    tcase_add_test(text, view_of_what_others_include_is_not_served);
    tcase_add_test(text, prefix_stands_in_front_of_all_files);
    tcase_add_test(text, prefix_cannot_leave_its_quotes);
    tcase_add_test(text, two_views_are_told_apart_by_networks);
    tcase_add_test(text, view_that_is_alone_hides_from_nobody);
    tcase_add_test(text, networks_that_are_not_said_are_the_local_ones);
    tcase_add_test(text, template_of_the_program_is_filled_in);
    suite_add_tcase(suite, text);
    return suite;
}

int main(void)
{
    return run_suite(named_conf_writer_suite());
}
