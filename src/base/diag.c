#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/terminal.h"

#define TEXT_BYTES     2000 /* of a message that are kept */
#define RANK_NO_SOURCE (SIZE_MAX - 1)
#define RANK_NO_FILE   SIZE_MAX

static const struct {
    const char *word;
    const char *color;
    const char *rest; /* after "N more" */
    const char *one;
    size_t most; /* that are shown */
} severities[] = {
    [SEVERITY_INFO] = {"note", "\033[1;36m", "notes are", "note is", DIAG_KEPT},
    [SEVERITY_WARNING] = {"warning", "\033[1;35m", "warnings are", "warning is",
                          DIAG_KEPT},
    [SEVERITY_ERROR] = {"error", "\033[1;31m", "errors are", "error is",
                        DIAG_ERRORS_SHOWN},
};

int place_compare(struct place one, struct place other)
{
    int order = strcmp(one.file ? one.file : "", other.file ? other.file : "");

    if (order == 0)
        order = (one.line > other.line) - (one.line < other.line);
    if (order == 0)
        order = (one.column > other.column) - (one.column < other.column);
    return order;
}

void diag_init(struct diag *diag, struct arena *arena)
{
    *diag = (struct diag){.arena = arena};
}

/* Where file is among the sources, or where it belongs. */
static size_t source_position(const struct diag *diag, const char *file,
                              bool *found)
{
    size_t low = 0, high = diag->source_count;

    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(diag->sources[middle]->file, file);

        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct source *source_find(const struct diag *diag, const char *file)
{
    bool found;
    size_t position = source_position(diag, file, &found);

    return found ? diag->sources[position] : NULL;
}

static struct source *source_insert(struct diag *diag, size_t position)
{
    size_t size = sizeof(struct source *);

    diag->sources = arena_room(diag->arena, diag->sources, diag->source_count,
                               &diag->source_capacity, size);
    memmove(diag->sources + position + 1, diag->sources + position,
            (diag->source_count - position) * size);
    diag->sources[position] = ARENA_NEW(diag->arena, struct source);
    diag->sources[position]->rank = diag->source_count++;
    return diag->sources[position];
}

void diag_add_source(struct diag *diag, const char *file, const char *text,
                     size_t length)
{
    bool found;
    size_t position = source_position(diag, file, &found);
    struct source *source =
        found ? diag->sources[position] : source_insert(diag, position);
    size_t rank = source->rank;

    source_init(source, file, text, length);
    source->rank = rank;
}

static size_t *reported(struct diag *diag, enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return &diag->errors;
    case SEVERITY_WARNING:
        return &diag->warnings;
    default:
        return &diag->infos;
    }
}

/* A text may quote all of a file, so it is cut. */
static const char *format_text(struct arena *arena, const char *format,
                               va_list arguments)
{
    static const char cut[] = "...";
    char text[TEXT_BYTES + sizeof cut] = "";
    int length = vsnprintf(text, TEXT_BYTES + 1, format, arguments);

    if (length < 0)
        return format;
    if (length > TEXT_BYTES)
        memcpy(text + TEXT_BYTES, cut, sizeof cut);
    return arena_copy(arena, text, strlen(text));
}

static struct diag_message *message_new(struct diag *diag)
{
    diag->messages = arena_room(diag->arena, diag->messages, diag->count,
                                &diag->capacity, sizeof *diag->messages);
    return &diag->messages[diag->count++];
}

__attribute__((format(printf, 5, 0))) static void report(
    struct diag *diag, struct place place, enum severity severity,
    const char *id, const char *format, va_list arguments)
{
    struct diag_tally *tally = &diag->tallies[severity];
    size_t order = diag->errors + diag->warnings + diag->infos;

    ++*reported(diag, severity);
    diag->dropped = tally->kept == DIAG_KEPT;
    if (diag->dropped)
        return;
    tally->kept++;
    *message_new(diag) = (struct diag_message){
        .place = place,
        .severity = severity,
        .id = id,
        .text = format_text(diag->arena, format, arguments),
        .order = order,
    };
}

int diag_error(struct diag *diag, struct place place, const char *id,
               const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(diag, place, SEVERITY_ERROR, id, format, arguments);
    va_end(arguments);
    return -1;
}

void diag_warning(struct diag *diag, struct place place, const char *id,
                  const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(diag, place, SEVERITY_WARNING, id, format, arguments);
    va_end(arguments);
}

void diag_info(struct diag *diag, struct place place, const char *id,
               const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(diag, place, SEVERITY_INFO, id, format, arguments);
    va_end(arguments);
}

/* Sorting may have moved it from the end. */
static struct diag_message *last_reported(struct diag *diag)
{
    size_t order = diag->errors + diag->warnings + diag->infos - 1;

    for (size_t i = diag->count; i-- > 0;)
        if (diag->messages[i].order == order)
            return &diag->messages[i];
    return NULL;
}

void diag_note(struct diag *diag, struct place place, const char *format, ...)
{
    struct diag_message *message = diag->dropped ? NULL : last_reported(diag);
    struct diag_note *note;
    va_list arguments;

    if (!message)
        return;
    note = ARENA_NEW(diag->arena, struct diag_note);
    note->place = place;
    va_start(arguments, format);
    note->text = format_text(diag->arena, format, arguments);
    va_end(arguments);
    if (message->last_note)
        message->last_note->next = note;
    else
        message->notes = note;
    message->last_note = note;
}

static size_t file_rank(const struct diag *diag, const char *file)
{
    const struct source *source;

    if (!file)
        return RANK_NO_FILE;
    source = source_find(diag, file);
    return source ? source->rank : RANK_NO_SOURCE;
}

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_messages(const void *left, const void *right)
{
    const struct diag_message *a = left, *b = right;
    int order = compare_sizes(a->rank, b->rank);

    if (order == 0 && a->rank == RANK_NO_SOURCE)
        order = strcmp(a->place.file, b->place.file);
    if (order == 0)
        order = compare_sizes(a->place.line, b->place.line);
    if (order == 0)
        order = compare_sizes(a->place.column, b->place.column);
    return order ? order : compare_sizes(a->order, b->order);
}

void diag_sort(struct diag *diag)
{
    if (diag->printed == diag->count)
        return;
    for (size_t i = diag->printed; i < diag->count; i++)
        diag->messages[i].rank = file_rank(diag, diag->messages[i].place.file);
    qsort(diag->messages + diag->printed, diag->count - diag->printed,
          sizeof *diag->messages, compare_messages);
}

static void write_place(FILE *stream, struct place place)
{
    if (!place.file) {
        fputs("ocszone:", stream);
        return;
    }
    terminal_write(stream, place.file, strlen(place.file));
    if (place.line > 0)
        fprintf(stream, ":%u", place.line);
    if (place.line > 0 && place.column > 0)
        fprintf(stream, ":%u", place.column);
    putc(':', stream);
}

/* One line and, where its place is a line of a source, what stands there. */
static void write_message(struct diag *diag, FILE *stream, struct place place,
                          enum severity severity, const char *text,
                          const char *id, bool color)
{
    struct source *source =
        place.file && place.line > 0 ? source_find(diag, place.file) : NULL;

    fputs(color ? "\033[1m" : "", stream);
    write_place(stream, place);
    fprintf(stream, "%s %s%s:%s ", color ? "\033[0m" : "",
            color ? severities[severity].color : "", severities[severity].word,
            color ? "\033[0m" : "");
    terminal_write(stream, text, strlen(text));
    if (id)
        fprintf(stream, " [%s]", id);
    putc('\n', stream);
    if (source)
        source_quote(source, diag->arena, stream, place.line, place.column,
                     color);
}

/* Says how many messages were neither shown nor spoken of before. */
static void tell_hidden(struct diag *diag, FILE *stream, enum severity severity,
                        size_t shown)
{
    size_t settled = diag->tallies[severity].settled;
    size_t hidden = *reported(diag, severity) - settled - shown;

    if (hidden > 0)
        fprintf(stream, "ocszone: %zu more %s not shown\n", hidden,
                hidden == 1 ? severities[severity].one
                            : severities[severity].rest);
}

void diag_print(struct diag *diag, FILE *stream, enum severity least,
                bool color)
{
    size_t shown[SEVERITY_ERROR + 1] = {0};

    diag_sort(diag);
    for (; diag->printed < diag->count; diag->printed++) {
        const struct diag_message *message = &diag->messages[diag->printed];
        enum severity severity = message->severity;

        if (severity < least ||
            diag->tallies[severity].shown == severities[severity].most)
            continue;
        write_message(diag, stream, message->place, severity, message->text,
                      message->id, color);
        for (const struct diag_note *note = message->notes; note;
             note = note->next)
            write_message(diag, stream, note->place, SEVERITY_INFO, note->text,
                          NULL, color);
        diag->tallies[severity].shown++;
        shown[severity]++;
    }
    for (enum severity severity = 0; severity <= SEVERITY_ERROR; severity++) {
        if (severity >= least)
            tell_hidden(diag, stream, severity, shown[severity]);
        diag->tallies[severity].settled = *reported(diag, severity);
    }
}

void diag_discard(struct diag *diag)
{
    diag->printed = diag->count;
    for (enum severity severity = 0; severity <= SEVERITY_ERROR; severity++)
        diag->tallies[severity].settled = *reported(diag, severity);
}
