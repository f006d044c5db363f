#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "dns/host_names.h"
#include "dns/recordset.h"
#include "dns/zone_reader.h"

#define CLASS_IN 1

/* CLASSnnn (RFC 3597 section 5) */
static bool class_number_from_text(const char *text, size_t length,
                                   uint16_t *number)
{
    unsigned long value = 0;

    if (length < 6 || length > 10 || strncasecmp(text, "CLASS", 5) != 0)
        return false;
    for (size_t i = 5; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (unsigned long)(text[i] - '0');
    }
    *number = (uint16_t)value;
    return value <= UINT16_MAX;
}

static bool class_from_token(const struct zone_token *token, uint16_t *number)
{
    const char *text = token->text;
    size_t length = token->length;

    static const struct {
        const char *mnemonic;
        uint16_t number;
    } classes[] = {{"CH", 3},     {"CHAOS", 3}, {"HS", 4},       {"HESIOD", 4},
                   {"NONE", 254}, {"ANY", 255}, {"RESERVED0", 0}};

    if (length == 2 && (text[0] | 0x20) == 'i' && (text[1] | 0x20) == 'n') {
        *number = CLASS_IN; /* as nearly always */
        return true;
    }
    for (size_t i = 0; length > 1 && i < sizeof classes / sizeof *classes; i++)
        if ((*text | 0x20) == (*classes[i].mnemonic | 0x20) &&
            zone_token_is(token, classes[i].mnemonic)) {
            *number = classes[i].number;
            return true;
        }
    return class_number_from_text(text, length, number);
}

static int check_class(struct zone_reader *reader, uint16_t class,
                       const struct zone_token *token)
{
    if (class == CLASS_IN || class == 0)
        return 0;
    return diag_error(reader->diag, zone_place(reader, token), "zone-syntax",
                      "class '%.*s' is not that of the zone, which is IN",
                      utf8_shown(token->text, token->length), token->text);
}

uint32_t zone_limit_ttl(struct zone_reader *reader, uint32_t seconds,
                        const struct zone_token *token)
{
    if (seconds <= RECORD_MAX_TTL)
        return seconds;
    diag_warning(reader->diag, zone_place(reader, token), "zone-ttl-too-large",
                 "a TTL of %u seconds is taken as 0: it can be %u at most "
                 "(RFC 2181 section 8)",
                 seconds, RECORD_MAX_TTL);
    return 0;
}

int zone_read_type(struct zone_reader *reader, struct zone_type *type)
{
    const struct zone_token *token = &reader->token;

    if (token->kind != ZONE_TOKEN_WORD)
        return zone_unexpected(reader, "record type");
    type->known = record_type_by_mnemonic(token->text, token->length);
    if (type->known) {
        type->number = type->known->number;
        return 0;
    }
    if (!rare_type_by_mnemonic(token->text, token->length, &type->number))
        return diag_error(reader->diag, zone_place(reader, token),
                          "zone-syntax", "'%.*s' is no record type",
                          utf8_shown(token->text, token->length), token->text);
    type->known = record_type_by_number(type->number);
    if (rare_type_is_refused(type->number))
        return diag_error(reader->diag, zone_place(reader, token),
                          "zone-syntax",
                          "no zone can have records of type %.*s",
                          utf8_shown(token->text, token->length), token->text);
    return 0;
}

/* ---- Windows DNS */

static bool is_age(const struct zone_token *token)
{
    return token->kind == ZONE_TOKEN_WORD && token->length > 6 &&
           strncasecmp(token->text, "[AGE:", 5) == 0 &&
           token->text[token->length - 1] == ']';
}

/* The mark of dynamic records in what Windows DNS exports. */
static int pass_age(struct zone_reader *reader)
{
    if (!is_age(&reader->token))
        return 0;
    if (!reader->told_age)
        diag_info(reader->diag, zone_place(reader, &reader->token),
                  "zone-windows-record",
                  "the [AGE:...] marks of Windows DNS are passed over");
    reader->told_age = true;
    return zone_next(reader);
}

static bool is_wins(const struct zone_token *token)
{
    return token->kind == ZONE_TOKEN_WORD &&
           (zone_token_is(token, "WINS") || zone_token_is(token, "WINSR") ||
            zone_token_is(token, "WINS-R"));
}

/* ---- records */

/* Only a record of a fragment has none. */
static const char *ttl_shown(char text[16], uint32_t seconds)
{
    if (seconds == RECORDSET_NO_TTL)
        return "none";
    snprintf(text, 16, "%u", seconds);
    return text;
}

static void warn_ttl_differs(struct zone_reader *reader, struct place place,
                             const struct rrset *rrset, uint32_t seconds)
{
    char here[16], before[16], after[16];

    if (reader->place && reader->told_ttl_differs)
        return;
    reader->told_ttl_differs = true;
    diag_warning(reader->diag, place, "rrset-ttl-differs",
                 "the TTL is %s here and %s in the record before of the same "
                 "owner and type: %s holds for all (RFC 2181 section 5.2)",
                 ttl_shown(here, seconds),
                 ttl_shown(before, rrset->prior_ttl_seconds),
                 ttl_shown(after, rrset->ttl_seconds));
}

int zone_add(struct zone_reader *reader, struct node *node, uint32_t batch,
             const struct zone_type *type, const struct zone_data *data,
             struct place place)
{
    const struct rr rr = {.data = data->data, .place = place};
    struct rrset *rrset;

    if (reader->set->octet_count >= RECORDSET_MOST_OCTETS)
        return zone_tell_full(reader);
    rrset = recordset_add(reader->set, node, type->number, data->covers,
                          reader->ttl_seconds, batch, &rr);
    if (!rrset)
        return diag_error(reader->diag, place, "too-many-types",
                          "the owner has records of %d other types, and named "
                          "takes 100 (max-types-per-name); remove some",
                          RECORDSET_MOST_RRSETS);
    if (rrset->prior_ttl_seconds != reader->ttl_seconds)
        warn_ttl_differs(reader, place, rrset, reader->ttl_seconds);
    reader->ttl_seconds = rrset->ttl_seconds;
    return 0;
}

static int host_name_error(struct zone_reader *reader, struct place place,
                           struct name name, const char *role)
{
    return diag_error(reader->diag, place, "host-name-not-allowed",
                      "'%s' is no host name, which %s has to be: labels of "
                      "letters, digits and hyphens (RFC 1123 section 2.1)",
                      zone_name_shown(reader, 0, name), role);
}

/* named's check-names, which does not look into data in generic form. */
static int check_names(struct zone_reader *reader,
                       const struct zone_owner *owner,
                       const struct zone_type *type,
                       const struct zone_data *data, struct place place)
{
    const struct record record = {
        .owner = owner->name, .type = type->number, .data = data->data};
    struct name bad = {NULL, 0};
    int status = 0;

    if (!data->is_generic)
        bad = host_name_find_bad(&record);
    if (!host_name_fits_owner(owner->name, type->number))
        status = host_name_error(reader, place, owner->name,
                                 "the owner of such a record");
    if (name_is_absent(bad))
        return status;
    /* Of the two names of an SOA it can be either. */
    if (type->known && type->number != RECORD_SOA)
        place = zone_place(reader, &reader->target);
    return host_name_error(reader, place, bad, "this name in the data");
}

int zone_check_soa_owner(struct zone_reader *reader, struct name owner,
                         const struct zone_type *type, struct place place)
{
    struct name apex = reader->set->zone;

    if (type->number != RECORD_SOA || name_is_absent(apex) ||
        name_equal(owner, apex))
        return 0;
    return diag_error(reader->diag, place, "zone-syntax",
                      "an SOA belongs to the zone's own name, '%s'",
                      zone_name_shown(reader, 0, apex));
}

/* Types that only the apex has, and one that it never has.  As named has it,
 * entries of glue are those of the owner whose NS names it, too. */
static int check_apex(struct zone_reader *reader, struct name name,
                      const struct zone_type *type, struct place place)
{
    struct name apex = reader->set->zone;
    struct name holder = reader->source->current.name;

    if (zone_check_soa_owner(reader, name, type, place) < 0)
        return -1;
    if (type->number == RECORD_SOA && !name_equal(holder, apex))
        return diag_error(reader->diag, place, "zone-syntax",
                          "the SOA cannot stand behind an NS of '%s' that "
                          "names its owner",
                          zone_name_shown(reader, 0, holder));
    if (type->number == RECORD_DS && name_equal(holder, apex))
        return diag_error(reader->diag, place, "zone-syntax",
                          "a DS of a zone's own name belongs into the zone "
                          "above it (RFC 4035 section 2.4)");
    return 0;
}

/* What named refuses of a record that is well in itself. */
static int check_record(struct zone_reader *reader,
                        const struct zone_owner *owner,
                        const struct zone_type *type,
                        const struct zone_data *data, struct place place)
{
    int status = check_names(reader, owner, type, data, place);

    if (name_is_absent(reader->set->zone) || !owner->node ||
        (type->number != RECORD_SOA && type->number != RECORD_DS))
        return status;
    return check_apex(reader, owner->name, type, place) | status;
}

static void warn_ttl_taken(struct zone_reader *reader, struct place place,
                           const char *source)
{
    if (!reader->told_ttl_taken)
        diag_warning(reader->diag, place, "zone-ttl-taken",
                     "there is no TTL here and no $TTL before: that of %s is "
                     "taken",
                     source);
    reader->told_ttl_taken = true;
}

/* The TTL of a record that does not say it (RFC 2308 section 4, and RFC 1035
 * section 5.1 where there is no $TTL). */
static int take_ttl(struct zone_reader *reader, const struct zone_type *type,
                    const struct zone_data *data, struct place place)
{
    if (reader->has_default_ttl) {
        reader->ttl_seconds = reader->default_ttl_seconds;
        return 0;
    }
    if (reader->is_fragment) {
        reader->ttl_seconds = RECORDSET_NO_TTL;
        return 0;
    }
    if (reader->has_ttl) {
        warn_ttl_taken(reader, place, "the record before");
        return 0;
    }
    reader->has_default_ttl = true;
    if (type->number == RECORD_SOA) {
        warn_ttl_taken(reader, place, "the SOA's minimum");
        reader->default_ttl_seconds = zone_limit_ttl(
            reader, record_soa_minimum(data->data), &reader->token);
    } else {
        return diag_error(reader->diag, place, "zone-syntax",
                          "there is no TTL; say $TTL at the head of the file");
    }
    reader->ttl_seconds = reader->default_ttl_seconds;
    return 0;
}

int zone_read_ttl_and_class(struct zone_reader *reader, bool *has_ttl)
{
    const struct zone_token *token = &reader->token;
    struct zone_token class_token = *token;
    uint16_t class = 0;
    uint32_t seconds;

    *has_ttl = false;
    if (token->kind != ZONE_TOKEN_WORD)
        return zone_unexpected(reader, "record type");
    if (class_from_token(token, &class) && zone_next(reader) < 0)
        return -1;
    if (seconds_from_text(token->text, token->length, &seconds)) {
        *has_ttl = reader->has_ttl = true;
        reader->ttl_seconds = zone_limit_ttl(reader, seconds, token);
        if (zone_next(reader) < 0)
            return -1;
    }
    if (class == 0) {
        class_token = *token;
        if (class_from_token(token, &class) && zone_next(reader) < 0)
            return -1;
    }
    return check_class(reader, class, &class_token);
}

int zone_take_record(struct zone_reader *reader, const struct zone_owner *owner,
                     const struct zone_type *type, const struct zone_data *data,
                     bool has_ttl, struct place place)
{
    if (check_record(reader, owner, type, data, place) < 0)
        return -1;
    if (!owner->node)
        return 0;
    if (!has_ttl && take_ttl(reader, type, data, place) < 0)
        return -1;
    if (zone_add(reader, owner->node, owner->batch, type, data, place) < 0)
        return -1;
    zone_gather(reader, data->data.length);
    return 0;
}

int zone_read_record(struct zone_reader *reader, struct zone_owner *owner,
                     struct place place)
{
    struct zone_type type = {0};
    struct zone_data data;
    bool has_ttl;

    if (pass_age(reader) < 0 || zone_read_ttl_and_class(reader, &has_ttl) < 0)
        return -1;
    if (is_wins(&reader->token)) {
        diag_info(reader->diag, place, "zone-windows-record",
                  "a WINS record of Windows DNS is passed over");
        return zone_skip_entry(reader);
    }
    if (zone_read_type(reader, &type) < 0 ||
        zone_read_data(reader, &type, &data) < 0)
        return -1;
    return zone_take_record(reader, owner, &type, &data, has_ttl, place);
}
