#include "plan/catalogue.h"

#include <stdio.h>
#include <unistd.h>

#include "plan_lines.h"
#include "scratch.h"

static const char *directory;

static void setup_directory(void)
{
    setup();
    directory = scratch_directory(&arena);
}

static void write_catalogue(const char *product, const char *text)
{
    FILE *file =
        fopen(arena_printf(&arena, "%s/%s.yaml", directory, product), "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static const struct catalogue *load(const char *from, const char *product)
{
    struct word word = {product, {"t.yaml", 1, 10}};

    return catalogue_load(&arena, &diag, from, &word);
}

/* ---- the catalogues of the program */

static const char *const products[] = {"ocs2007", "ocs2007r2"};

static const struct row *find_row(const struct catalogue *catalogue,
                                  const char *id)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->rows[i].requirement.id, id) == 0)
            return &catalogue->rows[i];
    return NULL;
}

START_TEST(catalogue_of_the_program_loads)
{
    const struct catalogue *catalogue = load(NULL, products[_i]);

    ck_assert_str_eq(reports(), "");
    ck_assert_str_eq(catalogue->product, products[_i]);
    ck_assert_ptr_nonnull(catalogue->title);
    ck_assert_uint_gt(catalogue->count, 30);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct row *row = &catalogue->rows[i];

        ck_assert_uint_eq(row->order, i);
        ck_assert_ptr_nonnull(row->collection);
        ck_assert_uint_gt(strlen(row->requirement.why), 0);
        ck_assert(row->requirement.see[0] || row->requirement.unsourced);
        ck_assert_uint_gt(row->requirement.place.line, 0);
    }
}
END_TEST

/* Of what the documents forbid, no catalogue has a row (domain.md 2.5). */
START_TEST(no_row_is_in_the_wrong_view)
{
    static const char *const inside[] = {"_sipinternaltls", "_sipinternal",
                                         "_ntp", "ucupdates", "ucupdates-r2"};
    static const char *const outside[] = {"_sip", "_sipfederationtls",
                                          "_xmpp-server"};
    const struct catalogue *catalogue = load(NULL, products[_i]);

    for (size_t i = 0; i < catalogue->count; i++) {
        const struct row *row = &catalogue->rows[i];
        const uint8_t *labels = row->owner.parts[0].labels;

        if (row->owner.parts[0].variable >= 0)
            continue;
        for (size_t j = 0; j < sizeof inside / sizeof *inside; j++)
            if (strlen(inside[j]) == labels[0] &&
                memcmp(labels + 1, inside[j], labels[0]) == 0)
                ck_assert_int_eq(row->view, VIEW_INTERNAL);
        for (size_t j = 0; j < sizeof outside / sizeof *outside; j++)
            if (strlen(outside[j]) == labels[0] &&
                memcmp(labels + 1, outside[j], labels[0]) == 0)
                ck_assert_int_eq(row->view, VIEW_EXTERNAL);
    }
}
END_TEST

START_TEST(only_public_names_are_repeated_inside)
{
    static const char *const mirrored[] = {
        "access-edge-other-address", "web-conferencing-edge-address",
        "av-edge-address", "external-web-farm"};
    const struct catalogue *catalogue = load(NULL, products[_i]);
    size_t count = 0;

    for (size_t i = 0; i < catalogue->count; i++)
        count += catalogue->rows[i].mirror;
    ck_assert_uint_eq(count, sizeof mirrored / sizeof *mirrored);
    for (size_t i = 0; i < count; i++)
        ck_assert(find_row(catalogue, mirrored[i])->mirror);
}
END_TEST

START_TEST(what_is_new_in_r2_is_in_its_catalogue_alone)
{
    static const char *const new_rows[] = {
        "web-access-sharing",          "web-access-download",
        "external-web-access-sharing", "external-web-access-download",
        "group-chat-server",           "monitoring-server"};
    const struct catalogue *old = load(NULL, "ocs2007");
    const struct catalogue *new = load(NULL, "ocs2007r2");

    for (size_t i = 0; i < sizeof new_rows / sizeof *new_rows; i++) {
        ck_assert_msg(!find_row(old, new_rows[i]), "%s", new_rows[i]);
        ck_assert_msg(find_row(new, new_rows[i]) != NULL, "%s", new_rows[i]);
    }
}
END_TEST

/* ---- reading a row */

#define HEAD "product: acme\ntitle: Acme\nrows:\n"
#define ROW(id, record)                                                        \
    "- id: " id                                                                \
    "\n  for-each: sip_domain\n  view: internal\n  record: \"" record          \
    "\"\n  level: required\n  why: Because.\n  see: [X]\n"
#define PLAIN ROW("plain", "{domain} A {sign_in_address}")

START_TEST(row_becomes_a_pattern)
{
    write_catalogue("acme",
                    HEAD "- id: first\n"
                         "  for-each: sip_domain\n"
                         "  when: [tcp, at_pool]\n"
                         "  view: external\n"
                         "  record: \"_A.b.{domain} SRV 1 2 {external_port} "
                         "x.{sign_in_target}\"\n"
                         "  mirror: true\n"
                         "  level: optional\n"
                         "  why: Because.\n"
                         "  see: [S1, S2]\n"
                         "  unsourced: true\n");
    const struct catalogue *catalogue = load(directory, "acme");

    ck_assert_str_eq(reports(), "");
    ck_assert_uint_eq(catalogue->count, 1);
    const struct row *row = &catalogue->rows[0];
    const struct collection *collection = collection_find("sip_domain");
    ck_assert_ptr_eq(row->collection, collection);
    ck_assert_uint_eq(
        row->when, UINT64_C(1) << collection_fact(collection, "tcp") |
                       UINT64_C(1) << collection_fact(collection, "at_pool"));
    ck_assert_uint_eq(
        row->uses, UINT64_C(1) << collection_variable(collection, "domain", 6) |
                       UINT64_C(1) << collection_variable(collection,
                                                          "external_port", 13) |
                       UINT64_C(1) << collection_variable(
                           collection, "sign_in_target", 14));
    ck_assert_int_eq(row->view, VIEW_EXTERNAL);
    ck_assert(row->mirror);
    ck_assert_uint_eq(row->owner.count, 3);
    ck_assert_mem_eq(row->owner.parts[0].labels, "\2_a", 3);
    ck_assert_int_eq(row->owner.parts[0].variable, -1);
    ck_assert_int_eq(row->owner.parts[2].variable,
                     collection_variable(collection, "domain", 6));
    ck_assert_uint_eq(row->type->number, RECORD_SRV);
    ck_assert_uint_eq(row->fields[0].number, 1);
    ck_assert_uint_eq(row->fields[1].number, 2);
    ck_assert_int_ge(row->fields[2].variable, 0);
    ck_assert_uint_eq(row->fields[3].name.count, 2);
    ck_assert_str_eq(row->requirement.id, "first");
    ck_assert_int_eq(row->requirement.level, LEVEL_OPTIONAL);
    ck_assert_str_eq(row->requirement.see, "S1, S2");
    ck_assert(row->requirement.unsourced);
    ck_assert_uint_eq(row->requirement.place.line, 4);
}
END_TEST

/* ---- faults: line 4 is "- id:", 7 is "record:" */

static const struct fault {
    const char *label;
    const char *text;
    const char *reports;
} faults[] = {
    {"unknown collection",
     HEAD "- id: a\n  for-each: sip_domians\n  view: internal\n"
          "  record: \"{domain} A {x}\"\n  level: required\n  why: B.\n"
          "  see: [X]\n",
     "unknown-collection 5\n"},
    {"unknown fact",
     HEAD "- id: a\n  for-each: sip_domain\n  when: [tcp,\n    udp]\n"
          "  view: internal\n  record: \"{domain} A {sign_in_address}\"\n"
          "  level: required\n  why: B.\n  see: [X]\n",
     "unknown-fact 7\n"},
    {"unknown variable in the owner", HEAD ROW("a", "{domian} A {x}"),
     "unknown-variable 7\n"},
    {"unknown variable in the data", HEAD ROW("a", "{domain} A {address}"),
     "unknown-variable 7\n"},
    {"an address as owner", HEAD ROW("a", "{sign_in_address} A {domain}"),
     "bad-record 7\n"},
    {"a name as address", HEAD ROW("a", "{domain} A {domain}"),
     "bad-record 7\n"},
    {"a name as port", HEAD ROW("a", "{domain} SRV 0 0 {domain} {domain}"),
     "bad-record 7\n"},
    {"a literal address", HEAD ROW("a", "{domain} A 10.0.0.1"),
     "bad-record 7\n"},
    {"no type", HEAD ROW("a", "{domain}"), "bad-record 7\n"},
    {"a type that is not planned", HEAD ROW("a", "{domain} MX 10 {domain}"),
     "bad-record 7\n"},
    {"no such type", HEAD ROW("a", "{domain} SVR 0 0 5061 {domain}"),
     "bad-record 7\n"},
    {"a lower-case type is one, the data is missing",
     HEAD ROW("a", "{domain} a"), "bad-record 7\n"},
    {"too few fields", HEAD ROW("a", "{domain} SRV 0 0 5061"),
     "bad-record 7\n"},
    {"too many fields", HEAD ROW("a", "{domain} A {sign_in_address} x"),
     "bad-record 7\n"},
    {"number too large", HEAD ROW("a", "{domain} SRV 0 0 65536 {domain}"),
     "bad-record 7\n"},
    {"number too long", HEAD ROW("a", "{domain} SRV 0 0 005061 {domain}"),
     "bad-record 7\n"},
    {"no number", HEAD ROW("a", "{domain} SRV 0 -1 5061 {domain}"),
     "bad-record 7\n"},
    {"a variable that is part of a label",
     HEAD ROW("a", "x{domain} A {sign_in_address}"), "bad-record 7\n"},
    {"an open brace", HEAD ROW("a", "{domain A {sign_in_address}"),
     "bad-record 7\n"},
    {"an empty variable", HEAD ROW("a", "{} A {sign_in_address}"),
     "bad-record 7\n"},
    {"an empty label", HEAD ROW("a", "a..{domain} A {sign_in_address}"),
     "bad-record 7\n"},
    {"a label that is too long",
     HEAD ROW("a",
              "a23456789012345678901234567890123456789012345678901234567890"
              "1234.{domain} A {sign_in_address}"),
     "bad-record 7\n"},
    {"a slash in a label", HEAD ROW("a", "a/b.{domain} A {sign_in_address}"),
     "bad-record 7\n"},
    {"an escape in a label",
     HEAD ROW("a", "a\\\\046.{domain} A {sign_in_address}"), "bad-record 7\n"},
    {"a wildcard", HEAD ROW("a", "*.{domain} A {sign_in_address}"),
     "bad-record 7\n"},
    {"too many labels",
     HEAD ROW("a", "a.b.c.d.e.f.g.h.{domain} A {sign_in_address}"),
     "bad-record 7\n"},
    {"an owner without variable",
     HEAD ROW("a", "sip.example.com A {sign_in_address}"), "bad-record 7\n"},
    {"an owner of one label", HEAD ROW("a", "sip A {sign_in_address}"),
     "bad-record 7\n"},
    {"an alias without variable", HEAD ROW("a", "a.example CNAME {domain}"),
     "bad-record 7\n"},
    {"a host with an underscore",
     HEAD ROW("a", "a_b.{domain} A {sign_in_address}"), "bad-record 7\n"},
    {"a host that begins with a hyphen",
     HEAD ROW("a", "-a.{domain} A {sign_in_address}"), "bad-record 7\n"},
    {"a host that ends with a hyphen",
     HEAD ROW("a", "a-.{domain} A {sign_in_address}"), "bad-record 7\n"},
    {"a target with an underscore",
     HEAD ROW("a", "_a._tcp.{domain} SRV 0 0 1 a._b.{domain}"),
     "bad-record 7\n"},
    {"an alias of a name with an underscore",
     HEAD ROW("a", "a.{domain} CNAME _b.{domain}"), "bad-record 7\n"},
    {"an address as target",
     HEAD ROW("a", "_a._tcp.{domain} SRV 0 0 1 10.1.1.1"), "bad-record 7\n"},
    {"an alias of an address", HEAD ROW("a", "a.{domain} CNAME 10.1.1.1"),
     "bad-record 7\n"},
    {"a target without domain", HEAD ROW("a", "_a._tcp.{domain} SRV 0 0 1 sip"),
     "bad-record 7\n"},
    {"an id three times, both places", HEAD PLAIN PLAIN PLAIN,
     "row-defined-twice 11 (4)\nrow-defined-twice 18 (4)\n"},
    {"an empty record", HEAD ROW("a", " "), "bad-record 7\n"},
    {"no source",
     HEAD "- id: a\n  for-each: sip_domain\n  view: internal\n"
          "  record: \"{domain} A {sign_in_address}\"\n  level: required\n"
          "  why: B.\n  see: []\n",
     "row-without-source 10\n"},
    {"an id twice, both places", HEAD PLAIN PLAIN,
     "row-defined-twice 11 (4)\n"},
    {"for another product", "product: other\ntitle: Other\nrows: []\n",
     "wrong-product 1\n"},
    {"an unknown key", "product: acme\ntitle: Acme\nrow: []\nrows: []\n",
     "unknown-key 3\n"},
    {"an unknown key of a row",
     HEAD "- id: a\n  foreach: sip_domain\n  for-each: sip_domain\n"
          "  view: internal\n  record: \"{domain} A {sign_in_address}\"\n"
          "  level: required\n  why: B.\n  see: [X]\n",
     "unknown-key 5\n"},
    {"no rows", "product: acme\ntitle: Acme\n", "missing-key 1\n"},
    {"a row without most", HEAD "- {id: a, view: internal}\n",
     "missing-key 4\nmissing-key 4\nmissing-key 4\nmissing-key 4\n"
     "missing-key 4\n"},
    {"an unknown view",
     HEAD "- id: a\n  for-each: sip_domain\n  view: outer\n"
          "  record: \"{domain} A {sign_in_address}\"\n  level: required\n"
          "  why: B.\n  see: [X]\n",
     "unknown-value 6\n"},
    {"a row of the perimeter that is for no machine",
     HEAD "- id: a\n  for-each: front_end\n  view: perimeter\n"
          "  record: \"{fqdn} A {address}\"\n  level: required\n"
          "  why: B.\n  see: [X]\n",
     "row-without-machine 5\n"},
    {"an alias in the perimeter",
     HEAD "- id: a\n  for-each: web_access\n  view: perimeter\n"
          "  record: \"{fqdn} CNAME {server}\"\n  level: required\n"
          "  why: B.\n  see: [X]\n",
     "bad-record 7\n"},
    {"an unknown level",
     HEAD "- id: a\n  for-each: sip_domain\n  view: internal\n"
          "  record: \"{domain} A {sign_in_address}\"\n  level: mandatory\n"
          "  why: B.\n  see: [X]\n",
     "unknown-value 8\n"},
    {"all faults of all rows", HEAD ROW("a", "{domain}") ROW("b", "{x} A {y}"),
     "bad-record 7\nunknown-variable 14\n"},
};

START_TEST(fault_of_a_catalogue_is_reported_at_its_place)
{
    const struct fault *row = &faults[_i];

    write_catalogue("acme", row->text);
    ck_assert_msg(!load(directory, "acme"), "%s: it loads", row->label);
    ck_assert_msg(strcmp(reports(), row->reports) == 0, "%s: %s", row->label,
                  reports());
    ck_assert_str_eq(diag.messages[0].place.file,
                     arena_printf(&arena, "%s/acme.yaml", directory));
}
END_TEST

/* What named takes, though it looks like the above. */
static const char *const sound_records[] = {
    "_a_b.{domain} SRV 0 0 1 {domain}",
    "_a.{domain} CNAME a-1.{domain}",
    "10.{domain} A {sign_in_address}",
    "_a._tcp.{domain} SRV 0 0 1 10.example.com",
    "_a._tcp.{domain} SRV 0 0 1 example.com.",
};

START_TEST(sound_record_is_accepted)
{
    write_catalogue(
        "acme", arena_printf(&arena, HEAD ROW("a", "%s"), sound_records[_i]));
    ck_assert_msg(load(directory, "acme") != NULL, "%s", sound_records[_i]);
    ck_assert_str_eq(reports(), "");
}
END_TEST

/* ---- where catalogues are looked for */

START_TEST(file_of_the_directory_wins)
{
    write_catalogue("ocs2007", "product: ocs2007\ntitle: Mine\nrows: []\n");
    const struct catalogue *catalogue = load(directory, "ocs2007");

    ck_assert_str_eq(catalogue->title, "Mine");
    ck_assert_uint_eq(catalogue->count, 0);
}
END_TEST

START_TEST(directory_without_the_file_leaves_the_program_its_own)
{
    const struct catalogue *catalogue = load(directory, "ocs2007r2");

    ck_assert_str_eq(catalogue->product, "ocs2007r2");
    ck_assert_uint_gt(catalogue->count, 30);
}
END_TEST

START_TEST(product_without_catalogue_is_reported_where_it_is_said)
{
    ck_assert_ptr_null(load(directory, "acme"));
    ck_assert_str_eq(reports(), "unknown-product 1\n");
    ck_assert_str_eq(diag.messages[0].place.file, "t.yaml");
}
END_TEST

/* A further product generation is a further file (design). */
START_TEST(third_product_needs_no_code)
{
    const char *text = "product: acme\n" DNS
                       "pools: [{fqdn: pool.ad.example, edition: standard,"
                       " address: 10.0.0.10}]\n"
                       "sip_domains: [{name: contoso.com,"
                       " sign_in: pool.ad.example}]\n";

    write_catalogue("acme",
                    HEAD ROW("acme-sign-in", "_acme._tcp.{domain} SRV 7 8 9999"
                                             " door.{domain}")
                        ROW("acme-door", "door.{domain} A {sign_in_address}"));
    const struct plan *plan =
        plan_build(&arena, &diag, topology_of(text), directory);

    ck_assert_str_eq(reports(), "");
    assert_lines(plan, "",
                 "internal contoso.com _acme._tcp.contoso.com"
                 " SRV 7 8 9999 door.contoso.com.\n"
                 "internal contoso.com door.contoso.com A 10.0.0.10\n");
    ck_assert_str_eq(reason_lines(plan, "internal contoso.com door"),
                     "acme-door 6 sip_domains[contoso.com].sign_in\n");
}
END_TEST

/* ---- product names are no paths */

static const char *const paths[] = {
    "../acme", "/acme", "a/b",           "..",    "a.b",     "acme\\x", "a b",
    "acme:",   "~acme", "%2e%2e%2facme", "acme;", "\"a\\0\""};

START_TEST(product_that_looks_like_a_path_opens_no_file)
{
    const char *text =
        arena_printf(&arena,
                     "product: %s\n" DNS "pools: [{fqdn: p.ad.example,"
                     " edition: standard, address: 10.0.0.10}]\n"
                     "sip_domains: []\n",
                     paths[_i]);

    write_catalogue("acme", "product: acme\ntitle: Acme\nrows: []\n");
    ck_assert_msg(!topology_parse(&arena, &diag, "t.yaml", text, strlen(text)),
                  "%s", paths[_i]);
    ck_assert_uint_eq(diag.messages[0].place.line, 1);
}
END_TEST

START_TEST(product_of_a_pool_that_looks_like_a_path_opens_no_file)
{
    const char *text = OCS2007 "pools: [{fqdn: p.ad.example, edition: standard,"
                               " address: 10.0.0.10, product: ../acme}]\n"
                               "sip_domains: []\n";

    ck_assert_ptr_null(
        topology_parse(&arena, &diag, "t.yaml", text, strlen(text)));
    ck_assert_uint_eq(diag.messages[0].place.line, 5);
}
END_TEST

static Suite *catalogue_suite(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *program = tcase_create("program");
    TCase *files = tcase_create("files");

    tcase_add_checked_fixture(program, setup, teardown);
    tcase_add_loop_test(program, catalogue_of_the_program_loads, 0,
                        COUNT_OF(products));
    tcase_add_loop_test(program, no_row_is_in_the_wrong_view, 0,
                        COUNT_OF(products));
    tcase_add_loop_test(program, only_public_names_are_repeated_inside, 0,
                        COUNT_OF(products));
    tcase_add_test(program, what_is_new_in_r2_is_in_its_catalogue_alone);
    suite_add_tcase(suite, program);
    tcase_add_unchecked_fixture(files, scratch_make, scratch_remove);
    tcase_add_checked_fixture(files, setup_directory, teardown);
    tcase_add_test(files, row_becomes_a_pattern);
    tcase_add_loop_test(files, fault_of_a_catalogue_is_reported_at_its_place, 0,
                        COUNT_OF(faults));
    tcase_add_loop_test(files, sound_record_is_accepted, 0,
                        COUNT_OF(sound_records));
    tcase_add_test(files, file_of_the_directory_wins);
    tcase_add_test(files,
                   directory_without_the_file_leaves_the_program_its_own);
    tcase_add_test(files,
                   product_without_catalogue_is_reported_where_it_is_said);
    tcase_add_test(files, third_product_needs_no_code);
    tcase_add_loop_test(files, product_that_looks_like_a_path_opens_no_file, 0,
                        COUNT_OF(paths));
    tcase_add_test(files,
                   product_of_a_pool_that_looks_like_a_path_opens_no_file);
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    return run_suite(catalogue_suite());
}
