#include "write/zone_proof.h"

#include "dns/recordset.h"
#include "dns/zone_file.h"
#include "plan_lines.h"
#include "write/zone_records.h"
#include "write/zone_writer.h"

#define SERIAL 7

static const struct plan_zone *written;
static struct recordset planned;
static struct strbuf text;
static uint32_t ttl_seconds;

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
    ttl_seconds = plan->ttl_seconds;
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

/* ---- the site's own records, and pieces */

static const char own_records[] =
    "www A 192.0.2.80\nwww A 192.0.2.81\n@ 60 MX 10 mail\nmail 2h AAAA ::1\n"
    "@ TXT \"a; b\" c\n* CNAME www\nsub NS ns.isp.example.\nx TYPE65280 \\# 0\n"
    "www RRSIG A 13 3 60 20300101000000 20200101000000 1 @ AAAA\n";

static struct plan_zone with_own_records(void)
{
    static const struct zone_entry entry;
    const struct zone_file_options options = {.zone = written->apex,
                                              .is_fragment = true};
    struct recordset *base = ARENA_NEW(&arena, struct recordset);
    struct plan_zone own = *written;

    ck_assert_int_eq(zone_file_read_text(&arena, &diag, "own", own_records,
                                         strlen(own_records), &options, base),
                     0);
    own.declared = &entry;
    own.base = base;
    return own;
}

START_TEST(records_of_the_site_are_proven)
{
    struct plan_zone own = with_own_records();

    written = &own;
    strbuf_reset(&text);
    zone_writer_write(&arena, &text, &own, ttl_seconds, SERIAL, "");
    ck_assert_msg(prove(text.text) < 0, "nobody has planned them");
    diag_init(&diag, &arena);
    zone_records_plan(&planned, &arena, &own, ttl_seconds, SERIAL);
    ck_assert_int_eq(prove(text.text), 0);
    ck_assert_uint_eq(diag.errors, 0);
    ck_assert(prove(with_fault("192.0.2.81", "192.0.2.82")) < 0);
    ck_assert(prove(with_fault("IN MX    10", "IN MX    11")) < 0);
    ck_assert(prove(with_fault("2h", "3h")) < 0);
}
END_TEST

static const struct {
    const char *label;
    const char *old, *new;
} piece_faults[] = {
    {"an address", "10.0.0.10", "10.0.0.11"},
    {"a TTL", " 1h ", " 2h "},
    {"an owner", "sip.contoso.com.", "sap.contoso.com."},
    {"an SOA", NULL, "contoso.com. 1h IN SOA a. b. 7 1h 1h 1w 5m\n"},
    {"one record more", NULL, "x.contoso.com. 1h IN A 10.0.0.1\n"},
    {"a record out of the zone", NULL, "contoso.net. 1h IN A 10.0.0.1\n"},
    {"a syntax error", NULL, "x IN A\n"},
};

START_TEST(piece_that_differs_is_refused)
{
    struct plan_zone piece = *written;

    piece.mode = ZONE_INCLUDE;
    strbuf_reset(&text);
    zone_writer_write_fragment(&arena, &text, &piece, "a.include", "");
    zone_records_plan(&planned, &arena, &piece, ttl_seconds, SERIAL);
    written = &piece;
    ck_assert_int_eq(prove(text.text), 0);
    ck_assert_uint_eq(diag.count, 0);
    ck_assert_msg(
        prove(with_fault(piece_faults[_i].old, piece_faults[_i].new)) < 0, "%s",
        piece_faults[_i].label);
    ck_assert(is_reported("zone-misread", 0));
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
    tcase_add_test(proof, records_of_the_site_are_proven);
    tcase_add_loop_test(proof, piece_that_differs_is_refused, 0,
                        COUNT_OF(piece_faults));
    suite_add_tcase(suite, proof);
    return suite;
}

int main(void)
{
    return run_suite(zone_proof_suite());
}
