/*
 * The data of records whose types record_types does not have.
 *
 * They are read field by field, as strictly as named 9.18 reads them, and
 * written by libldns, which is not believed: what it has written is read again
 * and compared.  Where it has no text for the data, or one that says something
 * else, they are written as RFC 3597 has it.
 */
#ifndef DNS_RARE_RDATA_H
#define DNS_RARE_RDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"
#include "dns/record.h"

struct arena;
struct strbuf;

/* A token of the data, as it stands in the file, without its quotes.  Of
 * key="value" (SVCB, HTTPS) the second one is quoted, and lies right behind
 * the first in the same text. */
struct rare_token {
    const char *text;
    size_t length;
    bool is_quoted;
};

/* The number of a type that named 9.18 knows by this mnemonic (any case), or
 * of TYPEnnn; false when there is none.  The types of record_types are not
 * among the mnemonics; those that rare_type_is_refused are. */
bool rare_type_by_mnemonic(const char *mnemonic, size_t length, uint16_t *type);

/* The mnemonic, or NULL. */
const char *rare_type_mnemonic(uint16_t type);

/* Is it a type of questions and of transactions (OPT, TSIG, ANY, ...), or
 * obsolete (MD, MF), which no zone can have? */
bool rare_type_is_refused(uint16_t type);

struct rare_rdata {
    struct record_data data; /* names in lower case */
    uint16_t covers;         /* type that an RRSIG (or SIG) covers */
};

#define RARE_MOST_OCTETS 65535

/*
 * Reads the data of a type that is not in record_types, in its own syntax or
 * as RFC 3597 has it (\# 4 0a000001), into octets, which have room for
 * RARE_MOST_OCTETS.  Relative names are completed with origin; the arena keeps
 * nothing.  On failure returns false, *why says in a few words what is wrong
 * and *at which token it is (count: behind the last one).
 */
bool rare_rdata_read(struct arena *arena, uint16_t type,
                     const struct rare_token *tokens, size_t count,
                     struct name origin, uint8_t *octets,
                     struct rare_rdata *rdata, const char **why, size_t *at);

/* Adds the mnemonic of any type, also of those in record_types, or TYPEnnn. */
void rare_type_write(struct strbuf *text, uint16_t type);

/* Adds the data of any type: record_types, or rare_rdata_write(). */
void rare_data_write(struct strbuf *text, uint16_t type,
                     struct record_data data);

/* Adds data that were read in master-file syntax, in one line, names absolute;
 * as RFC 3597 has it where libldns has no such text. */
void rare_rdata_write(struct strbuf *text, uint16_t type,
                      struct record_data data);

#endif
