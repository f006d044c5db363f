/*
 * Where a name lies in a zone, as a server finds it (RFC 1034 section 4.3.2,
 * RFC 4592, RFC 6672).
 *
 *     example.com.       SOA NS        www.example.com      its own node
 *     sub.example.com.   NS            a.sub.example.com    below the cut, sub
 *     *.example.com.     A             b.example.com        the wildcard's
 *
 * The set is sealed and has an apex; the name lies at or below that.
 */
#ifndef DNS_ZONE_SPOT_H
#define DNS_ZONE_SPOT_H

#include <stdbool.h>

#include "dns/recordset.h"

struct zone_spot {
    /* The topmost node above the name that hides it: a zone cut, or the owner
     * of a DNAME; NULL when nothing does. */
    const struct node *cut;
    /* Of the name; or of the wildcard in its place, where nothing hides that;
     * NULL for no such name. */
    const struct node *node;
    bool is_wildcard;
};

struct zone_spot zone_spot_find(const struct recordset *zone, struct name name);

/* Is it the apex of another zone, which this one delegates? */
bool zone_cut_is_at(const struct recordset *zone, const struct node *node);

#endif
