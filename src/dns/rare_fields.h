/*
 * The fields of rare types, read from text as strictly as named 9.18 reads
 * them.
 */
#ifndef DNS_RARE_FIELDS_H
#define DNS_RARE_FIELDS_H

#include <stdbool.h>

struct rare_reader;
struct rare_type;

/* Reads all fields; nothing may be left behind the last one. */
bool rare_fields_read(struct rare_reader *reader, const struct rare_type *type);

#endif
