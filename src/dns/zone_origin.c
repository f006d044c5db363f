#include "dns/zone_origin.h"

#include <string.h>
#include <strings.h>

#include "dns/record.h"
#include "dns/zone_lexer.h"

static const struct name absent = {NULL, 0};

/* A name in octets of its own. */
struct held_name {
    struct name name;
    uint8_t octets[NAME_MAX_OCTETS];
};

/* A token as a name; absent where it is none, or relative to nothing. */
static void read_name(const struct zone_token *token, struct name origin,
                      struct held_name *held)
{
    held->name = absent;
    if (name_is_absent(origin) &&
        (token->length == 0 || token->text[token->length - 1] != '.'))
        return;
    name_parse(token->text, token->length, origin, NAME_FOLDED, held->octets,
               &held->name, NULL);
}

/* What may stand between the owner and the type: a TTL, a class, and the mark
 * of Windows DNS. */
static bool stands_before_type(const struct zone_token *token)
{
    uint32_t seconds;

    if (token->kind != ZONE_TOKEN_WORD)
        return false;
    switch (*token->text) {
    case '[':
        return true;
    case 'I':
    case 'i':
        return zone_token_is(token, "IN");
    case 'C':
    case 'c':
        return zone_token_is(token, "CLASS1");
    default:
        return seconds_from_text(token->text, token->length, &seconds);
    }
}

/* Is it an SOA?  The token is the owner, or what stands for it. */
static bool is_soa(struct zone_lexer *lexer, struct zone_token *token)
{
    do
        zone_lexer_next(lexer, token);
    while (stands_before_type(token));
    return token->kind == ZONE_TOKEN_WORD && zone_token_is(token, "SOA");
}

static bool is_origin(const struct zone_token *token)
{
    return token->length > 0 && *token->text == '$' &&
           zone_token_is(token, "$ORIGIN");
}

/* $ORIGIN NAME */
static void read_origin(struct zone_lexer *lexer, struct zone_token *token,
                        struct held_name *origin)
{
    struct held_name changed;

    zone_lexer_next(lexer, token);
    read_name(token, origin->name, &changed);
    *origin = changed;
    if (!name_is_absent(changed.name))
        origin->name.octets = origin->octets;
}

static struct name find_soa(struct arena *arena, const char *text,
                            size_t length)
{
    struct held_name origin = {.name = absent}, owner = {.name = absent};
    struct zone_lexer lexer;
    struct zone_token token;

    zone_lexer_init(&lexer, text, length);
    for (zone_lexer_next(&lexer, &token); token.kind != ZONE_TOKEN_END_OF_FILE;
         zone_lexer_next(&lexer, &token)) {
        if (is_origin(&token)) {
            read_origin(&lexer, &token, &origin);
        } else if (!zone_token_ends(&token)) {
            if (token.kind != ZONE_TOKEN_BLANK)
                read_name(&token, origin.name, &owner);
            if (is_soa(&lexer, &token))
                return name_copy(arena, owner.name);
        }
        zone_lexer_skip_entry(&lexer, &token);
        if (token.kind == ZONE_TOKEN_END_OF_FILE)
            break;
    }
    return absent;
}

static bool ends_in(const char *text, size_t length, const char *suffix)
{
    size_t suffix_length = strlen(suffix);

    return length > suffix_length && strncasecmp(text + length - suffix_length,
                                                 suffix, suffix_length) == 0;
}

static struct name name_of_file(struct arena *arena, const char *path)
{
    static const char *const suffixes[] = {".zone", ".db", ".dns", ".txt"};
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    size_t length = strlen(base);
    struct name name;

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ends_in(base, length, suffixes[i])) {
            length -= strlen(suffixes[i]);
            break;
        }
    if (length > 3 && strncasecmp(base, "db.", 3) == 0) {
        base += 3;
        length -= 3;
    }
    if (!memchr(base, '.', length) || memchr(base, ' ', length) ||
        name_from_text(arena, base, length, absent, &name, NULL) != NAME_OK)
        return absent;
    return name;
}

struct name zone_origin_find(struct arena *arena, const char *path,
                             const char *text, size_t length)
{
    struct name zone = find_soa(arena, text, length);

    return name_is_absent(zone) ? name_of_file(arena, path) : zone;
}
