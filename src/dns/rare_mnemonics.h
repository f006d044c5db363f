/* Numbers that have names, types and times among them. */
#ifndef DNS_RARE_MNEMONICS_H
#define DNS_RARE_MNEMONICS_H

#include <stdbool.h>
#include <stdint.h>

struct rare_reader;
struct rare_token;

bool rare_read_cert_type(struct rare_reader *reader);
bool rare_read_algorithm(struct rare_reader *reader);
bool rare_read_key_protocol(struct rare_reader *reader);
bool rare_read_ds_digest_type(struct rare_reader *reader);
bool rare_read_hash(struct rare_reader *reader);
bool rare_read_scheme(struct rare_reader *reader);

/* 256, 0x100 or ZONE|KSK; all of them zero. */
bool rare_read_key_flags(struct rare_reader *reader);
bool rare_read_no_key_flags(struct rare_reader *reader);

/* A mnemonic, TYPEnnn, or a number alone. */
bool rare_read_type(struct rare_reader *reader);
/* Any mnemonic, or TYPEnnn. */
bool rare_type_from_token(const struct rare_token *token, uint16_t *type);

/* YYYYMMDDHHMMSS; the seconds of 1970, too. */
bool rare_read_time(struct rare_reader *reader);
bool rare_read_time_or_seconds(struct rare_reader *reader);

#endif
