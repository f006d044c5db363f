#include "dns/zone_check.h"

#include <string.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "dns/recordset.h"
#include "dns/zone_targets.h"

/* named's max-records-per-type and max-types-per-name, by default, and the
 * room that the records of an RRset have, each with its overhead. */
#define MOST_RECORDS 100
#define MOST_TYPES   100
#define MOST_OCTETS  65512u

struct check {
    struct diag *diag;
    const struct recordset *set;
    const char *file;
    int result;
    struct strbuf name; /* in the message in work */
};

/* The text of a name for a message; it holds until the next one. */
static const char *name_shown(struct check *check, struct name name)
{
    strbuf_reset(&check->name);
    name_write_plain(&check->name, name);
    return check->name.text;
}

/* ---- records that cannot stand together */

static const struct rr *rr_first_read(const struct rrset *rrset)
{
    const struct rr *first = rrset->first;

    for (const struct rr *rr = first->next; rr; rr = rr->next)
        if (place_compare(rr->place, first->place) < 0)
            first = rr;
    return first;
}

static const struct rr *rr_last_read(const struct rrset *rrset)
{
    const struct rr *last = rrset->first;

    for (const struct rr *rr = last->next; rr; rr = rr->next)
        if (place_compare(rr->place, last->place) > 0)
            last = rr;
    return last;
}

/* The types of which an owner has one record; NULL for all others. */
static const char *singleton_mnemonic(uint16_t type)
{
    switch (type) {
    case RECORD_SOA:
        return "SOA";
    case RECORD_CNAME:
        return "CNAME";
    case RECORD_DNAME:
        return "DNAME";
    case RECORD_RESINFO:
        return "RESINFO";
    default:
        return NULL;
    }
}

static void check_singleton(struct check *check, const struct node *node,
                            const struct rrset *rrset)
{
    const char *type = singleton_mnemonic(rrset->type);
    const struct rr *first;

    if (!type || !rrset->first->next)
        return;
    first = rr_first_read(rrset);
    for (const struct rr *rr = rrset->first; rr; rr = rr->next) {
        if (rr == first)
            continue;
        check->result = diag_error(
            check->diag, rr->place,
            rrset->type == RECORD_SOA ? "duplicate-soa" : "duplicate-singleton",
            "'%s' has another %s already, and can have one only; remove one "
            "of them",
            name_shown(check, node->owner), type);
        diag_note(check->diag, first->place, "the other %s is here", type);
    }
}

/* In octets, with what named stores beside each record. */
static size_t rrset_size(const struct rrset *rrset, size_t *count)
{
    size_t overhead = rrset->type == RECORD_RRSIG ? 3 : 2;
    size_t size = 0;

    *count = 0;
    for (const struct rr *rr = rrset->first; rr; rr = rr->next) {
        size += rr->data.length + overhead;
        ++*count;
    }
    return size;
}

static void check_size(struct check *check, const struct node *node,
                       const struct rrset *rrset)
{
    size_t count;
    size_t size = rrset_size(rrset, &count);

    if (count > MOST_RECORDS)
        check->result = diag_error(
            check->diag, rr_last_read(rrset)->place, "too-many-records",
            "'%s' has %zu records of one type, and named takes %d "
            "(max-records-per-type); remove some",
            name_shown(check, node->owner), count, MOST_RECORDS);
    if (size > MOST_OCTETS)
        check->result = diag_error(
            check->diag, rr_last_read(rrset)->place, "rrset-too-large",
            "the records of one type of '%s' are %zu octets, and named takes "
            "%u; remove some",
            name_shown(check, node->owner), size, MOST_OCTETS);
}

static void check_type_count(struct check *check, const struct node *node)
{
    size_t count = 0;

    for (const struct rrset *rrset = node->rrsets; rrset; rrset = rrset->next) {
        if (rrset_is_nsec3(rrset) || ++count <= MOST_TYPES)
            continue;
        check->result =
            diag_error(check->diag, rrset->first->place, "too-many-types",
                       "'%s' has records of more than %d types, and named "
                       "takes no more (max-types-per-name); remove some",
                       name_shown(check, node->owner), MOST_TYPES);
        return;
    }
}

/* RFC 4034 section 3 and 4, RFC 2535 section 2.3.5. */
static bool stands_beside_alias(const struct rrset *rrset)
{
    switch (rrset->type) {
    case RECORD_CNAME:
    case RECORD_SIG:
    case RECORD_KEY:
    case RECORD_RRSIG:
    case RECORD_NSEC:
    case RECORD_NSEC3:
        return true;
    default:
        return false;
    }
}

static void check_alias(struct check *check, const struct node *node)
{
    const struct rrset *alias = node_find(node, RECORD_CNAME);
    const struct rrset *other = node->rrsets;

    while (alias && other && stands_beside_alias(other))
        other = other->next;
    if (!alias || !other)
        return;
    check->result = diag_error(
        check->diag, alias->first->place, "cname-and-other-data",
        "'%s' has a CNAME and other data; remove the one or the other",
        name_shown(check, node->owner));
    diag_note(check->diag, other->first->place, "the other data are here");
}

static void check_wildcard(struct check *check, const struct node *node)
{
    const struct rrset *servers = node_find(node, RECORD_NS);

    if (!servers || node->owner.octets[0] != 1 || node->owner.octets[1] != '*')
        return;
    for (const struct rr *rr = servers->first; rr; rr = rr->next)
        check->result =
            diag_error(check->diag, rr->place, "ns-owner-is-wildcard",
                       "a wildcard, '%s', cannot be delegated; name the zones",
                       name_shown(check, node->owner));
}

static void check_node(struct check *check, const struct node *node)
{
    for (const struct rrset *rrset = node->rrsets; rrset; rrset = rrset->next) {
        check_singleton(check, node, rrset);
        check_size(check, node, rrset);
    }
    check_type_count(check, node);
    check_alias(check, node);
    check_wildcard(check, node);
}

/* ---- what the apex must have */

static void check_apex(struct check *check)
{
    const struct node *apex = check->set->top;
    const struct place whole = {check->file, 0, 0};

    if (!node_find(apex, RECORD_SOA))
        check->result = diag_error(check->diag, whole, "missing-soa",
                                   "the zone '%s' has no SOA record; add one, "
                                   "or say --fragment for a piece of a zone",
                                   name_shown(check, apex->owner));
    if (!node_find(apex, RECORD_NS))
        check->result =
            diag_error(check->diag, whole, "missing-ns",
                       "the zone '%s' has no NS record; add its name servers",
                       name_shown(check, apex->owner));
}

/* One hash that is known, SHA-1, is enough (RFC 5155 section 11). */
static void check_nsec3param(struct check *check)
{
    const struct rrset *rrset = node_find(check->set->top, RECORD_NSEC3PARAM);

    if (!rrset)
        return;
    for (const struct rr *rr = rrset->first; rr; rr = rr->next)
        if (rr->data.length == 0 || rr->data.octets[0] == 1)
            return;
    check->result =
        diag_error(check->diag, rrset->last->place, "nsec3-hash-not-supported",
                   "there is no NSEC3PARAM with a hash algorithm that named "
                   "knows; sign the zone with 1");
}

/* Records for the parent zone (RFC 7344), which named holds against the
 * zone's DNSKEYs. */
struct parent_copy {
    uint16_t type;
    size_t algorithm;    /* where the data have it */
    uint8_t deletion[5]; /* RFC 8078 section 4 */
};

static const struct parent_copy parent_copies[] = {
    {RECORD_CDS, 2, {0, 0, 0, 0, 0}},
    {RECORD_CDNSKEY, 3, {0, 0, 3, 0, 0}},
};

static bool is_deletion(const struct parent_copy *copy, const struct rr *rr)
{
    return rr->data.length == sizeof copy->deletion &&
           memcmp(rr->data.octets, copy->deletion, sizeof copy->deletion) == 0;
}

static void key_algorithms(const struct node *apex, bool algorithms[256])
{
    const struct rrset *keys = node_find(apex, RECORD_DNSKEY);

    for (const struct rr *rr = keys ? keys->first : NULL; rr; rr = rr->next)
        if (rr->data.length > 3)
            algorithms[rr->data.octets[3]] = true;
}

static void check_parent_copy(struct check *check,
                              const struct parent_copy *copy,
                              const struct rrset *rrset)
{
    const struct rr *deletion = NULL, *other = NULL;
    bool algorithms[256] = {false};

    key_algorithms(check->set->top, algorithms);
    for (const struct rr *rr = rrset->first; rr; rr = rr->next) {
        if (is_deletion(copy, rr)) {
            deletion = rr;
            continue;
        }
        other = rr;
        if (rr->data.length > copy->algorithm &&
            !algorithms[rr->data.octets[copy->algorithm]])
            check->result =
                diag_error(check->diag, rr->place, "cds-without-dnskey",
                           "the zone has no DNSKEY of this algorithm; add the "
                           "key or remove the record");
    }
    if (!deletion || !other)
        return;
    check->result = diag_error(
        check->diag, deletion->place, "cds-deletion-not-alone",
        "a record that asks for the removal of all DS records stands alone; "
        "remove it or the others");
    diag_note(check->diag, other->place, "another one is here");
}

static void check_parent_copies(struct check *check)
{
    for (size_t i = 0; i < sizeof parent_copies / sizeof parent_copies[0];
         i++) {
        const struct rrset *rrset =
            node_find(check->set->top, parent_copies[i].type);

        if (rrset)
            check_parent_copy(check, &parent_copies[i], rrset);
    }
}

int zone_check(struct diag *diag, const struct recordset *set, const char *file)
{
    struct check check = {.diag = diag, .set = set, .file = file};

    strbuf_init(&check.name, diag->arena);
    check_apex(&check);
    check_nsec3param(&check);
    check_parent_copies(&check);
    for (size_t i = 0; i < set->node_count; i++)
        check_node(&check, set->nodes[i]);
    if (zone_targets_check(diag, set) != 0)
        check.result = -1;
    return check.result;
}
