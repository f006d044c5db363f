#include "write/results.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/output.h"
#include "base/source.h"
#include "base/strbuf.h"

/* A file to write, in two parts. */
struct target {
    const char *directory;
    const char *name;
};

static struct target split_target(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return (struct target){".", path};
    return (struct target){arena_copy(arena, path, (size_t)(slash - path) + 1),
                           slash + 1};
}

int result_write_file(struct arena *arena, struct diag *diag, const char *path,
                      const struct strbuf *text)
{
    struct target target = split_target(arena, path);
    struct output output;
    int result =
        output_open(&output, arena, diag, target.directory, OUTPUT_SHARE);

    if (result < 0)
        return -1;
    result = output_add(&output, target.name, text->text, text->length);
    if (result == 0)
        result = output_commit(&output);
    output_abandon(&output);
    return result;
}

static bool is_same_entry(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

/* Do two paths name one file, which need not be there yet? */
static bool is_same_file(struct arena *arena, const char *one,
                         const char *other)
{
    struct target a = split_target(arena, one);
    struct target b = split_target(arena, other);
    struct stat a_status, b_status;

    return strcmp(a.name, b.name) == 0 &&
           (strcmp(a.directory, b.directory) == 0 ||
            (stat(a.directory, &a_status) == 0 &&
             stat(b.directory, &b_status) == 0 &&
             is_same_entry(&a_status, &b_status)));
}

int results_check(struct arena *arena, struct diag *diag,
                  const struct results *results)
{
    for (int i = 0; i < results->count; i++)
        for (int j = 0; j < i; j++)
            if (results->items[i].file && results->items[j].file &&
                is_same_file(arena, results->items[i].file,
                             results->items[j].file))
                return diag_error(diag, (struct place){0}, "usage",
                                  "two --format write to '%s'",
                                  results->items[i].file);
    return 0;
}

static bool is_input(const struct diag *diag, const char *operand,
                     const struct stat *status)
{
    struct stat input;

    for (size_t i = 0; i < diag->source_count; i++)
        if (stat(diag->sources[i]->file, &input) == 0 &&
            is_same_entry(status, &input))
            return true;
    return strcmp(operand, "-") == 0 && fstat(STDIN_FILENO, &input) == 0 &&
           is_same_entry(status, &input);
}

/* What the plan was made from, the parts of a directory and the catalogues
 * among it, was read from the sources that messages quote. */
int results_check_inputs(struct diag *diag, const struct results *results,
                         const char *operand)
{
    struct stat status;

    for (int i = 0; i < results->count; i++) {
        const char *file = results->items[i].file;

        if (file && stat(file, &status) == 0 &&
            is_input(diag, operand, &status))
            return diag_error(diag, (struct place){0}, "usage",
                              "--format would overwrite '%s', which was read",
                              file);
    }
    return 0;
}
