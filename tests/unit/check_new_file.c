#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/new_file.h"
#include "scratch.h"

static struct arena arena;
static struct diag diag;
static const char *directory;

static void fail_on_out_of_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void setup(void)
{
    arena_init(&arena, fail_on_out_of_memory, NULL);
    diag_init(&diag, &arena);
    directory = scratch_directory(&arena);
}

static void teardown(void)
{
    arena_release(&arena);
}

static const char *path_to(const char *name)
{
    return arena_printf(&arena, "%s/%s", directory, name);
}

static void assert_reported(const char *id, const char *path)
{
    ck_assert_uint_eq(diag.count, 1);
    ck_assert_str_eq(diag.messages[0].id, id);
    ck_assert_str_eq(diag.messages[0].place.file, path);
}

static void assert_holds(const char *path, const char *bytes, size_t length)
{
    struct file file;

    ck_assert_int_eq(file_read(&arena, &diag, path, 1u << 20, &file), 0);
    ck_assert_uint_eq(file.length, length);
    ck_assert_mem_eq(file.text, bytes, length);
}

START_TEST(new_file_holds_all_bytes)
{
    static const char bytes[] = "one\0two\n";
    const char *path = path_to("new");

    ck_assert_int_eq(new_file_write(&diag, path, bytes, sizeof bytes), 0);
    assert_holds(path, bytes, sizeof bytes);
    ck_assert_uint_eq(diag.count, 0);
}
END_TEST

START_TEST(new_file_may_be_empty)
{
    const char *path = path_to("new");

    ck_assert_int_eq(new_file_write(&diag, path, "", 0), 0);
    assert_holds(path, "", 0);
}
END_TEST

START_TEST(new_file_may_be_long)
{
    size_t length = 3u << 18;
    char *bytes = arena_alloc(&arena, length);
    const char *path = path_to("new");

    memset(bytes, 'x', length);
    ck_assert_int_eq(new_file_write(&diag, path, bytes, length), 0);
    assert_holds(path, bytes, length);
}
END_TEST

START_TEST(old_file_is_left_alone)
{
    const char *path = path_to("old");

    ck_assert_int_eq(new_file_write(&diag, path, "old", 3), 0);
    ck_assert_int_eq(new_file_write(&diag, path, "new and longer", 14), -1);
    assert_reported("file-exists", path);
    assert_holds(path, "old", 3);
}
END_TEST

START_TEST(link_is_not_followed)
{
    const char *path = path_to("link");
    const char *target = path_to("target");

    ck_assert_int_eq(symlink(target, path), 0);
    ck_assert_int_eq(new_file_write(&diag, path, "new", 3), -1);
    assert_reported("file-exists", path);
    ck_assert_int_eq(access(target, F_OK), -1);
}
END_TEST

START_TEST(directory_that_is_not_there_is_not_made)
{
    const char *path = path_to("none/new");

    ck_assert_int_eq(new_file_write(&diag, path, "new", 3), -1);
    assert_reported("cannot-write", path);
    ck_assert_int_eq(access(path_to("none"), F_OK), -1);
}
END_TEST

static Suite *new_file_suite(void)
{
    Suite *suite = suite_create("new_file");
    TCase *all = tcase_create("all");

    tcase_add_unchecked_fixture(all, scratch_make, scratch_remove);
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, new_file_holds_all_bytes);
    tcase_add_test(all, new_file_may_be_empty);
    tcase_add_test(all, new_file_may_be_long);
    tcase_add_test(all, old_file_is_left_alone);
    tcase_add_test(all, link_is_not_followed);
    tcase_add_test(all, directory_that_is_not_there_is_not_made);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(new_file_suite());
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
