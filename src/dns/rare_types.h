/*
 * The rare types: what named 9.18 knows beside record_types, and the fields
 * of their data.
 */
#ifndef DNS_RARE_TYPES_H
#define DNS_RARE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RARE_MAX_FIELDS 10

enum rare_field {
    RARE_NONE,
    RARE_NUMBER_8,
    RARE_NUMBER_16,
    RARE_NUMBER_32,
    RARE_NAME,
    RARE_SIGNER,        /* of RRSIG: a name of no more labels than it says */
    RARE_QUOTABLE_NAME, /* a name that may stand in quotes */
    RARE_ADDRESS_4,
    RARE_LOCATOR, /* 64 bits as four groups of hex digits */
    RARE_EUI_48,  /* hex pairs with hyphens */
    RARE_EUI_64,
    RARE_TYPE,      /* mnemonic of a type, or its number */
    RARE_CERT_TYPE, /* these have mnemonics, too */
    RARE_ALGORITHM,
    RARE_KEY_FLAGS,
    RARE_NO_KEY_FLAGS, /* as these, but all zero */
    RARE_PROTOCOL,
    RARE_DS_DIGEST_TYPE,
    RARE_HASH,
    RARE_SCHEME, /* of DSYNC */
    RARE_TIME,   /* YYYYMMDDHHMMSS */
    RARE_TIME_OR_SECONDS,
    RARE_STRING, /* one character string */
    RARE_STRING_IF_ANY,
    RARE_DIGIT_STRING,
    RARE_REGEXP, /* of NAPTR */
    RARE_TAG,    /* of CAA */
    RARE_SALT,
    RARE_NEXT_HASH,
    RARE_NSAP,
    RARE_ATMA,
    RARE_A6,
    RARE_LOCATION,
    RARE_GATEWAY,  /* of IPSECKEY, after its type and the algorithm */
    RARE_RELAY,    /* of AMTRELAY: discovery, type and relay */
    RARE_HOST_KEY, /* of HIP: algorithm, HIT and key */
    /* The rest take all tokens that are left. */
    RARE_STRINGS,
    RARE_LONG_STRING,
    RARE_QUOTED_LONG_STRING,
    RARE_NAMES, /* none, or more */
    RARE_TYPES, /* NSEC's bitmap */
    RARE_TYPES_IF_ANY,
    RARE_NXT_TYPES,
    RARE_HEX,
    RARE_DS_DIGEST, /* hex, as long as the octet before it says */
    RARE_SSHFP_DIGEST,
    RARE_ZONEMD_DIGEST,
    RARE_BASE64,
    RARE_BASE64_IF_ANY,
    RARE_KEY, /* base64, where the flags do not say "no key" */
    RARE_MANAGED_KEY,
    RARE_DOA_DATA,
    RARE_PREFIXES, /* of APL */
    RARE_SERVICES, /* of WKS: protocol and ports */
    RARE_SERVICE_PARAMETERS
};

struct rare_type {
    uint16_t number;
    /* A type that libldns can print and whose data look the same; 0 where it
     * has none, or has it wrong. */
    uint16_t printed_as;
    const char *mnemonic;
    enum rare_field fields[RARE_MAX_FIELDS]; /* RARE_NONE ends them; a type
                                              * without any has no syntax of
                                              * its own */
};

/* NULL when there is none. */
const struct rare_type *rare_type_by_number(uint16_t number);

/* TYPEnnn (RFC 3597 section 5), TYPE0 included. */
bool rare_type_from_number(const char *text, size_t length, uint16_t *type);

#endif
