#include "dns/rare_rdata.h"

#include <ldns/ldns.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "dns/rare_fields.h"
#include "dns/rare_reader.h"
#include "dns/rare_svcb.h"
#include "dns/rare_types.h"
#include "dns/wire.h"

static void reader_init(struct rare_reader *reader, struct arena *arena,
                        const struct rare_token *tokens, size_t count,
                        struct name origin)
{
    *reader = (struct rare_reader){
        .tokens = tokens, .count = count, .origin = origin};
    strbuf_init(&reader->octets, arena);
}

/* As libldns writes it, but by UTC alone and not by the present time. */
static void time_write(struct strbuf *text, const ldns_rdf *field)
{
    time_t seconds = (time_t)ldns_rdf2native_int32(field);
    char digits[32];
    struct tm parts;

    gmtime_r(&seconds, &parts);
    digits[strftime(digits, sizeof(digits), "%Y%m%d%H%M%S", &parts)] = '\0';
    strbuf_add_text(text, digits);
}

/* As numbers: the names that libldns writes are those of this machine. */
static void services_write(struct strbuf *text, const ldns_rdf *field)
{
    const uint8_t *octets = ldns_rdf_data(field);

    strbuf_add_number(text, octets[0]);
    for (size_t bit = 0; bit / 8 + 1 < ldns_rdf_size(field); bit++)
        if (octets[bit / 8 + 1] & 0x80u >> bit % 8)
            strbuf_printf(text, " %zu", bit);
}

/* More than any octet takes: libldns does not make room where it writes the
 * parameters of SVCB, and ends the program where there is none. */
static size_t text_room(const ldns_rdf *field)
{
    return 8 * ldns_rdf_size(field) + 1024;
}

static bool field_write(struct strbuf *text, ldns_buffer *buffer,
                        const ldns_rdf *field)
{
    switch (ldns_rdf_get_type(field)) {
    case LDNS_RDF_TYPE_DNAME:
        name_write(text, (struct name){ldns_rdf_data(field),
                                       (uint8_t)ldns_rdf_size(field)});
        return true;
    case LDNS_RDF_TYPE_TIME:
        time_write(text, field);
        return true;
    case LDNS_RDF_TYPE_WKS:
        services_write(text, field);
        return true;
    default:
        ldns_buffer_clear(buffer);
        if (!ldns_buffer_reserve(buffer, text_room(field)) ||
            ldns_rdf2buffer_str(buffer, field) != LDNS_STATUS_OK)
            return false;
        strbuf_add(text, ldns_buffer_begin(buffer),
                   ldns_buffer_position(buffer));
        return true;
    }
}

/* libldns has no field where a long string is empty. */
static bool lacks_long_string(const ldns_rr *record)
{
    const ldns_rr_descriptor *type =
        ldns_rr_descript((uint16_t)ldns_rr_get_type(record));
    size_t count = ldns_rr_rd_count(record);

    return count < ldns_rr_descriptor_maximum(type) &&
           ldns_rr_descriptor_field_type(type, count) == LDNS_RDF_TYPE_LONG_STR;
}

static bool fields_write(struct strbuf *text, const ldns_rr *record)
{
    ldns_buffer *buffer = ldns_buffer_new(LDNS_MIN_BUFLEN);
    bool is_written = buffer != NULL;

    for (size_t i = 0; is_written && i < ldns_rr_rd_count(record); i++) {
        is_written = field_write(text, buffer, ldns_rr_rdf(record, i));
        strbuf_add_char(text, ' ');
    }
    if (lacks_long_string(record))
        strbuf_add_text(text, "\"\"");
    ldns_buffer_free(buffer);
    return is_written;
}

/* The data, in wire form behind their length, as libldns writes a record of
 * that type. */
static bool data_write(struct strbuf *text, uint16_t type, const uint8_t *wire,
                       size_t length)
{
    ldns_rr *record = ldns_rr_new();
    size_t at = 0;

    if (!record)
        return false;
    ldns_rr_set_type(record, (ldns_rr_type)type);
    bool is_written =
        ldns_wire2rdf(record, wire, length, &at) == LDNS_STATUS_OK &&
        fields_write(text, record);
    ldns_rr_free(record);
    return is_written;
}

static bool is_blank(char character)
{
    return character == ' ' || character == '\t';
}

/* The end of a word, or of what stands behind a quote; NULL when there is
 * none. */
static const char *token_end(const char *at, bool is_quoted)
{
    for (; *at != '\0'; at++) {
        if (*at == '"')
            return at;
        if (!is_quoted && is_blank(*at))
            return at;
        if (*at == '\\' && *++at == '\0')
            return NULL;
    }
    return is_quoted ? NULL : at;
}

/* How many tokens there can be. */
static size_t tokens_most(const char *text)
{
    size_t most = 1;

    for (; *text != '\0'; text++)
        most += is_blank(*text) || *text == '"';
    return most;
}

/* There is room for all of them. */
static bool tokens_split(const char *at, struct rare_token *tokens,
                         size_t *count)
{
    for (*count = 0;; ++*count) {
        while (is_blank(*at))
            at++;
        if (*at == '\0')
            return true;
        bool is_quoted = *at == '"';
        at += is_quoted;
        const char *end = token_end(at, is_quoted);
        if (!end)
            return false;
        tokens[*count] = (struct rare_token){at, (size_t)(end - at), is_quoted};
        at = end + is_quoted;
    }
}

/* The tokens with one blank between two; none in key="value". */
static void tokens_write(struct strbuf *text, const struct rare_token *tokens,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *quote = tokens[i].is_quoted ? "\"" : "";
        bool is_joined =
            i > 0 && tokens[i].is_quoted &&
            tokens[i].text == tokens[i - 1].text + tokens[i - 1].length + 1;
        if (i > 0 && !is_joined)
            strbuf_add_char(text, ' ');
        strbuf_add_text(text, quote);
        strbuf_add(text, tokens[i].text, tokens[i].length);
        strbuf_add_text(text, quote);
    }
}

/* Has libldns forgotten to escape a character that means something else in
 * a file? */
static bool tokens_mislead(const struct rare_token *tokens, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < tokens[i].length && !tokens[i].is_quoted;
             at++) {
            if (strchr(";()", tokens[i].text[at]))
                return true;
            at += tokens[i].text[at] == '\\';
        }
    return false;
}

static char fold(char character)
{
    if (character >= 'A' && character <= 'Z')
        return (char)(character - 'A' + 'a');
    return character;
}

/* The same, but for upper case, which a name loses when it is read? */
static bool octets_are_alike(const char *one, const char *other, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (fold(one[i]) != fold(other[i]))
            return false;
    return true;
}

static struct record_data data_of(const struct strbuf *octets)
{
    return (struct record_data){(const uint8_t *)octets->text,
                                (uint16_t)octets->length};
}

/* RFC 3597 section 5: what record.c does for types that it does not have. */
static void unknown_write(struct strbuf *text, uint16_t type,
                          const struct strbuf *octets)
{
    const struct name none = {NULL, 0};

    record_data_write(text, type, data_of(octets), none);
}

/* What libldns writes, as tokens; they are those of the text. */
static bool tokens_make(const struct rare_type *type,
                        const struct strbuf *octets, struct rare_token **tokens,
                        size_t *count)
{
    struct strbuf text, wire;

    strbuf_init(&wire, octets->arena);
    strbuf_add_char(&wire, (char)(octets->length >> 8 & 0xff));
    strbuf_add_char(&wire, (char)(octets->length & 0xff));
    strbuf_add(&wire, octets->text, octets->length);
    strbuf_init(&text, octets->arena);
    if (!data_write(&text, type->printed_as, (const uint8_t *)wire.text,
                    wire.length))
        return false;
    *tokens = ARENA_NEW_ARRAY(octets->arena, tokens_most(text.text),
                              struct rare_token);
    return tokens_split(text.text, *tokens, count);
}

/*
 * The text of data in wire form, which are read from it again: false when
 * others come of it, or none, and when libldns does not have the type.
 * Names in octets are in lower case from then on.
 */
static bool text_make(const struct rare_type *type, struct strbuf *octets,
                      struct strbuf *text)
{
    const struct name root = {(const uint8_t *)"", 1};
    struct rare_token *tokens;
    struct rare_reader reader;
    size_t count;

    if (type->printed_as == 0 || !tokens_make(type, octets, &tokens, &count))
        return false;
    reader_init(&reader, octets->arena, tokens, count, root);
    if (!rare_fields_read(&reader, type) ||
        reader.octets.length != octets->length ||
        !octets_are_alike(reader.octets.text, octets->text, octets->length))
        return false;

    bool is_folded =
        memcmp(reader.octets.text, octets->text, octets->length) != 0;
    *octets = reader.octets;
    if (is_folded)
        return text_make(type, octets, text);
    if (count == 0 || tokens_mislead(tokens, count))
        unknown_write(text, type->number, octets);
    else
        tokens_write(text, tokens, count);
    return true;
}

/* Data and their text, in an arena that lives as long as the call. */
struct draft {
    struct strbuf octets;
    struct strbuf text;
};

static void draft_init(struct draft *draft, struct arena *scratch)
{
    strbuf_init(&draft->octets, scratch);
    strbuf_init(&draft->text, scratch);
}

static void draft_keep(const struct draft *draft, uint16_t type,
                       uint8_t *octets, struct rare_rdata *rdata)
{
    bool is_signature = type == LDNS_RR_TYPE_RRSIG || type == LDNS_RR_TYPE_SIG;
    uint16_t covers = 0;

    if (draft->octets.length > 0)
        memcpy(octets, draft->octets.text, draft->octets.length);
    if (is_signature && draft->octets.length >= 2)
        covers = wire_16(octets);
    *rdata = (struct rare_rdata){
        .data = {octets, (uint16_t)draft->octets.length}, .covers = covers};
}

/* libldns writes a comma within an ALPN as if it stood between two: its text
 * does not tell whether the octets are well. */
static bool is_service_binding(struct draft *draft, uint16_t type)
{
    const struct name root = {(const uint8_t *)"", 1};
    struct rare_reader reader;

    if (type != LDNS_RR_TYPE_SVCB && type != LDNS_RR_TYPE_HTTPS)
        return false;
    reader_init(&reader, draft->octets.arena, NULL, 0, root);
    reader.octets = draft->octets;
    return rare_fold_service_binding(&reader);
}

/* Makes the text of octets that came in wire form; false when they are not
 * data of that type. */
static bool draft_complete(struct draft *draft, uint16_t type)
{
    const struct rare_type *known = rare_type_by_number(type);

    if (known && text_make(known, &draft->octets, &draft->text))
        return true;
    if (known && known->printed_as != 0 && !is_service_binding(draft, type))
        return false;
    unknown_write(&draft->text, type, &draft->octets);
    return true;
}

/* \# 4 0a000001: the number of octets, and these. */
static bool unknown_read(struct rare_reader *reader)
{
    uint32_t length;

    rare_pass(reader);
    if (!rare_read_number(reader, 2, &length))
        return false;
    strbuf_reset(&reader->octets);
    if (length > 0 && !rare_read_hex(reader))
        return false;
    if (!rare_at_end(reader))
        return rare_refuse(reader, "more than belongs here");
    if (reader->octets.length == length)
        return true;
    reader->at--;
    return rare_refuse(reader, "not as many octets");
}

static bool begins_unknown(const struct rare_reader *reader)
{
    return reader->count > 0 && !reader->tokens[0].is_quoted &&
           rare_token_is(&reader->tokens[0], "\\#");
}

static bool draft_from_unknown(struct draft *draft, uint16_t type,
                               struct rare_reader *reader)
{
    if (!unknown_read(reader))
        return false;
    draft->octets = reader->octets;
    if (draft_complete(draft, type))
        return true;
    reader->at = 1;
    return rare_refuse(reader, "not data of this type");
}

static bool draft_from_fields(struct draft *draft, uint16_t type,
                              struct rare_reader *reader)
{
    const struct rare_type *known = rare_type_by_number(type);

    if (!known || known->fields[0] == RARE_NONE)
        return rare_refuse(reader, "a type that has \\# alone");
    if (!rare_fields_read(reader, known))
        return false;
    if (reader->octets.length > UINT16_MAX)
        return rare_refuse(reader, "more than 65535 octets");
    draft->octets = reader->octets;
    if (!text_make(known, &draft->octets, &draft->text))
        unknown_write(&draft->text, type, &draft->octets);
    return true;
}

bool rare_rdata_read(struct arena *arena, uint16_t type,
                     const struct rare_token *tokens, size_t count,
                     struct name origin, uint8_t *octets,
                     struct rare_rdata *rdata, const char **why, size_t *at)
{
    struct rare_reader reader;
    struct arena scratch;
    struct draft draft;

    arena_init(&scratch, arena->out_of_memory, arena->context);
    draft_init(&draft, &scratch);
    reader_init(&reader, &scratch, tokens, count, origin);
    bool is_read = begins_unknown(&reader)
                       ? draft_from_unknown(&draft, type, &reader)
                       : draft_from_fields(&draft, type, &reader);
    if (is_read)
        draft_keep(&draft, type, octets, rdata);
    arena_release(&scratch);
    *why = reader.why;
    *at = reader.at;
    return is_read;
}

void rare_rdata_write(struct strbuf *text, uint16_t type,
                      struct record_data data)
{
    struct arena scratch;
    struct draft draft;

    arena_init(&scratch, text->arena->out_of_memory, text->arena->context);
    draft_init(&draft, &scratch);
    strbuf_add(&draft.octets, data.octets, data.length);
    if (!draft_complete(&draft, type))
        unknown_write(&draft.text, type, &draft.octets);
    strbuf_add(text, draft.text.text, draft.text.length);
    arena_release(&scratch);
}

void rare_type_write(struct strbuf *text, uint16_t type)
{
    const char *mnemonic = rare_type_mnemonic(type);

    if (mnemonic)
        strbuf_add_text(text, mnemonic);
    else
        record_type_write(text, type);
}

void rare_data_write(struct strbuf *text, uint16_t type,
                     struct record_data data)
{
    const struct name absolute = {NULL, 0};

    if (record_type_by_number(type))
        record_data_write(text, type, data, absolute);
    else
        rare_rdata_write(text, type, data);
}
