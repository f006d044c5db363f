/*
 * Answers questions from zone files, for the comparison with a name server.
 *
 *     answer ZONE=FILE... <QUESTIONS
 *
 * A question is a line "NAME TYPE".  What is printed for each:
 *
 *     NAME TYPE status NOERROR aa
 *     NAME TYPE answer OWNER TTL IN TYPE DATA
 *     NAME TYPE authority OWNER TTL IN TYPE DATA
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "dns/rare_rdata.h"
#include "dns/recordset.h"
#include "dns/zone_file.h"
#include "dns/zone_resolver.h"

static const struct name absent = {NULL, 0};

static void exit_without_memory(void *context)
{
    (void)context;
    exit(2);
}

static bool type_from_text(const char *text, uint16_t *number)
{
    const struct record_type *known =
        record_type_by_mnemonic(text, strlen(text));

    if (!known)
        return rare_type_by_mnemonic(text, strlen(text), number);
    *number = known->number;
    return true;
}

static void type_write(struct strbuf *line, uint16_t type)
{
    const char *rare = rare_type_mnemonic(type);

    if (rare)
        strbuf_add_text(line, rare);
    else
        record_type_write(line, type);
}

static void question_write(struct strbuf *line, const struct question *question)
{
    strbuf_reset(line);
    name_write(line, question->name);
    strbuf_add_char(line, ' ');
    type_write(line, question->type);
}

static void record_print(struct strbuf *line, const struct question *question,
                         const char *section, const struct answer *answer,
                         const struct rr *rr)
{
    question_write(line, question);
    strbuf_printf(line, " %s ", section);
    name_write(line, answer->owner);
    strbuf_printf(line, " %lu IN ", (unsigned long)answer->ttl_seconds);
    type_write(line, answer->type);
    strbuf_add_char(line, ' ');
    if (record_type_by_number(answer->type))
        record_data_write(line, answer->type, rr->data, absent);
    else
        rare_rdata_write(line, answer->type, rr->data);
    puts(line->text);
}

static void section_print(struct strbuf *line, const struct question *question,
                          const char *section, const struct answer *answers)
{
    for (const struct answer *answer = answers; answer; answer = answer->next)
        for (const struct rr *rr = answer->first; rr; rr = rr->next)
            record_print(line, question, section, answer, rr);
}

static void response_print(struct arena *arena, const struct question *question,
                           const struct response *response)
{
    static const char *const statuses[] = {
        [0] = "NOERROR", [2] = "SERVFAIL", [3] = "NXDOMAIN",
        [5] = "REFUSED", [6] = "YXDOMAIN",
    };
    struct strbuf line;

    strbuf_init(&line, arena);
    question_write(&line, question);
    strbuf_printf(&line, " status %s%s", statuses[response_rcode(response)],
                  response->is_authoritative ? " aa" : "");
    puts(line.text);
    section_print(&line, question, "answer", response->answers);
    section_print(&line, question, "authority", response->authority);
}

static int question_read(struct arena *arena, char *text,
                         struct question *question)
{
    const char *name = strtok(text, " \n");
    const char *type = strtok(NULL, " \n");

    if (!name || !type || !type_from_text(type, &question->type))
        return -1;
    return name_from_text(arena, name, strlen(name), absent, &question->name,
                          NULL) == NAME_OK
               ? 0
               : -1;
}

/* Each answer has an arena of its own: there are many. */
static int line_answer(const struct resolver *resolver, char *text)
{
    struct arena arena;
    struct question question;
    struct response response;
    int status;

    arena_init(&arena, exit_without_memory, NULL);
    status = question_read(&arena, text, &question);
    if (status == 0)
        status = resolver->ask(resolver, &arena, &question, &response);
    if (status == 0)
        response_print(&arena, &question, &response);
    else
        fprintf(stderr, "answer: no question: %s\n", text);
    arena_release(&arena);
    return status;
}

static int lines_answer(const struct resolver *resolver)
{
    char *line = NULL;
    size_t size = 0;
    int status = 0;

    while (getline(&line, &size, stdin) > 0)
        if (line_answer(resolver, line) != 0)
            status = -1;
    free(line);
    return status;
}

/* operand is ZONE=FILE. */
static int zone_read(struct arena *arena, struct diag *diag,
                     const char *operand, struct recordset *set)
{
    struct zone_file_options options = {.zone = absent};
    size_t length = strcspn(operand, "=");

    if (operand[length] == '\0' ||
        name_from_text(arena, operand, length, absent, &options.zone, NULL) !=
            NAME_OK) {
        fprintf(stderr, "answer: not ZONE=FILE: %s\n", operand);
        return -1;
    }
    return zone_file_read(arena, diag, operand + length + 1, &options, set);
}

static int zones_answer(struct arena *arena, struct diag *diag, size_t count,
                        char *const *operands)
{
    struct recordset *sets = ARENA_NEW_ARRAY(arena, count, struct recordset);
    const struct recordset **zones =
        ARENA_NEW_ARRAY(arena, count, const struct recordset *);
    struct zone_resolver served;
    struct resolver resolver;

    for (size_t i = 0; i < count; i++) {
        if (zone_read(arena, diag, operands[i], &sets[i]) != 0)
            return -1;
        zones[i] = &sets[i];
    }
    zone_resolver_init(&served, arena, zones, count);
    resolver = zone_resolver(&served);
    return lines_answer(&resolver);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct diag diag;
    int status;

    arena_init(&arena, exit_without_memory, NULL);
    diag_init(&diag, &arena);
    status = zones_answer(&arena, &diag, (size_t)argc - 1, argv + 1);
    diag_print(&diag, stderr, SEVERITY_ERROR, false);
    arena_release(&arena);
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
