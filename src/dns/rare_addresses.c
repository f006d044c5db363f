#include "dns/rare_addresses.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>
#include <strings.h>

#include "dns/rare_reader.h"

#define PORT_OCTETS 8192 /* a bit for each port */

/* Hex digits with dots among them, an even number of them. */
static bool dotted_hex_put(struct rare_reader *reader, const char *text,
                           size_t length)
{
    uint32_t bits = 0;
    unsigned digits = 0;

    for (size_t i = 0; i < length; i++) {
        int value = rare_hex_value(text[i]);
        if (text[i] == '.')
            continue;
        if (value < 0)
            return rare_refuse(reader, "not hexadecimal");
        bits = bits << 4 | (uint32_t)value;
        if (++digits % 2 == 0)
            rare_put(reader, bits & 0xff, 1);
    }
    return (digits > 0 && digits % 2 == 0) ||
           rare_refuse(reader, "a hexadecimal digit is missing");
}

bool rare_read_nsap(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;
    if (token->length < 2 || strncasecmp(token->text, "0x", 2) != 0)
        return rare_refuse(reader, "not an NSAP address");
    return dotted_hex_put(reader, token->text + 2, token->length - 2) &&
           rare_pass(reader);
}

/* Dots neither at an end nor two in a row. */
static bool dots_are_apart(const char *text, size_t length)
{
    bool was_dot = true;

    for (size_t i = 0; i < length; i++) {
        if (was_dot && text[i] == '.')
            return false;
        was_dot = text[i] == '.';
    }
    return !was_dot;
}

/* A telephone number with dots among its digits (E.164). */
static bool telephone_put(struct rare_reader *reader, const char *text,
                          size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.')
            continue;
        if (text[i] < '0' || text[i] > '9')
            return rare_refuse(reader, "not a digit");
        strbuf_add_char(&reader->octets, text[i]);
    }
    return true;
}

bool rare_read_atma(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;

    size_t plus = token->length > 0 && token->text[0] == '+';
    const char *text = token->text + plus;
    size_t length = token->length - plus;
    if (!dots_are_apart(text, length))
        return rare_refuse(reader, "a dot out of place");
    rare_put(reader, plus ? 1 : 0, 1);
    return (plus ? telephone_put(reader, text, length)
                 : dotted_hex_put(reader, text, length)) &&
           rare_pass(reader);
}

/* One to most hex digits at *at, which moves behind them. */
static bool hex_group_read(const char **at, size_t most, uint32_t *value)
{
    const char *start = *at;

    *value = 0;
    while ((size_t)(*at - start) < most && rare_hex_value(**at) >= 0)
        *value = *value << 4 | (uint32_t)rare_hex_value(*(*at)++);
    return *at > start;
}

/* Groups of hex digits with separators between them.  named passes over what
 * is behind an EUI, and over a colon behind a locator. */
static bool hex_groups_read(struct rare_reader *reader, size_t groups,
                            size_t octets, char separator)
{
    char text[32];
    const char *at = text;
    uint32_t value;

    if (!rare_peek_text(reader, text, sizeof(text)))
        return false;
    for (size_t i = 0; i < groups; i++) {
        if ((i > 0 && *at++ != separator) ||
            !hex_group_read(&at, 2 * octets, &value))
            return rare_refuse(reader, "not understood");
        rare_put(reader, value, octets);
    }
    if (separator == ':' && strcmp(at, ":") != 0 && *at != '\0')
        return rare_refuse(reader, "not understood");
    return rare_pass(reader);
}

bool rare_read_locator(struct rare_reader *reader)
{
    return hex_groups_read(reader, 4, 2, ':');
}

bool rare_read_eui_48(struct rare_reader *reader)
{
    return hex_groups_read(reader, 6, 1, '-');
}

bool rare_read_eui_64(struct rare_reader *reader)
{
    return hex_groups_read(reader, 8, 1, '-');
}

/* The prefix length, the octets of the address that it leaves, the name of
 * what is in front of them (RFC 2874). */
bool rare_read_a6(struct rare_reader *reader)
{
    size_t start = reader->octets.length + 1;
    uint32_t prefix;

    if (!rare_read_number(reader, 1, &prefix))
        return false;
    if (prefix > 128) {
        reader->at--;
        return rare_refuse(reader, "the number is too large");
    }
    if (prefix < 128) {
        if (!rare_read_address(reader, AF_INET6))
            return false;
        char *address = reader->octets.text + start;
        size_t left = 16 - prefix / 8;
        memmove(address, address + 16 - left, left);
        address[0] = (char)((uint8_t)address[0] & 0xffu >> prefix % 8);
        reader->octets.length = start + left;
    }
    return prefix == 0 || rare_read_name(reader);
}

/* Where a packet goes: nowhere, to an address, or to a name. */
static bool gateway_read(struct rare_reader *reader, uint32_t kind)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;
    switch (kind) {
    case 0:
        if (!rare_token_is(token, "."))
            return rare_refuse(reader, "not \".\"");
        return rare_pass(reader);
    case 1:
        return rare_read_address(reader, AF_INET);
    case 2:
        return rare_read_address(reader, AF_INET6);
    case 3:
        return rare_read_name(reader);
    default:
        return rare_refuse(reader, "unknown kind of gateway");
    }
}

bool rare_read_gateway(struct rare_reader *reader)
{
    uint32_t kind;

    return rare_read_number(reader, 1, &kind) &&
           rare_read_number(reader, 1, NULL) && gateway_read(reader, kind);
}

bool rare_read_relay(struct rare_reader *reader)
{
    size_t start = reader->octets.length;
    uint32_t discovery, kind;

    if (!rare_read_number(reader, 1, &discovery) ||
        !rare_read_number(reader, 1, &kind))
        return false;
    if (discovery > 1 || kind > 3) {
        reader->at -= kind > 3 ? 1 : 2;
        return rare_refuse(reader, "the number is too large");
    }
    reader->octets.length = start;
    rare_put(reader, discovery << 7 | kind, 1);
    return gateway_read(reader, kind);
}

/* [!]family:address/prefix, of which these are the parts. */
struct prefix {
    bool is_negated;
    uint32_t family;
    uint32_t length;
    char address[INET6_ADDRSTRLEN];
};

static bool prefix_split(const struct rare_token *token, struct prefix *prefix)
{
    const char *at = token->text, *end = at + token->length;
    const char *slash = memchr(at, '/', token->length);

    prefix->is_negated = at < end && *at == '!';
    at += prefix->is_negated;

    const char *colon = memchr(at, ':', (size_t)(end - at));
    if (!slash || !colon || slash < colon ||
        (size_t)(slash - colon) > sizeof(prefix->address) ||
        !rare_signed_digits(at, (size_t)(colon - at), &prefix->family) ||
        !rare_digits(slash + 1, (size_t)(end - slash - 1), &prefix->length))
        return false;
    memcpy(prefix->address, colon + 1, (size_t)(slash - colon - 1));
    prefix->address[slash - colon - 1] = '\0';
    return true;
}

static bool prefix_put(struct rare_reader *reader, const struct prefix *prefix)
{
    uint8_t address[16] = {0};
    size_t size = prefix->family == 1 ? 4 : 16;

    if (prefix->family < 1 || prefix->family > 2 || prefix->length > 8 * size ||
        inet_pton(prefix->family == 1 ? AF_INET : AF_INET6, prefix->address,
                  address) != 1)
        return false;
    size = rare_used_octets(address, size);
    rare_put(reader, prefix->family, 2);
    rare_put(reader, prefix->length, 1);
    rare_put(reader, (prefix->is_negated ? 0x80u : 0) | (uint32_t)size, 1);
    strbuf_add(&reader->octets, address, size);
    return true;
}

bool rare_read_prefixes(struct rare_reader *reader)
{
    struct prefix prefix;

    for (; !rare_at_end(reader); rare_pass(reader)) {
        const struct rare_token *token = rare_peek_bare(reader);
        if (!token)
            return false;
        if (!prefix_split(token, &prefix) || !prefix_put(reader, &prefix))
            return rare_refuse(reader, "not a prefix");
    }
    return true;
}

static bool protocol_read(struct rare_reader *reader, const char **name)
{
    char text[64];
    uint32_t number;

    if (!rare_peek_text(reader, text, sizeof(text)))
        return false;
    if (!rare_signed_digits(text, strlen(text), &number)) {
        const struct protoent *known = getprotobyname(text);
        if (!known)
            return rare_refuse(reader, "not a protocol");
        number = (uint32_t)known->p_proto;
    }
    if (number > UINT8_MAX)
        return rare_refuse(reader, "the number is too large");
    *name = number == IPPROTO_TCP   ? "tcp"
            : number == IPPROTO_UDP ? "udp"
                                    : NULL;
    rare_put(reader, number, 1);
    return rare_pass(reader);
}

static bool service_read(struct rare_reader *reader, const char *protocol,
                         uint32_t *port)
{
    char text[64];

    if (!rare_peek_text(reader, text, sizeof(text)))
        return false;
    if (!rare_signed_digits(text, strlen(text), port)) {
        const struct servent *known = getservbyname(text, protocol);
        for (char *at = text; !known && *at; at++)
            if (*at >= 'A' && *at <= 'Z')
                *at = (char)(*at | 0x20);
        known = known ? known : getservbyname(text, protocol);
        if (!known)
            return rare_refuse(reader, "not a service");
        *port = ntohs((uint16_t)known->s_port);
    }
    if (*port > UINT16_MAX)
        return rare_refuse(reader, "the number is too large");
    return rare_pass(reader);
}

/* RFC 1035 section 3.4.2: protocol and ports. */
bool rare_read_services(struct rare_reader *reader)
{
    uint8_t bits[PORT_OCTETS] = {0};
    const char *protocol = NULL;
    uint32_t port;

    if (!protocol_read(reader, &protocol))
        return false;
    while (!rare_at_end(reader)) {
        if (!service_read(reader, protocol, &port))
            return false;
        rare_set_bit(bits, port);
    }
    strbuf_add(&reader->octets, bits, rare_used_octets(bits, sizeof(bits)));
    return true;
}
