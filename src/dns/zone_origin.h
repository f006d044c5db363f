/*
 * Which zone a file holds, when nobody says it.
 */
#ifndef DNS_ZONE_ORIGIN_H
#define DNS_ZONE_ORIGIN_H

#include <stddef.h>

#include "dns/name.h"

struct arena;

/*
 * The owner of the first SOA, where the text says it absolutely or below an
 * absolute $ORIGIN; else the last part of the path, less what such files are
 * called by (.zone, .db, .dns, .txt, or db. in front), where a dot is left in
 * it.  Absent where neither is there.
 */
struct name zone_origin_find(struct arena *arena, const char *path,
                             const char *text, size_t length);

#endif
