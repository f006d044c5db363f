#include "base/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/diag.h"

/* Returns -1 with errno. */
static int write_all(int descriptor, const char *text, size_t length)
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
    return fsync(descriptor);
}

static int report(struct diag *diag, const char *path)
{
    return diag_error(diag, (struct place){.file = path}, "cannot-write",
                      "cannot be written: %s", strerror(errno));
}

int new_file_write(struct diag *diag, const char *path, const char *text,
                   size_t length)
{
    int descriptor =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    int status = 0;

    if (descriptor < 0 && errno == EEXIST)
        return diag_error(diag, (struct place){.file = path}, "file-exists",
                          "is there already and is left alone; choose another "
                          "name, or move it away");
    if (descriptor < 0)
        return report(diag, path);
    if (write_all(descriptor, text, length) != 0)
        status = report(diag, path);
    if (close(descriptor) != 0 && errno != EINTR && status == 0)
        status = report(diag, path);
    if (status != 0)
        unlink(path);
    return status;
}
