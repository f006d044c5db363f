/*
 * $GENERATE: which records it makes, and what it refuses.
 */
#include "zone_text.h"

static const struct row {
    const char *entry; /* behind $TTL 60 and $GENERATE */
    const char *records;
    const char *said;
} rows[] = {
    {"1-3 a$ A 10.0.0.$",
     "a1 60 A 10.0.0.1\na2 60 A 10.0.0.2\na3 60 A 10.0.0.3\n", ""},
    {"0-4/2 a$ A 10.0.0.$",
     "a0 60 A 10.0.0.0\na2 60 A 10.0.0.2\na4 60 A 10.0.0.4\n", ""},
    {"1-2/2147483647 a$ A 10.0.0.$", "a1 60 A 10.0.0.1\n", ""},
    {"3-3 a$ A 10.0.0.$", "a3 60 A 10.0.0.3\n", ""},
    {"+1-+1 a$ A 10.0.0.$", "a1 60 A 10.0.0.1\n", ""},
    {"1-1x a$ A 10.0.0.$", "a1 60 A 10.0.0.1\n", ""},
    {"1-1/1x a$ A 10.0.0.$", "a1 60 A 10.0.0.1\n", ""},
    {"01-01 a$ A 10.0.0.$", "a1 60 A 10.0.0.1\n", ""},
    {"2147483647-2147483647 a$ TXT $", "a2147483647 60 TXT \"2147483647\"\n",
     ""},

    /* Ranges that are none. */
    {"", "", "2:11"},
    {"3-1 a$ A 10.0.0.$", "", "2:11"},
    {"-1-3 a$ A 10.0.0.$", "", "2:11"},
    {"1 a$ A 10.0.0.$", "", "2:11"},
    {"1- a$ A 10.0.0.$", "", "2:11"},
    {"1-2/ a$ A 10.0.0.$", "", "2:11"},
    {"1-2/0 a$ A 10.0.0.$", "", "2:11"},
    {"1-2/-1 a$ A 10.0.0.$", "", "2:11"},
    {"a-b a$ A 10.0.0.$", "", "2:11"},
    {"1--2 a$ A 10.0.0.$", "", "2:11"},
    {"0-2147483648 a$ A 10.0.0.$", "", "2:11"},
    {"0-4294967295 a$ A 10.0.0.$", "", "2:11"},
    {"4294967297-4294967298 a$ A 10.0.0.$",
     "a1 60 A 10.0.0.1\na2 60 A 10.0.0.2\n", ""},
    {"\"1-2\" a$ A 10.0.0.$", "", "2:11"},

    /* Numbers. */
    {"7-8 ${0,3,d} TXT ${0,3}", "007 60 TXT \"007\"\n008 60 TXT \"008\"\n", ""},
    {"10-10 a TXT ${0,0,x}${0,0,X}${0,0,o}${0,3,x}${5}${-5}",
     "a 60 TXT \"aA1200a155\"\n", ""},
    {"1-1 a TXT ${-5} ; x", "a 60 TXT \"-4\"\n", ""},
    {"1-1 a TXT ${-5,4}", "a 60 TXT \"-004\"\n", ""},
    {"1-1 a TXT ${-2,0,x}", "a 60 TXT \"ffffffff\"\n", ""},
    {"171-171 ${0,8,n}.x TXT ${0,8,N}", "", "2:1"},
    {"171-171 ${0,7,n} TXT ${0,8,N}", "b.a.0.0 60 TXT \"B.A.0.0.\"\n", ""},
    {"18-18 ${0,3,n} TXT ${0,1,n}", "2.1 60 TXT \"2.1\"\n", ""},
    {"0-0 ${0,0,n} TXT ${0,1,N}", "0 60 TXT \"0\"\n", ""},
    {"1-1 a TXT ${0,127}",
     "a 60 TXT \"0000000000000000000000000000000000000000000000000000000000000"
     "000000000000000000000000000000000000000000000000000000000000000001\"\n",
     ""},
    {"1-1 a TXT ${0,128}", "", "2:21"},
    {"1-1 a TXT ${0,99999999999}", "", "2:21"},
    {"1-1 a TXT ${2147483646}", "a 60 TXT \"2147483647\"\n", ""},
    {"1-1 a TXT ${2147483647}", "", "2:21"},
    {"1-1 a TXT ${2147483648}", "a 60 TXT \"-2147483647\"\n", ""},
    {"1-1 a TXT ${-2147483647}", "a 60 TXT \"-2147483646\"\n", ""},
    {"1-1 a$$ TXT \\$ $$x", "", "2:26"},
    {"1-1 a TXT \"\\$ $$ $\"", "a 60 TXT \"$\" \"$\" \"1\"\n", ""},
    {"1-1 a\\$ TXT x", "a\\$ 60 TXT \"x\"\n", ""},
    {"1-1 a$$ TXT x", "a\\$ 60 TXT \"x\"\n", ""},
    {"1-1 a TXT \"\"", "", "2:1"},
    {"1-1 a TXT \"\\\"$ \\\" \\\\$\"", "a 60 TXT \"1 \" \"\\\\1\"\n", ""},

    /* What cannot stand behind a dollar. */
    {"1-1 a${} TXT x", "", "2:15"},
    {"1-1 a${a} TXT x", "", "2:15"},
    {"1-1 a${,3} TXT x", "", "2:15"},
    {"1-1 a${1 TXT x", "", "2:15"},
    {"1-1 a TXT ${1", "", "2:21"},
    {"1-1 a TXT ${1,", "", "2:21"},
    {"1-1 a TXT ${1,2", "", "2:21"},
    {"1-1 a TXT ${1,2,", "", "2:21"},
    {"1-1 a TXT ${1,2,d", "", "2:21"},
    {"1-1 a TXT ${1,2,}", "", "2:21"},
    {"1-1 a TXT ${1,,d}", "", "2:21"},
    {"1-1 a TXT ${1,-2}", "", "2:21"},
    {"1-1 a TXT ${1,2,z}", "", "2:21"},
    {"1-1 a TXT ${1,2,dd}", "", "2:21"},
    {"1-1 a TXT ${1,2,d,}", "", "2:21"},
    {"1-1 a TXT ${ 1}", "", "2:24"},

    /* TTL, class, type. */
    {"1-1 a 90 A 10.0.0.$", "a 90 A 10.0.0.1\n", ""},
    {"1-1 a IN A 10.0.0.$", "a 60 A 10.0.0.1\n", ""},
    {"1-1 a IN 90 A 10.0.0.$", "a 90 A 10.0.0.1\n", ""},
    {"1-1 a 1h in a 10.0.0.$", "a 3600 A 10.0.0.1\n", ""},
    {"1-1 a CH A 10.0.0.$", "", "2:17"},
    {"1-1 a ANY 10.0.0.$", "", "2:17"},
    {"1-1 a NSA 10.0.0.$", "", "2:17"},
    {"1-1 a \"A\" 10.0.0.$", "", "2:17"},
    {"1-1 a 60", "", "2:19"},
    {"1-1 a", "", "2:16"},
    {"1-1", "", "2:14"},
    {"1-1 a A", "", "2:18"},

    /* The data are one token, and tokens again. */
    {"1-2 a$ MX \"$ b$\"", "a1 60 MX 1 b1\na2 60 MX 2 b2\n", ""},
    {"1-1 a MX 1 b", "", "2:22"},
    {"1-1 a MX 1", "", "2:1"},
    {"1-1 a A \"10.0.0.$ 2\"", "", "2:1"},
    {"1-1 a A x$", "", "2:1"},
    {"1-1 a TXT \"a;b\"", "a 60 TXT \"a\"\n", ""},
    {"1-1 a TXT \"( a b )\"", "a 60 TXT \"a\" \"b\"\n", ""},
    {"1-1 a TXT \"( a b\"", "", "2:1"},
    {"1-1 a TXT \"a ) b\"", "", "2:1"},
    {"1-1 a TXT \"\\\"a\"", "", "2:1"},
    {"1-1 a TYPE65400 \"\\# 1 0$\"", "a 60 TYPE65400 \\# 1 01\n", ""},
    {"1-1 a NAPTR \"$ 1 \\\"a\\\" \\\"b\\\" \\\"\\\" .\"",
     "a 60 TYPE35 1 1 \"a\" \"b\" \"\" .\n", ""},

    /* Owners. */
    {"1-1 a..$ A 10.0.0.$", "", "2:1"},
    {"1-1 $.$.example.com. A 10.0.0.$", "1.1 60 A 10.0.0.1\n", ""},
    {"1-1 @ TXT $", "@ 60 TXT \"1\"\n", ""},
    {"1-2 a$.example.net. A 10.0.0.$", "", "warned"},
    {"1-1 \"a\" A 10.0.0.$", "", "2:15"},
    {"9-10 a${0,60} TXT x",
     "a000000000000000000000000000000000000000000000000000000000009 60 TXT "
     "\"x\"\n"
     "a000000000000000000000000000000000000000000000000000000000010 60 TXT "
     "\"x\"\n",
     ""},
    {"1-1 a${0,63} TXT x", "", "2:1"},
    {"1-1 a_b A 10.0.0.$", "a_b 60 A 10.0.0.1\n", ""},
    {"1-1 a SOA \"a b 1 2 3 4 5\"", "", "2:1"},
    {"1-1 @ SOA \"a b $ 2 3 4 5\"", "@ 60 SOA a b 1 2 3 4 5\n", ""},
    {"1-1 @ DS \"1 8 200 00\"", "@ 60 TYPE43 1 8 200 00\n", ""},

    /* Parentheses. */
    {"( 1-1 ) a$ A 10.0.0.$", "a1 60 A 10.0.0.1\n", ""},
    {"1-1 a ( A 10.0.0.$ )", "", "2:1"},
};

static const char *wanted_said(const struct row *row)
{
    if (row->said[0] == '\0')
        return "";
    if (strcmp(row->said, "warned") == 0)
        return "2:1 warning out-of-zone-record\n";
    return arena_printf(&arena, "%s error zone-syntax\n", row->said);
}

static void read_entries(const char *text)
{
    const struct zone_file_options options = {.zone = EXAMPLE};

    read_text(text, strlen(text), &options);
}

START_TEST(entry_makes_records)
{
    const struct row *row = &rows[_i];

    read_entries(arena_printf(&arena, "$TTL 60\n$GENERATE %s\n", row->entry));
    ck_assert_msg(strcmp(record_lines(), row->records) == 0, "%s makes\n%s",
                  row->entry, record_lines());
    ck_assert_msg(strcmp(said_lines("zone"), wanted_said(row)) == 0,
                  "%s is said to be\n%s", row->entry, said_lines("zone"));
}
END_TEST

/* ---- what stands around it */

static const struct text_row around[] = {
    {"it takes the TTL of the record before",
     "a 90 A 10.0.0.1\n$GENERATE 1-1 b A 10.0.0.$\n",
     "a 90 A 10.0.0.1\nb 90 A 10.0.0.1\n", ""},
    {"there is no TTL before", "$GENERATE 1-1 b A 10.0.0.$\n", "",
     "1:17 error zone-syntax\n"},
    {"its own TTL is the one before",
     "$GENERATE 1-1 b 90 A 10.0.0.$\na A 10.0.0.1\n",
     "a 90 A 10.0.0.1\nb 90 A 10.0.0.1\n", "2:1 warning zone-ttl-taken\n"},
    {"its own TTL is the one before, where another holds, too",
     "a1 60 A 10.0.0.9\n$GENERATE 1-1 a$ 90 A 10.0.0.$\nb A 10.0.0.1\n",
     "a1 60 A 10.0.0.1\na1 60 A 10.0.0.9\nb 90 A 10.0.0.1\n",
     "2:1 warning rrset-ttl-differs\n3:1 warning zone-ttl-taken\n"},
    {"it leaves the owner",
     "a 60 A 10.0.0.1\n$GENERATE 1-1 b 60 A 10.0.0.$\n"
     " 60 TXT x\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\nb 60 A 10.0.0.1\n", ""},
    {"the entry before it is taken in behind it",
     "a1 60 A 10.0.0.9\n$GENERATE 1-1 a$ 90 A 10.0.0.$\n",
     "a1 60 A 10.0.0.1\na1 60 A 10.0.0.9\n", "2:1 warning rrset-ttl-differs\n"},
    {"the entry behind it is taken in behind it",
     "$GENERATE 1-1 a$ 90 A 10.0.0.$\na1 60 A 10.0.0.9\n",
     "a1 60 A 10.0.0.1\na1 60 A 10.0.0.9\n", "2:1 warning rrset-ttl-differs\n"},
    {"the entries around it are one batch",
     "a 60 A 10.0.0.1\n$GENERATE 1-1 b 60 A 10.0.0.$\na 90 A 10.0.0.2\n",
     "a 60 A 10.0.0.1\na 60 A 10.0.0.2\nb 60 A 10.0.0.1\n",
     "3:1 warning rrset-ttl-differs\n"},
    {"each of its records is a batch",
     "$GENERATE 1-1 a 60 A 10.0.0.$\n$GENERATE 2-2 a 90 A 10.0.0.$\n",
     "a 90 A 10.0.0.1\na 90 A 10.0.0.2\n", "2:1 warning rrset-ttl-differs\n"},
    {"it is relative to $ORIGIN", "$ORIGIN b\n$GENERATE 1-1 a 60 MX \"1 c\"\n",
     "a.b 60 MX 1 c.b\n", ""},
    {"it is any case", "$generate 1-1 a 60 A 10.0.0.$\n", "a 60 A 10.0.0.1\n",
     ""},
    {"it needs the end of its line", "$GENERATE 1-1 a 60 A 10.0.0.$", "",
     "1:30 error zone-syntax\n"},
    {"what is behind a fault is read",
     "$GENERATE 1-9 a 60 A 10.0.0.25$\nb 60 A 10.0.0.1\n",
     "a 60 A 10.0.0.251\na 60 A 10.0.0.252\na 60 A 10.0.0.253\n"
     "a 60 A 10.0.0.254\na 60 A 10.0.0.255\nb 60 A 10.0.0.1\n",
     "1:1 error zone-syntax\n"},
};

START_TEST(entries_around_it_are_as_they_are)
{
    check_row(&around[_i], false);
}
END_TEST

START_TEST(records_have_the_place_of_the_entry)
{
    read_entries("\n\n ; x\n$GENERATE 1-2 a$ 60 A 10.0.0.$\n");
    for (const struct node *node = set.top->first_child; node;
         node = node->next_sibling) {
        ck_assert_str_eq(node->rrsets->first->place.file, "zone");
        ck_assert_uint_eq(node->rrsets->first->place.line, 4);
        ck_assert_uint_eq(node->rrsets->first->place.column, 1);
    }
}
END_TEST

/* ---- how many */

START_TEST(million_records_are_the_most)
{
    read_entries("$GENERATE 1-999999 a 60 A 10.0.0.1\n"
                 "$GENERATE 1-2 b 60 A 10.0.0.$\n"
                 "$GENERATE 1-1 c 60 A 10.0.0.$\n"
                 "$GENERATE 1-1 d 60 A 10.0.0.$\n");
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\nc 60 A 10.0.0.1\n");
    ck_assert_str_eq(said_lines("zone"),
                     "2:11 error zone-too-large\n4:11 error zone-too-large\n");
}
END_TEST

START_TEST(too_large_a_range_is_refused_at_once)
{
    read_entries("$GENERATE 0-1000000 a$ 60 A 10.0.0.1\n"
                 "$GENERATE 0-2147483647 a$ 60 A 10.0.0.1\n"
                 "$GENERATE 0-2147483647/2147 a$ 60 A 10.0.0.1\n");
    ck_assert_uint_eq(set.record_count, 0);
    ck_assert_str_eq(said_lines("zone"),
                     "1:11 error zone-too-large\n2:11 error zone-too-large\n"
                     "3:11 error zone-too-large\n");
}
END_TEST

/* Many labels make many names of each record. */
START_TEST(names_have_a_limit_too)
{
    read_entries("$GENERATE 1-1000000 a.b.c.d.e.f.$ 60 TXT x\n"
                 "z 60 A 10.0.0.1\na.b.c.d.e.f.1 60 A 10.0.0.1\n");
    ck_assert_uint_le(set.node_count,
                      RECORDSET_MOST_NODES + NAME_MAX_OCTETS / 2);
    ck_assert_str_eq(said_lines("zone"), "1:1 error zone-too-large\n");
}
END_TEST

static Suite *zone_generate_suite(void)
{
    Suite *suite = suite_create("zone_generate");
    TCase *entries = tcase_create("entries");
    TCase *limits = tcase_create("limits");

    tcase_add_checked_fixture(entries, set_up, tear_down);
    tcase_add_loop_test(entries, entry_makes_records, 0, ROWS(rows));
    tcase_add_loop_test(entries, entries_around_it_are_as_they_are, 0,
                        ROWS(around));
    tcase_add_test(entries, records_have_the_place_of_the_entry);
    suite_add_tcase(suite, entries);
    tcase_add_checked_fixture(limits, set_up, tear_down);
    tcase_add_test(limits, million_records_are_the_most);
    tcase_add_test(limits, too_large_a_range_is_refused_at_once);
    tcase_add_test(limits, names_have_a_limit_too);
    suite_add_tcase(suite, limits);
    return suite;
}

int main(void)
{
    return run_suite(zone_generate_suite());
}
