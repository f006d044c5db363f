#include "base/temporary.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* Keeps files of others apart from those that a run may remove. */
#define MARK        ".ocszone-"
#define MARK_LENGTH (sizeof MARK - 1)

/* Of the file's name; what is added must fit in behind. */
#define NAME_BYTES 200

void temporary_name(char name[TEMPORARY_SIZE], const char *file, unsigned try)
{
    snprintf(name, TEMPORARY_SIZE, ".%.*s" MARK "%ld-%u", NAME_BYTES, file,
             (long)getpid(), try);
}

static size_t digits_before(const char *text, size_t end)
{
    size_t start = end;

    while (start > 0 && text[start - 1] >= '0' && text[start - 1] <= '9')
        start--;
    return end - start;
}

static bool is_name(const char *name)
{
    size_t end = strlen(name);
    size_t digits = digits_before(name, end);

    end -= digits;
    if (name[0] != '.' || digits == 0 || name[end - 1] != '-')
        return false;
    end--;
    digits = digits_before(name, end);
    end -= digits;
    return digits > 0 && end > 1 + MARK_LENGTH &&
           memcmp(name + end - MARK_LENGTH, MARK, MARK_LENGTH) == 0;
}

static bool is_temporary(int directory, const char *name)
{
    struct stat status;

    return is_name(name) &&
           fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(status.st_mode);
}

static void sweep(int directory)
{
    int again = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = again < 0 ? NULL : fdopendir(again);
    const struct dirent *entry;

    if (!stream) {
        if (again >= 0)
            close(again);
        return;
    }
    while ((entry = readdir(stream)))
        if (is_temporary(directory, entry->d_name))
            unlinkat(directory, entry->d_name, 0);
    closedir(stream);
}

/* All runs share a lock, and who can have it alone sweeps.  The lock tells
 * more than the number of a process, which means nothing on another machine
 * or in another container, and may be in use again. */
void temporary_sweep(int descriptor)
{
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        sweep(descriptor);
    (void)flock(descriptor, LOCK_SH | LOCK_NB);
}
