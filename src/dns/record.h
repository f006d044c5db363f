/*
 * Resource records, and the types that they can have.
 *
 * The data of a record is kept in wire form, names in it uncompressed and in
 * lower case, so that two records are the same when their octets are.  One
 * table, record_types, gives each type its mnemonic and its fields; reading,
 * writing and comparing follow from the fields.
 */
#ifndef DNS_RECORD_H
#define DNS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"

struct arena;
struct strbuf;

/* Numbers of the types that somebody here has rules for; those with fields are
 * in record_types. */
enum {
    RECORD_A = 1,
    RECORD_NS = 2,
    RECORD_CNAME = 5,
    RECORD_SOA = 6,
    RECORD_MB = 7,
    RECORD_MG = 8,
    RECORD_WKS = 11,
    RECORD_PTR = 12,
    RECORD_MINFO = 14,
    RECORD_MX = 15,
    RECORD_TXT = 16,
    RECORD_RP = 17,
    RECORD_AFSDB = 18,
    RECORD_RT = 21,
    RECORD_SIG = 24,
    RECORD_KEY = 25,
    RECORD_AAAA = 28,
    RECORD_SRV = 33,
    RECORD_A6 = 38,
    RECORD_DNAME = 39,
    RECORD_DS = 43,
    RECORD_RRSIG = 46,
    RECORD_NSEC = 47,
    RECORD_DNSKEY = 48,
    RECORD_NSEC3 = 50,
    RECORD_NSEC3PARAM = 51,
    RECORD_CDS = 59,
    RECORD_CDNSKEY = 60,
    RECORD_SVCB = 64,
    RECORD_HTTPS = 65,
    RECORD_DSYNC = 66,
    RECORD_ANY = 255, /* of questions alone */
    RECORD_RESINFO = 261
};

#define RECORD_MAX_FIELDS 7
#define RECORD_MAX_TTL    2147483647u /* RFC 2181 section 8 */

enum record_field {
    FIELD_NONE,
    FIELD_ADDRESS_4, /* dotted quad, four octets */
    FIELD_ADDRESS_6,
    FIELD_NUMBER_16,
    FIELD_NUMBER_32,
    FIELD_SECONDS, /* 32 bits, TTL syntax: 3600 or 1h */
    FIELD_NAME,
    FIELD_STRINGS /* one or more character strings, up to the end */
};

struct record_type {
    uint16_t number;
    const char *mnemonic;
    enum record_field fields[RECORD_MAX_FIELDS]; /* FIELD_NONE ends them */
    const char *nouns[RECORD_MAX_FIELDS];        /* "port", for messages */
};

struct record_data {
    const uint8_t *octets;
    uint16_t length;
};

struct record {
    struct name owner;
    uint32_t ttl_seconds;
    uint16_t type;
    struct record_data data;
};

/* NULL for a type that is not in the table. */
const struct record_type *record_type_by_number(uint16_t number);
const struct record_type *record_type_by_mnemonic(const char *mnemonic,
                                                  size_t length);

/* Adds the mnemonic, or TYPEnnn (RFC 3597) for an unknown one. */
void record_type_write(struct strbuf *buf, uint16_t type);

/* Adds the data in master-file syntax, names absolute; relative to origin
 * where origin is not absent.  A type that is not in the table is written as
 * RFC 3597 has it. */
void record_data_write(struct strbuf *buf, uint16_t type,
                       struct record_data data, struct name origin);

/* Makes names within the data lower case.  False when the data are not what
 * the fields of the type say, no less and no more. */
bool record_data_fold(const struct record_type *type, uint8_t *octets,
                      uint16_t length);

/* Order: number of the type first but SOA, NS before all others, then the
 * octets of the data. */
int record_data_compare(struct record_data one, struct record_data other);
int record_type_compare(uint16_t one, uint16_t other);
bool record_data_equal(struct record_data one, struct record_data other);

/* The name inside the data of an NS, CNAME, PTR, MX or SRV; absent for other
 * types. */
struct name record_target(const struct record *record);

/* The name that the data of an NS, CNAME, PTR or DNAME are. */
static inline struct name record_data_name(struct record_data data)
{
    return (struct name){data.octets, (uint8_t)data.length};
}

/* Data of the types that the plan needs, in the arena. */
struct record_data record_make_address(struct arena *arena,
                                       const uint8_t address[4]);
struct record_data record_make_name(struct arena *arena, struct name target);
struct record_data record_make_srv(struct arena *arena, uint16_t priority,
                                   uint16_t weight, uint16_t port,
                                   struct name target);
struct soa {
    struct name primary; /* MNAME */
    struct name contact; /* RNAME */
    uint32_t serial, refresh, retry, expire, minimum;
};
struct record_data record_make_soa(struct arena *arena, const struct soa *soa);

/* Octets of the five numbers at the end of an SOA, of which the serial is the
 * first. */
#define RECORD_SOA_NUMBERS 20

uint32_t record_soa_serial(struct record_data data);

/* The last field of an SOA: how long denials may be kept (RFC 2308). */
uint32_t record_soa_minimum(struct record_data data);

/* Port of an SRV record. */
uint16_t record_srv_port(const struct record *record);

/*
 * A TTL in seconds: digits, or digits with units as BIND has them (1w2d3h4m5s,
 * each unit once and in this order, upper or lower case).  False when it is
 * neither, or over RECORD_MAX_TTL.
 */
bool ttl_from_text(const char *text, size_t length, uint32_t *seconds);

/* The same as BIND has it in zone files: units in any order, more than once,
 * and any number of 32 bits, at most 63 characters in all. */
bool seconds_from_text(const char *text, size_t length, uint32_t *seconds);

/* Adds a TTL as people write it: 1h, 1d12h, 90s as 90. */
void ttl_write(struct strbuf *buf, uint32_t seconds);

/* Dotted quad: four decimal numbers, no leading zeros (inet_pton's rules). */
bool address_4_from_text(const char *text, uint8_t address[4]);

#endif
