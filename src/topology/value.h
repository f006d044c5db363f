/*
 * What a topology file can say about one thing, and where it says it.
 *
 * Every value keeps the place it was read from.  A value that the file does
 * not give has said == false (a name is absent, a word is NULL) and no place.
 */
#ifndef TOPOLOGY_VALUE_H
#define TOPOLOGY_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "dns/name.h"

struct fqdn {
    struct name name; /* absent when not said */
    struct place place;
};

/* IPv4: the products of this family know no other. */
struct address {
    uint8_t octets[4];
    bool said;
    struct place place;
};

struct port {
    uint16_t number;
    bool said;
    struct place place;
};

struct flag {
    bool value;
    bool said;
    struct place place;
};

struct seconds {
    uint32_t value;
    bool said;
    struct place place;
};

/* A word of a closed list, a label, a path or free text; NULL: not said. */
struct word {
    const char *text;
    struct place place;
};

struct fqdn_list {
    struct fqdn *items;
    size_t count;
    bool said;
    struct place place;
};

struct word_list {
    struct word *items;
    size_t count;
    bool said;
    struct place place;
};

/* 10.0.0.0/8 */
struct network {
    struct address address;
    uint8_t prefix_bits; /* 0 to 32; no address bit is set behind them */
};

struct network_list {
    struct network *items;
    size_t count;
    bool said;
    struct place place;
};

/* A computer: its own name and its own address. */
struct host {
    struct place place;
    struct fqdn fqdn;
    struct address address;
};

struct host_list {
    struct host *items;
    size_t count;
    bool said;
    struct place place;
};

static inline bool address_equal(const struct address *one,
                                 const struct address *other)
{
    return one->octets[0] == other->octets[0] &&
           one->octets[1] == other->octets[1] &&
           one->octets[2] == other->octets[2] &&
           one->octets[3] == other->octets[3];
}

#endif
