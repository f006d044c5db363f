#include "write/windows_writer.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "write/plan_formats.h"
#include "write/record_groups.h"
#include "write/template.h"

/* How a script is written, where its template does not say it. */
struct dialect {
    const char *template;
    const char *comment;
    const char *quote;  /* around a word of a call, or "" */
    const char *zone;   /* the calls, without their arguments: ZONE ... */
    const char *other;  /* ZONE: of somebody else, which has to be there */
    const char *record; /* ZONE OWNER TTL TYPE DATA... */
    const char *host;   /* the same */
    const char *end;    /* ZONE; NULL: nothing follows a zone's records */
};

static const struct dialect dialects[WINDOWS_SCRIPT_COUNT] = {
    [WINDOWS_DNSCMD] = {"dnscmd.cmd", "rem ", "", "call :zone", "call :other",
                        "call :record", "call :host", NULL},
    [WINDOWS_DNSCMD_UNDO] = {"dnscmd-undo.cmd", "rem ", "", "call :zone",
                             "call :zone", "call :remove", "call :remove_host",
                             "call :end"},
    [WINDOWS_POWERSHELL] = {"powershell.ps1", "# ", "'", "Set-Zone",
                            "Find-Zone", "Set-Record", "Set-HostRecord", NULL},
    [WINDOWS_POWERSHELL_UNDO] = {"powershell-undo.ps1", "# ", "'", "Find-Zone",
                                 "Find-Zone", "Remove-Record",
                                 "Remove-HostRecord", "Remove-Zone"},
};

static enum view selected_view(const struct plan_selection *selection)
{
    return selection->view ? *selection->view : VIEW_INTERNAL;
}

/* ---- which records a script has */

/* Of a host, or a name server, and of nothing in the deployment. */
static bool is_host(const struct plan_record *record)
{
    for (const struct reason *reason = record->reasons; reason;
         reason = reason->next)
        if (strcmp(reason->origin.list, "dns") != 0)
            return false;
    return true;
}

/* The server's own, or glue for a delegation: the zone further down has it. */
static bool is_left_out(const struct plan *plan, const struct plan_zone *zone,
                        const struct plan_record *record)
{
    return record->record.type == RECORD_NS ||
           plan_find_zone(plan, zone->view, record->record.owner) != zone;
}

/* ---- names: topologies and catalogues have no others today, and a script
 * must not be where a new kind of name is found out */

static bool is_plain(struct name name)
{
    for (uint8_t i = 0; i < name.length; i++) {
        uint8_t label = name.octets[i];

        for (; label > 0; label--) {
            uint8_t octet = name.octets[++i];

            if (!(octet >= 'a' && octet <= 'z') &&
                !(octet >= '0' && octet <= '9') && octet != '-' && octet != '_')
                return false;
        }
    }
    return true;
}

static int check_name(struct arena *arena, struct diag *diag,
                      struct place place, struct name name)
{
    if (is_plain(name))
        return 0;
    return diag_error(diag, place, "name-not-for-windows",
                      "'%s' is no name for a script: write it with letters, "
                      "digits, hyphens and underscores",
                      name_to_text(arena, name));
}

static int check_record(struct arena *arena, struct diag *diag,
                        const struct plan_record *record)
{
    struct place place = record->reasons->origin.place;
    int result = check_name(arena, diag, place, record->record.owner);

    return result |
           check_name(arena, diag, place, record_target(&record->record));
}

static int check_names(struct arena *arena, struct diag *diag,
                       const struct plan_selection *selection)
{
    const struct plan *plan = selection->plan;
    const struct plan_view *view = &plan->views[selected_view(selection)];
    int result = 0;

    for (size_t i = 0; i < view->count; i++)
        for (size_t j = 0; j < view->zones[i]->count; j++)
            if (!is_left_out(plan, view->zones[i], &view->zones[i]->records[j]))
                result |=
                    check_record(arena, diag, &view->zones[i]->records[j]);
    return result;
}

int windows_prepare(struct arena *arena, struct diag *diag,
                    const char *directory, struct plan_selection *selection)
{
    int result = check_names(arena, diag, selection);

    for (int i = 0; i < WINDOWS_SCRIPT_COUNT; i++) {
        selection->scripts[i] =
            template_load(arena, diag, directory, dialects[i].template);
        if (!selection->scripts[i])
            result = -1;
    }
    return result;
}

/* ---- lines */

struct script {
    struct arena *arena;
    struct strbuf *buf;
    const struct dialect *dialect;
    const struct plan *plan;
    const struct plan_zone *zone;
};

/* cmd.exe replaces variables in comments, too, shows its help for "/?", and
 * may see commands, files and lines that go on. */
static void write_cmd_octet(struct strbuf *buf, const char *at)
{
    if (strchr("&|<>^", *at))
        strbuf_add_char(buf, '?');
    else
        strbuf_add_char(buf, *at);
    if (*at == '%')
        strbuf_add_char(buf, '%');
    if (*at == '/' && at[1] == '?')
        strbuf_add_char(buf, ' ');
}

/* One line of comment, which may be text of others: ASCII, as other bytes
 * mean what some code page makes of them, quotes and line ends among it. */
static void write_comment(const struct script *script, const char *text)
{
    bool is_cmd = strcmp(script->dialect->comment, "rem ") == 0;

    strbuf_add_text(script->buf, script->dialect->comment);
    for (; *text; text++) {
        unsigned char octet = (unsigned char)*text;

        if ((octet & 0xc0) == 0x80)
            continue; /* of a character that has been shown as one ? */
        if (octet < ' ' || octet > '~')
            strbuf_add_char(script->buf, '?');
        else if (is_cmd)
            write_cmd_octet(script->buf, text);
        else
            strbuf_add_char(script->buf, *text);
    }
    strbuf_add_char(script->buf, '\n');
}

static void write_word(const struct script *script, const char *word)
{
    strbuf_printf(script->buf, " %s%s%s", script->dialect->quote, word,
                  script->dialect->quote);
}

/* The name within the zone, "@" for the apex. */
static void write_owner(const struct script *script, struct name owner,
                        struct name zone)
{
    struct strbuf text;

    strbuf_init(&text, script->arena);
    name_write_relative(&text, owner, zone);
    write_word(script, text.text);
}

static void write_record(const struct script *script, const char *call,
                         const struct record *record)
{
    struct strbuf data, type;

    strbuf_init(&data, script->arena);
    strbuf_init(&type, script->arena);
    record_data_write(&data, record->type, record->data, (struct name){0});
    record_type_write(&type, record->type);
    strbuf_add_text(script->buf, call);
    write_word(script, name_to_text(script->arena, script->zone->apex));
    write_owner(script, record->owner, script->zone->apex);
    strbuf_printf(script->buf, " %u", record->ttl_seconds);
    write_word(script, type.text);
    write_word(script, data.text);
    strbuf_add_char(script->buf, '\n');
}

static const char *const zone_kinds[] = {[ZONE_WHOLE] = "",
                                         [ZONE_PINPOINT] = "pinpoint ",
                                         [ZONE_INCLUDE] = "other "};

/* Zones that names of this one could be in.  A pinpoint zone is meant to hide
 * them, one of somebody else is not made, nobody has a top-level domain, and
 * undoing hides nothing. */
static void write_upper_zones(const struct script *script)
{
    struct name apex = script->zone->apex;

    if (script->zone->mode != ZONE_WHOLE || script->dialect->end)
        return;
    for (struct name upper = name_parent(apex); name_label_count(upper) > 1;
         upper = name_parent(upper)) {
        write_word(script, name_to_text(script->arena, upper));
        write_owner(script, apex, upper);
    }
}

static void write_zone_start(const struct script *script)
{
    const char *apex = name_to_text(script->arena, script->zone->apex);

    strbuf_add_char(script->buf, '\n');
    write_comment(script, arena_printf(script->arena, "---- %szone %s",
                                       zone_kinds[script->zone->mode], apex));
    strbuf_add_text(script->buf, script->zone->mode == ZONE_INCLUDE
                                     ? script->dialect->other
                                     : script->dialect->zone);
    write_word(script, apex);
    write_upper_zones(script);
    strbuf_add_char(script->buf, '\n');
}

static void write_records(const struct script *script)
{
    const struct plan_zone *zone = script->zone;
    const struct plan_record *const *records =
        record_groups_sort(script->arena, zone);
    const struct plan_record *before = NULL;

    for (size_t i = 0; i < zone->count; i++) {
        struct record_comment comment;

        if (is_left_out(script->plan, zone, records[i]))
            continue;
        comment = record_groups_comment(script->arena, records[i], before);
        if (comment.why) {
            strbuf_add_char(script->buf, '\n');
            write_comment(script, comment.why);
        }
        if (comment.path)
            write_comment(script, comment.path);
        write_record(script,
                     is_host(records[i]) ? script->dialect->host
                                         : script->dialect->record,
                     &records[i]->record);
        before = records[i];
    }
}

static void write_zone(struct script *script, const struct plan_zone *zone)
{
    script->zone = zone;
    write_zone_start(script);
    write_records(script);
    if (!script->dialect->end)
        return;
    strbuf_printf(script->buf, "\n%s", script->dialect->end);
    write_word(script, name_to_text(script->arena, zone->apex));
    strbuf_add_char(script->buf, '\n');
}

static const char *records_text(struct arena *arena,
                                const struct plan_selection *selection,
                                const struct dialect *dialect)
{
    const struct plan_view *zones =
        &selection->plan->views[selected_view(selection)];
    struct strbuf buf;
    struct script script = {arena, &buf, dialect, selection->plan, NULL};

    strbuf_init(&buf, arena);
    strbuf_add_text(&buf, "");
    for (size_t i = 0; i < zones->count; i++)
        write_zone(&script, zones->zones[i]);
    return buf.text;
}

static void write_script(struct arena *arena, struct strbuf *buf,
                         const struct plan_selection *selection,
                         enum windows_script which)
{
    const struct template_value values[] = {
        {"view", view_names[selected_view(selection)]},
        {"records", records_text(arena, selection, &dialects[which])},
        {NULL, NULL},
    };
    struct strbuf text;

    strbuf_init(&text, arena);
    template_write(&text, selection->scripts[which], values);
    for (const char *at = text.text; *at; at++) {
        if (*at == '\n')
            strbuf_add_char(buf, '\r');
        strbuf_add_char(buf, *at);
    }
}

bool windows_is_format(const char *name)
{
    return strncmp(name, "dnscmd", 6) == 0 ||
           strncmp(name, "powershell", 10) == 0;
}

void windows_write_dnscmd(struct arena *arena, struct strbuf *buf,
                          const void *subject)
{
    write_script(arena, buf, subject, WINDOWS_DNSCMD);
}

void windows_write_dnscmd_undo(struct arena *arena, struct strbuf *buf,
                               const void *subject)
{
    write_script(arena, buf, subject, WINDOWS_DNSCMD_UNDO);
}

void windows_write_powershell(struct arena *arena, struct strbuf *buf,
                              const void *subject)
{
    write_script(arena, buf, subject, WINDOWS_POWERSHELL);
}

void windows_write_powershell_undo(struct arena *arena, struct strbuf *buf,
                                   const void *subject)
{
    write_script(arena, buf, subject, WINDOWS_POWERSHELL_UNDO);
}
