/* Latitude, longitude, altitude and precisions of a LOC record (RFC 1876). */
#ifndef DNS_RARE_LOCATION_H
#define DNS_RARE_LOCATION_H

#include <stdbool.h>

struct rare_reader;

bool rare_read_location(struct rare_reader *reader);

#endif
