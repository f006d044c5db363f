#include "write/zone_tree.h"

#include <string.h>

#include "base/arena.h"
#include "base/output.h"
#include "base/strbuf.h"
#include "base/terminal.h"
#include "write/named_conf_writer.h"
#include "write/serial.h"
#include "write/template.h"
#include "write/zone_writer.h"

static const struct place nowhere = {NULL, 0, 0};

struct tree {
    struct arena *arena;
    struct diag *diag;
    const struct zone_tree_options *options;
    const struct plan *plan;
    struct output output;
    struct strbuf text; /* of the file at hand */
    struct strbuf *out;
    size_t records;
};

static bool is_ours(const char *text, size_t length)
{
    const char *mark = WRITTEN_BY_US;
    const char *end = memchr(text, '\n', length);

    return end && memmem(text, (size_t)(end - text), mark, strlen(mark));
}

/* What path holds now; NULL for nothing, which may also be a failure. */
static int read_old(struct tree *tree, const char *path, const char **text,
                    size_t *length)
{
    int found = output_read(&tree->output, path, text, length);

    if (found <= 0 || tree->options->force || is_ours(*text, *length))
        return found;
    return diag_error(tree->diag, nowhere, "file-not-ours",
                      "%s/%s was not written by ocszone; move it away, or "
                      "use --force to overwrite it",
                      tree->options->directory, path);
}

static int add_file(struct tree *tree, const char *path)
{
    const char *old;
    size_t length;

    if (read_old(tree, path, &old, &length) < 0)
        return -1;
    return output_add(&tree->output, path, tree->text.text, tree->text.length);
}

static void write_zone(struct tree *tree, const struct plan_zone *zone,
                       uint32_t serial, const char *head)
{
    strbuf_reset(&tree->text);
    zone_writer_write(tree->arena, &tree->text, zone, tree->plan->ttl_seconds,
                      serial, head);
}

/* There is a zone, and whoever has a copy of it may have a greater serial
 * than the first one.  Returns 0 when that is wanted. */
static int report_unreadable_serial(struct tree *tree, const char *path)
{
    if (!tree->options->force)
        return diag_error(tree->diag, nowhere, "serial-unreadable",
                          "%s/%s has no serial that can be read, so none can "
                          "follow; give a --serial, or --force to begin with 1",
                          tree->options->directory, path);
    diag_warning(tree->diag, nowhere, "serial-starts-anew",
                 "%s/%s has no serial that can be read: it begins with 1, "
                 "which secondaries may take for an older one",
                 tree->options->directory, path);
    return 0;
}

/* The serial behind the old one, or the one that was said. */
static int follow_serial(struct tree *tree, const char *path,
                         uint32_t old_serial, uint32_t *serial)
{
    const struct zone_tree_options *options = tree->options;

    if (options->serial_mode == SERIAL_INCREMENT)
        *serial = serial_next(old_serial);
    else if (serial_is_older(*serial, old_serial) && !options->force)
        return diag_error(tree->diag, nowhere, "serial-goes-back",
                          "%s/%s has serial %u, and %u is older: "
                          "secondaries would not notice; give a newer "
                          "one, or --force",
                          options->directory, path, old_serial, *serial);
    return 0;
}

/* Writes the zone with the serial that follows from the file that is there:
 * the same where the records have not changed. */
static int write_zone_with_serial(struct tree *tree,
                                  const struct plan_zone *zone,
                                  const char *path, const char *head)
{
    const struct zone_tree_options *options = tree->options;
    bool fixed = options->serial_mode == SERIAL_NUMBER;
    uint32_t serial = fixed ? options->serial : 1;
    uint32_t old_serial;
    const char *old;
    size_t length;
    int found = read_old(tree, path, &old, &length);

    if (found < 0)
        return -1;
    if (found > 0 && serial_from_zone(old, length, &old_serial)) {
        write_zone(tree, zone, old_serial, head);
        if (!fixed && serial_same_records(tree->text.text, tree->text.length,
                                          old, length))
            return 0;
        if (follow_serial(tree, path, old_serial, &serial) < 0)
            return -1;
    } else if (found > 0 && !fixed &&
               report_unreadable_serial(tree, path) < 0) {
        return -1;
    }
    write_zone(tree, zone, serial, head);
    return 0;
}

static int generate_zone(struct tree *tree, const struct plan_zone *zone,
                         const char *head)
{
    const char *path = zone_file_name(tree->arena, zone);

    size_t unchanged = tree->output.unchanged;

    tree->records += zone->count + 1;
    if (write_zone_with_serial(tree, zone, path, head) < 0 ||
        output_add(&tree->output, path, tree->text.text, tree->text.length) < 0)
        return -1;
    if (tree->options->verbose)
        strbuf_printf(tree->out, "%s: %zu records, %s\n", path, zone->count + 1,
                      tree->output.unchanged > unchanged ? "unchanged"
                                                         : "new text");
    return 0;
}

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
    return is_ours(old, length) ? generate_zone_list(tree, view) : 0;
}

static int generate_view(struct tree *tree, enum view view, const char *head)
{
    const struct plan_view *zones = &tree->plan->views[view];
    int result = 0;

    if (zones->count == 0)
        return empty_zone_list(tree, view);
    for (size_t i = 0; i < zones->count; i++)
        if (generate_zone(tree, zones->zones[i], head) < 0)
            result = -1;
    return result | generate_zone_list(tree, view);
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
    strbuf_reset(&tree->text);
    named_conf_write(tree->arena, &tree->text, tree->plan, path_prefix(tree),
                     conf);
    return result | add_file(tree, "named.conf");
}

static size_t zone_count(const struct plan *plan)
{
    size_t count = 0;

    for (int view = 0; view < VIEW_COUNT; view++)
        count += plan->views[view].count;
    return count;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void report_files(const struct tree *tree)
{
    size_t zones = zone_count(tree->plan);

    terminal_add(tree->out, tree->options->directory);
    strbuf_printf(tree->out,
                  ": %zu zone%s, %zu record%s; %zu file%s written, %zu "
                  "unchanged\n",
                  zones, plural(zones), tree->records, plural(tree->records),
                  tree->output.written, plural(tree->output.written),
                  tree->output.unchanged);
}

int zone_tree_write(struct arena *arena, struct diag *diag, struct strbuf *out,
                    const struct plan *plan,
                    const struct zone_tree_options *options)
{
    struct tree tree = {.arena = arena,
                        .diag = diag,
                        .options = options,
                        .plan = plan,
                        .out = out};
    int result;

    strbuf_init(&tree.text, arena);
    if (output_open(&tree.output, arena, diag, options->directory,
                    OUTPUT_ALONE) < 0)
        return -1;
    result = generate_files(&tree);
    if (result == 0)
        result = output_commit(&tree.output);
    output_abandon(&tree.output);
    if (result == 0 && !options->quiet)
        report_files(&tree);
    return result;
}
