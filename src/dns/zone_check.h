/*
 * What named refuses, or warns of, in a zone as a whole, when every record of
 * it is well: no SOA or more than one, no NS, an NS, MX or SRV of the zone
 * whose target in the zone has no address, a CNAME beside other data, ...
 */
#ifndef DNS_ZONE_CHECK_H
#define DNS_ZONE_CHECK_H

struct diag;
struct recordset;

/*
 * Reports all; returns -1 when there is an error.  The set is sealed and has
 * an apex; file is where what is missing is missing.
 */
int zone_check(struct diag *diag, const struct recordset *set,
               const char *file);

#endif
