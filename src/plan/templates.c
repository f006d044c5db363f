#include "plan/templates.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"

static const struct builtin_template *find_builtin(const char *name)
{
    const struct builtin_template *builtin = builtin_templates;

    while (builtin->name && strcmp(builtin->name, name) != 0)
        builtin++;
    return builtin->name ? builtin : NULL;
}

int templates_find(struct arena *arena, struct diag *diag,
                   const char *directory, const char *name, size_t limit,
                   struct file *file)
{
    const char *path =
        directory ? arena_printf(arena, "%s/%s", directory, name) : NULL;
    const struct builtin_template *builtin;
    struct stat status;

    if (path && stat(path, &status) == 0) {
        if (!S_ISREG(status.st_mode))
            return diag_error(diag, (struct place){path, 0, 0}, "cannot-read",
                              "is no regular file");
        return file_read(arena, diag, path, limit, file);
    }
    builtin = find_builtin(name);
    if (!builtin)
        return 1;
    file->name = arena_printf(arena, "templates/%s", name);
    file->text = (const char *)builtin->bytes;
    file->length = builtin->length;
    diag_add_source(diag, file->name, file->text, file->length);
    return 0;
}
