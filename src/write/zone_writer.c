#include "write/zone_writer.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/terminal.h"
#include "dns/rare_rdata.h"
#include "dns/recordset.h"
#include "write/record_groups.h"
#include "write/template.h"

#define NARROWEST_OWNER 16
#define WIDEST_OWNER    40
#define TYPE_WIDTH      9 /* "IN CNAME " */

struct writer {
    struct arena *arena;
    struct strbuf *buf;
    const struct plan_zone *zone;
    struct name origin;   /* absent: names are absolute */
    uint32_t ttl_seconds; /* of $TTL; RECORDSET_NO_TTL: there is none */
    size_t owner_width;
    size_t ttl_width; /* 0: no record has a TTL of its own */
    size_t data_column;
};

/* ---- columns */

static void widen_for_owner(struct writer *writer, struct name owner)
{
    struct strbuf text;
    size_t width;

    strbuf_init(&text, writer->arena);
    name_write_relative(&text, owner, writer->origin);
    width = text.length + 1;
    if (width > writer->owner_width && width <= WIDEST_OWNER)
        writer->owner_width = width;
}

static bool has_own_ttl(const struct writer *writer, uint32_t seconds)
{
    return seconds != writer->ttl_seconds && seconds != RECORDSET_NO_TTL;
}

static void widen_for_ttl(struct writer *writer, uint32_t seconds)
{
    struct strbuf text;

    if (!has_own_ttl(writer, seconds))
        return;
    strbuf_init(&text, writer->arena);
    ttl_write(&text, seconds);
    if (text.length + 1 > writer->ttl_width)
        writer->ttl_width = text.length + 1;
}

static void set_columns(struct writer *writer)
{
    const struct plan_zone *zone = writer->zone;
    const struct node *node = zone->base ? zone->base->top : NULL;

    writer->owner_width = NARROWEST_OWNER;
    for (size_t i = 0; i < zone->count; i++) {
        widen_for_owner(writer, zone->records[i].record.owner);
        widen_for_ttl(writer, zone->records[i].record.ttl_seconds);
    }
    for (; node; node = recordset_next(zone->base, node)) {
        if (node->rrsets)
            widen_for_owner(writer, node->owner);
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next)
            widen_for_ttl(writer, rrset->ttl_seconds);
    }
    writer->data_column = writer->owner_width + writer->ttl_width + TYPE_WIDTH;
}

static void write_ttl(const struct writer *writer, uint32_t seconds)
{
    size_t start = writer->buf->length;

    if (writer->ttl_width == 0)
        return;
    if (has_own_ttl(writer, seconds))
        ttl_write(writer->buf, seconds);
    strbuf_pad(writer->buf, start, writer->ttl_width);
}

/* owner, TTL, IN, type; an absent owner is that of the record before. */
static void write_start(const struct writer *writer, struct name owner,
                        uint32_t ttl_seconds, uint16_t type)
{
    struct strbuf *buf = writer->buf;
    size_t start = buf->length;

    if (!name_is_absent(owner))
        name_write_relative(buf, owner, writer->origin);
    strbuf_pad(buf, start, writer->owner_width);
    write_ttl(writer, ttl_seconds);
    start = buf->length;
    strbuf_add_text(buf, "IN ");
    rare_type_write(buf, type);
    strbuf_pad(buf, start, TYPE_WIDTH);
}

/* ---- the apex */

static void write_timer(const struct writer *writer, uint32_t seconds,
                        const char *end, const char *about)
{
    struct strbuf *buf = writer->buf;
    size_t start = buf->length;

    strbuf_pad(buf, start, writer->data_column);
    start = buf->length;
    ttl_write(buf, seconds);
    strbuf_add_text(buf, end);
    strbuf_pad(buf, start, 11);
    strbuf_add_text(buf, "; ");
    strbuf_add_text(buf, about);
    strbuf_add_char(buf, '\n');
}

static void write_soa(const struct writer *writer, uint32_t serial)
{
    const struct soa *soa = &writer->zone->soa;
    struct strbuf *buf = writer->buf;
    size_t start;

    write_start(writer, writer->zone->apex, writer->ttl_seconds, RECORD_SOA);
    name_write(buf, soa->primary);
    strbuf_add_char(buf, ' ');
    name_write(buf, soa->contact);
    strbuf_add_text(buf, " (\n");
    start = buf->length;
    strbuf_pad(buf, start, writer->data_column);
    start = buf->length;
    strbuf_add_number(buf, serial);
    strbuf_pad(buf, start, 11);
    strbuf_add_text(buf, "; serial\n");
    write_timer(writer, soa->refresh, "", "refresh");
    write_timer(writer, soa->retry, "", "retry");
    write_timer(writer, soa->expire, "", "expire");
    write_timer(writer, soa->minimum, " )", "negative answers");
}

/* ---- records */

static bool is_apex_server(const struct writer *writer,
                           const struct plan_record *record)
{
    return record->record.type == RECORD_NS &&
           name_equal(record->record.owner, writer->zone->apex);
}

/* The comment over a record that opens a group, or a part of one. */
static void write_reason(const struct writer *writer,
                         const struct plan_record *record,
                         const struct plan_record *before)
{
    struct record_comment comment =
        record_groups_comment(writer->arena, record, before);

    if (comment.why)
        strbuf_printf(writer->buf, "\n; %s\n", comment.why);
    if (comment.path)
        strbuf_printf(writer->buf, "; %s\n", comment.path);
}

/* An absent owner: it is the one of the record above. */
static void write_record(const struct writer *writer,
                         const struct record *record, struct name owner)
{
    write_start(writer, owner, record->ttl_seconds, record->type);
    rare_data_write(writer->buf, record->type, record->data);
    strbuf_add_char(writer->buf, '\n');
}

/* The name servers of the apex, the only records in front of all groups.
 * Returns how many there are. */
static size_t write_name_servers(const struct writer *writer,
                                 const struct plan_record *const *records)
{
    size_t count = 0;

    while (count < writer->zone->count &&
           is_apex_server(writer, records[count]))
        write_record(writer, &records[count++]->record, (struct name){0});
    return count;
}

static void write_groups(const struct writer *writer,
                         const struct plan_record *const *records, size_t count)
{
    const struct plan_record *before = NULL;

    for (size_t i = 0; i < count; i++) {
        struct name owner = records[i]->record.owner;
        size_t length = writer->buf->length;

        write_reason(writer, records[i], before);
        if (before && writer->buf->length == length &&
            name_equal(owner, before->record.owner))
            owner = (struct name){0};
        write_record(writer, &records[i]->record, owner);
        before = records[i];
    }
}

/* ---- the site's own records */

static void write_base_rrset(const struct writer *writer,
                             const struct node *node, const struct rrset *rrset,
                             bool is_first)
{
    for (const struct rr *rr = rrset->first; rr; rr = rr->next) {
        struct record record = rrset_record(node, rrset, rr);

        write_record(writer, &record,
                     is_first ? node->owner : (struct name){0});
        is_first = false;
    }
}

static void write_base(const struct writer *writer)
{
    const struct recordset *base = writer->zone->base;
    const struct word_list *files = &writer->zone->declared->base;

    strbuf_add_text(writer->buf, "\n; The site's own records.\n");
    for (size_t i = 0; i < files->count; i++) {
        strbuf_add_text(writer->buf, "; ");
        terminal_add(writer->buf, files->items[i].text);
        strbuf_add_char(writer->buf, '\n');
    }
    for (const struct node *node = base->top; node;
         node = recordset_next(base, node))
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next)
            write_base_rrset(writer, node, rrset, rrset == node->rrsets);
}

/* ---- files */

static void write_head(const struct writer *writer, const char *head)
{
    const struct template_value values[] = {
        {"zone", name_to_text(writer->arena, writer->zone->apex)},
        {"view", view_names[writer->zone->view]},
        {NULL, NULL},
    };

    strbuf_add_text(writer->buf, "; " WRITTEN_BY_US "\n");
    template_write(writer->buf, head, values);
}

void zone_writer_write(struct arena *arena, struct strbuf *buf,
                       const struct plan_zone *zone, uint32_t ttl_seconds,
                       uint32_t serial, const char *head)
{
    struct arena scratch; /* of this zone */
    struct writer writer = {.arena = &scratch,
                            .buf = buf,
                            .zone = zone,
                            .origin = zone->apex,
                            .ttl_seconds = ttl_seconds};
    const struct plan_record *const *records;
    size_t servers;

    arena_init(&scratch, arena->out_of_memory, arena->context);
    set_columns(&writer);
    records = record_groups_sort(&scratch, zone);
    write_head(&writer, head);
    strbuf_add_text(buf, "\n$ORIGIN ");
    name_write(buf, zone->apex);
    strbuf_add_text(buf, "\n$TTL ");
    ttl_write(buf, ttl_seconds);
    strbuf_add_text(buf, "\n\n");
    write_soa(&writer, serial);
    servers = write_name_servers(&writer, records);
    if (zone->base && zone->base->record_count > 0)
        write_base(&writer);
    write_groups(&writer, records + servers, zone->count - servers);
    arena_release(&scratch);
}

/* How to include the file; a comment, whatever is in the path. */
static void write_include(const struct writer *writer, const char *path)
{
    struct strbuf line;

    strbuf_init(&line, writer->arena);
    strbuf_add_text(&line, "$INCLUDE \"");
    for (; *path; path++) {
        if (*path == '"' || *path == '\\')
            strbuf_add_char(&line, '\\');
        strbuf_add_char(&line, *path);
    }
    strbuf_add_text(writer->buf,
                    "; No zone, but a piece of one.  Its owner includes it "
                    "behind the $TTL:\n;\n;     ");
    terminal_add(writer->buf, line.text);
    strbuf_add_text(writer->buf, "\"\n");
}

void zone_writer_write_fragment(struct arena *arena, struct strbuf *buf,
                                const struct plan_zone *zone, const char *path,
                                const char *head)
{
    struct arena scratch; /* of this zone */
    struct writer writer = {.arena = &scratch,
                            .buf = buf,
                            .zone = zone,
                            .ttl_seconds = RECORDSET_NO_TTL};

    arena_init(&scratch, arena->out_of_memory, arena->context);
    set_columns(&writer);
    write_head(&writer, head);
    write_include(&writer, path);
    write_groups(&writer, record_groups_sort(&scratch, zone), zone->count);
    arena_release(&scratch);
}
