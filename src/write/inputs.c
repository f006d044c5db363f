#include "write/inputs.h"

#include "base/diag.h"
#include "base/source.h"

bool inputs_hold(const struct diag *diag, const struct stat *status)
{
    struct stat input;

    for (size_t i = 0; i < diag->source_count; i++)
        if (stat(diag->sources[i]->file, &input) == 0 &&
            input.st_dev == status->st_dev && input.st_ino == status->st_ino)
            return true;
    return false;
}

bool inputs_hold_path(const struct diag *diag, const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && inputs_hold(diag, &status);
}
