/*
 * One function for each command; each reads as its pipeline.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct diag;
struct strbuf;

/* Exit status of every command. */
enum status {
    STATUS_OK = 0,
    STATUS_FOUND = 1, /* findings, differences */
    STATUS_FAILED = 2 /* the work could not be done */
};

enum serial_mode { SERIAL_INCREMENT, SERIAL_NUMBER };

#define MAX_FORMATS 8

/* --format=FORMAT[:FILE] */
struct format_choice {
    const char *format;
    const char *file; /* NULL: standard output */
};

struct options {
    const char *const *operands;
    int operand_count;
    const char *output;         /* -o */
    const char *templates;      /* NULL: those compiled in */
    const char *zone_directory; /* NULL: paths are relative */
    enum serial_mode serial_mode;
    uint32_t serial;
    bool force;
    bool quiet;
    bool verbose;
    struct format_choice formats[MAX_FORMATS];
    int format_count;
};

/*
 * Messages go to diag, which the caller prints; results for standard output
 * go to out, which the caller writes.  A usage error is reported, too.
 */
typedef enum status command_function(struct arena *arena, struct diag *diag,
                                     struct strbuf *out,
                                     const struct options *options);

command_function command_generate, command_explain;

#endif
