#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "dns/escape.h"
#include "dns/wire.h"
#include "dns/zone_reader.h"

static int value_error(struct zone_reader *reader, const char *noun,
                       const char *wanted)
{
    const struct zone_token *token = &reader->token;

    return diag_error(reader->diag, zone_place(reader, token), "zone-syntax",
                      "%s '%.*s' is not %s", noun,
                      utf8_shown(token->text, token->length), token->text,
                      wanted);
}

/* Digits alone, and no more than most. */
static bool number_from_text(const struct zone_token *token, uint32_t most,
                             uint32_t *number)
{
    uint64_t value = 0;

    if (token->length == 0)
        return false;
    for (size_t i = 0; i < token->length; i++) {
        unsigned digit = (unsigned char)token->text[i] - (unsigned)'0';

        if (digit > 9)
            return false;
        value = value * 10 + digit;
        if (value > most)
            return false;
    }
    *number = (uint32_t)value;
    return true;
}

static bool address_from_text(int family, const struct zone_token *token,
                              uint8_t *octets)
{
    char text[INET6_ADDRSTRLEN];

    if (token->length >= sizeof text ||
        memchr(token->text, '\0', token->length))
        return false;
    memcpy(text, token->text, token->length);
    text[token->length] = '\0';
    return inet_pton(family, text, octets) == 1;
}

/* Each reads reader->token as a field and returns the octet behind it, NULL
 * after an error. */

static uint8_t *read_number(struct zone_reader *reader, const char *noun,
                            uint32_t most, uint8_t *octets)
{
    uint32_t number;

    if (!number_from_text(&reader->token, most, &number)) {
        value_error(reader, noun,
                    most == UINT16_MAX ? "a number of 0 to 65535"
                                       : "a number of 0 to 4294967295");
        return NULL;
    }
    return most == UINT16_MAX ? wire_put_16(octets, (uint16_t)number)
                              : wire_put_32(octets, number);
}

static uint8_t *read_seconds(struct zone_reader *reader, const char *noun,
                             uint8_t *octets)
{
    uint32_t seconds;

    if (!seconds_from_text(reader->token.text, reader->token.length,
                           &seconds)) {
        value_error(reader, noun, "seconds, or a time as 1h30m");
        return NULL;
    }
    return wire_put_32(octets, seconds);
}

static uint8_t *read_address(struct zone_reader *reader, const char *noun,
                             int family, uint8_t *octets)
{
    if (!address_from_text(family, &reader->token, octets)) {
        value_error(reader, noun,
                    family == AF_INET ? "four numbers of 0 to 255 as 10.0.0.1"
                                      : "an IPv6 address as 2001:db8::1");
        return NULL;
    }
    return octets + (family == AF_INET ? 4 : 16);
}

static uint8_t *read_target(struct zone_reader *reader, uint8_t *octets)
{
    struct name name;

    reader->target = reader->token;
    if (zone_read_name(reader, octets, &name) < 0)
        return NULL;
    return octets + name.length;
}

/* Any field but strings: exactly one word. */
static uint8_t *read_field(struct zone_reader *reader, enum record_field field,
                           const char *noun, uint8_t *octets)
{
    if (reader->token.kind != ZONE_TOKEN_WORD) {
        zone_unexpected(reader, noun);
        return NULL;
    }
    switch (field) {
    case FIELD_ADDRESS_4:
        return read_address(reader, noun, AF_INET, octets);
    case FIELD_ADDRESS_6:
        return read_address(reader, noun, AF_INET6, octets);
    case FIELD_NUMBER_16:
        return read_number(reader, noun, UINT16_MAX, octets);
    case FIELD_NUMBER_32:
        return read_number(reader, noun, UINT32_MAX, octets);
    case FIELD_SECONDS:
        return read_seconds(reader, noun, octets);
    case FIELD_NAME:
        return read_target(reader, octets);
    case FIELD_NONE:
    case FIELD_STRINGS:
        break;
    }
    return NULL;
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* A character string (RFC 1035 section 3.3), its length octet first. */
static uint8_t *read_string(struct zone_reader *reader, uint8_t *octets)
{
    const struct zone_token *token = &reader->token;
    size_t used = 0;

    for (size_t at = 0; at < token->length; used++) {
        uint8_t octet = (uint8_t)token->text[at++];
        bool is_escape = octet == '\\';
        size_t size = is_escape ? escape_read(token->text + at,
                                              token->length - at, &octet)
                                : 0;

        if (is_escape && size == 0) {
            value_error(reader, "string",
                        "well: write \\ and three digits of 000 to 255, or \\ "
                        "and one other character");
            return NULL;
        }
        if (used == 255) {
            value_error(reader, "string",
                        "short enough: cut it into strings of 255 at most");
            return NULL;
        }
        octets[1 + used] = octet;
        at += size;
    }
    octets[0] = (uint8_t)used;
    return octets + 1 + used;
}

static int tell_too_long(struct zone_reader *reader)
{
    return diag_error(
        reader->diag, zone_place(reader, &reader->token), "zone-syntax",
        "the record's data are longer than %u octets", ZONE_MOST_DATA);
}

/* Strings up to the end of the entry, one at least, behind what is there
 * already. */
static uint8_t *read_strings(struct zone_reader *reader, uint8_t *octets)
{
    bool has_one = octets > reader->data;

    while (!zone_token_ends(&reader->token)) {
        octets = read_string(reader, octets);
        if (!octets || zone_next(reader) < 0)
            return NULL;
        if (octets > reader->data + ZONE_MOST_DATA) {
            tell_too_long(reader);
            return NULL;
        }
        has_one = true;
    }
    if (!has_one) {
        zone_unexpected(reader, "string");
        return NULL;
    }
    return octets;
}

static bool is_generic_mark(const struct zone_token *token)
{
    return token->kind == ZONE_TOKEN_WORD && token->length == 2 &&
           memcmp(token->text, "\\#", 2) == 0;
}

static int hex_digit(char character)
{
    if (is_digit(character))
        return character - '0';
    character |= 0x20;
    return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
}

/* Digits of the generic form, which words may cut anywhere, until there are
 * length octets. */
static int read_hex(struct zone_reader *reader, uint32_t length)
{
    size_t digits = 0;

    while (digits < 2 * (size_t)length) {
        if (zone_next(reader) < 0)
            return -1;
        if (reader->token.kind != ZONE_TOKEN_WORD)
            return zone_unexpected(reader, "hexadecimal digits");
        for (size_t i = 0; i < reader->token.length; i++, digits++) {
            int digit = hex_digit(reader->token.text[i]);
            uint8_t *octet = reader->data + digits / 2;

            if (digit < 0 || digits == 2 * (size_t)length)
                return value_error(reader, "data",
                                   "as many hexadecimal digits as were said");
            *octet = (uint8_t)(digits % 2 == 0 ? digit << 4 : *octet | digit);
        }
    }
    return 0;
}

/* \# LENGTH DIGITS... (RFC 3597 section 5); the token is the mark. */
static int read_generic(struct zone_reader *reader,
                        const struct record_type *type,
                        struct record_data *data)
{
    struct zone_token mark = reader->token;
    uint32_t length;

    if (zone_next(reader) < 0)
        return -1;
    if (reader->token.kind != ZONE_TOKEN_WORD ||
        !number_from_text(&reader->token, UINT16_MAX, &length))
        return zone_unexpected(reader, "length of the data");
    if (read_hex(reader, length) < 0 || zone_expect_end(reader) < 0)
        return -1;
    *data = (struct record_data){reader->data, (uint16_t)length};
    if (!record_data_fold(type, reader->data, (uint16_t)length))
        return diag_error(
            reader->diag, zone_place(reader, &mark), "zone-syntax",
            "these octets are no data of the type %s", type->mnemonic);
    return 0;
}

/* In a TXT, \# may also be a string that begins with '#'. */
static bool is_generic(struct zone_reader *reader, uint16_t type)
{
    struct zone_lexer lexer = reader->source->lexer;
    struct zone_token token;
    uint32_t number;

    if (!is_generic_mark(&reader->token))
        return false;
    if (type != RECORD_TXT)
        return true;
    zone_lexer_next(&lexer, &token);
    return token.kind == ZONE_TOKEN_WORD &&
           number_from_text(&token, UINT32_MAX, &number);
}

static int read_known(struct zone_reader *reader,
                      const struct record_type *type, struct record_data *data)
{
    uint8_t *octets = reader->data;

    if (type->fields[0] == FIELD_STRINGS) {
        octets = read_strings(reader, octets);
        if (!octets)
            return -1;
        *data = (struct record_data){reader->data,
                                     (uint16_t)(octets - reader->data)};
        return 0;
    }
    for (size_t i = 0; i < RECORD_MAX_FIELDS && type->fields[i]; i++) {
        if (i > 0 && zone_next(reader) < 0)
            return -1;
        octets = read_field(reader, type->fields[i], type->nouns[i], octets);
        if (!octets)
            return -1;
    }
    *data =
        (struct record_data){reader->data, (uint16_t)(octets - reader->data)};
    return zone_expect_end(reader);
}

/* ---- rare types */

static int collect_tokens(struct zone_reader *reader, size_t *count)
{
    *count = 0;
    while (!zone_token_ends(&reader->token)) {
        reader->tokens =
            arena_room(reader->arena, reader->tokens, *count,
                       &reader->token_capacity, sizeof *reader->tokens);
        reader->tokens[(*count)++] =
            (struct rare_token){reader->token.text, reader->token.length,
                                reader->token.kind == ZONE_TOKEN_STRING};
        if (zone_next(reader) < 0)
            return -1;
    }
    return 0;
}

/* The place of a token of the data, which may lie some lines below. */
static struct place place_of_text(const struct zone_reader *reader,
                                  const struct zone_lexer *before,
                                  const char *text)
{
    struct zone_lexer lexer = *before;
    struct zone_token token;

    do
        zone_lexer_next(&lexer, &token);
    while (!zone_token_ends(&token) && token.text != text);
    return zone_place(reader, &token);
}

static int read_rare(struct zone_reader *reader, uint16_t type,
                     const struct zone_token *first,
                     const struct zone_lexer *before, struct zone_data *data)
{
    const char *mnemonic = rare_type_mnemonic(type);
    struct rare_rdata rdata;
    const char *why;
    size_t count, at;

    if (collect_tokens(reader, &count) < 0)
        return -1;
    if (!rare_rdata_read(reader->arena, type, reader->tokens, count,
                         reader->source->origin, reader->data, &rdata, &why,
                         &at))
        return diag_error(
            reader->diag,
            at == 0 || at >= count
                ? zone_place(reader, first)
                : place_of_text(reader, before, reader->tokens[at].text),
            "zone-syntax", "%s: %s", mnemonic ? mnemonic : "data", why);
    data->data = rdata.data;
    data->covers = rdata.covers;
    return 0;
}

int zone_read_data(struct zone_reader *reader, const struct zone_type *type,
                   struct zone_data *data)
{
    struct zone_lexer before;
    struct zone_token first;

    *data = (struct zone_data){0};
    if (zone_next(reader) < 0)
        return -1;
    data->is_generic = is_generic(reader, type->number);
    if (type->known && data->is_generic)
        return read_generic(reader, type->known, &data->data);
    if (type->known)
        return read_known(reader, type->known, &data->data);
    before = reader->source->lexer;
    first = reader->token;
    return read_rare(reader, type->number, &first, &before, data);
}
