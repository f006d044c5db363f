#include "write/explain_writer.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/terminal.h"
#include "dns/rare_rdata.h"
#include "dns/recordset.h"
#include "write/markdown.h"

/* ---- what all formats say */

/* topology.yaml:23, for a value that stands in a file. */
static void write_place(struct strbuf *buf, struct place place)
{
    if (!place.file)
        return;
    terminal_add(buf, place.file);
    strbuf_printf(buf, ":%u", place.line);
}

static const char *data_text(struct arena *arena, const struct record *record)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    record_data_write(&buf, record->type, record->data, (struct name){0});
    return buf.text;
}

static const char *type_text(struct arena *arena, uint16_t type)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    record_type_write(&buf, type);
    return buf.text;
}

static const char *path_text(struct arena *arena, const struct origin *origin)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    origin_write(&buf, origin, false);
    return buf.text;
}

static const char *source_text(struct arena *arena,
                               const struct requirement *requirement)
{
    if (!requirement->unsourced)
        return requirement->see;
    return requirement->see[0]
               ? arena_printf(arena, "unsourced; %s", requirement->see)
               : "unsourced";
}

/* Is the record the first of its zone, or the first without one? */
static bool opens_zone(const struct explanation *explanation, size_t index)
{
    return index == 0 || explanation->records[index - 1].zone !=
                             explanation->records[index].zone;
}

/* What a row would need in order to apply, one item a line of text. */
static void write_lacks(struct strbuf *buf, const struct absence *absence,
                        const char *before, const char *after)
{
    const struct collection *collection = absence->row->collection;

    for (int i = 0; collection->facts[i].name; i++)
        if (absence->lacks_facts & UINT64_C(1) << i)
            strbuf_printf(buf, "%s%s%s", before, collection->facts[i].about,
                          after);
    for (int i = 0; collection->variables[i].name; i++)
        if (absence->lacks_values & UINT64_C(1) << i)
            strbuf_printf(buf, "%s%s%s", before, collection->variables[i].about,
                          after);
}

/* " (pinpoint)"; nothing for a whole zone. */
static void write_mode(struct strbuf *buf, const struct plan_zone *zone)
{
    if (zone->mode != ZONE_WHOLE)
        strbuf_printf(buf, " (%s)", zone_mode_names[zone->mode]);
}

/* ---- text */

/* "internal-sign-in (required): Clients inside ..." */
static void write_requirement(struct strbuf *buf,
                              const struct requirement *requirement)
{
    strbuf_printf(buf, "    %s (%s): ", requirement->id,
                  level_names[requirement->level]);
    terminal_add(buf, requirement->why);
    strbuf_add_char(buf, '\n');
}

static void write_record_text(struct arena *arena, struct strbuf *buf,
                              const struct plan_record *record)
{
    name_write_plain(buf, record->record.owner);
    strbuf_printf(buf, "  %s  %s\n", type_text(arena, record->record.type),
                  data_text(arena, &record->record));
    for (const struct reason *reason = record->reasons; reason;
         reason = reason->next) {
        write_requirement(buf, reason->requirement);
        strbuf_printf(buf, "        %s, ", path_text(arena, &reason->origin));
        write_place(buf, reason->origin.place);
        if (reason->machine)
            strbuf_printf(buf, "; for %s", reason->machine->name);
        strbuf_add_text(buf, "; source: ");
        terminal_add(buf, source_text(arena, reason->requirement));
        strbuf_add_char(buf, '\n');
    }
}

static void write_records_text(struct arena *arena, struct strbuf *buf,
                               const struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->count; i++) {
        const struct explained_record *record = &explanation->records[i];
        const struct plan_zone *zone = record->zone;

        if (opens_zone(explanation, i) && zone) {
            strbuf_printf(buf, "%s%s view, zone %s", i > 0 ? "\n" : "",
                          view_names[record->view],
                          name_to_text(arena, zone->apex));
            write_mode(buf, zone);
            strbuf_add_text(buf, "\n\n");
        } else if (opens_zone(explanation, i)) {
            strbuf_printf(buf, "%s%s view, hosts files\n\n", i > 0 ? "\n" : "",
                          view_names[record->view]);
        }
        write_record_text(arena, buf, record->record);
    }
}

/* Where the site itself says something of the name. */
static void write_base_text(struct strbuf *buf, const struct plan_zone *zone,
                            struct name name)
{
    const struct node *node =
        zone->base ? recordset_find(zone->base, name) : NULL;

    for (const struct rrset *rrset = node ? node->rrsets : NULL; rrset;
         rrset = rrset->next) {
        strbuf_add_text(buf, "        the site's own ");
        rare_type_write(buf, rrset->type);
        strbuf_add_text(buf, ": ");
        write_place(buf, rrset->first->place);
        strbuf_add_char(buf, '\n');
    }
}

static void write_zone_of_name(struct arena *arena, struct strbuf *buf,
                               const struct explanation *explanation,
                               enum view view)
{
    const struct plan_zone *zone = explanation->zones[view];

    if (!zone) {
        if (view != VIEW_PERIMETER)
            strbuf_printf(buf, "    %s view: it lies in no zone of the plan\n",
                          view_names[view]);
        return;
    }
    strbuf_printf(buf, "    %s view: it lies in the zone %s", view_names[view],
                  name_to_text(arena, zone->apex));
    write_mode(buf, zone);
    strbuf_add_char(buf, '\n');
    write_base_text(buf, zone, explanation->name);
}

static void write_nothing_text(struct arena *arena, struct strbuf *buf,
                               const struct explanation *explanation)
{
    const char *name = name_to_text(arena, explanation->name);

    strbuf_printf(buf, "%s has no %s%srecords in the plan\n", name,
                  explanation->type ? type_text(arena, explanation->type) : "",
                  explanation->type ? " " : "");
    for (int view = 0; view < VIEW_COUNT; view++)
        write_zone_of_name(arena, buf, explanation, (enum view)view);
    if (explanation->nearest)
        strbuf_printf(buf, "    did you mean %s?\n", explanation->nearest);
    if (!explanation->absences)
        strbuf_add_text(buf, "    no row of the catalogue asks for it\n");
}

static void write_absences_text(struct arena *arena, struct strbuf *buf,
                                const struct explanation *explanation)
{
    for (const struct absence *absence = explanation->absences; absence;
         absence = absence->next) {
        const struct row *row = absence->row;

        strbuf_printf(buf, "\nnot planned: %s %s, %s view\n",
                      name_to_text(arena, explanation->name),
                      row->type->mnemonic, view_names[row->view]);
        write_requirement(buf, &row->requirement);
        write_lacks(buf, absence, "        needs: ", "\n");
    }
}

static void write_text(struct arena *arena, struct strbuf *buf,
                       const void *subject)
{
    const struct explanation *explanation = subject;

    write_records_text(arena, buf, explanation);
    if (explanation->count == 0 && !name_is_absent(explanation->name))
        write_nothing_text(arena, buf, explanation);
    write_absences_text(arena, buf, explanation);
}

/* ---- markdown */

static void write_reasons_markdown(struct arena *arena, struct strbuf *buf,
                                   const struct reason *reason)
{
    for (; reason; reason = reason->next) {
        markdown_prose(arena, buf, reason->requirement->why);
        strbuf_add_text(buf, " (");
        markdown_code(arena, buf, path_text(arena, &reason->origin), "|");
        if (reason->machine) {
            strbuf_add_text(buf, " for ");
            markdown_code(arena, buf, reason->machine->name, "|");
        }
        strbuf_add_char(buf, ')');
        if (reason->next)
            strbuf_add_text(buf, "<br>");
    }
}

static void write_record_markdown(struct arena *arena, struct strbuf *buf,
                                  const struct plan_record *record)
{
    strbuf_add_text(buf, "| ");
    markdown_code(arena, buf, name_to_text(arena, record->record.owner), "|");
    strbuf_printf(buf, " | %s | ", type_text(arena, record->record.type));
    markdown_code(arena, buf, data_text(arena, &record->record), "|");
    strbuf_add_text(buf, " | ");
    write_reasons_markdown(arena, buf, record->reasons);
    strbuf_add_text(buf, " |\n");
}

static void write_records_markdown(struct arena *arena, struct strbuf *buf,
                                   const struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->count; i++) {
        const struct explained_record *item = &explanation->records[i];

        if (opens_zone(explanation, i)) {
            strbuf_printf(buf, "%s## %s view, %s", i > 0 ? "\n" : "",
                          view_names[item->view],
                          item->zone ? "zone " : "hosts files");
            if (item->zone) {
                markdown_prose(arena, buf,
                               name_to_text(arena, item->zone->apex));
                write_mode(buf, item->zone);
            }
            strbuf_add_text(buf, "\n\n| Owner | Type | Data | Why |\n"
                                 "| --- | --- | --- | --- |\n");
        }
        write_record_markdown(arena, buf, item->record);
    }
}

static void write_markdown(struct arena *arena, struct strbuf *buf,
                           const void *subject)
{
    const struct explanation *explanation = subject;

    write_records_markdown(arena, buf, explanation);
    if (explanation->count == 0 && !name_is_absent(explanation->name)) {
        markdown_code(arena, buf, name_to_text(arena, explanation->name), "");
        strbuf_add_text(buf, " has no such records in the plan.\n");
    }
    for (const struct absence *absence = explanation->absences; absence;
         absence = absence->next) {
        strbuf_printf(buf, "\nNot planned: %s in the %s view (`%s`)\n\n",
                      absence->row->type->mnemonic,
                      view_names[absence->row->view],
                      absence->row->requirement.id);
        write_lacks(buf, absence, "- needs: ", "\n");
    }
}

/* ---- json */

/* A file's name is bytes, and JSON is UTF-8. */
static json_t *file_json(struct arena *arena, const char *file)
{
    json_t *name = file ? json_string(file) : json_null();
    struct strbuf shown;

    if (name)
        return name;
    strbuf_init(&shown, arena);
    terminal_add(&shown, file);
    return json_string(shown.text);
}

static json_t *place_json(struct arena *arena, const struct place *place)
{
    return json_pack("{s:o, s:i, s:i}", "file", file_json(arena, place->file),
                     "line", (int)place->line, "column", (int)place->column);
}

static json_t *reason_json(struct arena *arena, const struct reason *reason)
{
    json_t *topology = place_json(arena, &reason->origin.place);
    json_t *json;

    json_object_set_new(topology, "path",
                        json_string(path_text(arena, &reason->origin)));
    json = json_pack("{s:s, s:s, s:s, s:s, s:b, s:o}", "requirement",
                     reason->requirement->id, "level",
                     level_names[reason->requirement->level], "why",
                     reason->requirement->why, "source",
                     reason->requirement->see, "unsourced",
                     (int)reason->requirement->unsourced, "topology", topology);
    if (reason->machine)
        json_object_set_new(json, "machine",
                            json_string(reason->machine->name));
    return json;
}

static json_t *record_json(struct arena *arena,
                           const struct explained_record *item)
{
    const struct record *record = &item->record->record;
    json_t *reasons = json_array();

    for (const struct reason *reason = item->record->reasons; reason;
         reason = reason->next)
        json_array_append_new(reasons, reason_json(arena, reason));
    return json_pack(
        "{s:s, s:s?, s:s?, s:s, s:s, s:I, s:s, s:o}", "view",
        view_names[item->view], "zone",
        item->zone ? name_to_text(arena, item->zone->apex) : NULL, "mode",
        item->zone ? zone_mode_names[item->zone->mode] : NULL, "owner",
        name_to_text(arena, record->owner), "type",
        type_text(arena, record->type), "ttl", (json_int_t)record->ttl_seconds,
        "data", data_text(arena, record), "reasons", reasons);
}

static json_t *absence_json(struct arena *arena, const struct absence *absence)
{
    struct strbuf needs;

    strbuf_init(&needs, arena);
    write_lacks(&needs, absence, "", "; ");
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s#}", "view", view_names[absence->row->view],
        "type", absence->row->type->mnemonic, "requirement",
        absence->row->requirement.id, "why", absence->row->requirement.why,
        "needs", needs.text, needs.length > 2 ? (int)needs.length - 2 : 0);
}

static int add_json_bytes(const char *bytes, size_t length, void *context)
{
    strbuf_add(context, bytes, length);
    return 0;
}

static void write_json(struct arena *arena, struct strbuf *buf,
                       const void *subject)
{
    const struct explanation *explanation = subject;
    json_t *records = json_array();
    json_t *absences = json_array();
    json_t *root;

    for (size_t i = 0; i < explanation->count; i++)
        json_array_append_new(records,
                              record_json(arena, &explanation->records[i]));
    for (const struct absence *absence = explanation->absences; absence;
         absence = absence->next)
        json_array_append_new(absences, absence_json(arena, absence));
    root = json_pack("{s:i, s:o, s:o}", "version", 1, "records", records,
                     "absent", absences);
    if (json_dump_callback(root, add_json_bytes, buf, JSON_INDENT(2)) != 0)
        arena->out_of_memory(arena->context);
    strbuf_add_char(buf, '\n');
    json_decref(root);
}

const struct result_format explain_formats[] = {
    {"text", write_text},
    {"json", write_json},
    {"markdown", write_markdown},
    {NULL, NULL},
};
