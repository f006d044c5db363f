/*
 * The records of a zone, as the plan has them and as a text has them.
 */
#ifndef WRITE_ZONE_RECORDS_H
#define WRITE_ZONE_RECORDS_H

#include "plan/plan.h"

struct arena;
struct recordset;

/* What zone_writer_write() would have a server load, with the site's own
 * records; or what zone_writer_write_fragment() adds to a zone of others,
 * which has no SOA.  The set is started and sealed. */
void zone_records_plan(struct recordset *set, struct arena *arena,
                       const struct plan_zone *zone, uint32_t ttl_seconds,
                       uint32_t serial);

/* Reads a text that is there, of a zone or, in mode include, of a piece of
 * one; returns -1 after an error, which diag has, and
 * set what could be read.  file is shown, and where it includes from. */
int zone_records_read(struct recordset *set, struct arena *arena,
                      struct diag *diag, const struct plan_zone *zone,
                      const char *file, const char *text, size_t length);

/* The serial of the zone's one SOA; false where there is none, or more. */
bool zone_records_serial(const struct recordset *set, uint32_t *serial);

/*
 * A number that is the same whenever the records are, their order and the
 * serial of the SOA apart, on every machine and in every version: FNV-1a of
 * 64 bits, folded, over owner, type, TTL and data in canonical order.  Sorts
 * the set.
 */
uint32_t zone_records_hash(struct recordset *set);

#endif
