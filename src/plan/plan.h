/*
 * What DNS must say, and why.
 *
 *   plan ─┬─ views[internal, external, perimeter] ── zones, sorted by name
 *         │    zone ─┬─ soa, records, sorted by owner and type
 *         │          │    record ── reasons: row of the catalogue,
 *         │          │              place of the topology
 *         │          └─ base: records that the site has of its own
 *         └─ perimeter ── records, sorted by owner
 *              record ── reasons, each with the machine that looks it up
 *
 * Every command is a loop over this value, which is const once it is built.
 * A view of which the topology plans nothing has no zones.  The perimeter has
 * zones where it has name servers; its records are addresses, and stand in the
 * hosts files of its machines as well.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "dns/name_index.h"
#include "plan/catalogue.h"
#include "topology/topology.h"

struct recordset;

struct reason {
    const struct requirement *requirement;
    struct origin origin;
    const struct reason *next;     /* in the order of the catalogue */
    const struct machine *machine; /* of the perimeter; NULL in other views */
};

struct plan_record {
    struct record record;
    const struct reason *reasons; /* one at least */
    size_t order;                 /* of its first row: groups records */
    bool mirrored; /* a public value that a whole inside zone repeats */
};

enum zone_mode {
    ZONE_WHOLE,    /* all of a domain */
    ZONE_PINPOINT, /* one name of a domain that somebody else serves */
    ZONE_INCLUDE   /* no zone: what goes into a domain's that is not ours */
};

/* As the topology has them: zone, pinpoint, include. */
extern const char *const zone_mode_names[];

struct plan_zone {
    struct name apex;
    enum view view;
    enum zone_mode mode;
    struct name domain; /* a pinpoint zone is part of this one's names */
    const struct zone_entry *declared; /* the domain, or NULL */
    const struct recordset *base; /* the site's own records, sorted, or NULL */
    bool is_public;     /* inside: the plan has names of it outside, too */
    struct place place; /* what asks for the zone */
    struct soa soa;     /* serial 0: whoever writes the zone knows it */
    struct plan_record *records; /* without the SOA */
    size_t count;
    size_t capacity; /* of records, while the plan is built */
};

struct plan_view {
    struct plan_zone **zones; /* sorted by apex */
    size_t count;
    struct name_index by_apex;
};

struct plan {
    const struct topology *topology;
    const struct facts *facts;
    const struct catalogue **catalogues; /* one a product in use */
    size_t catalogue_count;
    uint32_t ttl_seconds; /* of every record but those of base */
    struct plan_view views[VIEW_COUNT];
    struct {
        struct plan_record *records;
        size_t count;
    } perimeter; /* what its machines look up, sorted by owner */
};

/*
 * Plans the records of a valid topology.  templates is the directory with
 * catalogues, or NULL.  Reports all that is wrong and returns NULL: a name
 * that two servers want, a name server without an address, a catalogue with
 * faults.
 */
const struct plan *plan_build(struct arena *arena, struct diag *diag,
                              const struct topology *topology,
                              const char *templates);

/* Has a view a zone that we serve, and not only pieces for zones of others? */
bool plan_view_is_served(const struct plan *plan, enum view view);

/* The zone of a view in which a name lies, or NULL. */
struct plan_zone *plan_find_zone(const struct plan *plan, enum view view,
                                 struct name name);

/* Has a name records in a view? */
bool plan_has_owner(const struct plan *plan, enum view view, struct name owner);

/*
 * Says what a whole inside zone hides: public names of a domain that is
 * served outside, too (a warning), Active Directory's records (a note), names
 * of a domain below it that somebody else serves (a warning).  Warns of zones
 * that the topology declares and nothing needs, and of names to be mirrored
 * that are not public, or never repeated inside.
 */
void plan_report_zones(struct arena *arena, struct diag *diag,
                       const struct plan *plan);

/* Warns of servers whose role no catalogue in use knows: they have no record.
 */
void plan_report_servers(struct arena *arena, struct diag *diag,
                         const struct plan *plan);

/*
 * Says what several pools and sites mean for users outside: access edges that
 * no SIP domain leads to, sites without an edge for media and meetings, pools
 * without an external web farm beside others that have one (warnings); that
 * there is no Director, and which SIP domains have their signalling pass
 * another site (notes).
 */
void plan_report_sites(struct arena *arena, struct diag *diag,
                       const struct plan *plan);

#endif
