/* The service parameters of SVCB and HTTPS records (RFC 9460, RFC 9461). */
#ifndef DNS_RARE_SVCB_H
#define DNS_RARE_SVCB_H

#include <stdbool.h>

struct rare_reader;

/* All tokens that are left, as key, key=value or key="value", none being
 * fine.  The octets are in the order of the keys. */
bool rare_read_service_parameters(struct rare_reader *reader);

/* Are the octets of the reader the data of such a record?  Their name is in
 * lower case then. */
bool rare_fold_service_binding(struct rare_reader *reader);

#endif
