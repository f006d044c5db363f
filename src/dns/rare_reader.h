/*
 * A record's tokens on their way to octets.
 *
 * Each of these functions reads what stands at the next token, or the next
 * ones, puts its octets and moves on.  On failure it returns false, why says
 * what is wrong, and at stays where it is.
 */
#ifndef DNS_RARE_READER_H
#define DNS_RARE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "dns/name.h"
#include "dns/rare_rdata.h"

struct rare_reader {
    const struct rare_token *tokens;
    size_t count;
    size_t at;
    struct name origin;
    struct strbuf octets;
    const char *why;
};

/* Always false. */
bool rare_refuse(struct rare_reader *reader, const char *why);

static inline bool rare_at_end(const struct rare_reader *reader)
{
    return reader->at == reader->count;
}

/* The next token; NULL, refused, where there is none, or where it stands in
 * quotes and must not. */
const struct rare_token *rare_peek(struct rare_reader *reader);
const struct rare_token *rare_peek_bare(struct rare_reader *reader);

/* As rare_peek_bare, into a buffer and with a NUL; refuses what is longer. */
bool rare_peek_text(struct rare_reader *reader, char *buffer, size_t size);

/* Moves behind the token; always true. */
bool rare_pass(struct rare_reader *reader);

/* Is text the token, whatever its case? */
bool rare_token_is(const struct rare_token *token, const char *text);

/* Digits alone, up to UINT32_MAX. */
bool rare_digits(const char *text, size_t length, uint32_t *number);

/* The same as strtol has it: behind white space and a sign.  What is negative
 * is no number of a field, but -0 is. */
bool rare_signed_digits(const char *text, size_t length, uint32_t *number);

/* A number in the order of the network, in size octets. */
void rare_put(struct rare_reader *reader, uint32_t number, size_t size);

/* A number of at most size octets; *number may be NULL. */
bool rare_read_number(struct rare_reader *reader, size_t size,
                      uint32_t *number);
bool rare_read_name(struct rare_reader *reader);
bool rare_read_quotable_name(struct rare_reader *reader);
bool rare_read_address(struct rare_reader *reader, int family);

/* Characters with \DDD and \X undone: behind their length, or bare. */
bool rare_read_string(struct rare_reader *reader);
bool rare_read_long_string(struct rare_reader *reader);

/* The same for a part of a token. */
bool rare_put_unescaped(struct rare_reader *reader, const char *text,
                        size_t length);

/* Hex digits of the next token, or of all that are left. */
bool rare_read_hex_token(struct rare_reader *reader);
bool rare_read_hex(struct rare_reader *reader);

bool rare_read_base64_token(struct rare_reader *reader);
bool rare_read_base64(struct rare_reader *reader);
bool rare_put_base64(struct rare_reader *reader, const char *text,
                     size_t length);

/* Unpadded base32 with the extended hex alphabet (RFC 4648 section 7). */
bool rare_read_base32_token(struct rare_reader *reader);

/* The value of a hex digit, or -1. */
int rare_hex_value(char digit);

/* Bits are counted from the highest of the first octet. */
void rare_set_bit(uint8_t *bits, unsigned at);

/* Octets up to the last that is not zero. */
size_t rare_used_octets(const uint8_t *octets, size_t length);

/* Octet at that place, counted from the first that was put. */
static inline uint8_t rare_octet(const struct rare_reader *reader, size_t at)
{
    return (uint8_t)reader->octets.text[at];
}

#endif
