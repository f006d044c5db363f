#include "write/canon_writer.h"

#include "zone_text.h"

static const char *canon(void)
{
    struct strbuf out;

    recordset_sort(&set);
    strbuf_init(&out, &arena);
    canon_write(&out, &set);
    return out.text;
}

static void read_zone(const char *text, bool is_fragment)
{
    const struct zone_file_options options = {.zone = EXAMPLE,
                                              .is_fragment = is_fragment};

    ck_assert_msg(read_text(text, strlen(text), &options) == 0, "%s",
                  said_lines("zone"));
}

/* ---- one record a line */

#define SIGNED "8 3 3600 20300101000000 20200101000000 12345 example.com. AAAA"

static const struct {
    const char *entry; /* behind "a 60 IN " */
    const char *data;  /* the same where NULL */
} rows[] = {
    {"A 10.0.0.1", NULL},
    {"AAAA 2001:db8::1", NULL},
    {"NS ns.example.net.", NULL},
    {"CNAME b", "CNAME b.example.com."},
    {"PTR B.Example.Net.", "PTR b.example.net."},
    {"MX 0010 @", "MX 10 example.com."},
    {"SRV 0 0 65535 .", NULL},
    {"TXT \"\"", NULL},
    {"TXT a \"b c\" \"\\000\\255\\\"\\\\;\"", "TXT \"a\" \"b c\" "
                                              "\"\\000\\255\\\"\\\\;\""},
    {"DNAME b", "DNAME b.example.com."},
    {"TYPE65400 \\# 0", NULL},
    {"TYPE65400 \\# 3 00FF10", "TYPE65400 \\# 3 00ff10"},
    {"TYPE1 \\# 4 0a000001", "A 10.0.0.1"},
    {"TYPE16 \\# 2 0161", "TXT \"a\""},
    {"HINFO a \"b c\"", "HINFO \"a\" \"b c\""},
    {"CAA 0 issue ca.example.net", "CAA 0 issue \"ca.example.net\""},
    {"NAPTR 1 2 u sip+e2u !a!b! .", "NAPTR 1 2 \"u\" \"sip+e2u\" \"!a!b!\" ."},
    {"SSHFP 1 1 00112233445566778899AABBCCDDEEFF00112233",
     "SSHFP 1 1 00112233445566778899aabbccddeeff00112233"},
    {"RRSIG A " SIGNED, NULL},
    {"LOC 52 0 0 N 4 0 0 E 0m",
     "LOC 52 00 0.000 N 04 00 0.000 E 0m 1m 10000m 10m"},
};

START_TEST(record_is_a_line)
{
    const char *data = rows[_i].data ? rows[_i].data : rows[_i].entry;

    read_zone(arena_printf(&arena, "A 60 %s\n", rows[_i].entry), false);
    ck_assert_str_eq(canon(),
                     arena_printf(&arena, "a.example.com. 60 IN %s\n", data));
}
END_TEST

START_TEST(owners_are_escaped)
{
    read_zone("\\$\\.\\@\\;\\\"\\(\\)\\\\\\000\\032\\127\\200 60 TXT x\n",
              false);
    ck_assert_str_eq(canon(), "\\$\\.\\@\\;\\\"\\(\\)\\\\\\000\\032\\127\\200."
                              "example.com. 60 IN TXT \"x\"\n");
}
END_TEST

START_TEST(root_is_a_dot)
{
    const struct zone_file_options options = {.zone = {(const uint8_t *)"", 1}};
    const char text[] = ". 60 NS a.\na. 60 A 10.0.0.1\n";

    ck_assert_int_eq(read_text(text, sizeof text - 1, &options), 0);
    ck_assert_str_eq(canon(), ". 60 IN NS a.\na. 60 IN A 10.0.0.1\n");
}
END_TEST

/* RFC 4034 section 6.1, with the names that it gives. */
START_TEST(owners_are_in_canonical_order)
{
    read_zone("yljkjljk.a 60 TXT \"\"\n@ 60 TXT \"\"\nz.a 60 TXT \"\"\n"
              "\\200.z 60 TXT \"\"\n*.z 60 TXT \"\"\nzABC.a 60 TXT \"\"\n"
              "z 60 TXT \"\"\na 60 TXT \"\"\n\\001.z 60 TXT \"\"\n",
              false);
    ck_assert_str_eq(canon(), "example.com. 60 IN TXT \"\"\n"
                              "a.example.com. 60 IN TXT \"\"\n"
                              "yljkjljk.a.example.com. 60 IN TXT \"\"\n"
                              "z.a.example.com. 60 IN TXT \"\"\n"
                              "zabc.a.example.com. 60 IN TXT \"\"\n"
                              "z.example.com. 60 IN TXT \"\"\n"
                              "\\001.z.example.com. 60 IN TXT \"\"\n"
                              "*.z.example.com. 60 IN TXT \"\"\n"
                              "\\200.z.example.com. 60 IN TXT \"\"\n");
}
END_TEST

/* Shorter names of a suffix come before longer ones that begin alike. */
START_TEST(types_and_data_are_in_order)
{
    read_zone("@ 60 TXT b\n@ 60 A 10.0.0.2\n@ 60 TYPE65400 \\# 0\n"
              "@ 60 RRSIG TXT " SIGNED "\n@ 60 NS b\n@ 60 RRSIG A " SIGNED "\n"
              "@ 60 MX 2 a\n@ 60 TXT a b\n@ 60 TXT a\n@ 60 MX 1 b\n"
              "@ 60 NS a\n@ 60 A 10.0.0.1\n@ 60 SOA a b 1 2 3 4 5\n",
              false);
    ck_assert_str_eq(canon(),
                     "example.com. 60 IN SOA a.example.com. b.example.com. "
                     "1 2 3 4 5\n"
                     "example.com. 60 IN NS a.example.com.\n"
                     "example.com. 60 IN NS b.example.com.\n"
                     "example.com. 60 IN A 10.0.0.1\n"
                     "example.com. 60 IN A 10.0.0.2\n"
                     "example.com. 60 IN MX 1 b.example.com.\n"
                     "example.com. 60 IN MX 2 a.example.com.\n"
                     "example.com. 60 IN TXT \"a\"\n"
                     "example.com. 60 IN TXT \"a\" \"b\"\n"
                     "example.com. 60 IN TXT \"b\"\n"
                     "example.com. 60 IN RRSIG A " SIGNED "\n"
                     "example.com. 60 IN RRSIG TXT " SIGNED "\n"
                     "example.com. 60 IN TYPE65400 \\# 0\n");
}
END_TEST

START_TEST(records_of_one_rrset_have_one_ttl)
{
    read_zone("a 60 A 10.0.0.2\na 90 A 10.0.0.1\na 90 TXT x\n", false);
    ck_assert_str_eq(canon(), "a.example.com. 60 IN A 10.0.0.1\n"
                              "a.example.com. 60 IN A 10.0.0.2\n"
                              "a.example.com. 90 IN TXT \"x\"\n");
}
END_TEST

START_TEST(record_told_twice_is_one)
{
    read_zone("a 60 NS B\na 60 NS b\nA 60 NS b.EXAMPLE.com.\na 60 TXT x\n"
              "a 60 TXT \"x\"\na 60 TXT X\n",
              false);
    ck_assert_str_eq(canon(), "a.example.com. 60 IN NS b.example.com.\n"
                              "a.example.com. 60 IN TXT \"X\"\n"
                              "a.example.com. 60 IN TXT \"x\"\n");
}
END_TEST

START_TEST(ttl_that_is_not_there_is_not_written)
{
    read_zone("a A 10.0.0.1\nb 0 A 10.0.0.1\n", true);
    ck_assert_str_eq(canon(), "a.example.com. IN A 10.0.0.1\n"
                              "b.example.com. 0 IN A 10.0.0.1\n");
}
END_TEST

START_TEST(empty_set_is_no_text)
{
    read_zone("; nothing\n", false);
    ck_assert_str_eq(canon(), "");
}
END_TEST

START_TEST(empty_names_are_no_lines)
{
    read_zone("a.b.c 60 A 10.0.0.1\n", false);
    ck_assert_str_eq(canon(), "a.b.c.example.com. 60 IN A 10.0.0.1\n");
}
END_TEST

/* ---- messages */

static const char *messages(void)
{
    struct strbuf out;

    strbuf_init(&out, &arena);
    canon_write_messages(&out, &diag);
    return out.text;
}

static struct place at(uint32_t line, uint32_t column)
{
    return (struct place){"/a/file", line, column};
}

START_TEST(messages_are_comments_in_the_order_of_their_places)
{
    diag_warning(&diag, at(3, 4), "second", "W %d", 1);
    diag_info(&diag, at(3, 5), "third", "I");
    diag_error(&diag, at(1, 2), "first", "E");
    ck_assert_str_eq(messages(), "; 1:2: error: E [first]\n"
                                 "; warning: W 1 [second]\n"
                                 "; note: I [third]\n");
}
END_TEST

START_TEST(messages_name_no_file)
{
    diag_error(&diag, at(0, 0), "id", "E");
    diag_error(&diag, (struct place){NULL, 0, 0}, "other", "F");
    ck_assert_ptr_null(strstr(messages(), "/a/file"));
}
END_TEST

START_TEST(message_stays_on_its_line)
{
    const char turned[] = {'\xe2', '\x80', '\xae', '\0'};

    diag_error(&diag, at(1, 2), "id", "a\nb\r\033[0m\x80 %s", turned);
    ck_assert_str_eq(messages(), "; 1:2: error: a b ?[0m? ? [id]\n");
}
END_TEST

START_TEST(messages_are_written_once)
{
    diag_error(&diag, at(1, 2), "id", "E");
    messages();
    ck_assert_str_eq(messages(), "");
    diag_error(&diag, at(1, 2), "id", "F");
    ck_assert_str_eq(messages(), "; 1:2: error: F [id]\n");
}
END_TEST

START_TEST(messages_that_were_not_kept_are_counted)
{
    const char *text;
    size_t lines = 0;

    for (int i = 0; i < DIAG_KEPT + 7; i++)
        diag_error(&diag, at(1, 1), "id", "E");
    text = messages();
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    ck_assert_uint_eq(lines, DIAG_KEPT + 1);
    ck_assert_ptr_nonnull(strstr(text, "\n; 7 "));
}
END_TEST

static Suite *canon_writer_suite(void)
{
    Suite *suite = suite_create("canon_writer");
    TCase *tcase = tcase_create("canon");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, record_is_a_line, 0, ROWS(rows));
    tcase_add_test(tcase, owners_are_escaped);
    tcase_add_test(tcase, root_is_a_dot);
    tcase_add_test(tcase, owners_are_in_canonical_order);
    tcase_add_test(tcase, types_and_data_are_in_order);
    tcase_add_test(tcase, records_of_one_rrset_have_one_ttl);
    tcase_add_test(tcase, record_told_twice_is_one);
    tcase_add_test(tcase, ttl_that_is_not_there_is_not_written);
    tcase_add_test(tcase, empty_set_is_no_text);
    tcase_add_test(tcase, empty_names_are_no_lines);
    tcase_add_test(tcase, messages_are_comments_in_the_order_of_their_places);
    tcase_add_test(tcase, messages_name_no_file);
    tcase_add_test(tcase, message_stays_on_its_line);
    tcase_add_test(tcase, messages_are_written_once);
    tcase_add_test(tcase, messages_that_were_not_kept_are_counted);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(canon_writer_suite());
}
