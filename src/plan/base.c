#include "plan/base.h"

#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/rare_rdata.h"
#include "dns/recordset.h"
#include "dns/zone_check.h"
#include "dns/zone_file.h"

/* ---- what it says of a name */

/* Whoever has the zone asks others at and below this node. */
static bool is_cut(const struct recordset *base, const struct node *node)
{
    return node != base->top && node_find(node, RECORD_NS);
}

/* The node of name, or the nearest above it. */
static const struct node *closest_node(const struct recordset *base,
                                       struct name name)
{
    const struct node *node = NULL;

    for (; !node && name_is_within(name, base->zone); name = name_parent(name))
        node = recordset_find(base, name);
    return node;
}

/* The node at or above name that hides it; NULL when it is seen. */
static const struct node *hiding_node(const struct recordset *base,
                                      struct name name)
{
    const struct node *node = closest_node(base, name);

    for (; node; node = node->parent)
        if (is_cut(base, node) ||
            (node_find(node, RECORD_DNAME) && !name_equal(node->owner, name)))
            return node;
    return NULL;
}

static bool has_address_or_alias(const struct node *node)
{
    return node_find(node, RECORD_A) || node_find(node, RECORD_AAAA) ||
           node_find(node, RECORD_CNAME);
}

static const struct node *wildcard_below(const struct recordset *base,
                                         const struct node *node)
{
    uint8_t octets[2 + NAME_MAX_OCTETS] = {1, '*'};

    if (node->owner.length + 2 > NAME_MAX_OCTETS)
        return NULL;
    memcpy(octets + 2, node->owner.octets, node->owner.length);
    return recordset_find(
        base, (struct name){octets, (uint8_t)(node->owner.length + 2)});
}

bool base_leads_on(const struct recordset *base, struct name name)
{
    const struct node *node = closest_node(base, name);

    if (!node || hiding_node(base, name))
        return node != NULL;
    if (!name_equal(node->owner, name))
        node = wildcard_below(base, node);
    return has_address_or_alias(node);
}

bool base_delegates(const struct recordset *base, struct name name)
{
    const struct node *node = hiding_node(base, name);

    return node && is_cut(base, node);
}

/* ---- reading */

/* Where the topology names the file: relative to the topology, and so to the
 * working directory where that is standard input. */
static const char *path_of(struct arena *arena, const struct word *file)
{
    const char *topology = file->place.file;
    const char *slash = topology ? strrchr(topology, '/') : NULL;

    if (file->text[0] == '/')
        return file->text;
    if (slash)
        return arena_printf(arena, "%.*s/%s", (int)(slash - topology), topology,
                            file->text);
    /* It is no standard input. */
    return strcmp(file->text, "-") == 0 ? "./-" : file->text;
}

static int refuse(struct diag *diag, const struct rrset *rrset,
                  const char *what, const char *instead)
{
    return rrset ? diag_error(diag, rrset->first->place,
                              "base-record-not-allowed",
                              "%s of the zone %s; take it out", what, instead)
                 : 0;
}

/* What makes it a zone is ours to say. */
static int check_apex(struct diag *diag, const struct recordset *set)
{
    return refuse(diag, node_find(set->top, RECORD_SOA), "the SOA record",
                  "follows from the topology") |
           refuse(diag, node_find(set->top, RECORD_NS), "the name servers",
                  "are those of dns.nameservers");
}

static int read_file(struct arena *arena, struct diag *diag,
                     const struct plan_zone *zone, const struct word *file,
                     struct recordset *set)
{
    const struct zone_file_options options = {
        .zone = zone->apex,
        .is_fragment = true,
        .refuses_out_of_zone = true,
    };

    int status =
        zone_file_read(arena, diag, path_of(arena, file), &options, set);

    if (status < 0 && !set->file)
        diag_note(diag, file->place, "the file is named here");
    return status < 0 ? -1 : check_apex(diag, set);
}

static int fail_too_large(struct diag *diag, struct place place)
{
    return diag_error(diag, place, "zone-too-large",
                      "the records of the site and those of the plan are too "
                      "many for one zone");
}

/* Adds the RRset to the other set, as one batch of entries. */
static int add_rrset(struct diag *diag, struct recordset *into,
                     struct name owner, const struct rrset *rrset,
                     uint32_t ttl_seconds, uint32_t batch)
{
    struct node *node = recordset_node(into, owner);

    for (const struct rr *rr = rrset->first; rr; rr = rr->next)
        if (!node || !recordset_add(into, node, rrset->type, rrset->covers,
                                    ttl_seconds, batch, rr))
            return fail_too_large(diag, rr->place);
    return 0;
}

static int add_all(struct diag *diag, struct recordset *into,
                   const struct recordset *set, uint32_t batch)
{
    for (size_t i = 0; i < set->node_count; i++)
        for (const struct rrset *rrset = set->nodes[i]->rrsets; rrset;
             rrset = rrset->next)
            if (add_rrset(diag, into, set->nodes[i]->owner, rrset,
                          rrset->ttl_seconds, batch) < 0)
                return -1;
    return 0;
}

static int refuse_mode(struct arena *arena, struct diag *diag,
                       const struct plan_zone *zone)
{
    const struct word *file = &zone->declared->base.items[0];
    const char *name = name_to_text(arena, zone->domain);

    if (zone->mode == ZONE_INCLUDE)
        return diag_error(diag, file->place, "base-without-whole-zone",
                          "%s is in mode include: its zone is somebody "
                          "else's, who has the other records; take the key "
                          "out",
                          name);
    return diag_error(diag, file->place, "base-without-whole-zone",
                      "in the %s view %s is in mode pinpoint%s, and others "
                      "serve all its other names; say mode: zone, or view: %s",
                      view_names[zone->view], name,
                      zone->declared->mode.text
                          ? ""
                          : ", as names of it are public, or none of its "
                            "hosts is ours",
                      view_names[zone->view == VIEW_INTERNAL ? VIEW_EXTERNAL
                                                             : VIEW_INTERNAL]);
}

int base_read(struct arena *arena, struct diag *diag, struct plan_zone *zone)
{
    const struct word_list *files = &zone->declared->base;
    struct recordset *base = ARENA_NEW(arena, struct recordset);
    int result = 0;

    if (zone->mode != ZONE_WHOLE)
        return refuse_mode(arena, diag, zone);
    recordset_init(base, arena, zone->apex);
    for (size_t i = 0; i < files->count; i++) {
        struct recordset set;

        result |= read_file(arena, diag, zone, &files->items[i], &set);
        result |= add_all(diag, base, &set, (uint32_t)i + 1);
    }
    recordset_seal(base);
    recordset_sort(base);
    zone->base = base;
    return result;
}

/* ---- against the plan */

struct meeting {
    struct arena *arena;
    struct diag *diag;
    const struct plan *plan;
    const struct plan_zone *zone;
    const struct node *hiding; /* reported last */
    int result;
};

/* Behind a message at a place of the site's: where the plan has its record
 * from. */
static void note_record(struct meeting *meeting,
                        const struct plan_record *record)
{
    diag_note(meeting->diag, record->reasons->origin.place,
              "the plan's record comes from here");
    meeting->result = -1;
}

static const char *type_text(struct arena *arena, uint16_t type)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    rare_type_write(&buf, type);
    return buf.text;
}

/* An RRset in both would be a mixture that nobody has asked for. */
static void meet_rrset(struct meeting *meeting,
                       const struct plan_record *record,
                       const struct node *node)
{
    const struct rrset *rrset = node_find(node, record->record.type);

    if (!rrset)
        return;
    diag_error(meeting->diag, rrset->first->place, "rrset-in-base-and-plan",
               "'%s' has %s records here, and has them from the plan; take "
               "them out here",
               name_to_text(meeting->arena, node->owner),
               type_text(meeting->arena, rrset->type));
    note_record(meeting, record);
}

/* What a zone further down has to say must be said there; the DS of a child
 * alone belongs to its parent (RFC 4035 section 2.4). */
static void meet_delegation(struct meeting *meeting,
                            const struct plan_record *record)
{
    const struct recordset *base = meeting->zone->base;
    struct name child = record->record.owner;
    const struct plan_zone *zone =
        plan_find_zone(meeting->plan, meeting->zone->view, child);
    const struct node *node = recordset_find(base, child);

    for (; node && name_is_within(node->owner, child);
         node = recordset_next(base, node))
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next) {
            if (rrset->type == RECORD_DS && name_equal(node->owner, child))
                continue;
            diag_error(meeting->diag, rrset->first->place,
                       "base-record-below-delegation",
                       "'%s' lies in the zone %s, which the plan delegates; "
                       "put the record into that zone's base",
                       name_to_text(meeting->arena, node->owner),
                       name_to_text(meeting->arena, child));
            diag_note(meeting->diag, zone->place, "that zone is needed here");
            meeting->result = -1;
        }
}

/* Told once for all records that are hidden by the same owner. */
static void meet_hiding(struct meeting *meeting,
                        const struct plan_record *record, struct name owner)
{
    const struct node *node = hiding_node(meeting->zone->base, owner);
    const struct rrset *rrset;

    if (!node || node == meeting->hiding)
        return;
    meeting->hiding = node;
    rrset = node_find(node, is_cut(meeting->zone->base, node) ? RECORD_NS
                                                              : RECORD_DNAME);
    diag_error(meeting->diag, rrset->first->place, "base-hides-record",
               "this %s record hides '%s', which the plan needs; take it out, "
               "or declare %s in zones",
               type_text(meeting->arena, rrset->type),
               name_to_text(meeting->arena, record->record.owner),
               name_to_text(meeting->arena, node->owner));
    note_record(meeting, record);
}

static bool is_delegation(const struct plan_zone *zone,
                          const struct record *record)
{
    return record->type == RECORD_NS && !name_equal(record->owner, zone->apex);
}

static void meet_record(struct meeting *meeting,
                        const struct plan_record *record)
{
    const struct node *node =
        recordset_find(meeting->zone->base, record->record.owner);

    meet_hiding(meeting, record, record->record.owner);
    if (node && !is_cut(meeting->zone->base, node))
        meet_rrset(meeting, record, node);
}

static bool is_same_rrset(const struct record *one, const struct record *other)
{
    return one->type == other->type && name_equal(one->owner, other->owner);
}

/* The records are in canonical order: glue, and whatever else is at and below
 * a delegation, comes right behind its first NS record. */
static int check_meetings(struct arena *arena, struct diag *diag,
                          const struct plan *plan, const struct plan_zone *zone)
{
    struct meeting meeting = {arena, diag, plan, zone, NULL, 0};
    const struct record *before = NULL;
    struct name child = {NULL, 0};

    for (size_t i = 0; i < zone->count; i++) {
        const struct plan_record *record = &zone->records[i];

        if (name_is_within(record->record.owner, child) ||
            (before && is_same_rrset(before, &record->record)))
            continue;
        before = &record->record;
        if (is_delegation(zone, before)) {
            child = before->owner;
            meet_hiding(&meeting, record, name_parent(child));
            meet_delegation(&meeting, record);
        } else {
            meet_record(&meeting, record);
        }
    }
    return meeting.result;
}

/* ---- as a whole */

static int add_record(struct diag *diag, struct recordset *set,
                      const struct record *record, struct place place)
{
    const struct rr rr = {.data = record->data, .place = place};
    struct node *node = recordset_node(set, record->owner);

    return node && recordset_add(set, node, record->type, 0,
                                 record->ttl_seconds, 0, &rr)
               ? 0
               : fail_too_large(diag, place);
}

/* The zone as it will be written: named must like it. */
static int check_whole(struct arena *arena, struct diag *diag,
                       const struct plan_zone *zone)
{
    const struct record soa = {.owner = zone->apex,
                               .type = RECORD_SOA,
                               .data = record_make_soa(arena, &zone->soa)};
    struct recordset set;
    int result;

    recordset_init(&set, arena, zone->apex);
    result = add_record(diag, &set, &soa, zone->place);
    for (size_t i = 0; result == 0 && i < zone->count; i++)
        result = add_record(diag, &set, &zone->records[i].record,
                            zone->records[i].reasons->origin.place);
    if (result < 0 || add_all(diag, &set, zone->base, 1) < 0)
        return -1;
    recordset_seal(&set);
    return zone_check(diag, &set, zone->place.file);
}

int base_check(struct arena *arena, struct diag *diag, const struct plan *plan)
{
    int result = 0;

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *zone = plan->views[view].zones[i];

            if (zone->base && (check_meetings(arena, diag, plan, zone) < 0 ||
                               check_whole(arena, diag, zone) < 0))
                result = -1;
        }
    return result;
}
