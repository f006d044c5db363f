#include "write/serial.h"

#include <check.h>
#include <stdlib.h>

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

/* 2026-11-20 23:59:59 UTC, and the first second behind it. */
#define EVENING  1795219199
#define MIDNIGHT 1795219200

static const struct {
    const char *text;
    bool is_read;
    struct serial_policy policy;
} texts[] = {
    {"increment", true, {SERIAL_INCREMENT, 0, 0}},
    {"date", true, {SERIAL_DATE, 0, 0}},
    {"unixtime", true, {SERIAL_UNIXTIME, 0, 0}},
    {"hash", true, {SERIAL_HASH, 0, 0}},
    {"0", true, {SERIAL_NUMBER, 0, 0}},
    {"4294967295", true, {SERIAL_NUMBER, UINT32_MAX, 0}},
    {"4294967296", false, {0}},
    {"99999999999999999999999", false, {0}},
    {"", false, {0}},
    {"-1", false, {0}},
    {"+1", false, {0}},
    {" 1", false, {0}},
    {"1 ", false, {0}},
    {"0x10", false, {0}},
    {"Date", false, {0}},
    {"dat", false, {0}},
};

START_TEST(mode_is_read)
{
    struct serial_policy policy = {0};

    ck_assert_msg(serial_policy_from_text(texts[_i].text, &policy) ==
                      texts[_i].is_read,
                  "%s", texts[_i].text);
    if (!texts[_i].is_read)
        return;
    ck_assert_int_eq(policy.mode, texts[_i].policy.mode);
    ck_assert_uint_eq(policy.number, texts[_i].policy.number);
    ck_assert(serial_policy_needs_time(&policy) ==
              (policy.mode == SERIAL_DATE || policy.mode == SERIAL_UNIXTIME));
}
END_TEST

static const struct {
    struct serial_policy policy;
    uint32_t hash, serial;
} firsts[] = {
    {{SERIAL_INCREMENT, 7, 7}, 7, 1},
    {{SERIAL_DATE, 0, EVENING}, 7, 2026112001},
    {{SERIAL_DATE, 0, MIDNIGHT}, 7, 2026112101},
    {{SERIAL_DATE, 0, 0}, 7, 1970010101},
    {{SERIAL_DATE, 0, UINT32_MAX}, 7, 2106020701},
    {{SERIAL_UNIXTIME, 0, EVENING}, 7, EVENING},
    {{SERIAL_UNIXTIME, 0, 0}, 7, 1},
    {{SERIAL_HASH, 0, 0}, 7, 7},
    {{SERIAL_HASH, 0, 0}, 0, 1},
    {{SERIAL_NUMBER, 0, 0}, 7, 0},
    {{SERIAL_NUMBER, 5, 0}, 7, 5},
};

START_TEST(new_zone_has_the_serial_of_its_mode)
{
    ck_assert_uint_eq(serial_first(&firsts[_i].policy, firsts[_i].hash),
                      firsts[_i].serial);
}
END_TEST

/* Of each mode: what it has by itself, not newer, and across 2^32. */
static const struct {
    struct serial_policy policy;
    uint32_t old, hash, serial;
} follows[] = {
    {{SERIAL_INCREMENT, 0, 0}, 0, 0, 1},
    {{SERIAL_INCREMENT, 0, 0}, 1, 0, 2},
    {{SERIAL_INCREMENT, 0, 0}, 2147483647, 0, 2147483648u},
    {{SERIAL_INCREMENT, 0, 0}, UINT32_MAX - 1, 0, UINT32_MAX},
    {{SERIAL_INCREMENT, 0, 0}, UINT32_MAX, 0, 1},
    {{SERIAL_DATE, 0, EVENING}, 1, 0, 2026112001},
    {{SERIAL_DATE, 0, EVENING}, 2026112000, 0, 2026112001},
    {{SERIAL_DATE, 0, EVENING}, 2026112001, 0, 2026112002},
    {{SERIAL_DATE, 0, EVENING}, 2026112099, 0, 2026112100},
    {{SERIAL_DATE, 0, MIDNIGHT}, 2026112100, 0, 2026112101},
    {{SERIAL_DATE, 0, EVENING}, 2027010101, 0, 2027010102},
    /* Older by half of the circle, and by less: a date is newer again. */
    {{SERIAL_DATE, 0, EVENING},
     2026112001u + 2147483648u,
     0,
     2026112002u + 2147483648u},
    {{SERIAL_DATE, 0, EVENING}, 2026112002u + 2147483648u, 0, 2026112001},
    {{SERIAL_DATE, 0, EVENING}, UINT32_MAX, 0, 2026112001},
    {{SERIAL_UNIXTIME, 0, EVENING}, 1, 0, EVENING},
    {{SERIAL_UNIXTIME, 0, EVENING}, EVENING, 0, EVENING + 1},
    {{SERIAL_UNIXTIME, 0, EVENING}, 2026112001, 0, 2026112002},
    {{SERIAL_UNIXTIME, 0, EVENING}, UINT32_MAX, 0, EVENING},
    {{SERIAL_UNIXTIME, 0, 0}, UINT32_MAX, 0, 1},
    {{SERIAL_UNIXTIME, 0, UINT32_MAX}, UINT32_MAX, 0, 1},
    {{SERIAL_HASH, 0, 0}, 9, 7, 7},
    {{SERIAL_HASH, 0, 0}, UINT32_MAX, 0, 1},
    {{SERIAL_NUMBER, 5, 0}, 9, 7, 5},
};

START_TEST(changed_zone_has_the_serial_that_follows)
{
    ck_assert_uint_eq(
        serial_follow(&follows[_i].policy, follows[_i].old, follows[_i].hash),
        follows[_i].serial);
}
END_TEST

static const uint32_t corners[] = {
    0,          1,           2,           EVENING,        2026112001,
    2147483647, 2147483648u, 4026531840u, UINT32_MAX - 1, UINT32_MAX};

START_TEST(what_has_an_order_is_always_newer_and_never_zero)
{
    static const enum serial_mode ordered[] = {SERIAL_INCREMENT, SERIAL_DATE,
                                               SERIAL_UNIXTIME};

    for (int mode = 0; mode < COUNT_OF(ordered); mode++)
        for (int time = 0; time < COUNT_OF(corners); time++) {
            struct serial_policy policy = {ordered[mode], 0, corners[time]};
            uint32_t serial = serial_follow(&policy, corners[_i], 7);

            ck_assert_uint_ne(serial, 0);
            ck_assert_msg(serial_is_older(corners[_i], serial), "%d %u %u",
                          mode, corners[_i], serial);
        }
}
END_TEST

/* RFC 1982 section 3.2 */
static const struct order {
    uint32_t one;
    uint32_t other;
    bool older;
} orders[] = {
    {1, 1, false},           {1, 2, true},
    {2, 1, false},           {0, 2147483647, true},
    {0, 2147483648u, false}, /* undefined */
    {2147483648u, 0, false}, /* undefined */
    {0, 2147483649u, false}, {2147483649u, 0, true},
    {UINT32_MAX, 0, true},   {0, UINT32_MAX, false},
    {UINT32_MAX, 1, true},   {4000000000u, 100, true},
};

START_TEST(age_follows_serial_number_arithmetic)
{
    const struct order *row = &orders[_i];

    ck_assert_msg(serial_is_older(row->one, row->other) == row->older, "%u %u",
                  row->one, row->other);
}
END_TEST

static Suite *serial_suite(void)
{
    Suite *suite = suite_create("serial");
    TCase *serial = tcase_create("serial");

    tcase_add_loop_test(serial, mode_is_read, 0, COUNT_OF(texts));
    tcase_add_loop_test(serial, new_zone_has_the_serial_of_its_mode, 0,
                        COUNT_OF(firsts));
    tcase_add_loop_test(serial, changed_zone_has_the_serial_that_follows, 0,
                        COUNT_OF(follows));
    tcase_add_loop_test(serial,
                        what_has_an_order_is_always_newer_and_never_zero, 0,
                        COUNT_OF(corners));
    tcase_add_loop_test(serial, age_follows_serial_number_arithmetic, 0,
                        COUNT_OF(orders));
    suite_add_tcase(suite, serial);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(serial_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
