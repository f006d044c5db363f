/*
 * What the NS, MX and SRV records of a zone point to, where it lies in the
 * zone itself: it must have an address there, and must not be an alias.
 *
 *     example.com.      NS   ns.example.com.       an error without address
 *     sub.example.com.  NS   ns.sub.example.com.   a warning without glue
 *     example.com.      MX   10 mail.example.com.  a warning without address
 *
 * It is an error where named refuses the zone, a warning where named logs it.
 * What named leaves alone is left alone: targets of other zones, records at
 * and below a zone cut, and an apex NS whose target lies below one.
 */
#ifndef DNS_ZONE_TARGETS_H
#define DNS_ZONE_TARGETS_H

struct diag;
struct recordset;

/* Reports all; returns -1 when there is an error.  The set is sealed and has
 * an apex. */
int zone_targets_check(struct diag *diag, const struct recordset *set);

#endif
