/*
 * A plan as lines of text, for the tests that compare what is planned:
 *
 *     internal company.com sip.company.com A 10.0.0.10
 *     view     zone        owner           type and data
 */
#ifndef UNIT_PLAN_LINES_H
#define UNIT_PLAN_LINES_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "plan/plan.h"
#include "topology/topology.h"

static struct arena arena;
static struct diag diag;

static inline void fail_on_out_of_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static inline void setup(void)
{
    arena_init(&arena, fail_on_out_of_memory, NULL);
    diag_init(&diag, &arena);
}

static inline void teardown(void)
{
    arena_release(&arena);
}

/* Name servers elsewhere: no zone of ours needs their addresses. */
#define DNS                                                                    \
    "dns:\n"                                                                   \
    "  nameservers: [ns1.isp.example]\n"                                       \
    "  contact: hostmaster@isp.example\n"

/* Starts a topology; what it has to say begins in line 5. */
#define OCS2007   "product: ocs2007\n" DNS
#define OCS2007R2 "product: ocs2007r2\n" DNS

static inline struct name name_of(const char *text)
{
    struct name name = {0};

    ck_assert_int_eq(name_from_text(&arena, text, strlen(text),
                                    (struct name){0}, &name, NULL),
                     NAME_OK);
    return name;
}

/* Is there a message with the id at the line?  line 0: anywhere. */
static inline bool is_reported(const char *id, uint32_t line)
{
    for (size_t i = 0; i < diag.count; i++)
        if (strcmp(diag.messages[i].id, id) == 0 &&
            (line == 0 || diag.messages[i].place.line == line))
            return true;
    return false;
}

/* All ids with their lines and those of their notes: "id 7 (3)\n". */
static inline const char *reports(void)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    diag_sort(&diag);
    for (size_t i = 0; i < diag.count; i++) {
        const struct diag_message *message = &diag.messages[i];

        strbuf_printf(&buf, "%s %u", message->id, message->place.line);
        for (struct diag_note *note = message->notes; note; note = note->next)
            strbuf_printf(&buf, " (%u)", note->place.line);
        strbuf_add_char(&buf, '\n');
    }
    return buf.text;
}

static inline const struct topology *topology_of(const char *text)
{
    const struct topology *topology =
        topology_parse(&arena, &diag, "t.yaml", text, strlen(text));

    if (!topology || topology_validate(&arena, &diag, topology) < 0)
        ck_abort_msg("not a valid topology: %s%s", reports(),
                     diag.messages[0].text);
    return topology;
}

/* NULL where there is no plan: see reports(). */
static inline const struct plan *try_plan(const char *text)
{
    return plan_build(&arena, &diag, topology_of(text), NULL);
}

static inline const struct plan *plan_of(const char *text)
{
    const struct plan *plan = try_plan(text);

    if (!plan)
        ck_abort_msg("no plan: %s%s", reports(), diag.messages[0].text);
    return plan;
}

static inline void write_line(struct strbuf *buf, const struct plan_zone *zone,
                              const struct record *record)
{
    strbuf_printf(buf, "%s ", view_names[zone->view]);
    name_write_plain(buf, zone->apex);
    strbuf_add_char(buf, ' ');
    name_write_plain(buf, record->owner);
    strbuf_add_char(buf, ' ');
    record_type_write(buf, record->type);
    strbuf_add_char(buf, ' ');
    record_data_write(buf, record->type, record->data, (struct name){0});
    strbuf_add_char(buf, '\n');
}

static inline int compare_lines(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The lines of text in the order of their bytes. */
static inline const char *sort_lines(const char *text)
{
    char *copy = arena_copy(&arena, text, strlen(text));
    char *rest = NULL;
    const char **lines = ARENA_NEW_ARRAY(&arena, strlen(text), const char *);
    struct strbuf buf;
    size_t count = 0;

    for (char *line = strtok_r(copy, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        lines[count++] = line;
    qsort(lines, count, sizeof *lines, compare_lines);
    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (size_t i = 0; i < count; i++)
        strbuf_printf(&buf, "%s\n", lines[i]);
    return buf.text;
}

/* The records of the plan, but for NS, whose lines hold part. */
static inline const char *plan_lines(const struct plan *plan, const char *part)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *zone = plan->views[view].zones[i];

            for (size_t j = 0; j < zone->count; j++) {
                size_t start = buf.length;

                if (zone->records[j].record.type == RECORD_NS)
                    continue;
                write_line(&buf, zone, &zone->records[j].record);
                if (!strstr(buf.text + start, part)) {
                    buf.length = start;
                    buf.text[start] = '\0';
                }
            }
        }
    return sort_lines(buf.text);
}

/* Has the plan exactly these lines, of those that hold part? */
#define assert_lines(plan, part, expected)                                     \
    ck_assert_str_eq(plan_lines(plan, part), sort_lines(expected))

/* view, apex and mode of each zone */
static inline const char *zone_lines(const struct plan *plan)
{
    static const char *const modes[] = {"whole", "pinpoint", "include"};
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *zone = plan->views[view].zones[i];

            strbuf_printf(&buf, "%s %s %s\n", view_names[view],
                          name_to_text(&arena, zone->apex), modes[zone->mode]);
        }
    return buf.text;
}

static inline const struct plan_record *find_record(const struct plan *plan,
                                                    const char *line)
{
    for (int view = 0; view < VIEW_COUNT; view++)
        for (size_t i = 0; i < plan->views[view].count; i++) {
            const struct plan_zone *zone = plan->views[view].zones[i];

            for (size_t j = 0; j < zone->count; j++) {
                struct strbuf buf;

                strbuf_init(&buf, &arena);
                write_line(&buf, zone, &zone->records[j].record);
                if (strncmp(buf.text, line, strlen(line)) == 0)
                    return &zone->records[j];
            }
        }
    return NULL;
}

/* Why the record whose line begins so is there, in the order of the plan:
 * "requirement line path\n". */
static inline const char *reason_lines(const struct plan *plan,
                                       const char *line)
{
    const struct plan_record *record = find_record(plan, line);
    struct strbuf buf;

    if (!record)
        ck_abort_msg("not planned: %s", line);
    strbuf_init(&buf, &arena);
    for (const struct reason *reason = record->reasons; reason;
         reason = reason->next) {
        strbuf_printf(&buf, "%s %u ", reason->requirement->id,
                      reason->origin.place.line);
        origin_write(&buf, &reason->origin, false);
        strbuf_add_char(&buf, '\n');
    }
    return buf.text;
}

static inline int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

#endif
