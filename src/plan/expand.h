/*
 * A catalogue's rows, played through for every item of a topology.
 */
#ifndef PLAN_EXPAND_H
#define PLAN_EXPAND_H

#include "plan/catalogue.h"

/* What one row makes of one item. */
struct expansion {
    const struct row *row;
    const struct subject *subject; /* lives as long as the visit */
    struct name owner;             /* absent where its variables have none */
    struct record_data data;       /* only where the row applies */
    struct origin origin;          /* of the value that the record carries */
    uint64_t lacks_facts;          /* facts of `when` that do not hold */
    uint64_t lacks_values;         /* variables without a value */
    bool applies;
};

typedef void expansion_visitor(const struct expansion *expansion,
                               void *context);

/*
 * Visits every row with every item of its collection, also where the row does
 * not apply: the explanation tells why.  A name that would be over 255 octets
 * is reported, and -1 returned in the end.
 */
int expand_catalogue(struct arena *arena, struct diag *diag,
                     const struct facts *facts,
                     const struct catalogue *catalogue,
                     expansion_visitor *visit, void *context);

#endif
