/*
 * SOA serials: how the next follows from the one that a zone file carries.
 */
#ifndef WRITE_SERIAL_H
#define WRITE_SERIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The serial of a zone file that zone_writer_write() made, or of one that is
 * as plain: the first SOA in it, with its data in their order.  Lines may end
 * in CR LF.  False when there is none to be found. */
bool serial_from_zone(const char *text, size_t length, uint32_t *serial);

/*
 * Do two zone files that zone_writer_write() made say the same, comments and
 * layout apart?  It is enough for that writer's files, in which no string
 * holds a semicolon: a zone in general wants a reader.
 */
bool serial_same_records(const char *one, size_t one_length, const char *other,
                         size_t other_length);

/* One more, and never 0, which some servers take for "none". */
uint32_t serial_next(uint32_t serial);

/* Is one older than other in serial number arithmetic (RFC 1982 section
 * 3.2)?  Where that leaves it undefined the answer is no. */
bool serial_is_older(uint32_t one, uint32_t other);

#endif
