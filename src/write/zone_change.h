/*
 * How the records of a zone change, and which changes are too bad to be meant.
 *
 * A record is added or removed with its TTL and data; the serial of the SOA
 * counts for nothing.  It is deleted where nothing takes its place: of three
 * addresses that become one other, two are deleted.
 */
#ifndef WRITE_ZONE_CHANGE_H
#define WRITE_ZONE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

struct recordset;

struct zone_change {
    size_t added;
    size_t removed;
    /* Without the SOA: */
    size_t old_records;
    size_t deleted;
    size_t old_services; /* SRV records */
    size_t new_services;
};

/* Both sets are sealed. */
void zone_change_find(struct zone_change *change, const struct recordset *old,
                      const struct recordset *new);

bool zone_change_is_none(const struct zone_change *change);

/* More than a third is deleted of this many records, or more of them. */
#define ZONE_CHANGE_LEAST_RECORDS 10

bool zone_change_deletes_much(const struct zone_change *change);
bool zone_change_deletes_services(const struct zone_change *change);

#endif
