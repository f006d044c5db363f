/*
 * ocszone: the command line, and the only way out.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "commands.h"
#include "usage.h"

#define VERSION "0.1.0"

/* ---- options */

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct invocation {
    struct arena *arena;
    struct diag *diag;
    struct strbuf *out;
    struct options options;
    const struct command *command;
    enum color color;
    bool help;
    bool version;
    unsigned taken; /* rows of option_rows, as a mask */
};

static int usage(struct invocation *invocation, const char *what,
                 const char *text)
{
    struct strbuf message;

    strbuf_init(&message, invocation->arena);
    strbuf_printf(&message, "%s '%s'", what, text);
    return diag_error(invocation->diag, (struct place){0}, "usage",
                      "%s; see `ocszone help%s%s`", message.text,
                      invocation->command ? " " : "",
                      invocation->command ? invocation->command->name : "");
}

static int set_color(struct invocation *invocation, const char *text)
{
    if (strcmp(text, "auto") == 0)
        invocation->color = COLOR_AUTO;
    else if (strcmp(text, "always") == 0)
        invocation->color = COLOR_ALWAYS;
    else if (strcmp(text, "never") == 0)
        invocation->color = COLOR_NEVER;
    else
        return usage(invocation, "--color is auto, always or never, not", text);
    return 0;
}

static int set_serial(struct invocation *invocation, const char *text)
{
    if (serial_policy_from_text(text, &invocation->options.tree.serial))
        return 0;
    return usage(invocation,
                 "--serial is increment, date, unixtime, hash or a number of "
                 "32 bits, not",
                 text);
}

/* The one look at the clock, and none where a build is to be repeatable
 * (reproducible-builds.org, SOURCE_DATE_EPOCH). */
static int set_time(struct invocation *invocation)
{
    struct serial_policy *policy = &invocation->options.tree.serial;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");

    if (!serial_policy_needs_time(policy))
        return 0;
    if (!epoch) {
        policy->seconds = (uint32_t)time(NULL);
        return 0;
    }
    if (serial_from_text(epoch, &policy->seconds))
        return 0;
    return usage(invocation,
                 "SOURCE_DATE_EPOCH is seconds since 1970, in 32 bits, not",
                 epoch);
}

static int add_format(struct invocation *invocation, const char *text)
{
    struct options *options = &invocation->options;
    const char *colon = strchr(text, ':');
    struct result *choice;

    if (options->results.count == RESULTS_MOST)
        return usage(invocation, "too many --format, from", text);
    choice = &options->results.items[options->results.count++];
    choice->format = arena_copy(invocation->arena, text,
                                colon ? (size_t)(colon - text) : strlen(text));
    choice->file = colon && strcmp(colon + 1, "-") != 0 ? colon + 1 : NULL;
    if (colon && !colon[1])
        return usage(invocation, "--format has no file behind the colon in",
                     text);
    return 0;
}

static int take_option(struct invocation *invocation, int id,
                       const char *argument)
{
    struct options *options = &invocation->options;

    switch (id) {
    case OPTION_CHECK:
        options->tree.check = true;
        return 0;
    case OPTION_COLOR:
        return set_color(invocation, argument);
    case OPTION_FORCE:
        options->tree.force = true;
        return 0;
    case OPTION_FORMAT:
        return add_format(invocation, argument);
    case OPTION_HELP:
        invocation->help = true;
        return 0;
    case OPTION_OUTPUT:
        options->output = options->tree.directory = argument;
        return 0;
    case OPTION_QUIET:
        options->tree.quiet = true;
        return 0;
    case OPTION_FRAGMENT:
        options->canon.is_fragment = true;
        return 0;
    case OPTION_INCLUDE_ROOT:
        options->canon.include_root = argument;
        return 0;
    case OPTION_ORIGIN:
        options->canon.origin = argument;
        return 0;
    case OPTION_PRUNE:
        options->tree.prune = true;
        return 0;
    case OPTION_SERIAL:
        return set_serial(invocation, argument);
    case OPTION_SERIAL_FROM:
        options->tree.serial_from = argument;
        return 0;
    case OPTION_TEMPLATES:
        options->tree.templates = argument;
        return 0;
    case OPTION_TEXTCONV:
        options->canon.is_textconv = true;
        return 0;
    case OPTION_VERBOSE:
        options->tree.verbose = true;
        return 0;
    case OPTION_VERSION:
        invocation->version = true;
        return 0;
    case OPTION_VIEW:
        options->view = argument;
        return 0;
    case OPTION_ZONE_DIRECTORY:
        options->tree.zone_directory = argument;
        return 0;
    default:
        return -1;
    }
}

/* getopt_long() would take --forc for --force; a script that does so breaks
 * when a further option comes. */
static int refuse_abbreviations(struct invocation *invocation,
                                const char *argument)
{
    if (strncmp(argument, "--", 2) != 0 || !argument[2] ||
        option_find(argument + 2, strcspn(argument + 2, "=")))
        return 0;
    return usage(invocation, "there is no option", argument);
}

static void fill_getopt(struct option longs[OPTION_MOST + 1],
                        char shorts[2 * OPTION_MOST + 3], bool stop)
{
    size_t length = 0;
    size_t count;

    if (stop)
        shorts[length++] = '+'; /* at the first operand: the command */
    shorts[length++] = ':';
    for (count = 0; option_rows[count].name; count++) {
        const struct option_row *row = &option_rows[count];

        longs[count] = (struct option){
            row->name, row->argument ? required_argument : no_argument, NULL,
            row->id};
        if (row->id >= OPTION_COLOR)
            continue;
        shorts[length++] = (char)row->id;
        if (row->argument)
            shorts[length++] = ':';
    }
    shorts[length] = '\0';
    longs[count] = (struct option){NULL, 0, NULL, 0};
}

/* What getopt_long() stumbled over.  In a cluster as -qx it has not moved on,
 * and argument is the one before: so optopt is asked first. */
static int fail_option(struct invocation *invocation, int found,
                       const char *argument)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    bool is_long = strncmp(argument, "--", 2) == 0;

    if (found == ':')
        return usage(invocation, "an argument is missing behind",
                     is_long ? argument : letter);
    if (!option_by_id(optopt))
        return usage(invocation, "there is no option", letter);
    return usage(invocation, "no argument goes with", argument);
}

/* Options in front of the command are judged when it is known. */
static int check_options(struct invocation *invocation)
{
    for (size_t i = 0; option_rows[i].name; i++)
        if ((invocation->taken & 1u << i) &&
            !(option_rows[i].commands & invocation->command->bit))
            return usage(
                invocation, "the command has no option",
                arena_printf(invocation->arena, "--%s", option_rows[i].name));
    return 0;
}

static bool is_for_zone_files(int id)
{
    switch (id) {
    case OPTION_CHECK:
    case OPTION_FORCE:
    case OPTION_OUTPUT:
    case OPTION_PRUNE:
    case OPTION_SERIAL:
    case OPTION_SERIAL_FROM:
    case OPTION_ZONE_DIRECTORY:
        return true;
    default:
        return false;
    }
}

static void note_option(struct invocation *invocation, int id)
{
    for (size_t i = 0; option_rows[i].name; i++)
        if (option_rows[i].id == id)
            invocation->taken |= 1u << i;
    if (is_for_zone_files(id))
        invocation->options.tree_option = option_by_id(id)->name;
}

/* Takes the options of argv[1..]; returns the index of the first operand,
 * which getopt_long() has moved behind them, or -1. */
static int take_options(struct invocation *invocation, int argc, char **argv,
                        bool stop)
{
    struct option longs[OPTION_MOST + 1];
    char shorts[2 * OPTION_MOST + 3];
    int found;

    fill_getopt(longs, shorts, stop);
    optind = 0; /* glibc, musl: start anew */
    opterr = 0;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (stop && argv[i][0] != '-')
            break;
        if (refuse_abbreviations(invocation, argv[i]) < 0)
            return -1;
    }
    while ((found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (found == '?' || found == ':')
            return fail_option(invocation, found, argv[optind - 1]);
        note_option(invocation, found);
        if (take_option(invocation, found, optarg) < 0)
            return -1;
    }
    return optind;
}

/* ---- running */

static enum status run_help(struct diag *diag, struct strbuf *out,
                            const struct options *options)
{
    const struct command *command;

    if (options->operand_count == 0) {
        usage_show(out);
        return STATUS_OK;
    }
    command = command_find(options->operands[0]);
    if (!command) {
        diag_error(diag, (struct place){0}, "usage",
                   "there is no command '%s'; see `ocszone help`",
                   options->operands[0]);
        return STATUS_FAILED;
    }
    usage_show_command(out, command);
    return STATUS_OK;
}

static enum status run_command(struct invocation *invocation)
{
    const struct command *command = invocation->command;
    const struct options *options = &invocation->options;

    if (invocation->version) {
        strbuf_add_text(invocation->out, "ocszone " VERSION "\n");
        return STATUS_OK;
    }
    if (invocation->help) {
        if (command)
            usage_show_command(invocation->out, command);
        else
            usage_show(invocation->out);
        return STATUS_OK;
    }
    if (!command) {
        diag_error(invocation->diag, (struct place){0}, "usage",
                   "a command is missing; see `ocszone help`");
        return STATUS_FAILED;
    }
    if (options->operand_count < command->least ||
        options->operand_count > command->most) {
        diag_error(invocation->diag, (struct place){0}, "usage",
                   "%s takes %s, not %d operand%s; see `ocszone help %s`",
                   command->name, command->operands, options->operand_count,
                   options->operand_count == 1 ? "" : "s", command->name);
        return STATUS_FAILED;
    }
    return command->run ? command->run(invocation->arena, invocation->diag,
                                       invocation->out, options)
                        : run_help(invocation->diag, invocation->out, options);
}

static int check_operands(struct invocation *invocation)
{
    const struct options *options = &invocation->options;

    for (int i = 0; i < options->operand_count; i++)
        if (!*options->operands[i])
            return usage(invocation, "an operand is empty:", "");
    if (!*options->tree.directory)
        return usage(invocation, "what --output names is empty:", "");
    return 0;
}

static enum status run(struct invocation *invocation, int argc, char **argv)
{
    int first = take_options(invocation, argc, argv, true);

    if (first < 0)
        return STATUS_FAILED;
    if (first < argc) {
        invocation->command = command_find(argv[first]);
        if (!invocation->command) {
            usage(invocation, "there is no command", argv[first]);
            return STATUS_FAILED;
        }
        argc -= first;
        argv += first;
        first = take_options(invocation, argc, argv, false);
        if (first < 0 || check_options(invocation) < 0)
            return STATUS_FAILED;
        invocation->options.operands = (const char *const *)(argv + first);
        invocation->options.operand_count = argc - first;
        if (check_operands(invocation) < 0 || set_time(invocation) < 0)
            return STATUS_FAILED;
    }
    return run_command(invocation);
}

static bool wants_color(enum color color)
{
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    if (color != COLOR_AUTO)
        return color == COLOR_ALWAYS;
    return !(no_color && *no_color) && terminal &&
           strcmp(terminal, "dumb") != 0 && isatty(STDERR_FILENO);
}

/* Standard output can be full, or gone: then nobody has the result. */
static enum status write_result(struct diag *diag, const struct strbuf *out,
                                enum status status)
{
    size_t written =
        out->length == 0 ? 0 : fwrite(out->text, 1, out->length, stdout);

    if (written == out->length && fflush(stdout) == 0)
        return status;
    if (errno != EPIPE)
        diag_error(diag, (struct place){0}, "cannot-write",
                   "standard output: %s", strerror(errno));
    return STATUS_FAILED;
}

static void out_of_memory(void *context)
{
    (void)context;
    fputs("ocszone: error: out of memory [out-of-memory]\n", stderr);
    _exit(STATUS_FAILED);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct diag diag;
    struct strbuf out;
    struct invocation invocation = {
        .arena = &arena,
        .diag = &diag,
        .out = &out,
        .options = {.tree = {.directory = "."}},
    };
    enum status status;

    /* A limit on file sizes is an error like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
    arena_init(&arena, out_of_memory, NULL);
    diag_init(&diag, &arena);
    strbuf_init(&out, &arena);
    status = run(&invocation, argc, argv);
    status = write_result(&diag, &out, status);
    diag_print(&diag, stderr,
               invocation.options.tree.quiet ? SEVERITY_ERROR : SEVERITY_INFO,
               wants_color(invocation.color));
    arena_release(&arena);
    return (int)status;
}
