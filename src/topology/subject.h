/*
 * Filling subjects: shared by the files that define collections.
 */
#ifndef TOPOLOGY_SUBJECT_H
#define TOPOLOGY_SUBJECT_H

#include "topology/definitions.h"
#include "topology/facts.h"
#include "topology/next_hop.h"

struct facts {
    struct arena *arena;
    const struct topology *topology;
    struct definitions definitions;
    struct machines machines;
    const char **products;             /* in use; NULL ends them */
    const struct server *xmpp_gateway; /* or NULL */
};

/* Sets one value of a subject; an absent one is not set. */
void subject_set_name(struct subject *subject, int variable, struct name name,
                      struct origin origin);
void subject_set_address(struct subject *subject, int variable,
                         const struct address *address, struct origin origin);
void subject_set_port(struct subject *subject, int variable, uint16_t port,
                      struct origin origin);

static inline void subject_add_fact(struct subject *subject, int fact,
                                    bool holds)
{
    if (holds)
        subject->facts |= UINT64_C(1) << fact;
}

/* The origin of a key of a list's item, at the place of the key's value. */
struct origin origin_make(const char *list, const char *item, const char *key,
                          struct place place);

/* Does the pool, or what has no product of its own, belong to product? */
bool facts_product_has_pool(const struct facts *facts, const char *product,
                            const struct pool *pool);
bool facts_product_is_own(const struct facts *facts, const char *product);

/* Where the addresses come from that pools and Directors answer on; only of
 * those that have one. */
struct origin facts_pool_address_origin(const struct facts *facts,
                                        const struct pool *pool);
struct origin facts_director_address_origin(const struct facts *facts,
                                            const struct director *director);

/* The name of a thing as origins show it, in the arena of the facts. */
const char *facts_item(const struct facts *facts, struct name name);

/* Collections, one file for each group. */
extern const struct collection collection_pool;
extern const struct collection collection_front_end;
extern const struct collection collection_director;
extern const struct collection collection_director_server;
extern const struct collection collection_server;
extern const struct collection collection_edge;
extern const struct collection collection_edge_server;
extern const struct collection collection_edge_pool_server;
extern const struct collection collection_edge_director_server;
extern const struct collection collection_edge_xmpp_gateway;
extern const struct collection collection_web_access;
extern const struct collection collection_sip_domain;
extern const struct collection collection_internal_fallback_name;
extern const struct collection collection_external_fallback_name;
extern const struct collection collection_phone_domain;

#endif
