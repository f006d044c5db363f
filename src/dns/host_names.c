#include "dns/host_names.h"

#include <string.h>

/* What an octet may be: within a label of a host name, and at its ends. */
#define WITHIN  1
#define ENDS    2
#define BOTH    (WITHIN | ENDS)
#define FIVE    BOTH, BOTH, BOTH, BOTH, BOTH
#define DIGITS  FIVE, FIVE
#define LETTERS FIVE, FIVE, FIVE, FIVE, FIVE, BOTH

/* Upper case is not in names, but may be in data that came in wire form. */
static const uint8_t uses[256] = {
    ['-'] = WITHIN, ['0'] = DIGITS, ['A'] = LETTERS, ['a'] = LETTERS};

static const struct name absent = {NULL, 0};

static bool labels_are_valid(const uint8_t *label)
{
    unsigned ends = BOTH;

    while (*label != 0) {
        const uint8_t *last = label + *label;
        ends &= uses[label[1]] & uses[*last];
        for (label += 2; label < last; label++)
            ends &= uses[*label] | ENDS;
        label = last + 1;
    }
    return ends == BOTH;
}

static bool is_wildcard(struct name name)
{
    return name.length > 1 && name.octets[0] == 1 && name.octets[1] == '*';
}

bool host_name_is_valid(struct name name, bool wildcard)
{
    bool skip = wildcard && is_wildcard(name);

    return labels_are_valid(name.octets + (skip ? 2 : 0));
}

/* The first label of a mailbox is the local part: no blank, no control
 * character and nothing outside of ASCII. */
static bool mailbox_is_valid(struct name name)
{
    const uint8_t *local = name.octets;

    for (size_t i = 1; i <= *local; i++)
        if (local[i] <= ' ' || local[i] >= 0x7f)
            return false;
    return name.length == 1 || labels_are_valid(local + *local + 1);
}

/* ---- owners */

static bool starts_with(struct name name, const char *labels, size_t length)
{
    return name.length > length && memcmp(name.octets, labels, length) == 0;
}

/* The global catalogue of an Active Directory forest, gc._msdcs.FOREST. */
static bool is_global_catalogue(struct name name)
{
    static const char labels[] = "\2gc\6_msdcs";
    const size_t length = sizeof labels - 1;

    return starts_with(name, labels, length) &&
           labels_are_valid(name.octets + length);
}

static bool label_is(const uint8_t *label, const char *text)
{
    return *label == strlen(text) && memcmp(label + 1, text, *label) == 0;
}

/* A name that the exists: of an SPF policy asks for (RFC 7208 section 5.7,
 * appendix D.1); the label counts anywhere but in the last place. */
static bool is_spf_name(struct name name)
{
    const uint8_t *label = name.octets, *next;

    for (; *label != 0; label = next) {
        next = label + *label + 1;
        if (*next != 0 &&
            (label_is(label, "_spf") || label_is(label, "_spf_verify") ||
             label_is(label, "_spf_rate")))
            return true;
    }
    return false;
}

static int base32hex_value(uint8_t octet)
{
    if (octet >= '0' && octet <= '9')
        return octet - '0';
    if (octet >= 'a' && octet <= 'v')
        return octet - 'a' + 10;
    return octet >= 'A' && octet <= 'V' ? octet - 'A' + 10 : -1;
}

/* The first label is whole octets in base32hex without padding (RFC 5155
 * section 3.3): of the last character the bits that are over are 0. */
static bool is_hash(struct name name)
{
    static const int bits_over[8] = {0, -1, 2, -1, 4, 1, -1, 3};
    const uint8_t *label = name.octets;
    int over = bits_over[*label % 8];
    int value = 0;

    for (size_t i = 1; i <= *label; i++) {
        value = base32hex_value(label[i]);
        if (value < 0)
            return false;
    }
    return over >= 0 && (value & ((1 << over) - 1)) == 0;
}

bool host_name_fits_owner(struct name owner, uint16_t type)
{
    switch (type) {
    case RECORD_A:
        return host_name_is_valid(owner, true) || is_global_catalogue(owner) ||
               is_spf_name(owner);
    case RECORD_AAAA:
        return host_name_is_valid(owner, true) || is_global_catalogue(owner);
    case RECORD_MX:
    case RECORD_WKS:
    case RECORD_A6:
        return host_name_is_valid(owner, true);
    case RECORD_MB:
    case RECORD_MG:
        return mailbox_is_valid(owner);
    case RECORD_NSEC3:
        return is_hash(owner);
    default:
        return true;
    }
}

/* ---- data */

/* The name at an offset of the data; absent where there is none. */
static struct name name_at(struct record_data data, size_t offset)
{
    size_t size = offset < data.length
                      ? name_measure(data.octets + offset, data.length - offset)
                      : 0;

    return size == 0 ? absent
                     : (struct name){data.octets + offset, (uint8_t)size};
}

static struct name bad_host(struct record_data data, size_t offset)
{
    struct name name = name_at(data, offset);

    return name_is_absent(name) || host_name_is_valid(name, false) ? absent
                                                                   : name;
}

static struct name bad_mailbox(struct record_data data, size_t offset)
{
    struct name name = name_at(data, offset);

    return name_is_absent(name) || mailbox_is_valid(name) ? absent : name;
}

static struct name bad_of_soa(struct record_data data)
{
    struct name bad = bad_host(data, 0);

    return name_is_absent(bad) ? bad_mailbox(data, name_at(data, 0).length)
                               : bad;
}

static struct name bad_of_minfo(struct record_data data)
{
    struct name bad = bad_mailbox(data, 0);

    return name_is_absent(bad) ? bad_mailbox(data, name_at(data, 0).length)
                               : bad;
}

/* With priority 0 the target is an alias (RFC 9460 section 2.4.2) and need
 * not be a host. */
static struct name bad_of_service(struct record_data data)
{
    bool is_alias =
        data.length >= 2 && data.octets[0] == 0 && data.octets[1] == 0;

    return is_alias ? absent : bad_host(data, 2);
}

/* Behind the length of the prefix stand the octets of the suffix, then a name,
 * but where there is no prefix (RFC 2874 section 3.1). */
static struct name bad_of_a6(struct record_data data)
{
    unsigned prefix = data.length > 0 ? data.octets[0] : 0;

    if (prefix > 128)
        return absent;
    return bad_host(data, 1 + 16 - prefix / 8);
}

/* b._dns-sd._udp and the like, by which browsers of services start (RFC 6763
 * section 11). */
static bool is_browsing_name(struct name owner)
{
    static const char *const firsts[] = {"b", "db", "r", "dr", "lb"};
    static const char rest[] = "\7_dns-sd\4_udp";

    if (!starts_with(name_parent(owner), rest, sizeof rest - 1))
        return false;
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++)
        if (label_is(owner.octets, firsts[i]))
            return true;
    return false;
}

static bool is_reverse(struct name owner)
{
    static const struct name tops[] = {
        {(const uint8_t *)"\7in-addr\4arpa", 14},
        {(const uint8_t *)"\3ip6\4arpa", 10},
        {(const uint8_t *)"\3ip6\3int", 9},
    };

    for (size_t i = 0; i < sizeof tops / sizeof tops[0]; i++)
        if (name_is_within(owner, tops[i]))
            return true;
    return false;
}

static struct name bad_of_ptr(const struct record *record)
{
    if (!is_reverse(record->owner) || is_browsing_name(record->owner))
        return absent;
    return bad_host(record->data, 0);
}

struct name host_name_find_bad(const struct record *record)
{
    switch (record->type) {
    case RECORD_NS:
        return bad_host(record->data, 0);
    case RECORD_MX:
    case RECORD_AFSDB:
    case RECORD_RT:
        return bad_host(record->data, 2);
    case RECORD_SRV:
        return bad_host(record->data, 6);
    case RECORD_SOA:
        return bad_of_soa(record->data);
    case RECORD_PTR:
        return bad_of_ptr(record);
    case RECORD_MINFO:
        return bad_of_minfo(record->data);
    case RECORD_RP:
        return bad_mailbox(record->data, 0);
    case RECORD_SVCB:
    case RECORD_HTTPS:
        return bad_of_service(record->data);
    case RECORD_A6:
        return bad_of_a6(record->data);
    case RECORD_DSYNC:
        return bad_host(record->data, 5);
    default:
        return absent;
    }
}
