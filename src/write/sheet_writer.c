#include "write/sheet_writer.h"

#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/terminal.h"
#include "write/markdown.h"
#include "write/plan_formats.h"

/* One record of the sheet, and where it belongs. */
struct line {
    struct arena *arena;
    struct strbuf *buf;
    const struct plan_zone *zone;
    const struct plan_record *record;
};

typedef void write_line(const struct line *line);

static void each_record(struct arena *arena, struct strbuf *buf,
                        const struct plan_view *view, write_line *write)
{
    for (size_t i = 0; i < view->count; i++)
        for (size_t j = 0; j < view->zones[i]->count; j++) {
            const struct line line = {arena, buf, view->zones[i],
                                      &view->zones[i]->records[j]};

            write(&line);
        }
}

static bool is_selected(const struct plan_selection *selection, enum view view)
{
    return !selection->view || *selection->view == view;
}

static const char *type_text(const struct line *line)
{
    struct strbuf buf;

    strbuf_init(&buf, line->arena);
    record_type_write(&buf, line->record->record.type);
    return buf.text;
}

/* Of the types that a plan has, only names end with a dot. */
static const char *data_text(const struct line *line)
{
    const struct record *record = &line->record->record;
    struct strbuf buf;

    strbuf_init(&buf, line->arena);
    record_data_write(&buf, record->type, record->data, (struct name){0});
    if (!name_is_absent(record_target(record)) && buf.length > 1)
        buf.text[buf.length - 1] = '\0';
    return buf.text;
}

static const char *path_text(const struct line *line,
                             const struct reason *reason)
{
    struct strbuf buf;

    strbuf_init(&buf, line->arena);
    origin_write(&buf, &reason->origin, false);
    return buf.text;
}

/* ---- csv */

static void write_separator(const struct line *line)
{
    strbuf_add_char(line->buf, ',');
}

/* A field that needs no quotes has none (RFC 4180 section 2). */
static void write_field(const struct line *line, const char *text)
{
    bool is_quoted = text[strcspn(text, ",\"")] != '\0' || *text == ' ';

    if (is_quoted)
        strbuf_add_char(line->buf, '"');
    for (; *text; text++) {
        if (*text == '"')
            strbuf_add_char(line->buf, '"');
        strbuf_add_char(line->buf, *text);
    }
    if (is_quoted)
        strbuf_add_char(line->buf, '"');
}

/* priority,weight,port,target, as far as the type has them. */
static void write_parts(const struct line *line)
{
    const struct record *record = &line->record->record;
    const uint8_t *octets = record->data.octets;
    struct name target = record_target(record);

    if (record->type == RECORD_SRV)
        strbuf_printf(line->buf, "%u,%u,%u,", octets[0] << 8 | octets[1],
                      octets[2] << 8 | octets[3], record_srv_port(record));
    else
        strbuf_add_text(line->buf, ",,,");
    if (!name_is_absent(target))
        write_field(line, name_to_text(line->arena, target));
}

static const char *whys_text(const struct line *line)
{
    struct strbuf buf;

    strbuf_init(&buf, line->arena);
    for (const struct reason *reason = line->record->reasons; reason;
         reason = reason->next) {
        terminal_add(&buf, reason->requirement->why);
        strbuf_add_text(&buf, reason->next ? " " : "");
    }
    if (line->record->mirrored)
        strbuf_add_text(&buf, " The public value, repeated.");
    return buf.text;
}

static const char *paths_text(const struct line *line)
{
    struct strbuf buf;

    strbuf_init(&buf, line->arena);
    for (const struct reason *reason = line->record->reasons; reason;
         reason = reason->next)
        strbuf_printf(&buf, "%s%s", path_text(line, reason),
                      reason->next ? "; " : "");
    return buf.text;
}

static void write_csv_line(const struct line *line)
{
    const struct record *record = &line->record->record;
    const struct plan_zone *zone = line->zone;

    strbuf_printf(line->buf, "%s,", view_names[zone->view]);
    write_field(line, name_to_text(line->arena, zone->apex));
    strbuf_printf(line->buf, ",%s,", zone_mode_names[zone->mode]);
    write_field(line, name_to_text(line->arena, record->owner));
    strbuf_printf(line->buf, ",%s,%u,", type_text(line), record->ttl_seconds);
    write_field(line, data_text(line));
    write_separator(line);
    write_parts(line);
    write_separator(line);
    write_field(line, whys_text(line));
    write_separator(line);
    write_field(line, paths_text(line));
    strbuf_add_text(line->buf, "\r\n");
}

void sheet_write_csv(struct arena *arena, struct strbuf *buf,
                     const void *subject)
{
    const struct plan_selection *selection = subject;

    strbuf_add_text(buf, "view,zone,mode,owner,type,ttl,data,priority,weight,"
                         "port,target,reason,topology\r\n");
    for (int view = 0; view < VIEW_COUNT; view++)
        if (is_selected(selection, (enum view)view))
            each_record(arena, buf, &selection->plan->views[view],
                        write_csv_line);
}

/* ---- markdown */

static void write_cell(const struct line *line, const char *code)
{
    markdown_code(line->arena, line->buf, code, "|");
    strbuf_add_text(line->buf, " | ");
}

static void write_markdown_line(const struct line *line)
{
    const struct record *record = &line->record->record;

    strbuf_add_text(line->buf, "| ");
    write_cell(line, name_to_text(line->arena, line->zone->apex));
    write_cell(line, name_to_text(line->arena, record->owner));
    strbuf_printf(line->buf, "%s | %u | ", type_text(line),
                  record->ttl_seconds);
    write_cell(line, data_text(line));
    markdown_prose(line->arena, line->buf, whys_text(line));
    strbuf_add_text(line->buf, " |\n");
}

void sheet_write_markdown(struct arena *arena, struct strbuf *buf,
                          const void *subject)
{
    const struct plan_selection *selection = subject;
    const char *space = "";

    for (int view = 0; view < VIEW_COUNT; view++) {
        if (!is_selected(selection, (enum view)view))
            continue;
        strbuf_printf(buf,
                      "%s## DNS records, %s view\n\n"
                      "| Zone | Owner | Type | TTL | Data | Why |\n"
                      "| --- | --- | --- | --- | --- | --- |\n",
                      space, view_names[view]);
        each_record(arena, buf, &selection->plan->views[view],
                    write_markdown_line);
        space = "\n";
    }
}
