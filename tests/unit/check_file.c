#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "scratch.h"

static struct arena arena;
static struct diag diag;
static struct file file;
static const char *directory;

static void fail_on_out_of_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static const char *path_to(const char *name)
{
    return arena_printf(&arena, "%s/%s", directory, name);
}

static const char *write_file(const char *name, const char *text, size_t length)
{
    const char *path = path_to(name);
    FILE *stream = fopen(path, "wb");

    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(text, 1, length, stream), length);
    ck_assert_int_eq(fclose(stream), 0);
    return path;
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

static int read_path(const char *path, size_t limit)
{
    return file_read(&arena, &diag, path, limit, &file);
}

static void assert_reported(const char *id, const char *name)
{
    ck_assert_uint_eq(diag.errors, 1);
    ck_assert_str_eq(diag.messages[0].id, id);
    ck_assert_str_eq(diag.messages[0].place.file, name);
    ck_assert_uint_eq(diag.messages[0].place.line, 0);
}

/* Writes into a pipe from another process.  Returns the reading end. */
static int pipe_from_child(size_t length, pid_t *child)
{
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    *child = fork();
    if (*child == 0) {
        close(ends[0]);
        while (length > 0 && write(ends[1], "x", 1) == 1)
            length--;
        _exit(0);
    }
    close(ends[1]);
    return ends[0];
}

static const size_t lengths[] = {0, 1, 2, 4095, 4096, 65535, 65536, 3000001};

START_TEST(file_of_any_length_is_read)
{
    size_t length = lengths[_i];
    char *text = arena_alloc(&arena, length);

    memset(text, 'x', length);
    const char *path = write_file("f", text, length);
    ck_assert_int_eq(read_path(path, length), 0);
    ck_assert_str_eq(file.name, path);
    ck_assert_uint_eq(file.length, length);
    ck_assert_mem_eq(file.text, text, length);
    ck_assert_int_eq(file.text[length], '\0');
    ck_assert_uint_eq(diag.count, 0);
}
END_TEST

START_TEST(nul_bytes_are_read)
{
    const char *path = write_file("f", "a\0b\0", 4);

    ck_assert_int_eq(read_path(path, SIZE_MAX), 0);
    ck_assert_uint_eq(file.length, 4);
    ck_assert_mem_eq(file.text, "a\0b\0", 5);
}
END_TEST

START_TEST(longer_file_than_the_limit_is_refused)
{
    size_t length = lengths[_i];
    char *text = arena_alloc(&arena, length);
    const char *path = write_file("f", text, length);

    ck_assert_int_eq(read_path(path, length - 1), -1);
    assert_reported("file-too-large", path);
}
END_TEST

START_TEST(text_is_lent_for_excerpts)
{
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);
    const char *path = write_file("f", "one\ntwo\n", 8);

    ck_assert_int_eq(read_path(path, 100), 0);
    diag_error(&diag, (struct place){file.name, 2, 1}, "id", "-");
    diag_print(&diag, stream, SEVERITY_ERROR, false);
    fclose(stream);
    ck_assert_ptr_nonnull(strstr(written, "    2 | two\n"));
    free(written);
}
END_TEST

START_TEST(missing_file_is_reported)
{
    const char *path = path_to("none");

    ck_assert_int_eq(read_path(path, 100), -1);
    assert_reported("cannot-open", path);
    ck_assert_ptr_nonnull(strstr(diag.messages[0].text, strerror(ENOENT)));
}
END_TEST

START_TEST(directory_is_no_file)
{
    ck_assert_int_eq(read_path(directory, 100), -1);
    assert_reported("cannot-read", directory);
}
END_TEST

START_TEST(empty_path_is_reported)
{
    ck_assert_int_eq(read_path("", 100), -1);
    assert_reported("cannot-open", "");
}
END_TEST

START_TEST(name_outlives_the_path)
{
    char *path = arena_printf(&arena, "%s", write_file("f", "x", 1));
    ck_assert_int_eq(read_path(path, 100), 0);
    memset(path, 'z', strlen(path));
    ck_assert_int_ne(file.name[0], 'z');
}
END_TEST

START_TEST(fifo_is_read_to_its_end)
{
    const char *path = path_to("fifo");
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    pid_t child = fork();

    if (child == 0) {
        int end = open(path, O_WRONLY);

        for (int i = 0; i < 3; i++) {
            usleep(1000);
            if (write(end, "part", 4) != 4)
                _exit(1);
        }
        _exit(0);
    }
    ck_assert_int_eq(read_path(path, 100), 0);
    ck_assert_str_eq(file.text, "partpartpart");
    ck_assert_uint_eq(file.length, 12);
    waitpid(child, NULL, 0);
}
END_TEST

START_TEST(standard_input_is_read)
{
    pid_t child;
    int end = pipe_from_child(70000, &child);

    ck_assert_int_eq(dup2(end, STDIN_FILENO), STDIN_FILENO);
    close(end);
    ck_assert_int_eq(read_path("-", 70000), 0);
    ck_assert_str_eq(file.name, "standard input");
    ck_assert_uint_eq(file.length, 70000);
    ck_assert_int_eq(fcntl(STDIN_FILENO, F_GETFD), 0);
    waitpid(child, NULL, 0);
}
END_TEST

START_TEST(device_of_standard_input_is_read)
{
    pid_t child;
    int end = pipe_from_child(7, &child);

    ck_assert_int_eq(dup2(end, STDIN_FILENO), STDIN_FILENO);
    close(end);
    ck_assert_int_eq(read_path("/dev/stdin", 7), 0);
    ck_assert_str_eq(file.name, "/dev/stdin");
    ck_assert_str_eq(file.text, "xxxxxxx");
    waitpid(child, NULL, 0);
}
END_TEST

/* One byte beyond the limit is taken from the pipe, and no more. */
START_TEST(no_more_is_read_than_the_limit_needs)
{
    pid_t child;
    int end = pipe_from_child(1000, &child);
    char rest[1000];
    size_t length = 0;
    ssize_t got;

    ck_assert_int_eq(dup2(end, STDIN_FILENO), STDIN_FILENO);
    ck_assert_int_eq(read_path("-", 600), -1);
    assert_reported("file-too-large", "standard input");
    while ((got = read(end, rest, sizeof rest)) > 0)
        length += (size_t)got;
    ck_assert_uint_eq(length, 1000 - 601);
    close(end);
    waitpid(child, NULL, 0);
}
END_TEST

START_TEST(endless_file_is_refused)
{
    ck_assert_int_eq(read_path("/dev/zero", 1000000), -1);
    assert_reported("file-too-large", "/dev/zero");
}
END_TEST

START_TEST(read_error_is_reported)
{
    ck_assert_int_eq(dup2(open(path_to("w"), O_WRONLY | O_CREAT, 0600), 0), 0);
    ck_assert_int_eq(read_path("-", 100), -1);
    assert_reported("cannot-read", "standard input");
}
END_TEST

START_TEST(descriptors_are_closed)
{
    const char *path = write_file("f", "x", 1);
    int before = dup(0);
    close(before);

    ck_assert_int_eq(read_path(path, 100), 0);
    ck_assert_int_eq(read_path(path, 0), -1);
    ck_assert_int_eq(read_path(directory, 100), -1);
    int after = dup(0);
    close(after);
    ck_assert_int_eq(after, before);
}
END_TEST

static const char **list(const char *path, const char *suffix, size_t *count)
{
    const char **paths;

    ck_assert_int_eq(file_list(&arena, &diag, path, suffix, &paths, count), 0);
    ck_assert_ptr_null(paths[*count]);
    return paths;
}

START_TEST(entries_are_listed_in_order)
{
    static const char *names[] = {"b.zone",  "a.zone",  "B.zone", "a10.zone",
                                  "a.zone~", ".c.zone", "zone",   "x.zones"};
    size_t count;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        write_file(names[i], "", 0);
    const char **paths = list(directory, ".zone", &count);
    ck_assert_uint_eq(count, 4);
    ck_assert_str_eq(paths[0], path_to("B.zone"));
    ck_assert_str_eq(paths[1], path_to("a.zone"));
    ck_assert_str_eq(paths[2], path_to("a10.zone"));
    ck_assert_str_eq(paths[3], path_to("b.zone"));
}
END_TEST

START_TEST(slash_of_the_directory_is_not_doubled)
{
    size_t count;

    write_file("a.zone", "", 0);
    const char **paths = list(path_to(""), ".zone", &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(paths[0], path_to("a.zone"));
}
END_TEST

START_TEST(many_entries_are_listed)
{
    size_t count;

    for (int i = 0; i < 300; i++)
        write_file(arena_printf(&arena, "%03d.z", i * 7 % 300), "", 0);
    const char **paths = list(directory, "", &count);
    ck_assert_uint_eq(count, 300);
    for (int i = 0; i < 300; i++)
        ck_assert_str_eq(paths[i], path_to(arena_printf(&arena, "%03d.z", i)));
}
END_TEST

START_TEST(empty_directory_has_an_empty_list)
{
    size_t count;

    list(directory, "", &count);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(directory_that_cannot_be_listed_is_reported)
{
    const char *path = _i ? write_file("f", "", 0) : path_to("none");
    const char **paths;
    size_t count;

    ck_assert_int_eq(file_list(&arena, &diag, path, "", &paths, &count), -1);
    assert_reported("cannot-open", path);
}
END_TEST

static Suite *file_suite(void)
{
    Suite *suite = suite_create("file");
    TCase *reading = tcase_create("reading");
    TCase *listing = tcase_create("listing");
    int count = (int)(sizeof lengths / sizeof *lengths);

    tcase_add_unchecked_fixture(reading, scratch_make, scratch_remove);
    tcase_add_checked_fixture(reading, setup, teardown);
    tcase_add_loop_test(reading, file_of_any_length_is_read, 0, count);
    tcase_add_test(reading, nul_bytes_are_read);
    tcase_add_loop_test(reading, longer_file_than_the_limit_is_refused, 1,
                        count);
    tcase_add_test(reading, text_is_lent_for_excerpts);
    tcase_add_test(reading, missing_file_is_reported);
    tcase_add_test(reading, directory_is_no_file);
    tcase_add_test(reading, empty_path_is_reported);
    tcase_add_test(reading, name_outlives_the_path);
    tcase_add_test(reading, fifo_is_read_to_its_end);
    tcase_add_test(reading, standard_input_is_read);
    tcase_add_test(reading, device_of_standard_input_is_read);
    tcase_add_test(reading, no_more_is_read_than_the_limit_needs);
    tcase_add_test(reading, endless_file_is_refused);
    tcase_add_test(reading, read_error_is_reported);
    tcase_add_test(reading, descriptors_are_closed);
    suite_add_tcase(suite, reading);
    tcase_add_unchecked_fixture(listing, scratch_make, scratch_remove);
    tcase_add_checked_fixture(listing, setup, teardown);
    tcase_add_test(listing, entries_are_listed_in_order);
    tcase_add_test(listing, slash_of_the_directory_is_not_doubled);
    tcase_add_test(listing, many_entries_are_listed);
    tcase_add_test(listing, empty_directory_has_an_empty_list);
    tcase_add_loop_test(listing, directory_that_cannot_be_listed_is_reported, 0,
                        2);
    suite_add_tcase(suite, listing);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(file_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
