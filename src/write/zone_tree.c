#include "write/zone_tree.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/output.h"
#include "base/strbuf.h"
#include "base/terminal.h"
#include "base/text_index.h"
#include "dns/recordset.h"
#include "write/hosts_writer.h"
#include "write/inputs.h"
#include "write/journal.h"
#include "write/named_conf_writer.h"
#include "write/template.h"
#include "write/view_listing.h"
#include "write/zone_history.h"
#include "write/zone_proof.h"
#include "write/zone_records.h"
#include "write/zone_writer.h"

static const struct place nowhere = {NULL, 0, 0};

struct tree {
    struct arena *arena;
    struct diag *diag;
    const struct zone_tree_options *options;
    const struct plan *plan;
    struct output output;
    struct output elsewhere;     /* where --serial-from leads */
    struct output *past;         /* the one of them that has the old serials */
    struct strbuf text;          /* of the file at hand */
    struct strbuf lines;         /* to be told when all is well */
    struct view_listing listing; /* of the view at hand */
    struct text_index planned;   /* zone files, where there is a listing */
    size_t records;
    size_t left_over; /* zone files that are not planned any more */
    size_t pruned;
    size_t hosts; /* files of the perimeter's machines */
};

/* ---- what is there */

static int check_owner(struct tree *tree, const char *path, const char *text,
                       size_t length)
{
    if (tree->options->force || is_written_by_us(text, length))
        return 0;
    return diag_error(tree->diag, nowhere, "file-not-ours",
                      "%s/%s was not written by ocszone; move it away, or "
                      "use --force to overwrite it",
                      tree->options->directory, path);
}

/* May what path holds now be replaced? */
static int check_old(struct tree *tree, const char *path)
{
    const char *text;
    size_t length;
    int found = output_read(&tree->output, path, &text, &length);

    return found <= 0 ? found : check_owner(tree, path, text, length);
}

static int read_history(struct tree *tree, struct zone_history *history,
                        const char *path)
{
    if (zone_history_read(history, tree->past, path) < 0)
        return -1;
    if (tree->past != &tree->output)
        return check_old(tree, path);
    return history->is_there
               ? check_owner(tree, path, history->text, history->length)
               : 0;
}

static void start_scratch(const struct tree *tree, struct arena *scratch)
{
    arena_init(scratch, tree->arena->out_of_memory, tree->arena->context);
}

/* ---- what is told of each file */

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static size_t count_records(const struct plan_zone *zone)
{
    return zone->count + (zone->mode == ZONE_INCLUDE ? 0 : 1) +
           (zone->base ? zone->base->record_count : 0);
}

/* Only who checks asks for more than a summary. */
static void report_line(struct tree *tree, const char *path, const char *what)
{
    if (tree->options->check && !tree->options->quiet)
        strbuf_printf(&tree->lines, "%s: %s\n", path, what);
}

static void report_file(struct tree *tree, const char *path)
{
    if (tree->output.change != OUTPUT_SAME)
        report_line(tree, path,
                    tree->output.change == OUTPUT_NEW ? "new" : "changed");
}

static const char *changed_text(struct tree *tree, const struct plan_zone *zone,
                                const struct zone_history *history,
                                uint32_t serial)
{
    const struct zone_change *change = &history->change;
    const char *text;

    if (zone_change_is_none(change))
        return "changed, with the same records";
    text = arena_printf(tree->arena, "changed, %zu record%s added, %zu removed",
                        change->added, plural(change->added), change->removed);
    return zone->mode == ZONE_INCLUDE
               ? text
               : arena_printf(tree->arena, "%s, serial %u", text, serial);
}

static void report_zone(struct tree *tree, const struct plan_zone *zone,
                        const char *path, const struct zone_history *history,
                        uint32_t serial)
{
    enum output_change change = tree->output.change;
    size_t count = count_records(zone);

    if (!tree->options->check && tree->options->verbose)
        strbuf_printf(&tree->lines, "%s: %zu records, %s\n", path, count,
                      change == OUTPUT_SAME ? "unchanged" : "new text");
    else if (change == OUTPUT_NEW)
        report_line(tree, path,
                    arena_printf(tree->arena, "new, %zu records", count));
    else if (change == OUTPUT_REPLACED)
        report_line(tree, path, changed_text(tree, zone, history, serial));
}

/* ---- zones */

/* --force is for files of others: without what it has read the next run could
 * not be. */
static int add_text(struct tree *tree, const char *path)
{
    const char *file;

    if (output_add(&tree->output, path, tree->text.text, tree->text.length) < 0)
        return -1;
    if (tree->output.change != OUTPUT_REPLACED)
        return 0;
    file = arena_printf(tree->arena, "%s/%s", tree->options->directory, path);
    if (!inputs_hold_path(tree->diag, file))
        return 0;
    return diag_error(tree->diag, (struct place){.file = file}, "file-is-input",
                      "would be replaced, and this run has read it; keep what "
                      "you write outside of the output directory");
}

static void write_zone(struct tree *tree, const struct plan_zone *zone,
                       uint32_t serial, const char *head)
{
    strbuf_reset(&tree->text);
    zone_writer_write(tree->arena, &tree->text, zone, tree->plan->ttl_seconds,
                      serial, head);
}

/* The serial of a zone whose text is not the old one. */
static int choose_serial(struct tree *tree, const struct plan_zone *zone,
                         struct zone_history *history, uint32_t *serial)
{
    struct arena scratch;
    struct recordset planned;
    uint32_t hash = 0;
    int result = 0;

    start_scratch(tree, &scratch);
    zone_records_plan(&planned, &scratch, zone, tree->plan->ttl_seconds, 0);
    zone_history_compare(history, &scratch, zone, &planned);
    if (tree->options->serial.mode == SERIAL_HASH)
        hash = zone_records_hash(&planned);
    arena_release(&scratch);
    if (!tree->options->force)
        result = zone_history_guard(history, tree->diag, zone);
    return result |
           zone_history_follow(history, tree->diag, &tree->options->serial,
                               tree->options->force, hash, serial);
}

/* Writes the zone as it would be if nothing had changed, and tells whether
 * nothing has. */
static bool zone_is_as_before(struct tree *tree, const struct plan_zone *zone,
                              const struct zone_history *history,
                              const char *head, uint32_t *serial)
{
    const struct serial_policy *policy = &tree->options->serial;

    if (!zone_history_guess(history, serial) ||
        (policy->mode == SERIAL_NUMBER && *serial != policy->number))
        return false;
    write_zone(tree, zone, *serial, head);
    return tree->text.length == history->length &&
           memcmp(tree->text.text, history->text, history->length) == 0;
}

static int prove_zone(struct tree *tree, const struct plan_zone *zone,
                      const char *path, uint32_t serial)
{
    const char *file =
        arena_printf(tree->arena, "%s/%s", tree->options->directory, path);
    struct arena scratch;
    struct recordset planned;
    int result;

    start_scratch(tree, &scratch);
    zone_records_plan(&planned, &scratch, zone, tree->plan->ttl_seconds,
                      serial);
    result = zone_proof(tree->diag, &scratch, zone, &planned, file,
                        tree->text.text, tree->text.length);
    arena_release(&scratch);
    return result;
}

static int generate_whole(struct tree *tree, const struct plan_zone *zone,
                          const char *path, const char *head)
{
    struct zone_history history;
    uint32_t serial;

    if (read_history(tree, &history, path) < 0 ||
        (view_listing_has_journal(&tree->listing, path) &&
         journal_check(&tree->output, zone, path) < 0))
        return -1;
    if (!zone_is_as_before(tree, zone, &history, head, &serial)) {
        if (choose_serial(tree, zone, &history, &serial) < 0)
            return -1;
        write_zone(tree, zone, serial, head);
    }
    if (add_text(tree, path) < 0)
        return -1;
    report_zone(tree, zone, path, &history, serial);
    return tree->output.change == OUTPUT_SAME
               ? 0
               : prove_zone(tree, zone, path, serial);
}

/* ---- pieces for zones of others, whose serials are the owners' business */

/* The directory with a final slash, or nothing. */
static const char *path_prefix(const struct tree *tree)
{
    const char *directory = tree->options->zone_directory;

    if (!directory || !*directory)
        return "";
    return directory[strlen(directory) - 1] == '/'
               ? directory
               : arena_printf(tree->arena, "%s/", directory);
}

/* The proof of a new text; and how it differs from the old one. */
static int compare_piece(struct tree *tree, const struct plan_zone *zone,
                         const char *path, struct zone_history *history)
{
    const char *file =
        arena_printf(tree->arena, "%s/%s", tree->options->directory, path);
    struct arena scratch;
    struct recordset planned;
    int result;

    start_scratch(tree, &scratch);
    zone_records_plan(&planned, &scratch, zone, tree->plan->ttl_seconds, 0);
    zone_history_compare(history, &scratch, zone, &planned);
    result = zone_proof(tree->diag, &scratch, zone, &planned, file,
                        tree->text.text, tree->text.length);
    arena_release(&scratch);
    if (tree->options->force)
        return result;
    return result | zone_history_guard(history, tree->diag, zone);
}

static int generate_piece(struct tree *tree, const struct plan_zone *zone,
                          const char *path, const char *head)
{
    struct zone_history history;

    if (read_history(tree, &history, path) < 0)
        return -1;
    strbuf_reset(&tree->text);
    zone_writer_write_fragment(
        tree->arena, &tree->text, zone,
        arena_printf(tree->arena, "%s%s", path_prefix(tree), path), head);
    if (add_text(tree, path) < 0 ||
        (tree->output.change != OUTPUT_SAME &&
         compare_piece(tree, zone, path, &history) < 0))
        return -1;
    report_zone(tree, zone, path, &history, 0);
    return 0;
}

static int generate_zone(struct tree *tree, const struct plan_zone *zone,
                         const char *head)
{
    const char *path = zone_file_name(tree->arena, zone);

    tree->records += count_records(zone);
    if (tree->listing.count > 0)
        text_index_add(&tree->planned, path, strlen(path), tree);
    return zone->mode == ZONE_INCLUDE ? generate_piece(tree, zone, path, head)
                                      : generate_whole(tree, zone, path, head);
}

/* ---- files of zones that are left over */

static bool is_readable_file(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           access(path, R_OK) == 0;
}

/* Its owner's zone cannot be loaded once the file is gone. */
static bool is_piece(const char *path)
{
    const char *suffix = strrchr(path, '.');

    return suffix && strcmp(suffix, ".include") == 0;
}

static int prune_file(struct tree *tree, const char *path, const char *file)
{
    if (view_listing_has_journal(&tree->listing, path)) {
        diag_warning(tree->diag, (struct place){.file = file},
                     "left-over-has-journal",
                     "is of a zone that is not planned any more, and stays: "
                     "named has a journal for it; remove both by hand");
        return 0;
    }
    if (!tree->options->prune) {
        diag_warning(tree->diag, (struct place){.file = file}, "zone-left-over",
                     "%s; --prune removes the file",
                     is_piece(path)
                         ? "has records that are not planned any "
                           "more; whoever includes it should not"
                         : "is of a zone that is not planned any "
                           "more, and that zones.conf does not list");
        return 0;
    }
    tree->pruned++;
    return tree->options->check ? 0 : output_remove(&tree->output, path);
}

/* Whatever is not ours nobody has asked about. */
static int handle_left_over(struct tree *tree, const char *path)
{
    const char *file =
        arena_printf(tree->arena, "%s/%s", tree->options->directory, path);
    const char *text;
    size_t length;
    size_t pruned = tree->pruned;
    int found, result;

    if (!is_readable_file(file) || inputs_hold_path(tree->diag, file))
        return 0;
    found = output_read(&tree->output, path, &text, &length);
    if (found <= 0)
        return found;
    if (!is_written_by_us(text, length))
        return 0;
    tree->left_over++;
    result = prune_file(tree, path, file);
    report_line(tree, path,
                tree->pruned > pruned ? "gone, to be removed" : "gone");
    return result;
}

static int handle_left_overs(struct tree *tree)
{
    int result = 0;

    for (size_t i = 0; i < tree->listing.count; i++) {
        const char *path = tree->listing.zones[i];

        if (!text_index_find(&tree->planned, path, strlen(path)))
            result |= handle_left_over(tree, path);
    }
    return result;
}

/* ---- configuration */

static int add_file(struct tree *tree, const char *path)
{
    if (check_old(tree, path) < 0 || add_text(tree, path) < 0)
        return -1;
    report_file(tree, path);
    return 0;
}

static int generate_zone_list(struct tree *tree, enum view view)
{
    strbuf_reset(&tree->text);
    named_conf_write_zones(tree->arena, &tree->text, tree->plan, view,
                           path_prefix(tree));
    return add_file(tree, zones_file_name(tree->arena, view));
}

/* A view that has lost its zones must not go on to list them. */
static int empty_zone_list(struct tree *tree, enum view view)
{
    const char *path = zones_file_name(tree->arena, view);
    const char *old;
    size_t length;
    int found = output_read(&tree->output, path, &old, &length);

    if (found <= 0)
        return found;
    return is_written_by_us(old, length) ? generate_zone_list(tree, view) : 0;
}

static int generate_view(struct tree *tree, enum view view, const char *head)
{
    const struct plan_view *zones = &tree->plan->views[view];
    int result = view_listing_read(&tree->listing, tree->arena, tree->diag,
                                   tree->options->directory, view);

    for (size_t i = 0; i < zones->count; i++)
        if (generate_zone(tree, zones->zones[i], head) < 0)
            result = -1;
    result |= plan_view_is_served(tree->plan, view)
                  ? generate_zone_list(tree, view)
                  : empty_zone_list(tree, view);
    return result | handle_left_overs(tree);
}

static int generate_hosts_file(struct tree *tree, const struct machine *machine)
{
    const char *path = hosts_file_name(tree->arena, machine);
    size_t names;

    strbuf_reset(&tree->text);
    names = hosts_writer_write(tree->arena, &tree->text, tree->plan, machine);
    if (add_file(tree, path) < 0)
        return -1;
    if (!tree->options->check && tree->options->verbose)
        strbuf_printf(
            &tree->lines, "%s: %zu name%s, %s\n", path, names, plural(names),
            tree->output.change == OUTPUT_SAME ? "unchanged" : "new text");
    return 0;
}

/* One for each machine of the perimeter, also where zones have its names. */
static int generate_hosts(struct tree *tree)
{
    const struct machine *machines =
        facts_machines(tree->plan->facts, &tree->hosts);
    int result = 0;

    for (size_t i = 0; i < tree->hosts; i++)
        if (generate_hosts_file(tree, &machines[i]) < 0)
            result = -1;
    return result;
}

/* Anything else in it would be part of every zone. */
static int check_head(struct tree *tree, const char *head)
{
    struct place place = {"zone.head", 1, 1};

    for (; *head; place.line++) {
        size_t length = strcspn(head, "\n");

        if (length > 0 && *head != ';')
            return diag_error(tree->diag, place, "head-not-comment",
                              "a line of the template is no comment; begin it "
                              "with a semicolon");
        head += length + (head[length] ? 1 : 0);
    }
    return 0;
}

static int generate_files(struct tree *tree)
{
    const char *directory = tree->options->templates;
    const char *head =
        template_load(tree->arena, tree->diag, directory, "zone.head");
    const char *conf =
        template_load(tree->arena, tree->diag, directory, "named.conf");
    int result = 0;

    if (!head || !conf || check_head(tree, head) < 0)
        return -1;
    for (int view = 0; view < VIEW_COUNT; view++)
        result |= generate_view(tree, (enum view)view, head);
    result |= generate_hosts(tree);
    strbuf_reset(&tree->text);
    named_conf_write(tree->arena, &tree->text, tree->plan, path_prefix(tree),
                     conf);
    return result | add_file(tree, "named.conf");
}

/* How many zones there are, or pieces for zones of others. */
static size_t zone_count(const struct plan *plan, bool pieces)
{
    size_t count = 0;

    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++)
            count +=
                (plan->views[view].zones[i]->mode == ZONE_INCLUDE) == pieces;
    return count;
}

static void report_left_overs(const struct tree *tree, struct strbuf *out)
{
    size_t left = tree->left_over - tree->pruned;

    if (tree->pruned > 0)
        strbuf_printf(out, ", %zu %sremoved", tree->pruned,
                      tree->options->check ? "to be " : "");
    if (left > 0)
        strbuf_printf(out, ", %zu left over", left);
}

static void report_files(const struct tree *tree, struct strbuf *out)
{
    const struct output *output = &tree->output;
    size_t zones = zone_count(tree->plan, false);
    size_t pieces = zone_count(tree->plan, true);
    size_t count = tree->options->check ? output->changes : output->written;

    if (tree->lines.length > 0)
        strbuf_add(out, tree->lines.text, tree->lines.length);
    terminal_add(out, tree->options->directory);
    strbuf_printf(out, ": %zu zone%s", zones, plural(zones));
    if (pieces > 0)
        strbuf_printf(out, ", %zu file%s to include", pieces, plural(pieces));
    strbuf_printf(out, ", %zu record%s", tree->records, plural(tree->records));
    if (tree->hosts > 0)
        strbuf_printf(out, ", %zu hosts file%s", tree->hosts,
                      plural(tree->hosts));
    strbuf_printf(out, "; %zu file%s %s, %zu unchanged", count, plural(count),
                  tree->options->check ? "to be written" : "written",
                  output->unchanged);
    report_left_overs(tree, out);
    strbuf_add_char(out, '\n');
}

static int open_trees(struct tree *tree)
{
    const struct zone_tree_options *options = tree->options;

    tree->past = &tree->output;
    if (output_open(&tree->output, tree->arena, tree->diag, options->directory,
                    options->check ? OUTPUT_LOOK : OUTPUT_ALONE) < 0)
        return -1;
    if (!options->serial_from)
        return 0;
    tree->past = &tree->elsewhere;
    return output_open(tree->past, tree->arena, tree->diag,
                       options->serial_from, OUTPUT_LOOK);
}

static int write_files(struct tree *tree)
{
    if (open_trees(tree) < 0 || generate_files(tree) < 0)
        return -1;
    if (tree->options->check)
        return tree->output.changes + tree->pruned > 0;
    return output_commit(&tree->output);
}

int zone_tree_write(struct arena *arena, struct diag *diag, struct strbuf *out,
                    const struct plan *plan,
                    const struct zone_tree_options *options)
{
    struct tree tree = {
        .arena = arena, .diag = diag, .options = options, .plan = plan};
    int result;

    strbuf_init(&tree.text, arena);
    strbuf_init(&tree.lines, arena);
    text_index_init(&tree.planned, arena);
    result = write_files(&tree);
    output_abandon(&tree.output);
    output_abandon(&tree.elsewhere);
    if (result >= 0 && !options->quiet)
        report_files(&tree, out);
    return result;
}
