/*
 * A topology from anywhere: whatever is accepted must give zones that hold
 * what the plan says and nothing else, under file names that stay in their
 * directory.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "plan/explain.h"
#include "plan/plan.h"
#include "topology/topology.h"
#include "write/explain_writer.h"
#include "write/hosts_writer.h"
#include "write/named_conf_writer.h"
#include "write/template.h"
#include "write/zone_writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void abort_on_out_of_memory(void *context)
{
    (void)context;
    abort();
}

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* What names hold once they are accepted: no text of ours needs more. */
static bool is_plain(const struct strbuf *buf)
{
    for (size_t i = 0; i < buf->length; i++)
        if (buf->text[i] != '\n' && (buf->text[i] < ' ' || buf->text[i] > '~'))
            return false;
    return true;
}

/* A name is letters, digits, hyphens, underscores and dots; the local part of
 * the contact has escaped dots and plus signs beside these.  So whatever else
 * stands outside of a comment was put there by the writer, once. */
static size_t count_outside_comments(const struct strbuf *buf, char wanted)
{
    size_t count = 0;
    bool in_comment = false;

    for (size_t i = 0; i < buf->length; i++) {
        if (buf->text[i] == ';' || buf->text[i] == '\n')
            in_comment = buf->text[i] == ';';
        count += !in_comment && buf->text[i] == wanted;
    }
    return count;
}

static size_t count_records(const struct strbuf *buf)
{
    size_t count = 0;
    const char *line = buf->text;

    for (const char *end; (end = strchr(line, '\n')); line = end + 1)
        if (*line != ';' && memmem(line, (size_t)(end - line), " IN ", 4))
            count++;
    return count;
}

static void check_fragment_text(const struct strbuf *buf,
                                const struct plan_zone *zone)
{
    require(is_plain(buf), "a fragment is plain text");
    require(buf->text[buf->length - 1] == '\n', "the last line is whole");
    require(count_outside_comments(buf, '"') == 0, "no quote");
    require(count_outside_comments(buf, '(') == 0, "no SOA");
    require(count_outside_comments(buf, '$') == 0, "no directive");
    require(count_records(buf) == zone->count, "a line for each record");
}

static void check_zone_text(const struct strbuf *buf,
                            const struct plan_zone *zone)
{
    require(is_plain(buf), "a zone file is plain text");
    require(buf->text[buf->length - 1] == '\n', "the last line is whole");
    require(count_outside_comments(buf, '"') == 0, "no quote");
    require(count_outside_comments(buf, '(') == 1, "one ( in the SOA");
    require(count_outside_comments(buf, ')') == 1, "one ) in the SOA");
    require(count_outside_comments(buf, '$') == 2, "$ORIGIN and $TTL");
    require(count_records(buf) == zone->count + 1, "a line for each record");
}

static void check_file_name(const char *path, const struct plan_zone *zone)
{
    size_t view = strlen(view_names[zone->view]);

    require(strncmp(path, view_names[zone->view], view) == 0 &&
                path[view] == '/',
            "a zone file lies in the directory of its view");
    require(!strchr(path + view + 1, '/'), "and no deeper");
    require(path[view + 1] != '.' && !strstr(path, ".."), "nor above");
}

static void write_zone(struct arena *arena, struct diag *diag,
                       const struct plan *plan, const struct plan_zone *zone)
{
    const char *head = template_load(arena, diag, NULL, "zone.head");
    struct strbuf buf;

    strbuf_init(&buf, arena);
    if (zone->mode == ZONE_INCLUDE) {
        zone_writer_write_fragment(arena, &buf, zone, "x", head);
        check_fragment_text(&buf, zone);
    } else {
        zone_writer_write(arena, &buf, zone, plan->ttl_seconds, 1, head);
        check_zone_text(&buf, zone);
    }
    check_file_name(zone_file_name(arena, zone), zone);
}

static void write_named_conf(struct arena *arena, struct diag *diag,
                             const struct plan *plan)
{
    const char *template = template_load(arena, diag, NULL, "named.conf");
    struct strbuf buf;

    strbuf_init(&buf, arena);
    for (int view = 0; view < VIEW_COUNT; view++)
        named_conf_write_zones(arena, &buf, plan, (enum view)view, "");
    named_conf_write(arena, &buf, plan, "", template);
    require(is_plain(&buf), "named.conf is plain text");
}

static void write_hosts(struct arena *arena, const struct plan *plan)
{
    size_t count;
    const struct machine *machines = facts_machines(plan->facts, &count);

    for (size_t i = 0; i < count; i++) {
        struct strbuf buf;

        strbuf_init(&buf, arena);
        hosts_writer_write(arena, &buf, plan, &machines[i]);
        require(is_plain(&buf), "a hosts file is plain text");
        require(!strchr(machines[i].name, '/'), "a file name is no path");
    }
}

static void explain(struct arena *arena, struct diag *diag,
                    const struct plan *plan, struct name name)
{
    const struct explanation *explanation =
        explain_build(arena, diag, plan, name, 0);
    struct strbuf buf;

    strbuf_init(&buf, arena);
    for (const struct result_format *format = explain_formats; format->name;
         format++)
        format->write(arena, &buf, explanation);
}

static void use_plan(struct arena *arena, struct diag *diag,
                     const struct plan *plan)
{
    struct name name = plan->topology->dns.contact.name;

    plan_report_zones(arena, diag, plan);
    plan_report_servers(arena, diag, plan);
    plan_report_sites(arena, diag, plan);
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *zone = plan->views[view].zones[i];

            write_zone(arena, diag, plan, zone);
            name = zone->records[zone->count - 1].record.owner;
        }
    write_named_conf(arena, diag, plan);
    write_hosts(arena, plan);
    explain(arena, diag, plan, name);
    explain(arena, diag, plan, plan->topology->dns.contact.name);
}

/* Files that a topology names are none of the fuzzer's. */
static bool names_files(const struct topology *topology)
{
    for (size_t i = 0; i < topology->zones.count; i++)
        if (topology->zones.items[i].base.count > 0)
            return true;
    return false;
}

static void print(struct diag *diag)
{
    static FILE *nowhere;

    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    if (nowhere)
        diag_print(diag, nowhere, SEVERITY_INFO, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct diag diag;
    const struct topology *topology;
    const struct plan *plan = NULL;

    arena_init(&arena, abort_on_out_of_memory, NULL);
    diag_init(&diag, &arena);
    diag_add_source(&diag, "fuzz.yaml", (const char *)data, size);
    topology =
        topology_parse(&arena, &diag, "fuzz.yaml", (const char *)data, size);
    require(topology || diag.errors > 0, "a refusal says why");
    if (topology && !names_files(topology) &&
        topology_validate(&arena, &diag, topology) == 0) {
        plan = plan_build(&arena, &diag, topology, NULL);
        require(plan || diag.errors > 0, "no plan: there is an error");
    }
    if (plan) {
        require(diag.errors == 0, "a plan: there is none");
        use_plan(&arena, &diag, plan);
    }
    print(&diag);
    arena_release(&arena);
    return 0;
}
