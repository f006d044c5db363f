/*
 * A zone of the plan as a master file, made to be read in review: the apex
 * first, then groups of records, each under the reason for it.
 */
#ifndef WRITE_ZONE_WRITER_H
#define WRITE_ZONE_WRITER_H

#include "plan/plan.h"

struct arena;
struct strbuf;

/* The first line of every file that the program writes, after the mark of a
 * comment.  A file without it belongs to somebody else. */
#define WRITTEN_BY_US "Written by ocszone; changes made in this file are lost."

/* What goes into the file of a zone of somebody else, who includes it: each
 * record with its own TTL and with names absolute, and no SOA, so that it says
 * the same wherever it is included and changes nothing of what stands behind.
 * path: of the file, for the $INCLUDE that the comment shows. */
void zone_writer_write_fragment(struct arena *arena, struct strbuf *buf,
                                const struct plan_zone *zone, const char *path,
                                const char *head);

/* head: the template zone.head.  Relies on nothing but the plan: the same
 * zone and serial give the same bytes. */
void zone_writer_write(struct arena *arena, struct strbuf *buf,
                       const struct plan_zone *zone, uint32_t ttl_seconds,
                       uint32_t serial, const char *head);

#endif
