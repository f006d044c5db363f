/*
 * Which names of a record must be host names (RFC 952, RFC 1123 section 2.1):
 * what named checks by `check-names`, which fails for a primary zone.
 */
#ifndef DNS_HOST_NAMES_H
#define DNS_HOST_NAMES_H

#include <stdbool.h>

#include "dns/name.h"
#include "dns/record.h"

/* Are the labels letters, digits and hyphens, no hyphen at an end?  A first
 * label "*" is fine where wildcard says so.  The root is fine. */
bool host_name_is_valid(struct name name, bool wildcard);

/* May a record of that type have this owner? */
bool host_name_fits_owner(struct name owner, uint16_t type);

/* The name within the data of a record that must be a host name and is none,
 * or a mailbox that is none; absent when all is well. */
struct name host_name_find_bad(const struct record *record);

#endif
