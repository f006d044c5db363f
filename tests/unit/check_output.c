#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lock.h"
#include "base/output.h"
#include "base/temporary.h"
#include "scratch.h"

static struct arena arena;
static struct diag diag;
static struct output output;
static const char *scratch; /* the directory of this test */
static const char *top;     /* in it, the directory of the output */

/* What the sync calls below were asked for, and what they answer. */
static struct {
    int error; /* of syncfs, 0 to do it */
    int file_systems;
    int files;
    int directories;
    const char *path; /* was it there at the time of syncfs? */
    bool path_was_there;
} synced;

int syncfs(int fd)
{
    synced.file_systems++;
    synced.path_was_there = synced.path && access(synced.path, F_OK) == 0;
    if (synced.error) {
        errno = synced.error;
        return -1;
    }
    return (int)syscall(SYS_syncfs, fd);
}

int fsync(int fd)
{
    struct stat status;

    if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
        synced.directories++;
    else
        synced.files++;
    return (int)syscall(SYS_fsync, fd);
}

/* The most that a write takes; 0: no limit.  Every other one is interrupted
 * then. */
static size_t write_limit;
static int writes;

ssize_t write(int fd, const void *buf, size_t n)
{
    if (write_limit > 0 && writes++ % 2) {
        errno = EINTR;
        return -1;
    }
    if (write_limit > 0 && n > write_limit)
        n = write_limit;
    return syscall(SYS_write, fd, buf, n);
}

static void fail_on_out_of_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static const char *in_top(const char *name)
{
    return arena_printf(&arena, "%s/%s", top, name);
}

static void setup(void)
{
    arena_init(&arena, fail_on_out_of_memory, NULL);
    diag_init(&diag, &arena);
    memset(&synced, 0, sizeof synced);
    write_limit = 0;
    scratch = scratch_directory(&arena);
    ck_assert_int_eq(chmod(scratch, 0755), 0);
    top = arena_printf(&arena, "%s/out", scratch);
    umask(022);
}

static void teardown(void)
{
    output_abandon(&output);
    arena_release(&arena);
}

static void open_top(void)
{
    ck_assert_int_eq(output_open(&output, &arena, &diag, top, OUTPUT_SHARE), 0);
}

static void setup_opened(void)
{
    setup();
    ck_assert_int_eq(mkdir(top, 0755), 0);
    open_top();
}

static int add(const char *path, const char *text)
{
    return output_add(&output, path, text, strlen(text));
}

static void put(const char *name, const char *text)
{
    FILE *stream = fopen(in_top(name), "wb");

    ck_assert_ptr_nonnull(stream);
    fputs(text, stream);
    ck_assert_int_eq(fclose(stream), 0);
}

/* The bytes of a file, or NULL. */
static const char *get(const char *name)
{
    FILE *stream = fopen(in_top(name), "rb");
    char *text = arena_alloc(&arena, 100000);

    if (!stream)
        return NULL;
    text[fread(text, 1, 99999, stream)] = '\0';
    fclose(stream);
    return text;
}

/* Entries of a directory, the hidden ones alone or all. */
static int count_entries(const char *path, bool hidden_only)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;
    int count = 0;

    ck_assert_ptr_nonnull(stream);
    while ((entry = readdir(stream)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            count += !hidden_only || entry->d_name[0] == '.';
    closedir(stream);
    return count;
}

static bool is_there(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

static struct stat status_of(const char *name)
{
    struct stat status;

    ck_assert_int_eq(lstat(in_top(name), &status), 0);
    return status;
}

static void assert_reported(const char *id, const char *path)
{
    ck_assert_uint_eq(diag.errors, 1);
    ck_assert_str_eq(diag.messages[0].id, id);
    ck_assert_str_eq(diag.messages[0].place.file, path);
}

static int next_descriptor(void)
{
    int descriptor = dup(0);

    close(descriptor);
    return descriptor;
}

START_TEST(directory_is_made_with_the_users_mask)
{
    umask(027);
    open_top();
    ck_assert_uint_eq(status_of(".").st_mode & 0777, 0750);
}
END_TEST

START_TEST(directory_without_a_parent_is_reported)
{
    top = in_top("below");
    ck_assert_int_eq(output_open(&output, &arena, &diag, top, OUTPUT_SHARE),
                     -1);
    assert_reported("cannot-write", top);
}
END_TEST

START_TEST(file_in_place_of_the_directory_is_reported)
{
    const char *path = top;

    top = scratch;
    put("out", "");
    ck_assert_int_eq(output_open(&output, &arena, &diag, path, OUTPUT_SHARE),
                     -1);
    assert_reported("not-a-directory", path);
}
END_TEST

START_TEST(directory_without_permission_is_reported)
{
    bool is_root = geteuid() == 0;

    ck_assert_int_eq(mkdir(top, 0555), 0);
    if (is_root)
        ck_assert_int_eq(seteuid(65534), 0);
    int status = output_open(&output, &arena, &diag, top, OUTPUT_SHARE);
    if (is_root)
        ck_assert_int_eq(seteuid(0), 0);
    ck_assert_int_eq(status, -1);
    assert_reported("cannot-write", top);
}
END_TEST

START_TEST(directory_may_be_a_link_that_the_user_names)
{
    ck_assert_int_eq(mkdir(top, 0755), 0);
    const char *link = arena_printf(&arena, "%s/link", scratch);
    ck_assert_int_eq(symlink("out", link), 0);
    ck_assert_int_eq(output_open(&output, &arena, &diag, link, OUTPUT_SHARE),
                     0);
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "A");
}
END_TEST

START_TEST(files_appear_at_commit_alone)
{
    open_top();
    ck_assert_int_eq(add("a.zone", "A"), 0);
    ck_assert_int_eq(add("internal/b.zone", "BB"), 0);
    ck_assert_int_eq(add("internal/c.zone", ""), 0);
    ck_assert_int_eq(count_entries(top, true), 1);
    ck_assert_int_eq(count_entries(top, false), 2);
    ck_assert_int_eq(count_entries(in_top("internal"), true), 2);
    ck_assert_int_eq(count_entries(in_top("internal"), false), 2);
    ck_assert_uint_eq(output.written, 0);

    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a.zone"), "A");
    ck_assert_str_eq(get("internal/b.zone"), "BB");
    ck_assert_str_eq(get("internal/c.zone"), "");
    ck_assert_int_eq(count_entries(top, false), 2);
    ck_assert_int_eq(count_entries(in_top("internal"), false), 2);
    ck_assert_uint_eq(output.written, 3);
    ck_assert_uint_eq(output.unchanged, 0);

    output_abandon(&output);
    ck_assert_str_eq(get("internal/b.zone"), "BB");
    ck_assert_uint_eq(diag.count, 0);
}
END_TEST

START_TEST(old_file_stays_whole_until_commit)
{
    put("a", "old");
    ck_assert_int_eq(add("a", "new text"), 0);
    ck_assert_str_eq(get("a"), "old");
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "new text");
    ck_assert_uint_eq(output.written, 1);
}
END_TEST

START_TEST(text_beyond_one_write_is_whole)
{
    size_t length = 20000000;
    char *text = arena_alloc(&arena, length + 1);
    const char *got;
    size_t got_length;

    for (size_t i = 0; i < length; i++)
        text[i] = (char)('a' + i % 23);
    ck_assert_int_eq(output_add(&output, "big", text, length), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(output_read(&output, "big", &got, &got_length), 1);
    ck_assert_uint_eq(got_length, length);
    ck_assert_mem_eq(got, text, length);
}
END_TEST

START_TEST(short_and_interrupted_writes_go_on)
{
    write_limit = 3;
    ck_assert_int_eq(add("a", "0123456789"), 0);
    write_limit = 0;
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "0123456789");
}
END_TEST

START_TEST(new_files_have_the_users_mask)
{
    umask(027);
    ck_assert_int_eq(add("sub/a", "A"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_uint_eq(status_of("sub/a").st_mode & 07777, 0640);
    ck_assert_uint_eq(status_of("sub").st_mode & 0777, 0750);
}
END_TEST

static const mode_t modes[] = {0600, 0604, 0664, 0666, 0400};

START_TEST(replaced_file_hands_on_its_mode)
{
    put("a", "old");
    ck_assert_int_eq(chmod(in_top("a"), modes[_i]), 0);
    umask(_i % 2 ? 077 : 0);
    ck_assert_int_eq(add("a", "new"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_uint_eq(status_of("a").st_mode & 07777, modes[_i]);
}
END_TEST

START_TEST(replaced_file_hands_on_its_owner)
{
    if (geteuid() != 0)
        return; /* only root gives files away */
    put("a", "old");
    ck_assert_int_eq(chown(in_top("a"), 1234, 2345), 0);
    ck_assert_int_eq(add("a", "new"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_uint_eq(status_of("a").st_uid, 1234);
    ck_assert_uint_eq(status_of("a").st_gid, 2345);
}
END_TEST

static const size_t lengths[] = {0, 1, 16383, 16384, 16385, 50000};

START_TEST(unchanged_file_is_left_alone)
{
    size_t length = lengths[_i];
    char *text = arena_alloc(&arena, length + 1);
    const struct timespec old[2] = {{.tv_sec = 1000000}, {.tv_sec = 1000000}};

    memset(text, 'x', length);
    put("a", text);
    ck_assert_int_eq(utimensat(AT_FDCWD, in_top("a"), old, 0), 0);
    struct stat before = status_of("a");
    ck_assert_int_eq(output_add(&output, "a", text, length), 0);
    ck_assert_int_eq(count_entries(top, false), 1);
    ck_assert_int_eq(output_commit(&output), 0);
    struct stat after = status_of("a");
    ck_assert_uint_eq(after.st_ino, before.st_ino);
    ck_assert_int_eq(after.st_mtim.tv_sec, 1000000);
    ck_assert_uint_eq(output.unchanged, 1);
    ck_assert_uint_eq(output.written, 0);
    ck_assert_int_eq(synced.file_systems + synced.directories, 0);
}
END_TEST

START_TEST(change_of_the_last_byte_is_a_change)
{
    size_t length = lengths[_i];
    char *text = arena_alloc(&arena, length + 1);

    memset(text, 'x', length);
    put("a", text);
    text[length - 1] = 'y';
    ck_assert_int_eq(output_add(&output, "a", text, length), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), text);
    ck_assert_uint_eq(output.written, 1);
}
END_TEST

START_TEST(longer_and_shorter_texts_are_changes)
{
    put("a", "same");
    put("b", "same");
    ck_assert_int_eq(add("a", "same and more"), 0);
    ck_assert_int_eq(add("b", "sam"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "same and more");
    ck_assert_str_eq(get("b"), "sam");
}
END_TEST

START_TEST(all_is_durable_before_the_first_name_changes)
{
    synced.path = in_top("a");
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(add("b", "B"), 0);
    ck_assert_int_eq(add("sub/c", "C"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(synced.file_systems, 1);
    ck_assert(!synced.path_was_there);
    ck_assert_int_eq(synced.files, 0);
    ck_assert_int_eq(synced.directories, 2);
}
END_TEST

START_TEST(name_of_a_new_directory_is_durable_too)
{
    output_abandon(&output);
    ck_assert_int_eq(rmdir(top), 0);
    open_top();
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(synced.directories, 2);
}
END_TEST

START_TEST(name_of_a_new_subdirectory_is_durable_too)
{
    ck_assert_int_eq(add("sub/a", "A"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(synced.directories, 2);
}
END_TEST

START_TEST(files_are_synced_one_by_one_without_syncfs)
{
    synced.error = ENOSYS;
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(add("b", "B"), 0);
    ck_assert_int_eq(add("sub/c", "C"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(synced.files, 3);
    ck_assert_int_eq(synced.directories, 2);
    ck_assert_str_eq(get("sub/c"), "C");
}
END_TEST

START_TEST(failing_sync_replaces_nothing)
{
    synced.error = EIO;
    put("a", "old");
    ck_assert_int_eq(add("a", "new"), 0);
    ck_assert_int_eq(add("b", "B"), 0);
    ck_assert_int_eq(output_commit(&output), -1);
    assert_reported("cannot-write", top);
    ck_assert_ptr_nonnull(strstr(diag.messages[0].text, strerror(EIO)));
    ck_assert_str_eq(get("a"), "old");
    ck_assert_int_eq(count_entries(top, false), 1);
    ck_assert_uint_eq(output.written, 0);
}
END_TEST

START_TEST(failing_rename_names_the_files_that_are_old)
{
    put("a", "old");
    put("c", "old");
    put("d", "old");
    ck_assert_int_eq(add("a", "new"), 0);
    ck_assert_int_eq(add("b", "new"), 0);
    ck_assert_int_eq(add("c", "new"), 0);
    ck_assert_int_eq(add("d", "new"), 0);
    ck_assert_int_eq(mkdir(in_top("b"), 0755), 0);
    ck_assert_int_eq(output_commit(&output), -1);
    assert_reported("cannot-write", in_top("b"));
    const struct diag_note *note = diag.messages[0].notes;
    ck_assert_str_eq(note->place.file, in_top("c"));
    ck_assert_str_eq(note->next->place.file, in_top("d"));
    ck_assert_ptr_null(note->next->next);
    ck_assert_str_eq(get("a"), "new");
    ck_assert_str_eq(get("c"), "old");
    ck_assert_int_eq(count_entries(top, true), 0);
    ck_assert_uint_eq(output.written, 1);
    ck_assert_int_eq(synced.directories, 1);
}
END_TEST

START_TEST(second_commit_takes_what_was_added_since)
{
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(synced.file_systems, 1);
    ck_assert_int_eq(add("a", "B"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "B");
    ck_assert_uint_eq(output.written, 2);
}
END_TEST

/* Writing ends after the limit as it does on a full disk, with a short write
 * at first. */
START_TEST(file_that_does_not_fit_is_reported_and_left_out)
{
    struct rlimit limit, old;
    char *text = arena_alloc(&arena, 60001);

    memset(text, 'x', 60000);
    put("a", "old");
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    limit = old;
    limit.rlim_cur = 10000;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    int status = add("a", text);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);

    ck_assert_int_eq(status, -1);
    assert_reported("cannot-write", in_top("a"));
    ck_assert_ptr_nonnull(strstr(diag.messages[0].text, strerror(EFBIG)));
    ck_assert_int_eq(count_entries(top, true), 0);
    ck_assert_int_eq(add("b", "B"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "old");
    ck_assert_str_eq(get("b"), "B");
}
END_TEST

START_TEST(symbolic_link_is_refused)
{
    const char *victim = arena_printf(&arena, "%s/victim", scratch);
    const char *text;
    size_t length;

    if (_i) {
        put("../victim", "old");
        ck_assert_int_eq(symlink(victim, in_top("a")), 0);
    } else {
        ck_assert_int_eq(symlink("nowhere", in_top("a")), 0);
    }
    ck_assert_int_eq(add("a", "new"), -1);
    assert_reported("not-a-regular-file", in_top("a"));
    ck_assert_int_eq(output_read(&output, "a", &text, &length), -1);
    ck_assert_str_eq(diag.messages[1].id, "not-a-regular-file");
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert(S_ISLNK(status_of("a").st_mode));
    ck_assert(!_i || strcmp(get("../victim"), "old") == 0);
    ck_assert_int_eq(count_entries(top, false), 1);
}
END_TEST

START_TEST(link_to_a_directory_is_refused)
{
    const char *victim = arena_printf(&arena, "%s/victim", scratch);
    const char *text;
    size_t length;

    ck_assert_int_eq(mkdir(victim, 0755), 0);
    ck_assert_int_eq(symlink(victim, in_top("sub")), 0);
    ck_assert_int_eq(add("sub/a", "A"), -1);
    assert_reported("not-a-directory", in_top("sub/a"));
    ck_assert_int_eq(output_read(&output, "sub/a", &text, &length), -1);
    ck_assert_int_eq(count_entries(victim, false), 0);
}
END_TEST

START_TEST(file_in_place_of_a_directory_is_refused)
{
    put("sub", "old");
    ck_assert_int_eq(add("sub/a", "A"), -1);
    assert_reported("not-a-directory", in_top("sub/a"));
    ck_assert_str_eq(get("sub"), "old");
}
END_TEST

START_TEST(what_is_no_regular_file_is_refused)
{
    const char *text;
    size_t length;

    if (_i)
        ck_assert_int_eq(mkdir(in_top("a"), 0755), 0);
    else
        ck_assert_int_eq(mkfifo(in_top("a"), 0644), 0);
    ck_assert_int_eq(add("a", "new"), -1);
    assert_reported("not-a-regular-file", in_top("a"));
    ck_assert_int_eq(output_read(&output, "a", &text, &length), -1);
    ck_assert_int_eq(count_entries(top, false), 1);
}
END_TEST

static const char *bad_paths[] = {
    "",    ".",   "..",   "/",  "/a",   "a/",   "a//b",  "../a", "a/../b",
    "./a", "a/.", "a/..", ".a", "a/.b", ".a/b", "a/b/c", "/a/b", "//",
};

START_TEST(name_too_long_for_a_file_is_refused)
{
    char path[300];

    memset(path, 'a', sizeof path);
    path[256] = '\0';
    ck_assert_int_eq(add(path, "A"), -1);
    ck_assert_str_eq(diag.messages[0].id, "bad-output-path");
    path[255] = '\0';
    ck_assert_int_eq(add(path, "A"), 0);
}
END_TEST

START_TEST(bad_path_is_refused)
{
    const char *path = bad_paths[_i];
    const char *text;
    size_t length;

    ck_assert_msg(add(path, "A") == -1, "'%s'", path);
    ck_assert_str_eq(diag.messages[0].id, "bad-output-path");
    ck_assert_msg(output_read(&output, path, &text, &length) == -1, "'%s'",
                  path);
    ck_assert_str_eq(diag.messages[1].id, "bad-output-path");
    ck_assert_int_eq(count_entries(top, false), 0);
    ck_assert_int_eq(count_entries(scratch, false), 1);
}
END_TEST

START_TEST(name_of_full_length_works)
{
    char name[257];

    memset(name, 'n', sizeof name);
    name[255] = '\0';
    ck_assert_int_eq(add(name, "A"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get(name), "A");
    name[255] = 'n';
    name[256] = '\0';
    ck_assert_int_eq(add(name, "A"), -1);
    ck_assert_uint_eq(diag.errors, 1);
}
END_TEST

START_TEST(temporary_that_is_in_the_way_is_passed_over)
{
    char stale[TEMPORARY_SIZE];

    temporary_name(stale, "a", 0);
    put(stale, "stale");
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "A");
    ck_assert_str_eq(get(stale), "stale");
}
END_TEST

static void open_again(void)
{
    output_abandon(&output);
    open_top();
}

START_TEST(temporaries_of_killed_runs_are_removed)
{
    char own[TEMPORARY_SIZE];

    temporary_name(own, "b.zone", 0);
    put(own, "");
    put(".a.zone.ocszone-4711-0", "x");
    put(".a.zone.ocszone-1-12", "");
    ck_assert_int_eq(mkdir(in_top("sub"), 0755), 0);
    put("sub/.c.ocszone-4711-0", "x");
    open_again();
    ck_assert_int_eq(count_entries(top, true), 0);
    ck_assert_int_eq(count_entries(in_top("sub"), true), 1);
    ck_assert_int_eq(add("sub/d", "D"), 0);
    ck_assert_int_eq(count_entries(in_top("sub"), true), 1);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(count_entries(in_top("sub"), false), 1);
}
END_TEST

START_TEST(temporaries_of_a_run_that_goes_on_stay)
{
    struct output other;

    if (_i) {
        output_abandon(&output);
        ck_assert_int_eq(rmdir(top), 0);
        open_top(); /* makes it */
    }
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(add("sub/b", "B"), 0);
    ck_assert_int_eq(output_open(&other, &arena, &diag, top, OUTPUT_SHARE), 0);
    ck_assert_int_eq(output_add(&other, "sub/c", "C", 1), 0);
    output_abandon(&other);
    ck_assert_int_eq(count_entries(top, true), 1);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "A");
    ck_assert_str_eq(get("sub/b"), "B");
}
END_TEST

static const char *const foreign_names[] = {
    "..ocszone-4711-0",
    ".a.4711.0",
    "a.ocszone-4711-0",
    ".ocszone-4711-0",
    ".a.ocszone-4711",
    ".a.ocszone-4711-",
    ".a.ocszone--0",
    ".a.ocszone-x4711-0",
    ".a.ocszone--4711-0",
    ".a.ocszone-4711-0~",
    ".a.ocszone4711-0",
    ".a.ocszone-4711-x0",
    ".aocszone-4711-0",
    ".a.ocszone-4711.0",
    ".a.ocszone-4711-0.zone",
    ".a.ocszone-4711-0-1",
    ".4711-0",
    ".-0",
    ".0",
};

START_TEST(files_of_others_are_not_taken_for_temporaries)
{
    put(foreign_names[_i], "theirs");
    open_again();
    ck_assert_msg(get(foreign_names[_i]) != NULL, "%s", foreign_names[_i]);
}
END_TEST

START_TEST(what_is_no_file_is_not_taken_for_a_temporary)
{
    const char *path = in_top(".a.ocszone-4711-0");

    if (_i == 0)
        ck_assert_int_eq(symlink("nowhere", path), 0);
    else if (_i == 1)
        ck_assert_int_eq(mkfifo(path, 0600), 0);
    else
        ck_assert_int_eq(mkdir(path, 0700), 0);
    open_again();
    ck_assert_int_eq(count_entries(top, true), 1);
}
END_TEST

START_TEST(file_on_disk_is_read)
{
    const char *text;
    size_t length;

    put("a", "old");
    ck_assert_int_eq(add("a", "new"), 0);
    ck_assert_int_eq(add("sub/b", "new"), 0);
    ck_assert_int_eq(output_read(&output, "a", &text, &length), 1);
    ck_assert_uint_eq(length, 3);
    ck_assert_str_eq(text, "old");
    ck_assert_int_eq(output_read(&output, "sub/b", &text, &length), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(output_read(&output, "sub/b", &text, &length), 1);
    ck_assert_str_eq(text, "new");
}
END_TEST

START_TEST(file_is_read_anew_each_time)
{
    const char *text;
    size_t length;

    put("a", "old");
    ck_assert_int_eq(output_read(&output, "a", &text, &length), 1);
    put("a", "newer");
    ck_assert_int_eq(output_read(&output, "a", &text, &length), 1);
    ck_assert_str_eq(text, "newer");
    ck_assert_int_eq(add("a", "newer"), 0);
    ck_assert_uint_eq(output.unchanged, 1);
}
END_TEST

START_TEST(file_that_was_read_is_compared_with_what_was_read)
{
    const char *text;
    size_t length;

    put("a", "same");
    put("b", "same");
    ck_assert_int_eq(output_read(&output, "a", &text, &length), 1);
    ck_assert_int_eq(add("a", "same"), 0);
    ck_assert_int_eq(output_read(&output, "b", &text, &length), 1);
    ck_assert_int_eq(add("b", "sane"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_uint_eq(output.unchanged, 1);
    ck_assert_uint_eq(output.written, 1);
}
END_TEST

START_TEST(file_of_a_new_directory_is_there_after_the_commit)
{
    const char *text;
    size_t length;

    ck_assert_int_eq(output_read(&output, "sub/a", &text, &length), 0);
    ck_assert_int_eq(add("sub/a", "A"), 0);
    ck_assert_int_eq(output_read(&output, "sub/a", &text, &length), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(add("sub/a", "A"), 0);
    ck_assert_uint_eq(output.unchanged, 1);
    ck_assert_int_eq(output_read(&output, "sub/a", &text, &length), 1);
    ck_assert_str_eq(text, "A");
}
END_TEST

START_TEST(reading_makes_no_directory)
{
    const char *text;
    size_t length;

    ck_assert_int_eq(output_read(&output, "a", &text, &length), 0);
    ck_assert_int_eq(output_read(&output, "sub/a", &text, &length), 0);
    ck_assert_int_eq(count_entries(top, false), 0);
    ck_assert_int_eq(add("sub/a", "A"), 0);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_int_eq(output_read(&output, "sub/a", &text, &length), 1);
    ck_assert_uint_eq(diag.count, 0);
}
END_TEST

START_TEST(abandoned_run_leaves_no_trace)
{
    int before = next_descriptor();

    open_top();
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(add("one/b", "B"), 0);
    ck_assert_int_eq(add("two/c", "C"), 0);
    output_abandon(&output);
    ck_assert(!is_there(top));
    ck_assert_int_eq(count_entries(scratch, false), 0);
    ck_assert_int_eq(next_descriptor(), before);
    output_abandon(&output);
    ck_assert_int_eq(output_commit(&output), 0);
}
END_TEST

START_TEST(abandoned_run_keeps_what_was_there)
{
    ck_assert_int_eq(mkdir(in_top("sub"), 0755), 0);
    put("a", "old");
    put("sub/b", "old");
    ck_assert_int_eq(add("a", "new"), 0);
    ck_assert_int_eq(add("sub/b", "new"), 0);
    ck_assert_int_eq(add("made/c", "new"), 0);
    output_abandon(&output);
    ck_assert_str_eq(get("a"), "old");
    ck_assert_str_eq(get("sub/b"), "old");
    ck_assert_int_eq(count_entries(top, false), 2);
    ck_assert_int_eq(count_entries(in_top("sub"), false), 1);
}
END_TEST

START_TEST(made_directory_that_others_use_stays)
{
    output_abandon(&output);
    ck_assert_int_eq(rmdir(top), 0);
    open_top();
    ck_assert_int_eq(add("sub/a", "A"), 0);
    put("sub/other", "theirs");
    output_abandon(&output);
    ck_assert_str_eq(get("sub/other"), "theirs");
    ck_assert_int_eq(count_entries(in_top("sub"), false), 1);
}
END_TEST

START_TEST(looking_changes_nothing)
{
    put("a", "A");
    put("b", "B");
    put(".c.ocszone-4711-0", "");
    output_abandon(&output);
    ck_assert_int_eq(output_open(&output, &arena, &diag, top, OUTPUT_LOOK), 0);
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(output.change, OUTPUT_SAME);
    ck_assert_int_eq(add("b", "new"), 0);
    ck_assert_int_eq(output.change, OUTPUT_REPLACED);
    ck_assert_int_eq(add("sub/c", "C"), 0);
    ck_assert_int_eq(output.change, OUTPUT_NEW);
    ck_assert_uint_eq(output.changes, 2);
    ck_assert_uint_eq(output.unchanged, 1);
    output_abandon(&output);
    ck_assert_int_eq(count_entries(top, false), 3);
    ck_assert_str_eq(get("b"), "B");
}
END_TEST

START_TEST(looking_at_nothing_makes_nothing)
{
    const char *text;
    size_t length;

    ck_assert_int_eq(output_open(&output, &arena, &diag, top, OUTPUT_LOOK), 0);
    ck_assert_int_eq(output_read(&output, "a", &text, &length), 0);
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(add("sub/b", "B"), 0);
    ck_assert_uint_eq(output.changes, 2);
    output_abandon(&output);
    ck_assert_int_eq(access(top, F_OK), -1);
}
END_TEST

START_TEST(who_looks_waits_for_nobody)
{
    struct output other;

    output_abandon(&output);
    ck_assert_int_eq(output_open(&output, &arena, &diag, top, OUTPUT_ALONE), 0);
    ck_assert_int_eq(output_open(&other, &arena, &diag, top, OUTPUT_LOOK), 0);
    output_abandon(&other);
}
END_TEST

/* The second is the one that gives up: whoever has the directory is let. */
static const struct {
    enum output_access first, second;
} refused[] = {
    {OUTPUT_ALONE, OUTPUT_ALONE},
    {OUTPUT_ALONE, OUTPUT_SHARE},
    {OUTPUT_SHARE, OUTPUT_ALONE},
};

START_TEST(directory_that_another_run_has_is_refused)
{
    struct output other;

    output_abandon(&output);
    ck_assert_int_eq(
        output_open(&output, &arena, &diag, top, refused[_i].first), 0);
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(
        output_open(&other, &arena, &diag, top, refused[_i].second), -1);
    output_abandon(&other);
    assert_reported("directory-in-use", top);
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_str_eq(get("a"), "A");
    output_abandon(&output);
    ck_assert_int_eq(
        output_open(&output, &arena, &diag, top, refused[_i].second), 0);
}
END_TEST

START_TEST(file_is_removed_behind_the_renames)
{
    put("gone", "G");
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(output_remove(&output, "gone"), 0);
    ck_assert_str_eq(get("gone"), "G");
    ck_assert_int_eq(output_commit(&output), 0);
    ck_assert_ptr_null(get("gone"));
    ck_assert_uint_eq(output.removed, 1);
}
END_TEST

START_TEST(file_stays_where_a_rename_fails)
{
    put("gone", "G");
    ck_assert_int_eq(add("a", "A"), 0);
    ck_assert_int_eq(output_remove(&output, "gone"), 0);
    ck_assert_int_eq(mkdir(in_top("a"), 0755), 0);
    ck_assert_int_eq(output_commit(&output), -1);
    ck_assert_str_eq(get("gone"), "G");
    ck_assert_int_eq(rmdir(in_top("a")), 0);
}
END_TEST

static Suite *output_suite(void)
{
    Suite *suite = suite_create("output");
    TCase *opening = tcase_create("opening");
    TCase *writing = tcase_create("writing");
    TCase *commit = tcase_create("commit");
    TCase *refusing = tcase_create("refusing");
    TCase *leaving = tcase_create("leaving");

    tcase_add_unchecked_fixture(opening, scratch_make, scratch_remove);
    tcase_add_checked_fixture(opening, setup, teardown);
    tcase_add_test(opening, directory_is_made_with_the_users_mask);
    tcase_add_test(opening, directory_without_a_parent_is_reported);
    tcase_add_test(opening, file_in_place_of_the_directory_is_reported);
    tcase_add_test(opening, directory_without_permission_is_reported);
    tcase_add_test(opening, directory_may_be_a_link_that_the_user_names);
    tcase_add_test(opening, files_appear_at_commit_alone);
    tcase_add_test(opening, abandoned_run_leaves_no_trace);
    tcase_add_test(opening, looking_at_nothing_makes_nothing);
    suite_add_tcase(suite, opening);

    tcase_add_unchecked_fixture(writing, scratch_make, scratch_remove);
    tcase_add_checked_fixture(writing, setup_opened, teardown);
    tcase_add_test(writing, old_file_stays_whole_until_commit);
    tcase_add_test(writing, text_beyond_one_write_is_whole);
    tcase_add_test(writing, short_and_interrupted_writes_go_on);
    tcase_add_test(writing, new_files_have_the_users_mask);
    tcase_add_loop_test(writing, replaced_file_hands_on_its_mode, 0,
                        (int)(sizeof modes / sizeof *modes));
    tcase_add_test(writing, replaced_file_hands_on_its_owner);
    tcase_add_loop_test(writing, unchanged_file_is_left_alone, 0,
                        (int)(sizeof lengths / sizeof *lengths));
    tcase_add_loop_test(writing, change_of_the_last_byte_is_a_change, 1,
                        (int)(sizeof lengths / sizeof *lengths));
    tcase_add_test(writing, longer_and_shorter_texts_are_changes);
    tcase_add_test(writing, file_that_does_not_fit_is_reported_and_left_out);
    tcase_add_test(writing, name_of_full_length_works);
    tcase_add_test(writing, temporary_that_is_in_the_way_is_passed_over);
    tcase_add_test(writing, temporaries_of_killed_runs_are_removed);
    tcase_add_loop_test(writing, temporaries_of_a_run_that_goes_on_stay, 0, 2);
    tcase_add_loop_test(writing, files_of_others_are_not_taken_for_temporaries,
                        0, (int)(sizeof foreign_names / sizeof *foreign_names));
    tcase_add_loop_test(writing, what_is_no_file_is_not_taken_for_a_temporary,
                        0, 3);
    tcase_add_test(writing, file_on_disk_is_read);
    tcase_add_test(writing, file_is_read_anew_each_time);
    tcase_add_test(writing, file_that_was_read_is_compared_with_what_was_read);
    tcase_add_test(writing, file_of_a_new_directory_is_there_after_the_commit);
    tcase_add_test(writing, reading_makes_no_directory);
    tcase_add_test(writing, looking_changes_nothing);
    tcase_add_test(writing, who_looks_waits_for_nobody);
    tcase_set_timeout(writing, 3 * LOCK_PATIENCE_SECONDS);
    tcase_add_loop_test(writing, directory_that_another_run_has_is_refused, 0,
                        (int)(sizeof refused / sizeof *refused));
    suite_add_tcase(suite, writing);

    tcase_add_unchecked_fixture(commit, scratch_make, scratch_remove);
    tcase_add_checked_fixture(commit, setup_opened, teardown);
    tcase_add_test(commit, all_is_durable_before_the_first_name_changes);
    tcase_add_test(commit, name_of_a_new_directory_is_durable_too);
    tcase_add_test(commit, name_of_a_new_subdirectory_is_durable_too);
    tcase_add_test(commit, files_are_synced_one_by_one_without_syncfs);
    tcase_add_test(commit, failing_sync_replaces_nothing);
    tcase_add_test(commit, failing_rename_names_the_files_that_are_old);
    tcase_add_test(commit, file_is_removed_behind_the_renames);
    tcase_add_test(commit, file_stays_where_a_rename_fails);
    tcase_add_test(commit, second_commit_takes_what_was_added_since);
    suite_add_tcase(suite, commit);

    tcase_add_unchecked_fixture(refusing, scratch_make, scratch_remove);
    tcase_add_checked_fixture(refusing, setup_opened, teardown);
    tcase_add_loop_test(refusing, symbolic_link_is_refused, 0, 2);
    tcase_add_test(refusing, link_to_a_directory_is_refused);
    tcase_add_test(refusing, file_in_place_of_a_directory_is_refused);
    tcase_add_loop_test(refusing, what_is_no_regular_file_is_refused, 0, 2);
    tcase_add_test(refusing, name_too_long_for_a_file_is_refused);
    tcase_add_loop_test(refusing, bad_path_is_refused, 0,
                        (int)(sizeof bad_paths / sizeof *bad_paths));
    suite_add_tcase(suite, refusing);

    tcase_add_unchecked_fixture(leaving, scratch_make, scratch_remove);
    tcase_add_checked_fixture(leaving, setup_opened, teardown);
    tcase_add_test(leaving, abandoned_run_keeps_what_was_there);
    tcase_add_test(leaving, made_directory_that_others_use_stays);
    suite_add_tcase(suite, leaving);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(output_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
