#include "dns/rare_reader.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "dns/escape.h"

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

bool rare_refuse(struct rare_reader *reader, const char *why)
{
    reader->why = why;
    return false;
}

const struct rare_token *rare_peek(struct rare_reader *reader)
{
    if (!rare_at_end(reader))
        return &reader->tokens[reader->at];
    rare_refuse(reader, "the data end too early");
    return NULL;
}

const struct rare_token *rare_peek_bare(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek(reader);

    if (!token || !token->is_quoted)
        return token;
    rare_refuse(reader, "quotes do not belong here");
    return NULL;
}

bool rare_peek_text(struct rare_reader *reader, char *buffer, size_t size)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;
    if (token->length >= size || memchr(token->text, '\0', token->length))
        return rare_refuse(reader, "not understood");
    memcpy(buffer, token->text, token->length);
    buffer[token->length] = '\0';
    return true;
}

bool rare_pass(struct rare_reader *reader)
{
    reader->at++;
    return true;
}

bool rare_token_is(const struct rare_token *token, const char *text)
{
    return strncasecmp(text, token->text, token->length) == 0 &&
           strlen(text) == token->length;
}

bool rare_digits(const char *text, size_t length, uint32_t *number)
{
    uint64_t value = 0;

    for (size_t i = 0; i < length; i++) {
        if (!is_digit(text[i]))
            return false;
        value = value * 10 + (uint64_t)(text[i] - '0');
        if (value > UINT32_MAX)
            return false;
    }
    *number = (uint32_t)value;
    return length > 0;
}

bool rare_signed_digits(const char *text, size_t length, uint32_t *number)
{
    const char *end = text + length;

    while (text < end && (*text == '\v' || *text == '\f'))
        text++;

    bool is_negative = text < end && *text == '-';
    text += is_negative || (text < end && *text == '+');
    return rare_digits(text, (size_t)(end - text), number) &&
           (!is_negative || *number == 0);
}

void rare_put(struct rare_reader *reader, uint32_t number, size_t size)
{
    while (size-- > 0)
        strbuf_add_char(&reader->octets, (char)(number >> 8 * size & 0xff));
}

bool rare_read_number(struct rare_reader *reader, size_t size, uint32_t *number)
{
    const struct rare_token *token = rare_peek_bare(reader);
    uint32_t value;

    if (!token)
        return false;
    if (!rare_digits(token->text, token->length, &value))
        return rare_refuse(reader, "not a number");
    if (size < sizeof(value) && value >> 8 * size != 0)
        return rare_refuse(reader, "the number is too large");
    rare_put(reader, value, size);
    if (number)
        *number = value;
    return rare_pass(reader);
}

static bool name_put(struct rare_reader *reader, const char *text,
                     size_t length)
{
    struct name name;

    /* Bit-string labels (RFC 2673) are gone again. */
    if (length > 1 && text[0] == '\\' && text[1] == '[')
        return rare_refuse(reader, "not a name");
    if (name_from_text(reader->octets.arena, text, length, reader->origin,
                       &name, NULL) != NAME_OK)
        return rare_refuse(reader, "not a name");
    strbuf_add(&reader->octets, name.octets, name.length);
    return rare_pass(reader);
}

bool rare_read_name(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);

    return token && name_put(reader, token->text, token->length);
}

bool rare_read_quotable_name(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek(reader);

    return token && name_put(reader, token->text, token->length);
}

bool rare_read_address(struct rare_reader *reader, int family)
{
    char text[INET6_ADDRSTRLEN];
    uint8_t address[16];

    if (!rare_peek_text(reader, text, sizeof(text)))
        return false;
    if (inet_pton(family, text, address) != 1)
        return rare_refuse(reader, "not an address");
    strbuf_add(&reader->octets, address, family == AF_INET ? 4 : 16);
    return rare_pass(reader);
}

bool rare_put_unescaped(struct rare_reader *reader, const char *text,
                        size_t length)
{
    for (size_t at = 0; at < length; at++) {
        uint8_t octet = (uint8_t)text[at];
        if (octet == '\\') {
            size_t size = escape_read(text + at + 1, length - at - 1, &octet);
            if (size == 0)
                return rare_refuse(reader, "not an escape");
            at += size;
        }
        strbuf_add_char(&reader->octets, (char)octet);
    }
    return true;
}

bool rare_read_string(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek(reader);
    size_t start = reader->octets.length;

    if (!token)
        return false;
    rare_put(reader, 0, 1);
    if (!rare_put_unescaped(reader, token->text, token->length))
        return false;

    size_t length = reader->octets.length - start - 1;
    if (length > UINT8_MAX)
        return rare_refuse(reader, "more than 255 octets");
    reader->octets.text[start] = (char)length;
    return rare_pass(reader);
}

bool rare_read_long_string(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek(reader);

    return token && rare_put_unescaped(reader, token->text, token->length) &&
           rare_pass(reader);
}

int rare_hex_value(char digit)
{
    if (is_digit(digit))
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* A text of digits that stand for some bits each, over any number of
 * tokens. */
struct decoder {
    uint32_t bits;
    unsigned digits; /* of the present group */
    unsigned padding;
};

static bool hex_add(struct rare_reader *reader, struct decoder *decoder)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;
    for (size_t i = 0; i < token->length; i++) {
        int value = rare_hex_value(token->text[i]);
        if (value < 0)
            return rare_refuse(reader, "not hexadecimal");
        decoder->bits = decoder->bits << 4 | (uint32_t)value;
        if (++decoder->digits % 2 == 0)
            rare_put(reader, decoder->bits & 0xff, 1);
    }
    return rare_pass(reader);
}

static bool hex_end(struct rare_reader *reader, const struct decoder *decoder)
{
    return decoder->digits % 2 == 0 ||
           rare_refuse(reader, "a hexadecimal digit is missing");
}

bool rare_read_hex_token(struct rare_reader *reader)
{
    struct decoder decoder = {0};

    return hex_add(reader, &decoder) && hex_end(reader, &decoder);
}

bool rare_read_hex(struct rare_reader *reader)
{
    struct decoder decoder = {0};

    do
        if (!hex_add(reader, &decoder))
            return false;
    while (!rare_at_end(reader));
    return hex_end(reader, &decoder);
}

static int base64_value(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a' + 26;
    if (is_digit(digit))
        return digit - '0' + 52;
    if (digit == '+')
        return 62;
    return digit == '/' ? 63 : -1;
}

/* Octets of a full group; false where bits are lost in the padding. */
static bool base64_group_put(struct rare_reader *reader,
                             const struct decoder *decoder)
{
    unsigned unused = 8 * decoder->padding;

    rare_put(reader, (decoder->bits & 0xffffff) >> unused,
             3 - decoder->padding);
    return (decoder->bits & ((1u << unused) - 1)) == 0;
}

static bool base64_digit_add(struct rare_reader *reader,
                             struct decoder *decoder, char digit)
{
    int value = base64_value(digit);

    if (digit == '=') {
        if (++decoder->padding > 2)
            return false;
        value = 0;
    } else if (value < 0 || decoder->padding > 0) {
        return false;
    }
    decoder->bits = decoder->bits << 6 | (uint32_t)value;
    if (++decoder->digits < 4)
        return true;
    decoder->digits = 0;
    return base64_group_put(reader, decoder);
}

static bool base64_add(struct rare_reader *reader, struct decoder *decoder,
                       const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!base64_digit_add(reader, decoder, text[i]))
            return rare_refuse(reader, "not base64");
    return true;
}

static bool base64_end(struct rare_reader *reader,
                       const struct decoder *decoder)
{
    return decoder->digits == 0 ||
           rare_refuse(reader, "a base64 digit is missing");
}

bool rare_put_base64(struct rare_reader *reader, const char *text,
                     size_t length)
{
    struct decoder decoder = {0};

    return base64_add(reader, &decoder, text, length) &&
           base64_end(reader, &decoder);
}

bool rare_read_base64_token(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);

    return token && rare_put_base64(reader, token->text, token->length) &&
           rare_pass(reader);
}

bool rare_read_base64(struct rare_reader *reader)
{
    struct decoder decoder = {0};

    do {
        const struct rare_token *token = rare_peek_bare(reader);
        if (!token || !base64_add(reader, &decoder, token->text, token->length))
            return false;
        rare_pass(reader);
    } while (!rare_at_end(reader));
    return base64_end(reader, &decoder);
}

static int base32_value(char digit)
{
    if (is_digit(digit))
        return digit - '0';
    if (digit >= 'a' && digit <= 'v')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'V' ? digit - 'A' + 10 : -1;
}

bool rare_read_base32_token(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);
    uint32_t bits = 0;
    unsigned filled = 0;

    if (!token)
        return false;
    for (size_t i = 0; i < token->length; i++) {
        int value = base32_value(token->text[i]);
        if (value < 0)
            return rare_refuse(reader, "not base32");
        bits = bits << 5 | (uint32_t)value;
        filled += 5;
        if (filled < 8)
            continue;
        filled -= 8;
        rare_put(reader, bits >> filled & 0xff, 1);
    }
    /* What is over must be zeros, and less than a digit. */
    if (filled >= 5 || (bits & ((1u << filled) - 1)) != 0)
        return rare_refuse(reader, "not base32");
    return rare_pass(reader);
}

void rare_set_bit(uint8_t *bits, unsigned at)
{
    bits[at / 8] |= (uint8_t)(0x80u >> at % 8);
}

size_t rare_used_octets(const uint8_t *octets, size_t length)
{
    while (length > 0 && octets[length - 1] == 0)
        length--;
    return length;
}
