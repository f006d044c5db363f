#include "usage.h"

#include <stddef.h>
#include <string.h>

#include "base/strbuf.h"

const struct command commands[] = {
    {"init", INIT, command_init, 0, 0, "", "write a topology to start from"},
    {"generate", GENERATE, command_generate, 1, 1, "TOPOLOGY",
     "write zone files, scripts or sheets"},
    {"explain", EXPLAIN, command_explain, 1, 3, "TOPOLOGY [NAME [TYPE]]",
     "tell why a record exists, or does not"},
    {"canon", CANON, command_canon, 1, 1, "FILE",
     "write a zone file in canonical form"},
    {"help", HELP, NULL, 0, 1, "[COMMAND]", "show this text, or a command's"},
    {0},
};

const struct option_row option_rows[] = {
    {OPTION_CHECK, "check", NULL, GENERATE,
     "write nothing, tell what would change"},
    {OPTION_COLOR, "color", "WHEN", ALL,
     "auto, always or never; NO_COLOR is heeded"},
    {OPTION_FORCE, "force", NULL, GENERATE,
     "over files of others, older serials, deletions"},
    {OPTION_FORMAT, "format", "FORMAT[:FILE]", GENERATE | EXPLAIN,
     "what to write, see ocszone(1); may be repeated"},
    {OPTION_FRAGMENT, "fragment", NULL, CANON,
     "the file is a piece of a zone, without SOA"},
    {OPTION_HELP, "help", NULL, ALL, "show the help of the command"},
    {OPTION_INCLUDE_ROOT, "include-root", "DIR", CANON,
     "where $INCLUDE may lead; default: beside FILE"},
    {OPTION_ORIGIN, "origin", "ZONE", CANON,
     "the zone; default: as FILE says it, or is named"},
    {OPTION_OUTPUT, "output", "PATH", GENERATE | INIT,
     "directory of generate, or new file of init"},
    {OPTION_PRUNE, "prune", NULL, GENERATE,
     "remove files of zones that are not planned"},
    {OPTION_QUIET, "quiet", NULL, ALL, "say nothing but errors"},
    {OPTION_SERIAL, "serial", "SERIAL", GENERATE,
     "increment (default), date, unixtime, hash, number"},
    {OPTION_SERIAL_FROM, "serial-from", "DIR", GENERATE,
     "where the old serials are; default: the output"},
    {OPTION_TEMPLATES, "templates", "DIR", GENERATE | EXPLAIN | INIT,
     "templates that replace those compiled in"},
    {OPTION_TEXTCONV, "textconv", NULL, CANON,
     "for git: errors become comments, exit status 0"},
    {OPTION_VERBOSE, "verbose", NULL, ALL,
     "say more: of each zone file, for one"},
    {OPTION_VERSION, "version", NULL, ALL, "show the version"},
    {OPTION_VIEW, "view", "VIEW", GENERATE,
     "internal or external: of scripts and sheets"},
    {OPTION_ZONE_DIRECTORY, "zone-directory", "DIR", GENERATE,
     "stands before the paths in BIND's configuration"},
    {0},
};

_Static_assert(sizeof option_rows / sizeof *option_rows <= OPTION_MOST + 1,
               "more options than there is room for");

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i].name; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

const struct option_row *option_find(const char *name, size_t length)
{
    for (size_t i = 0; option_rows[i].name; i++)
        if (strlen(option_rows[i].name) == length &&
            memcmp(option_rows[i].name, name, length) == 0)
            return &option_rows[i];
    return NULL;
}

const struct option_row *option_by_id(int id)
{
    for (size_t i = 0; option_rows[i].name; i++)
        if (option_rows[i].id == id)
            return &option_rows[i];
    return NULL;
}

static void show_options(struct strbuf *out, int command_bits)
{
    strbuf_add_text(out, "\nOptions:\n");
    for (size_t i = 0; option_rows[i].name; i++) {
        const struct option_row *row = &option_rows[i];
        size_t start = out->length;

        if (!(row->commands & command_bits))
            continue;
        if (row->id < OPTION_COLOR)
            strbuf_printf(out, "  -%c, ", row->id);
        else
            strbuf_add_text(out, "      ");
        strbuf_printf(out, "--%s%s%s", row->name, row->argument ? "=" : "",
                      row->argument ? row->argument : "");
        strbuf_pad(out, start, 30);
        strbuf_printf(out, "%s\n", row->about);
    }
}

void usage_show(struct strbuf *out)
{
    strbuf_add_text(out, "Usage: ocszone COMMAND [OPTION...] OPERAND...\n\n"
                         "DNS for Office Communications Server: zone files "
                         "from a topology.\n\nCommands:\n");
    for (size_t i = 0; commands[i].name; i++) {
        size_t start = out->length;

        strbuf_printf(out, "  %s %s", commands[i].name, commands[i].operands);
        strbuf_pad(out, start, 36);
        strbuf_printf(out, "%s\n", commands[i].about);
    }
    show_options(out, ALL);
    strbuf_add_text(
        out, "\nExit status: 0 nothing to report, 1 findings or differences, "
             "2 the work could\nnot be done.  See ocszone(1) and "
             "ocszone-topology(5).\n");
}

void usage_show_command(struct strbuf *out, const struct command *command)
{
    strbuf_printf(out, "Usage: ocszone %s [OPTION...]%s%s\n\n%s\n",
                  command->name, *command->operands ? " " : "",
                  command->operands, command->about);
    show_options(out, command->bit);
}
