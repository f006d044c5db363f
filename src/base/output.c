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
#include "base/output_directory.h"
#include "base/temporary.h"

#define READING_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)

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

int output_open(struct output *output, struct arena *arena, struct diag *diag,
                const char *directory, enum output_access access)
{
    int status;

    *output = (struct output){
        .arena = arena,
        .diag = diag,
        .directory = arena_copy(arena, directory, strlen(directory)),
        .access = access};
    status = output_directory_open(output);
    if (status != 0)
        output_abandon(output);
    return status;
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
    output_descriptor_close(descriptor);
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

    if (output_split_path(output, path, &target) != 0)
        return -1;
    found = output_target_directory(output, &target, false, &directory);
    if (found != 1)
        return found;
    directory->seen.path = NULL;
    found = output_target_status(output, &target, directory, &status);
    if (found != 1)
        return found;
    if (target_read(output->arena, &target, directory, (size_t)status.st_size,
                    text, length) != 0)
        return output_report(output, target.path, "cannot-read",
                             "cannot be read");
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
    if (output_target_is_seen(target, directory) && directory->seen.text)
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
    return output_report(output, file->path, "cannot-write",
                         "cannot be written");
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
    struct output_directory *directory = NULL;
    struct output_file *file;
    struct stat old;
    int is_there;

    if (output_split_path(output, path, &target) != 0)
        return -1;
    is_there = output_target_directory(output, &target, writes, &directory);
    if (is_there > 0)
        is_there = output_target_status(output, &target, directory, &old);
    if (is_there < 0)
        return -1;
    output->change = is_there ? OUTPUT_REPLACED : OUTPUT_NEW;
    if (is_there && target_holds(&target, directory, &old, text, length)) {
        output->change = OUTPUT_SAME;
        output->unchanged++;
        return 0;
    }
    output->changes++;
    if (!writes || !directory)
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

    if (output_split_path(output, path, &target) != 0)
        return -1;
    if (output_target_directory(output, &target, false, &directory) <= 0)
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
    output_descriptor_close(descriptor);
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
            return output_report(
                output, output->directory, "cannot-write",
                "no file was replaced, they cannot be written");
    return 0;
}

static int report_old(struct output *output, const struct output_file *file)
{
    output_report(output, file->path, "cannot-write", "is as it was");
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
            return output_report(output, removal->path, "cannot-write",
                                 "cannot be removed");
        output->removed++;
    }
    return 0;
}

static int directories_sync(struct output *output)
{
    int status = 0;

    for (struct output_directory *directory = output->directories; directory;
         directory = directory->next) {
        if (directory->is_used && output_directory_sync(directory) != 0)
            status = output_report(output, output->directory, "cannot-write",
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
    temporaries_remove(output);
    output_directories_close(output);
}
