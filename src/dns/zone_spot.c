#include "dns/zone_spot.h"

#include <string.h>

/* NSEC3 records alone make no name that could be asked for. */
static bool node_is_nsec3(const struct node *node)
{
    const struct rrset *rrset = node->rrsets;

    if (!rrset || node->first_child || !node->parent)
        return false;
    while (rrset && rrset_is_nsec3(rrset))
        rrset = rrset->next;
    return !rrset;
}

/* NULL when the name does not exist. */
static const struct node *node_of(const struct recordset *zone,
                                  struct name name)
{
    const struct node *node = recordset_find(zone, name);

    return node && !node_is_nsec3(node) ? node : NULL;
}

/* Where name and those above it start, down to the apex; returns how many are
 * in front of the apex. */
static size_t labels_above(struct name name, struct name apex,
                           uint8_t offsets[NAME_MAX_OCTETS / 2 + 1])
{
    size_t count = 0, at = 0;

    for (; name.length - at > apex.length; at += name.octets[at] + 1u)
        offsets[count++] = (uint8_t)at;
    return count;
}

/* The next node above a name that has none.  As what is above a node is a
 * node, few of the many labels that a name may have are looked up. */
static const struct node *closest_encloser(const struct recordset *zone,
                                           struct name name)
{
    uint8_t offsets[NAME_MAX_OCTETS / 2 + 1];
    const struct node *closest = zone->top;
    size_t low = 1, high = labels_above(name, zone->top->owner, offsets);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint8_t at = offsets[middle];
        const struct node *node = node_of(
            zone, (struct name){name.octets + at, (uint8_t)(name.length - at)});

        if (node) {
            closest = node;
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return closest;
}

/* The wildcard that stands for names below a node, none of which is shorter. */
static const struct node *wildcard_below(const struct recordset *zone,
                                         const struct node *node)
{
    uint8_t octets[2 + NAME_MAX_OCTETS] = {1, '*'};

    memcpy(octets + 2, node->owner.octets, node->owner.length);
    return node_of(zone,
                   (struct name){octets, (uint8_t)(node->owner.length + 2)});
}

struct zone_spot zone_spot_find(const struct recordset *zone, struct name name)
{
    struct zone_spot spot = {.node = node_of(zone, name)};
    const struct node *above;

    if (spot.node) {
        above = spot.node->parent;
        spot.cut = above ? above->cut : NULL;
        return spot;
    }
    above = closest_encloser(zone, name);
    spot.cut = above->cut;
    spot.is_wildcard = true;
    if (!spot.cut)
        spot.node = wildcard_below(zone, above);
    return spot;
}

bool zone_cut_is_at(const struct recordset *zone, const struct node *node)
{
    return node != zone->top && node_find(node, RECORD_NS);
}
