/*
 * The records of one zone, by owner: what was read, ready to be asked.
 *
 *     example.com.            SOA NS NS
 *       +- _tcp               .                   an empty non-terminal
 *       |    +- _sip          SRV
 *       +- sip                A
 *       +- *                  A
 *
 * Every name between an owner and the top has a node, whether it owns records
 * or not (RFC 4592 section 2.2.2).  A node is found by its name in a time that
 * does not grow.  Once the children of each are sorted, a walk over the tree
 * is one in canonical order.
 */
#ifndef DNS_RECORDSET_H
#define DNS_RECORDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "dns/name.h"
#include "dns/record.h"

struct arena;

/* One record of an RRset. */
struct rr {
    struct record_data data;
    struct place place; /* of its entry */
    struct rr *next;
};

struct rrset {
    uint16_t type;
    uint16_t covers; /* by an RRSIG; 0 for all other types */
    uint32_t ttl_seconds;
    uint32_t batch;             /* of the record that was added last */
    uint32_t prior_ttl_seconds; /* before that record; its own for the first */
    struct rr *first, *last;
    struct rrset *next; /* of the same owner */
};

struct node {
    struct name owner;
    struct node *parent; /* NULL at the top */
    struct node *first_child, *next_sibling;
    struct rrset *rrsets; /* NULL for an empty non-terminal */
    /* Of a sealed set: the topmost node, from this one up, that hides what is
     * below it, by an NS (but the top's) or a DNAME; NULL when none does. */
    const struct node *cut;
};

struct slot {
    uint32_t hash;
    uint32_t number; /* of the node, from 1 on; 0: nothing here */
};

struct recordset {
    struct arena *arena;
    const char *file;    /* it was read from, as messages show it, or NULL */
    struct name zone;    /* the apex; absent where it is not known */
    struct node *top;    /* the apex, or the root where that is not known */
    struct node **nodes; /* in the order in which they were made: a parent
                          * before its children */
    size_t node_count, node_capacity;
    struct node *last_parent; /* of the node that was made last, or NULL */
    uint64_t seed;            /* of hashes */
    struct slot *slots;       /* by the hash of the owner */
    size_t slot_count;        /* a power of two */
    size_t octet_count;       /* that records take */
    size_t record_count; /* as they were added, those told twice included */
};

/* TTL of records of a fragment that leaves it to the zone that includes it. */
#define RECORDSET_NO_TTL UINT32_MAX

/* More names than this are refused: empty non-terminals make a small file
 * large. */
#define RECORDSET_MOST_NODES ((size_t)4 * 1024 * 1024)

/* Room for records.  The set does not hold to it; who fills it asks before,
 * as a few lines of $GENERATE could fill any memory. */
#define RECORDSET_MOST_OCTETS ((size_t)512 * 1024 * 1024)

/* RRsets of one owner: named takes 100 types, and those of NSEC3. */
#define RECORDSET_MOST_RRSETS 128

/* An empty set; zone may be absent.  It lives in the arena, zone is copied. */
void recordset_init(struct recordset *set, struct arena *arena,
                    struct name zone);

/* The node of owner, which must lie at or below the top; made where there is
 * none, with those above it.  The octets of owner are copied.  NULL when
 * there are RECORDSET_MOST_NODES or more. */
struct node *recordset_node(struct recordset *set, struct name owner);

/*
 * Adds a record to the RRset of its type.  Data are copied.  Where a record of
 * the same batch is there, that one's TTL stays, otherwise the new one holds
 * for all: named reads entries of one owner that follow each other as one
 * batch.  Returns the RRset, whose TTL is not ttl_seconds where they differ
 * within a batch; NULL when the owner has RECORDSET_MOST_RRSETS of other
 * types.
 */
struct rrset *recordset_add(struct recordset *set, struct node *node,
                            uint16_t type, uint16_t covers,
                            uint32_t ttl_seconds, uint32_t batch,
                            const struct rr *rr);

/* The RRset of a type (for RRSIG: the first one), or NULL; node may be NULL.
 */
const struct rrset *node_find(const struct node *node, uint16_t type);

/*
 * Sorts RRsets and the records in them, leaves one of records that are the
 * same, and finds the cuts.  To be called once, behind the last recordset_add;
 * what is below is for a set that is sealed.
 */
void recordset_seal(struct recordset *set);

/* Sorts siblings.  Only who shows the zone to somebody needs it. */
void recordset_sort(struct recordset *set);

/* NULL when there is no such node; an empty non-terminal is one. */
const struct node *recordset_find(const struct recordset *set,
                                  struct name owner);

/* The node behind node, where all that is below a node follows it at once;
 * NULL at the end.  The top comes first.  When the set was sorted this is
 * canonical order. */
const struct node *recordset_next(const struct recordset *set,
                                  const struct node *node);

/* NSEC3 records and their signatures live in a name space of their own (RFC
 * 5155 section 7.2.8): they make no name that could be asked for. */
static inline bool rrset_is_nsec3(const struct rrset *rrset)
{
    return rrset->type == RECORD_NSEC3 || rrset->covers == RECORD_NSEC3;
}

/* The record of an RRset as the functions of record.h take it. */
struct record rrset_record(const struct node *node, const struct rrset *rrset,
                           const struct rr *rr);

#endif
