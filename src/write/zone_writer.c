#include "write/zone_writer.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "write/record_groups.h"
#include "write/template.h"

#define NARROWEST_OWNER 16
#define WIDEST_OWNER    40
#define TYPE_WIDTH      9 /* "IN CNAME " */

struct writer {
    struct arena *arena;
    struct strbuf *buf;
    const struct plan_zone *zone;
    size_t owner_width;
};

static void set_owner_width(struct writer *writer)
{
    struct strbuf owner;

    strbuf_init(&owner, writer->arena);
    writer->owner_width = NARROWEST_OWNER;
    for (size_t i = 0; i < writer->zone->count; i++) {
        size_t width;

        strbuf_reset(&owner);
        name_write_relative(&owner, writer->zone->records[i].record.owner,
                            writer->zone->apex);
        width = owner.length + 1;
        if (width > writer->owner_width && width <= WIDEST_OWNER)
            writer->owner_width = width;
    }
}

/* owner, IN, type; an absent owner is that of the record before. */
static void write_start(const struct writer *writer, struct name owner,
                        uint16_t type)
{
    struct strbuf *buf = writer->buf;
    size_t start = buf->length;

    if (!name_is_absent(owner))
        name_write_relative(buf, owner, writer->zone->apex);
    strbuf_pad(buf, start, writer->owner_width);
    start = buf->length;
    strbuf_add_text(buf, "IN ");
    record_type_write(buf, type);
    strbuf_pad(buf, start, TYPE_WIDTH);
}

static void write_timer(const struct writer *writer, uint32_t seconds,
                        const char *end, const char *about)
{
    struct strbuf *buf = writer->buf;
    size_t start = buf->length;

    strbuf_pad(buf, start, writer->owner_width + TYPE_WIDTH);
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

    write_start(writer, writer->zone->apex, RECORD_SOA);
    name_write(buf, soa->primary);
    strbuf_add_char(buf, ' ');
    name_write(buf, soa->contact);
    strbuf_add_text(buf, " (\n");
    start = buf->length;
    strbuf_pad(buf, start, writer->owner_width + TYPE_WIDTH);
    start = buf->length;
    strbuf_add_number(buf, serial);
    strbuf_pad(buf, start, 11);
    strbuf_add_text(buf, "; serial\n");
    write_timer(writer, soa->refresh, "", "refresh");
    write_timer(writer, soa->retry, "", "retry");
    write_timer(writer, soa->expire, "", "expire");
    write_timer(writer, soa->minimum, " )", "negative answers");
}

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
                         const struct plan_record *record, struct name owner)
{
    write_start(writer, owner, record->record.type);
    record_data_write(writer->buf, record->record.type, record->record.data,
                      (struct name){0});
    strbuf_add_char(writer->buf, '\n');
}

static void write_records(const struct writer *writer)
{
    const struct plan_zone *zone = writer->zone;
    const struct plan_record *const *records =
        record_groups_sort(writer->arena, zone);
    const struct plan_record *before = NULL;
    struct name above = zone->apex; /* of the SOA */

    for (size_t i = 0; i < zone->count; i++) {
        struct name owner = records[i]->record.owner;
        size_t length = writer->buf->length;

        if (!is_apex_server(writer, records[i]))
            write_reason(writer, records[i], before);
        if (writer->buf->length == length && name_equal(owner, above))
            owner = (struct name){0};
        write_record(writer, records[i], owner);
        above = records[i]->record.owner;
        before = records[i];
    }
}

void zone_writer_write(struct arena *arena, struct strbuf *buf,
                       const struct plan_zone *zone, uint32_t ttl_seconds,
                       uint32_t serial, const char *head)
{
    struct arena scratch; /* of this zone */
    struct writer writer = {.arena = &scratch, .buf = buf, .zone = zone};
    struct template_value values[] = {
        {"zone", NULL},
        {"view", view_names[zone->view]},
        {NULL, NULL},
    };

    arena_init(&scratch, arena->out_of_memory, arena->context);
    values[0].text = name_to_text(&scratch, zone->apex);
    set_owner_width(&writer);
    strbuf_add_text(buf, "; " WRITTEN_BY_US "\n");
    template_write(buf, head, values);
    strbuf_add_text(buf, "\n$ORIGIN ");
    name_write(buf, zone->apex);
    strbuf_add_text(buf, "\n$TTL ");
    ttl_write(buf, ttl_seconds);
    strbuf_add_text(buf, "\n\n");
    write_soa(&writer, serial);
    write_records(&writer);
    arena_release(&scratch);
}
