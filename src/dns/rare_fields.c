#include "dns/rare_fields.h"

#include <arpa/inet.h>
#include <string.h>

#include "dns/rare_addresses.h"
#include "dns/rare_location.h"
#include "dns/rare_mnemonics.h"
#include "dns/rare_reader.h"
#include "dns/rare_regexp.h"
#include "dns/rare_svcb.h"
#include "dns/rare_types.h"

enum {
    NO_KEY = 0xc000, /* both of these key flags */
    SHA1_OCTETS = 20,
    SHA256_OCTETS = 32,
    SHA384_OCTETS = 48,
    SHA512_OCTETS = 64
};

static bool signer_read(struct rare_reader *reader)
{
    enum { LABELS = 3 };
    size_t start = reader->octets.length;

    if (!rare_read_name(reader))
        return false;

    struct name signer = {(const uint8_t *)reader->octets.text + start,
                          (uint8_t)(reader->octets.length - start)};
    if (name_label_count(signer) <= rare_octet(reader, LABELS))
        return true;
    reader->at--;
    return rare_refuse(reader, "a signer of more labels than are signed");
}

static bool digit_string_read(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek(reader);

    if (!token)
        return false;
    for (size_t i = 0; i < token->length; i++)
        if (token->text[i] < '0' || token->text[i] > '9')
            return rare_refuse(reader, "not a digit");
    if (token->length < 4)
        return rare_refuse(reader, "fewer than four digits");
    return rare_read_string(reader);
}

static bool regexp_read(struct rare_reader *reader)
{
    size_t start = reader->octets.length;

    if (!rare_read_string(reader))
        return false;
    if (rare_regexp_is_valid(reader->octets.text + start + 1,
                             rare_octet(reader, start)))
        return true;
    reader->at--;
    return rare_refuse(reader, "not a substitution");
}

static bool strings_read(struct rare_reader *reader)
{
    do
        if (!rare_read_string(reader))
            return false;
    while (!rare_at_end(reader));
    return true;
}

static bool quoted_long_string_read(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek(reader);

    if (!token)
        return false;
    if (!token->is_quoted)
        return rare_refuse(reader, "quotes are missing");
    return rare_read_long_string(reader);
}

static bool tag_read(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;
    for (size_t i = 0; i < token->length; i++) {
        int character = token->text[i] | 0x20;
        if ((character < 'a' || character > 'z') &&
            (token->text[i] < '0' || token->text[i] > '9'))
            return rare_refuse(reader, "not a tag");
    }
    return rare_read_string(reader);
}

static bool salt_read(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);
    size_t start = reader->octets.length;

    if (!token)
        return false;
    rare_put(reader, 0, 1);
    if (rare_token_is(token, "-"))
        return rare_pass(reader);
    if (token->length > (size_t)2 * UINT8_MAX)
        return rare_refuse(reader, "more than 255 octets");
    reader->octets.text[start] = (char)(token->length / 2);
    return rare_read_hex_token(reader);
}

static bool next_hash_read(struct rare_reader *reader)
{
    enum { HASH_SHA1 = 1, MOST_OCTETS = 155 };
    size_t start = reader->octets.length;

    rare_put(reader, 0, 1);
    if (!rare_read_base32_token(reader))
        return false;

    size_t length = reader->octets.length - start - 1;
    reader->octets.text[start] = (char)length;
    if (rare_octet(reader, 0) == HASH_SHA1 ? length == SHA1_OCTETS
                                           : length <= MOST_OCTETS)
        return true;
    reader->at--;
    return rare_refuse(reader, "a hash is not as long");
}

static bool host_key_read(struct rare_reader *reader)
{
    size_t start = reader->octets.length;

    rare_put(reader, 0, 1);
    if (!rare_read_number(reader, 1, NULL))
        return false;
    rare_put(reader, 0, 2);

    size_t tag = reader->octets.length;
    if (!rare_read_hex_token(reader))
        return false;
    size_t key = reader->octets.length;
    if (key - tag > UINT8_MAX) {
        reader->at--;
        return rare_refuse(reader, "more than 255 octets");
    }
    if (!rare_read_base64_token(reader))
        return false;
    size_t length = reader->octets.length - key;
    reader->octets.text[start] = (char)(key - tag);
    reader->octets.text[start + 2] = (char)(length >> 8 & 0xff);
    reader->octets.text[start + 3] = (char)(length & 0xff);
    return true;
}

static bool names_read(struct rare_reader *reader)
{
    while (!rare_at_end(reader))
        if (!rare_read_name(reader))
            return false;
    return true;
}

#define TYPE_OCTETS 8192 /* a bit for each type */

/* RFC 4034 section 4.1.2: blocks of 256 types, empty ones left out. */
static void type_blocks_put(struct rare_reader *reader, const uint8_t *bits,
                            uint16_t last)
{
    enum { BLOCK_OCTETS = 32, BLOCK_TYPES = 8 * BLOCK_OCTETS };

    for (size_t block = 0; block <= last / BLOCK_TYPES; block++) {
        const uint8_t *octets = bits + block * BLOCK_OCTETS;
        size_t used = rare_used_octets(octets, BLOCK_OCTETS);
        if (used == 0)
            continue;
        rare_put(reader, (uint32_t)block, 1);
        rare_put(reader, (uint32_t)used, 1);
        strbuf_add(&reader->octets, octets, used);
    }
}

static bool types_read(struct rare_reader *reader)
{
    uint8_t bits[TYPE_OCTETS] = {0};
    uint16_t type, last = 0;

    do {
        const struct rare_token *token = rare_peek_bare(reader);
        if (!token)
            return false;
        if (!rare_type_from_token(token, &type))
            return rare_refuse(reader, "not a type");
        rare_set_bit(bits, type);
        last = type > last ? type : last;
        rare_pass(reader);
    } while (!rare_at_end(reader));
    type_blocks_put(reader, bits, last);
    return true;
}

/* The types of an NXT record, which are below 128. */
static bool nxt_types_read(struct rare_reader *reader)
{
    uint8_t bits[16] = {0};
    uint32_t type;

    for (; !rare_at_end(reader); rare_pass(reader)) {
        const struct rare_token *token = rare_peek_bare(reader);
        uint16_t known = 0;
        if (!token)
            return false;
        if (!rare_signed_digits(token->text, token->length, &type)) {
            rare_type_from_token(token, &known);
            type = known;
        }
        if (type == 0 || type > 127)
            return rare_refuse(reader, "not a type below 128");
        rare_set_bit(bits, type);
    }
    strbuf_add(&reader->octets, bits, rare_used_octets(bits, sizeof(bits)));
    return true;
}

/* Hex of so many octets; of any number for 0. */
static bool digest_read(struct rare_reader *reader, size_t octets)
{
    size_t start = reader->octets.length;

    if (!rare_read_hex(reader))
        return false;
    if (octets == 0 || reader->octets.length - start == octets)
        return true;
    reader->at--;
    return rare_refuse(reader, "a digest is not as long");
}

static bool ds_digest_read(struct rare_reader *reader)
{
    static const size_t lengths[] = {0, SHA1_OCTETS, SHA256_OCTETS, 0,
                                     SHA384_OCTETS};
    uint8_t type = rare_octet(reader, reader->octets.length - 1);

    return digest_read(reader, type < 5 ? lengths[type] : 0);
}

static bool sshfp_digest_read(struct rare_reader *reader)
{
    static const size_t lengths[] = {0, SHA1_OCTETS, SHA256_OCTETS};
    uint8_t type = rare_octet(reader, reader->octets.length - 1);
    size_t length = type < 3 ? lengths[type] : 0;

    return (length == 0 && rare_at_end(reader)) || digest_read(reader, length);
}

static bool zonemd_digest_read(struct rare_reader *reader)
{
    enum { LEAST_OCTETS = 12 }; /* RFC 8976 section 2.2.4 */
    static const size_t lengths[] = {0, SHA384_OCTETS, SHA512_OCTETS};
    size_t start = reader->octets.length;
    uint8_t type = rare_octet(reader, start - 1);

    if (!digest_read(reader, type < 3 ? lengths[type] : 0))
        return false;
    if (reader->octets.length - start >= LEAST_OCTETS)
        return true;
    reader->at--;
    return rare_refuse(reader, "a digest is not as long");
}

static bool base64_if_any_read(struct rare_reader *reader)
{
    return rare_at_end(reader) || rare_read_base64(reader);
}

/* Base64, but nothing where the flags at that place say that there is no
 * key. */
static bool key_read(struct rare_reader *reader, size_t flags)
{
    if ((rare_octet(reader, flags) << 8 & NO_KEY) == NO_KEY)
        return true;
    return rare_read_base64(reader);
}

static bool managed_key_read(struct rare_reader *reader)
{
    enum { FLAGS = 12, PROTOCOL = 14, ALGORITHM = 15 };
    bool is_placeholder =
        rare_octet(reader, FLAGS) == 0 && rare_octet(reader, FLAGS + 1) == 0 &&
        rare_octet(reader, PROTOCOL) == 0 && rare_octet(reader, ALGORITHM) == 0;

    return is_placeholder || key_read(reader, FLAGS);
}

static bool doa_data_read(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;
    if (rare_token_is(token, "-"))
        return rare_pass(reader);
    return rare_read_base64(reader);
}

static bool number_8_read(struct rare_reader *reader)
{
    return rare_read_number(reader, 1, NULL);
}

static bool number_16_read(struct rare_reader *reader)
{
    return rare_read_number(reader, 2, NULL);
}

static bool number_32_read(struct rare_reader *reader)
{
    return rare_read_number(reader, 4, NULL);
}

static bool address_4_read(struct rare_reader *reader)
{
    return rare_read_address(reader, AF_INET);
}

static bool string_if_any_read(struct rare_reader *reader)
{
    return rare_at_end(reader) || rare_read_string(reader);
}

static bool types_if_any_read(struct rare_reader *reader)
{
    return rare_at_end(reader) || types_read(reader);
}

static bool flagged_key_read(struct rare_reader *reader)
{
    return key_read(reader, 0);
}

typedef bool field_reader(struct rare_reader *reader);

static field_reader *const readers[] = {
    [RARE_NUMBER_8] = number_8_read,
    [RARE_NUMBER_16] = number_16_read,
    [RARE_NUMBER_32] = number_32_read,
    [RARE_NAME] = rare_read_name,
    [RARE_SIGNER] = signer_read,
    [RARE_QUOTABLE_NAME] = rare_read_quotable_name,
    [RARE_ADDRESS_4] = address_4_read,
    [RARE_LOCATOR] = rare_read_locator,
    [RARE_EUI_48] = rare_read_eui_48,
    [RARE_EUI_64] = rare_read_eui_64,
    [RARE_TYPE] = rare_read_type,
    [RARE_CERT_TYPE] = rare_read_cert_type,
    [RARE_ALGORITHM] = rare_read_algorithm,
    [RARE_KEY_FLAGS] = rare_read_key_flags,
    [RARE_NO_KEY_FLAGS] = rare_read_no_key_flags,
    [RARE_PROTOCOL] = rare_read_key_protocol,
    [RARE_DS_DIGEST_TYPE] = rare_read_ds_digest_type,
    [RARE_HASH] = rare_read_hash,
    [RARE_SCHEME] = rare_read_scheme,
    [RARE_TIME] = rare_read_time,
    [RARE_TIME_OR_SECONDS] = rare_read_time_or_seconds,
    [RARE_STRING] = rare_read_string,
    [RARE_STRING_IF_ANY] = string_if_any_read,
    [RARE_DIGIT_STRING] = digit_string_read,
    [RARE_REGEXP] = regexp_read,
    [RARE_TAG] = tag_read,
    [RARE_SALT] = salt_read,
    [RARE_NEXT_HASH] = next_hash_read,
    [RARE_NSAP] = rare_read_nsap,
    [RARE_ATMA] = rare_read_atma,
    [RARE_A6] = rare_read_a6,
    [RARE_LOCATION] = rare_read_location,
    [RARE_GATEWAY] = rare_read_gateway,
    [RARE_RELAY] = rare_read_relay,
    [RARE_HOST_KEY] = host_key_read,
    [RARE_STRINGS] = strings_read,
    [RARE_LONG_STRING] = rare_read_long_string,
    [RARE_QUOTED_LONG_STRING] = quoted_long_string_read,
    [RARE_NAMES] = names_read,
    [RARE_TYPES] = types_read,
    [RARE_TYPES_IF_ANY] = types_if_any_read,
    [RARE_NXT_TYPES] = nxt_types_read,
    [RARE_HEX] = rare_read_hex,
    [RARE_DS_DIGEST] = ds_digest_read,
    [RARE_SSHFP_DIGEST] = sshfp_digest_read,
    [RARE_ZONEMD_DIGEST] = zonemd_digest_read,
    [RARE_BASE64] = rare_read_base64,
    [RARE_BASE64_IF_ANY] = base64_if_any_read,
    [RARE_KEY] = flagged_key_read,
    [RARE_MANAGED_KEY] = managed_key_read,
    [RARE_DOA_DATA] = doa_data_read,
    [RARE_PREFIXES] = rare_read_prefixes,
    [RARE_SERVICES] = rare_read_services,
    [RARE_SERVICE_PARAMETERS] = rare_read_service_parameters,
};

bool rare_fields_read(struct rare_reader *reader, const struct rare_type *type)
{
    for (size_t i = 0; i < RARE_MAX_FIELDS && type->fields[i]; i++)
        if (!readers[type->fields[i]](reader))
            return false;
    return rare_at_end(reader) || rare_refuse(reader, "more than belongs here");
}
