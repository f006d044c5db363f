#include "plan/delegation.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dns/recordset.h"
#include "plan/base.h"

/* In front of all groups of the catalogue; glue goes behind them. */
#define NAME_SERVER_ORDER 0
#define GLUE_ORDER        SIZE_MAX

static const struct requirement name_server_requirement = {
    .id = "zone-name-server",
    .level = LEVEL_REQUIRED,
    .why = "The zone's name servers.",
    .see = "RFC 1035 section 3.3.11",
};

static const struct requirement delegation_requirement = {
    .id = "zone-delegation",
    .level = LEVEL_REQUIRED,
    .why = "Names from here on down are in a zone of their own.",
    .see = "RFC 1034 section 4.2.1",
};

static const struct requirement glue_requirement = {
    .id = "name-server-address",
    .level = LEVEL_REQUIRED,
    .why = "Addresses of the name servers of zones further down.",
    .see = "RFC 1034 section 4.2.1",
};

struct delegator {
    struct arena *arena;
    struct diag *diag;
    struct plan *plan;
    bool *reported; /* name servers of the view without an address */
};

static struct plan_zone *parent_zone(const struct plan *plan,
                                     const struct plan_zone *zone)
{
    struct name parent = name_parent(zone->apex);

    return name_is_absent(parent) ? NULL
                                  : plan_find_zone(plan, zone->view, parent);
}

static const struct fqdn_list *name_servers(const struct plan *plan,
                                            enum view view)
{
    return &plan->topology->dns.nameservers.views[view];
}

static const struct plan_record *find_address(const struct plan_zone *zone,
                                              struct name owner)
{
    for (size_t i = 0; i < zone->count; i++)
        if (zone->records[i].record.type == RECORD_A &&
            name_equal(zone->records[i].record.owner, owner))
            return &zone->records[i];
    return NULL;
}

static const struct host *find_host(const struct plan *plan, enum view view,
                                    struct name name)
{
    const struct host_list *hosts = &plan->topology->dns.hosts.views[view];

    for (size_t i = 0; i < hosts->count; i++)
        if (name_equal(hosts->items[i].fqdn.name, name))
            return &hosts->items[i];
    return NULL;
}

static struct origin server_origin(const struct delegator *delegator,
                                   const struct fqdn *server)
{
    return (struct origin){
        .place = server->place,
        .list = "dns",
        .key = "nameservers",
        .member = name_to_text(delegator->arena, server->name),
    };
}

static void append(struct delegator *delegator, struct plan_zone *zone,
                   const struct record *record,
                   const struct requirement *requirement,
                   const struct origin *origin, size_t order)
{
    struct reason *reason = ARENA_NEW(delegator->arena, struct reason);

    *reason = (struct reason){.requirement = requirement, .origin = *origin};
    zone->records = arena_room(delegator->arena, zone->records, zone->count,
                               &zone->capacity, sizeof *zone->records);
    zone->records[zone->count++] =
        (struct plan_record){*record, reason, order, false};
}

static void add_name_servers(struct delegator *delegator,
                             struct plan_zone *zone, struct name owner,
                             const struct requirement *requirement,
                             size_t order)
{
    const struct fqdn_list *servers = name_servers(delegator->plan, zone->view);

    for (size_t i = 0; i < servers->count; i++) {
        struct record record = {
            owner, delegator->plan->ttl_seconds, RECORD_NS,
            record_make_name(delegator->arena, servers->items[i].name)};
        struct origin origin = server_origin(delegator, &servers->items[i]);

        append(delegator, zone, &record, requirement, &origin, order);
    }
}

static int fail_address(struct delegator *delegator, enum view view,
                        const struct fqdn *server)
{
    return diag_error(
        delegator->diag, server->place, "name-server-has-no-address",
        "the name server '%s' lies in a zone of ours and has no address; add "
        "it to dns.hosts%s%s",
        name_to_text(delegator->arena, server->name),
        view == VIEW_INTERNAL ? "" : ".",
        view == VIEW_INTERNAL ? "" : view_names[view]);
}

/* The address of a name server of ours: a record of the plan, or dns.hosts. */
static struct record_data server_address(const struct delegator *delegator,
                                         const struct plan_zone *home,
                                         enum view view, struct name server)
{
    const struct plan_record *known = home ? find_address(home, server) : NULL;
    const struct host *host = find_host(delegator->plan, view, server);

    if (known)
        return known->record.data;
    if (host)
        return record_make_address(delegator->arena, host->address.octets);
    return (struct record_data){NULL, 0};
}

static bool is_delegated(const struct plan_zone *zone, struct name name)
{
    for (size_t i = 0; i < zone->count; i++)
        if (zone->records[i].record.type == RECORD_NS &&
            name_is_within(name, zone->records[i].record.owner))
            return true;
    return false;
}

/* A server in the zone needs its address there: its own, or glue where it
 * lies in a zone further down.  Of what others include it is glue alone: they
 * know their own servers. */
static bool needs_address(const struct plan_zone *zone, struct name server)
{
    return name_is_within(server, zone->apex) && !find_address(zone, server) &&
           !(zone->base && base_leads_on(zone->base, server)) &&
           (zone->mode != ZONE_INCLUDE || is_delegated(zone, server));
}

static void add_glue(struct delegator *delegator, struct plan_zone *zone,
                     const struct fqdn *server, uint16_t type,
                     struct record_data data)
{
    struct origin origin = server_origin(delegator, server);
    struct record record = {server->name, delegator->plan->ttl_seconds, type,
                            data};

    append(delegator, zone, &record, &glue_requirement, &origin, GLUE_ORDER);
}

/* The addresses that the site's own records give a server of a zone further
 * down.  Returns how many there are. */
static size_t add_glue_of_base(struct delegator *delegator,
                               struct plan_zone *zone,
                               const struct plan_zone *home,
                               const struct fqdn *server)
{
    static const uint16_t types[] = {RECORD_A, RECORD_AAAA};
    const struct node *node =
        home && home->base ? recordset_find(home->base, server->name) : NULL;
    size_t count = 0;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const struct rrset *rrset = node_find(node, types[i]);

        for (const struct rr *rr = rrset ? rrset->first : NULL; rr;
             rr = rr->next, count++)
            add_glue(delegator, zone, server, types[i], rr->data);
    }
    return count;
}

static int add_address(struct delegator *delegator, struct plan_zone *zone,
                       size_t index)
{
    const struct fqdn *server =
        &name_servers(delegator->plan, zone->view)->items[index];
    const struct plan_zone *home =
        plan_find_zone(delegator->plan, zone->view, server->name);
    struct record_data address;

    if (!needs_address(zone, server->name))
        return 0;
    address = server_address(delegator, home, zone->view, server->name);
    if (address.length > 0) {
        add_glue(delegator, zone, server, RECORD_A, address);
        return 0;
    }
    if (add_glue_of_base(delegator, zone, home, server) > 0)
        return 0;
    if (!delegator->reported[index])
        fail_address(delegator, zone->view, server);
    delegator->reported[index] = true;
    return -1;
}

static int compare_records(const void *left, const void *right)
{
    const struct plan_record *one = left;
    const struct plan_record *other = right;
    int order = name_compare(one->record.owner, other->record.owner);

    if (order == 0)
        order = record_type_compare(one->record.type, other->record.type);
    if (order == 0)
        order = record_data_compare(one->record.data, other->record.data);
    return order;
}

static int fail_name_servers(struct delegator *delegator, enum view view)
{
    const struct dns_settings *dns = &delegator->plan->topology->dns;
    const struct fqdn_list *own = &dns->nameservers.views[view];
    const struct fqdn_list *other =
        &dns->nameservers
             .views[view == VIEW_INTERNAL ? VIEW_EXTERNAL : VIEW_INTERNAL];
    struct place place = own->said     ? own->place
                         : other->said ? other->place
                                       : dns->place;

    return diag_error(delegator->diag, place, "name-servers-missing",
                      "the %s view has zones and no name servers; add "
                      "dns.nameservers.%s",
                      view_names[view], view_names[view]);
}

/* Pinpoint zones are known to the resolvers that have them: somebody else's
 * zone need not, and goes on with what it has. */
static bool is_told_of(const struct plan_zone *parent,
                       const struct plan_zone *zone)
{
    return parent->mode != ZONE_INCLUDE || zone->mode != ZONE_PINPOINT;
}

/* Those of somebody else's zone are not ours to tell. */
static void name_servers_of(struct delegator *delegator, struct plan_zone *zone)
{
    struct plan_zone *parent = parent_zone(delegator->plan, zone);

    if (zone->mode == ZONE_INCLUDE)
        return;
    add_name_servers(delegator, zone, zone->apex, &name_server_requirement,
                     NAME_SERVER_ORDER);
    if (parent && is_told_of(parent, zone))
        add_name_servers(delegator, parent, zone->apex, &delegation_requirement,
                         GLUE_ORDER);
}

static int delegate_view(struct delegator *delegator, enum view view)
{
    const struct plan_view *zones = &delegator->plan->views[view];
    const struct fqdn_list *servers = name_servers(delegator->plan, view);
    int result = 0;

    if (plan_view_is_served(delegator->plan, view) && servers->count == 0)
        return fail_name_servers(delegator, view);
    delegator->reported =
        ARENA_NEW_ARRAY(delegator->arena, servers->count, bool);
    for (size_t i = 0; i < zones->count; i++)
        name_servers_of(delegator, zones->zones[i]);
    for (size_t i = 0; i < zones->count; i++)
        for (size_t j = 0; j < servers->count; j++)
            result |= add_address(delegator, zones->zones[i], j);
    for (size_t i = 0; i < zones->count; i++)
        qsort(zones->zones[i]->records, zones->zones[i]->count,
              sizeof *zones->zones[i]->records, compare_records);
    return result;
}

int delegation_build(struct arena *arena, struct diag *diag, struct plan *plan)
{
    struct delegator delegator = {.arena = arena, .diag = diag, .plan = plan};
    int result = 0;

    for (int view = 0; view < VIEW_COUNT; view++)
        result |= delegate_view(&delegator, (enum view)view);
    return result;
}
