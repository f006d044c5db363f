#include "write/zone_history.h"

#include "dns/recordset.h"
#include "plan_lines.h"
#include "write/zone_records.h"
#include "write/zone_writer.h"

static const struct {
    const char *label;
    const char *text;
    bool found;
    uint32_t serial;
} guesses[] = {
    {"as it is written", "(\n    5          ; serial\n", true, 5},
    {"the largest", " 4294967295 ; serial\n", true, UINT32_MAX},
    {"in the head", "; 9 ; serial\n 5 ; serial\n", true, 9},
    {"at the start", "5 ; serial\n", true, 5},
    {"too large", " 4294967296 ; serial\n", false, 0},
    {"much too large", " 99999999999999999999 ; serial\n", false, 0},
    {"no number", " x ; serial\n", false, 0},
    {"nothing before", "; serial\n", false, 0},
    {"spaces before", "   ; serial\n", false, 0},
    {"cut short", " 5 ; serial", false, 0},
    {"nothing", "", false, 0},
};

START_TEST(serial_is_guessed_where_it_is_written)
{
    struct zone_history history = {.is_there = true};
    char *exact;
    uint32_t serial = 0;

    history.length = strlen(guesses[_i].text);
    /* For the address sanitizer: nothing behind it. */
    exact = malloc(history.length > 0 ? history.length : 1);
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, guesses[_i].text, history.length);
    history.text = exact;
    ck_assert_msg(zone_history_guess(&history, &serial) == guesses[_i].found,
                  "%s", guesses[_i].label);
    ck_assert_msg(serial == guesses[_i].serial, "%s", guesses[_i].label);
    free(exact);
}
END_TEST

static const uint32_t serials[] = {0, 1, 2026112001, 2147483648u, UINT32_MAX};

START_TEST(serial_of_a_written_zone_is_guessed_and_read)
{
    const struct plan *plan =
        plan_of(OCS2007 "pools: [{fqdn: pool.ad.example, edition: standard,"
                        " address: 10.0.0.10}]\n"
                        "sip_domains: [{name: contoso.com, sign_in:"
                        " pool.ad.example}]\n");
    const struct plan_zone *zone = plan->views[VIEW_INTERNAL].zones[0];
    struct zone_history history = {.path = "a.zone", .is_there = true};
    struct recordset planned;
    struct arena scratch;
    struct strbuf buf;
    uint32_t serial = 4711;

    strbuf_init(&buf, &arena);
    zone_writer_write(&arena, &buf, zone, plan->ttl_seconds, serials[_i], "");
    history.text = buf.text;
    history.length = buf.length;
    ck_assert(is_written_by_us(history.text, history.length));
    ck_assert(zone_history_guess(&history, &serial));
    ck_assert_uint_eq(serial, serials[_i]);

    arena_init(&scratch, fail_on_out_of_memory, NULL);
    zone_records_plan(&planned, &scratch, zone, plan->ttl_seconds, 0);
    zone_history_compare(&history, &scratch, zone, &planned);
    arena_release(&scratch);
    ck_assert(history.has_serial);
    ck_assert_uint_eq(history.serial, serials[_i]);
    ck_assert(zone_change_is_none(&history.change));
}
END_TEST

#define OLD(serial)                                                            \
    {                                                                          \
        "a.zone", true, NULL, 0, true, serial,                                 \
        {                                                                      \
            1, 0, 1, 0, 0, 0                                                   \
        }                                                                      \
    }
#define SAME(serial)                                                           \
    {                                                                          \
        "a.zone", true, NULL, 0, true, serial,                                 \
        {                                                                      \
            0, 0, 1, 0, 0, 0                                                   \
        }                                                                      \
    }

static const struct follow_case {
    const char *label;
    struct zone_history history;
    struct serial_policy policy;
    bool force;
    uint32_t serial; /* of the zone, where nothing is refused */
    const char *id;  /* NULL: nothing is said */
    bool is_refused;
} follows[] = {
    {"new",
     {.path = "a.zone"},
     {SERIAL_INCREMENT, 0, 0},
     false,
     1,
     NULL,
     false},
    {"new, by a hash",
     {.path = "a.zone"},
     {SERIAL_HASH, 0, 0},
     false,
     77,
     NULL,
     false},
    {"changed", OLD(5), {SERIAL_INCREMENT, 0, 0}, false, 6, NULL, false},
    {"the same", SAME(5), {SERIAL_INCREMENT, 0, 0}, false, 5, NULL, false},
    {"the same, by the time",
     SAME(5),
     {SERIAL_UNIXTIME, 0, 99},
     false,
     5,
     NULL,
     false},
    {"the same, by a hash",
     SAME(5),
     {SERIAL_HASH, 0, 0},
     false,
     5,
     NULL,
     false},
    {"the same, with the largest",
     SAME(UINT32_MAX),
     {SERIAL_DATE, 0, 0},
     false,
     UINT32_MAX,
     NULL,
     false},
    {"a hash that is newer",
     OLD(5),
     {SERIAL_HASH, 0, 0},
     false,
     77,
     NULL,
     false},
    {"a hash that is older",
     OLD(78),
     {SERIAL_HASH, 0, 0},
     false,
     77,
     "serial-not-newer",
     false},
    {"a number", OLD(5), {SERIAL_NUMBER, 9, 0}, false, 9, NULL, false},
    {"a number, and the same",
     SAME(5),
     {SERIAL_NUMBER, 9, 0},
     false,
     9,
     NULL,
     false},
    {"a number that is older",
     OLD(5),
     {SERIAL_NUMBER, 4, 0},
     false,
     4,
     "serial-goes-back",
     true},
    {"a number that is older, by force",
     OLD(5),
     {SERIAL_NUMBER, 4, 0},
     true,
     4,
     NULL,
     false},
    {"no serial",
     {.path = "a.zone", .is_there = true},
     {SERIAL_INCREMENT, 0, 0},
     false,
     0,
     "serial-unreadable",
     true},
    {"no serial, by the date",
     {.path = "a.zone", .is_there = true},
     {SERIAL_DATE, 0, 0},
     false,
     0,
     "serial-unreadable",
     true},
    {"no serial, by force",
     {.path = "a.zone", .is_there = true},
     {SERIAL_UNIXTIME, 0, 99},
     true,
     99,
     "serial-starts-anew",
     false},
    {"no serial, and a number",
     {.path = "a.zone", .is_there = true},
     {SERIAL_NUMBER, 9, 0},
     false,
     9,
     NULL,
     false},
};

START_TEST(serial_follows_from_the_history)
{
    const struct follow_case *row = &follows[_i];
    uint32_t serial = 0;
    int result = zone_history_follow(&row->history, &diag, &row->policy,
                                     row->force, 77, &serial);

    ck_assert_msg((result < 0) == row->is_refused, "%s", row->label);
    ck_assert_msg(diag.count == (row->id != NULL), "%s", row->label);
    ck_assert_msg(!row->id || is_reported(row->id, 0), "%s", row->label);
    if (!row->is_refused)
        ck_assert_msg(serial == row->serial, "%s: %u", row->label, serial);
}
END_TEST

static Suite *zone_history_suite(void)
{
    Suite *suite = suite_create("zone_history");
    TCase *history = tcase_create("history");

    tcase_add_checked_fixture(history, setup, teardown);
    tcase_add_loop_test(history, serial_is_guessed_where_it_is_written, 0,
                        COUNT_OF(guesses));
    tcase_add_loop_test(history, serial_of_a_written_zone_is_guessed_and_read,
                        0, COUNT_OF(serials));
    tcase_add_loop_test(history, serial_follows_from_the_history, 0,
                        COUNT_OF(follows));
    suite_add_tcase(suite, history);
    return suite;
}

int main(void)
{
    return run_suite(zone_history_suite());
}
