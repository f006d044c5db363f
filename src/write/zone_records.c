#include "write/zone_records.h"

#include "dns/recordset.h"
#include "dns/zone_file.h"

static void add(struct recordset *set, const struct record *record)
{
    struct node *node = recordset_node(set, record->owner);
    const struct rr rr = {.data = record->data};

    if (node)
        recordset_add(set, node, record->type, 0, record->ttl_seconds, 0, &rr);
}

static void add_soa(struct recordset *set, struct arena *arena,
                    const struct plan_zone *zone, uint32_t ttl_seconds,
                    uint32_t serial)
{
    struct soa soa = zone->soa;
    struct record apex = {
        .owner = zone->apex, .ttl_seconds = ttl_seconds, .type = RECORD_SOA};

    soa.serial = serial;
    apex.data = record_make_soa(arena, &soa);
    add(set, &apex);
}

static void add_rrset(struct recordset *set, struct name owner,
                      const struct rrset *rrset, uint32_t ttl_seconds)
{
    struct node *node = recordset_node(set, owner);

    if (rrset->ttl_seconds != RECORDSET_NO_TTL)
        ttl_seconds = rrset->ttl_seconds;
    for (const struct rr *rr = rrset->first; node && rr; rr = rr->next)
        recordset_add(set, node, rrset->type, rrset->covers, ttl_seconds, 0,
                      rr);
}

static void add_base(struct recordset *set, const struct recordset *base,
                     uint32_t ttl_seconds)
{
    for (const struct node *node = base->top; node;
         node = recordset_next(base, node))
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next)
            add_rrset(set, node->owner, rrset, ttl_seconds);
}

void zone_records_plan(struct recordset *set, struct arena *arena,
                       const struct plan_zone *zone, uint32_t ttl_seconds,
                       uint32_t serial)
{
    recordset_init(set, arena, zone->apex);
    if (zone->mode != ZONE_INCLUDE)
        add_soa(set, arena, zone, ttl_seconds, serial);
    for (size_t i = 0; i < zone->count; i++)
        add(set, &zone->records[i].record);
    if (zone->base)
        add_base(set, zone->base, ttl_seconds);
    recordset_seal(set);
}

int zone_records_read(struct recordset *set, struct arena *arena,
                      struct diag *diag, const struct plan_zone *zone,
                      const char *file, const char *text, size_t length)
{
    bool is_piece = zone->mode == ZONE_INCLUDE;
    const struct zone_file_options options = {.zone = zone->apex,
                                              .is_fragment = is_piece,
                                              .refuses_out_of_zone = is_piece};

    return zone_file_read_text(arena, diag, file, text, length, &options, set);
}

bool zone_records_serial(const struct recordset *set, uint32_t *serial)
{
    const struct rrset *soa = node_find(set->top, RECORD_SOA);

    if (!soa || soa->first != soa->last)
        return false;
    *serial = record_soa_serial(soa->first->data);
    return true;
}

/* ---- hash */

static uint64_t hash_octets(uint64_t hash, const uint8_t *octets, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ octets[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t hash_number(uint64_t hash, uint32_t number)
{
    const uint8_t octets[] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16),
                              (uint8_t)(number >> 8), (uint8_t)number};

    return hash_octets(hash, octets, sizeof octets);
}

/* The serial of an SOA counts for nothing, wherever the names before it end. */
static uint64_t hash_data(uint64_t hash, uint16_t type, struct record_data data)
{
    size_t end = data.length;

    hash = hash_number(hash, data.length);
    if (type == RECORD_SOA && end >= RECORD_SOA_NUMBERS) {
        hash = hash_octets(hash, data.octets, end - RECORD_SOA_NUMBERS);
        return hash_octets(hash, data.octets + end - RECORD_SOA_NUMBERS + 4,
                           RECORD_SOA_NUMBERS - 4);
    }
    return hash_octets(hash, data.octets, end);
}

uint32_t zone_records_hash(struct recordset *set)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    recordset_sort(set);
    for (const struct node *node = set->top; node;
         node = recordset_next(set, node))
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next)
            for (const struct rr *rr = rrset->first; rr; rr = rr->next) {
                hash =
                    hash_octets(hash, node->owner.octets, node->owner.length);
                hash = hash_number(hash, rrset->type);
                hash = hash_number(hash, rrset->ttl_seconds);
                hash = hash_data(hash, rrset->type, rr->data);
            }
    return (uint32_t)(hash >> 32) ^ (uint32_t)hash;
}
