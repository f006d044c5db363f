#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "dns/recordset.h"
#include "dns/zone_reader.h"

/*
 *     $GENERATE 1-20/2  host-${0,3,d}  [TTL] [CLASS]  A  10.0.0.$
 *               range   left                      type   right
 *
 * BIND's own directive, and so is each of its corners: what follows a range
 * is not looked at, the right side is one token or one string in quotes.
 */

/* As BIND has it: characters of one side, digits of one number. */
#define MOST_LEFT   2047
#define MOST_RIGHT  65534
#define MOST_DIGITS 127

struct range {
    int first, last, step;
};

struct generation {
    struct range range;
    struct zone_token left, right;
    struct zone_type type;
};

/* A number with its sign at *text, which moves behind it.  As scanf has it:
 * white space in front, and of a number too large for an int the low bits. */
static bool read_int(const char **text, const char *end, int *number)
{
    const char *at = *text;
    bool is_negative;
    uint64_t value = 0, most = INT64_MAX;

    while (at < end && (*at == ' ' || (*at >= '\t' && *at <= '\r')))
        at++;
    is_negative = at < end && *at == '-';
    most += is_negative;
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    const char *start = at;
    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        uint64_t digit = (uint64_t)(*at - '0');

        value = value > (most - digit) / 10 ? most : value * 10 + digit;
    }
    if (at == start)
        return false;
    *number = (int)(uint32_t)(is_negative ? -value : value);
    *text = at;
    return true;
}

static bool pass(const char **text, const char *end, char character)
{
    if (*text == end || **text != character)
        return false;
    ++*text;
    return true;
}

static bool range_from_text(const struct zone_token *token, struct range *range)
{
    const char *at = token->text, *end = token->text + token->length;

    range->step = 1;
    if (!read_int(&at, end, &range->first) || !pass(&at, end, '-') ||
        !read_int(&at, end, &range->last))
        return false;
    if (pass(&at, end, '/') && !read_int(&at, end, &range->step))
        return false;
    return range->first >= 0 && range->last >= range->first && range->step > 0;
}

/* {OFFSET[,WIDTH[,BASE]]} behind a '$', and what ends each.  As named has it,
 * what one leaves out is as the one before it on the same side said. */
struct modifier {
    int delta;
    int width;
    char base; /* d o x X, or n N: nibbles, the lowest first */
    char behind_delta, behind_width, behind_base;
};

static bool read_one_of(const char **text, const char *end,
                        const char *characters, char *character)
{
    if (*text == end || **text == '\0' || !strchr(characters, **text))
        return false;
    *character = *(*text)++;
    return true;
}

static bool is_complete(const struct modifier *modifier)
{
    if (modifier->behind_delta == '}')
        return true;
    return modifier->behind_width == '}' ||
           (modifier->behind_width == ',' && modifier->behind_base == '}');
}

/* *text moves behind the first '}', whatever stands before that. */
static bool read_modifier(const char **text, const char *end,
                          struct modifier *modifier)
{
    const char *at = *text + 1;
    const char *brace = memchr(at, '}', (size_t)(end - at));

    if (!read_int(&at, end, &modifier->delta) ||
        !read_one_of(&at, end, ",}", &modifier->behind_delta))
        return false;
    if (read_int(&at, end, &modifier->width) &&
        read_one_of(&at, end, ",}", &modifier->behind_width) &&
        read_one_of(&at, end, "doxXnN", &modifier->base))
        read_one_of(&at, end, "}", &modifier->behind_base);
    *text = brace ? brace + 1 : end;
    return is_complete(modifier);
}

/* How the number is written: a '$' alone, as well as an OFFSET alone, asks for
 * neither width nor base. */
static struct modifier form_of(const struct modifier *modifier, bool has_braces)
{
    struct modifier form = {.delta = modifier->delta, .base = 'd'};

    if (!has_braces || modifier->behind_delta == '}')
        return form;
    form.width = modifier->width;
    if (modifier->behind_width == ',')
        form.base = modifier->base;
    return form;
}

/* Nibbles with dots between them, for ip6.arpa; the dots count for width. */
static void add_nibbles(struct strbuf *buf, unsigned value, int width,
                        char base)
{
    const char *digits = base == 'n' ? "0123456789abcdef" : "0123456789ABCDEF";

    do {
        strbuf_add_char(buf, digits[value & 0xf]);
        value >>= 4;
        width -= width > 0;
        if (width > 0 || value > 0) {
            strbuf_add_char(buf, '.');
            width -= width > 0;
        }
    } while (value > 0 || width > 0);
}

static bool add_number(struct strbuf *buf, int number,
                       const struct modifier *modifier)
{
    size_t start = buf->length;

    if (number > 0 && modifier->delta > INT_MAX - number)
        return false;
    if (modifier->width < 0 || modifier->width > MOST_DIGITS)
        return false;
    number += modifier->delta;
    switch (modifier->base) {
    case 'd':
        strbuf_printf(buf, "%0*d", modifier->width, number);
        break;
    case 'o':
        strbuf_printf(buf, "%0*o", modifier->width, (unsigned)number);
        break;
    case 'x':
        strbuf_printf(buf, "%0*x", modifier->width, (unsigned)number);
        break;
    case 'X':
        strbuf_printf(buf, "%0*X", modifier->width, (unsigned)number);
        break;
    default:
        add_nibbles(buf, (unsigned)number, modifier->width, modifier->base);
    }
    return buf->length - start <= MOST_DIGITS;
}

/* A '$' stands at *text, which moves behind its modifier. */
static bool expand_number(struct strbuf *buf, const char **text,
                          const char *end, int number,
                          struct modifier *modifier)
{
    bool has_braces = end - ++*text > 0 && **text == '{';
    struct modifier form;

    if (has_braces && !read_modifier(text, end, modifier))
        return false;
    form = form_of(modifier, has_braces);
    return add_number(buf, number, &form);
}

/* One side for one number; false where its text is at fault. */
static bool expand(struct strbuf *buf, const struct zone_token *side,
                   int number, size_t most)
{
    const char *at = side->text, *end = side->text + side->length;
    bool is_quoted = side->kind == ZONE_TOKEN_STRING;
    struct modifier modifier = {0};

    strbuf_reset(buf);
    while (at < end && buf->length <= most) {
        bool is_doubled = *at == '$' && end - at > 1 && at[1] == '$';

        if (*at == '\\' && end - at > 1) {
            if (!is_quoted || at[1] != '"')
                strbuf_add_char(buf, '\\');
            strbuf_add_char(buf, at[1]);
            at += 2;
        } else if (*at != '$' || is_doubled) {
            strbuf_add_char(buf, *at);
            at += is_doubled ? 2 : 1;
        } else if (!expand_number(buf, &at, end, number, &modifier)) {
            return false;
        }
    }
    return buf->length <= most;
}

static int side_error(struct zone_reader *reader, const struct zone_token *side)
{
    reader->place = NULL;
    return diag_error(reader->diag, zone_place(reader, side), "zone-syntax",
                      "'%.*s' makes no text: behind a $ can stand "
                      "{OFFSET,WIDTH,BASE}, where BASE is d, o, x, X, n or N",
                      utf8_shown(side->text, side->length), side->text);
}

/* The data of one record out of the text of the right side. */
static int read_data(struct zone_reader *reader,
                     const struct generation *generation,
                     const struct strbuf *text, struct zone_data *data)
{
    struct zone_lexer rest = reader->source->lexer;
    int status;

    zone_lexer_init(&reader->source->lexer, text->text, text->length);
    reader->source->lexer.at_start = false;
    status = zone_read_data(reader, &generation->type, data);
    reader->source->lexer = rest;
    return status;
}

static int read_owner(struct zone_reader *reader, const struct strbuf *text,
                      struct node **node)
{
    uint8_t octets[NAME_MAX_OCTETS];
    struct name owner;

    reader->token = (struct zone_token){
        .kind = ZONE_TOKEN_WORD, .text = text->text, .length = text->length};
    if (zone_read_name(reader, octets, &owner) < 0)
        return -1;
    return zone_find_node(reader, owner, node);
}

/* named takes each of these in at once, and the entries around them later:
 * where both are of one RRset, the TTL of those holds. */
static uint32_t batch_of(struct zone_reader *reader, const struct node *node,
                         const struct zone_type *type)
{
    const struct zone_source *source = reader->source;
    const struct rrset *rrset = node_find(node, type->number);

    if (rrset && (rrset->batch == source->current.batch ||
                  (source->glue.is_set && rrset->batch == source->glue.batch)))
        return rrset->batch;
    return ++reader->last_batch;
}

static int generate_one(struct zone_reader *reader,
                        const struct generation *generation, int number,
                        struct strbuf *buf, struct place place)
{
    uint32_t ttl_seconds = reader->ttl_seconds;
    struct zone_data data;
    struct node *node;
    int status;

    if (!expand(buf, &generation->left, number, MOST_LEFT))
        return side_error(reader, &generation->left);
    if (read_owner(reader, buf, &node) < 0)
        return -1;
    if (!expand(buf, &generation->right, number, MOST_RIGHT))
        return side_error(reader, &generation->right);
    if (!node)
        return 0;
    if (read_data(reader, generation, buf, &data) < 0 ||
        zone_check_soa_owner(reader, node->owner, &generation->type, place) < 0)
        return -1;
    status = zone_add(reader, node, batch_of(reader, node, &generation->type),
                      &generation->type, &data, place);
    reader->ttl_seconds = ttl_seconds;
    return status;
}

/* All of them, until the first that is at fault: the others would be, too. */
static int generate_all(struct zone_reader *reader,
                        const struct generation *generation, struct place place)
{
    const struct range *range = &generation->range;
    struct strbuf buf;
    int status = 0;

    strbuf_init(&buf, reader->arena);
    reader->told_out_of_zone = reader->told_ttl_differs = false;
    for (long number = range->first; number <= range->last && status == 0;
         number += range->step) {
        reader->place = &place;
        status = generate_one(reader, generation, (int)number, &buf, place);
    }
    reader->place = NULL;
    reader->token.kind = ZONE_TOKEN_END; /* the entry was read before */
    return status;
}

static int read_range(struct zone_reader *reader, struct range *range)
{
    const struct zone_token *token = &reader->token;
    size_t count;

    if (zone_next(reader) < 0)
        return -1;
    if (token->kind != ZONE_TOKEN_WORD || !range_from_text(token, range))
        return zone_unexpected(reader, "range of numbers as 1-20 or 1-20/2");
    count = (size_t)(range->last - range->first) / (size_t)range->step + 1;
    if (count > ZONE_FILE_MOST_GENERATED - reader->generated)
        return diag_error(reader->diag, zone_place(reader, token),
                          "zone-too-large",
                          "$GENERATE would make more than %d records in this "
                          "zone",
                          ZONE_FILE_MOST_GENERATED);
    reader->generated += count;
    return 0;
}

static int next_word(struct zone_reader *reader, const char *noun)
{
    if (zone_next(reader) < 0)
        return -1;
    return reader->token.kind == ZONE_TOKEN_WORD
               ? 0
               : zone_unexpected(reader, noun);
}

/* [TTL] [CLASS] TYPE; the token is the first of these. */
static int read_head(struct zone_reader *reader, struct zone_type *type)
{
    const struct zone_token *token = &reader->token;
    struct place place = zone_place(reader, token);
    bool has_ttl;

    if (zone_read_ttl_and_class(reader, &has_ttl) < 0 ||
        zone_read_type(reader, type) < 0)
        return -1;
    if (has_ttl)
        return 0;
    if (reader->has_default_ttl)
        reader->ttl_seconds = reader->default_ttl_seconds;
    else if (reader->is_fragment)
        reader->ttl_seconds = RECORDSET_NO_TTL;
    else if (!reader->has_ttl)
        return diag_error(reader->diag, place, "zone-syntax",
                          "there is no TTL; say $TTL at the head of the file");
    return 0;
}

int zone_generate(struct zone_reader *reader)
{
    struct place place = zone_place(reader, &reader->token);
    struct generation generation;

    if (read_range(reader, &generation.range) < 0 ||
        next_word(reader, "owner") < 0)
        return -1;
    generation.left = reader->token;
    if (next_word(reader, "record type") < 0 ||
        read_head(reader, &generation.type) < 0 || zone_next(reader) < 0)
        return -1;
    generation.right = reader->token;
    if (zone_token_ends(&generation.right))
        return zone_unexpected(reader, "data");
    if (reader->source->lexer.parentheses > 0)
        return diag_error(reader->diag, place, "zone-syntax",
                          "$GENERATE cannot stand in parentheses");
    if (zone_expect_line_end(reader) < 0)
        return -1;
    return generate_all(reader, &generation, place);
}
