/*
 * Answers from zones as an authoritative server gives them that is not asked
 * to recurse (RFC 1034 section 4.3.2, RFC 2308, RFC 4592, RFC 6672): what
 * named 9.18 answers when it serves the same zones in one view.
 *
 * As named does, it follows aliases within the zone of the name that was asked
 * for, eleven of them, and to no other zone: that is RESPONSE_ALIAS, whether
 * the other zone is served here or not.
 */
#ifndef DNS_ZONE_RESOLVER_H
#define DNS_ZONE_RESOLVER_H

#include <stddef.h>

#include "dns/resolver.h"

struct arena;
struct recordset;

/* The zones of one view. */
struct zone_resolver {
    const struct recordset **zones; /* apexes in canonical order */
    size_t count;
};

/* sets are lent, each sealed and with an apex, none twice; the array of them
 * is not kept. */
void zone_resolver_init(struct zone_resolver *zones, struct arena *arena,
                        const struct recordset *const *sets, size_t count);

/* A resolver over the zones, which are lent. */
struct resolver zone_resolver(struct zone_resolver *zones);

#endif
