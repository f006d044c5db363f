#include "write/hosts_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/terminal.h"
#include "write/zone_writer.h"

#define ADDRESS_WIDTH 17 /* "255.255.255.255  " */

/* A record and the first reason for which the machine needs it. */
struct line {
    const struct plan_record *record;
    const struct reason *reason;
};

const char *hosts_file_name(struct arena *arena, const struct machine *machine)
{
    return arena_printf(arena, "%s/%s.hosts", view_names[VIEW_PERIMETER],
                        machine->name);
}

static const struct reason *find_reason(const struct plan_record *record,
                                        const struct machine *machine)
{
    const struct reason *reason = record->reasons;

    while (reason && reason->machine != machine)
        reason = reason->next;
    return reason;
}

/* As in a zone file: by row of the catalogue, then what belongs together, then
 * as the plan has them. */
static int compare_lines(const void *left, const void *right)
{
    const struct line *one = left;
    const struct line *other = right;
    const char *item = one->reason->origin.item;
    const char *other_item = other->reason->origin.item;
    int order = place_compare(one->reason->requirement->place,
                              other->reason->requirement->place);

    if (order == 0 && item && other_item)
        order = strcmp(item, other_item);
    if (order == 0)
        order = (one->record > other->record) - (one->record < other->record);
    return order;
}

static struct line *collect_lines(struct arena *arena, const struct plan *plan,
                                  const struct machine *machine, size_t *count)
{
    struct line *lines =
        ARENA_NEW_ARRAY(arena, plan->perimeter.count, struct line);

    *count = 0;
    for (size_t i = 0; i < plan->perimeter.count; i++) {
        const struct plan_record *record = &plan->perimeter.records[i];
        const struct reason *reason = find_reason(record, machine);

        if (reason)
            lines[(*count)++] = (struct line){record, reason};
    }
    if (*count > 1)
        qsort(lines, *count, sizeof *lines, compare_lines);
    return lines;
}

static void write_whose(struct arena *arena, struct strbuf *buf,
                        const struct machine *machine)
{
    const struct edge *edge = machine->edge;

    if (!edge) {
        const uint8_t *octets = machine->proxy->address.octets;

        strbuf_printf(buf,
                      "# For the reverse proxy with the address "
                      "%u.%u.%u.%u.\n",
                      octets[0], octets[1], octets[2], octets[3]);
        return;
    }
    strbuf_printf(buf, "# For %sthe edge %s%s\n",
                  edge->servers.count > 0 ? "each server of " : "",
                  machine->name, edge->servers.count > 0 ? ":" : ".");
    for (size_t i = 0; i < edge->servers.count; i++)
        strbuf_printf(buf, "# %s\n",
                      name_to_text(arena, edge->servers.items[i].fqdn.name));
}

static const char *path_text(struct arena *arena, const struct reason *reason)
{
    struct strbuf path;

    strbuf_init(&path, arena);
    origin_write(&path, &reason->origin, true);
    return path.text;
}

/* The comment over a line that opens a group, or a part of one. */
static void write_reason(struct arena *arena, struct strbuf *buf,
                         const struct reason *reason,
                         const struct reason *before)
{
    const char *path = path_text(arena, reason);
    bool opens = !before || before->requirement != reason->requirement;

    if (opens) {
        strbuf_add_text(buf, "\n# ");
        /* A catalogue may say why in several lines; a comment has one. */
        terminal_add(buf, reason->requirement->why);
        strbuf_add_char(buf, '\n');
    }
    if (opens || strcmp(path, path_text(arena, before)) != 0)
        strbuf_printf(buf, "# %s\n", path);
}

static void write_line(struct strbuf *buf, const struct record *record)
{
    size_t start = buf->length;

    record_data_write(buf, record->type, record->data, (struct name){0});
    strbuf_pad(buf, start, ADDRESS_WIDTH);
    name_write_plain(buf, record->owner);
    strbuf_add_char(buf, '\n');
}

size_t hosts_writer_write(struct arena *arena, struct strbuf *buf,
                          const struct plan *plan,
                          const struct machine *machine)
{
    size_t count;
    const struct line *lines = collect_lines(arena, plan, machine, &count);

    strbuf_add_text(buf, "# " WRITTEN_BY_US "\n");
    write_whose(arena, buf, machine);
    strbuf_add_text(buf,
                    "# Names of Office Communications Server that it looks up: "
                    "add them to its own\n"
                    "# hosts file.  `ocszone explain TOPOLOGY NAME` tells why "
                    "it needs a name.\n");
    for (size_t i = 0; i < count; i++) {
        write_reason(arena, buf, lines[i].reason,
                     i > 0 ? lines[i - 1].reason : NULL);
        write_line(buf, &lines[i].record->record);
    }
    if (count == 0)
        strbuf_add_text(buf, "\n# It needs none at present.\n");
    return count;
}
