#include "write/template.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan_lines.h"
#include "scratch.h"

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

static const char *directory;

static void setup_directory(void)
{
    setup();
    directory = scratch_directory(&arena);
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

/* A pipe, above all, that nobody writes to. */
START_TEST(template_that_is_no_plain_file_is_reported)
{
    const char *path = arena_printf(&arena, "%s/zone.head", directory);

    ck_assert_int_eq(_i ? mkfifo(path, 0600) : mkdir(path, 0700), 0);
    ck_assert_ptr_null(template_load(&arena, &diag, directory, "zone.head"));
    ck_assert_uint_eq(diag.errors, 1);
    ck_assert(is_reported("cannot-read", 0));
}
END_TEST

START_TEST(template_with_a_nul_byte_is_reported)
{
    FILE *file = fopen(arena_printf(&arena, "%s/zone.head", directory), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite("; ours\n\0; lost\n", 1, 15, file), 15);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_ptr_null(template_load(&arena, &diag, directory, "zone.head"));
    ck_assert(is_reported("nul-byte", 0));
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
    tcase_add_unchecked_fixture(files, scratch_make, scratch_remove);
    tcase_add_checked_fixture(files, setup_directory, teardown);
    tcase_add_test(files, file_of_the_directory_wins);
    tcase_add_loop_test(files, template_that_is_no_plain_file_is_reported, 0,
                        2);
    tcase_add_test(files, template_with_a_nul_byte_is_reported);
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    return run_suite(template_suite());
}
