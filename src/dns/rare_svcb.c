#include "dns/rare_svcb.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "dns/rare_reader.h"
#include "dns/wire.h"

enum {
    KEY_MANDATORY,
    KEY_ALPN,
    KEY_NO_DEFAULT_ALPN,
    KEY_PORT,
    KEY_IPV4_HINT,
    KEY_ECH,
    KEY_IPV6_HINT,
    KEY_DOH_PATH,
    KNOWN_KEYS
};

static const char *const key_names[KNOWN_KEYS] = {
    "mandatory", "alpn", "no-default-alpn", "port",
    "ipv4hint",  "ech",  "ipv6hint",        "dohpath"};

struct piece {
    const char *text;
    size_t length;
};

/* A parameter among the octets, its key and length in front. */
struct parameter {
    uint16_t key;
    size_t start;
    size_t size;
};

enum { HEADER = 4 };

/* Cuts off what stands in front of the next separator, which goes too.  False
 * behind the last one. */
static bool piece_split(struct piece *rest, char separator, struct piece *first)
{
    if (!rest->text)
        return false;

    const char *end = memchr(rest->text, separator, rest->length);
    *first = *rest;
    if (!end) {
        rest->text = NULL;
        return true;
    }
    first->length = (size_t)(end - rest->text);
    rest->text = end + 1;
    rest->length -= first->length + 1;
    return true;
}

static bool piece_is(struct piece piece, const char *name)
{
    return strncmp(name, piece.text, piece.length) == 0 &&
           strlen(name) == piece.length;
}

/* keyNNN without leading zeros. */
static bool key_from_number(struct piece name, uint32_t *key)
{
    if (name.length <= 3 || strncmp(name.text, "key", 3) != 0 ||
        (name.length > 4 && name.text[3] == '0'))
        return false;
    return rare_digits(name.text + 3, name.length - 3, key) &&
           *key <= UINT16_MAX;
}

static bool key_from_name(struct piece name, uint32_t *key)
{
    for (*key = 0; *key < KNOWN_KEYS; ++*key)
        if (strncasecmp(key_names[*key], name.text, name.length) == 0 &&
            strlen(key_names[*key]) == name.length)
            return true;
    return key_from_number(name, key);
}

static bool port_put(struct rare_reader *reader, struct piece value)
{
    uint32_t port;

    if (!rare_digits(value.text, value.length, &port) || port > UINT16_MAX)
        return rare_refuse(reader, "not a port");
    rare_put(reader, port, 2);
    return true;
}

static bool address_put(struct rare_reader *reader, int family,
                        struct piece value)
{
    char text[INET6_ADDRSTRLEN];
    uint8_t address[16];

    if (value.length >= sizeof(text))
        return rare_refuse(reader, "not an address");
    memcpy(text, value.text, value.length);
    text[value.length] = '\0';
    if (inet_pton(family, text, address) != 1)
        return rare_refuse(reader, "not an address");
    strbuf_add(&reader->octets, address, family == AF_INET ? 4 : 16);
    return true;
}

static bool addresses_put(struct rare_reader *reader, int family,
                          struct piece value)
{
    struct piece one;

    while (piece_split(&value, ',', &one))
        if (!address_put(reader, family, one))
            return false;
    return true;
}

static int key_compare(const void *one, const void *other)
{
    return memcmp(one, other, 2);
}

/* Are the keys, two octets each, in order, and each there once? */
static bool keys_ascend(const char *octets, size_t length)
{
    for (size_t at = 2; at + 2 <= length; at += 2)
        if (key_compare(octets + at - 2, octets + at) >= 0)
            return false;
    return length > 0 && length % 2 == 0;
}

static bool keys_put(struct rare_reader *reader, struct piece value)
{
    size_t start = reader->octets.length;
    struct piece name;
    uint32_t key;

    while (piece_split(&value, ',', &name)) {
        if (!key_from_name(name, &key))
            return rare_refuse(reader, "not a key");
        rare_put(reader, key, 2);
    }

    char *octets = reader->octets.text + start;
    size_t length = reader->octets.length - start;
    qsort(octets, length / 2, 2, key_compare);
    return keys_ascend(octets, length) ||
           rare_refuse(reader, "a key stands there twice");
}

/* Puts the protocol's length at the place that was left for it. */
static bool protocol_close(struct rare_reader *reader, size_t start)
{
    size_t length = reader->octets.length - start - 1;

    if (length == 0 || length > UINT8_MAX)
        return rare_refuse(reader, "not a protocol");
    reader->octets.text[start] = (char)length;
    return true;
}

/* Protocols with commas between them.  Commas and backslashes in them are
 * escaped a second time (RFC 9460 appendix A.1), so that the octets of the
 * value are what is cut. */
static bool alpn_put(struct rare_reader *reader, struct piece value)
{
    size_t start = reader->octets.length;

    if (!rare_put_unescaped(reader, value.text, value.length))
        return false;

    size_t length = reader->octets.length - start;
    const char *octets =
        arena_copy(reader->octets.arena, reader->octets.text + start, length);
    reader->octets.length = start;
    rare_put(reader, 0, 1);
    for (size_t at = 0; at < length; at++) {
        if (octets[at] == ',') {
            if (!protocol_close(reader, start))
                return false;
            start = reader->octets.length;
            rare_put(reader, 0, 1);
            continue;
        }
        if (octets[at] == '\\' && ++at == length)
            return rare_refuse(reader, "not an escape");
        strbuf_add_char(&reader->octets, octets[at]);
    }
    return protocol_close(reader, start);
}

static bool is_one_of(char character, const char *set)
{
    return character != '\0' && strchr(set, character) != NULL;
}

static bool is_name_character(char character)
{
    return (character >= '0' && character <= '9') ||
           (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z') || character == '_';
}

/* Passes over %XX, or refuses it. */
static bool percent_pass(const char **at, const char *end)
{
    if (end - *at < 3 || rare_hex_value((*at)[1]) < 0 ||
        rare_hex_value((*at)[2]) < 0)
        return false;
    *at += 3;
    return true;
}

/* Passes over the :NNN or * behind the name of a variable. */
static bool modifier_pass(const char **at, const char *end)
{
    if (*at < end && **at == '*') {
        ++*at;
        return true;
    }
    if (*at == end || **at != ':')
        return true;

    const char *digits = ++*at;
    while (*at < end && **at >= '0' && **at <= '9')
        ++*at;
    return *at > digits && *at - digits <= 4 && *digits != '0';
}

static bool variable_pass(const char **at, const char *end, bool *is_dns)
{
    const char *name = *at;

    while (*at < end) {
        if (is_name_character(**at))
            ++*at;
        else if (**at != '%')
            break;
        else if (!percent_pass(at, end))
            return false;
    }
    if (*at - name == 3 && memcmp(name, "dns", 3) == 0)
        *is_dns = true;
    return *at > name && modifier_pass(at, end);
}

/* Passes over the variables between braces. */
static bool expression_pass(const char **at, const char *end, bool *has_dns)
{
    for (;;) {
        ++*at;
        if (*at < end && is_one_of(**at, "+#./;?&"))
            ++*at;
        if (!variable_pass(at, end, has_dns) || *at == end)
            return false;
        if (**at != ',')
            break;
    }
    if (**at != '}')
        return false;
    ++*at;
    return true;
}

static bool text_is_utf8(const char *at, const char *end)
{
    uint32_t code;

    while (at < end) {
        size_t size = utf8_read(at, (size_t)(end - at), &code);
        if (size == 0)
            return false;
        at += size;
    }
    return true;
}

/* Is it a relative URI template (RFC 6570) with the variable "dns"? */
static bool doh_path_is_valid(const char *at, size_t length)
{
    const char *end = at + length;
    bool has_dns = false;

    if (length == 0 || *at != '/' || !text_is_utf8(at, end))
        return false;
    while (at < end) {
        bool is_fine = true;
        if (*at == '{')
            is_fine = expression_pass(&at, end, &has_dns);
        else if (*at == '%')
            is_fine = percent_pass(&at, end);
        else
            at++;
        if (!is_fine)
            return false;
    }
    return has_dns;
}

static bool alpn_is_valid(const char *octets, size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t size = (uint8_t)octets[at];
        if (size == 0)
            return false;
        at += size + 1;
    }
    return length > 0 && at == length;
}

/* May these be the octets of the key's value? */
static bool value_is_valid(uint32_t key, const char *octets, size_t length)
{
    switch (key) {
    case KEY_MANDATORY:
        return keys_ascend(octets, length);
    case KEY_ALPN:
        return alpn_is_valid(octets, length);
    case KEY_NO_DEFAULT_ALPN:
        return length == 0;
    case KEY_PORT:
        return length == 2;
    case KEY_IPV4_HINT:
        return length > 0 && length % 4 == 0;
    case KEY_IPV6_HINT:
        return length > 0 && length % 16 == 0;
    case KEY_DOH_PATH:
        return doh_path_is_valid(octets, length);
    default:
        return true;
    }
}

/* The value in the syntax of a key that is called by its name. */
static bool named_value_put(struct rare_reader *reader, uint32_t key,
                            struct piece value)
{
    switch (key) {
    case KEY_MANDATORY:
        return keys_put(reader, value);
    case KEY_ALPN:
        return alpn_put(reader, value);
    case KEY_PORT:
        return port_put(reader, value);
    case KEY_IPV4_HINT:
        return addresses_put(reader, AF_INET, value);
    case KEY_ECH:
        return rare_put_base64(reader, value.text, value.length);
    case KEY_IPV6_HINT:
        return addresses_put(reader, AF_INET6, value);
    default:
        return rare_put_unescaped(reader, value.text, value.length);
    }
}

/* Is the next token a quoted one, its quote right behind the word? */
static bool quotes_follow(const struct rare_reader *reader,
                          const struct rare_token *word)
{
    return !rare_at_end(reader) && reader->tokens[reader->at].is_quoted &&
           reader->tokens[reader->at].text == word->text + word->length + 1;
}

/* key, key=value, or key= and the quoted value behind it. */
static bool parameter_split(struct rare_reader *reader, struct piece *name,
                            struct piece *value)
{
    const struct rare_token *word = rare_peek_bare(reader);

    if (!word)
        return false;
    *value = (struct piece){word->text, word->length};
    piece_split(value, '=', name);
    if (!value->text)
        *value = (struct piece){"", 0};
    rare_pass(reader);
    if (value->text == word->text + word->length &&
        quotes_follow(reader, word)) {
        const struct rare_token *quoted = rare_peek(reader);
        *value = (struct piece){quoted->text, quoted->length};
        rare_pass(reader);
    }
    return true;
}

static bool value_put(struct rare_reader *reader, struct piece name,
                      uint32_t key, struct piece value)
{
    size_t start = reader->octets.length;
    /* Not in lower case, it is read as keyNNN. */
    bool is_named = key < KNOWN_KEYS && piece_is(name, key_names[key]);

    if (is_named ? !named_value_put(reader, key, value)
                 : !rare_put_unescaped(reader, value.text, value.length))
        return false;

    size_t length = reader->octets.length - start;
    if (length > UINT16_MAX ||
        !value_is_valid(key, reader->octets.text + start, length))
        return rare_refuse(reader, "not a value for this key");
    return true;
}

static bool parameter_read(struct rare_reader *reader,
                           struct parameter *parameter)
{
    struct piece name = {"", 0}, value = {"", 0};
    size_t first = reader->at;
    uint32_t key;

    if (!parameter_split(reader, &name, &value))
        return false;

    size_t behind = reader->at;
    reader->at = first;
    if (!key_from_name(name, &key))
        return rare_refuse(reader, "not a key");
    parameter->key = (uint16_t)key;
    parameter->start = reader->octets.length;
    rare_put(reader, key, 2);
    rare_put(reader, 0, 2);
    if (!value_put(reader, name, key, value))
        return false;
    parameter->size = reader->octets.length - parameter->start;

    char *length = reader->octets.text + parameter->start + 2;
    length[0] = (char)((parameter->size - HEADER) >> 8);
    length[1] = (char)((parameter->size - HEADER) & 0xff);
    reader->at = behind;
    return true;
}

static int parameter_compare(const void *one, const void *other)
{
    const struct parameter *const a = one, *const b = other;

    return a->key - b->key;
}

static bool parameters_have(const struct parameter *parameters, size_t count,
                            uint16_t key)
{
    struct parameter wanted = {.key = key};

    return bsearch(&wanted, parameters, count, sizeof(wanted),
                   parameter_compare) != NULL;
}

/* Is each key that the first parameter calls mandatory there, and is that
 * parameter itself not among them? */
static bool mandatory_are_there(const struct rare_reader *reader,
                                const struct parameter *parameters,
                                size_t count)
{
    const struct parameter *mandatory = &parameters[0];

    for (size_t at = HEADER; at < mandatory->size; at += 2) {
        size_t place = mandatory->start + at;
        uint16_t key = (uint16_t)(rare_octet(reader, place) << 8 |
                                  rare_octet(reader, place + 1));
        if (key == KEY_MANDATORY || !parameters_have(parameters, count, key))
            return false;
    }
    return true;
}

static bool parameters_check(struct rare_reader *reader,
                             const struct parameter *parameters, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (parameters[i].key == parameters[i - 1].key)
            return rare_refuse(reader, "a key stands there twice");
    if (parameters[0].key == KEY_MANDATORY &&
        !mandatory_are_there(reader, parameters, count))
        return rare_refuse(reader, "a mandatory key is missing");
    if (parameters_have(parameters, count, KEY_NO_DEFAULT_ALPN) &&
        !parameters_have(parameters, count, KEY_ALPN))
        return rare_refuse(reader, "no-default-alpn without alpn");
    return true;
}

/* Brings the octets from start on into the order of the parameters. */
static void parameters_arrange(struct rare_reader *reader, size_t start,
                               const struct parameter *parameters, size_t count)
{
    const char *octets =
        arena_copy(reader->octets.arena, reader->octets.text + start,
                   reader->octets.length - start);

    reader->octets.length = start;
    for (size_t i = 0; i < count; i++)
        strbuf_add(&reader->octets, octets + (parameters[i].start - start),
                   parameters[i].size);
}

bool rare_read_service_parameters(struct rare_reader *reader)
{
    size_t start = reader->octets.length;
    size_t count = 0;

    if (rare_at_end(reader))
        return true;

    struct parameter *parameters = ARENA_NEW_ARRAY(
        reader->octets.arena, reader->count - reader->at, struct parameter);
    while (!rare_at_end(reader))
        if (!parameter_read(reader, &parameters[count++]))
            return false;
    qsort(parameters, count, sizeof(*parameters), parameter_compare);
    if (!parameters_check(reader, parameters, count))
        return false;
    parameters_arrange(reader, start, parameters, count);
    return true;
}

/* ---- in wire form */

static bool parameter_cut(const struct strbuf *octets, size_t start,
                          struct parameter *parameter)
{
    const uint8_t *at = (const uint8_t *)octets->text + start;
    size_t left = octets->length - start;

    if (left < HEADER)
        return false;
    parameter->key = wire_16(at);
    parameter->start = start;
    parameter->size = HEADER + wire_16(at + 2);
    return parameter->size <= left &&
           value_is_valid(parameter->key, octets->text + start + HEADER,
                          parameter->size - HEADER);
}

static bool parameters_are_valid(struct rare_reader *reader, size_t start)
{
    size_t length = reader->octets.length, count = 0;
    struct parameter *parameters = ARENA_NEW_ARRAY(
        reader->octets.arena, (length - start) / HEADER + 1, struct parameter);

    for (size_t at = start; at < length; at += parameters[count++].size) {
        if (!parameter_cut(&reader->octets, at, &parameters[count]))
            return false;
        if (count > 0 && parameters[count].key <= parameters[count - 1].key)
            return false;
    }
    return count == 0 || parameters_check(reader, parameters, count);
}

bool rare_fold_service_binding(struct rare_reader *reader)
{
    enum { PRIORITY = 2 };
    struct strbuf *octets = &reader->octets;
    size_t name;

    if (octets->length < PRIORITY)
        return false;
    name = name_measure((const uint8_t *)octets->text + PRIORITY,
                        octets->length - PRIORITY);
    if (name == 0 || !parameters_are_valid(reader, PRIORITY + name))
        return false;
    name_fold((uint8_t *)octets->text + PRIORITY, name);
    return true;
}
