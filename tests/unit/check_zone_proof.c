#include "write/zone_proof.h"

#include "dns/recordset.h"
#include "plan_lines.h"
#include "write/zone_records.h"
#include "write/zone_writer.h"

#define SERIAL 7

static const struct plan_zone *written;
static struct recordset planned;
static struct strbuf text;

static void setup_zone(void)
{
    const struct plan *plan;

    setup();
    plan = plan_of(OCS2007 "pools: [{fqdn: pool.ad.example, edition: standard,"
                           " address: 10.0.0.10}]\n"
                           "sip_domains: [{name: contoso.com, sign_in:"
                           " pool.ad.example}]\n");
    written = plan_find_zone(plan, VIEW_INTERNAL, name_of("contoso.com"));
    ck_assert_ptr_nonnull(written);
    strbuf_init(&text, &arena);
    zone_writer_write(&arena, &text, written, plan->ttl_seconds, SERIAL, "");
    zone_records_plan(&planned, &arena, written, plan->ttl_seconds, SERIAL);
}

static int prove(const char *proven)
{
    struct arena scratch;
    int result;

    arena_init(&scratch, fail_on_out_of_memory, NULL);
    result = zone_proof(&diag, &scratch, written, &planned, "a.zone", proven,
                        strlen(proven));
    arena_release(&scratch);
    return result;
}

START_TEST(text_that_was_written_is_proven)
{
    ck_assert_int_eq(prove(text.text), 0);
    ck_assert_uint_eq(diag.count, 0);
}
END_TEST

/* NULL: adds to the end. */
static const struct {
    const char *label;
    const char *old, *new;
} faults[] = {
    {"an address", "10.0.0.10", "10.0.0.11"},
    {"a port", "5061", "5062"},
    {"an owner", "sip  ", "sap  "},
    {"the TTL", "$TTL 1h", "$TTL 2h"},
    {"the serial", "7          ; serial", "8          ; serial"},
    {"a timer", "2w  ", "3w  "},
    {"the origin", "$ORIGIN contoso.com.", "$ORIGIN fabrikam.com."},
    {"no NS", "                     IN NS    ns1.isp.example.\n", ""},
    {"one record more", NULL, "x IN A 10.0.0.1\n"},
    {"a record out of the zone", NULL, "x.example. IN NS y.example.\n x y z\n"},
    {"a syntax error", NULL, "x IN A\n"},
    {"an open parenthesis", NULL, "x IN A (\n"},
    {"a text without its end", " 10.0.0.10\n", " 10.0.0.1"},
};

static const char *with_fault(const char *old, const char *new)
{
    const char *at = old ? strstr(text.text, old) : text.text + text.length;

    if (!old)
        old = "";
    ck_assert_msg(at != NULL, "%s is not in the text", old);
    return arena_printf(&arena, "%.*s%s%s", (int)(at - text.text), text.text,
                        new, at + strlen(old));
}

START_TEST(text_that_differs_is_refused)
{
    ck_assert_msg(prove(with_fault(faults[_i].old, faults[_i].new)) < 0, "%s",
                  faults[_i].label);
    ck_assert_uint_eq(diag.errors, 1);
    ck_assert(is_reported("zone-misread", 0));
    ck_assert_str_eq(diag.messages[0].place.file, "a.zone");
}
END_TEST

static Suite *zone_proof_suite(void)
{
    Suite *suite = suite_create("zone_proof");
    TCase *proof = tcase_create("proof");

    tcase_add_checked_fixture(proof, setup_zone, teardown);
    tcase_add_test(proof, text_that_was_written_is_proven);
    tcase_add_loop_test(proof, text_that_differs_is_refused, 0,
                        COUNT_OF(faults));
    suite_add_tcase(suite, proof);
    return suite;
}

int main(void)
{
    return run_suite(zone_proof_suite());
}
