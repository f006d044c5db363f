/*
 * SOA serials: how the next follows from the one that a zone has.
 */
#ifndef WRITE_SERIAL_H
#define WRITE_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

enum serial_mode {
    SERIAL_INCREMENT, /* one more */
    SERIAL_DATE,      /* YYYYMMDDnn */
    SERIAL_UNIXTIME,  /* seconds since 1970 */
    SERIAL_HASH,      /* of the records: tells versions apart, no order */
    SERIAL_NUMBER     /* what the user says */
};

struct serial_policy {
    enum serial_mode mode;
    uint32_t number;  /* SERIAL_NUMBER */
    uint32_t seconds; /* SERIAL_DATE, SERIAL_UNIXTIME: since 1970, UTC */
};

/* "increment", "date", ... or a number of 32 bits; the seconds stay as they
 * are.  False when it is none of them. */
bool serial_policy_from_text(const char *text, struct serial_policy *policy);

/* Does the mode ask for the time? */
bool serial_policy_needs_time(const struct serial_policy *policy);

/* A decimal number of 32 bits, digits alone. */
bool serial_from_text(const char *text, uint32_t *serial);

/* The serial of a zone that is new; hash: of its records.  Never 0, which some
 * servers take for "none", unless the user says 0. */
uint32_t serial_first(const struct serial_policy *policy, uint32_t hash);

/*
 * The serial of a zone whose records have changed since it had serial old.  It
 * is newer than old where the mode has an order: what the mode would have by
 * itself, or, where that is not newer, the one behind old.
 */
uint32_t serial_follow(const struct serial_policy *policy, uint32_t old,
                       uint32_t hash);

/* One more, and never 0. */
uint32_t serial_next(uint32_t serial);

/* Is one older than other in serial number arithmetic (RFC 1982 section
 * 3.2)?  Where that leaves it undefined the answer is no. */
bool serial_is_older(uint32_t one, uint32_t other);

#endif
