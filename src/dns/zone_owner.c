#include <string.h>

#include "base/arena.h"
#include "dns/recordset.h"
#include "dns/zone_reader.h"

/*
 * named gathers the entries of one owner, told in the same letters, and takes
 * them in together when another one follows: within such a batch the first TTL
 * of an RRset holds, and of two batches that of the later.
 *
 *     sub     60 NS ns.sub      batch 1
 *     ns.sub  60 A  10.0.0.1    glue of batch 1, which goes on behind it
 *     sub     90 NS ns.other.   batch 1: 60 holds
 *     www     60 A  10.0.0.2    batch 2
 *     sub     30 NS ns.third.   batch 3: 30 holds for all NS of sub
 */

/* How many name servers of one owner are looked at to tell glue: which TTL
 * wins is all that hangs on it. */
#define MOST_NAME_SERVERS 100

/* As named has it: room for the data of a batch, and what has to be left of it
 * for those of one more record. */
#define BATCH_ROOM  (128 * 1024)
#define RECORD_ROOM 65512

/* Is it told in the very words of the last time? */
static bool is_told_again(const struct zone_owner *owner,
                          const struct zone_token *token, struct name origin)
{
    return owner->is_set && owner->text_length == token->length &&
           owner->origin.octets == origin.octets &&
           memcmp(owner->text, token->text, token->length) == 0;
}

/* named tells names apart by their letters' case where it gathers the entries
 * of one owner. */
static bool is_written_alike(const struct zone_owner *owner,
                             const struct zone_token *token, struct name origin)
{
    uint8_t one_octets[NAME_MAX_OCTETS], other_octets[NAME_MAX_OCTETS];
    struct name one, other;

    return name_parse(owner->text, owner->text_length, owner->origin,
                      NAME_AS_WRITTEN, one_octets, &one, NULL) == NAME_OK &&
           name_parse(token->text, token->length, origin, NAME_AS_WRITTEN,
                      other_octets, &other, NULL) == NAME_OK &&
           name_equal(one, other);
}

/* Few files write an owner in two ways, and so it is found out only where the
 * names are the same. */
static bool is_same(const struct zone_owner *owner,
                    const struct zone_token *token, struct name origin,
                    struct name name)
{
    return owner->is_set && name_equal(owner->name, name) &&
           is_written_alike(owner, token, origin);
}

/* Does one of the NS records that named has not taken in yet, those of the
 * current batch, name it? */
static bool is_glue(const struct zone_owner *current, struct name name)
{
    const struct rrset *servers =
        current->is_set ? node_find(current->node, RECORD_NS) : NULL;
    const struct rr *rr =
        servers && servers->batch == current->batch ? servers->first : NULL;

    for (int i = 0; rr && i < MOST_NAME_SERVERS; i++, rr = rr->next)
        if (name_equal(record_data_name(rr->data), name))
            return true;
    return false;
}

int zone_tell_full(struct zone_reader *reader)
{
    reader->is_full = true;
    return diag_error(reader->diag, zone_place(reader, &reader->token),
                      "zone-too-large",
                      "a zone can have %zu names, and records of %zu bytes; "
                      "what lies behind this is not read",
                      RECORDSET_MOST_NODES, RECORDSET_MOST_OCTETS);
}

int zone_find_node(struct zone_reader *reader, struct name owner,
                   struct node **node)
{
    struct name zone = reader->set->zone;

    *node = NULL;
    if (name_is_absent(zone) || name_is_within(owner, zone)) {
        *node = recordset_node(reader->set, owner);
        return *node ? 0 : zone_tell_full(reader);
    }
    if (reader->place && reader->told_out_of_zone)
        return 0;
    reader->told_out_of_zone = true;
    if (reader->refuses_out_of_zone)
        return diag_error(reader->diag, zone_place(reader, &reader->token),
                          "out-of-zone-record",
                          "'%s' does not lie in the zone '%s'; take it out",
                          zone_name_shown(reader, 0, owner),
                          zone_name_shown(reader, 1, zone));
    diag_warning(
        reader->diag, zone_place(reader, &reader->token), "out-of-zone-record",
        "'%s' does not lie in the zone '%s': its records are left out",
        zone_name_shown(reader, 0, owner), zone_name_shown(reader, 1, zone));
    return 0;
}

/* A new owner, of a new batch, in the place of the old one. */
static int change_owner(struct zone_reader *reader, struct zone_owner *owner,
                        struct name name)
{
    memcpy(owner->octets, name.octets, name.length);
    owner->name = (struct name){owner->octets, name.length};
    owner->is_set = true;
    owner->batch = ++reader->last_batch;
    owner->text = reader->token.text;
    owner->text_length = reader->token.length;
    owner->origin = reader->source->origin;
    return zone_find_node(reader, owner->name, &owner->node);
}

/* Glue that is the current owner itself, told in other case: named takes it in
 * before the entries of that owner, so that their TTLs hold. */
static void keep_ttls(struct zone_reader *reader, struct zone_source *source)
{
    struct rrset *rrset = source->current.node->rrsets;

    for (; rrset; rrset = rrset->next) {
        struct zone_kept_ttl *kept;

        if (rrset->batch != source->current.batch)
            continue;
        kept = ARENA_NEW(reader->arena, struct zone_kept_ttl);
        *kept = (struct zone_kept_ttl){rrset, rrset->ttl_seconds, source->kept};
        source->kept = kept;
    }
}

static void open_glue(struct zone_reader *reader, struct zone_source *source,
                      struct name name)
{
    source->gathered_before_glue = source->gathered;
    if (name_equal(source->current.name, name))
        keep_ttls(reader, source);
}

static void close_glue(struct zone_source *source)
{
    if (source->glue.is_set)
        source->gathered = source->gathered_before_glue;
    source->glue.is_set = false;
    for (; source->kept; source->kept = source->kept->next) {
        source->kept->rrset->ttl_seconds = source->kept->ttl_seconds;
        source->kept->rrset->batch = source->current.batch;
    }
}

int zone_set_owner(struct zone_reader *reader, struct zone_owner **owner)
{
    uint8_t octets[NAME_MAX_OCTETS];
    struct name name;

    *owner = zone_last_owner(reader->source);
    if (*owner && is_told_again(*owner, &reader->token, reader->source->origin))
        return 0;
    if (zone_read_name(reader, octets, &name) < 0)
        return -1;
    return zone_take_owner(reader, name, owner);
}

int zone_take_owner(struct zone_reader *reader, struct name name,
                    struct zone_owner **owner)
{
    struct zone_source *source = reader->source;
    const struct zone_token *token = &reader->token;

    *owner = zone_last_owner(source);
    if (*owner && is_told_again(*owner, token, source->origin))
        return 0;
    *owner = &source->glue;
    if (is_same(&source->glue, token, source->origin, name))
        return 0;
    close_glue(source);
    *owner = &source->current;
    if (is_same(&source->current, token, source->origin, name))
        return 0;
    if (is_glue(&source->current, name)) {
        *owner = &source->glue;
        open_glue(reader, source, name);
    } else {
        source->gathered = 0;
    }
    return change_owner(reader, *owner, name);
}

void zone_end_batches(struct zone_reader *reader, struct zone_source *source)
{
    source->current.batch = ++reader->last_batch;
    source->glue.batch = ++reader->last_batch;
    source->gathered = 0;
    source->kept = NULL;
}

void zone_gather(struct zone_reader *reader, uint16_t length)
{
    struct zone_source *source = reader->source;

    source->gathered += length;
    if (source->gathered > BATCH_ROOM - RECORD_ROOM)
        zone_end_batches(reader, source);
}

struct zone_owner *zone_last_owner(struct zone_source *source)
{
    if (source->glue.is_set)
        return &source->glue;
    return source->current.is_set ? &source->current : NULL;
}
