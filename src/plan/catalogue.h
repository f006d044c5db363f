/*
 * A product's catalogue: which role needs which record.
 *
 *     - id: internal-sign-in
 *       for-each: sip_domain
 *       when: [signs_in]
 *       view: internal
 *       record: _sipinternaltls._tcp.{domain} SRV 0 0 5061 {sign_in_target}
 *       level: required
 *       why: Communicator finds its pool with this record
 *       see: [T-AUTO]
 *
 * A row asks for one record for each item of its collection for which every
 * fact in `when` holds and every {variable} has a value.  Collections, their
 * variables and their facts are those of topology/facts.h; a row that names
 * another one is an error in the catalogue.  A row of the perimeter asks for
 * the item's machine alone.  ocszone-templates(5) describes
 * the file.
 */
#ifndef PLAN_CATALOGUE_H
#define PLAN_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "dns/name.h"
#include "dns/record.h"
#include "topology/facts.h"
#include "topology/topology.h"

struct arena;

enum level { LEVEL_REQUIRED, LEVEL_RECOMMENDED, LEVEL_OPTIONAL };

extern const char *const level_names[];

/* Why a record exists: what people read about a row. */
struct requirement {
    const char *id;
    enum level level;
    const char *why;
    const char *see; /* sources, joined by ", " */
    bool unsourced;  /* no source states it: see says what it rests on */
    struct place place;
};

#define PATTERN_MAX_PARTS 8

/* A name with holes: labels and variables, from left to right. */
struct name_pattern {
    size_t count;
    struct {
        int variable; /* index in the collection; -1: labels */
        const uint8_t *labels;
        uint8_t labels_length; /* wire form without the root */
    } parts[PATTERN_MAX_PARTS];
};

/* One field of the data. */
struct field_pattern {
    enum record_field field;
    int variable;    /* numbers and addresses: index, or -1 */
    uint16_t number; /* when variable is -1 */
    struct name_pattern name;
};

struct row {
    struct requirement requirement;
    const struct collection *collection;
    uint64_t when; /* facts, as a mask */
    uint64_t uses; /* variables, as a mask */
    enum view view;
    bool mirror; /* a whole inside zone of an outside domain repeats it */
    struct name_pattern owner;
    const struct record_type *type;
    struct field_pattern fields[RECORD_MAX_FIELDS];
    size_t order; /* in the file */
};

struct catalogue {
    const char *product;
    const char *title;
    struct row *rows;
    size_t count;
};

/*
 * Reads the catalogue of a product from directory/<product>.yaml, or the one
 * compiled in when directory is NULL or holds no such file.  Reports all
 * faults and returns NULL when there are any.
 */
const struct catalogue *catalogue_load(struct arena *arena, struct diag *diag,
                                       const char *directory,
                                       const struct word *product);

#endif
