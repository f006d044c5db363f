/*
 * What the catalogue's rows can know about a topology.
 *
 * A collection is a kind of thing of which there are several (pools, SIP
 * domains ...).  Each item of it comes as a subject: a value for each of the
 * collection's variables, where the item has it, and the facts that hold for
 * it.  Rules that need more thought than a row has are thought here, once.
 */
#ifndef TOPOLOGY_FACTS_H
#define TOPOLOGY_FACTS_H

#include "topology/machines.h"
#include "topology/topology.h"

struct strbuf;

/* Where a value comes from, for people:
 * pools[pool1.example].front_ends[fe1.example].address */
struct origin {
    struct place place;
    const char *list;   /* "pools" */
    const char *item;   /* "pool1.example"; NULL where list is no list */
    const char *key;    /* "front_ends"; NULL: the item itself */
    const char *member; /* "fe1.example"; NULL where key is no list */
    const char *detail; /* "address" */
};

/* Adds the path; without the last member when group is true. */
void origin_write(struct strbuf *buf, const struct origin *origin, bool group);

/* Is the path of both the same as a group has it? */
bool origin_same_group(const struct origin *one, const struct origin *other);

enum variable_kind { VARIABLE_NAME, VARIABLE_ADDRESS, VARIABLE_PORT };

struct variable {
    const char *name;
    enum variable_kind kind;
    const char *about; /* for the manual and messages */
};

struct fact {
    const char *name;
    const char *about; /* "the SIP domain allows TCP inside (tcp: true)" */
};

#define SUBJECT_MAX_VALUES 24

struct subject_value {
    struct name name;
    uint8_t address[4];
    uint16_t port;
    struct origin origin;
};

struct subject {
    uint64_t has;                  /* variables that have a value, as a mask */
    uint64_t facts;                /* facts that hold, as a mask */
    const struct machine *machine; /* of the perimeter, or NULL: see below */
    struct subject_value values[SUBJECT_MAX_VALUES];
};

struct facts; /* the topology with its names resolved */

typedef void subject_visitor(const struct subject *subject, void *context);

struct collection {
    const char *name; /* "sip_domain" */
    const char *about;
    const struct variable *variables; /* the last has a NULL name */
    const struct fact *facts;         /* the last has a NULL name */
    /* Visits the items that belong to the product, in order. */
    void (*each)(const struct facts *facts, const char *product,
                 subject_visitor *visit, void *context);
};

/* All collections; a NULL pointer ends them. */
const struct collection *const *collections(void);

const struct collection *collection_find(const char *name);

/* Do its items belong to machines of the perimeter?  Then each has its own in
 * subject.machine, that which looks the item's names up; an item that none of
 * them reaches has NULL there. */
bool collection_has_machines(const struct collection *collection);

/* Index of a variable or fact by its name, or -1. */
int collection_variable(const struct collection *collection, const char *name,
                        size_t length);
int collection_fact(const struct collection *collection, const char *name);

/* Looks everything up in a valid topology. */
const struct facts *facts_build(struct arena *arena,
                                const struct topology *topology);

/* The machines of the perimeter, sorted by name. */
const struct machine *facts_machines(const struct facts *facts, size_t *count);

/* The products in use, the topology's own first; NULL ends them. */
const char *const *facts_products(const struct facts *facts);

#endif
