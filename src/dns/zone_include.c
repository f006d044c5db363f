#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "dns/zone_reader.h"

static int include_error(struct zone_reader *reader,
                         const struct zone_token *token, const char *why)
{
    return diag_error(reader->diag, zone_place(reader, token), "zone-include",
                      "'%.*s' %s", utf8_shown(token->text, token->length),
                      token->text, why);
}

/* The characters of the path: in quotes, \" is a quote. */
static const char *path_of(struct zone_reader *reader,
                           const struct zone_token *token)
{
    char *path = arena_copy(reader->arena, token->text, token->length);
    size_t length = 0;

    if (token->kind != ZONE_TOKEN_STRING)
        return path;
    for (size_t i = 0; i < token->length; i++)
        if (path[i] != '\\' || path[i + 1] != '"')
            path[length++] = path[i];
    path[length] = '\0';
    return path;
}

/* The real path, all links followed; NULL with errno. */
static const char *real_path(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *copy;

    if (!real)
        return NULL;
    copy = arena_copy(arena, real, strlen(real));
    free(real);
    return copy;
}

/* Of the root; it does not change while a zone is read. */
static const char *root_path(struct zone_reader *reader)
{
    if (!reader->real_root)
        reader->real_root = real_path(reader->arena, reader->include_root);
    return reader->real_root;
}

/* Of a file that is being read; NULL for standard input. */
static const char *source_path(struct zone_reader *reader,
                               const struct zone_source *source)
{
    if (source->parent)
        return source->path;
    if (!reader->real_file)
        reader->real_file = real_path(reader->arena, source->path);
    return reader->real_file;
}

static bool lies_below(const char *path, const char *root)
{
    size_t length = strlen(root);

    if (strcmp(root, "/") == 0)
        return true;
    return strncmp(path, root, length) == 0 && path[length] == '/';
}

static bool is_regular_file(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* path, or NULL when it is no file below the root. */
static const char *confined(struct zone_reader *reader, const char *directory,
                            const char *path, const char *root)
{
    const char *real =
        path[0] == '/'
            ? real_path(reader->arena, path)
            : real_path(reader->arena,
                        arena_printf(reader->arena, "%s/%s", directory, path));

    return real && lies_below(real, root) ? real : NULL;
}

/* Whatever there is outside of the root, or is not, the answer is the same:
 * nobody learns from messages what files there are. */
static const char *find_file(struct zone_reader *reader,
                             const struct zone_token *token)
{
    const char *path = path_of(reader, token);
    const char *root = root_path(reader);
    const char *real = NULL;

    if (root)
        real = confined(reader, reader->directory, path, root);
    if (root && !real)
        real = confined(reader, root, path, root);
    if (!real)
        include_error(reader, token,
                      "is no file below the include root; say --include-root "
                      "if it lies elsewhere");
    else if (!is_regular_file(real))
        include_error(reader, token, "is no regular file");
    else
        return real;
    return NULL;
}

static int check_circle(struct zone_reader *reader,
                        const struct zone_token *token, const char *real)
{
    const struct zone_source *source = reader->source;
    unsigned depth = source->depth;

    for (; source; source = source->parent) {
        const char *path = source_path(reader, source);

        if (path && strcmp(path, real) == 0)
            return include_error(reader, token,
                                 "includes itself: it is being read already");
    }
    if (depth == ZONE_FILE_MOST_DEPTH)
        return include_error(reader, token,
                             "is not read: files include each other too deep");
    if (reader->includes == ZONE_FILE_MOST_INCLUDES)
        return include_error(reader, token,
                             "is not read: there are too many $INCLUDE");
    reader->includes++;
    return 0;
}

/* As messages show it: beside the file that includes it.  A "-" alone would be
 * standard input. */
static const char *shown_path(struct zone_reader *reader, const char *real)
{
    size_t length = strlen(root_path(reader));
    const char *below = real + length + (length > 1);

    if (strcmp(reader->include_root, ".") == 0 && strcmp(below, "-") != 0)
        return below;
    return arena_printf(reader->arena, "%s/%s", reader->include_root, below);
}

int zone_include(struct zone_reader *reader, const struct zone_token *path,
                 struct name origin)
{
    struct zone_source *source = reader->source;
    const char *real = find_file(reader, path);
    struct file file;

    if (!real || check_circle(reader, path, real) < 0)
        return -1;
    if (file_read(reader->arena, reader->diag, shown_path(reader, real),
                  reader->bytes_left, &file) < 0)
        return -1;
    reader->bytes_left -= file.length;
    zone_end_batches(reader, source);
    zone_push_source(reader, file.name, real, file.text, file.length, origin);
    /* As named has it: no line has ended, so white space begins none. */
    if (reader->token.kind == ZONE_TOKEN_END_OF_FILE)
        reader->source->lexer.at_start = false;
    return 0;
}
