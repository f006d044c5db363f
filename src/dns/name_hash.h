/*
 * A hash of names, for tables of them.
 */
#ifndef DNS_NAME_HASH_H
#define DNS_NAME_HASH_H

#include <stdint.h>

#include "dns/name.h"

/* A seed from where two things lie in memory, which is not known to who wrote
 * a zone or topology: nobody can make names that all fall into one slot. */
uint64_t name_hash_seed(const void *one, const void *other);

/* name is not absent.  All bits of the hash depend on all octets. */
uint32_t name_hash(uint64_t seed, struct name name);

#endif
