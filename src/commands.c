#include "commands.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/new_file.h"
#include "base/strbuf.h"
#include "dns/recordset.h"
#include "dns/zone_check.h"
#include "dns/zone_file.h"
#include "plan/explain.h"
#include "plan/plan.h"
#include "write/canon_writer.h"
#include "write/explain_writer.h"
#include "write/plan_formats.h"
#include "write/template.h"
#include "write/windows_writer.h"

/* "topology:PATH" says outright what a directory otherwise has to show. */
static const char *topology_path(const char *operand)
{
    static const char prefix[] = "topology:";
    size_t length = sizeof prefix - 1;

    return strncmp(operand, prefix, length) == 0 ? operand + length : operand;
}

/* Templates that the directory lacks are those compiled in, and few zones
 * include anything: without a look a misspelt directory would go unnoticed. */
static int check_directory(struct diag *diag, const char *directory,
                           const char *noun)
{
    struct stat status;

    if (!directory ||
        (stat(directory, &status) == 0 && S_ISDIR(status.st_mode)))
        return 0;
    return diag_error(diag, (struct place){.file = directory}, "cannot-open",
                      "there is no such %s", noun);
}

static const struct plan *load_plan(struct arena *arena, struct diag *diag,
                                    const struct options *options)
{
    const struct topology *topology;

    if (check_directory(diag, options->tree.templates,
                        "directory of templates") < 0)
        return NULL;
    topology = topology_load(arena, diag, topology_path(options->operands[0]));
    if (!topology || topology_validate(arena, diag, topology) < 0)
        return NULL;
    return plan_build(arena, diag, topology, options->tree.templates);
}

enum status command_init(struct arena *arena, struct diag *diag,
                         struct strbuf *out, const struct options *options)
{
    const char *path = options->output;
    const char *text;

    if (check_directory(diag, options->tree.templates,
                        "directory of templates") < 0)
        return STATUS_FAILED;
    text = template_load(arena, diag, options->tree.templates, "topology.yaml");
    if (!text)
        return STATUS_FAILED;
    if (path && strcmp(path, "-") != 0)
        return new_file_write(diag, path, text, strlen(text)) < 0
                   ? STATUS_FAILED
                   : STATUS_OK;
    strbuf_add_text(out, text);
    return STATUS_OK;
}

static bool has_format(const struct results *results, const char *name)
{
    for (int i = 0; i < results->count; i++)
        if (strcmp(results->items[i].format, name) == 0)
            return true;
    return false;
}

static bool goes_to_output(const struct results *results)
{
    for (int i = 0; i < results->count; i++)
        if (!results->items[i].file &&
            results_find(plan_formats, results->items[i].format)->write)
            return true;
    return false;
}

/* Options that none of the formats heeds are a mistake. */
static int check_selection(struct diag *diag, const struct options *options,
                           const struct results *results)
{
    bool has_tree = has_format(results, "zones");

    if (!has_tree && options->tree_option)
        return diag_error(diag, (struct place){0}, "usage",
                          "--%s is for zone files: add --format=zones, or "
                          "leave it out",
                          options->tree_option);
    if (options->tree.check && results->count > 1)
        return diag_error(diag, (struct place){0}, "usage",
                          "--check is for zone files alone: leave out the "
                          "other formats");
    if (options->view && has_tree && results->count == 1)
        return diag_error(diag, (struct place){0}, "usage",
                          "--view is for scripts and sheets: zone files are "
                          "written for all views");
    return 0;
}

static int read_view(struct diag *diag, const char *text, enum view *view)
{
    for (int i = 0; text && i < VIEW_PERIMETER; i++)
        if (strcmp(text, view_names[i]) == 0) {
            *view = (enum view)i;
            return 0;
        }
    if (!text)
        return 0;
    return diag_error(diag, (struct place){0}, "usage",
                      "--view is internal or external, not '%s'", text);
}

static int prepare_scripts(struct arena *arena, struct diag *diag,
                           const struct results *results, const char *templates,
                           struct plan_selection *selection)
{
    for (int i = 0; i < results->count; i++)
        if (windows_is_format(results->items[i].format))
            return windows_prepare(arena, diag, templates, selection);
    return 0;
}

/* What it says of the files it wrote would get between the lines of a result
 * on standard output. */
static int write_tree(struct arena *arena, struct diag *diag,
                      struct strbuf *out, const struct plan *plan,
                      const struct options *options,
                      const struct results *results)
{
    struct zone_tree_options tree = options->tree;

    if (!has_format(results, "zones"))
        return 0;
    if (goes_to_output(results)) {
        tree.quiet = true;
        tree.verbose = false;
    }
    return zone_tree_write(arena, diag, out, plan, &tree);
}

/* As zone_tree_write. */
static int write_plan(struct arena *arena, struct diag *diag,
                      struct strbuf *out, const struct options *options,
                      const struct results *results,
                      const struct plan_selection *selection)
{
    int changes;

    plan_report_zones(arena, diag, selection->plan);
    plan_report_servers(arena, diag, selection->plan);
    plan_report_sites(arena, diag, selection->plan);
    changes = write_tree(arena, diag, out, selection->plan, options, results);
    if (changes < 0 ||
        results_write(arena, diag, out, results, plan_formats, selection) < 0)
        return -1;
    return changes;
}

enum status command_generate(struct arena *arena, struct diag *diag,
                             struct strbuf *out, const struct options *options)
{
    static const struct results zones = {{{"zones", NULL}}, 1};
    const struct results *results =
        options->results.count > 0 ? &options->results : &zones;
    enum view view = VIEW_INTERNAL;
    struct plan_selection selection = {.view = options->view ? &view : NULL};
    int changes;

    if (check_directory(diag, options->tree.serial_from,
                        "directory of serials") < 0 ||
        results_check(arena, diag, results, plan_formats, "generate") < 0 ||
        check_selection(diag, options, results) < 0 ||
        read_view(diag, options->view, &view) < 0)
        return STATUS_FAILED;
    selection.plan = load_plan(arena, diag, options);
    if (!selection.plan ||
        prepare_scripts(arena, diag, results, options->tree.templates,
                        &selection) < 0 ||
        results_check_inputs(diag, results,
                             topology_path(options->operands[0])) < 0)
        return STATUS_FAILED;
    changes = write_plan(arena, diag, out, options, results, &selection);
    if (changes < 0)
        return STATUS_FAILED;
    return changes > 0 ? STATUS_FOUND : STATUS_OK;
}

static int read_question(struct arena *arena, struct diag *diag,
                         const struct options *options, struct name *name,
                         uint16_t *type)
{
    const char *text = options->operand_count > 1 ? options->operands[1] : NULL;
    const char *mnemonic =
        options->operand_count > 2 ? options->operands[2] : NULL;
    const struct record_type *known;

    *name = (struct name){0};
    *type = 0;
    if (text && name_from_text(arena, text, strlen(text), (struct name){0},
                               name, NULL) != NAME_OK)
        return diag_error(diag, (struct place){0}, "usage",
                          "'%s' is no domain name", text);
    if (!mnemonic)
        return 0;
    known = record_type_by_mnemonic(mnemonic, strlen(mnemonic));
    if (!known)
        return diag_error(diag, (struct place){0}, "usage",
                          "'%s' is no record type as SRV or A", mnemonic);
    *type = known->number;
    return 0;
}

enum status command_explain(struct arena *arena, struct diag *diag,
                            struct strbuf *out, const struct options *options)
{
    static const struct results text = {{{"text", NULL}}, 1};
    const struct results *results =
        options->results.count > 0 ? &options->results : &text;
    const struct explanation *explanation;
    const struct plan *plan;
    struct name name;
    uint16_t type;

    if (results_check(arena, diag, results, explain_formats, "explain") < 0 ||
        read_question(arena, diag, options, &name, &type) < 0)
        return STATUS_FAILED;
    plan = load_plan(arena, diag, options);
    if (!plan || results_check_inputs(diag, results,
                                      topology_path(options->operands[0])) < 0)
        return STATUS_FAILED;
    explanation = explain_build(arena, diag, plan, name, type);
    return results_write(arena, diag, out, results, explain_formats,
                         explanation) < 0
               ? STATUS_FAILED
               : STATUS_OK;
}

static int read_origin(struct arena *arena, struct diag *diag,
                       const struct canon_options *canon, struct name *zone)
{
    const char *text = canon->origin;

    *zone = (struct name){0};
    if (!text ||
        name_from_text(arena, text, strlen(text), *zone, zone, NULL) == NAME_OK)
        return 0;
    return diag_error(diag, (struct place){0}, "usage",
                      "'%s' behind --origin is no domain name", text);
}

/* Git shows a difference even of what is no zone: names are relative to the
 * root then. */
static int read_for_git(struct arena *arena, struct diag *diag,
                        const char *path,
                        const struct zone_file_options *options,
                        struct recordset *set)
{
    static const uint8_t root[] = {0};
    struct zone_file_options anywhere = *options;
    int status = zone_file_read(arena, diag, path, options, set);

    if (status == 0 || !name_is_absent(set->zone) || strcmp(path, "-") == 0)
        return status;
    diag_discard(diag);
    anywhere.zone = (struct name){root, sizeof root};
    return zone_file_read(arena, diag, path, &anywhere, set);
}

/* Reads the zone and, when every record of it is well, checks it as a whole. */
static int read_zone(struct arena *arena, struct diag *diag,
                     const struct options *options,
                     const struct zone_file_options *reading,
                     struct recordset *set)
{
    const char *path = options->operands[0];
    int status = options->canon.is_textconv
                     ? read_for_git(arena, diag, path, reading, set)
                     : zone_file_read(arena, diag, path, reading, set);

    if (status < 0 || options->canon.is_fragment)
        return status;
    return zone_check(diag, set, set->file);
}

enum status command_canon(struct arena *arena, struct diag *diag,
                          struct strbuf *out, const struct options *options)
{
    const struct canon_options *canon = &options->canon;
    struct zone_file_options reading = {.include_root = canon->include_root,
                                        .is_fragment = canon->is_fragment};
    struct recordset set;

    if (read_origin(arena, diag, canon, &reading.zone) < 0 ||
        check_directory(diag, canon->include_root, "include root") < 0)
        return STATUS_FAILED;
    if (read_zone(arena, diag, options, &reading, &set) < 0 &&
        !canon->is_textconv)
        return STATUS_FAILED;
    if (canon->is_textconv)
        canon_write_messages(out, diag);
    recordset_sort(&set);
    canon_write(out, &set);
    return STATUS_OK;
}
