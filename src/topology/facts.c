#include "topology/facts.h"

#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/text_index.h"
#include "topology/subject.h"

static const struct collection *const all_collections[] = {
    &collection_pool,
    &collection_front_end,
    &collection_director,
    &collection_director_server,
    &collection_server,
    &collection_edge,
    &collection_edge_server,
    &collection_edge_pool_server,
    &collection_edge_director_server,
    &collection_edge_xmpp_gateway,
    &collection_web_access,
    &collection_sip_domain,
    &collection_internal_fallback_name,
    &collection_external_fallback_name,
    &collection_phone_domain,
    NULL,
};

const struct collection *const *collections(void)
{
    return all_collections;
}

const struct collection *collection_find(const char *name)
{
    for (size_t i = 0; all_collections[i]; i++)
        if (strcmp(all_collections[i]->name, name) == 0)
            return all_collections[i];
    return NULL;
}

bool collection_has_machines(const struct collection *collection)
{
    static const struct collection *const having[] = {
        &collection_pool,
        &collection_edge,
        &collection_edge_server,
        &collection_edge_pool_server,
        &collection_edge_director_server,
        &collection_edge_xmpp_gateway,
        &collection_web_access,
    };

    for (size_t i = 0; i < sizeof having / sizeof *having; i++)
        if (having[i] == collection)
            return true;
    return false;
}

int collection_variable(const struct collection *collection, const char *name,
                        size_t length)
{
    for (int i = 0; collection->variables[i].name; i++)
        if (strlen(collection->variables[i].name) == length &&
            memcmp(collection->variables[i].name, name, length) == 0)
            return i;
    return -1;
}

int collection_fact(const struct collection *collection, const char *name)
{
    for (int i = 0; collection->facts[i].name; i++)
        if (strcmp(collection->facts[i].name, name) == 0)
            return i;
    return -1;
}

void subject_set_name(struct subject *subject, int variable, struct name name,
                      struct origin origin)
{
    if (name_is_absent(name))
        return;
    subject->has |= UINT64_C(1) << variable;
    subject->values[variable].name = name;
    subject->values[variable].origin = origin;
}

void subject_set_address(struct subject *subject, int variable,
                         const struct address *address, struct origin origin)
{
    if (!address || !address->said)
        return;
    subject->has |= UINT64_C(1) << variable;
    memcpy(subject->values[variable].address, address->octets,
           sizeof address->octets);
    subject->values[variable].origin = origin;
}

void subject_set_port(struct subject *subject, int variable, uint16_t port,
                      struct origin origin)
{
    subject->has |= UINT64_C(1) << variable;
    subject->values[variable].port = port;
    subject->values[variable].origin = origin;
}

struct origin origin_make(const char *list, const char *item, const char *key,
                          struct place place)
{
    return (struct origin){
        .place = place, .list = list, .item = item, .key = key};
}

static void add_part(struct strbuf *buf, const char *before, const char *part,
                     const char *after)
{
    if (!part)
        return;
    strbuf_add_text(buf, before);
    strbuf_add_text(buf, part);
    strbuf_add_text(buf, after);
}

void origin_write(struct strbuf *buf, const struct origin *origin, bool group)
{
    strbuf_add_text(buf, origin->list);
    add_part(buf, "[", origin->item, "]");
    add_part(buf, ".", origin->key, "");
    if (group)
        return;
    add_part(buf, "[", origin->member, "]");
    add_part(buf, ".", origin->detail, "");
}

static bool is_same_part(const char *one, const char *other)
{
    return one == other || (one && other && strcmp(one, other) == 0);
}

bool origin_same_group(const struct origin *one, const struct origin *other)
{
    return is_same_part(one->list, other->list) &&
           is_same_part(one->item, other->item) &&
           is_same_part(one->key, other->key);
}

bool facts_product_has_pool(const struct facts *facts, const char *product,
                            const struct pool *pool)
{
    const char *own =
        pool->product.text ? pool->product.text : facts->topology->product.text;

    return strcmp(own, product) == 0;
}

bool facts_product_is_own(const struct facts *facts, const char *product)
{
    return strcmp(facts->topology->product.text, product) == 0;
}

const char *facts_item(const struct facts *facts, struct name name)
{
    return name_to_text(facts->arena, name);
}

const struct machine *facts_machines(const struct facts *facts, size_t *count)
{
    *count = facts->machines.count;
    return facts->machines.items;
}

const char *const *facts_products(const struct facts *facts)
{
    return facts->products;
}

static void find_products(struct facts *facts)
{
    const struct topology *topology = facts->topology;
    const struct word *own = &topology->product;
    struct text_index known;
    size_t count = 0;

    text_index_init(&known, facts->arena);
    *text_index_slot(&known, own->text, strlen(own->text)) = facts;
    facts->products =
        ARENA_NEW_ARRAY(facts->arena, topology->pools.count + 2, const char *);
    facts->products[count++] = own->text;
    for (size_t i = 0; i < topology->pools.count; i++) {
        const char *product = topology->pools.items[i].product.text;

        if (product && !text_index_add(&known, product, strlen(product), facts))
            facts->products[count++] = product;
    }
}

const struct facts *facts_build(struct arena *arena,
                                const struct topology *topology)
{
    struct facts *facts = ARENA_NEW(arena, struct facts);

    facts->arena = arena;
    facts->topology = topology;
    definitions_build(arena, topology, &facts->definitions);
    machines_build(arena, topology, &facts->machines);
    find_products(facts);
    facts->xmpp_gateway = topology_xmpp_gateway(topology);
    return facts;
}
