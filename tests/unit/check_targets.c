#include "topology/targets.h"

#include "plan_lines.h"

/* ---- of sign_in */

static const struct sign_in_case {
    const char *label;
    const char *domain, *sign_in, *sign_in_name;
    const char *strict; /* the topology's, then the domain's: y, n or - */
    const char *target; /* NULL: absent */
} sign_in_cases[] = {
    {"no server", "contoso.com", NULL, "sip", "--", NULL},
    {"a server elsewhere", "contoso.com", "pool.ad.example", NULL, "--",
     "pool.contoso.com"},
    {"a server in the domain", "contoso.com", "pool.contoso.com", NULL, "--",
     "pool.contoso.com"},
    {"a name that is said", "contoso.com", "pool.contoso.com", "sip", "--",
     "sip.contoso.com"},
    {"a server below the domain", "contoso.com", "pool.corp.contoso.com", NULL,
     "--", "pool.contoso.com"},
    {"naming is not strict", "contoso.com", "pool.corp.contoso.com", NULL, "n-",
     "pool.corp.contoso.com"},
    {"naming is not strict in the domain", "contoso.com",
     "pool.corp.contoso.com", NULL, "yn", "pool.corp.contoso.com"},
    {"naming is strict in the domain", "contoso.com", "pool.corp.contoso.com",
     NULL, "ny", "pool.contoso.com"},
    {"another tree, whatever the naming", "contoso.com", "pool.ad.example",
     NULL, "n-", "pool.contoso.com"},
    {"a server above the domain", "uk.contoso.com", "pool.contoso.com", NULL,
     "n-", "pool.contoso.com"},
};

static struct flag flag_of(char letter)
{
    return (struct flag){.value = letter == 'y', .said = letter != '-'};
}

START_TEST(sign_in_has_a_name_in_the_domain)
{
    const struct sign_in_case *row = &sign_in_cases[_i];
    struct topology topology = {.strict_naming = flag_of(row->strict[0])};
    struct sip_domain domain = {
        .name = {.name = name_of(row->domain)},
        .sign_in_name = {.text = row->sign_in_name},
        .strict_naming = flag_of(row->strict[1]),
    };
    struct name target;

    if (row->sign_in)
        domain.sign_in.name = name_of(row->sign_in);
    target = target_of_sign_in(&arena, &topology, &domain);
    ck_assert_msg(name_is_absent(target) == !row->target, "%s", row->label);
    if (row->target)
        ck_assert_msg(name_equal(target, name_of(row->target)), "%s: %s",
                      row->label, name_to_text(&arena, target));
}
END_TEST

/* ---- of access edges */

START_TEST(access_edge_keeps_a_name_of_the_domain_and_is_sip_else)
{
    struct sip_domain domain = {.name = {.name = name_of("contoso.com")}};
    struct name own = name_of("ap.contoso.com");

    ck_assert(name_equal(target_of_access_edge(&arena, &domain, own), own));
    ck_assert(name_equal(
        target_of_access_edge(&arena, &domain, name_of("ap.uk.contoso.com")),
        name_of("sip.contoso.com")));
}
END_TEST

/* ---- names without room */

#define LABEL_59 "a2345678901234567890123456789012345678901234567890123456789"
#define LABEL_63 LABEL_59 "0123"

START_TEST(name_over_255_octets_is_absent)
{
    /* 3 * 64 + 60 + 1 octets: there is room for a label of one letter */
    struct sip_domain domain = {
        .name = {.name =
                     name_of(LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_59)},
        .sign_in = {.name = name_of("p.ad.example")},
    };
    struct topology topology = {0};

    ck_assert_uint_eq(target_of_sign_in(&arena, &topology, &domain).length,
                      255);
    domain.sign_in_name.text = "po";
    ck_assert(name_is_absent(target_of_sign_in(&arena, &topology, &domain)));
    domain.sign_in_name.text = NULL;
    domain.sign_in.name = name_of("po.ad.example");
    ck_assert(name_is_absent(target_of_sign_in(&arena, &topology, &domain)));
    ck_assert(name_is_absent(
        target_of_access_edge(&arena, &domain, name_of("ap.ad.example"))));
}
END_TEST

static Suite *targets_suite(void)
{
    Suite *suite = suite_create("targets");
    TCase *targets = tcase_create("targets");

    tcase_add_checked_fixture(targets, setup, teardown);
    tcase_add_loop_test(targets, sign_in_has_a_name_in_the_domain, 0,
                        COUNT_OF(sign_in_cases));
    tcase_add_test(targets,
                   access_edge_keeps_a_name_of_the_domain_and_is_sip_else);
    tcase_add_test(targets, name_over_255_octets_is_absent);
    suite_add_tcase(suite, targets);
    return suite;
}

int main(void)
{
    return run_suite(targets_suite());
}
