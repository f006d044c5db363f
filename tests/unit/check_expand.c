#include "plan/expand.h"

#include "plan_lines.h"

#define STANDARD                                                               \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"

struct visits {
    const char *id; /* of the rows that are listed */
    struct strbuf buf;
};

static void write_mask(struct strbuf *buf, const char *before, uint64_t mask)
{
    if (mask != 0)
        strbuf_printf(buf, " %s%llx", before, (unsigned long long)mask);
}

/* "owner yes line 6" or "owner no facts 4 values 8" */
static void take(const struct expansion *expansion, void *context)
{
    struct visits *visits = context;
    struct strbuf *buf = &visits->buf;

    if (strcmp(expansion->row->requirement.id, visits->id) != 0)
        return;
    if (name_is_absent(expansion->owner))
        strbuf_add_text(buf, "-");
    else
        name_write_plain(buf, expansion->owner);
    strbuf_printf(buf, " %s", expansion->applies ? "yes" : "no");
    write_mask(buf, "facts ", expansion->lacks_facts);
    write_mask(buf, "values ", expansion->lacks_values);
    strbuf_printf(buf, " line %u\n", expansion->origin.place.line);
}

static const struct catalogue *catalogue_of(const char *product)
{
    struct word word = {product, {NULL, 0, 0}};

    return catalogue_load(&arena, &diag, NULL, &word);
}

static const char *visits_of(const char *text, const char *id, int *result)
{
    struct visits visits = {.id = id};
    const struct topology *topology = topology_of(text);

    strbuf_init(&visits.buf, &arena);
    strbuf_add_text(&visits.buf, "");
    *result =
        expand_catalogue(&arena, &diag, facts_build(&arena, topology),
                         catalogue_of(topology->product.text), take, &visits);
    return visits.buf.text;
}

static unsigned long long fact(const char *collection, const char *name)
{
    return 1ull << collection_fact(collection_find(collection), name);
}

static unsigned long long variable(const char *collection, const char *name)
{
    return 1ull << collection_variable(collection_find(collection), name,
                                       strlen(name));
}

START_TEST(row_that_does_not_apply_is_visited_with_what_it_lacks)
{
    int result;
    const char *text =
        OCS2007R2 STANDARD "sip_domains:\n"
                           "- {name: contoso.com, sign_in: pool.ad.example}\n"
                           "- {name: fabrikam.com, sign_in: pool.ad.example,"
                           " tcp: true}\n"
                           "- {name: litware.com}\n";

    ck_assert_str_eq(
        visits_of(text, "internal-sign-in-tcp", &result),
        arena_printf(&arena,
                     "_sipinternal._tcp.contoso.com no facts %llx line 8\n"
                     "_sipinternal._tcp.fabrikam.com yes line 9\n"
                     "_sipinternal._tcp.litware.com no facts %llx values %llx"
                     " line 0\n",
                     fact("sip_domain", "tcp"), fact("sip_domain", "tcp"),
                     variable("sip_domain", "sign_in_target")));
    ck_assert_int_eq(result, 0);
}
END_TEST

START_TEST(owner_whose_variable_has_no_value_is_absent)
{
    int result;

    ck_assert_str_eq(visits_of(OCS2007R2 STANDARD "sip_domains: []\n",
                               "external-web-farm", &result),
                     arena_printf(&arena, "- no values %llx line 0\n",
                                  variable("pool", "external_web_farm") |
                                      variable("pool", "proxy_address")));
}
END_TEST

START_TEST(collection_without_items_is_not_visited)
{
    int result;

    ck_assert_str_eq(visits_of(OCS2007R2 STANDARD "sip_domains: []\n",
                               "director-address", &result),
                     "");
}
END_TEST

/* The address or the target tells most, then the owner. */
START_TEST(origin_is_that_of_what_the_record_carries)
{
    int result;
    const char *text =
        OCS2007R2 "pools:\n"
                  "- fqdn: pool.ad.example\n"
                  "  edition: enterprise\n"
                  "  vip: 10.0.0.10\n"
                  "  front_ends:\n"
                  "  - fqdn: fe1.ad.example\n"
                  "    address: 10.0.0.11\n"
                  "  - {fqdn: fe2.ad.example, address: 10.0.0.12}\n"
                  "web_access:\n"
                  "- fqdn: im.contoso.com\n"
                  "  server: cwa.ad.example\n"
                  "  address: 10.0.0.40\n"
                  "sip_domains:\n"
                  "- name: contoso.com\n"
                  "  sign_in: pool.ad.example\n";

    ck_assert_str_eq(visits_of(text, "pool-address", &result),
                     "pool.ad.example yes line 8\n");
    ck_assert_str_eq(visits_of(text, "front-end-address", &result),
                     "fe1.ad.example yes line 11\n"
                     "fe2.ad.example yes line 12\n");
    ck_assert_str_eq(visits_of(text, "web-access-alias", &result),
                     "im.contoso.com yes line 15\n");
    ck_assert_str_eq(visits_of(text, "web-access-sharing", &result),
                     "as.im.contoso.com yes line 14\n");
    ck_assert_str_eq(visits_of(text, "internal-sign-in", &result),
                     "_sipinternaltls._tcp.contoso.com yes line 19\n");
}
END_TEST

/* 63 + 63 + 63 + 58 letters and their lengths are a name of 252 octets. */
#define LABEL_58 "x23456789012345678901234567890123456789012345678901234567x"
#define LABEL_63 LABEL_58 "12345"

START_TEST(name_that_would_be_too_long_is_reported)
{
    int result;
    const char *text = OCS2007R2 STANDARD
        "web_access:\n"
        "- {fqdn: " LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_58
        ", address: 10.0.0.40}\n"
        "sip_domains: [{name: x.example, sign_in: pool.ad.example}]\n";

    /* as. fits, download. does not */
    ck_assert_str_eq(visits_of(text, "web-access-download", &result), "");
    ck_assert_int_eq(result, -1);
    ck_assert_str_eq(reports(), "name-too-long 8\n");
}
END_TEST

START_TEST(name_of_255_octets_fits)
{
    int result;
    const char *text = OCS2007R2 STANDARD
        "web_access:\n"
        "- {fqdn: " LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_58
        ", address: 10.0.0.40}\n"
        "sip_domains: [{name: x.example, sign_in: pool.ad.example}]\n";

    ck_assert_str_eq(visits_of(text, "web-access-sharing", &result),
                     "as." LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_58
                     " yes line 8\n");
}
END_TEST

static Suite *expand_suite(void)
{
    Suite *suite = suite_create("expand");
    TCase *visits = tcase_create("visits");

    tcase_add_checked_fixture(visits, setup, teardown);
    tcase_add_test(visits,
                   row_that_does_not_apply_is_visited_with_what_it_lacks);
    tcase_add_test(visits, owner_whose_variable_has_no_value_is_absent);
    tcase_add_test(visits, collection_without_items_is_not_visited);
    tcase_add_test(visits, origin_is_that_of_what_the_record_carries);
    tcase_add_test(visits, name_that_would_be_too_long_is_reported);
    tcase_add_test(visits, name_of_255_octets_fits);
    suite_add_tcase(suite, visits);
    return suite;
}

int main(void)
{
    return run_suite(expand_suite());
}
