#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lock.h"
#include "base/temporary.h"

#define DIRECTORY_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#define READING_FLAGS   (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
#define PERMISSIONS     0777

/* The file of a directory that was looked at last, and what was found: who
 * adds a file has read it just before. */
struct seen {
    const char *path; /* NULL: none yet */
    int is_there;
    struct stat status;
    const char *text; /* status.st_size bytes; NULL where it was not read */
};

struct output_directory {
    const char *name; /* in the top directory, which is "" itself */
    int descriptor;
    dev_t device;
    bool is_made;   /* by this run */
    bool is_filled; /* by this run, or there was something before */
    bool is_used;   /* by a file that is to be renamed */
    struct seen seen;
    struct output_directory *next;
};

struct output_file {
    const char *path; /* as messages show it */
    const char *name; /* in its directory */
    struct output_directory *directory;
    char temporary[TEMPORARY_SIZE]; /* empty when there is none */
    struct output_file *next;
};

struct output_removal {
    const char *path;
    const char *name;
    struct output_directory *directory;
    struct output_removal *next;
};

/* The two parts of a path in the output directory. */
struct target {
    const char *path;      /* as messages show it */
    const char *directory; /* "" for the top one */
    const char *name;
};

static int report(struct output *output, const char *path, const char *id,
                  const char *what)
{
    return diag_error(output->diag, (struct place){.file = path}, id, "%s: %s",
                      what, strerror(errno));
}

static int report_no_file(struct output *output, const char *path)
{
    return diag_error(output->diag, (struct place){.file = path},
                      "not-a-regular-file",
                      "is there and is no regular file: it is left alone");
}

static bool is_component(const char *text, size_t length)
{
    return length > 0 && text[0] != '.' && !memchr(text, '/', length);
}

static int split_path(struct output *output, const char *path,
                      struct target *target)
{
    const char *slash = strchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    const char *top = output->directory;
    bool has_slash = *top && top[strlen(top) - 1] == '/';

    target->path =
        arena_printf(output->arena, "%s%s%s", top, has_slash ? "" : "/", path);
    target->directory = arena_copy(output->arena, path, length);
    target->name = slash ? slash + 1 : path;
    if (!is_component(target->name, strlen(target->name)) ||
        (slash && !is_component(path, length)))
        return diag_error(output->diag, (struct place){.file = target->path},
                          "bad-output-path",
                          "'%s' cannot be the name of a file to write", path);
    return 0;
}

static struct output_directory *directory_find(struct output *output,
                                               const char *name)
{
    struct output_directory *directory = output->directories;

    while (directory && strcmp(directory->name, name) != 0)
        directory = directory->next;
    return directory;
}

/* Only the top directory is ever had alone: whoever writes below has it open,
 * too.  Returns -1 with errno. */
static int directory_lock(const struct output_directory *directory,
                          enum output_access access)
{
    bool is_alone = access == OUTPUT_ALONE && !directory->name[0];
    int status = 0;

    if (access == OUTPUT_LOOK)
        return 0;
    if (is_alone)
        status = lock_take(directory->descriptor, LOCK_ALONE);
    if (status == 0)
        temporary_sweep(directory->descriptor);
    if (!is_alone)
        status = lock_take(directory->descriptor, LOCK_SHARED);
    if (status != 0)
        errno = EWOULDBLOCK;
    return status;
}

/* Opens path, made before when that is wanted and there is none.  Returns -1
 * with errno. */
static int directory_open(struct output_directory *directory, int parent,
                          const char *path, int flags,
                          enum output_access access, bool make)
{
    struct stat status;
    int descriptor = openat(parent, path, flags);

    if (descriptor < 0 && errno == ENOENT && make) {
        directory->is_made = mkdirat(parent, path, PERMISSIONS) == 0;
        if (directory->is_made || errno == EEXIST)
            descriptor = openat(parent, path, flags);
    }
    directory->descriptor = descriptor;
    if (descriptor < 0 || fstat(descriptor, &status) != 0)
        return -1;
    directory->device = status.st_dev;
    directory->is_filled = !directory->is_made;
    return directory_lock(directory, access);
}

/* Keeps what output_abandon will have to close or remove. */
static void directory_keep(struct output *output,
                           struct output_directory *directory)
{
    if (directory->descriptor < 0 && !directory->is_made)
        return;
    directory->next = output->directories;
    output->directories = directory;
}

static int report_directory(struct output *output, const char *path)
{
    const char *id =
        errno == ENOTDIR || errno == ELOOP ? "not-a-directory" : "cannot-write";

    if (errno == EWOULDBLOCK)
        return diag_error(output->diag, (struct place){.file = path},
                          "directory-in-use",
                          "another run has been writing to the directory for "
                          "%d seconds; try again when it is through",
                          LOCK_PATIENCE_SECONDS);
    if (output->access == OUTPUT_LOOK)
        return report(output, path,
                      errno == ENOTDIR || errno == ELOOP ? "not-a-directory"
                                                         : "cannot-read",
                      "cannot be read");
    return report(output, path, id, "cannot be written to");
}

int output_open(struct output *output, struct arena *arena, struct diag *diag,
                const char *directory, enum output_access access)
{
    struct output_directory *top = ARENA_NEW(arena, struct output_directory);
    bool writes = access != OUTPUT_LOOK;
    int status;

    *output = (struct output){
        .arena = arena,
        .diag = diag,
        .directory = arena_copy(arena, directory, strlen(directory)),
        .access = access};
    top->name = "";
    status = directory_open(top, AT_FDCWD, directory, DIRECTORY_FLAGS, access,
                            writes);
    if (status != 0 && errno == ENOENT && !writes)
        return 0;
    if (status == 0 && writes)
        status = faccessat(top->descriptor, ".", W_OK | X_OK, AT_EACCESS);
    if (status != 0)
        report_directory(output, output->directory);
    directory_keep(output, top);
    if (status != 0)
        output_abandon(output);
    return status;
}

/* The directory of a target: 1 and *found, 0 when there is none and none was
 * to be made, -1 after reporting. */
static int target_directory(struct output *output, const struct target *target,
                            bool make, struct output_directory **found)
{
    struct output_directory *top = directory_find(output, "");
    struct output_directory *directory =
        directory_find(output, target->directory);

    if (!top)
        return 0;
    if (!directory) {
        int status;

        directory = ARENA_NEW(output->arena, struct output_directory);
        directory->name = target->directory;
        status =
            directory_open(directory, top->descriptor, directory->name,
                           DIRECTORY_FLAGS | O_NOFOLLOW, output->access, make);
        if (status != 0 && errno == ENOENT && !make)
            return 0;
        if (status != 0)
            report_directory(output, target->path);
        top->is_used = top->is_used || directory->is_made;
        directory_keep(output, directory);
        if (status != 0)
            return -1;
    }
    *found = directory;
    return 1;
}

static bool is_seen(const struct target *target,
                    const struct output_directory *directory)
{
    return directory->seen.path &&
           strcmp(directory->seen.path, target->path) == 0;
}

/* 1 when there is a regular file, 0 when there is nothing, -1 after
 * reporting. */
static int target_look(struct output *output, const struct target *target,
                       const struct output_directory *directory,
                       struct stat *status)
{
    if (!directory->is_filled)
        return 0;
    if (fstatat(directory->descriptor, target->name, status,
                AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? 0
                               : report(output, target->path, "cannot-read",
                                        "cannot be looked at");
    return S_ISREG(status->st_mode) ? 1 : report_no_file(output, target->path);
}

/* The same, once for a file that is read and added then. */
static int target_status(struct output *output, const struct target *target,
                         struct output_directory *directory,
                         struct stat *status)
{
    struct seen *seen = &directory->seen;

    if (!is_seen(target, directory)) {
        *seen = (struct seen){.path = target->path};
        seen->is_there = target_look(output, target, directory, &seen->status);
    }
    *status = seen->status;
    if (seen->is_there < 0)
        seen->path = NULL; /* to be reported each time */
    return seen->is_there;
}

/* Leaves errno as it was. */
static void close_quietly(int descriptor)
{
    int reason = errno;

    close(descriptor);
    errno = reason;
}

/* Reads size bytes, or fewer at the end of the file.  Returns how many, or -1
 * with errno. */
static ssize_t read_full(int descriptor, char *room, size_t size)
{
    size_t length = 0;

    while (length < size) {
        ssize_t got = read(descriptor, room + length, size - length);

        if (got < 0 && errno != EINTR)
            return -1;
        if (got == 0)
            break;
        if (got > 0)
            length += (size_t)got;
    }
    return (ssize_t)length;
}

/* Returns -1 with errno. */
static int target_read(struct arena *arena, const struct target *target,
                       const struct output_directory *directory, size_t size,
                       const char **text, size_t *length)
{
    char *room = arena_alloc(arena, size + 1);
    int descriptor = openat(directory->descriptor, target->name, READING_FLAGS);
    ssize_t got;

    if (descriptor < 0)
        return -1;
    got = read_full(descriptor, room, size);
    close_quietly(descriptor);
    if (got < 0)
        return -1;
    *text = room;
    *length = (size_t)got;
    return 0;
}

int output_read(struct output *output, const char *path, const char **text,
                size_t *length)
{
    struct target target;
    struct output_directory *directory;
    struct stat status;
    int found;

    if (split_path(output, path, &target) != 0)
        return -1;
    found = target_directory(output, &target, false, &directory);
    if (found != 1)
        return found;
    directory->seen.path = NULL;
    found = target_status(output, &target, directory, &status);
    if (found != 1)
        return found;
    if (target_read(output->arena, &target, directory, (size_t)status.st_size,
                    text, length) != 0)
        return report(output, target.path, "cannot-read", "cannot be read");
    if (*length == (size_t)status.st_size)
        directory->seen.text = *text;
    return 1;
}

static bool descriptor_holds(int descriptor, const char *text, size_t length)
{
    char chunk[16 * 1024];

    while (length > 0) {
        size_t size = length < sizeof chunk ? length : sizeof chunk;

        if (read_full(descriptor, chunk, size) != (ssize_t)size ||
            memcmp(chunk, text, size) != 0)
            return false;
        text += size;
        length -= size;
    }
    return true;
}

/* A file that cannot be read may still be replaced, so it counts as another. */
static bool target_holds(const struct target *target,
                         const struct output_directory *directory,
                         const struct stat *status, const char *text,
                         size_t length)
{
    int descriptor;
    bool is_same;

    if ((uintmax_t)status->st_size != length)
        return false;
    if (is_seen(target, directory) && directory->seen.text)
        return memcmp(directory->seen.text, text, length) == 0;
    descriptor = openat(directory->descriptor, target->name, READING_FLAGS);
    if (descriptor < 0)
        return false;
    is_same = descriptor_holds(descriptor, text, length);
    close(descriptor);
    return is_same;
}

static void temporary_remove(struct output_file *file)
{
    if (file->temporary[0])
        unlinkat(file->directory->descriptor, file->temporary, 0);
    file->temporary[0] = '\0';
}

static int file_write(struct output *output, struct output_file *file,
                      const struct stat *old, const char *text, size_t length)
{
    if (temporary_write(file->temporary, file->directory->descriptor,
                        file->name, old, text, length) == 0)
        return 0;
    file->temporary[0] = '\0';
    return report(output, file->path, "cannot-write", "cannot be written");
}

static struct output_file *file_new(struct output *output,
                                    const struct target *target,
                                    struct output_directory *directory)
{
    struct output_file *file = ARENA_NEW(output->arena, struct output_file);

    file->path = target->path;
    file->name = arena_copy(output->arena, target->name, strlen(target->name));
    file->directory = directory;
    if (output->last)
        output->last->next = file;
    else
        output->files = file;
    output->last = file;
    return file;
}

int output_add(struct output *output, const char *path, const char *text,
               size_t length)
{
    bool writes = output->access != OUTPUT_LOOK;
    struct target target;
    struct output_directory *directory;
    struct output_file *file;
    struct stat old;
    int is_there;

    if (split_path(output, path, &target) != 0)
        return -1;
    is_there = target_directory(output, &target, writes, &directory);
    if (is_there > 0)
        is_there = target_status(output, &target, directory, &old);
    if (is_there < 0)
        return -1;
    output->change = is_there ? OUTPUT_REPLACED : OUTPUT_NEW;
    if (is_there && target_holds(&target, directory, &old, text, length)) {
        output->change = OUTPUT_SAME;
        output->unchanged++;
        return 0;
    }
    output->changes++;
    if (!writes)
        return 0;
    file = file_new(output, &target, directory);
    directory->is_used = true;
    return file_write(output, file, is_there ? &old : NULL, text, length);
}

int output_remove(struct output *output, const char *path)
{
    struct output_removal *removal;
    struct output_directory *directory;
    struct target target;

    if (split_path(output, path, &target) != 0)
        return -1;
    if (target_directory(output, &target, false, &directory) <= 0)
        return -1;
    removal = ARENA_NEW(output->arena, struct output_removal);
    *removal = (struct output_removal){
        .path = target.path,
        .name = arena_copy(output->arena, target.name, strlen(target.name)),
        .directory = directory,
        .next = output->removals};
    output->removals = removal;
    directory->is_used = true;
    return 0;
}

static int temporary_sync(const struct output_file *file)
{
    int descriptor =
        openat(file->directory->descriptor, file->temporary, READING_FLAGS);
    int status;

    if (descriptor < 0)
        return -1;
    status = fsync(descriptor);
    close_quietly(descriptor);
    return status;
}

/* One sync of the file system for all files on it, or one for each file where
 * the kernel has no such call.  Returns -1 with errno. */
static int device_sync(const struct output *output,
                       const struct output_directory *directory)
{
    if (syncfs(directory->descriptor) == 0)
        return 0;
    if (errno != ENOSYS)
        return -1;
    for (const struct output_file *file = output->files; file;
         file = file->next)
        if (file->temporary[0] &&
            file->directory->device == directory->device &&
            temporary_sync(file) != 0)
            return -1;
    return 0;
}

/* Is there an earlier directory whose sync is this one's, too? */
static bool is_synced(const struct output *output,
                      const struct output_directory *directory)
{
    const struct output_directory *earlier = output->directories;

    while (earlier != directory &&
           !(earlier->is_used && earlier->device == directory->device))
        earlier = earlier->next;
    return earlier != directory;
}

static int files_sync(struct output *output)
{
    for (const struct output_directory *directory = output->directories;
         directory; directory = directory->next)
        if (directory->is_used && !is_synced(output, directory) &&
            device_sync(output, directory) != 0)
            return report(output, output->directory, "cannot-write",
                          "no file was replaced, they cannot be written");
    return 0;
}

static int report_old(struct output *output, const struct output_file *file)
{
    report(output, file->path, "cannot-write", "is as it was");
    for (file = file->next; file; file = file->next)
        if (file->temporary[0])
            diag_note(output->diag, (struct place){.file = file->path},
                      "is as it was, too");
    return -1;
}

static int files_rename(struct output *output)
{
    for (struct output_file *file = output->files; file; file = file->next) {
        int descriptor = file->directory->descriptor;

        if (!file->temporary[0])
            continue;
        if (renameat(descriptor, file->temporary, descriptor, file->name) != 0)
            return report_old(output, file);
        file->temporary[0] = '\0';
        file->directory->is_filled = true;
        file->directory->seen.path = NULL;
        output->written++;
    }
    return 0;
}

static int files_remove(struct output *output)
{
    for (struct output_removal *removal = output->removals; removal;
         removal = removal->next) {
        if (unlinkat(removal->directory->descriptor, removal->name, 0) != 0)
            return report(output, removal->path, "cannot-write",
                          "cannot be removed");
        output->removed++;
    }
    return 0;
}

/* Where the top directory is new, its own name must last, too. */
static int parent_sync(const struct output_directory *directory)
{
    int descriptor = openat(directory->descriptor, "..", DIRECTORY_FLAGS);
    int status;

    if (descriptor < 0)
        return -1;
    status = fsync(descriptor);
    close_quietly(descriptor);
    return status;
}

static int directories_sync(struct output *output)
{
    int status = 0;

    for (struct output_directory *directory = output->directories; directory;
         directory = directory->next) {
        bool is_new_top = directory->is_made && !directory->name[0];

        if (directory->is_used && (fsync(directory->descriptor) != 0 ||
                                   (is_new_top && parent_sync(directory) != 0)))
            status = report(output, output->directory, "cannot-write",
                            "new names may not outlive a crash");
        directory->is_used = false;
    }
    return status;
}

static void temporaries_remove(struct output *output)
{
    for (struct output_file *file = output->files; file; file = file->next)
        temporary_remove(file);
    output->files = output->last = NULL;
}

int output_commit(struct output *output)
{
    int status = files_sync(output);

    if (status == 0) {
        status = files_rename(output);
        if (status == 0)
            status = files_remove(output);
        if (directories_sync(output) != 0)
            status = -1;
    }
    temporaries_remove(output);
    return status;
}

void output_abandon(struct output *output)
{
    struct output_directory *top = directory_find(output, "");

    temporaries_remove(output);
    for (struct output_directory *directory = output->directories; directory;
         directory = directory->next) {
        /* This fails where there is something in it, as it should. */
        if (directory->is_made && directory == top)
            rmdir(output->directory);
        else if (directory->is_made)
            unlinkat(top->descriptor, directory->name, AT_REMOVEDIR);
        if (directory->descriptor >= 0)
            close(directory->descriptor);
    }
    output->directories = NULL;
}
