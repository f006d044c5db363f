/*
 * $INCLUDE: what it reads, and what it never does.
 */
#include <fcntl.h>
#include <unistd.h>

#include "scratch.h"
#include "zone_text.h"

static char *directory; /* zone lies here, and outside lies beside it */

static char *path_to(const char *name)
{
    return arena_printf(&arena, "%s/%s", directory, name);
}

static void put_file(const char *name, const char *text)
{
    FILE *stream = fopen(path_to(name), "w");

    ck_assert_ptr_nonnull(stream);
    ck_assert_int_ge(fputs(text, stream), 0);
    ck_assert_int_eq(fclose(stream), 0);
}

static void set_up_files(void)
{
    set_up();
    directory = arena_printf(&arena, "%s/in", scratch_directory(&arena));
    ck_assert_int_eq(mkdir(directory, 0755), 0);
    ck_assert_int_eq(mkdir(path_to("sub"), 0755), 0);
    put_file("../outside", "secret 60 TXT HIDDEN\nhidden HIDDEN HIDDEN\n");
}

static void read_below(const char *text, const char *root)
{
    const struct zone_file_options options = {.zone = EXAMPLE,
                                              .include_root = root};
    int status;

    diag_add_source(&diag, path_to("zone"), text, strlen(text));
    status = zone_file_read_text(&arena, &diag, path_to("zone"), text,
                                 strlen(text), &options, &set);
    ck_assert_int_eq(status, diag.errors > 0 ? -1 : 0);
}

/* Without the directory. */
static const char *said(void)
{
    char *text = arena_printf(&arena, "%s", said_lines(path_to("zone")));
    size_t length = strlen(directory) + 1;
    char *found;

    while ((found = strstr(text, directory)))
        memmove(found, found + length, strlen(found + length) + 1);
    return text;
}

/* ---- owner, origin and TTL around it */

static const struct {
    const char *label;
    const char *included; /* in a.inc */
    const char *text;
    const char *records;
    const char *said;
} rows[] = {
    {"records", "b 60 A 10.0.0.1\n", "$INCLUDE a.inc\nc 60 A 10.0.0.2\n",
     "b 60 A 10.0.0.1\nc 60 A 10.0.0.2\n", ""},
    {"any case, quotes", "b 60 A 10.0.0.1\n", "$include \"a.inc\"\n",
     "b 60 A 10.0.0.1\n", ""},
    {"no end of the line", "b 60 A 10.0.0.1", "$INCLUDE a.inc",
     "b 60 A 10.0.0.1\n", ""},
    {"an empty file", "", "$INCLUDE a.inc\nc 60 A 10.0.0.2\n",
     "c 60 A 10.0.0.2\n", ""},
    {"a byte-order mark",
     "\xef\xbb\xbf"
     "b 60 A 10.0.0.1\n",
     "$INCLUDE a.inc\n", "b 60 A 10.0.0.1\n", ""},

    {"the owner before is that of the file", " 60 TXT x\nb 60 TXT y\n",
     "a 60 A 10.0.0.1\n$INCLUDE a.inc\n 60 TXT z\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\na 60 TXT \"z\"\nb 60 TXT \"y\"\n", ""},
    {"no owner before", " 60 TXT x\nb 60 TXT y\n",
     "$INCLUDE a.inc\n 60 TXT z\n", "b 60 TXT \"y\"\n",
     "2:2 error zone-syntax\na.inc:1:2 error zone-syntax\n"},
    {"the owner before is glue", " 60 TXT x\n",
     "a 60 NS n.a\nn.a 60 A 10.0.0.1\n$INCLUDE a.inc\n",
     "a 60 NS n.a\nn.a 60 A 10.0.0.1\nn.a 60 TXT \"x\"\n", ""},
    {"the owner before is out of the zone", " 60 TXT x\nb 60 TXT y\n",
     "a. 60 A 10.0.0.1\n$INCLUDE a.inc\n 60 TXT z\n", "b 60 TXT \"y\"\n",
     "1:1 warning out-of-zone-record\n"},
    {"the owner before another origin", " 60 TXT x\n 60 TXT y\n",
     "a 60 A 10.0.0.1\n$INCLUDE a.inc b\n 60 TXT z\n",
     "a 60 A 10.0.0.1\na 60 TXT \"x\"\na 60 TXT \"y\"\na 60 TXT \"z\"\n",
     "a.inc:1:2 warning zone-owner-inherited\n"},

    {"an origin", "b 60 MX 1 c\n", "$INCLUDE a.inc x\nd 60 MX 1 e\n",
     "d 60 MX 1 e\nb.x 60 MX 1 c.x\n", ""},
    {"the origin before", "b 60 A 10.0.0.1\n", "$ORIGIN x\n$INCLUDE a.inc y\n",
     "b.y.x 60 A 10.0.0.1\n", ""},
    {"the file's $ORIGIN ends with it", "$ORIGIN x\nb 60 A 10.0.0.1\n",
     "$INCLUDE a.inc\nc 60 A 10.0.0.2\n",
     "c 60 A 10.0.0.2\nb.x 60 A 10.0.0.1\n", ""},
    {"the file's $TTL stays", "$TTL 90\nb A 10.0.0.1\n",
     "$TTL 60\n$INCLUDE a.inc\nc A 10.0.0.2\n",
     "b 90 A 10.0.0.1\nc 90 A 10.0.0.2\n", ""},
    {"the $TTL before", "b A 10.0.0.1\n", "$TTL 60\n$INCLUDE a.inc\n",
     "b 60 A 10.0.0.1\n", ""},

    {"entries before are a batch of their own", "a 90 A 10.0.0.2\n",
     "a 60 A 10.0.0.1\n$INCLUDE a.inc\n", "a 90 A 10.0.0.1\na 90 A 10.0.0.2\n",
     "a.inc:1:1 warning rrset-ttl-differs\n"},
    {"entries around are two batches", "; none\n",
     "a 60 A 10.0.0.1\n$INCLUDE a.inc\na 90 A 10.0.0.2\n",
     "a 90 A 10.0.0.1\na 90 A 10.0.0.2\n", "3:1 warning rrset-ttl-differs\n"},

    {"an open parenthesis", "b 60 TXT (\n", "$INCLUDE a.inc\n x )\n", "",
     "2:2 error zone-syntax\na.inc:1:10 error zone-syntax\n"},
    {"open quotes", "b 60 TXT \"\n", "$INCLUDE a.inc\nc 60 TXT \"x\"\n",
     "c 60 TXT \"x\"\n", "a.inc:1:10 error zone-syntax\n"},
    {"a fault", "b 60 A x\nc 60 A 10.0.0.1\n", "$INCLUDE a.inc\nd 60 A x\n",
     "c 60 A 10.0.0.1\n",
     "2:8 error zone-syntax\na.inc:1:8 error zone-syntax\n"},
    {"twice", "b 60 A x\n", "$INCLUDE a.inc\n$INCLUDE a.inc x\n", "",
     "a.inc:1:8 error zone-syntax\na.inc:1:8 error zone-syntax\n"},

    {"no path", "", "$INCLUDE\na 60 A 10.0.0.1\n", "a 60 A 10.0.0.1\n",
     "1:9 error zone-syntax\n"},
    {"an origin in quotes", "", "$INCLUDE a.inc \"x\"\n", "",
     "1:16 error zone-syntax\n"},
    {"an origin that is no name", "", "$INCLUDE a.inc x..y\n", "",
     "1:16 error zone-syntax\n"},
    {"more than an origin", "", "$INCLUDE a.inc x y\n", "",
     "1:18 error zone-syntax\n"},
    {"an origin, and no end of the line", "", "$INCLUDE a.inc x", "",
     "1:17 error zone-syntax\n"},
    {"behind a $DATE", "", "$DATE 20200101000000\n$INCLUDE a.inc\n", "",
     "2:1 error zone-syntax\n"},
};

START_TEST(file_is_read_in_its_place)
{
    put_file("a.inc", rows[_i].included);
    read_below(rows[_i].text, NULL);
    ck_assert_msg(strcmp(record_lines(), rows[_i].records) == 0,
                  "%s: the records are\n%s", rows[_i].label, record_lines());
    ck_assert_msg(strcmp(said(), rows[_i].said) == 0, "%s: what is said is\n%s",
                  rows[_i].label, said());
}
END_TEST

START_TEST(path_in_a_file_is_relative_to_the_first_directory)
{
    put_file("sub/one.inc", "$INCLUDE sub/two.inc\n");
    put_file("sub/two.inc", "a 60 A 10.0.0.1\n");
    put_file("sub/three.inc", "$INCLUDE two.inc\n");
    read_below("$INCLUDE sub/one.inc\n$INCLUDE sub/three.inc\n", NULL);
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\n");
    ck_assert_str_eq(said(), "sub/three.inc:1:10 error zone-include\n");
}
END_TEST

/* In quotes, \" is a quote and any other backslash is one. */
START_TEST(path_in_quotes_may_have_any_character)
{
    put_file("a \"b\\c;d", "a 60 A 10.0.0.1\n");
    read_below("$INCLUDE \"a \\\"b\\c;d\"\n", NULL);
    ck_assert_str_eq(said(), "");
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\n");
}
END_TEST

/* ---- what lies outside */

static void refuse(const char *path, const char *root)
{
    read_below(arena_printf(&arena, "$INCLUDE \"%s\"\n", path), root);
    ck_assert_msg(set.record_count == 0, "%s was read", path);
    ck_assert_msg(strcmp(said(), "1:10 error zone-include\n") == 0, "%s: %s",
                  path, said());
    for (size_t i = 0; i < diag.count; i++)
        ck_assert_msg(!strstr(diag.messages[i].text, "HIDDEN"), "%s",
                      diag.messages[i].text);
}

static const char *const outside[] = {
    "../outside",
    "./../outside",
    "sub/../../outside",
    "../in/../outside",
    "sub/../../in/../outside",
    "/etc/passwd",
    "/dev/null",
    "/dev/stdin",
    "/proc/self/fd/0",
    "/",
    "..",
    "../..",
    "link",
    "sub/link",
    "linked/outside",
    "link-of-link",
    "absolute-link",
    "endless-link",
    "link-to-nothing",
    "nothing",
    "nothing/../a.inc",
    "a.inc/../a.inc",
    "a.inc/",
    "",
    "in",
    "~/a.inc",
    "$HOME",
    "-",
};

static void link_to(const char *to, const char *name)
{
    ck_assert_int_eq(symlink(to, path_to(name)), 0);
}

START_TEST(nothing_outside_is_read)
{
    put_file("a.inc", "");
    link_to("../outside", "link");
    link_to("../../outside", "sub/link");
    link_to("..", "linked");
    link_to("link", "link-of-link");
    link_to(path_to("../outside"), "absolute-link");
    link_to("endless-link", "endless-link");
    link_to("../nothing", "link-to-nothing");
    refuse(outside[_i], NULL);
}
END_TEST

/* Who may not see a file does not learn whether it is there. */
START_TEST(what_is_outside_and_what_is_not_there_are_one)
{
    const char *text = "$INCLUDE ../outside\n$INCLUDE ../inside1\n";
    char *one, *other;

    read_below(text, NULL);
    ck_assert_uint_eq(diag.count, 2);
    one = strstr(diag.messages[0].text, "outside'");
    other = strstr(diag.messages[1].text, "inside1'");
    ck_assert_ptr_nonnull(one);
    ck_assert_ptr_nonnull(other);
    ck_assert_str_eq(one + 8, other + 8);
}
END_TEST

START_TEST(what_is_no_file_is_not_opened)
{
    ck_assert_int_eq(mkfifo(path_to("fifo"), 0600), 0);
    link_to("fifo", "link-to-fifo");
    read_below("$INCLUDE fifo\n$INCLUDE link-to-fifo\n$INCLUDE sub\n"
               "$INCLUDE .\na 60 A 10.0.0.1\n",
               NULL);
    ck_assert_str_eq(said(),
                     "1:10 error zone-include\n2:10 error zone-include\n"
                     "3:10 error zone-include\n4:10 error zone-include\n");
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\n");
}
END_TEST

START_TEST(root_may_be_wider)
{
    put_file("../wide", "a 60 A 10.0.0.1\n");
    read_below("$INCLUDE ../wide\n", path_to(".."));
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\n");
}
END_TEST

START_TEST(root_may_be_narrower)
{
    put_file("a.inc", "a 60 A 10.0.0.1\n");
    refuse("a.inc", path_to("sub"));
}
END_TEST

START_TEST(name_that_begins_as_the_root_is_outside)
{
    ck_assert_int_eq(mkdir(path_to("sub-more"), 0755), 0);
    put_file("sub-more/a.inc", "a 60 A 10.0.0.1\n");
    refuse("sub-more/a.inc", path_to("sub"));
}
END_TEST

START_TEST(what_lies_beside_the_file_comes_before_the_root)
{
    put_file("a.inc", "beside 60 A 10.0.0.1\n");
    put_file("sub/a.inc", "below 60 A 10.0.0.1\n");
    read_below("$INCLUDE a.inc\n", path_to("."));
    ck_assert_str_eq(record_lines(), "beside 60 A 10.0.0.1\n");
}
END_TEST

START_TEST(what_does_not_lie_beside_the_file_lies_in_the_root)
{
    put_file("a.inc", "beside 60 A 10.0.0.1\n");
    put_file("sub/a.inc", "a 60 A 10.0.0.1\n");
    put_file("sub/b.inc", "b 60 A 10.0.0.1\n");
    read_below("$INCLUDE a.inc\n$INCLUDE b.inc\n", path_to("sub"));
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\nb 60 A 10.0.0.1\n");
}
END_TEST

START_TEST(root_that_is_not_there_has_no_files)
{
    put_file("a.inc", "a 60 A 10.0.0.1\n");
    refuse("a.inc", path_to("nowhere"));
}
END_TEST

/* The name is that of a file here, and of standard input elsewhere. */
START_TEST(file_that_is_called_dash_is_a_file)
{
    const struct zone_file_options options = {.zone = EXAMPLE};
    const char text[] = "$INCLUDE -\n";

    put_file("-", "a 60 A 10.0.0.1\n");
    ck_assert_int_eq(chdir(directory), 0);
    ck_assert_ptr_nonnull(freopen("/dev/null", "r", stdin));
    ck_assert_int_eq(read_text(text, sizeof text - 1, &options), 0);
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\n");
}
END_TEST

/* ---- circles, and how many */

START_TEST(circle_is_told_where_it_closes)
{
    put_file("a.inc", "$INCLUDE b.inc\na 60 A 10.0.0.1\n");
    put_file("b.inc", "\n$INCLUDE ./a.inc\nb 60 A 10.0.0.1\n");
    read_below("$INCLUDE a.inc\nc 60 A 10.0.0.1\n", NULL);
    ck_assert_str_eq(said(), "b.inc:2:10 error zone-include\n");
    ck_assert_str_eq(record_lines(),
                     "a 60 A 10.0.0.1\nb 60 A 10.0.0.1\nc 60 A 10.0.0.1\n");
}
END_TEST

START_TEST(zone_that_includes_itself_is_a_circle)
{
    const struct zone_file_options options = {.zone = EXAMPLE};

    put_file("zone", "$INCLUDE zone\na 60 A 10.0.0.1\n$INCLUDE link\n");
    link_to("zone", "link");
    ck_assert_int_eq(
        zone_file_read(&arena, &diag, path_to("zone"), &options, &set), -1);
    ck_assert_str_eq(said(),
                     "1:10 error zone-include\n3:10 error zone-include\n");
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\n");
}
END_TEST

/* From 1.inc to the last; each has a record. */
static void put_chain(int count)
{
    for (int i = 1; i <= count; i++)
        put_file(arena_printf(&arena, "%d.inc", i),
                 i == count ? "last 60 A 10.0.0.1\n"
                            : arena_printf(&arena, "$INCLUDE %d.inc\n", i + 1));
}

START_TEST(files_include_each_other_so_deep)
{
    put_chain(ZONE_FILE_MOST_DEPTH);
    read_below("$INCLUDE 1.inc\n", NULL);
    ck_assert_str_eq(said(), "");
    ck_assert_str_eq(record_lines(), "last 60 A 10.0.0.1\n");
}
END_TEST

START_TEST(files_include_each_other_no_deeper)
{
    put_chain(ZONE_FILE_MOST_DEPTH + 1);
    read_below("$INCLUDE 1.inc\n", NULL);
    ck_assert_str_eq(said(), "10.inc:1:10 error zone-include\n");
    ck_assert_str_eq(record_lines(), "");
}
END_TEST

static void include_often(size_t times)
{
    struct strbuf text;

    strbuf_init(&text, &arena);
    put_file("a.inc", "");
    while (times-- > 0)
        strbuf_add_text(&text, "$INCLUDE a.inc\n");
    read_below(text.text, NULL);
}

START_TEST(files_are_included_so_often)
{
    include_often(ZONE_FILE_MOST_INCLUDES);
    ck_assert_str_eq(said(), "");
}
END_TEST

START_TEST(files_are_included_no_oftener)
{
    include_often(ZONE_FILE_MOST_INCLUDES + 2);
    ck_assert_str_eq(said(), "10001:10 error zone-include\n"
                             "10002:10 error zone-include\n");
}
END_TEST

/* Files that include the next one ten times make ten billion of ten. */
START_TEST(files_do_not_multiply)
{
    struct strbuf text;

    for (int i = 1; i < ZONE_FILE_MOST_DEPTH; i++) {
        strbuf_init(&text, &arena);
        for (int j = 0; j < 10; j++)
            strbuf_printf(&text, "$INCLUDE %d.inc\n", i + 1);
        put_file(arena_printf(&arena, "%d.inc", i), text.text);
    }
    put_file("10.inc", "a 60 A 10.0.0.1\n");
    read_below("$INCLUDE 1.inc\n", NULL);
    ck_assert_uint_gt(diag.errors, 0);
    ck_assert_uint_le(set.record_count, ZONE_FILE_MOST_INCLUDES);
}
END_TEST

START_TEST(bytes_are_counted_together)
{
    const char text[] = "$INCLUDE a.inc\n$INCLUDE large.inc\n"
                        "$INCLUDE a.inc\nb 60 A 10.0.0.1\n";
    off_t size = (off_t)(ZONE_FILE_MOST_BYTES - strlen(text));
    int descriptor = open(path_to("large.inc"), O_WRONLY | O_CREAT, 0600);

    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(ftruncate(descriptor, size), 0);
    ck_assert_int_eq(close(descriptor), 0);
    put_file("a.inc", "a 60 A 10.0.0.1\n");
    read_below(text, NULL);
    /* Behind it nothing more is included. */
    ck_assert_uint_eq(diag.errors, 2);
    ck_assert_str_eq(diag.messages[0].id, "zone-too-large");
    ck_assert_uint_eq(diag.messages[0].place.line, 2);
    ck_assert_str_eq(diag.messages[1].id, "zone-too-large");
    ck_assert_uint_eq(diag.messages[1].place.line, 3);
    ck_assert_str_eq(record_lines(), "a 60 A 10.0.0.1\nb 60 A 10.0.0.1\n");
}
END_TEST

static Suite *zone_include_suite(void)
{
    Suite *suite = suite_create("zone_include");
    TCase *files = tcase_create("files");

    tcase_add_unchecked_fixture(files, scratch_make, scratch_remove);
    tcase_add_checked_fixture(files, set_up_files, tear_down);
    tcase_add_loop_test(files, file_is_read_in_its_place, 0, ROWS(rows));
    tcase_add_test(files, path_in_a_file_is_relative_to_the_first_directory);
    tcase_add_test(files, path_in_quotes_may_have_any_character);
    tcase_add_loop_test(files, nothing_outside_is_read, 0, ROWS(outside));
    tcase_add_test(files, what_is_outside_and_what_is_not_there_are_one);
    tcase_add_test(files, what_is_no_file_is_not_opened);
    tcase_add_test(files, root_may_be_wider);
    tcase_add_test(files, root_may_be_narrower);
    tcase_add_test(files, name_that_begins_as_the_root_is_outside);
    tcase_add_test(files, what_lies_beside_the_file_comes_before_the_root);
    tcase_add_test(files, what_does_not_lie_beside_the_file_lies_in_the_root);
    tcase_add_test(files, root_that_is_not_there_has_no_files);
    tcase_add_test(files, file_that_is_called_dash_is_a_file);
    tcase_add_test(files, circle_is_told_where_it_closes);
    tcase_add_test(files, zone_that_includes_itself_is_a_circle);
    tcase_add_test(files, files_include_each_other_so_deep);
    tcase_add_test(files, files_include_each_other_no_deeper);
    tcase_add_test(files, files_are_included_so_often);
    tcase_add_test(files, files_are_included_no_oftener);
    tcase_add_test(files, files_do_not_multiply);
    tcase_add_test(files, bytes_are_counted_together);
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    return run_suite(zone_include_suite());
}
