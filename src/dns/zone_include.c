#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* The real path, all links followed, or NULL. */
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

static const char *joined(struct zone_reader *reader, const char *directory,
                          const char *path)
{
    if (path[0] == '/')
        return path;
    return arena_printf(reader->arena, "%s/%s", directory, path);
}

/* The real path, or NULL when that does not lie below the root. */
static const char *confined(struct zone_reader *reader, const char *path)
{
    const char *root = root_path(reader);
    const char *real = root ? real_path(reader->arena, path) : NULL;

    return real && lies_below(real, root) ? real : NULL;
}

static bool is_same_file(int descriptor, const char *path)
{
    struct stat opened, found;

    return fstat(descriptor, &opened) == 0 && lstat(path, &found) == 0 &&
           opened.st_dev == found.st_dev && opened.st_ino == found.st_ino;
}

/* A file that is open, and known to lie below the root.  Whatever may change
 * on the disk from now on, this is what is read. */
struct opened {
    int descriptor;
    const char *real;
};

/* The path is looked at before, so that nothing outside is opened, and behind:
 * links may have been changed meanwhile.  A FIFO keeps nobody waiting. */
static bool open_confined(struct zone_reader *reader, const char *directory,
                          const char *path, struct opened *opened)
{
    const char *whole = joined(reader, directory, path);

    if (!confined(reader, whole))
        return false;
    opened->descriptor =
        open(whole, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (opened->descriptor < 0)
        return false;
    opened->real = confined(reader, whole);
    if (opened->real && is_same_file(opened->descriptor, opened->real))
        return true;
    close(opened->descriptor);
    return false;
}

/* Whatever files there are outside of the root, or are not, the answer is the
 * same: nobody learns that from messages. */
static int find_file(struct zone_reader *reader, const struct zone_token *token,
                     struct opened *opened)
{
    const char *path = path_of(reader, token);

    if (open_confined(reader, reader->directory, path, opened) ||
        open_confined(reader, reader->include_root, path, opened))
        return 0;
    return include_error(reader, token,
                         "is no file below the include root; say "
                         "--include-root if it lies elsewhere");
}

static int check_include(struct zone_reader *reader,
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

    size_t root_length = strlen(reader->include_root);

    if (strcmp(reader->include_root, ".") == 0 && strcmp(below, "-") != 0)
        return below;
    while (root_length > 0 && reader->include_root[root_length - 1] == '/')
        root_length--;
    return arena_printf(reader->arena, "%.*s/%s", (int)root_length,
                        reader->include_root, below);
}

/* Nothing more is included behind a file that is too much: what is read before
 * that is known stays in memory. */
static int check_size(struct zone_reader *reader,
                      const struct zone_token *token, int descriptor)
{
    struct stat status;

    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return include_error(reader, token, "is no regular file");
    if ((uintmax_t)status.st_size <= reader->bytes_left)
        return 0;
    reader->bytes_left = 0;
    return diag_error(reader->diag, zone_place(reader, token), "zone-too-large",
                      "'%.*s' is not read: the files of a zone can have %zu "
                      "bytes together",
                      utf8_shown(token->text, token->length), token->text,
                      ZONE_FILE_MOST_BYTES);
}

static int read_opened(struct zone_reader *reader,
                       const struct zone_token *token,
                       const struct opened *opened, struct file *file)
{
    if (check_include(reader, token, opened->real) < 0 ||
        check_size(reader, token, opened->descriptor) < 0)
        return -1;
    if (file_read_open(reader->arena, reader->diag, opened->descriptor,
                       shown_path(reader, opened->real), reader->bytes_left,
                       file) == 0)
        return 0;
    reader->bytes_left = 0;
    return -1;
}

int zone_include(struct zone_reader *reader, const struct zone_token *path,
                 struct name origin)
{
    struct opened opened = {-1, ""};
    struct file file = {0};
    int status;

    if (find_file(reader, path, &opened) < 0)
        return -1;
    status = read_opened(reader, path, &opened, &file);
    close(opened.descriptor);
    if (status < 0)
        return -1;
    reader->bytes_left -= file.length;
    zone_end_batches(reader, reader->source);
    zone_push_source(reader, file.name, opened.real, file.text, file.length,
                     origin);
    /* As named has it: no line has ended, so white space begins none. */
    if (reader->token.kind == ZONE_TOKEN_END_OF_FILE)
        reader->source->lexer.at_start = false;
    return 0;
}
