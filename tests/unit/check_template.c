#include "write/template.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan_lines.h"

static const struct template_value values[] = {
    {"zone", "contoso.com"}, {"view", "{zone}"}, {"empty", ""}, {NULL, NULL}};

static const struct filling {
    const char *label;
    const char *text;
    const char *filled;
} fillings[] = {
    {"nothing to fill", "; plain\n", "; plain\n"},
    {"a value", "zone {zone}.", "zone contoso.com."},
    {"twice, side by side", "{zone}{zone}", "contoso.comcontoso.com"},
    {"an empty value", "<{empty}>", "<>"},
    {"what is filled in is not filled again", "{view}", "{zone}"},
    {"an unknown word keeps its braces", "{name} {zone}", "{name} contoso.com"},
    {"part of a word", "{zon} {zones}", "{zon} {zones}"},
    {"braces of a configuration", "options {\n    {zone};\n};\n",
     "options {\n    contoso.com;\n};\n"},
    {"doubled", "{{zone}}", "{contoso.com}"},
    {"open at the end", "{zone", "{zone"},
    {"a lone brace", "{", "{"},
    {"an empty pair", "{}", "{}"},
    {"nothing at all", "", ""},
};

START_TEST(braces_stand_for_values_or_for_themselves)
{
    const struct filling *row = &fillings[_i];
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    template_write(&buf, row->text, values);
    ck_assert_msg(strcmp(buf.text, row->filled) == 0, "%s: %s", row->label,
                  buf.text);
}
END_TEST

static const char *const builtin[] = {"zone.head", "named.conf"};

START_TEST(template_of_the_program_is_there)
{
    const char *text = template_load(&arena, &diag, NULL, builtin[_i]);

    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_nonnull(strchr(text, '{'));
    ck_assert_uint_eq(diag.errors, 0);
}
END_TEST

START_TEST(unknown_template_is_reported)
{
    ck_assert_ptr_null(template_load(&arena, &diag, NULL, "zone.foot"));
    ck_assert(is_reported("cannot-open", 0));
}
END_TEST

static char directory[256];

static void setup_directory(void)
{
    const char *parent = getenv("TMPDIR");

    setup();
    snprintf(directory, sizeof directory, "%s/check_template.XXXXXX",
             parent ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void teardown_directory(void)
{
    const char *path = arena_printf(&arena, "%s/zone.head", directory);

    if (unlink(path) != 0)
        rmdir(path);
    rmdir(directory);
    teardown();
}

START_TEST(file_of_the_directory_wins)
{
    FILE *file = fopen(arena_printf(&arena, "%s/zone.head", directory), "w");

    fputs("; ours: {zone}\n", file);
    fclose(file);
    ck_assert_str_eq(template_load(&arena, &diag, directory, "zone.head"),
                     "; ours: {zone}\n");
    ck_assert_str_eq(template_load(&arena, &diag, directory, "named.conf"),
                     template_load(&arena, &diag, NULL, "named.conf"));
}
END_TEST

START_TEST(file_that_cannot_be_read_is_reported)
{
    ck_assert_int_eq(
        mkdir(arena_printf(&arena, "%s/zone.head", directory), 0700), 0);
    ck_assert_ptr_null(template_load(&arena, &diag, directory, "zone.head"));
    ck_assert_uint_eq(diag.errors, 1);
}
END_TEST

static Suite *template_suite(void)
{
    Suite *suite = suite_create("template");
    TCase *text = tcase_create("text");
    TCase *files = tcase_create("files");

    tcase_add_checked_fixture(text, setup, teardown);
    tcase_add_loop_test(text, braces_stand_for_values_or_for_themselves, 0,
                        COUNT_OF(fillings));
    tcase_add_loop_test(text, template_of_the_program_is_there, 0,
                        COUNT_OF(builtin));
    tcase_add_test(text, unknown_template_is_reported);
    suite_add_tcase(suite, text);
    tcase_add_checked_fixture(files, setup_directory, teardown_directory);
    tcase_add_test(files, file_of_the_directory_wins);
    tcase_add_test(files, file_that_cannot_be_read_is_reported);
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    return run_suite(template_suite());
}
