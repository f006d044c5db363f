/* The substitution of a NAPTR record (RFC 3402 section 3.2): !ere!text!i */
#ifndef DNS_RARE_REGEXP_H
#define DNS_RARE_REGEXP_H

#include <stdbool.h>
#include <stddef.h>

/* The empty one is fine, too. */
bool rare_regexp_is_valid(const char *octets, size_t length);

#endif
