#include "write/zone_change.h"

#include <string.h>

#include "dns/recordset.h"

static const struct rrset *find_same(const struct node *node,
                                     const struct rrset *wanted)
{
    const struct rrset *rrset = node ? node->rrsets : NULL;

    while (rrset &&
           !(rrset->type == wanted->type && rrset->covers == wanted->covers))
        rrset = rrset->next;
    return rrset;
}

/* Order of records of one type; an SOA is the same with another serial. */
static int compare(uint16_t type, struct record_data one,
                   struct record_data other)
{
    size_t names = one.length - (size_t)RECORD_SOA_NUMBERS;

    if (type == RECORD_SOA && one.length == other.length &&
        one.length > RECORD_SOA_NUMBERS &&
        memcmp(one.octets, other.octets, names) == 0)
        return memcmp(one.octets + names + 4, other.octets + names + 4,
                      RECORD_SOA_NUMBERS - 4);
    return record_data_compare(one, other);
}

static size_t count_records(const struct rrset *rrset)
{
    size_t count = 0;

    for (const struct rr *rr = rrset ? rrset->first : NULL; rr; rr = rr->next)
        count++;
    return count;
}

/* How many records are in both; data are sorted. */
static size_t count_common(const struct rrset *old, const struct rrset *new)
{
    const struct rr *one = old->first, *other = new->first;
    size_t count = 0;

    if (old->ttl_seconds != new->ttl_seconds)
        return 0;
    while (one && other) {
        int order = compare(old->type, one->data, other->data);

        count += order == 0;
        if (order <= 0)
            one = one->next;
        if (order >= 0)
            other = other->next;
    }
    return count;
}

/* Either may be NULL. */
static void add_difference(struct zone_change *change, const struct rrset *old,
                           const struct rrset *new)
{
    uint16_t type = old ? old->type : new->type;
    size_t common = old && new ? count_common(old, new) : 0;
    size_t old_count = count_records(old);
    size_t new_count = count_records(new);

    change->added += new_count - common;
    change->removed += old_count - common;
    if (type == RECORD_SOA)
        return;
    change->old_records += old_count;
    if (old_count > new_count)
        change->deleted += old_count - new_count;
    if (type == RECORD_SRV) {
        change->old_services += old_count;
        change->new_services += new_count;
    }
}

void zone_change_find(struct zone_change *change, const struct recordset *old,
                      const struct recordset *new)
{
    *change = (struct zone_change){0};
    for (size_t i = 0; i < old->node_count; i++) {
        const struct node *node = recordset_find(new, old->nodes[i]->owner);

        for (const struct rrset *rrset = old->nodes[i]->rrsets; rrset;
             rrset = rrset->next)
            add_difference(change, rrset, find_same(node, rrset));
    }
    for (size_t i = 0; i < new->node_count; i++) {
        const struct node *node = recordset_find(old, new->nodes[i]->owner);

        for (const struct rrset *rrset = new->nodes[i]->rrsets; rrset;
             rrset = rrset->next)
            if (!find_same(node, rrset))
                add_difference(change, NULL, rrset);
    }
}

bool zone_change_is_none(const struct zone_change *change)
{
    return change->added == 0 && change->removed == 0;
}

bool zone_change_deletes_much(const struct zone_change *change)
{
    return change->old_records >= ZONE_CHANGE_LEAST_RECORDS &&
           change->deleted * 3 > change->old_records;
}

bool zone_change_deletes_services(const struct zone_change *change)
{
    return change->old_services > 0 && change->new_services == 0;
}
