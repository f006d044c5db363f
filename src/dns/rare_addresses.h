/* Addresses other than those of record_types, and where packets go. */
#ifndef DNS_RARE_ADDRESSES_H
#define DNS_RARE_ADDRESSES_H

#include <stdbool.h>

struct rare_reader;

bool rare_read_nsap(struct rare_reader *reader);    /* 0x47.0005 */
bool rare_read_atma(struct rare_reader *reader);    /* 39.246f, +61.2000 */
bool rare_read_locator(struct rare_reader *reader); /* 2001:db8:0:1 */
bool rare_read_eui_48(struct rare_reader *reader);  /* 00-00-5e-00-53-2a */
bool rare_read_eui_64(struct rare_reader *reader);
bool rare_read_a6(struct rare_reader *reader); /* 64 ::1 subnet.example. */

/* Of IPSECKEY: the kind of gateway, the algorithm, the gateway. */
bool rare_read_gateway(struct rare_reader *reader);
/* Of AMTRELAY: discovery, the kind of relay, the relay. */
bool rare_read_relay(struct rare_reader *reader);

/* Of APL: 1:192.0.2.0/24 !2:2001:db8::/32, or none. */
bool rare_read_prefixes(struct rare_reader *reader);
/* Of WKS: protocol and ports, by name or number. */
bool rare_read_services(struct rare_reader *reader);

#endif
