/*
 * Single values: each is what the schema says that it is, never what it looks
 * like.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <idn2.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "dns/record.h"
#include "topology/schema.h"
#include "topology/value.h"

/* ---- names */

static int fail_name(struct loader *loader, const struct yaml_node *node,
                     const char *id, const char *what)
{
    return diag_error(loader->diag, node->place, id, "'%s' %s", node->text,
                      what);
}

static bool is_ascii(const struct yaml_node *node)
{
    for (size_t i = 0; i < node->length; i++)
        if ((unsigned char)node->text[i] >= 0x80)
            return false;
    return true;
}

static int fail_not_ascii(struct loader *loader, const struct yaml_node *node)
{
    char *ascii = NULL;
    int status = idn2_to_ascii_8z(node->text, &ascii, IDN2_NONTRANSITIONAL);

    if (status == IDN2_OK)
        diag_error(loader->diag, node->place, "name-not-ascii",
                   "'%s' is not ASCII; write its punycode form '%s'",
                   node->text, ascii);
    else
        diag_error(loader->diag, node->place, "name-not-ascii",
                   "'%s' is not ASCII, and has no punycode form either (%s)",
                   node->text, idn2_strerror(status));
    idn2_free(ascii);
    return -1;
}

/* RFC 952 and RFC 1123 section 2.1; L13-DNS: no underscores, and
 * named's check-names refuses them, too. */
static int check_letters(struct loader *loader, const struct yaml_node *node,
                         bool underscores)
{
    for (size_t i = 0; i < node->length; i++) {
        unsigned char letter = (unsigned char)node->text[i];
        bool starts = i == 0 || node->text[i - 1] == '.';
        bool ends = i + 1 == node->length || node->text[i + 1] == '.';

        if (letter == '_' && !underscores)
            return fail_name(loader, node, "name-not-allowed",
                             "holds an underscore, which no host name may "
                             "have; use a hyphen");
        if (letter == '-' && (starts || ends))
            return fail_name(loader, node, "name-not-allowed",
                             "has a label that begins or ends with a hyphen");
        if (!isalnum(letter) && letter != '-' && letter != '.' && letter != '_')
            return fail_name(loader, node, "name-not-allowed",
                             "is no host name: use letters, digits, hyphens "
                             "and dots");
    }
    return 0;
}

static int fail_fault(struct loader *loader, const struct yaml_node *node,
                      enum name_fault fault)
{
    switch (fault) {
    case NAME_EMPTY_LABEL:
        return fail_name(loader, node, "label-empty",
                         "has an empty label: two dots in a row, or one at "
                         "the start");
    case NAME_LABEL_TOO_LONG:
        return fail_name(loader, node, "label-too-long",
                         "has a label of more than 63 octets");
    case NAME_TOO_LONG:
        return fail_name(loader, node, "name-too-long",
                         "has more than 255 octets");
    case NAME_OK:
    case NAME_EMPTY:
    case NAME_BAD_ESCAPE:
        break;
    }
    return fail_name(loader, node, "name-not-allowed", "is no host name");
}

static int load_name(struct loader *loader, const struct yaml_node *node,
                     bool underscores, struct fqdn *fqdn)
{
    enum name_fault fault;

    fqdn->place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR,
                      node->key ? node->key->text : "the name") < 0)
        return -1;
    if (!is_ascii(node))
        return fail_not_ascii(loader, node);
    if (check_letters(loader, node, underscores) < 0)
        return -1;
    fault = name_from_text(loader->arena, node->text, node->length,
                           (struct name){0}, &fqdn->name, NULL);
    return fault == NAME_OK ? 0 : fail_fault(loader, node, fault);
}

static int check_labels(struct loader *loader, const struct yaml_node *node,
                        const struct fqdn *fqdn, unsigned least)
{
    uint8_t address[4];

    if (address_4_from_text(node->text, address))
        return fail_name(loader, node, "name-is-address",
                         "is an address where a name belongs");
    if (name_label_count(fqdn->name) < least)
        return fail_name(loader, node, "name-not-qualified",
                         least > 2 ? "must be a host in a domain of two "
                                     "labels or more, as ocs.example.com"
                                   : "must have two labels or more, as "
                                     "example.com");
    return 0;
}

int load_fqdn(struct loader *loader, const struct yaml_node *node,
              const struct field *field, void *target)
{
    (void)field;
    return load_key_fqdn(loader, node, target);
}

int load_key_fqdn(struct loader *loader, const struct yaml_node *node,
                  void *target)
{
    if (load_name(loader, node, false, target) < 0)
        return -1;
    return check_labels(loader, node, target, 3);
}

int load_domain(struct loader *loader, const struct yaml_node *node,
                const struct field *field, void *target)
{
    (void)field;
    if (load_name(loader, node, false, target) < 0)
        return -1;
    return check_labels(loader, node, target, 2);
}

int load_owner_name(struct loader *loader, const struct yaml_node *node,
                    const struct field *field, void *target)
{
    (void)field;
    return load_name(loader, node, true, target);
}

/* hostmaster@example.com: the part before the @ is one label of the RNAME,
 * whatever dots it has (RFC 1035 section 8). */
int load_contact(struct loader *loader, const struct yaml_node *node,
                 const struct field *field, void *target)
{
    struct fqdn *contact = target;
    const char *at;
    struct yaml_node domain = *node;
    char *local;

    if (schema_expect(loader, node, YAML_TREE_SCALAR, field->key) < 0)
        return -1;
    at = strrchr(node->text, '@');
    if (!at || at == node->text || !at[1] || at - node->text > NAME_MAX_LABEL ||
        strspn(node->text, "abcdefghijklmnopqrstuvwxyz"
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                           "0123456789.+-_") != (size_t)(at - node->text))
        return fail_name(loader, node, "contact-not-mail-address",
                         "is no mail address as hostmaster@example.com");
    domain.text = at + 1;
    domain.length = strlen(domain.text);
    if (load_name(loader, &domain, false, contact) < 0 ||
        check_labels(loader, &domain, contact, 2) < 0)
        return -1;
    local = arena_copy(loader->arena, node->text, (size_t)(at - node->text));
    contact->name = name_prepend(loader->arena, local, contact->name);
    if (name_is_absent(contact->name))
        return fail_fault(loader, node, NAME_TOO_LONG);
    return 0;
}

int load_label(struct loader *loader, const struct yaml_node *node,
               const struct field *field, void *target)
{
    struct word *word = target;
    struct fqdn label = {0};

    (void)field;
    if (load_name(loader, node, false, &label) < 0)
        return -1;
    if (name_label_count(label.name) != 1)
        return fail_name(loader, node, "label-not-single",
                         "must be one label, which stands in front of the "
                         "SIP domain");
    *word = (struct word){name_to_text(loader->arena, label.name), node->place};
    return 0;
}

/* ---- addresses */

static int fail_address(struct loader *loader, const struct yaml_node *node)
{
    uint8_t six[16];

    if (inet_pton(AF_INET6, node->text, six) == 1)
        return diag_error(loader->diag, node->place, "ipv6-not-supported",
                          "'%s' is an IPv6 address; Office Communications "
                          "Server has none, give an IPv4 address",
                          node->text);
    return diag_error(loader->diag, node->place, "bad-address",
                      "'%s' is no IPv4 address as 10.1.2.3 (four numbers up "
                      "to 255, without leading zeros)",
                      node->text);
}

/* RFC 6890: "this network", loopback, multicast and above. */
static bool is_usable(const uint8_t octets[4])
{
    return octets[0] != 0 && octets[0] != 127 && octets[0] < 224;
}

int load_address(struct loader *loader, const struct yaml_node *node,
                 const struct field *field, void *target)
{
    struct address *address = target;

    address->place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR,
                      field ? field->key : node->key->text) < 0)
        return -1;
    if (!address_4_from_text(node->text, address->octets))
        return fail_address(loader, node);
    if (!is_usable(address->octets))
        return diag_error(
            loader->diag, node->place, "address-not-usable",
            "'%s' cannot be the address of a server; give the one "
            "that others reach it by",
            node->text);
    address->said = true;
    return 0;
}

static bool clear_host_bits(uint8_t octets[4], unsigned prefix_bits)
{
    bool cleared = false;

    for (unsigned i = 0; i < 4; i++) {
        unsigned network = prefix_bits <= i * 8 ? 0 : prefix_bits - i * 8;
        uint8_t mask = (uint8_t)(0xff00u >> (network < 8 ? network : 8));

        cleared = cleared || (octets[i] & ~mask) != 0;
        octets[i] = (uint8_t)(octets[i] & mask);
    }
    return cleared;
}

/* 0 to 32, without leading zeros. */
static bool prefix_from_text(const char *text, unsigned *bits)
{
    size_t length = strspn(text, "0123456789");

    if (length == 0 || length > 2 || text[length] ||
        (length == 2 && *text == '0'))
        return false;
    *bits = (unsigned)strtoul(text, NULL, 10);
    return *bits <= 32;
}

int load_network(struct loader *loader, const struct yaml_node *node,
                 const struct field *field, void *target)
{
    struct network *network = target;
    const char *slash;
    unsigned bits = 32;
    uint8_t octets[4];
    struct yaml_node address = *node;

    network->address.place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR, field->key) < 0)
        return -1;
    slash = strchr(node->text, '/');
    if (slash)
        address.text =
            arena_copy(loader->arena, node->text, (size_t)(slash - node->text));
    if (!address_4_from_text(address.text, octets))
        return fail_address(loader, &address);
    if (slash && !prefix_from_text(slash + 1, &bits))
        return diag_error(loader->diag, node->place, "bad-network",
                          "'%s' is no network as 10.0.0.0/8; the prefix is a "
                          "number up to 32",
                          node->text);
    memcpy(network->address.octets, octets, sizeof octets);
    if (clear_host_bits(network->address.octets, bits)) {
        const uint8_t *clean = network->address.octets;

        return diag_error(loader->diag, node->place, "network-has-host-bits",
                          "'%s' has bits behind its prefix; write "
                          "%u.%u.%u.%u/%u",
                          node->text, clean[0], clean[1], clean[2], clean[3],
                          bits);
    }
    network->prefix_bits = (uint8_t)bits;
    network->address.said = true;
    return 0;
}

/* ---- numbers, flags, words */

int load_port(struct loader *loader, const struct yaml_node *node,
              const struct field *field, void *target)
{
    struct port *port = target;
    unsigned long number = 0;

    port->place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR, field->key) < 0)
        return -1;
    if (node->length <= 5 && node->text[0] != '0' &&
        strspn(node->text, "0123456789") == node->length)
        number = strtoul(node->text, NULL, 10);
    if (number == 0 || number > 65535)
        return diag_error(loader->diag, node->place, "bad-port",
                          "'%s' is no port; give a number from 1 to 65535",
                          node->text);
    port->number = (uint16_t)number;
    port->said = true;
    return 0;
}

int load_flag(struct loader *loader, const struct yaml_node *node,
              const struct field *field, void *target)
{
    struct flag *flag = target;

    flag->place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR, field->key) < 0)
        return -1;
    flag->value = strcmp(node->text, "true") == 0;
    if (!flag->value && strcmp(node->text, "false") != 0)
        return diag_error(loader->diag, node->place, "bad-flag",
                          "'%s' must be true or false, not '%s'", field->key,
                          node->text);
    flag->said = true;
    return 0;
}

int load_seconds(struct loader *loader, const struct yaml_node *node,
                 const struct field *field, void *target)
{
    struct seconds *seconds = target;

    seconds->place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR, field->key) < 0)
        return -1;
    if (!ttl_from_text(node->text, node->length, &seconds->value))
        return diag_error(loader->diag, node->place, "bad-ttl",
                          "'%s' is no time to live; write seconds, or units "
                          "as 1h or 1d12h",
                          node->text);
    seconds->said = true;
    return 0;
}

static const char *join(struct arena *arena, const char *const *words)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    for (size_t i = 0; words[i]; i++)
        strbuf_printf(&buf, "%s%s", i > 0 ? ", " : "", words[i]);
    return buf.text;
}

int load_word(struct loader *loader, const struct yaml_node *node,
              const struct field *field, void *target)
{
    const char *const *words = field->detail;
    struct word *word = target;
    struct suggest suggest;

    word->place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR, field->key) < 0)
        return -1;
    suggest_init(&suggest, node->text);
    for (size_t i = 0; words[i]; i++) {
        if (strcmp(words[i], node->text) == 0) {
            word->text = words[i];
            return 0;
        }
        suggest_offer(&suggest, words[i]);
    }
    return diag_error(
        loader->diag, node->place, "unknown-value",
        suggest.nearest ? "'%s' is no value of '%s'; did you mean '%s'?"
                        : "'%s' is no value of '%s'; use one of %s",
        node->text, field->key,
        suggest.nearest ? suggest.nearest : join(loader->arena, words));
}

int load_identifier(struct loader *loader, const struct yaml_node *node,
                    const struct field *field, void *target)
{
    struct word *word = target;

    word->place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR, field->key) < 0)
        return -1;
    for (size_t i = 0; i < node->length; i++)
        if (!isalnum((unsigned char)node->text[i]) && node->text[i] != '-' &&
            node->text[i] != '_')
            return diag_error(loader->diag, node->place, "bad-word",
                              "'%s' is no word for '%s'; use letters, "
                              "digits, - and _",
                              node->text, field->key);
    if (node->length == 0)
        return diag_error(loader->diag, node->place, "bad-word",
                          "'%s' must not be empty", field->key);
    word->text = node->text;
    return 0;
}

int load_text(struct loader *loader, const struct yaml_node *node,
              const struct field *field, void *target)
{
    struct word *word = target;

    word->place = node->place;
    if (schema_expect(loader, node, YAML_TREE_SCALAR, field->key) < 0)
        return -1;
    word->text = node->text;
    return 0;
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/* The day before which it must not be later than the month has days. */
static bool is_date(const char *text)
{
    static const char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    static const char form[] = "dddd-dd-dd";
    int month, day, year;

    if (strlen(text) != sizeof form - 1)
        return false;
    for (size_t i = 0; form[i]; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i])
                           : text[i] != form[i])
            return false;
    year = two_digits(text) * 100 + two_digits(text + 2);
    month = two_digits(text + 5);
    day = two_digits(text + 8);
    if (month < 1 || month > 12 || day < 1 || day > days[month - 1])
        return false;
    return month != 2 || day < 29 ||
           (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

int load_date(struct loader *loader, const struct yaml_node *node,
              const struct field *field, void *target)
{
    struct word *word = target;

    if (load_text(loader, node, field, target) < 0)
        return -1;
    if (!is_date(word->text))
        return diag_error(loader->diag, node->place, "bad-date",
                          "'%s' is no date as 2027-06-30", node->text);
    return 0;
}
