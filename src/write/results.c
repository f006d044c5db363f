#include "write/results.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/output.h"
#include "base/source.h"
#include "base/strbuf.h"
#include "write/inputs.h"

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

const struct result_format *results_find(const struct result_format *formats,
                                         const char *name)
{
    for (; formats->name; formats++)
        if (strcmp(formats->name, name) == 0)
            return formats;
    return NULL;
}

/* "text, json or markdown" */
static void write_names(struct strbuf *buf, const struct result_format *formats)
{
    for (size_t i = 0; formats[i].name; i++)
        strbuf_printf(buf, "%s%s",
                      i == 0                ? ""
                      : formats[i + 1].name ? ", "
                                            : " or ",
                      formats[i].name);
}

static int check_format(struct arena *arena, struct diag *diag,
                        const struct result *result,
                        const struct result_format *formats,
                        const char *command)
{
    const struct result_format *format = results_find(formats, result->format);
    struct strbuf names;

    if (!format) {
        strbuf_init(&names, arena);
        write_names(&names, formats);
        return diag_error(diag, (struct place){0}, "usage",
                          "%s has no format '%s'; use %s", command,
                          result->format, names.text);
    }
    if (!format->write && result->file)
        return diag_error(diag, (struct place){0}, "usage",
                          "the format '%s' names its files itself, and '%s' "
                          "is none of them",
                          result->format, result->file);
    return 0;
}

/* Do two results go to one place? */
static int check_places(struct arena *arena, struct diag *diag,
                        const struct result *one, const struct result *other)
{
    if (!one->file && !other->file)
        return diag_error(diag, (struct place){0}, "usage",
                          "standard output takes one format, give a FILE "
                          "with '%s'",
                          one->format);
    if (one->file && other->file && is_same_file(arena, one->file, other->file))
        return diag_error(diag, (struct place){0}, "usage",
                          "two --format write to '%s'", one->file);
    return 0;
}

int results_check(struct arena *arena, struct diag *diag,
                  const struct results *results,
                  const struct result_format *formats, const char *command)
{
    const struct result *items = results->items;
    int result = 0;

    for (int i = 0; i < results->count; i++)
        result |= check_format(arena, diag, &items[i], formats, command);
    for (int i = 0; i < results->count && result == 0; i++)
        for (int j = 0; j < i && result == 0; j++)
            if (results_find(formats, items[i].format)->write &&
                results_find(formats, items[j].format)->write)
                result = check_places(arena, diag, &items[i], &items[j]);
    return result;
}

static bool is_input(const struct diag *diag, const char *operand,
                     const struct stat *status)
{
    struct stat input;

    return inputs_hold(diag, status) ||
           (strcmp(operand, "-") == 0 && fstat(STDIN_FILENO, &input) == 0 &&
            is_same_entry(status, &input));
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

static int write_file(struct arena *arena, struct diag *diag, const char *path,
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

int results_write(struct arena *arena, struct diag *diag, struct strbuf *out,
                  const struct results *results,
                  const struct result_format *formats, const void *subject)
{
    struct strbuf text;
    int status = 0;

    strbuf_init(&text, arena);
    for (int i = 0; i < results->count; i++) {
        const struct result *result = &results->items[i];
        const struct result_format *format =
            results_find(formats, result->format);

        if (!format->write)
            continue;
        strbuf_reset(&text);
        format->write(arena, result->file ? &text : out, subject);
        if (result->file)
            status |= write_file(arena, diag, result->file, &text);
    }
    return status;
}
