#include "dns/zone_origin.h"

#include "zone_text.h"

static const struct row {
    const char *label;
    const char *path;
    const char *text;
    const char *zone; /* "" where nothing tells it */
} rows[] = {
    {"absolute owner of the SOA", "x", "example.com. SOA a b 1 2 3 4 5\n",
     "example.com"},
    {"the SOA before the name", "example.net.zone",
     "example.com. SOA a b 1 2 3 4 5\n", "example.com"},
    {"upper case", "x", "Example.COM. soa a b 1 2 3 4 5\n", "example.com"},
    {"TTL and class", "x", "example.com. 1h IN SOA a\n", "example.com"},
    {"class and TTL", "x", "example.com. IN 1h SOA a\n", "example.com"},
    {"a mark, TTL and class", "x", "example.com. [AGE:1] 60 IN SOA a\n",
     "example.com"},
    {"four words are too many", "x", "example.com. a b c d SOA a\n", ""},
    {"SOA in parentheses", "x", "example.com. ( ; a\n 60\n SOA a )\n",
     "example.com"},
    {"SOA behind other entries", "x",
     "; SOA\n$TTL 60\na.b. A 10.0.0.1\n\nexample.com. SOA a\n", "example.com"},
    {"the first SOA", "x", "a.b. SOA a\nexample.com. SOA a\n", "a.b"},
    {"an owner that is left out", "x", "example.com. NS a\n 60 SOA a\n",
     "example.com"},
    {"no owner", "x", " 60 SOA a\n", ""},
    {"a relative owner", "x", "example.com SOA a\n", ""},
    {"@ of nothing", "x", "@ SOA a\n", ""},
    {"@ below an absolute $ORIGIN", "x", "$ORIGIN example.com.\n@ SOA a\n",
     "example.com"},
    {"relative to an absolute $ORIGIN", "x", "$origin com.\nexample SOA a\n",
     "example.com"},
    {"$ORIGIN that is relative to another", "x",
     "$ORIGIN com.\n$ORIGIN example\n@ SOA a\n", "example.com"},
    {"$ORIGIN that is relative to nothing", "x",
     "$ORIGIN example.com\n@ SOA a\n", ""},
    {"$ORIGIN that is relative to nothing, and an absolute one", "x",
     "$ORIGIN com\n$ORIGIN example.com.\n@ SOA a\n", "example.com"},
    {"$ORIGIN behind the SOA", "x", "@ SOA a\n$ORIGIN example.com.\n", ""},
    {"an SOA that another entry swallows", "x", "a ( TXT\nexample.com. SOA a\n",
     ""},
    {"an SOA in quotes", "x", "example.com. \"SOA\" a\n", ""},
    {"an SOA in a comment", "x", "example.com. ; SOA a\n", ""},
    {"an SOA in data", "x", "a.b. TXT SOA\n", ""},
    {"an SOA behind one in data", "x", "a.b. 1 TXT SOA\nb. IN 1 SOA a\n", "b"},
    {"an SOA behind a mark", "x", "b. [AGE:1] 1 IN SOA a\n", "b"},
    {"a byte-order mark", "x",
     "\xef\xbb\xbf"
     "example.com. SOA a\n",
     "example.com"},
    {"an owner that is no name", "example.com.zone", "a..b. SOA a\n",
     "example.com"},
    {"the root", "x", ". SOA a\n", "."},
    {"no end of the last line", "x", "example.com. SOA", "example.com"},

    {"file.zone", "example.com.zone", "@ SOA a\n", "example.com"},
    {"file.db", "a/b.c/example.com.db", "", "example.com"},
    {"file.dns", "/example.com.dns", "", "example.com"},
    {"file.txt", "example.com.txt", "", "example.com"},
    {"FILE.ZONE", "Example.Com.ZONE", "", "example.com"},
    {"one suffix", "example.com.txt.zone", "", "example.com.txt"},
    {"db.file", "db.example.com", "", "example.com"},
    {"DB.file.zone", "DB.example.com.zone", "", "example.com"},
    {"file of no suffix", "example.com", "", "example.com"},
    {"file with a final dot", "example.com.", "", "example.com"},
    {"a file of one word", "example.zone", "", ""},
    {"db. and one word", "db.example", "", ""},
    {"a directory with dots", "example.com/zone", "", ""},
    {"a directory with dots and its slash", "example.com/", "", ""},
    {"a suffix alone", ".zone", "", ""},
    {"a file name that is no name", "a..b.zone", "", ""},
    {"a file name with blanks", "a b.c.zone", "", ""},
    {"standard input", "standard input", "", ""},
};

START_TEST(zone_is_found)
{
    const struct row *row = &rows[_i];
    struct name zone =
        zone_origin_find(&arena, row->path, row->text, strlen(row->text));
    const char *found = name_is_absent(zone) ? "" : name_to_text(&arena, zone);

    ck_assert_msg(strcmp(found, row->zone) == 0, "%s: it is '%s'", row->label,
                  found);
}
END_TEST

static Suite *zone_origin_suite(void)
{
    Suite *suite = suite_create("zone_origin");
    TCase *tcase = tcase_create("zones");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, zone_is_found, 0, ROWS(rows));
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(zone_origin_suite());
}
