#include "commands.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/output.h"
#include "base/source.h"
#include "base/strbuf.h"
#include "base/terminal.h"
#include "plan/explain.h"
#include "plan/plan.h"
#include "write/explain_writer.h"
#include "write/named_conf_writer.h"
#include "write/serial.h"
#include "write/template.h"
#include "write/zone_writer.h"

static const struct place nowhere = {NULL, 0, 0};

/* "topology:PATH" says outright what a directory otherwise has to show. */
static const char *topology_path(const char *operand)
{
    static const char prefix[] = "topology:";
    size_t length = sizeof prefix - 1;

    return strncmp(operand, prefix, length) == 0 ? operand + length : operand;
}

/* Templates that the directory lacks are those compiled in: without a look a
 * misspelt directory would go unnoticed. */
static int check_templates(struct diag *diag, const char *directory)
{
    struct stat status;

    if (!directory ||
        (stat(directory, &status) == 0 && S_ISDIR(status.st_mode)))
        return 0;
    return diag_error(diag, (struct place){.file = directory}, "cannot-open",
                      "there is no such directory of templates");
}

static const struct plan *load_plan(struct arena *arena, struct diag *diag,
                                    const struct options *options)
{
    const struct topology *topology;

    if (check_templates(diag, options->templates) < 0)
        return NULL;
    topology = topology_load(arena, diag, topology_path(options->operands[0]));
    if (!topology || topology_validate(arena, diag, topology) < 0)
        return NULL;
    return plan_build(arena, diag, topology, options->templates);
}

/* ---- generate */

struct generator {
    struct arena *arena;
    struct diag *diag;
    const struct options *options;
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
static int read_old(struct generator *generator, const char *path,
                    const char **text, size_t *length)
{
    int found = output_read(&generator->output, path, text, length);

    if (found <= 0 || generator->options->force || is_ours(*text, *length))
        return found;
    return diag_error(generator->diag, nowhere, "file-not-ours",
                      "%s/%s was not written by ocszone; move it away, or "
                      "use --force to overwrite it",
                      generator->options->output, path);
}

static int add_file(struct generator *generator, const char *path)
{
    const char *old;
    size_t length;

    if (read_old(generator, path, &old, &length) < 0)
        return -1;
    return output_add(&generator->output, path, generator->text.text,
                      generator->text.length);
}

static void write_zone(struct generator *generator,
                       const struct plan_zone *zone, uint32_t serial,
                       const char *head)
{
    strbuf_reset(&generator->text);
    zone_writer_write(generator->arena, &generator->text, zone,
                      generator->plan->ttl_seconds, serial, head);
}

/* There is a zone, and whoever has a copy of it may have a greater serial
 * than the first one.  Returns 0 when that is wanted. */
static int report_unreadable_serial(struct generator *generator,
                                    const char *path)
{
    if (!generator->options->force)
        return diag_error(generator->diag, nowhere, "serial-unreadable",
                          "%s/%s has no serial that can be read, so none can "
                          "follow; give a --serial, or --force to begin with 1",
                          generator->options->output, path);
    diag_warning(generator->diag, nowhere, "serial-starts-anew",
                 "%s/%s has no serial that can be read: it begins with 1, "
                 "which secondaries may take for an older one",
                 generator->options->output, path);
    return 0;
}

/* The serial behind the old one, or the one that was said. */
static int follow_serial(struct generator *generator, const char *path,
                         uint32_t old_serial, uint32_t *serial)
{
    const struct options *options = generator->options;

    if (options->serial_mode == SERIAL_INCREMENT)
        *serial = serial_next(old_serial);
    else if (serial_is_older(*serial, old_serial) && !options->force)
        return diag_error(generator->diag, nowhere, "serial-goes-back",
                          "%s/%s has serial %u, and %u is older: "
                          "secondaries would not notice; give a newer "
                          "one, or --force",
                          options->output, path, old_serial, *serial);
    return 0;
}

/* Writes the zone with the serial that follows from the file that is there:
 * the same where the records have not changed. */
static int write_zone_with_serial(struct generator *generator,
                                  const struct plan_zone *zone,
                                  const char *path, const char *head)
{
    const struct options *options = generator->options;
    bool fixed = options->serial_mode == SERIAL_NUMBER;
    uint32_t serial = fixed ? options->serial : 1;
    uint32_t old_serial;
    const char *old;
    size_t length;
    int found = read_old(generator, path, &old, &length);

    if (found < 0)
        return -1;
    if (found > 0 && serial_from_zone(old, length, &old_serial)) {
        write_zone(generator, zone, old_serial, head);
        if (!fixed && serial_same_records(generator->text.text,
                                          generator->text.length, old, length))
            return 0;
        if (follow_serial(generator, path, old_serial, &serial) < 0)
            return -1;
    } else if (found > 0 && !fixed &&
               report_unreadable_serial(generator, path) < 0) {
        return -1;
    }
    write_zone(generator, zone, serial, head);
    return 0;
}

static int generate_zone(struct generator *generator,
                         const struct plan_zone *zone, const char *head)
{
    const char *path = zone_file_name(generator->arena, zone);

    size_t unchanged = generator->output.unchanged;

    generator->records += zone->count + 1;
    if (write_zone_with_serial(generator, zone, path, head) < 0 ||
        output_add(&generator->output, path, generator->text.text,
                   generator->text.length) < 0)
        return -1;
    if (generator->options->verbose)
        strbuf_printf(
            generator->out, "%s: %zu records, %s\n", path, zone->count + 1,
            generator->output.unchanged > unchanged ? "unchanged" : "new text");
    return 0;
}

/* The directory with a final slash, or nothing. */
static const char *path_prefix(const struct generator *generator)
{
    const char *directory = generator->options->zone_directory;

    if (!directory || !*directory)
        return "";
    return directory[strlen(directory) - 1] == '/'
               ? directory
               : arena_printf(generator->arena, "%s/", directory);
}

static int generate_zone_list(struct generator *generator, enum view view)
{
    strbuf_reset(&generator->text);
    named_conf_write_zones(generator->arena, &generator->text, generator->plan,
                           view, path_prefix(generator));
    return add_file(generator, zones_file_name(generator->arena, view));
}

/* A view that has lost its zones must not go on to list them. */
static int empty_zone_list(struct generator *generator, enum view view)
{
    const char *path = zones_file_name(generator->arena, view);
    const char *old;
    size_t length;
    int found = output_read(&generator->output, path, &old, &length);

    if (found <= 0)
        return found;
    return is_ours(old, length) ? generate_zone_list(generator, view) : 0;
}

static int generate_view(struct generator *generator, enum view view,
                         const char *head)
{
    const struct plan_view *zones = &generator->plan->views[view];
    int result = 0;

    if (zones->count == 0)
        return empty_zone_list(generator, view);
    for (size_t i = 0; i < zones->count; i++)
        if (generate_zone(generator, zones->zones[i], head) < 0)
            result = -1;
    return result | generate_zone_list(generator, view);
}

/* Anything else in it would be part of every zone. */
static int check_head(struct generator *generator, const char *head)
{
    struct place place = {"zone.head", 1, 1};

    for (; *head; place.line++) {
        size_t length = strcspn(head, "\n");

        if (length > 0 && *head != ';')
            return diag_error(generator->diag, place, "head-not-comment",
                              "a line of the template is no comment; begin it "
                              "with a semicolon");
        head += length + (head[length] ? 1 : 0);
    }
    return 0;
}

static int generate_files(struct generator *generator)
{
    const char *directory = generator->options->templates;
    const char *head = template_load(generator->arena, generator->diag,
                                     directory, "zone.head");
    const char *conf = template_load(generator->arena, generator->diag,
                                     directory, "named.conf");
    int result = 0;

    if (!head || !conf || check_head(generator, head) < 0)
        return -1;
    for (int view = 0; view < VIEW_COUNT; view++)
        result |= generate_view(generator, (enum view)view, head);
    strbuf_reset(&generator->text);
    named_conf_write(generator->arena, &generator->text, generator->plan,
                     path_prefix(generator), conf);
    return result | add_file(generator, "named.conf");
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

static void report_files(const struct generator *generator)
{
    size_t zones = zone_count(generator->plan);

    terminal_add(generator->out, generator->options->output);
    strbuf_printf(generator->out,
                  ": %zu zone%s, %zu record%s; %zu file%s written, %zu "
                  "unchanged\n",
                  zones, plural(zones), generator->records,
                  plural(generator->records), generator->output.written,
                  plural(generator->output.written),
                  generator->output.unchanged);
}

enum status command_generate(struct arena *arena, struct diag *diag,
                             struct strbuf *out, const struct options *options)
{
    struct generator generator = {
        .arena = arena, .diag = diag, .options = options, .out = out};
    int result;

    generator.plan = load_plan(arena, diag, options);
    if (!generator.plan)
        return STATUS_FAILED;
    plan_report_zones(arena, diag, generator.plan);
    plan_report_servers(arena, diag, generator.plan);
    strbuf_init(&generator.text, arena);
    if (output_open(&generator.output, arena, diag, options->output) < 0)
        return STATUS_FAILED;
    result = generate_files(&generator);
    if (result == 0)
        result = output_commit(&generator.output);
    output_abandon(&generator.output);
    if (result == 0 && !options->quiet)
        report_files(&generator);
    return result < 0 ? STATUS_FAILED : STATUS_OK;
}

/* ---- explain */

static int usage_error(struct diag *diag, const char *what, const char *text)
{
    return diag_error(diag, nowhere, "usage", what, text);
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
        return usage_error(diag, "'%s' is no domain name", text);
    if (!mnemonic)
        return 0;
    known = record_type_by_mnemonic(mnemonic, strlen(mnemonic));
    if (!known)
        return usage_error(diag, "'%s' is no record type as SRV or A",
                           mnemonic);
    *type = known->number;
    return 0;
}

static explain_write *find_explain_format(struct diag *diag, const char *name)
{
    for (const struct explain_format *format = explain_formats; format->name;
         format++)
        if (strcmp(format->name, name) == 0)
            return format->write;
    usage_error(diag, "explain has no format '%s'; use text, json or markdown",
                name);
    return NULL;
}

/* A file to write, in two parts. */
struct target {
    const char *directory;
    const char *name;
};

static struct target split_target(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return (struct target){".", path};
    return (struct target){arena_copy(arena, path, (size_t)(slash - path) + 1),
                           slash + 1};
}

/* A result into a file of its own, whole or not at all. */
static int write_file(struct arena *arena, struct diag *diag, const char *path,
                      const struct strbuf *text)
{
    struct target target = split_target(arena, path);
    struct output output;
    int result = output_open(&output, arena, diag, target.directory);

    if (result < 0)
        return -1;
    result = output_add(&output, target.name, text->text, text->length);
    if (result == 0)
        result = output_commit(&output);
    output_abandon(&output);
    return result;
}

static int write_explanation(struct arena *arena, struct diag *diag,
                             struct strbuf *out,
                             const struct format_choice *choice,
                             const struct explanation *explanation)
{
    explain_write *write = find_explain_format(diag, choice->format);
    struct strbuf text;

    if (!write)
        return -1;
    if (!choice->file) {
        write(arena, out, explanation);
        return 0;
    }
    strbuf_init(&text, arena);
    write(arena, &text, explanation);
    return write_file(arena, diag, choice->file, &text);
}

static int check_formats(struct diag *diag, const struct options *options)
{
    int result = 0;

    for (int i = 0; i < options->format_count; i++)
        if (!find_explain_format(diag, options->formats[i].format))
            result = -1;
    return result;
}

static bool is_same_entry(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

/* Do two paths name one file, which need not be there yet? */
static bool is_same_file(struct arena *arena, const char *one,
                         const char *other)
{
    struct target a = split_target(arena, one);
    struct target b = split_target(arena, other);
    struct stat a_status, b_status;

    return strcmp(a.name, b.name) == 0 &&
           (strcmp(a.directory, b.directory) == 0 ||
            (stat(a.directory, &a_status) == 0 &&
             stat(b.directory, &b_status) == 0 &&
             is_same_entry(&a_status, &b_status)));
}

static int check_files_differ(struct arena *arena, struct diag *diag,
                              const struct options *options)
{
    for (int i = 0; i < options->format_count; i++)
        for (int j = 0; j < i; j++)
            if (options->formats[i].file && options->formats[j].file &&
                is_same_file(arena, options->formats[i].file,
                             options->formats[j].file))
                return usage_error(diag, "two --format write to '%s'",
                                   options->formats[i].file);
    return 0;
}

static bool is_input(const struct diag *diag, const char *operand,
                     const struct stat *status)
{
    struct stat input;

    for (size_t i = 0; i < diag->source_count; i++)
        if (stat(diag->sources[i]->file, &input) == 0 &&
            is_same_entry(status, &input))
            return true;
    return strcmp(operand, "-") == 0 && fstat(STDIN_FILENO, &input) == 0 &&
           is_same_entry(status, &input);
}

/* What the plan was made from, the parts of a directory and the catalogues
 * among it, was read from the sources that messages quote. */
static int check_files_are_no_input(struct diag *diag,
                                    const struct options *options)
{
    struct stat status;

    for (int i = 0; i < options->format_count; i++) {
        const char *file = options->formats[i].file;

        if (file && stat(file, &status) == 0 &&
            is_input(diag, topology_path(options->operands[0]), &status))
            return usage_error(
                diag, "--format would overwrite '%s', which was read", file);
    }
    return 0;
}

enum status command_explain(struct arena *arena, struct diag *diag,
                            struct strbuf *out, const struct options *options)
{
    static const struct format_choice text = {"text", NULL};
    const struct explanation *explanation;
    const struct plan *plan;
    struct name name;
    uint16_t type;
    int result = 0;

    if (check_formats(diag, options) < 0 ||
        check_files_differ(arena, diag, options) < 0 ||
        read_question(arena, diag, options, &name, &type) < 0)
        return STATUS_FAILED;
    plan = load_plan(arena, diag, options);
    if (!plan || check_files_are_no_input(diag, options) < 0)
        return STATUS_FAILED;
    explanation = explain_build(arena, diag, plan, name, type);
    if (options->format_count == 0)
        result = write_explanation(arena, diag, out, &text, explanation);
    for (int i = 0; i < options->format_count; i++)
        result |= write_explanation(arena, diag, out, &options->formats[i],
                                    explanation);
    return result < 0 ? STATUS_FAILED : STATUS_OK;
}
