#include <arpa/inet.h>
#include <string.h>

#include "dns/wire.h"
#include "dns/zone_reader.h"

/* Longer lines are left to the others, so that whatever fits a line fits the
 * room for its data. */
#define LONGEST_LINE 1024

#define DIGITS       '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'
#define LETTERS                                                                \
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', \
        'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'

/* What a character of a plain name becomes in it; 0 for all others. */
static const uint8_t folded[256] = {
    ['*'] = '*',    ['-'] = '-',     ['_'] = '_',
    ['0'] = DIGITS, ['A'] = LETTERS, ['a'] = LETTERS,
};

enum { BLANK = 1, ENDS_WORD = 2 };

static const uint8_t traits[256] = {
    [' '] = BLANK | ENDS_WORD,
    ['\t'] = BLANK | ENDS_WORD,
    ['\r'] = ENDS_WORD,
    ['\n'] = ENDS_WORD,
};

static bool is_blank(char character)
{
    return traits[(unsigned char)character] & BLANK;
}

static bool ends_word(char character)
{
    return traits[(unsigned char)character] & ENDS_WORD;
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static const char *pass_blanks(const char *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

static bool is_line_end(const char *at)
{
    return *at == '\n' || (*at == '\r' && at[1] == '\n');
}

static size_t word_length(const char *text)
{
    const char *at = text;

    while (!ends_word(*at))
        at++;
    return (size_t)(at - text);
}

/* Each reads a field at text into octets, moves them behind it, and returns
 * the character behind the field; NULL where the field is not plain. */

/* A label in wire form, and how many characters it has. */
static size_t read_label(const char *text, uint8_t *label)
{
    size_t length = 0;

    while ((label[length + 1] = folded[(unsigned char)text[length]]) != 0)
        length++;
    *label = (uint8_t)length;
    return length;
}

static const char *read_name(const char *text, struct name origin,
                             uint8_t **octets)
{
    uint8_t *label = *octets;
    const char *at = text;
    size_t length;

    for (;; at++, label += length + 1) {
        length = read_label(at, label);
        at += length;
        if (length > NAME_MAX_LABEL)
            return NULL;
        if (*at != '.' || length == 0)
            break;
    }
    if (!ends_word(*at) || at == text)
        return NULL;
    label += length + 1;
    if (length > 0) {
        if (name_is_absent(origin))
            return NULL;
        memcpy(label, origin.octets, origin.length);
        label += origin.length;
    }
    if (label - *octets > NAME_MAX_OCTETS)
        return NULL;
    *octets = label;
    return at;
}

static const char *read_number_16(const char *text, uint8_t **octets)
{
    const char *at = text;
    uint32_t number = 0;

    for (; is_digit(*at) && number <= UINT16_MAX; at++)
        number = number * 10 + (uint32_t)(*at - '0');
    if (at == text || number > UINT16_MAX || !ends_word(*at))
        return NULL;
    *octets = wire_put_16(*octets, (uint16_t)number);
    return at;
}

static const char *read_address_4(const char *text, uint8_t **octets)
{
    for (int i = 0; i < 4; i++) {
        const char *start = text;
        unsigned number = 0;

        for (; is_digit(*text) && text - start < 3; text++)
            number = number * 10 + (unsigned)(*text - '0');
        if (text == start || number > UINT8_MAX ||
            (*start == '0' && text - start > 1))
            return NULL;
        if (i < 3 && *text++ != '.')
            return NULL;
        *(*octets)++ = (uint8_t)number;
    }
    return ends_word(*text) ? text : NULL;
}

static const char *read_address_6(const char *text, uint8_t **octets)
{
    size_t length = word_length(text);
    char copy[INET6_ADDRSTRLEN];

    if (length >= sizeof copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (strlen(copy) != length || inet_pton(AF_INET6, copy, *octets) != 1)
        return NULL;
    *octets += 16;
    return text + length;
}

/* Strings in quotes up to the end of the line, nothing escaped in them. */
static const char *read_strings(const char *text, uint8_t **octets)
{
    do {
        size_t length;

        if (*text++ != '"')
            return NULL;
        length = strcspn(text, "\"\\\r\n");
        if (text[length] != '"' || length > UINT8_MAX)
            return NULL;
        *(*octets)++ = (uint8_t)length;
        memcpy(*octets, text, length);
        *octets += length;
        text = pass_blanks(text + length + 1);
    } while (!is_line_end(text));
    return text;
}

static const char *read_field(struct zone_reader *reader,
                              enum record_field field, const char *text,
                              uint8_t **octets)
{
    switch (field) {
    case FIELD_ADDRESS_4:
        return read_address_4(text, octets);
    case FIELD_ADDRESS_6:
        return read_address_6(text, octets);
    case FIELD_NUMBER_16:
        return read_number_16(text, octets);
    case FIELD_NAME:
        reader->target = (struct zone_token){
            .kind = ZONE_TOKEN_WORD,
            .text = text,
            .line = reader->source->lexer.line,
            .line_start = reader->source->lexer.line_start,
        };
        return read_name(text, reader->source->origin, octets);
    case FIELD_STRINGS:
        return read_strings(text, octets);
    case FIELD_NONE:
    case FIELD_NUMBER_32: /* of an SOA, which is one in a zone */
    case FIELD_SECONDS:
        break;
    }
    return NULL;
}

/* What is known of an entry before anything is done with it. */
struct entry {
    struct zone_token first; /* its first word */
    struct name owner;       /* absent where it is left out */
    bool has_ttl;
    uint32_t ttl_seconds;
    struct zone_type type;
    struct zone_data data;
    const char *end; /* of the line */
    uint8_t *octets; /* room for the owner */
};

/* [TTL] [IN] TYPE, the first two in either order. */
static const char *read_type(struct entry *entry, const char *at)
{
    bool has_class = false;

    for (;; at = pass_blanks(at)) {
        size_t length = word_length(at);

        if (!has_class && length == 2 && (at[0] | 0x20) == 'i' &&
            (at[1] | 0x20) == 'n') {
            has_class = true;
        } else if (!entry->has_ttl && is_digit(*at)) {
            if (!seconds_from_text(at, length, &entry->ttl_seconds) ||
                entry->ttl_seconds > RECORD_MAX_TTL)
                return NULL;
            entry->has_ttl = true;
        } else {
            entry->type.known = record_type_by_mnemonic(at, length);
            if (!entry->type.known)
                return NULL;
            entry->type.number = entry->type.known->number;
            return at + length;
        }
        at += length;
    }
}

static bool read_data(struct zone_reader *reader, struct entry *entry,
                      const char *at)
{
    const struct record_type *type = entry->type.known;
    uint8_t *octets = reader->data;

    for (size_t i = 0; i < RECORD_MAX_FIELDS && type->fields[i]; i++) {
        at = read_field(reader, type->fields[i], pass_blanks(at), &octets);
        if (!at)
            return false;
    }
    at = pass_blanks(at);
    entry->end = at;
    entry->data.data =
        (struct record_data){reader->data, (uint16_t)(octets - reader->data)};
    return is_line_end(at);
}

static const char *read_owner(struct zone_reader *reader, struct entry *entry,
                              const char *at)
{
    uint8_t *octets = entry->octets;

    entry->first.text = at;
    if (is_blank(*at)) {
        if (reader->source->origin_is_new || !zone_last_owner(reader->source))
            return NULL;
        entry->first.text = pass_blanks(at);
        return entry->first.text;
    }
    at = read_name(at, reader->source->origin, &octets);
    if (!at)
        return NULL;
    entry->owner =
        (struct name){entry->octets, (uint8_t)(octets - entry->octets)};
    entry->first.length = (size_t)(at - entry->first.text);
    return pass_blanks(at);
}

/* Does what is done with an entry, as if its last token were read. */
static int take_entry(struct zone_reader *reader, struct entry *entry)
{
    struct zone_source *source = reader->source;
    struct zone_lexer *lexer = &source->lexer;
    const struct zone_token *first = &entry->first;
    struct place place = {source->file, first->line,
                          (uint32_t)(first->text - first->line_start + 1)};
    struct zone_owner *owner;

    reader->token = entry->first;
    lexer->next = entry->end + (*entry->end == '\r' ? 2 : 1);
    lexer->line_start = lexer->next;
    lexer->line++;
    source->origin_is_new = false;
    if (name_is_absent(entry->owner))
        owner = zone_last_owner(source);
    else if (zone_take_owner(reader, entry->owner, &owner) < 0)
        return -1;
    if (entry->has_ttl) {
        reader->has_ttl = true;
        reader->ttl_seconds = entry->ttl_seconds;
    }
    reader->token.kind = ZONE_TOKEN_END;
    reader->token.text = entry->end;
    return zone_take_record(reader, owner, &entry->type, &entry->data,
                            entry->has_ttl, place);
}

bool zone_read_plain(struct zone_reader *reader, int *status)
{
    const struct zone_lexer *lexer = &reader->source->lexer;
    size_t left = (size_t)(lexer->end - lexer->next);
    uint8_t octets[LONGEST_LINE + NAME_MAX_OCTETS];
    struct entry entry = {.octets = octets};
    const char *at;

    if (!lexer->at_start ||
        !memchr(lexer->next, '\n', left < LONGEST_LINE ? left : LONGEST_LINE))
        return false;
    entry.first = (struct zone_token){.kind = ZONE_TOKEN_WORD,
                                      .line = lexer->line,
                                      .line_start = lexer->line_start};
    at = read_owner(reader, &entry, lexer->next);
    if (!at)
        return false;
    at = read_type(&entry, at);
    if (!at || !read_data(reader, &entry, at))
        return false;
    *status = take_entry(reader, &entry);
    return true;
}
