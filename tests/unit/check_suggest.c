#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

#define LONG_16 "abcdefghijklmnop"
#define LONG_64 LONG_16 LONG_16 LONG_16 LONG_16

/* wanted, and up to three candidates */
static const struct {
    const char *label, *wanted, *candidates[3], *nearest;
} rows[] = {
    {"letter left out", "adress", {"address", NULL}, "address"},
    {"letter added", "poool", {"pool", NULL}, "pool"},
    {"letter changed", "pook", {"pool", NULL}, "pool"},
    {"letters swapped", "polo", {"pool", NULL}, "pool"},
    {"first letters swapped", "opol", {"pool", NULL}, "pool"},
    {"upper case", "VIP", {"vip", NULL}, "vip"},
    {"hyphen for underscore", "front-ends", {"front_ends", NULL}, "front_ends"},
    {"the word itself", "site", {"site", NULL}, "site"},
    {"short word, two edits", "xool", {"pools", NULL}, NULL},
    {"five letters, one edit", "sitez", {"sites", NULL}, "sites"},
    {"five letters, two edits", "sitzz", {"sites", NULL}, NULL},
    {"six letters, two edits", "serfes", {"server", NULL}, "server"},
    {"six letters, three edits", "serfet", {"servxx", NULL}, NULL},
    {"nine letters, three edits",
     "directxxx",
     {"directors", NULL},
     "directors"},
    {"nine letters, four edits", "direcxxxx", {"directors", NULL}, NULL},
    {"twice the same swap", "opolopol", {"poolpool", NULL}, "poolpool"},
    {"nearest of three", "edgse", {"edges", "edge", "ledge"}, "edges"},
    {"nearest comes last", "servr", {"service", "serve", "server"}, "serve"},
    {"the first of equals", "vi", {"vip", "via", "vim"}, "vip"},
    {"nothing offered", "vip", {NULL}, NULL},
    {"empty word, one letter", "", {"a", NULL}, "a"},
    {"empty word, two letters", "", {"ab", NULL}, NULL},
    {"empty candidate", "a", {"", NULL}, ""},
    {"64 letters", LONG_64, {"x" LONG_64, LONG_64, NULL}, LONG_64},
    {"65 letters", LONG_64 "x", {LONG_64 "x", LONG_64, NULL}, NULL},
    {"65 letters offered", LONG_64, {LONG_64 "x", NULL}, NULL},
    {"bytes that are no ASCII",
     "p\xc3\xb6ol",
     {"p\xc3\xb6ols", NULL},
     "p\xc3\xb6ols"},
};

START_TEST(nearest_word_is_found)
{
    struct suggest suggest;

    suggest_init(&suggest, rows[_i].wanted);
    for (size_t i = 0; i < 3 && rows[_i].candidates[i]; i++)
        suggest_offer(&suggest, rows[_i].candidates[i]);
    if (!rows[_i].nearest)
        ck_assert_msg(!suggest.nearest, "%s: %s", rows[_i].label,
                      suggest.nearest);
    else
        ck_assert_msg(suggest.nearest &&
                          strcmp(suggest.nearest, rows[_i].nearest) == 0,
                      "%s: %s", rows[_i].label,
                      suggest.nearest ? suggest.nearest : "nothing");
}
END_TEST

/* The obvious way: all edits tried, down to the number that is allowed. */
static bool is_within(const char *one, const char *other, int edits)
{
    if (*one && *one == *other)
        return is_within(one + 1, other + 1, edits);
    if (!*one && !*other)
        return true;
    if (edits == 0)
        return false;
    return (*one && is_within(one + 1, other, edits - 1)) ||
           (*other && is_within(one, other + 1, edits - 1)) ||
           (*one && *other && is_within(one + 1, other + 1, edits - 1)) ||
           (*one && one[1] && one[0] == other[1] && one[1] == other[0] &&
            is_within(one + 2, other + 2, edits - 1));
}

/* Words of up to six letters a and b: the number's bits behind its first. */
static void make_word(unsigned number, char word[8])
{
    unsigned length = 0;

    while (number >> (length + 1))
        length++;
    for (unsigned i = 0; i < length; i++)
        word[i] = (number >> i & 1) ? 'b' : 'a';
    word[length] = '\0';
}

START_TEST(distance_is_that_of_the_obvious_way)
{
    for (unsigned i = 1; i < 128; i++)
        for (unsigned j = 1; j < 128; j++) {
            struct suggest suggest;
            char wanted[8], candidate[8];
            int most;

            make_word(i, wanted);
            make_word(j, candidate);
            most = strlen(wanted) < 6 ? 1 : 2;
            suggest_init(&suggest, wanted);
            suggest_offer(&suggest, candidate);
            ck_assert_msg((suggest.nearest != NULL) ==
                              is_within(wanted, candidate, most),
                          "'%s' and '%s'", wanted, candidate);
        }
}
END_TEST

static Suite *suggest_suite(void)
{
    Suite *suite = suite_create("suggest");
    TCase *tcase = tcase_create("words");

    tcase_add_loop_test(tcase, nearest_word_is_found, 0,
                        sizeof rows / sizeof *rows);
    tcase_add_test(tcase, distance_is_that_of_the_obvious_way);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(suggest_suite());
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
