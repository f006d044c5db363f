#include "write/journal.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define V9  ";BIND LOG V9\n\0\0\0"
#define V92 ";BIND LOG V9.2\n\0"

/* First and last position: a serial, an offset. */
#define SERIAL(octet) "\0\0\0" octet
#define FROM_1        SERIAL("\1") "\0\0\0\100"
#define REST          "\0\0\0\0"

static const struct {
    const char *label;
    const char *head; /* of 36 octets */
    size_t length;
    uint32_t serial; /* of the file */
    bool is_ahead;
} cases[] = {
    {"ahead by one", V92 FROM_1 SERIAL("\6") "\0\0\1\0" REST, 36, 5, true},
    {"as the file", V92 FROM_1 SERIAL("\5") "\0\0\1\0" REST, 36, 5, false},
    {"behind the file", V92 FROM_1 SERIAL("\4") "\0\0\1\0" REST, 36, 5, false},
    {"the older format", V9 FROM_1 SERIAL("\6") "\0\0\1\0" REST, 36, 5, true},
    {"the older format, as the file", V9 FROM_1 SERIAL("\5") "\0\0\1\0" REST,
     36, 5, false},
    {"across 2^32", V92 FROM_1 SERIAL("\1") "\0\0\1\0" REST, 36, UINT32_MAX,
     true},
    {"behind across 2^32", V92 FROM_1 "\377\377\377\377\0\0\1\0" REST, 36, 1,
     false},
    {"half of the circle away", V92 FROM_1 "\200\0\0\5\0\0\1\0" REST, 36, 5,
     true},
    {"empty", V92 SERIAL("\6") "\0\0\0\100" SERIAL("\6") "\0\0\0\100" REST, 36,
     5, false},
    {"something else", "; a file\n" FROM_1 FROM_1 FROM_1 REST, 36, 5, true},
    {"cut short", V92 FROM_1 SERIAL("\5") "\0\0\1\0" REST, 31, 5, true},
    {"no more than the head", V92 FROM_1 SERIAL("\5") "\0\0\1\0" REST, 32, 5,
     false},
    {"nothing", "", 0, 5, true},
};

START_TEST(journal_tells_whether_the_file_is_old)
{
    /* For the address sanitizer: nothing behind it. */
    size_t length = cases[_i].length;
    char *exact = malloc(length > 0 ? length : 1);

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, cases[_i].head, length);
    ck_assert_msg(journal_is_ahead(exact, cases[_i].length, cases[_i].serial) ==
                      cases[_i].is_ahead,
                  "%s", cases[_i].label);
    free(exact);
}
END_TEST

static Suite *journal_suite(void)
{
    Suite *suite = suite_create("journal");
    TCase *journal = tcase_create("journal");

    tcase_add_loop_test(journal, journal_tells_whether_the_file_is_old, 0,
                        (int)(sizeof cases / sizeof *cases));
    suite_add_tcase(suite, journal);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(journal_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
