/*
 * A zone that is read from a text: its records as lines, and what was said.
 *
 * The zone is example.com; owners and names in data are shown relative to it.
 *
 *     a 60 A 10.0.0.1
 *     3:1 warning rrset-ttl-differs
 *
 * The text need not be that of a whole zone.
 */
#ifndef UNIT_ZONE_TEXT_H
#define UNIT_ZONE_TEXT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "dns/rare_rdata.h"
#include "dns/recordset.h"
#include "dns/zone_file.h"

#define EXAMPLE ((struct name){(const uint8_t *)"\7example\3com", 13})

static struct arena arena;
static struct diag diag;
static struct recordset set;

static inline void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static inline void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
    diag_init(&diag, &arena);
}

static inline void tear_down(void)
{
    arena_release(&arena);
}

static inline void add_record(struct strbuf *out, const struct node *node,
                              const struct rrset *rrset, const struct rr *rr)
{
    name_write_relative(out, node->owner, EXAMPLE);
    if (rrset->ttl_seconds != RECORDSET_NO_TTL)
        strbuf_printf(out, " %u", rrset->ttl_seconds);
    strbuf_add_char(out, ' ');
    record_type_write(out, rrset->type);
    strbuf_add_char(out, ' ');
    if (record_type_by_number(rrset->type))
        record_data_write(out, rrset->type, rr->data, EXAMPLE);
    else
        rare_rdata_write(out, rrset->type, rr->data);
    strbuf_add_char(out, '\n');
}

/* In canonical order. */
static inline const char *record_lines(void)
{
    struct strbuf out;

    strbuf_init(&out, &arena);
    recordset_sort(&set);
    for (const struct node *node = set.top; node;
         node = recordset_next(&set, node))
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next)
            for (const struct rr *rr = rrset->first; rr; rr = rr->next)
                add_record(&out, node, rrset, rr);
    return out.text;
}

/* In the order of their places; of the file that was read, no name is shown. */
static inline const char *said_lines(const char *file)
{
    static const char *const words[] = {"info", "warning", "error"};
    struct strbuf out;

    strbuf_init(&out, &arena);
    diag_sort(&diag);
    for (size_t i = 0; i < diag.count; i++) {
        const struct diag_message *message = &diag.messages[i];

        if (message->place.file && strcmp(message->place.file, file) != 0)
            strbuf_printf(&out, "%s:", message->place.file);
        strbuf_printf(&out, "%u:%u %s %s\n", message->place.line,
                      message->place.column, words[message->severity],
                      message->id);
    }
    return out.text;
}

/* Errors are counted when -1 is returned, and only then. */
static inline int read_text(const char *text, size_t length,
                            const struct zone_file_options *options)
{
    int status;

    diag_add_source(&diag, "zone", text, length);
    status =
        zone_file_read_text(&arena, &diag, "zone", text, length, options, &set);
    ck_assert_int_eq(status, diag.errors > 0 ? -1 : 0);
    return status;
}

struct text_row {
    const char *label;
    const char *text;
    const char *records;
    const char *said;
};

static inline void check_row(const struct text_row *row, bool is_fragment)
{
    const struct zone_file_options options = {.zone = EXAMPLE,
                                              .is_fragment = is_fragment};

    read_text(row->text, strlen(row->text), &options);
    ck_assert_msg(strcmp(record_lines(), row->records) == 0,
                  "%s: the records are\n%s", row->label, record_lines());
    ck_assert_msg(strcmp(said_lines("zone"), row->said) == 0,
                  "%s: what is said is\n%s", row->label, said_lines("zone"));
}

#define ROWS(rows) ((int)(sizeof(rows) / sizeof *(rows)))

static inline int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
