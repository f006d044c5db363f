#include "dns/record.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/wire.h"

/* They are looked up in this order: those that zones have most of first. */
static const struct record_type record_types[] = {
    {RECORD_A, "A", {FIELD_ADDRESS_4}, {"address"}},
    {RECORD_SRV,
     "SRV",
     {FIELD_NUMBER_16, FIELD_NUMBER_16, FIELD_NUMBER_16, FIELD_NAME},
     {"priority", "weight", "port", "target"}},
    {RECORD_CNAME, "CNAME", {FIELD_NAME}, {"target"}},
    {RECORD_NS, "NS", {FIELD_NAME}, {"name server"}},
    {RECORD_AAAA, "AAAA", {FIELD_ADDRESS_6}, {"address"}},
    {RECORD_MX,
     "MX",
     {FIELD_NUMBER_16, FIELD_NAME},
     {"preference", "mail server"}},
    {RECORD_TXT, "TXT", {FIELD_STRINGS}, {"text"}},
    {RECORD_PTR, "PTR", {FIELD_NAME}, {"target"}},
    {RECORD_SOA,
     "SOA",
     {FIELD_NAME, FIELD_NAME, FIELD_NUMBER_32, FIELD_SECONDS, FIELD_SECONDS,
      FIELD_SECONDS, FIELD_SECONDS},
     {"primary name server", "contact", "serial", "refresh", "retry", "expire",
      "minimum"}},
};

#define RECORD_TYPES (sizeof(record_types) / sizeof(record_types[0]))

const struct record_type *record_type_by_number(uint16_t number)
{
    for (size_t i = 0; i < RECORD_TYPES; i++)
        if (record_types[i].number == number)
            return &record_types[i];
    return NULL;
}

/* In any case; mnemonics are letters alone. */
static bool mnemonic_is(const char *known, const char *mnemonic, size_t length)
{
    size_t i = 0;

    while (i < length && known[i] != '\0' && (mnemonic[i] & ~0x20) == known[i])
        i++;
    return i == length && known[i] == '\0';
}

const struct record_type *record_type_by_mnemonic(const char *mnemonic,
                                                  size_t length)
{
    int first = length > 0 ? *mnemonic & ~0x20 : '\0';

    for (size_t i = 0; i < RECORD_TYPES; i++)
        if (*record_types[i].mnemonic == first &&
            mnemonic_is(record_types[i].mnemonic, mnemonic, length))
            return &record_types[i];
    return NULL;
}

void record_type_write(struct strbuf *buf, uint16_t type)
{
    const struct record_type *known = record_type_by_number(type);

    if (known)
        strbuf_add_text(buf, known->mnemonic);
    else
        strbuf_printf(buf, "TYPE%u", (unsigned)type);
}

static uint8_t *put_name(uint8_t *octets, struct name name)
{
    if (!name_is_absent(name))
        memcpy(octets, name.octets, name.length);
    return octets + name.length;
}

static size_t strings_measure(const uint8_t *octets, size_t left)
{
    size_t at = 0;

    while (at < left)
        at += octets[at] + 1u;
    return at == left ? left : 0;
}

/* Octets of the field at the start of left octets, 0 when it does not fit. */
static size_t field_measure(enum record_field field, const uint8_t *octets,
                            size_t left)
{
    static const size_t sizes[] = {
        [FIELD_ADDRESS_4] = 4, [FIELD_ADDRESS_6] = 16, [FIELD_NUMBER_16] = 2,
        [FIELD_NUMBER_32] = 4, [FIELD_SECONDS] = 4,
    };

    if (field == FIELD_NAME)
        return name_measure(octets, left);
    if (field == FIELD_STRINGS)
        return strings_measure(octets, left);
    return sizes[field] <= left ? sizes[field] : 0;
}

/* Are the data what the fields of the type say, no less and no more? */
static bool data_has_fields(const struct record_type *type,
                            struct record_data data)
{
    size_t at = 0;

    for (size_t i = 0; i < RECORD_MAX_FIELDS && type->fields[i]; i++) {
        size_t size =
            field_measure(type->fields[i], data.octets + at, data.length - at);
        if (size == 0)
            return false;
        at += size;
    }
    return at == data.length;
}

bool record_data_fold(const struct record_type *type, uint8_t *octets,
                      uint16_t length)
{
    size_t at = 0;

    if (!data_has_fields(type, (struct record_data){octets, length}))
        return false;
    for (size_t i = 0; i < RECORD_MAX_FIELDS && type->fields[i]; i++) {
        size_t size = field_measure(type->fields[i], octets + at, length - at);
        if (type->fields[i] == FIELD_NAME)
            name_fold(octets + at, size);
        at += size;
    }
    return true;
}

static void string_write(struct strbuf *buf, const uint8_t *octets,
                         size_t length)
{
    strbuf_add_char(buf, '"');
    for (size_t i = 0; i < length; i++) {
        if (octets[i] < ' ' || octets[i] >= 0x7f) {
            strbuf_printf(buf, "\\%03u", (unsigned)octets[i]);
            continue;
        }
        if (octets[i] == '"' || octets[i] == '\\')
            strbuf_add_char(buf, '\\');
        strbuf_add_char(buf, (char)octets[i]);
    }
    strbuf_add_char(buf, '"');
}

static void strings_write(struct strbuf *buf, const uint8_t *octets,
                          size_t length)
{
    for (size_t at = 0; at < length; at += octets[at] + 1u) {
        if (at > 0)
            strbuf_add_char(buf, ' ');
        string_write(buf, octets + at + 1, octets[at]);
    }
}

static void address_6_write(struct strbuf *buf, const uint8_t *octets)
{
    char text[INET6_ADDRSTRLEN];

    if (inet_ntop(AF_INET6, octets, text, sizeof(text)))
        strbuf_add_text(buf, text);
}

static void address_4_write(struct strbuf *buf, const uint8_t *octets)
{
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            strbuf_add_char(buf, '.');
        strbuf_add_number(buf, octets[i]);
    }
}

static void field_write(struct strbuf *buf, enum record_field field,
                        const uint8_t *octets, size_t length,
                        struct name origin)
{
    switch (field) {
    case FIELD_NONE:
        break;
    case FIELD_ADDRESS_4:
        address_4_write(buf, octets);
        break;
    case FIELD_ADDRESS_6:
        address_6_write(buf, octets);
        break;
    case FIELD_NUMBER_16:
        strbuf_add_number(buf, wire_16(octets));
        break;
    case FIELD_NUMBER_32:
    case FIELD_SECONDS:
        strbuf_add_number(buf, wire_32(octets));
        break;
    case FIELD_NAME:
        name_write_relative(buf, (struct name){octets, (uint8_t)length},
                            origin);
        break;
    case FIELD_STRINGS:
        strings_write(buf, octets, length);
        break;
    }
}

/* RFC 3597 section 5. */
static void unknown_write(struct strbuf *buf, struct record_data data)
{
    strbuf_printf(buf, "\\# %u", (unsigned)data.length);
    if (data.length > 0)
        strbuf_add_char(buf, ' ');
    for (size_t i = 0; i < data.length; i++)
        strbuf_printf(buf, "%02x", (unsigned)data.octets[i]);
}

void record_data_write(struct strbuf *buf, uint16_t type,
                       struct record_data data, struct name origin)
{
    const struct record_type *known = record_type_by_number(type);
    size_t at = 0;

    if (!known || !data_has_fields(known, data)) {
        unknown_write(buf, data);
        return;
    }
    for (size_t i = 0; i < RECORD_MAX_FIELDS && known->fields[i]; i++) {
        const uint8_t *field = data.octets + at;
        size_t size = field_measure(known->fields[i], field, data.length - at);
        if (i > 0)
            strbuf_add_char(buf, ' ');
        field_write(buf, known->fields[i], field, size, origin);
        at += size;
    }
}

int record_data_compare(struct record_data one, struct record_data other)
{
    size_t shorter = one.length < other.length ? one.length : other.length;
    int order = shorter ? memcmp(one.octets, other.octets, shorter) : 0;

    return order != 0 ? order : one.length - other.length;
}

static int type_rank(uint16_t type)
{
    if (type == RECORD_SOA)
        return -2;
    return type == RECORD_NS ? -1 : type;
}

int record_type_compare(uint16_t one, uint16_t other)
{
    return type_rank(one) - type_rank(other);
}

bool record_data_equal(struct record_data one, struct record_data other)
{
    return one.length == other.length && record_data_compare(one, other) == 0;
}

struct name record_target(const struct record *record)
{
    const struct record_type *type = record_type_by_number(record->type);
    const struct name none = {NULL, 0};
    size_t at = 0;

    if (!type || record->type == RECORD_SOA)
        return none;
    for (size_t i = 0; i < RECORD_MAX_FIELDS && type->fields[i]; i++) {
        const uint8_t *field = record->data.octets + at;
        size_t size =
            field_measure(type->fields[i], field, record->data.length - at);
        if (size == 0)
            return none;
        if (type->fields[i] == FIELD_NAME)
            return (struct name){field, (uint8_t)size};
        at += size;
    }
    return none;
}

struct record_data record_make_address(struct arena *arena,
                                       const uint8_t address[4])
{
    return (struct record_data){(const uint8_t *)arena_copy(arena, address, 4),
                                4};
}

struct record_data record_make_name(struct arena *arena, struct name target)
{
    return (struct record_data){name_copy(arena, target).octets, target.length};
}

struct record_data record_make_srv(struct arena *arena, uint16_t priority,
                                   uint16_t weight, uint16_t port,
                                   struct name target)
{
    uint16_t length = (uint16_t)(6 + target.length);
    uint8_t *octets = arena_alloc(arena, length);

    put_name(
        wire_put_16(wire_put_16(wire_put_16(octets, priority), weight), port),
        target);
    return (struct record_data){octets, length};
}

struct record_data record_make_soa(struct arena *arena, const struct soa *soa)
{
    uint16_t length =
        (uint16_t)(soa->primary.length + soa->contact.length + 20);
    uint8_t *octets = arena_alloc(arena, length);

    uint8_t *end = put_name(put_name(octets, soa->primary), soa->contact);
    end = wire_put_32(wire_put_32(end, soa->serial), soa->refresh);
    wire_put_32(wire_put_32(wire_put_32(end, soa->retry), soa->expire),
                soa->minimum);
    return (struct record_data){octets, length};
}

uint32_t record_soa_serial(struct record_data data)
{
    return data.length < RECORD_SOA_NUMBERS
               ? 0
               : wire_32(data.octets + data.length - RECORD_SOA_NUMBERS);
}

uint32_t record_soa_minimum(struct record_data data)
{
    return data.length < 4 ? 0 : wire_32(data.octets + data.length - 4);
}

uint16_t record_srv_port(const struct record *record)
{
    return record->data.length < 6 ? 0 : wire_16(record->data.octets + 4);
}

static const struct {
    char letter;
    uint32_t seconds;
} units[] = {{'w', 604800}, {'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};

#define UNITS (sizeof(units) / sizeof(units[0]))

/* The unit of that letter among the units from `from` on, or UNITS. */
static size_t unit_find(char letter, size_t from)
{
    size_t unit = from;

    while (unit < UNITS && units[unit].letter != letter &&
           units[unit].letter != letter - 'A' + 'a')
        unit++;
    return unit;
}

/* The number at *at, which moves behind it; false when there is no digit or
 * the number is over RECORD_MAX_TTL. */
static bool number_read(const char *text, size_t length, size_t *at,
                        uint64_t *number)
{
    size_t start = *at;

    *number = 0;
    while (*at < length && text[*at] >= '0' && text[*at] <= '9') {
        *number = *number * 10 + (uint64_t)(text[(*at)++] - '0');
        if (*number > RECORD_MAX_TTL)
            return false;
    }
    return *at > start;
}

bool ttl_from_text(const char *text, size_t length, uint32_t *seconds)
{
    const size_t plain = UNITS - 1;
    uint64_t number, total = 0;
    size_t at = 0;
    size_t next_unit = 0;

    do {
        if (!number_read(text, length, &at, &number))
            return false;
        size_t unit = UNITS;
        if (at < length)
            unit = unit_find(text[at++], next_unit);
        else if (next_unit == 0)
            unit = plain;
        if (unit == UNITS)
            return false;
        total += number * units[unit].seconds;
        next_unit = unit + 1;
    } while (at < length);
    if (total > RECORD_MAX_TTL)
        return false;
    *seconds = (uint32_t)total;
    return true;
}

bool seconds_from_text(const char *text, size_t length, uint32_t *seconds)
{
    const size_t plain = UNITS - 1;
    uint64_t total = 0;
    size_t at = 0;

    if (length > 63)
        return false;
    do {
        uint64_t number = 0;
        size_t unit = plain, start = at;

        while (at < length && text[at] >= '0' && text[at] <= '9' &&
               number <= UINT32_MAX)
            number = number * 10 + (uint64_t)(text[at++] - '0');
        if (at == start || number > UINT32_MAX)
            return false;
        if (at < length)
            unit = unit_find(text[at++], 0);
        else if (total != 0)
            return false;
        if (unit == UNITS)
            return false;
        total += number * units[unit].seconds;
    } while (at < length);
    if (total > UINT32_MAX)
        return false;
    *seconds = (uint32_t)total;
    return true;
}

void ttl_write(struct strbuf *buf, uint32_t seconds)
{
    if (seconds == 0 || seconds % 60 != 0) {
        strbuf_add_number(buf, seconds);
        return;
    }
    for (size_t i = 0; i < UNITS; i++) {
        if (seconds < units[i].seconds)
            continue;
        strbuf_add_number(buf, seconds / units[i].seconds);
        strbuf_add_char(buf, units[i].letter);
        seconds %= units[i].seconds;
    }
}

bool address_4_from_text(const char *text, uint8_t address[4])
{
    return inet_pton(AF_INET, text, address) == 1;
}
