/*
 * What a deployment of several pools and sites may not expect: clients use one
 * access edge for a SIP domain wherever they are, but audio, video and
 * meetings can stay in the region.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "base/text_index.h"
#include "plan/plan.h"
#include "topology/definitions.h"

struct site {
    const char *name;
    const struct pool *pool;    /* the first in service, or NULL */
    const struct pool *relying; /* the first that names no edge, or NULL */
    bool has_web_conferencing;
    bool has_av;
    bool takes_sign_ins; /* of users outside */
};

struct sites {
    struct arena *arena;
    struct diag *diag;
    const struct topology *topology;
    struct definitions definitions;
    struct text_index by_name;
    struct site *items; /* in the order of the topology */
    size_t count;
    struct site anywhere; /* what says no site may be at each of them */
};

static struct site *site_of(struct sites *sites, const struct word *word)
{
    return word->text ? text_index_find(&sites->by_name, word->text,
                                        strlen(word->text))
                      : &sites->anywhere;
}

static const struct edge *access_edge(const struct sites *sites,
                                      struct name name)
{
    const struct definition *found =
        definitions_find(&sites->definitions, name, DEFINES_ACCESS_EDGE);

    return found ? found->item : NULL;
}

static const struct edge *remote_sign_in_edge(const struct sites *sites,
                                              const struct sip_domain *domain)
{
    return domain->external_sign_in.count > 0
               ? access_edge(sites, domain->external_sign_in.items[0].name)
               : NULL;
}

static void list_sites(struct sites *sites)
{
    const struct word_list *names = &sites->topology->sites;

    text_index_init(&sites->by_name, sites->arena);
    sites->items = ARENA_NEW_ARRAY(sites->arena, names->count, struct site);
    for (size_t i = 0; i < names->count; i++) {
        struct site *site = &sites->items[sites->count++];

        site->name = names->items[i].text;
        text_index_add(&sites->by_name, site->name, strlen(site->name), site);
    }
}

static void note_pools(struct sites *sites)
{
    for (size_t i = 0; i < sites->topology->pools.count; i++) {
        const struct pool *pool = &sites->topology->pools.items[i];
        struct site *site = site_of(sites, &pool->site);

        if (pool->decommissioned.value)
            continue;
        if (!site->pool)
            site->pool = pool;
        if (!site->relying && name_is_absent(pool->uses_edge.name))
            site->relying = pool;
    }
}

static void note_edges(struct sites *sites)
{
    for (size_t i = 0; i < sites->topology->edges.count; i++) {
        const struct edge *edge = &sites->topology->edges.items[i];
        struct site *site = site_of(sites, &edge->site);

        if (edge_has_service(&edge->web_conferencing))
            site->has_web_conferencing = true;
        if (edge_has_service(&edge->av))
            site->has_av = true;
    }
    for (size_t i = 0; i < sites->topology->sip_domains.count; i++) {
        const struct edge *edge =
            remote_sign_in_edge(sites, &sites->topology->sip_domains.items[i]);

        if (edge)
            site_of(sites, &edge->site)->takes_sign_ins = true;
    }
}

/* ---- edges that nobody is led to */

static void mark_used(const struct sites *sites, bool *is_used,
                      struct name name)
{
    const struct edge *edge = access_edge(sites, name);

    if (edge)
        is_used[edge - sites->topology->edges.items] = true;
}

static void report_access_edges(const struct sites *sites)
{
    const struct topology *topology = sites->topology;
    bool *is_used = ARENA_NEW_ARRAY(sites->arena, topology->edges.count, bool);

    for (size_t i = 0; i < topology->sip_domains.count; i++) {
        const struct sip_domain *domain = &topology->sip_domains.items[i];

        if (domain->external_sign_in.count > 0)
            mark_used(sites, is_used, domain->external_sign_in.items[0].name);
        mark_used(sites, is_used, domain->federation.edge.name);
    }
    for (size_t i = 0; i < topology->edges.count; i++) {
        const struct fqdn *access = &topology->edges.items[i].access.fqdn;

        if (!is_used[i] && !name_is_absent(access->name))
            diag_warning(sites->diag, access->place, "access-edge-not-used",
                         "the name '%s' is published, and no SIP domain leads "
                         "to it; name it in external_sign_in or federation, "
                         "or take 'access' out: an edge at a remote site "
                         "needs web_conferencing and av alone",
                         name_to_text(sites->arena, access->name));
    }
}

/* ---- media and meetings */

/* The first edge elsewhere with a service that the site lacks, or NULL. */
static const struct edge *edge_instead(const struct sites *sites,
                                       bool lacks_web_conferencing,
                                       bool lacks_av)
{
    for (size_t i = 0; i < sites->topology->edges.count; i++) {
        const struct edge *edge = &sites->topology->edges.items[i];

        if ((lacks_av && edge_has_service(&edge->av)) ||
            (lacks_web_conferencing &&
             edge_has_service(&edge->web_conferencing)))
            return edge;
    }
    return NULL;
}

/* B-EDGETOPO, R2-EXT: an edge at a remote site has these two services. */
static void report_hairpins(const struct sites *sites)
{
    const struct site *anywhere = &sites->anywhere;
    /* What stands in for the one service, the other, both: at all sites. */
    const struct edge *instead[4] = {
        NULL,
        edge_instead(sites, true, false),
        edge_instead(sites, false, true),
        edge_instead(sites, true, true),
    };
    static const char *const nouns[] = {
        "", "web conferencing edge", "A/V edge",
        "web conferencing edge and no A/V edge"};

    for (size_t i = 0; i < sites->count; i++) {
        const struct site *site = &sites->items[i];
        bool lacks_conferencing = instead[1] && !site->has_web_conferencing &&
                                  !anywhere->has_web_conferencing;
        bool lacks_av = instead[2] && !site->has_av && !anywhere->has_av;
        int lacks = (lacks_conferencing ? 1 : 0) + (lacks_av ? 2 : 0);

        if (!lacks || !site->relying)
            continue;
        diag_warning(sites->diag, site->relying->site.place, "media-hairpin",
                     "'%s' has no %s: what its pools exchange with users "
                     "outside hairpins through '%s'; add an edge here, or "
                     "name the one that is meant in uses_edge",
                     site->name, nouns[lacks], instead[lacks]->site.text);
        diag_note(sites->diag, instead[lacks]->place, "that edge is here");
    }
}

/* ---- web farms */

static bool has_external_web_farm(const struct pool *pool)
{
    return !name_is_absent(pool->web_farm.external.name);
}

/* L13-FEPOOLS, L10-SE: one external web farm for each pool. */
static void report_web_farms(const struct sites *sites)
{
    const struct topology *topology = sites->topology;
    const struct pool *other = NULL;

    for (size_t i = 0; !other && i < topology->pools.count; i++)
        if (!topology->pools.items[i].decommissioned.value &&
            has_external_web_farm(&topology->pools.items[i]))
            other = &topology->pools.items[i];
    for (size_t i = 0; other && i < topology->pools.count; i++) {
        const struct pool *pool = &topology->pools.items[i];

        if (pool->decommissioned.value || has_external_web_farm(pool))
            continue;
        diag_warning(sites->diag, pool->fqdn.place, "external-web-farm-missing",
                     "users outside whose pool is '%s' get no address book "
                     "and no meeting content: each pool has an external web "
                     "farm of its own; add web_farm.external and publish it",
                     name_to_text(sites->arena, pool->fqdn.name));
        diag_note(sites->diag, other->web_farm.external.place,
                  "that of another pool is here");
    }
}

/* ---- Directors */

static size_t pools_in_service(const struct topology *topology)
{
    size_t count = 0;

    for (size_t i = 0; i < topology->pools.count; i++)
        count += !topology->pools.items[i].decommissioned.value;
    return count;
}

/* T-DIR: "recommended but not required for any topology". */
static void report_no_director(const struct sites *sites)
{
    const struct topology *topology = sites->topology;

    if (topology->directors.count > 0 || pools_in_service(topology) < 2)
        return;
    for (size_t i = 0; i < topology->sip_domains.count; i++) {
        const struct fqdn *sign_in = &topology->sip_domains.items[i].sign_in;

        if (name_is_absent(sign_in->name))
            continue;
        diag_info(sites->diag, sign_in->place, "no-director",
                  "a pool takes the sign-ins of users of other pools, too; a "
                  "Director, which serves no users of its own, is "
                  "recommended for that and not required");
        return;
    }
}

/* ---- signalling */

#define SITES_NAMED 4

/* Sites with pools whose users sign in elsewhere: "'uk', 'australia'"; empty
 * where there is none. */
static const char *distant_sites(const struct sites *sites)
{
    struct strbuf text;
    size_t count = 0;

    strbuf_init(&text, sites->arena);
    strbuf_add_text(&text, "");
    for (size_t i = 0; i < sites->count; i++) {
        const struct site *site = &sites->items[i];

        if (!site->pool || site->takes_sign_ins)
            continue;
        if (count++ < SITES_NAMED)
            strbuf_printf(&text, "%s'%s'", count > 1 ? ", " : "", site->name);
    }
    if (count > SITES_NAMED)
        strbuf_printf(&text, " and %zu more", count - SITES_NAMED);
    return text.text;
}

/* T-AUTO: one SRV record for a SIP domain, so one way in.  A site whose users
 * have a SIP domain and an access edge of their own is not told of. */
static void report_signalling(const struct sites *sites)
{
    const char *distant = distant_sites(sites);

    for (size_t i = 0; *distant && i < sites->topology->sip_domains.count;
         i++) {
        const struct sip_domain *domain =
            &sites->topology->sip_domains.items[i];
        const struct edge *edge = remote_sign_in_edge(sites, domain);

        if (edge && edge->site.text)
            diag_info(sites->diag, domain->external_sign_in.items[0].place,
                      "signalling-through-one-site",
                      "users of %s outside sign in at '%s' wherever they are, "
                      "and their signalling goes through it, also when their "
                      "pool is at %s; audio, video and meetings need not",
                      name_to_text(sites->arena, domain->name.name),
                      edge->site.text, distant);
    }
}

void plan_report_sites(struct arena *arena, struct diag *diag,
                       const struct plan *plan)
{
    struct sites sites = {
        .arena = arena, .diag = diag, .topology = plan->topology};

    definitions_build(arena, plan->topology, &sites.definitions);
    list_sites(&sites);
    note_pools(&sites);
    note_edges(&sites);
    report_access_edges(&sites);
    report_hairpins(&sites);
    report_web_farms(&sites);
    report_no_director(&sites);
    report_signalling(&sites);
}
