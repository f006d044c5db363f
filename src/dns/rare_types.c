#include "dns/rare_types.h"

#include <string.h>
#include <strings.h>

#include "dns/rare_rdata.h"
#include "dns/record.h"

/* By number. */
static const struct rare_type rare_types[] = {
    {3, 0, "MD", {RARE_NAME}},
    {4, 0, "MF", {RARE_NAME}},
    {7, 7, "MB", {RARE_NAME}},
    {8, 8, "MG", {RARE_NAME}},
    {9, 9, "MR", {RARE_NAME}},
    {10, 0, "NULL", {RARE_NONE}},
    {11, 11, "WKS", {RARE_ADDRESS_4, RARE_SERVICES}},
    {13, 13, "HINFO", {RARE_STRING, RARE_STRING}},
    {14, 14, "MINFO", {RARE_NAME, RARE_NAME}},
    {17, 17, "RP", {RARE_NAME, RARE_NAME}},
    {18, 18, "AFSDB", {RARE_NUMBER_16, RARE_NAME}},
    {19, 19, "X25", {RARE_DIGIT_STRING}},
    {20, 20, "ISDN", {RARE_STRING, RARE_STRING_IF_ANY}},
    {21, 21, "RT", {RARE_NUMBER_16, RARE_NAME}},
    {22, 22, "NSAP", {RARE_NSAP}},
    {23, 12, "NSAP-PTR", {RARE_NAME}},
    {24,
     24,
     "SIG",
     {RARE_TYPE, RARE_ALGORITHM, RARE_NUMBER_8, RARE_NUMBER_32, RARE_TIME,
      RARE_TIME, RARE_NUMBER_16, RARE_NAME, RARE_BASE64}},
    {25, 25, "KEY", {RARE_KEY_FLAGS, RARE_PROTOCOL, RARE_ALGORITHM, RARE_KEY}},
    {26, 26, "PX", {RARE_NUMBER_16, RARE_NAME, RARE_NAME}},
    {27, 27, "GPOS", {RARE_STRING, RARE_STRING, RARE_STRING}},
    {29, 29, "LOC", {RARE_LOCATION}},
    {30, 0, "NXT", {RARE_NAME, RARE_NXT_TYPES}},
    {31, 31, "EID", {RARE_HEX}},
    {32, 32, "NIMLOC", {RARE_HEX}},
    {34, 0, "ATMA", {RARE_ATMA}},
    {35,
     35,
     "NAPTR",
     {RARE_NUMBER_16, RARE_NUMBER_16, RARE_STRING, RARE_STRING, RARE_REGEXP,
      RARE_NAME}},
    {36, 36, "KX", {RARE_NUMBER_16, RARE_NAME}},
    {37,
     37,
     "CERT",
     {RARE_CERT_TYPE, RARE_NUMBER_16, RARE_ALGORITHM, RARE_BASE64}},
    {38, 0, "A6", {RARE_A6}},
    {39, 39, "DNAME", {RARE_NAME}},
    {40,
     0,
     "SINK",
     {RARE_NUMBER_8, RARE_NUMBER_8, RARE_NUMBER_8, RARE_BASE64_IF_ANY}},
    {41, 0, "OPT", {RARE_NONE}},
    {42, 42, "APL", {RARE_PREFIXES}},
    {43,
     43,
     "DS",
     {RARE_NUMBER_16, RARE_ALGORITHM, RARE_DS_DIGEST_TYPE, RARE_DS_DIGEST}},
    {44, 44, "SSHFP", {RARE_NUMBER_8, RARE_NUMBER_8, RARE_SSHFP_DIGEST}},
    {45, 45, "IPSECKEY", {RARE_NUMBER_8, RARE_GATEWAY, RARE_BASE64}},
    {46,
     46,
     "RRSIG",
     {RARE_TYPE, RARE_ALGORITHM, RARE_NUMBER_8, RARE_NUMBER_32,
      RARE_TIME_OR_SECONDS, RARE_TIME_OR_SECONDS, RARE_NUMBER_16, RARE_SIGNER,
      RARE_BASE64}},
    {47, 47, "NSEC", {RARE_NAME, RARE_TYPES}},
    {48,
     48,
     "DNSKEY",
     {RARE_KEY_FLAGS, RARE_PROTOCOL, RARE_ALGORITHM, RARE_BASE64}},
    {49, 49, "DHCID", {RARE_BASE64}},
    {50,
     50,
     "NSEC3",
     {RARE_HASH, RARE_NUMBER_8, RARE_NUMBER_16, RARE_SALT, RARE_NEXT_HASH,
      RARE_TYPES_IF_ANY}},
    {51,
     51,
     "NSEC3PARAM",
     {RARE_HASH, RARE_NUMBER_8, RARE_NUMBER_16, RARE_SALT}},
    {52, 52, "TLSA", {RARE_NUMBER_8, RARE_NUMBER_8, RARE_NUMBER_8, RARE_HEX}},
    {53, 53, "SMIMEA", {RARE_NUMBER_8, RARE_NUMBER_8, RARE_NUMBER_8, RARE_HEX}},
    {55, 55, "HIP", {RARE_HOST_KEY, RARE_NAMES}},
    {56, 99, "NINFO", {RARE_STRINGS}},
    {57,
     25,
     "RKEY",
     {RARE_NO_KEY_FLAGS, RARE_PROTOCOL, RARE_ALGORITHM, RARE_BASE64}},
    {58, 58, "TALINK", {RARE_NAME, RARE_NAME}},
    {59,
     59,
     "CDS",
     {RARE_NUMBER_16, RARE_ALGORITHM, RARE_DS_DIGEST_TYPE, RARE_DS_DIGEST}},
    {60,
     60,
     "CDNSKEY",
     {RARE_KEY_FLAGS, RARE_PROTOCOL, RARE_ALGORITHM, RARE_BASE64}},
    {61, 61, "OPENPGPKEY", {RARE_BASE64}},
    {62, 62, "CSYNC", {RARE_NUMBER_32, RARE_NUMBER_16, RARE_TYPES_IF_ANY}},
    {63,
     63,
     "ZONEMD",
     {RARE_NUMBER_32, RARE_NUMBER_8, RARE_NUMBER_8, RARE_ZONEMD_DIGEST}},
    {64,
     64,
     "SVCB",
     {RARE_NUMBER_16, RARE_QUOTABLE_NAME, RARE_SERVICE_PARAMETERS}},
    {65,
     65,
     "HTTPS",
     {RARE_NUMBER_16, RARE_QUOTABLE_NAME, RARE_SERVICE_PARAMETERS}},
    {66, 0, "DSYNC", {RARE_TYPE, RARE_SCHEME, RARE_NUMBER_16, RARE_NAME}},
    {67, 49, "HHIT", {RARE_BASE64}},
    {68, 49, "BRID", {RARE_BASE64}},
    {99, 99, "SPF", {RARE_STRINGS}},
    {100, 0, "UINFO", {RARE_NONE}},
    {101, 0, "UID", {RARE_NONE}},
    {102, 0, "GID", {RARE_NONE}},
    {103, 0, "UNSPEC", {RARE_NONE}},
    {104, 104, "NID", {RARE_NUMBER_16, RARE_LOCATOR}},
    {105, 105, "L32", {RARE_NUMBER_16, RARE_ADDRESS_4}},
    {106, 106, "L64", {RARE_NUMBER_16, RARE_LOCATOR}},
    {107, 107, "LP", {RARE_NUMBER_16, RARE_NAME}},
    {108, 108, "EUI48", {RARE_EUI_48}},
    {109, 109, "EUI64", {RARE_EUI_64}},
    {249, 0, "TKEY", {RARE_NONE}},
    {250, 0, "TSIG", {RARE_NONE}},
    {251, 0, "IXFR", {RARE_NONE}},
    {252, 0, "AXFR", {RARE_NONE}},
    {253, 0, "MAILB", {RARE_NONE}},
    {254, 0, "MAILA", {RARE_NONE}},
    {255, 0, "ANY", {RARE_NONE}},
    {256,
     256,
     "URI",
     {RARE_NUMBER_16, RARE_NUMBER_16, RARE_QUOTED_LONG_STRING}},
    {257, 257, "CAA", {RARE_NUMBER_8, RARE_TAG, RARE_LONG_STRING}},
    {258, 99, "AVC", {RARE_STRINGS}},
    {259,
     0,
     "DOA",
     {RARE_NUMBER_32, RARE_NUMBER_32, RARE_NUMBER_8, RARE_STRING,
      RARE_DOA_DATA}},
    {260, 0, "AMTRELAY", {RARE_NUMBER_8, RARE_RELAY}},
    {261, 99, "RESINFO", {RARE_STRINGS}},
    {262, 99, "WALLET", {RARE_STRINGS}},
    {32768,
     43,
     "TA",
     {RARE_NUMBER_16, RARE_ALGORITHM, RARE_DS_DIGEST_TYPE, RARE_DS_DIGEST}},
    {32769,
     43,
     "DLV",
     {RARE_NUMBER_16, RARE_ALGORITHM, RARE_DS_DIGEST_TYPE, RARE_DS_DIGEST}},
    {65533,
     0,
     "KEYDATA",
     {RARE_TIME, RARE_TIME, RARE_TIME, RARE_KEY_FLAGS, RARE_PROTOCOL,
      RARE_ALGORITHM, RARE_MANAGED_KEY}},
};

#define RARE_TYPES_COUNT (sizeof(rare_types) / sizeof(rare_types[0]))

const struct rare_type *rare_type_by_number(uint16_t number)
{
    size_t low = 0, high = RARE_TYPES_COUNT;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rare_types[middle].number == number)
            return &rare_types[middle];
        if (rare_types[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool rare_type_from_number(const char *text, size_t length, uint16_t *type)
{
    unsigned number = 0;

    /* Five digits at most, leading zeros among them. */
    if (length < 5 || length > 9 || strncasecmp(text, "TYPE", 4) != 0)
        return false;
    for (size_t i = 4; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + (unsigned)(text[i] - '0');
    }
    *type = (uint16_t)number;
    return number <= UINT16_MAX;
}

bool rare_type_by_mnemonic(const char *mnemonic, size_t length, uint16_t *type)
{
    for (size_t i = 0; length > 0 && i < RARE_TYPES_COUNT; i++) {
        const char *known = rare_types[i].mnemonic;
        /* The first letter tells most of them apart. */
        if ((*known | 0x20) == (*mnemonic | 0x20) &&
            strncasecmp(known, mnemonic, length) == 0 &&
            strlen(known) == length) {
            *type = rare_types[i].number;
            return true;
        }
    }
    return rare_type_from_number(mnemonic, length, type) && *type != 0;
}

const char *rare_type_mnemonic(uint16_t type)
{
    const struct rare_type *known = rare_type_by_number(type);

    return known ? known->mnemonic : NULL;
}

bool rare_type_is_refused(uint16_t type)
{
    enum {
        FIRST_OF_QUESTIONS = 128, /* RFC 6895 section 3.1 */
        LAST_OF_QUESTIONS = 255,
        MD = 3,
        MF = 4,
        OPT = 41
    };

    return type == 0 || type == MD || type == MF || type == OPT ||
           (type >= FIRST_OF_QUESTIONS && type <= LAST_OF_QUESTIONS);
}
