/*
 * A library that is loaded in front of libc, and makes the calls by which a
 * program touches files fail as a test wants it.
 *
 *     LD_PRELOAD=faults.so FAULTS=renameat:2:EIO FAULTS_LOG=calls ocszone ...
 *
 * FAULTS has up to MOST_FAULTS of CALL:NUMBER:WHAT, with commas between them.
 * CALL is the name of a function below, or "any"; NUMBER counts its calls from
 * 1, and 0 is each of them.  WHAT is
 *
 *     EIO ...   the call does nothing and fails so; a close does close
 *     short     a read or write does half of what it should
 *     kill      SIGKILL instead of the call
 *     killed    SIGKILL behind the call
 *     power     the machine stops instead of the call: of each file that was
 *               written to and not synced since, half is lost
 *     run       the shell runs $FAULTS_COMMAND before the call
 *
 * The file FAULTS_LOG gets a line for each call, "renameat /srv/dns/x.zone":
 * the name that is opened, made, given or taken away, or the descriptor's.
 * What libc calls by itself, as for standard output, is not seen here.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_FAULTS     4
#define MOST_UNSYNCED   100
#define OWN_DESCRIPTORS 200 /* from here on, out of the program's way */
#define PATH_SIZE       4096

/* The function that this library stands in front of. */
#define REAL(name) (__extension__(__typeof__(&(name))) dlsym(RTLD_NEXT, #name))

enum action { ACTION_NONE, ACTION_FAIL, ACTION_SHORT, ACTION_KILLED };

struct fault {
    char call[16];
    unsigned long number;
    char what[16];
    unsigned long seen;
};

static struct fault faults[MOST_FAULTS];
static int fault_count;
static int log_descriptor = -1;

/* Copies of the descriptors of files that a power failure would spoil. */
static int unsynced[MOST_UNSYNCED];
static int unsynced_count;

static const struct {
    const char *name;
    int number;
} errors[] = {
    {"EACCES", EACCES}, {"EAGAIN", EAGAIN}, {"EDQUOT", EDQUOT},
    {"EINTR", EINTR},   {"EIO", EIO},       {"EMFILE", EMFILE},
    {"ENOLCK", ENOLCK}, {"ENOMEM", ENOMEM}, {"ENOSPC", ENOSPC},
    {"ENOSYS", ENOSYS}, {"EPERM", EPERM},   {"EROFS", EROFS},
};

static void give_up(const char *what)
{
    dprintf(STDERR_FILENO, "faults: %s\n", what);
    _exit(99);
}

static int copy_away(int descriptor)
{
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, OWN_DESCRIPTORS);

    if (copy < 0)
        give_up("a descriptor cannot be copied");
    return copy;
}

static void open_log(const char *path)
{
    int descriptor = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND, 0666);

    if (descriptor < 0)
        give_up("the log cannot be opened");
    log_descriptor = copy_away(descriptor);
    REAL(close)(descriptor);
}

/* Takes what stands before the next colon, comma or end. */
static const char *take_field(const char *text, char *field, size_t size)
{
    size_t length = strcspn(text, ":,");

    if (length == 0 || length >= size)
        give_up("FAULTS cannot be read");
    memcpy(field, text, length);
    field[length] = '\0';
    return text + length + (text[length] == ':');
}

static const char *take_fault(const char *text, struct fault *fault)
{
    char number[16];

    text = take_field(text, fault->call, sizeof fault->call);
    text = take_field(text, number, sizeof number);
    fault->number = strtoul(number, NULL, 10);
    return take_field(text, fault->what, sizeof fault->what);
}

__attribute__((constructor)) static void faults_init(void)
{
    const char *text = getenv("FAULTS");
    const char *path = getenv("FAULTS_LOG");

    if (path)
        open_log(path);
    while (text && *(text += strspn(text, ","))) {
        if (fault_count == MOST_FAULTS)
            give_up("FAULTS has too many");
        text = take_fault(text, &faults[fault_count++]);
    }
}

/* ---- what a stop of the machine would spoil */

static bool is_same_file(int one, int other)
{
    struct stat a, b;

    return REAL(fstat)(one, &a) == 0 && REAL(fstat)(other, &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool is_same_device(int one, int other)
{
    struct stat a, b;

    return REAL(fstat)(one, &a) == 0 && REAL(fstat)(other, &b) == 0 &&
           a.st_dev == b.st_dev;
}

static void note_write(int descriptor)
{
    for (int i = 0; i < unsynced_count; i++)
        if (is_same_file(unsynced[i], descriptor))
            return;
    if (unsynced_count == MOST_UNSYNCED)
        give_up("too many files are written to");
    unsynced[unsynced_count++] = copy_away(descriptor);
}

static void note_sync(int descriptor, bool (*is_synced)(int, int))
{
    int kept = 0;

    for (int i = 0; i < unsynced_count; i++)
        if (is_synced(unsynced[i], descriptor))
            REAL(close)(unsynced[i]);
        else
            unsynced[kept++] = unsynced[i];
    unsynced_count = kept;
}

static void spoil_unsynced(void)
{
    struct stat status;

    for (int i = 0; i < unsynced_count; i++)
        if (REAL(fstat)(unsynced[i], &status) != 0 ||
            ftruncate(unsynced[i], status.st_size / 2) != 0)
            give_up("a file cannot be spoilt");
}

/* ---- what happens at a call */

static ssize_t name_of(int descriptor, char name[PATH_SIZE])
{
    char link[64];
    ssize_t length;

    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    length = readlink(link, name, PATH_SIZE);
    if (length < 0)
        give_up("there is no /proc");
    return length;
}

static void log_call(const char *call, int directory, const char *path)
{
    char base[PATH_SIZE], line[2 * PATH_SIZE];
    ssize_t length = 0;

    if (log_descriptor < 0)
        return;
    if (directory >= 0 && !(path && path[0] == '/'))
        length = name_of(directory, base);
    length = snprintf(line, sizeof line, "%s %.*s%s%s\n", call, (int)length,
                      base, length > 0 && path ? "/" : "", path ? path : "");
    if (REAL(write)(log_descriptor, line, (size_t)length) != length)
        give_up("the log cannot be written");
}

static void run_command(void)
{
    pid_t child = fork();

    if (child == 0) {
        unsetenv("LD_PRELOAD");
        execl("/bin/sh", "sh", "-c", getenv("FAULTS_COMMAND"), (char *)NULL);
        _exit(99);
    }
    if (child < 0 || waitpid(child, NULL, 0) != child)
        give_up("the command cannot be run");
}

static enum action fail_with(const char *name, int *reason)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(errors[i].name, name) == 0) {
            *reason = errors[i].number;
            return ACTION_FAIL;
        }
    give_up("FAULTS has an unknown error");
    return ACTION_NONE;
}

static enum action fault_begin(const char *what, int *reason)
{
    if (strcmp(what, "short") == 0)
        return ACTION_SHORT;
    if (strcmp(what, "killed") == 0)
        return ACTION_KILLED;
    if (strcmp(what, "run") == 0) {
        run_command();
        return ACTION_NONE;
    }
    if (strcmp(what, "power") == 0)
        spoil_unsynced();
    else if (strcmp(what, "kill") != 0)
        return fail_with(what, reason);
    raise(SIGKILL);
    return ACTION_NONE;
}

/* Leaves errno as it was, unless the call is to fail. */
static enum action call_begin(const char *call, int directory, const char *path)
{
    enum action action = ACTION_NONE;
    int reason = errno;

    log_call(call, directory, path);
    for (int i = 0; i < fault_count; i++) {
        struct fault *fault = &faults[i];

        if (strcmp(fault->call, call) != 0 && strcmp(fault->call, "any") != 0)
            continue;
        fault->seen++;
        if (fault->number == 0 || fault->number == fault->seen)
            action = fault_begin(fault->what, &reason);
    }
    errno = reason;
    return action;
}

static void call_end(enum action action)
{
    if (action == ACTION_KILLED)
        raise(SIGKILL);
}

/* ---- the calls */

/* The arguments bring their parentheses.
 * NOLINTBEGIN(bugprone-macro-parentheses) */
#define CALL(type, failed, name, parameters, directory, path, arguments)       \
    type name parameters                                                       \
    {                                                                          \
        enum action action = call_begin(#name, directory, path);               \
        type result = action == ACTION_FAIL ? (failed) : REAL(name) arguments; \
                                                                               \
        call_end(action);                                                      \
        return result;                                                         \
    }
/* NOLINTEND(bugprone-macro-parentheses) */

CALL(int, -1, stat, (const char *file, struct stat *buf), AT_FDCWD, file,
     (file, buf))
CALL(int, -1, lstat, (const char *file, struct stat *buf), AT_FDCWD, file,
     (file, buf))
CALL(int, -1, fstat, (int fd, struct stat *buf), fd, NULL, (fd, buf))
CALL(int, -1, fstatat, (int fd, const char *file, struct stat *buf, int flag),
     fd, file, (fd, file, buf, flag))
CALL(int, -1, faccessat, (int fd, const char *file, int type, int flag), fd,
     file, (fd, file, type, flag))
CALL(int, -1, flock, (int fd, int operation), fd, NULL, (fd, operation))
CALL(int, -1, fchown, (int fd, uid_t owner, gid_t group), fd, NULL,
     (fd, owner, group))
CALL(int, -1, fchmod, (int fd, mode_t mode), fd, NULL, (fd, mode))
CALL(int, -1, mkdirat, (int fd, const char *path, mode_t mode), fd, path,
     (fd, path, mode))
CALL(int, -1, unlinkat, (int fd, const char *name, int flag), fd, name,
     (fd, name, flag))
CALL(int, -1, unlink, (const char *name), AT_FDCWD, name, (name))
CALL(int, -1, rmdir, (const char *path), AT_FDCWD, path, (path))
CALL(int, -1, renameat,
     (int oldfd, const char *old, int newfd, const char *new), newfd, new,
     (oldfd, old, newfd, new))
CALL(DIR *, NULL, opendir, (const char *name), AT_FDCWD, name, (name))
CALL(DIR *, NULL, fdopendir, (int fd), fd, NULL, (fd))
CALL(struct dirent *, NULL, readdir, (DIR * dirp), dirfd(dirp), NULL, (dirp))

int closedir(DIR *dirp)
{
    enum action action = call_begin("closedir", dirfd(dirp), NULL);
    int reason = errno;
    int result = REAL(closedir)(dirp);

    call_end(action);
    if (action == ACTION_FAIL)
        errno = reason;
    return action == ACTION_FAIL ? -1 : result;
}

int close(int fd)
{
    enum action action = call_begin("close", fd, NULL);
    int reason = errno;
    int result = REAL(close)(fd);

    call_end(action);
    if (action == ACTION_FAIL)
        errno = reason;
    return action == ACTION_FAIL ? -1 : result;
}

static mode_t mode_of(int flags, va_list arguments)
{
    return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
}

int open(const char *file, int oflag, ...)
{
    enum action action = call_begin("open", AT_FDCWD, file);
    int result = -1;
    va_list arguments;

    va_start(arguments, oflag);
    if (action != ACTION_FAIL)
        result = REAL(open)(file, oflag, mode_of(oflag, arguments));
    va_end(arguments);
    call_end(action);
    return result;
}

int openat(int fd, const char *file, int oflag, ...)
{
    enum action action = call_begin("openat", fd, file);
    int result = -1;
    va_list arguments;

    va_start(arguments, oflag);
    if (action != ACTION_FAIL)
        result = REAL(openat)(fd, file, oflag, mode_of(oflag, arguments));
    va_end(arguments);
    call_end(action);
    return result;
}

static size_t size_of(enum action action, size_t size)
{
    return action == ACTION_SHORT && size > 1 ? size / 2 : size;
}

ssize_t read(int fd, void *buf, size_t nbytes)
{
    enum action action = call_begin("read", fd, NULL);
    ssize_t result = -1;

    if (action != ACTION_FAIL)
        result = REAL(read)(fd, buf, size_of(action, nbytes));
    call_end(action);
    return result;
}

ssize_t write(int fd, const void *buf, size_t n)
{
    enum action action = call_begin("write", fd, NULL);
    ssize_t result = -1;

    if (action != ACTION_FAIL) {
        result = REAL(write)(fd, buf, size_of(action, n));
        note_write(fd);
    }
    call_end(action);
    return result;
}

/* Nothing waits for a disk here: what is lost is for "power" to say. */
static int sync_call(const char *call, int fd, bool (*is_synced)(int, int))
{
    enum action action = call_begin(call, fd, NULL);
    int result = action == ACTION_FAIL ? -1 : fcntl(fd, F_GETFD);

    if (result >= 0)
        note_sync(fd, is_synced);
    call_end(action);
    return result < 0 ? -1 : 0;
}

int fsync(int fd)
{
    return sync_call("fsync", fd, is_same_file);
}

int syncfs(int fd)
{
    return sync_call("syncfs", fd, is_same_device);
}
