#include "dns/rare_mnemonics.h"

#include <string.h>
#include <strings.h>

#include "dns/rare_reader.h"
#include "dns/rare_types.h"
#include "dns/record.h"

struct mnemonic {
    const char *name; /* NULL ends a list */
    uint16_t value;
};

static const struct mnemonic cert_types[] = {
    {"PKIX", 1},  {"SPKI", 2},  {"PGP", 3},    {"IPKIX", 4},
    {"ISPKI", 5}, {"IPGP", 6},  {"ACPKIX", 7}, {"IACPKIX", 8},
    {"URI", 253}, {"OID", 254}, {NULL, 0}};

static const struct mnemonic algorithms[] = {{"RSAMD5", 1},
                                             {"DH", 2},
                                             {"DSA", 3},
                                             {"RSASHA1", 5},
                                             {"NSEC3DSA", 6},
                                             {"NSEC3RSASHA1", 7},
                                             {"RSASHA256", 8},
                                             {"RSASHA512", 10},
                                             {"ECCGOST", 12},
                                             {"ECDSAP256SHA256", 13},
                                             {"ECDSA256", 13},
                                             {"ECDSAP384SHA384", 14},
                                             {"ECDSA384", 14},
                                             {"ED25519", 15},
                                             {"ED448", 16},
                                             {"INDIRECT", 252},
                                             {"PRIVATEDNS", 253},
                                             {"PRIVATEOID", 254},
                                             {NULL, 0}};

static const struct mnemonic protocols[] = {
    {"NONE", 0},  {"TLS", 1},   {"EMAIL", 2}, {"DNSSEC", 3},
    {"IPSEC", 4}, {"ALL", 255}, {NULL, 0}};

static const struct mnemonic ds_digest_types[] = {
    {"SHA-1", 1}, {"SHA1", 1},    {"SHA-256", 2}, {"SHA256", 2},
    {"GOST", 3},  {"SHA-384", 4}, {"SHA384", 4},  {NULL, 0}};

static const struct mnemonic hashes[] = {{"SHA-1", 1}, {NULL, 0}};

static const struct mnemonic schemes[] = {{"NOTIFY", 1}, {NULL, 0}};

/* RFC 2535 section 3.1.2; what a bare prefix of a name means is the first. */
static const struct mnemonic key_flags[] = {
    {"NOCONF", 0x4000}, {"NOAUTH", 0x8000}, {"NOKEY", 0xc000},
    {"FLAG2", 0x2000},  {"EXTEND", 0x1000}, {"FLAG4", 0x0800},
    {"FLAG5", 0x0400},  {"USER", 0x0000},   {"ZONE", 0x0100},
    {"HOST", 0x0200},   {"NTYP3", 0x0300},  {"FLAG8", 0x0080},
    {"FLAG9", 0x0040},  {"FLAG10", 0x0020}, {"FLAG11", 0x0010},
    {"SIG0", 0},        {"SIG1", 1},        {"SIG2", 2},
    {"SIG3", 3},        {"SIG4", 4},        {"SIG5", 5},
    {"SIG6", 6},        {"SIG7", 7},        {"SIG8", 8},
    {"SIG9", 9},        {"SIG10", 10},      {"SIG11", 11},
    {"SIG12", 12},      {"SIG13", 13},      {"SIG14", 14},
    {"SIG15", 15},      {"KSK", 1},         {NULL, 0}};

/* As named has it: digits of a number that may be a mnemonic. */
#define MOST_DIGITS 12

static bool mnemonic_read(struct rare_reader *reader,
                          const struct mnemonic *list, size_t size)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;
    for (; list->name; list++) {
        if (!rare_token_is(token, list->name))
            continue;
        rare_put(reader, list->value, size);
        return rare_pass(reader);
    }
    if (token->length > MOST_DIGITS)
        return rare_refuse(reader, "not a number");
    return rare_read_number(reader, size, NULL);
}

bool rare_read_cert_type(struct rare_reader *reader)
{
    return mnemonic_read(reader, cert_types, 2);
}

bool rare_read_algorithm(struct rare_reader *reader)
{
    return mnemonic_read(reader, algorithms, 1);
}

bool rare_read_key_protocol(struct rare_reader *reader)
{
    return mnemonic_read(reader, protocols, 1);
}

bool rare_read_ds_digest_type(struct rare_reader *reader)
{
    return mnemonic_read(reader, ds_digest_types, 1);
}

bool rare_read_hash(struct rare_reader *reader)
{
    return mnemonic_read(reader, hashes, 1);
}

bool rare_read_scheme(struct rare_reader *reader)
{
    return mnemonic_read(reader, schemes, 1);
}

/* 256, 0x100, 1ff, or ZONE|KSK. */
static bool key_flags_value(const struct rare_token *token, uint32_t *value)
{
    size_t at = token->length > 2 && token->text[0] == '0' &&
                        (token->text[1] | 0x20) == 'x'
                    ? 2
                    : 0;

    if (rare_digits(token->text, token->length, value))
        return token->length <= MOST_DIGITS && *value <= UINT16_MAX;
    *value = 0;
    if (token->length > MOST_DIGITS || token->text[0] < '0' ||
        token->text[0] > '9')
        return false;
    for (; at < token->length; at++) {
        int digit = rare_hex_value(token->text[at]);
        if (digit < 0)
            return false;
        *value = *value << 4 | (uint32_t)digit;
        if (*value > UINT16_MAX)
            return false;
    }
    return true;
}

static bool key_flag_names_value(const struct rare_token *token,
                                 uint32_t *value)
{
    size_t at = 0;

    *value = 0;
    while (at < token->length) {
        const char *name = token->text + at;
        const char *end = memchr(name, '|', token->length - at);
        size_t length = end ? (size_t)(end - name) : token->length - at;
        const struct mnemonic *flag = key_flags;
        while (flag->name && strncasecmp(flag->name, name, length) != 0)
            flag++;
        if (!flag->name)
            return false;
        *value |= flag->value;
        at += length + 1;
    }
    return true;
}

bool rare_read_key_flags(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);
    uint32_t value;

    if (!token)
        return false;
    if (!key_flags_value(token, &value) && !key_flag_names_value(token, &value))
        return rare_refuse(reader, "not the flags of a key");
    rare_put(reader, value, 2);
    return rare_pass(reader);
}

bool rare_read_no_key_flags(struct rare_reader *reader)
{
    if (!rare_read_key_flags(reader))
        return false;
    if (rare_octet(reader, 0) == 0 && rare_octet(reader, 1) == 0)
        return true;
    reader->at--;
    return rare_refuse(reader, "the flags are not 0");
}

bool rare_type_from_token(const struct rare_token *token, uint16_t *type)
{
    const struct record_type *known =
        record_type_by_mnemonic(token->text, token->length);

    *type = known ? known->number : 0;
    return known || rare_type_by_mnemonic(token->text, token->length, type) ||
           rare_type_from_number(token->text, token->length, type);
}

bool rare_read_type(struct rare_reader *reader)
{
    const struct rare_token *token = rare_peek_bare(reader);
    uint16_t type;
    uint32_t number;

    if (!token)
        return false;
    if (rare_type_from_token(token, &type))
        number = type;
    else if (!rare_signed_digits(token->text, token->length, &number))
        return rare_refuse(reader, "not a type");
    if (number > UINT16_MAX)
        return rare_refuse(reader, "the number is too large");
    rare_put(reader, number, 2);
    return rare_pass(reader);
}

static bool is_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t days_in_front_of(int64_t year)
{
    /* Year 0 is a leap year, too. */
    int64_t past = year - 1;
    int64_t leaps = year > 0 ? past / 4 - past / 100 + past / 400 + 1 : 0;

    return year * 365 + leaps;
}

/* Two digits of a time of 14, from that place on. */
static int64_t pair_at(const char *text, size_t at)
{
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/* YYYYMMDDHHMMSS as seconds of 1970, the lower 32 bits of them. */
static bool time_value(const struct rare_token *token, uint32_t *seconds)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const char *text = token->text;

    if (token->length != 14)
        return false;
    for (size_t i = 0; i < token->length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;

    int64_t year = pair_at(text, 0) * 100 + pair_at(text, 2);
    int64_t month = pair_at(text, 4), day = pair_at(text, 6);
    int64_t hour = pair_at(text, 8), minute = pair_at(text, 10);
    int64_t second = pair_at(text, 12);
    if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 ||
        second > 60)
        return false;
    int64_t leap_day = is_leap_year(year) && month == 2;
    if (day > days[month - 1] + leap_day)
        return false;
    int64_t count = days_in_front_of(year) - days_in_front_of(1970) + day - 1;
    for (int64_t i = 1; i < month; i++)
        count += days[i - 1];
    count += is_leap_year(year) && month > 2;
    *seconds = (uint32_t)(count * 86400 + hour * 3600 + minute * 60 + second);
    return true;
}

static bool time_read(struct rare_reader *reader, bool as_seconds_too)
{
    const struct rare_token *token = rare_peek_bare(reader);
    uint32_t seconds;

    if (!token)
        return false;
    if (as_seconds_too && token->length <= 10)
        return rare_read_number(reader, 4, NULL);
    if (!time_value(token, &seconds))
        return rare_refuse(reader, "not a time");
    rare_put(reader, seconds, 4);
    return rare_pass(reader);
}

bool rare_read_time(struct rare_reader *reader)
{
    return time_read(reader, false);
}

bool rare_read_time_or_seconds(struct rare_reader *reader)
{
    return time_read(reader, true);
}
