#include "dns/zone_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "scratch.h"
#include "zone_text.h"

/* ---- whose records they are */

static const struct text_row owners[] = {
    {"owner is relative to the zone", "a 60 A 10.0.0.1\n", "a 60 A 10.0.0.1\n",
     ""},
    {"owner is absolute", "a.example.com. 60 A 10.0.0.1\n", "a 60 A 10.0.0.1\n",
     ""},
    {"owner is @", "@ 60 TXT x\n", "@ 60 TXT \"x\"\n", ""},
    {"owner is @ in quotes", "\"@\" 60 TXT x\n", "@ 60 TXT \"x\"\n", ""},
    {"owner is a label @", "\\@ 60 TXT x\n", "\\@ 60 TXT \"x\"\n", ""},
    {"owner is in quotes", "\"a b\" 60 TXT x\n", "a\\032b 60 TXT \"x\"\n", ""},
    {"owner is empty", "\"\" 60 TXT x\n", "", "1:1 error zone-syntax\n"},
    {"owner has a quote", "a\"b\" 60 TXT x\nb 60 TXT x\n", "b 60 TXT \"x\"\n",
     "1:2 error zone-syntax\n"},
    {"owner is left out", "a 60 A 10.0.0.1\n\tTXT x\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\n", "2:2 warning zone-ttl-taken\n"},
    {"owner is left out in the first entry",
     " 60 A 10.0.0.1\nb 60 A 10.0.0.2\n", "b 60 A 10.0.0.2\n",
     "1:2 error zone-syntax\n"},
    {"owner is left out behind blank lines and comments",
     "a 60 A 10.0.0.1\n\n; b\n \n 60 TXT x\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\n", ""},
    {"owner behind a parenthesis of the first column",
     "a 60 A 10.0.0.1\n(b 60 A 10.0.0.2)\n",
     "a 60 A 10.0.0.1\nb 60 A 10.0.0.2\n", ""},
    {"owner is indented in a parenthesis of the first column",
     "(\n a 60 A 10.0.0.1)\n", "a 60 A 10.0.0.1\n", ""},
    {"owner is left out before a parenthesis", "a 60 A 10.0.0.1\n (60 TXT x)\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\n", ""},
    {"owner is left out behind one that is at fault",
     "a 60 A 10.0.0.1\nb..c 60 A 10.0.0.2\n 60 TXT x\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\n", "2:1 error zone-syntax\n"},
    {"owner is left out behind a fault of the data",
     "a 60 A 10.0.0.1\nb 60 A x\n 60 TXT x\n",
     "a 60 A 10.0.0.1\nb 60 TXT \"x\"\n", "2:8 error zone-syntax\n"},

    {"$ORIGIN is relative", "$ORIGIN b\n$ORIGIN a\nx 60 A 10.0.0.1\n",
     "x.a.b 60 A 10.0.0.1\n", ""},
    {"$ORIGIN is @", "$ORIGIN b\n$ORIGIN @\nx 60 A 10.0.0.1\n",
     "x.b 60 A 10.0.0.1\n", ""},
    {"$ORIGIN is of the data, too", "$ORIGIN b\nx 60 MX 1 y\n",
     "x.b 60 MX 1 y.b\n", ""},
    {"$ORIGIN is any case", "$OrigiN B\nX 60 A 10.0.0.1\n",
     "x.b 60 A 10.0.0.1\n", ""},
    {"$ORIGIN in quotes is the directive", "\"$ORIGIN\" b\nx 60 A 10.0.0.1\n",
     "x.b 60 A 10.0.0.1\n", ""},
    {"an owner of before the $ORIGIN",
     "a 60 A 10.0.0.1\n$ORIGIN b\n 60 TXT x\n"
     " 60 TXT y\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\na 60 TXT \"y\"\n",
     "3:2 warning zone-owner-inherited\n"},
    {"the same word is another owner below another $ORIGIN",
     "a 60 A 10.0.0.1\n$ORIGIN b\na 60 A 10.0.0.2\n",
     "a 60 A 10.0.0.1\na.b 60 A 10.0.0.2\n", ""},
    {"$ORIGIN needs a name", "$ORIGIN\na 60 A 10.0.0.1\n", "a 60 A 10.0.0.1\n",
     "1:8 error zone-syntax\n"},
    {"$ORIGIN takes one name", "$ORIGIN b c\n", "", "1:11 error zone-syntax\n"},
    {"$ORIGIN takes no quotes", "$ORIGIN \"b\"\n", "",
     "1:9 error zone-syntax\n"},
    {"$ORIGIN needs the end of its line", "$ORIGIN b", "",
     "1:10 error zone-syntax\n"},
    {"$ORIGIN is no name", "$ORIGIN a..b\na 60 A 10.0.0.1\n",
     "a 60 A 10.0.0.1\n", "1:9 error zone-syntax\n"},
    {"a directive that there is not", "$ORIGINS b\n$ b\n", "",
     "1:1 error zone-syntax\n2:1 error zone-syntax\n"},
    {"a directive that is indented", "a 60 A 10.0.0.1\n $TTL 60\n",
     "a 60 A 10.0.0.1\n", "2:2 error zone-syntax\n"},
    {"an owner that begins with a dollar", "\\$TTL 60 TXT x\n",
     "\\$ttl 60 TXT \"x\"\n", ""},
    {"$DATE is passed over", "$DATE 20260228235960\na 60 A 10.0.0.1\n",
     "a 60 A 10.0.0.1\n", ""},
    {"$DATE is no date",
     "$DATE 20260229000000\n$DATE 2026022800000\n"
     "$DATE 20260228240000\n$DATE\n",
     "",
     "1:7 error zone-syntax\n2:7 error zone-syntax\n3:7 error zone-syntax\n"
     "4:6 error zone-syntax\n"},

    {"a name outside of the zone",
     "a.example.net. 60 A 10.0.0.1\n"
     " 60 TXT x\nb 60 A 10.0.0.2\n",
     "b 60 A 10.0.0.2\n", "1:1 warning out-of-zone-record\n"},
    {"a name that ends as the zone", "a.xexample.com. 60 A 10.0.0.1\n", "",
     "1:1 warning out-of-zone-record\n"},
    {"a fault outside of the zone", "a.example.net. 60 A x\n", "",
     "1:1 warning out-of-zone-record\n1:21 error zone-syntax\n"},
    {"no host name outside of the zone", "a_b.example.net. 60 A 10.0.0.1\n", "",
     "1:1 warning out-of-zone-record\n1:1 error host-name-not-allowed\n"},
};

START_TEST(records_have_their_owner)
{
    check_row(&owners[_i], false);
}
END_TEST

/* ---- TTLs */

static const struct text_row ttls[] = {
    {"TTL before the class", "a 60 IN A 10.0.0.1\n", "a 60 A 10.0.0.1\n", ""},
    {"TTL behind the class", "a IN 60 A 10.0.0.1\n", "a 60 A 10.0.0.1\n", ""},
    {"TTL twice", "a 60 60 A 10.0.0.1\n", "", "1:6 error zone-syntax\n"},
    {"class twice", "a IN 60 IN A 10.0.0.1\n", "", "1:9 error zone-syntax\n"},
    {"class of no number", "a CLASS0 60 IN A 10.0.0.1\n", "a 60 A 10.0.0.1\n",
     ""},
    {"class of another number", "a 60 CLASS65535 A 10.0.0.1\n", "",
     "1:6 error zone-syntax\n"},
    {"class of a number too large", "a 60 CLASS65537 A 10.0.0.1\n", "",
     "1:6 error zone-syntax\n"},
    {"class IN by its number", "a 60 class0001 A 10.0.0.1\n",
     "a 60 A 10.0.0.1\n", ""},
    {"another class",
     "a CH 60 A 10.0.0.1\nb 60 HS A 10.0.0.1\n"
     "c 60 ANY A 10.0.0.1\nd 60 NONE A 10.0.0.1\n",
     "",
     "1:3 error zone-syntax\n2:6 error zone-syntax\n3:6 error zone-syntax\n"
     "4:6 error zone-syntax\n"},
    {"no TTL at all is told once", "a A 10.0.0.1\nb A 10.0.0.1\n",
     "b 0 A 10.0.0.1\n", "1:1 error zone-syntax\n"},
    {"TTL of the record before",
     "a 60 A 10.0.0.1\nb A 10.0.0.1\nc A 10.0.0.1\n",
     "a 60 A 10.0.0.1\nb 60 A 10.0.0.1\nc 60 A 10.0.0.1\n",
     "2:1 warning zone-ttl-taken\n"},
    {"TTL of the SOA's minimum",
     "@ SOA a b 1 2 3 4 50\na 60 A 10.0.0.1\nb A 10.0.0.1\n",
     "@ 50 SOA a b 1 2 3 4 50\na 60 A 10.0.0.1\nb 50 A 10.0.0.1\n",
     "1:1 warning zone-ttl-taken\n"},
    {"TTL of an SOA that says it is no default",
     "@ 60 SOA a b 1 2 3 4 50\nb A 10.0.0.1\n",
     "@ 60 SOA a b 1 2 3 4 50\nb 60 A 10.0.0.1\n",
     "2:1 warning zone-ttl-taken\n"},
    {"minimum too large for a TTL",
     "@ SOA a b 1 2 3 4 2147483648\nb A 10.0.0.1\n",
     "@ 0 SOA a b 1 2 3 4 2147483648\nb 0 A 10.0.0.1\n",
     "1:1 warning zone-ttl-taken\n1:29 warning zone-ttl-too-large\n"},
    {"$TTL", "$TTL 1h\na A 10.0.0.1\nb 60 A 10.0.0.1\nc A 10.0.0.1\n",
     "a 3600 A 10.0.0.1\nb 60 A 10.0.0.1\nc 3600 A 10.0.0.1\n", ""},
    {"$TTL later", "a 60 A 10.0.0.1\n$ttl 90\nb A 10.0.0.1\n",
     "a 60 A 10.0.0.1\nb 90 A 10.0.0.1\n", ""},
    {"$TTL twice", "$TTL 60\na A 10.0.0.1\n$TTL 90\nb A 10.0.0.1\n",
     "a 60 A 10.0.0.1\nb 90 A 10.0.0.1\n", ""},
    {"$TTL of none", "$TTL\na A 10.0.0.1\n", "a 0 A 10.0.0.1\n",
     "1:5 error zone-syntax\n"},
    {"$TTL of no time", "$TTL 1h30\na A 10.0.0.1\n", "a 0 A 10.0.0.1\n",
     "1:6 error zone-syntax\n"},
    {"$TTL in quotes", "$TTL \"60\"\n", "", "1:6 error zone-syntax\n"},
    {"$TTL and more", "$TTL 60 90\n", "", "1:9 error zone-syntax\n"},
    {"$TTL without the end of its line", "$TTL 60", "",
     "1:8 error zone-syntax\n"},
    {"TTL of 31 bits", "a 2147483647 A 10.0.0.1\n", "a 2147483647 A 10.0.0.1\n",
     ""},
    {"TTL of 32 bits",
     "a 2147483648 A 10.0.0.1\n$TTL 4294967295\nb A 10.0.0.1\n",
     "a 0 A 10.0.0.1\nb 0 A 10.0.0.1\n",
     "1:3 warning zone-ttl-too-large\n2:6 warning zone-ttl-too-large\n"},
    {"TTL of 33 bits", "a 4294967296 A 10.0.0.1\n", "",
     "1:3 error zone-syntax\n"},
    {"TTL of a record outside of the zone",
     "b.example.net. 60 A 10.0.0.1\na A 10.0.0.1\n", "a 60 A 10.0.0.1\n",
     "1:1 warning out-of-zone-record\n2:1 warning zone-ttl-taken\n"},
    {"TTL that was made one is the one before",
     "a 60 A 10.0.0.1\na 90 A 10.0.0.2\nb A 10.0.0.1\n",
     "a 60 A 10.0.0.1\na 60 A 10.0.0.2\nb 60 A 10.0.0.1\n",
     "2:1 warning rrset-ttl-differs\n3:1 warning zone-ttl-taken\n"},
};

START_TEST(records_have_their_ttl)
{
    check_row(&ttls[_i], false);
}
END_TEST

/* Which entries named takes in together: there the first TTL holds, otherwise
 * the last one. */
#define DIFFERS_2 "2:1 warning rrset-ttl-differs\n"
#define DIFFERS_3 "3:1 warning rrset-ttl-differs\n"
#define DIFFERS_4 "4:1 warning rrset-ttl-differs\n"
#define FIRST     "a 60 A 10.0.0.1\na 60 A 10.0.0.2\n"
#define LAST      "a 90 A 10.0.0.1\na 90 A 10.0.0.2\n"

static const struct text_row batches[] = {
    {"entries that follow each other", "a 60 A 10.0.0.1\na 90 A 10.0.0.2\n",
     FIRST, DIFFERS_2},
    {"three TTLs", "a 60 A 10.0.0.1\na 90 A 10.0.0.2\na 70 A 10.0.0.3\n",
     FIRST "a 60 A 10.0.0.3\n", DIFFERS_2 DIFFERS_3},
    {"another owner between", "a 60 A 10.0.0.1\nb 9 TXT x\na 90 A 10.0.0.2\n",
     LAST "b 9 TXT \"x\"\n", DIFFERS_3},
    {"an owner out of the zone between",
     "a 60 A 10.0.0.1\nb. 9 TXT x\na 90 A 10.0.0.2\n", LAST,
     "2:1 warning out-of-zone-record\n" DIFFERS_3},
    {"another type between", "a 60 A 10.0.0.1\na 9 TXT x\na 90 A 10.0.0.2\n",
     FIRST "a 9 TXT \"x\"\n", DIFFERS_3},
    {"other letters of the owner", "a 60 A 10.0.0.1\nA 90 A 10.0.0.2\n", LAST,
     DIFFERS_2},
    {"other words of the owner",
     "a 60 A 10.0.0.1\n\\097.example.com. 90 A 10.0.0.2\n", FIRST, DIFFERS_2},
    {"a left-out owner", "a 60 A 10.0.0.1\n 90 A 10.0.0.2\n", FIRST,
     "2:2 warning rrset-ttl-differs\n"},
    {"$ORIGIN and $TTL between",
     "a 60 A 10.0.0.1\n$ORIGIN b\n$TTL 9\na.example.com. 90 A 10.0.0.2\n",
     FIRST, DIFFERS_4},
    {"told twice in one batch", "a 60 A 10.0.0.1\na 90 A 10.0.0.1\n",
     "a 60 A 10.0.0.1\n", DIFFERS_2},
    {"told twice in two batches",
     "a 60 A 10.0.0.1\nb 9 TXT x\na 90 A 10.0.0.1\n",
     "a 90 A 10.0.0.1\nb 9 TXT \"x\"\n", DIFFERS_3},
    {"a TTL that became 0 is the first",
     "a 2147483648 A 10.0.0.1\na 90 A 10.0.0.2\n",
     "a 0 A 10.0.0.1\na 0 A 10.0.0.2\n",
     "1:3 warning zone-ttl-too-large\n" DIFFERS_2},
    {"a fault between", "a 60 A 10.0.0.1\na 90 A x\na 90 A 10.0.0.2\n", FIRST,
     "2:8 error zone-syntax\n" DIFFERS_3},

    {"glue between", "a 60 NS n.a\nn.a 9 A 10.0.0.1\na 90 NS m.a\n",
     "a 60 NS m.a\na 60 NS n.a\nn.a 9 A 10.0.0.1\n", DIFFERS_3},
    {"glue of the top between", "@ 60 NS n\nn 9 A 10.0.0.1\n@ 90 NS m\n",
     "@ 60 NS m\n@ 60 NS n\nn 9 A 10.0.0.1\n", DIFFERS_3},
    {"glue and another name between",
     "a 60 NS n.a\nn.a 9 A 10.0.0.1\nb 9 TXT x\na 90 NS m.a\n",
     "a 90 NS m.a\na 90 NS n.a\nn.a 9 A 10.0.0.1\nb 9 TXT \"x\"\n", DIFFERS_4},
    {"glue is a batch of its own",
     "a 60 NS n.a\nn.a 60 A 10.0.0.1\nn.a 90 A 10.0.0.2\n",
     "a 60 NS n.a\nn.a 60 A 10.0.0.1\nn.a 60 A 10.0.0.2\n", DIFFERS_3},
    {"glue in two batches",
     "a 60 NS n.a\nn.a 60 A 10.0.0.1\na 60 TXT x\nn.a 90 A 10.0.0.2\n",
     "a 60 NS n.a\na 60 TXT \"x\"\nn.a 90 A 10.0.0.1\nn.a 90 A 10.0.0.2\n",
     DIFFERS_4},
    {"what only a later NS names is no glue",
     "a 60 NS n.a\nm.a 9 A 10.0.0.1\na 90 NS m.a\n",
     "a 90 NS m.a\na 90 NS n.a\nm.a 9 A 10.0.0.1\n", DIFFERS_3},
    {"an NS of an earlier batch has no glue any more",
     "a 60 NS n.a\nb 9 TXT x\na 60 TXT y\nn.a 9 A 10.0.0.1\na 90 TXT z\n",
     "a 60 NS n.a\na 90 TXT \"y\"\na 90 TXT \"z\"\nn.a 9 A 10.0.0.1\n"
     "b 9 TXT \"x\"\n",
     "5:1 warning rrset-ttl-differs\n"},
    {"signatures of two types",
     "a 60 RRSIG A 8 1 60 20300101000000 "
     "20200101000000 1 a. AA==\n"
     "a 90 RRSIG TXT 8 1 60 20300101000000 "
     "20200101000000 1 a. AA==\n",
     "a 60 TYPE46 A 8 1 60 20300101000000 20200101000000 1 a. AA==\n"
     "a 90 TYPE46 TXT 8 1 60 20300101000000 20200101000000 1 a. AA==\n",
     ""},
};

START_TEST(entries_that_follow_each_other_have_the_first_ttl)
{
    check_row(&batches[_i], false);
}
END_TEST

/* ---- data, and where a fault is */

static const struct text_row faults[] = {
    {"each entry has its fault",
     "a 60 A 10.0.0.256\nb 60 MX x y\nc 60 SRV 1 2 65536 a\nd 60 AAAA "
     "10.0.0.1\n"
     "e 60 NSA x\nf 60\ng\nh 60 A 10.0.0.1\n",
     "h 60 A 10.0.0.1\n",
     "1:8 error zone-syntax\n2:9 error zone-syntax\n3:14 error zone-syntax\n"
     "4:11 error zone-syntax\n5:6 error zone-syntax\n6:5 error zone-syntax\n"
     "7:2 error zone-syntax\n"},
    {"an entry ends too early", "a 60 MX 1\nb 60 MX\nc 60 TXT\nd 60 A\n", "",
     "1:10 error zone-syntax\n2:8 error zone-syntax\n3:9 error zone-syntax\n"
     "4:7 error zone-syntax\n"},
    {"an entry has too much", "a 60 A 10.0.0.1 2\nb 60 MX 1 a \"\"\n", "",
     "1:17 error zone-syntax\n2:13 error zone-syntax\n"},
    {"the place is that of the token, lines below",
     "a 60 SRV ( 1\n 2 ; x\n x\n a )\nb 60 A 10.0.0.1\n", "b 60 A 10.0.0.1\n",
     "3:2 error zone-syntax\n"},
    {"a fault within parentheses takes the entry",
     "a 60 ( A x\nb 60 A 10.0.0.1 )\nc 60 A 10.0.0.1\n", "c 60 A 10.0.0.1\n",
     "1:10 error zone-syntax\n"},
    {"a parenthesis is open at the end",
     "a 60 A ( 10.0.0.1\n\nb 60 A 10.0.0.2\n", "",
     "1:8 error zone-syntax\n3:1 error zone-syntax\n"},
    {"a parenthesis is open where another fault is", "a 60 A ( x\n\nb 60 A\n",
     "", "1:8 error zone-syntax\n1:10 error zone-syntax\n"},
    {"a parenthesis closes nothing", "a 60 A 10.0.0.1 )\nb 60 A 10.0.0.2\n",
     "b 60 A 10.0.0.2\n", "1:17 error zone-syntax\n"},
    {"quotes are open", "a 60 TXT \"x\nb 60 TXT x\"\nc 60 TXT z\n",
     "c 60 TXT \"z\"\n", "1:10 error zone-syntax\n2:11 error zone-syntax\n"},
    {"columns are of characters", "\xc3\xa4 60 TXT \"\xe2\x82\xac\" \\999\n",
     "", "1:14 error zone-syntax\n"},
    {"names that are at fault",
     "a..b 60 A 10.0.0.1\n.a 60 A 10.0.0.1\na\\25 60 A 10.0.0.1\n"
     "a\\256 60 A 10.0.0.1\n\\[a 60 A 10.0.0.1\na 60 NS b..c\n",
     "",
     "1:1 error zone-syntax\n2:1 error zone-syntax\n3:1 error zone-syntax\n"
     "4:1 error zone-syntax\n5:1 error zone-syntax\n6:9 error zone-syntax\n"},
    {"types that no zone has",
     "a 60 ANY x\na 60 TYPE0 \\# 0\na 60 TYPE255 \\# 0\na 60 OPT \\# 0\n"
     "a 60 MD b\na 60 MF b\na 60 AXFR x\na 60 TSIG x\na 60 TYPE65536 \\# 0\n",
     "",
     "1:6 error zone-syntax\n2:6 error zone-syntax\n3:6 error zone-syntax\n"
     "4:6 error zone-syntax\n5:6 error zone-syntax\n6:6 error zone-syntax\n"
     "7:6 error zone-syntax\n8:6 error zone-syntax\n9:6 error zone-syntax\n"},
    {"names that are no host names",
     "a_b 60 A 10.0.0.1\na 60 MX 1 b_c\na 60 NS b_c\na 60 SRV 0 0 1 b_c\n"
     "a_b 60 TXT x\n_s._tcp 60 SRV 0 0 1 .\n* 60 A 10.0.0.1\na* 60 A "
     "10.0.0.1\n",
     "* 60 A 10.0.0.1\n_s._tcp 60 SRV 0 0 1 .\na_b 60 TXT \"x\"\n",
     "1:1 error host-name-not-allowed\n2:11 error host-name-not-allowed\n"
     "3:9 error host-name-not-allowed\n4:16 error host-name-not-allowed\n"
     "8:1 error host-name-not-allowed\n"},
    {"an SOA, a DS that belong elsewhere",
     "a 60 SOA a b 1 2 3 4 5\n@ 60 DS 1 8 200 00\n", "",
     "1:1 error zone-syntax\n2:1 error zone-syntax\n"},
    {"data that are too long",
     "a 60 TYPE65400 \\# 65536 00\nb 60 A \\# 3 0a0000\nc 60 A \\# 4 0a00\n"
     "d 60 A \\# 4 0a00000001\ne 60 A \\# x\n",
     "",
     "1:19 error zone-syntax\n2:8 error zone-syntax\n3:17 error zone-syntax\n"
     "4:13 error zone-syntax\n5:11 error zone-syntax\n"},
};

START_TEST(each_entry_has_its_fault_and_the_next_is_read)
{
    check_row(&faults[_i], false);
}
END_TEST

#define TEN        "\\097aaaaaaaaa"
#define FIFTY      TEN TEN TEN TEN TEN
#define STRING_255 FIFTY FIFTY FIFTY FIFTY FIFTY "\\;\\097aaa"

START_TEST(string_has_255_octets_at_most)
{
    const struct zone_file_options options = {.zone = EXAMPLE};
    const char text[] = "a 60 TXT \"" STRING_255 "\" " STRING_255 "\n"
                        "b 60 TXT \"" STRING_255 "b\"\n"
                        "c 60 TXT " STRING_255 "b\n";

    read_text(text, sizeof text - 1, &options);
    ck_assert_uint_eq(set.record_count, 1);
    recordset_sort(&set);
    ck_assert_uint_eq(set.top->first_child->rrsets->first->data.length, 512);
    ck_assert_str_eq(said_lines("zone"),
                     "2:10 error zone-syntax\n3:10 error zone-syntax\n");
}
END_TEST

/* ---- generic data */

static const struct text_row generics[] = {
    {"of a type that nobody knows", "a 60 TYPE65400 \\# 3 0A0b 0C\n",
     "a 60 TYPE65400 \\# 3 0a0b0c\n", ""},
    {"none", "a 60 TYPE65400 \\# 0\n", "a 60 TYPE65400 \\# 0\n", ""},
    {"cut within an octet", "a 60 A \\# 4 0a0 0 0001\n", "a 60 A 10.0.0.1\n",
     ""},
    {"over some lines", "a 60 A \\# ( 4 0a00\n 0001 )\n", "a 60 A 10.0.0.1\n",
     ""},
    {"of names in capitals", "a 60 CNAME \\# 3 014100\n", "a 60 CNAME a.\n",
     ""},
    {"names in them are not judged", "a 60 NS \\# 5 0361 5f6200\n",
     "a 60 NS a_b.\n", ""},
    {"a pointer in a name", "a 60 CNAME \\# 2 c000\n", "",
     "1:12 error zone-syntax\n"},
    {"a mark that is a string",
     "a 60 TXT \\#\nb 60 TXT \\# x\nc 60 TXT \"\\#\"\n",
     "a 60 TXT \"#\"\nb 60 TXT \"#\" \"x\"\nc 60 TXT \"#\"\n", ""},
    {"a mark and a number", "a 60 TXT \\# 2 0161\n", "a 60 TXT \"a\"\n", ""},
    {"a mark in quotes", "a 60 A \"\\#\" 4 0a000001\n", "",
     "1:8 error zone-syntax\n"},
};

START_TEST(generic_data_are_those_of_the_type)
{
    check_row(&generics[_i], false);
}
END_TEST

/* ---- Windows */

static const struct text_row exports[] = {
    {"[AGE:n] in front of TTL and class",
     "a [AGE:3600] 60 A 10.0.0.1\n [age:1] 60 IN TXT x\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\n", "1:3 info zone-windows-record\n"},
    {"WINS",
     "@ 60 WINS L2 C900 ( 10.0.0.1\n 10.0.0.2 )\n60 60 A 10.0.0.1\n"
     "@ 60 WINS-R x\n@ 60 WINSR x\n",
     "60 60 A 10.0.0.1\n",
     "1:1 info zone-windows-record\n4:1 info zone-windows-record\n"
     "5:1 info zone-windows-record\n"},
    {"WINS that is open", "@ 60 WINS L2 ( 10.0.0.1\na 60 A 10.0.0.1\n", "",
     "1:1 info zone-windows-record\n1:14 error zone-syntax\n"},
    {"a byte-order mark, CR LF",
     "\xef\xbb\xbf"
     "a 60 A 10.0.0.1\r\n",
     "a 60 A 10.0.0.1\n", ""},
};

START_TEST(exports_of_windows_are_read)
{
    check_row(&exports[_i], false);
}
END_TEST

/* ---- pieces of zones */

static const struct text_row fragments[] = {
    {"no TTL", "a A 10.0.0.1\nb 60 A 10.0.0.1\nc A 10.0.0.1\n",
     "a A 10.0.0.1\nb 60 A 10.0.0.1\nc A 10.0.0.1\n", ""},
    {"TTL of the SOA's minimum is of whole zones",
     "@ SOA a b 1 2 3 4 5\na A 10.0.0.1\n",
     "@ SOA a b 1 2 3 4 5\na A 10.0.0.1\n", ""},
    {"$TTL", "a A 10.0.0.1\n$TTL 60\nb A 10.0.0.1\n",
     "a A 10.0.0.1\nb 60 A 10.0.0.1\n", ""},
    {"TTL, and none", "a 60 A 10.0.0.1\na A 10.0.0.2\nb A 10.0.0.1\n",
     "a 60 A 10.0.0.1\na 60 A 10.0.0.2\nb A 10.0.0.1\n", DIFFERS_2},
    {"$GENERATE", "$GENERATE 1-2 a$ A 10.0.0.$\n",
     "a1 A 10.0.0.1\na2 A 10.0.0.2\n", ""},
    {"out of the zone", "a.example.net. A 10.0.0.1\n", "",
     "1:1 warning out-of-zone-record\n"},
    {"faults", "a A x\n", "", "1:5 error zone-syntax\n"},
};

START_TEST(fragment_lacks_ttls)
{
    check_row(&fragments[_i], true);
}
END_TEST

/* Whose omitted owner is the one that was refused is left out with it. */
START_TEST(record_out_of_the_zone_can_be_refused)
{
    const struct zone_file_options options = {
        .zone = EXAMPLE, .is_fragment = true, .refuses_out_of_zone = true};
    const char text[] = "a A 10.0.0.1\na.example.net. A 10.0.0.2\n TXT x\n"
                        "b A 10.0.0.3\n";

    read_text(text, sizeof text - 1, &options);
    ck_assert_str_eq(record_lines(), "a A 10.0.0.1\nb A 10.0.0.3\n");
    ck_assert_str_eq(said_lines("zone"), "2:1 error out-of-zone-record\n");
}
END_TEST

START_TEST(fragment_of_no_zone_has_absolute_names)
{
    const struct zone_file_options options = {.is_fragment = true};
    const char text[] =
        "a.example.com. A 10.0.0.1\nb.example.net. MX 1 c.org.\n"
        "a A 10.0.0.1\nb.org. MX 1 c\n@ A 10.0.0.1\n"
        "a\\. A 10.0.0.1\na\\\\. TXT x\n$ORIGIN x\n"
        "$ORIGIN org.\nd MX 1 e\n";

    read_text(text, sizeof text - 1, &options);
    ck_assert(name_is_absent(set.zone));
    ck_assert_str_eq(record_lines(),
                     "a\\\\. TXT \"x\"\na A 10.0.0.1\nb.example.net. MX 1 "
                     "c.org.\nd.org. MX 1 e.org.\n");
    ck_assert_str_eq(said_lines("zone"),
                     "3:1 error zone-syntax\n4:13 error zone-syntax\n"
                     "5:1 error zone-syntax\n6:1 error zone-syntax\n"
                     "8:9 error zone-syntax\n");
}
END_TEST

/* ---- the zone */

START_TEST(zone_is_found_where_nobody_says_it)
{
    const struct zone_file_options options = {.zone = {NULL, 0}};
    const char text[] = "Example.COM. 60 SOA a b 1 2 3 4 5\n";

    read_text(text, sizeof text - 1, &options);
    ck_assert(name_equal(set.zone, EXAMPLE));
    ck_assert_str_eq(record_lines(), "@ 60 SOA a b 1 2 3 4 5\n");
}
END_TEST

START_TEST(zone_that_nothing_tells_is_an_error)
{
    const struct zone_file_options options = {.zone = {NULL, 0}};

    ck_assert_int_eq(read_text("@ SOA a b 1 2 3 4 5\n", 20, &options), -1);
    ck_assert(name_is_absent(set.zone));
    ck_assert_str_eq(record_lines(), "");
    ck_assert_str_eq(said_lines("zone"), "0:0 error zone-syntax\n");
}
END_TEST

START_TEST(empty_text_is_an_empty_set)
{
    const struct zone_file_options options = {.zone = EXAMPLE};

    ck_assert_int_eq(read_text("", 0, &options), 0);
    ck_assert_uint_eq(set.record_count, 0);
    ck_assert_uint_eq(set.node_count, 1);
}
END_TEST

START_TEST(records_know_the_place_of_their_entry)
{
    const struct zone_file_options options = {.zone = EXAMPLE};
    const char text[] = "\n(\n\na ) 60 A (\n10.0.0.1\n)\n\t(60\n TXT x)\n";
    const struct rrset *rrset;

    read_text(text, sizeof text - 1, &options);
    rrset = set.top->first_child->rrsets;
    ck_assert_str_eq(rrset->first->place.file, "zone");
    ck_assert_uint_eq(rrset->first->place.line, 4);
    ck_assert_uint_eq(rrset->first->place.column, 1);
    ck_assert_uint_eq(rrset->next->first->place.line, 7);
    ck_assert_uint_eq(rrset->next->first->place.column, 3);
}
END_TEST

/* ---- hostile texts */

/* text, many times over. */
static char *repeated(const char *text, size_t times, size_t *length)
{
    size_t one = strlen(text);
    char *all = malloc(one * times);

    ck_assert_ptr_nonnull(all);
    for (size_t i = 0; i < one * times; i++)
        all[i] = text[i % one];
    *length = one * times;
    return all;
}

static void read_repeated(const char *text, size_t times)
{
    const struct zone_file_options options = {.zone = EXAMPLE};
    size_t length;
    char *all = repeated(text, times, &length);

    read_text(all, length, &options);
    free(all);
}

static const struct {
    const char *text;
    size_t times;
    size_t errors;
    size_t records;
} hostile[] = {
    {"a 60 A x\n", 100000, 100000, 0},
    {"a..b 60 A 10.0.0.1\n", 100000, 100000, 0},
    {"\"\n", 100000, 100000, 0},
    {")\n", 100000, 100000, 0},
    {")", 100000, 1, 0},
    {"(", 10000000, 1, 0},
    {"((\n)", 1000000, 1, 0},
    {"()", 5000000, 0, 0},
    {"$X\n", 100000, 100000, 0},
    {"$TTL x\n", 100000, 100000, 0},
    {"$INCLUDE nowhere\n", 20000, 20000, 0},
    {"$GENERATE 0-4294967295 a$ A 10.0.0.1\n", 100000, 100000, 0},
    {"$GENERATE 0-2147483647 a$ A 10.0.0.1\n", 100000, 100000, 0},
    {"$ORIGIN a\n", 100000, 100000 - 121, 0},
    {"x ", 5000000, 1, 0},
    {"\\\\", 5000000, 1, 0},
    {"@ 60 TXT \"\"\n", 100000, 0, 100000},
    {"@ 60 NS a\n", 100000, 0, 100000},
    {"@ 60 NS a\na 60 A 10.0.0.1\n", 100000, 0, 200000},
    {"\r", 5000000, 0, 0},
    {" \n", 5000000, 0, 0},
};

START_TEST(hostile_text_is_read_in_time)
{
    read_repeated(hostile[_i].text, hostile[_i].times);
    ck_assert_msg(diag.errors == hostile[_i].errors,
                  "%s has %zu errors, and not %zu", hostile[_i].text,
                  diag.errors, hostile[_i].errors);
    ck_assert_msg(set.record_count == hostile[_i].records,
                  "%s makes %zu records, and not %zu", hostile[_i].text,
                  set.record_count, hostile[_i].records);
}
END_TEST

/* A message for each would be more than the file. */
START_TEST(not_all_of_many_errors_are_kept)
{
    read_repeated("a 60 A x\n", 100000);
    ck_assert_uint_eq(diag.errors, 100000);
    ck_assert_uint_eq(diag.count, DIAG_KEPT);
}
END_TEST

/* ---- files */

static const char *directory;

static void set_up_files(void)
{
    set_up();
    directory = scratch_directory(&arena);
}

static const char *sparse_file(const char *name, off_t size)
{
    const char *path = arena_printf(&arena, "%s/%s", directory, name);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(ftruncate(descriptor, size), 0);
    ck_assert_int_eq(close(descriptor), 0);
    return path;
}

START_TEST(file_has_a_limit)
{
    const struct zone_file_options options = {.zone = EXAMPLE};
    const char *path =
        sparse_file("large.zone", (off_t)ZONE_FILE_MOST_BYTES + 1);

    ck_assert_int_eq(zone_file_read(&arena, &diag, path, &options, &set), -1);
    ck_assert_uint_eq(diag.errors, 1);
    ck_assert_str_eq(diag.messages[0].id, "file-too-large");
    ck_assert_uint_eq(set.record_count, 0);
    ck_assert(name_equal(set.zone, EXAMPLE));
}
END_TEST

START_TEST(file_that_is_not_there_is_an_error)
{
    const struct zone_file_options options = {.zone = EXAMPLE};
    const char *path = arena_printf(&arena, "%s/nowhere", directory);

    ck_assert_int_eq(zone_file_read(&arena, &diag, path, &options, &set), -1);
    ck_assert_str_eq(diag.messages[0].id, "cannot-open");
    ck_assert_str_eq(record_lines(), "");
}
END_TEST

static Suite *zone_file_suite(void)
{
    Suite *suite = suite_create("zone_file");
    TCase *texts = tcase_create("texts");
    TCase *files = tcase_create("files");

    tcase_add_checked_fixture(texts, set_up, tear_down);
    tcase_add_loop_test(texts, records_have_their_owner, 0, ROWS(owners));
    tcase_add_loop_test(texts, records_have_their_ttl, 0, ROWS(ttls));
    tcase_add_loop_test(texts,
                        entries_that_follow_each_other_have_the_first_ttl, 0,
                        ROWS(batches));
    tcase_add_loop_test(texts, each_entry_has_its_fault_and_the_next_is_read, 0,
                        ROWS(faults));
    tcase_add_test(texts, string_has_255_octets_at_most);
    tcase_add_loop_test(texts, generic_data_are_those_of_the_type, 0,
                        ROWS(generics));
    tcase_add_loop_test(texts, exports_of_windows_are_read, 0, ROWS(exports));
    tcase_add_loop_test(texts, fragment_lacks_ttls, 0, ROWS(fragments));
    tcase_add_test(texts, record_out_of_the_zone_can_be_refused);
    tcase_add_test(texts, fragment_of_no_zone_has_absolute_names);
    tcase_add_test(texts, zone_is_found_where_nobody_says_it);
    tcase_add_test(texts, zone_that_nothing_tells_is_an_error);
    tcase_add_test(texts, empty_text_is_an_empty_set);
    tcase_add_test(texts, records_know_the_place_of_their_entry);
    tcase_add_loop_test(texts, hostile_text_is_read_in_time, 0, ROWS(hostile));
    tcase_add_test(texts, not_all_of_many_errors_are_kept);
    suite_add_tcase(suite, texts);
    tcase_add_unchecked_fixture(files, scratch_make, scratch_remove);
    tcase_add_checked_fixture(files, set_up_files, tear_down);
    tcase_add_test(files, file_has_a_limit);
    tcase_add_test(files, file_that_is_not_there_is_an_error);
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    return run_suite(zone_file_suite());
}
