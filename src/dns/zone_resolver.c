#include "dns/zone_resolver.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dns/recordset.h"
#include "dns/zone_spot.h"

/* max-query-restarts of named. */
#define MOST_ALIASES 11

/* ---- the zones */

static int compare_zones(const void *left, const void *right)
{
    const struct recordset *a = *(const struct recordset *const *)left,
                           *b = *(const struct recordset *const *)right;

    return name_compare(a->zone, b->zone);
}

static int compare_apex(const void *key, const void *item)
{
    const struct name *apex = key;
    const struct recordset *zone = *(const struct recordset *const *)item;

    return name_compare(*apex, zone->zone);
}

/* The zone at name or next above it, NULL when there is none. */
static const struct recordset *zone_above(const struct zone_resolver *zones,
                                          struct name name)
{
    const struct recordset **found = NULL;

    while (!found && !name_is_absent(name)) {
        found = bsearch(&name, zones->zones, zones->count, sizeof *zones->zones,
                        compare_apex);
        name = name_parent(name);
    }
    return found ? *found : NULL;
}

/* The zone that answers.  DS records belong to the parent of the zone that
 * they are about, if anybody serves that. */
static const struct recordset *zone_for(const struct zone_resolver *zones,
                                        struct name name, uint16_t type)
{
    const struct recordset *zone =
        type == RECORD_DS ? zone_above(zones, name_parent(name)) : NULL;

    return zone ? zone : zone_above(zones, name);
}

/* ---- what is in a zone */

static bool zone_is_signed(const struct recordset *zone)
{
    return node_find(zone->top, RECORD_DNSKEY) &&
           (node_find(zone->top, RECORD_NSEC) ||
            node_find(zone->top, RECORD_NSEC3PARAM));
}

static bool is_dnssec(uint16_t type)
{
    return type == RECORD_DS || type == RECORD_RRSIG || type == RECORD_NSEC ||
           type == RECORD_DNSKEY || type == RECORD_NSEC3PARAM;
}

/* ---- the response */

/* One question on its way along the aliases. */
struct search {
    struct arena *arena;
    const struct recordset *zone;
    struct name name; /* the one that it has come to */
    uint16_t type;
    struct response *response;
    struct answer **end; /* of the answers */
};

/* The DNAMEs and CNAMEs of a circle are met again and again. */
static bool answer_is_there(const struct search *search, struct name owner,
                            uint16_t type)
{
    const struct answer *answer = search->response->answers;

    if (type != RECORD_CNAME && type != RECORD_DNAME)
        return false;
    while (answer &&
           (answer->type != type || !name_equal(answer->owner, owner)))
        answer = answer->next;
    return answer;
}

static void answer_add(struct search *search, const struct answer *answer)
{
    struct answer *copy;

    if (answer_is_there(search, answer->owner, answer->type))
        return;
    copy = ARENA_NEW(search->arena, struct answer);
    *copy = *answer;
    *search->end = copy;
    search->end = &copy->next;
}

static struct answer answer_of(struct name owner, const struct rrset *rrset)
{
    return (struct answer){
        .owner = owner,
        .type = rrset->type,
        .ttl_seconds = rrset->ttl_seconds,
        .first = rrset->first,
    };
}

static void authority_set(struct search *search, const struct node *node,
                          const struct rrset *rrset)
{
    struct answer *answer = ARENA_NEW(search->arena, struct answer);

    *answer = answer_of(node->owner, rrset);
    search->response->authority = answer;
}

/* How long the denial may be kept is the TTL of the SOA (RFC 2308 section 5),
 * and whoever looks for the SOA above a name shall not keep it at all. */
static void search_deny(struct search *search, enum response_kind kind)
{
    const struct rrset *soa = node_find(search->zone->top, RECORD_SOA);
    uint32_t minimum;

    search->response->kind = kind;
    if (!soa)
        return;
    authority_set(search, search->zone->top, soa);
    minimum = record_soa_minimum(soa->first->data);
    if (kind == RESPONSE_NXDOMAIN && search->type == RECORD_SOA)
        minimum = 0;
    if (minimum < soa->ttl_seconds)
        search->response->authority->ttl_seconds = minimum;
}

static void search_refer(struct search *search, const struct node *cut)
{
    search->response->kind = RESPONSE_REFERRAL;
    authority_set(search, cut, node_find(cut, RECORD_NS));
    if (!search->response->answers)
        search->response->is_authoritative = false;
}

/* Does the other side of the cut at this node have the answer? */
static bool is_referred(const struct search *search, const struct node *node)
{
    if (!zone_cut_is_at(search->zone, node) || search->type == RECORD_DS)
        return false;
    if (search->type == RECORD_KEY || search->type == RECORD_NSEC)
        return !node_find(node, search->type);
    return true;
}

static bool type_follows_cname(uint16_t type)
{
    switch (type) {
    case RECORD_CNAME:
    case RECORD_ANY:
    case RECORD_KEY:
    case RECORD_NSEC:
    case RECORD_RRSIG:
    case RECORD_SIG:
        return false;
    default:
        return true;
    }
}

/* DNSSEC's records are hidden from ANY while the zone is not yet signed. */
static bool is_wanted(const struct search *search, const struct rrset *rrset)
{
    if (rrset_is_nsec3(rrset))
        return false;
    if (search->type != RECORD_ANY)
        return rrset->type == search->type;
    return !is_dnssec(rrset->type) || zone_is_signed(search->zone);
}

static void search_answer(struct search *search, const struct zone_spot *spot)
{
    bool is_hidden = false, is_found = false;

    for (const struct rrset *rrset = spot->node->rrsets; rrset;
         rrset = rrset->next) {
        struct answer answer = answer_of(search->name, rrset);

        if (!is_wanted(search, rrset)) {
            is_hidden = search->type == RECORD_ANY;
            continue;
        }
        answer.is_from_wildcard = spot->is_wildcard;
        answer_add(search, &answer);
        is_found = true;
    }
    if (is_found)
        search->response->kind = RESPONSE_ANSWER;
    else if (is_hidden)
        search->response->kind = RESPONSE_NODATA;
    else
        search_deny(search, RESPONSE_NODATA);
}

/* ---- aliases */

static void search_follow(struct search *search, struct name target)
{
    search->name = target;
    search->response->last_name = target;
}

static void search_follow_cname(struct search *search,
                                const struct zone_spot *spot,
                                const struct rrset *cname)
{
    struct answer answer = answer_of(search->name, cname);

    answer.is_from_wildcard = spot->is_wildcard;
    answer_add(search, &answer);
    search_follow(search, record_data_name(cname->first->data));
}

/* name with target in place of the suffix; absent when that is too long. */
static struct name name_replace_suffix(struct arena *arena, struct name name,
                                       struct name suffix, struct name target)
{
    size_t prefix = (size_t)(name.length - suffix.length);
    uint8_t *octets;

    if (prefix + target.length > NAME_MAX_OCTETS)
        return (struct name){NULL, 0};
    octets = arena_alloc(arena, prefix + target.length);
    memcpy(octets, name.octets, prefix);
    memcpy(octets + prefix, target.octets, target.length);
    return (struct name){octets, (uint8_t)(prefix + target.length)};
}

/* The CNAME that says of one name what the DNAME says of all (RFC 6672
 * section 3.1). */
static void search_add_cname(struct search *search, struct name target,
                             uint32_t ttl_seconds)
{
    struct rr *rr = ARENA_NEW(search->arena, struct rr);

    rr->data = (struct record_data){target.octets, target.length};
    answer_add(search, &(struct answer){
                           .owner = search->name,
                           .type = RECORD_CNAME,
                           .ttl_seconds = ttl_seconds,
                           .first = rr,
                       });
}

static bool search_follow_dname(struct search *search, const struct node *above)
{
    const struct rrset *dname = node_find(above, RECORD_DNAME);
    struct answer answer = answer_of(above->owner, dname);
    struct name target =
        name_replace_suffix(search->arena, search->name, above->owner,
                            record_data_name(dname->first->data));

    answer_add(search, &answer);
    if (name_is_absent(target)) {
        search->response->kind = RESPONSE_TOO_LONG;
        return false;
    }
    search_add_cname(search, target, dname->ttl_seconds);
    if (search->type == RECORD_CNAME || search->type == RECORD_ANY) {
        search->response->kind = RESPONSE_ANSWER;
        return false;
    }
    search_follow(search, target);
    return true;
}

/* Answers for the name that the search has come to.  True when that is an
 * alias: the search has come to another name then. */
static bool search_step(struct search *search)
{
    struct zone_spot spot = zone_spot_find(search->zone, search->name);
    const struct rrset *cname = node_find(spot.node, RECORD_CNAME);

    if (spot.cut && !zone_cut_is_at(search->zone, spot.cut))
        return search_follow_dname(search, spot.cut);
    if (spot.cut)
        search_refer(search, spot.cut);
    else if (!spot.node)
        search_deny(search, RESPONSE_NXDOMAIN);
    else if (is_referred(search, spot.node))
        search_refer(search, spot.node);
    else if (!cname || !type_follows_cname(search->type))
        search_answer(search, &spot);
    else {
        search_follow_cname(search, &spot, cname);
        return true;
    }
    return false;
}

/* Is the next name of a chain answered from the same zone? */
static bool zone_goes_on(const struct zone_resolver *zones,
                         const struct search *search)
{
    return zone_for(zones, search->name, search->type) == search->zone ||
           zone_above(zones, search->name) == search->zone;
}

static int zone_resolver_ask(const struct resolver *resolver,
                             struct arena *arena,
                             const struct question *question,
                             struct response *response)
{
    const struct zone_resolver *zones = resolver->context;
    struct search search = {
        .arena = arena,
        .zone = zone_for(zones, question->name, question->type),
        .name = question->name,
        .type = question->type,
        .response = response,
        .end = &response->answers,
    };
    unsigned aliases = 0;

    *response = (struct response){
        .kind = RESPONSE_REFUSED,
        .last_name = question->name,
        .is_authoritative = search.zone,
    };
    if (!search.zone)
        return 0;
    while (search_step(&search)) {
        if (aliases++ == MOST_ALIASES) {
            response->kind = RESPONSE_ENDLESS;
            break;
        }
        if (!zone_goes_on(zones, &search)) {
            response->kind = RESPONSE_ALIAS;
            break;
        }
    }
    return 0;
}

void zone_resolver_init(struct zone_resolver *zones, struct arena *arena,
                        const struct recordset *const *sets, size_t count)
{
    zones->zones = ARENA_NEW_ARRAY(arena, count, const struct recordset *);
    zones->count = count;
    for (size_t i = 0; i < count; i++)
        zones->zones[i] = sets[i];
    qsort(zones->zones, count, sizeof *zones->zones, compare_zones);
}

struct resolver zone_resolver(struct zone_resolver *zones)
{
    return (struct resolver){.ask = zone_resolver_ask, .context = zones};
}
