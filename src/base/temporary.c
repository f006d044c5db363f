#include "base/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* Keeps files of others apart from those that a run may remove. */
#define MARK          ".ocszone-"
#define MARK_LENGTH   (sizeof MARK - 1)

#define WRITING_FLAGS (O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
#define PERMISSIONS   0777
#define NEW_FILE      0666
#define TRIES         100

/* Of the file's name; what is added must fit in behind. */
#define NAME_BYTES 200

void temporary_name(char name[TEMPORARY_SIZE], const char *file, unsigned try)
{
    snprintf(name, TEMPORARY_SIZE, ".%.*s" MARK "%ld-%u", NAME_BYTES, file,
             (long)getpid(), try);
}

/* Names are tried until one is free: a run that was killed may have left its
 * own behind.  Returns -1 with errno. */
static int open_new(char name[TEMPORARY_SIZE], int directory, const char *file,
                    mode_t mode)
{
    int descriptor = -1;

    for (unsigned try = 0; try < TRIES; try++) {
        temporary_name(name, file, try);
        descriptor = openat(directory, name, WRITING_FLAGS, mode);
        if (descriptor >= 0 || errno != EEXIST)
            break;
    }
    return descriptor;
}

static int write_full(int descriptor, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t done = write(descriptor, text, length);

        if (done < 0 && errno != EINTR)
            return -1;
        if (done > 0) {
            text += done;
            length -= (size_t)done;
        }
    }
    return 0;
}

/* When root replaces a file, the name server's user must still be able to
 * read it.  Others cannot give a file away: then it is their own. */
static void keep_owner(int descriptor, const struct stat *old)
{
    int status = fchown(descriptor, old->st_uid, old->st_gid);

    if (status != 0)
        status = fchown(descriptor, (uid_t)-1, old->st_gid);
    (void)status;
}

static int fill(int descriptor, const struct stat *old, const char *text,
                size_t length)
{
    if (old) {
        keep_owner(descriptor, old);
        if (fchmod(descriptor, old->st_mode & PERMISSIONS) != 0)
            return -1;
    }
    return write_full(descriptor, text, length);
}

int temporary_write(char name[TEMPORARY_SIZE], int directory, const char *file,
                    const struct stat *old, const char *text, size_t length)
{
    int descriptor = open_new(name, directory, file,
                              old ? old->st_mode & PERMISSIONS : NEW_FILE);
    int status, reason;

    if (descriptor < 0)
        return -1;
    status = fill(descriptor, old, text, length);
    reason = errno;
    /* After EINTR the descriptor is closed, and the sync is still to come. */
    if (close(descriptor) != 0 && errno != EINTR && status == 0) {
        status = -1;
        reason = errno;
    }
    if (status != 0)
        unlinkat(directory, name, 0);
    errno = reason;
    return status;
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

/* The lock tells more than the number of a process, which means nothing on
 * another machine or in another container, and may be in use again. */
void temporary_sweep(int descriptor)
{
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        sweep(descriptor);
}
