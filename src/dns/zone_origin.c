#include "dns/zone_origin.h"

#include <string.h>
#include <strings.h>

#include "dns/zone_lexer.h"

/* Between the owner and the type there can be a TTL, a class and a mark. */
#define MOST_BEFORE_TYPE 4

static const struct name absent = {NULL, 0};

static bool token_is(const struct zone_token *token, const char *word)
{
    return token->length == strlen(word) &&
           strncasecmp(token->text, word, token->length) == 0;
}

/* A token as a name; absent where it is none, or relative to nothing. */
static struct name read_name(struct arena *arena,
                             const struct zone_token *token, struct name origin)
{
    struct name name;

    if (name_is_absent(origin) &&
        (token->length == 0 || token->text[token->length - 1] != '.'))
        return absent;
    if (name_from_text(arena, token->text, token->length, origin, &name,
                       NULL) != NAME_OK)
        return absent;
    return name;
}

/* Is it an SOA?  Reads what may stand before the type. */
static bool is_soa(struct zone_lexer *lexer, struct zone_token *token)
{
    for (int i = 0; i < MOST_BEFORE_TYPE && !zone_token_ends(token); i++) {
        zone_lexer_next(lexer, token);
        if (token->kind == ZONE_TOKEN_WORD && token_is(token, "SOA"))
            return true;
    }
    return false;
}

static struct name find_soa(struct arena *arena, const char *text,
                            size_t length)
{
    struct name origin = absent, owner = absent;
    struct zone_lexer lexer;
    struct zone_token token;

    zone_lexer_init(&lexer, text, length);
    for (zone_lexer_next(&lexer, &token); token.kind != ZONE_TOKEN_END_OF_FILE;
         zone_lexer_next(&lexer, &token)) {
        if (token_is(&token, "$ORIGIN")) {
            zone_lexer_next(&lexer, &token);
            origin = read_name(arena, &token, origin);
        } else if (!zone_token_ends(&token)) {
            if (token.kind != ZONE_TOKEN_BLANK)
                owner = read_name(arena, &token, origin);
            if (is_soa(&lexer, &token))
                return owner;
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
