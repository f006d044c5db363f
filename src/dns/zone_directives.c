#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "dns/zone_reader.h"

/* $ORIGIN NAME */
static int read_origin(struct zone_reader *reader)
{
    struct zone_source *source = reader->source;
    uint8_t octets[NAME_MAX_OCTETS];
    struct name origin;

    if (zone_next(reader) < 0)
        return -1;
    if (reader->token.kind != ZONE_TOKEN_WORD)
        return zone_unexpected(reader, "name");
    if (zone_read_name(reader, octets, &origin) < 0)
        return -1;
    if (!name_equal(source->origin, origin))
        source->origin = name_copy(reader->arena, origin);
    source->origin_is_new = true;
    return zone_expect_line_end(reader);
}

/* $TTL TIME (RFC 2308 section 4) */
static int read_default_ttl(struct zone_reader *reader)
{
    const struct zone_token *token = &reader->token;
    uint32_t seconds;

    reader->has_default_ttl = true;
    reader->default_ttl_seconds = 0;
    if (zone_next(reader) < 0)
        return -1;
    if (token->kind != ZONE_TOKEN_WORD)
        return zone_unexpected(reader, "time");
    if (!seconds_from_text(token->text, token->length, &seconds))
        return diag_error(reader->diag, zone_place(reader, token),
                          "zone-syntax",
                          "'%.*s' is no TTL: write seconds, or a time as 1h30m",
                          utf8_shown(token->text, token->length), token->text);
    reader->default_ttl_seconds = zone_limit_ttl(reader, seconds, token);
    reader->ttl_seconds = reader->default_ttl_seconds;
    return zone_expect_line_end(reader);
}

/* The token is that behind the path; without an origin that of the file stays.
 */
static int read_include_origin(struct zone_reader *reader, struct name *origin)
{
    uint8_t octets[NAME_MAX_OCTETS];
    struct name name;

    *origin = reader->source->origin;
    if (zone_token_ends(&reader->token))
        return 0;
    if (reader->token.kind != ZONE_TOKEN_WORD)
        return zone_unexpected(reader, "origin");
    if (zone_read_name(reader, octets, &name) < 0)
        return -1;
    *origin = name_copy(reader->arena, name);
    return zone_expect_line_end(reader);
}

/* $INCLUDE FILE [ORIGIN] (RFC 1035 section 5.1) */
static int read_include(struct zone_reader *reader)
{
    struct zone_token path;
    struct name origin;

    if (reader->has_date)
        return diag_error(reader->diag, zone_place(reader, &reader->token),
                          "zone-syntax",
                          "$INCLUDE cannot stand behind a $DATE");
    if (zone_next(reader) < 0)
        return -1;
    path = reader->token;
    if (zone_token_ends(&path))
        return zone_unexpected(reader, "path");
    if (zone_next(reader) < 0 || read_include_origin(reader, &origin) < 0)
        return -1;
    return zone_include(reader, &path, origin);
}

static int digits_value(const char *text, int count)
{
    int value = 0;

    while (count-- > 0)
        value = value * 10 + (*text++ - '0');
    return value;
}

static bool is_digits(const char *text, size_t length)
{
    while (length > 0 && *text >= '0' && *text <= '9') {
        text++;
        length--;
    }
    return length == 0;
}

/* YYYYMMDDHHMMSS */
static bool is_date(const char *text)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = digits_value(text, 4), month = digits_value(text + 4, 2);
    int day = digits_value(text + 6, 2);
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    if (month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && is_leap) &&
           digits_value(text + 8, 2) < 24 && digits_value(text + 10, 2) < 60 &&
           digits_value(text + 12, 2) <= 60;
}

/* $DATE, which BIND wrote into dumps: of no meaning here. */
static int read_date(struct zone_reader *reader)
{
    const struct zone_token *token = &reader->token;

    if (zone_next(reader) < 0)
        return -1;
    if (token->kind != ZONE_TOKEN_WORD || token->length != 14 ||
        !is_digits(token->text, token->length) || !is_date(token->text))
        return zone_unexpected(reader, "time as YYYYMMDDHHMMSS");
    reader->has_date = true;
    return zone_expect_line_end(reader);
}

int zone_read_directive(struct zone_reader *reader)
{
    static const struct {
        const char *name;
        int (*read)(struct zone_reader *);
    } directives[] = {
        {"$ORIGIN", read_origin},   {"$TTL", read_default_ttl},
        {"$INCLUDE", read_include}, {"$GENERATE", zone_generate},
        {"$DATE", read_date},
    };
    const struct zone_token *token = &reader->token;

    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (zone_token_is(token, directives[i].name))
            return directives[i].read(reader);
    return diag_error(reader->diag, zone_place(reader, token), "zone-syntax",
                      "'%.*s' is no directive: there are $ORIGIN, $TTL, "
                      "$INCLUDE and $GENERATE; a name that begins with $ is "
                      "written \\$",
                      utf8_shown(token->text, token->length), token->text);
}
