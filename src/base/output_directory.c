#include "base/output_directory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lock.h"
#include "base/temporary.h"

#define DIRECTORY_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#define PERMISSIONS     0777

void output_descriptor_close(int descriptor)
{
    int reason = errno;

    close(descriptor);
    errno = reason;
}

int output_report(struct output *output, const char *path, const char *id,
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

int output_split_path(struct output *output, const char *path,
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
        strlen(target->name) > NAME_MAX ||
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

/* Keeps what output_directories_close will have to close or remove. */
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
        return output_report(output, path,
                             errno == ENOTDIR || errno == ELOOP
                                 ? "not-a-directory"
                                 : "cannot-read",
                             "cannot be read");
    return output_report(output, path, id, "cannot be written to");
}

int output_directory_open(struct output *output)
{
    struct output_directory *top =
        ARENA_NEW(output->arena, struct output_directory);
    bool writes = output->access != OUTPUT_LOOK;
    int status;

    top->name = "";
    status = directory_open(top, AT_FDCWD, output->directory, DIRECTORY_FLAGS,
                            output->access, writes);
    if (status != 0 && errno == ENOENT && !writes)
        return 0;
    if (status == 0 && writes)
        status = faccessat(top->descriptor, ".", W_OK | X_OK, AT_EACCESS);
    if (status != 0)
        report_directory(output, output->directory);
    directory_keep(output, top);
    return status;
}

int output_target_directory(struct output *output, const struct target *target,
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

bool output_target_is_seen(const struct target *target,
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
        return errno == ENOENT
                   ? 0
                   : output_report(output, target->path, "cannot-read",
                                   "cannot be looked at");
    return S_ISREG(status->st_mode) ? 1 : report_no_file(output, target->path);
}

int output_target_status(struct output *output, const struct target *target,
                         struct output_directory *directory,
                         struct stat *status)
{
    struct seen *seen = &directory->seen;

    if (!output_target_is_seen(target, directory)) {
        *seen = (struct seen){.path = target->path};
        seen->is_there = target_look(output, target, directory, &seen->status);
    }
    *status = seen->status;
    if (seen->is_there < 0)
        seen->path = NULL; /* to be reported each time */
    return seen->is_there;
}

/* Where the top directory is new, its own name must last, too. */
static int parent_sync(const struct output_directory *directory)
{
    int descriptor = openat(directory->descriptor, "..", DIRECTORY_FLAGS);
    int status;

    if (descriptor < 0)
        return -1;
    status = fsync(descriptor);
    output_descriptor_close(descriptor);
    return status;
}

int output_directory_sync(const struct output_directory *directory)
{
    bool is_new_top = directory->is_made && !directory->name[0];

    if (fsync(directory->descriptor) != 0)
        return -1;
    return is_new_top ? parent_sync(directory) : 0;
}

void output_directories_close(struct output *output)
{
    struct output_directory *top = directory_find(output, "");

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
