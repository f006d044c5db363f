/*
 * How the program is used: its commands and options, as tables, and the help
 * that shows them.  Whoever reads the command line goes by the same tables, so
 * that the help has what the program takes.
 */
#ifndef USAGE_H
#define USAGE_H

#include <stddef.h>

#include "commands.h"

struct strbuf;

/* A bit for each command: an option is of several. */
enum { GENERATE = 1, EXPLAIN = 2, CANON = 4, HELP = 8, INIT = 16, ALL = 31 };

struct command {
    const char *name;
    int bit;
    command_function *run; /* NULL: help */
    int least, most;       /* operands */
    const char *operands;
    const char *about;
};

/* In the order of the help; behind the last one is a row without a name. */
extern const struct command commands[];

/* An option that has a letter is that letter; the others come behind. */
enum {
    OPTION_OUTPUT = 'o',
    OPTION_QUIET = 'q',
    OPTION_VERBOSE = 'v',
    OPTION_HELP = 'h',
    OPTION_COLOR = 256,
    OPTION_CHECK,
    OPTION_FORCE,
    OPTION_FORMAT,
    OPTION_FRAGMENT,
    OPTION_INCLUDE_ROOT,
    OPTION_ORIGIN,
    OPTION_PRUNE,
    OPTION_SERIAL,
    OPTION_SERIAL_FROM,
    OPTION_TEMPLATES,
    OPTION_TEXTCONV,
    OPTION_VERSION,
    OPTION_VIEW,
    OPTION_ZONE_DIRECTORY
};

struct option_row {
    int id; /* a letter, or more than any letter */
    const char *name;
    const char *argument; /* NULL: takes none */
    int commands;
    const char *about;
};

#define OPTION_MOST 32 /* rows; a set of them fits the bits of an unsigned */

/* Sorted by name; behind the last one is a row without a name.  ocszone(1) has
 * the same options. */
extern const struct option_row option_rows[];

/* NULL when there is no such command. */
const struct command *command_find(const char *name);

/* The option whose name is these bytes, without its dashes, or NULL: no
 * abbreviations. */
const struct option_row *option_find(const char *name, size_t length);

/* NULL when there is none with this id. */
const struct option_row *option_by_id(int id);

/* Adds to out the help of the program: all commands, all options. */
void usage_show(struct strbuf *out);

/* Adds to out the help of one command, with the options that it has. */
void usage_show_command(struct strbuf *out, const struct command *command);

#endif
