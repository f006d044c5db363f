/*
 * Messages about what a user wrote, each with the place it speaks of.
 *
 *     contoso.yaml:23:5: error: pool 'pool1' has no address; add ... [id]
 *        23 |   - fqdn: pool1.corp.contoso.com
 *           |     ^
 *
 * A stage reports all it finds, goes on, and returns -1 in the end; its
 * caller stops between stages.  Messages are kept until diag_print writes
 * them in the order of their places, so a stage may find them in any order.
 * An id is a word that tests and scripts can rely on; the text is for people.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;
struct source;

/* line and column are 1-based; columns count characters, not bytes.  line 0
 * speaks of the whole file, file NULL of no file at all. */
struct place {
    const char *file;
    uint32_t line;
    uint32_t column;
};

/* By file, as a directory lists its files, then line, then column: <0, 0, >0.
 * Places of no file come first. */
int place_compare(struct place one, struct place other);

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

struct diag_note {
    struct place place;
    const char *text;
    struct diag_note *next;
};

struct diag_message {
    struct place place;
    enum severity severity;
    const char *id;
    const char *text;
    struct diag_note *notes; /* further places, in the order of diag_note() */
    struct diag_note *last_note;
    size_t order; /* of reporting: breaks ties of place */
    size_t rank;  /* of the file among the sources; diag_sort sets it */
};

/* All but the first messages of a severity are counted and not kept. */
#define DIAG_KEPT         1000 /* of each severity */
#define DIAG_ERRORS_SHOWN 100

struct diag_tally {
    size_t kept;
    size_t shown;
    size_t settled; /* of those reported: shown, or told to be left out */
};

struct diag {
    struct arena *arena;
    struct diag_message *messages;
    size_t count, capacity;
    size_t printed; /* messages before this one are printed already */
    size_t errors, warnings, infos; /* reported, kept or not */
    struct diag_tally tallies[SEVERITY_ERROR + 1];
    bool dropped;            /* the message reported last was not kept */
    struct source **sources; /* by name */
    size_t source_count, source_capacity;
};

void diag_init(struct diag *diag, struct arena *arena);

/* Lends name and text of a file, to quote lines from; they must outlive diag.
 * A file that was lent before gets this text and keeps its rank. */
void diag_add_source(struct diag *diag, const char *file, const char *text,
                     size_t length);

/* Each takes a printf format for the text, of which the first 2000 bytes are
 * kept.  diag_error returns -1, so that `return diag_error(...)` reads as
 * what it is. */
int diag_error(struct diag *diag, struct place place, const char *id,
               const char *format, ...) __attribute__((format(printf, 4, 5)));
void diag_warning(struct diag *diag, struct place place, const char *id,
                  const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_info(struct diag *diag, struct place place, const char *id,
               const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds a further place to the message reported last. */
void diag_note(struct diag *diag, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Sorts the messages that are not printed yet by place, file by file in the
 * order in which the sources were added; then files that are no sources, by
 * name; then what has no file. */
void diag_sort(struct diag *diag);

/*
 * Sorts and writes what was not written before, of least severity and above:
 * at most DIAG_ERRORS_SHOWN errors in all calls together, then how many more
 * there were.  What a message quotes from a file never moves the terminal:
 * control characters, those that turn the direction of writing, and what is
 * no UTF-8 are shown as '?'.
 */
void diag_print(struct diag *diag, FILE *stream, enum severity least,
                bool color);

/* What was not printed yet never is: somebody else has told it. */
void diag_discard(struct diag *diag);

#endif
