#include "dns/zone_file.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "dns/recordset.h"
#include "dns/zone_origin.h"
#include "dns/zone_reader.h"

/* ---- tokens */

struct place zone_place(const struct zone_reader *reader,
                        const struct zone_token *token)
{
    if (reader->place)
        return *reader->place;
    return (struct place){reader->source->file, token->line,
                          zone_token_column(token)};
}

int zone_token_fault(struct zone_reader *reader)
{
    static const char *const texts[] = {
        [ZONE_LEXER_OPEN_QUOTE] = ("the quotes are not closed in this line; "
                                   "add '\"', or \\\" for a character"),
        [ZONE_LEXER_OPEN_PAREN] = "this parenthesis is never closed; add ')'",
        [ZONE_LEXER_STRAY_PAREN] = "there is no '(' for this ')'",
        [ZONE_LEXER_NUL] = "this is an octet of zero; a zone file is text",
    };

    return diag_error(reader->diag, zone_place(reader, &reader->token),
                      "zone-syntax", "%s", texts[reader->token.fault]);
}

int zone_skip_entry(struct zone_reader *reader)
{
    struct zone_token *token = &reader->token;
    int status = 0;

    while (!zone_token_ends(token)) {
        zone_lexer_next(&reader->source->lexer, token);
        if (token->kind == ZONE_TOKEN_FAULT &&
            token->fault == ZONE_LEXER_OPEN_PAREN)
            status = zone_token_fault(reader);
    }
    return status;
}

const char *zone_name_shown(struct zone_reader *reader, int which,
                            struct name name)
{
    struct strbuf *shown = &reader->shown[which];

    strbuf_reset(shown);
    name_write_plain(shown, name);
    return shown->text;
}

int zone_unexpected(struct zone_reader *reader, const char *wanted)
{
    const struct zone_token *token = &reader->token;
    struct place place = zone_place(reader, token);

    if (zone_token_ends(token))
        return diag_error(reader->diag, place, "zone-syntax",
                          "the entry ends before its %s", wanted);
    return diag_error(reader->diag, place, "zone-syntax",
                      "'%.*s'%s stands in the place of %s",
                      utf8_shown(token->text, token->length), token->text,
                      token->kind == ZONE_TOKEN_STRING ? " in quotes" : "",
                      wanted);
}

int zone_expect_end(struct zone_reader *reader)
{
    const struct zone_token *token = &reader->token;

    if (zone_token_ends(token))
        return 0;
    if (zone_next(reader) < 0)
        return -1;
    if (zone_token_ends(token))
        return 0;
    return diag_error(reader->diag, zone_place(reader, token), "zone-syntax",
                      "'%.*s' is too much: the entry is complete before it",
                      utf8_shown(token->text, token->length), token->text);
}

int zone_expect_line_end(struct zone_reader *reader)
{
    if (zone_expect_end(reader) < 0)
        return -1;
    if (reader->token.kind == ZONE_TOKEN_END)
        return 0;
    return diag_error(reader->diag, zone_place(reader, &reader->token),
                      "zone-syntax",
                      "the file ends behind a directive: end its line");
}

/* Does a name that is well end in a dot that nothing escapes? */
static bool is_absolute(const char *text, size_t length)
{
    size_t backslashes = 0;

    if (length == 0 || text[length - 1] != '.')
        return false;
    while (backslashes + 1 < length && text[length - 2 - backslashes] == '\\')
        backslashes++;
    return backslashes % 2 == 0;
}

int zone_read_name(struct zone_reader *reader, uint8_t *octets,
                   struct name *name)
{
    static const char *const texts[] = {
        [NAME_EMPTY] = "is empty, or @ where no origin is known; say --origin",
        [NAME_EMPTY_LABEL] = "has an empty label: two dots in a row, or one in "
                             "front",
        [NAME_LABEL_TOO_LONG] = "has a label of more than 63 octets",
        [NAME_TOO_LONG] = "has more than 255 octets",
        [NAME_BAD_ESCAPE] = "has an escape that is neither \\DDD (000 to 255) "
                            "nor \\ and one other character",
    };
    const struct zone_token *token = &reader->token;
    struct name origin = reader->source->origin;
    enum name_fault fault = name_parse(token->text, token->length, origin,
                                       NAME_FOLDED, octets, name, NULL);

    if (fault == NAME_OK && name_is_absent(origin) &&
        !is_absolute(token->text, token->length))
        return diag_error(reader->diag, zone_place(reader, token),
                          "zone-syntax",
                          "the name '%.*s' is relative, and no origin is "
                          "known; say --origin=ZONE",
                          utf8_shown(token->text, token->length), token->text);
    if (fault == NAME_OK)
        return 0;
    return diag_error(reader->diag, zone_place(reader, token), "zone-syntax",
                      "the name '%.*s' %s",
                      utf8_shown(token->text, token->length), token->text,
                      texts[fault]);
}

/* ---- entries */

static void warn_owner_inherited(struct zone_reader *reader,
                                 const struct zone_owner *owner,
                                 struct place place)
{
    diag_warning(reader->diag, place, "zone-owner-inherited",
                 "this record has the owner before the $ORIGIN, '%s': say "
                 "the owner",
                 zone_name_shown(reader, 0, owner->name));
}

/* An entry that begins with white space has the owner of the one before. */
static int read_inherited(struct zone_reader *reader)
{
    struct zone_owner *owner = zone_last_owner(reader->source);
    struct place place;

    if (zone_next(reader) < 0)
        return -1;
    if (zone_token_ends(&reader->token))
        return 0;
    place = zone_place(reader, &reader->token);
    if (!owner)
        return diag_error(reader->diag, place, "zone-syntax",
                          "the first record of a file cannot leave out its "
                          "owner");
    if (reader->source->origin_is_new)
        warn_owner_inherited(reader, owner, place);
    return zone_read_record(reader, owner, place);
}

static int read_owned(struct zone_reader *reader)
{
    struct place place = zone_place(reader, &reader->token);
    struct zone_owner *owner;

    if (zone_set_owner(reader, &owner) < 0 || zone_next(reader) < 0)
        return -1;
    return zone_read_record(reader, owner, place);
}

static int read_entry(struct zone_reader *reader)
{
    int status = reader->token.kind == ZONE_TOKEN_BLANK ? read_inherited(reader)
                                                        : read_owned(reader);

    reader->source->origin_is_new = false;
    return status;
}

static bool is_directive(const struct zone_token *token)
{
    return (token->kind == ZONE_TOKEN_WORD ||
            token->kind == ZONE_TOKEN_STRING) &&
           token->length > 0 && token->text[0] == '$';
}

/* Reads one entry, of whatever kind. */
static int read_any(struct zone_reader *reader)
{
    int status;

    if (zone_read_plain(reader, &status))
        return status;
    if (zone_next(reader) < 0)
        return -1;
    if (zone_token_ends(&reader->token))
        return 0;
    return is_directive(&reader->token) ? zone_read_directive(reader)
                                        : read_entry(reader);
}

/* ---- files */

/* A file begins with the owner of the entry before its $INCLUDE. */
static void inherit_owner(struct zone_reader *reader,
                          struct zone_source *source)
{
    const struct zone_owner *last = zone_last_owner(source->parent);

    if (!last)
        return;
    source->current = *last;
    source->current.name.octets = source->current.octets;
    source->current.batch = ++reader->last_batch;
}

void zone_push_source(struct zone_reader *reader, const char *file,
                      const char *path, const char *text, size_t length,
                      struct name origin)
{
    struct zone_source *source = ARENA_NEW(reader->arena, struct zone_source);

    source->parent = reader->source;
    source->file = file;
    source->path = path;
    source->origin = origin;
    zone_lexer_init(&source->lexer, text, length);
    reader->source = source;
    if (!source->parent)
        return;
    source->depth = source->parent->depth + 1;
    source->origin_is_new = !name_equal(origin, source->parent->origin);
    inherit_owner(reader, source);
}

/* Entries behind an $INCLUDE are no more of the batch before it. */
static void pop_source(struct zone_reader *reader)
{
    struct zone_source *parent = reader->source->parent;

    reader->source = parent;
    if (!parent)
        return;
    zone_end_batches(reader, parent);
}

static int read_sources(struct zone_reader *reader)
{
    int status = 0;

    while (reader->source && !reader->is_full) {
        struct zone_source *source = reader->source;

        if (read_any(reader) < 0) {
            status = -1;
            zone_skip_entry(reader);
        }
        if (reader->source == source &&
            source->lexer.next == source->lexer.end &&
            source->lexer.parentheses == 0)
            pop_source(reader);
    }
    return status;
}

static const char *directory_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return ".";
    return slash == path ? "/"
                         : arena_copy(arena, path, (size_t)(slash - path));
}

int zone_file_read_text(struct arena *arena, struct diag *diag,
                        const char *file, const char *text, size_t length,
                        const struct zone_file_options *options,
                        struct recordset *set)
{
    const char *directory = directory_of(arena, file);
    uint8_t data[ZONE_DATA_ROOM];
    struct zone_reader reader = {
        .arena = arena,
        .diag = diag,
        .set = set,
        .directory = directory,
        .include_root =
            options->include_root ? options->include_root : directory,
        .is_fragment = options->is_fragment,
        .refuses_out_of_zone = options->refuses_out_of_zone,
        .bytes_left =
            length < ZONE_FILE_MOST_BYTES ? ZONE_FILE_MOST_BYTES - length : 0,
        .data = data,
    };
    struct name zone = options->zone;
    int status;

    if (name_is_absent(zone) && !options->is_fragment)
        zone = zone_origin_find(arena, file, text, length);
    recordset_init(set, arena, zone);
    set->file = file;
    if (name_is_absent(zone) && !options->is_fragment)
        return diag_error(diag, (struct place){.file = file}, "zone-syntax",
                          "which zone this is neither its SOA nor the file's "
                          "name tells; say --origin=ZONE");
    strbuf_init(&reader.shown[0], arena);
    strbuf_init(&reader.shown[1], arena);
    zone_push_source(&reader, file, file, text, length, set->zone);
    status = read_sources(&reader);
    recordset_seal(set);
    return status;
}

int zone_file_read(struct arena *arena, struct diag *diag, const char *path,
                   const struct zone_file_options *options,
                   struct recordset *set)
{
    struct file file;

    if (file_read(arena, diag, path, ZONE_FILE_MOST_BYTES, &file) == 0)
        return zone_file_read_text(arena, diag, file.name, file.text,
                                   file.length, options, set);
    recordset_init(set, arena, options->zone);
    return -1;
}
