#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"

#define FIRST_CAPACITY ((size_t)4 * 1024)

static int open_for_reading(const char *path)
{
    int descriptor;

    do
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

static ssize_t read_some(int descriptor, void *room, size_t size)
{
    ssize_t got;

    do
        got = read(descriptor, room, size);
    while (got < 0 && errno == EINTR);
    return got;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Room for the whole file and a byte more, to see that it ends there, where
 * its length is known beforehand. */
static size_t first_capacity(const struct stat *status, size_t limit)
{
    if (!S_ISREG(status->st_mode) || status->st_size == 0)
        return FIRST_CAPACITY;
    return smaller((size_t)status->st_size, limit) + 2;
}

/* Reads to the end or one byte beyond limit.  Returns -1 with errno. */
static int read_text(struct arena *arena, int descriptor, size_t capacity,
                     size_t limit, struct file *file)
{
    char *text = arena_alloc(arena, capacity);
    size_t length = 0;
    ssize_t got;

    do {
        if (capacity - length < 2) {
            text = arena_grow(arena, text, capacity, capacity * 2);
            capacity *= 2;
        }
        got = read_some(descriptor, text + length,
                        smaller(capacity - 1, limit + 1) - length);
        if (got < 0)
            return -1;
        length += (size_t)got;
    } while (got > 0 && length <= limit);
    text[length] = '\0';
    file->text = text;
    file->length = length;
    return 0;
}

static int read_checked(struct arena *arena, struct diag *diag, int descriptor,
                        size_t limit, struct file *file)
{
    struct place place = {.file = file->name};
    struct stat status;

    if (fstat(descriptor, &status) != 0)
        return diag_error(diag, place, "cannot-read", "cannot be read: %s",
                          strerror(errno));
    if (S_ISDIR(status.st_mode))
        return diag_error(diag, place, "cannot-read",
                          "is a directory, not a file");
    /* The sums in read_text must not overflow; no file comes near. */
    limit = smaller(limit, SIZE_MAX / 4);
    if (read_text(arena, descriptor, first_capacity(&status, limit), limit,
                  file) != 0)
        return diag_error(diag, place, "cannot-read", "cannot be read: %s",
                          strerror(errno));
    if (file->length > limit)
        return diag_error(diag, place, "file-too-large",
                          "is longer than %zu bytes", limit);
    diag_add_source(diag, file->name, file->text, file->length);
    return 0;
}

int file_read_open(struct arena *arena, struct diag *diag, int descriptor,
                   const char *name, size_t limit, struct file *file)
{
    *file = (struct file){.name = name};
    return read_checked(arena, diag, descriptor, limit, file);
}

int file_read(struct arena *arena, struct diag *diag, const char *path,
              size_t limit, struct file *file)
{
    bool is_standard_input = strcmp(path, "-") == 0;
    int descriptor, status;

    *file = (struct file){.name = is_standard_input
                                      ? "standard input"
                                      : arena_copy(arena, path, strlen(path))};
    if (is_standard_input)
        return read_checked(arena, diag, STDIN_FILENO, limit, file);
    descriptor = open_for_reading(path);
    if (descriptor < 0)
        return diag_error(diag, (struct place){.file = file->name},
                          "cannot-open", "cannot be opened: %s",
                          strerror(errno));
    status = read_checked(arena, diag, descriptor, limit, file);
    close(descriptor);
    return status;
}

struct path_list {
    struct arena *arena;
    const char **paths;
    size_t count, capacity;
};

/* Keeps room for the NULL at the end. */
static void path_add(struct path_list *list, const char *path)
{
    list->paths = arena_room(list->arena, list->paths, list->count + 1,
                             &list->capacity, sizeof *list->paths);
    list->paths[list->count++] = path;
    list->paths[list->count] = NULL;
}

static bool is_listed(const char *name, const char *suffix)
{
    size_t length = strlen(name), suffix_length = strlen(suffix);

    return name[0] != '.' && length >= suffix_length &&
           strcmp(name + length - suffix_length, suffix) == 0;
}

/* Returns -1 with errno. */
static int list_entries(struct path_list *list, DIR *stream,
                        const char *directory, const char *suffix)
{
    size_t length = strlen(directory);
    const char *slash = length > 0 && directory[length - 1] == '/' ? "" : "/";
    const struct dirent *entry;

    while (errno = 0, (entry = readdir(stream)))
        if (is_listed(entry->d_name, suffix))
            path_add(list, arena_printf(list->arena, "%s%s%s", directory, slash,
                                        entry->d_name));
    return errno ? -1 : 0;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int file_list(struct arena *arena, struct diag *diag, const char *directory,
              const char *suffix, const char ***paths, size_t *count)
{
    struct path_list list = {.arena = arena};
    struct place place = {.file =
                              arena_copy(arena, directory, strlen(directory))};
    DIR *stream = opendir(directory);
    int status;

    if (!stream)
        return diag_error(diag, place, "cannot-open", "cannot be opened: %s",
                          strerror(errno));
    status = list_entries(&list, stream, directory, suffix);
    if (status != 0)
        diag_error(diag, place, "cannot-read", "cannot be read: %s",
                   strerror(errno));
    closedir(stream);
    if (!list.paths)
        list.paths = ARENA_NEW(arena, const char *);
    qsort(list.paths, list.count, sizeof *list.paths, compare_paths);
    *paths = list.paths;
    *count = list.count;
    return status;
}
