/*
 * The canonical form of many zone files in one run, for the test of rewriting.
 *
 *     canon_files <JOBS
 *
 * A job is a line of two or three fields with tabs between them:
 *
 *     ZONE FILE          writes FILE.canon, and FILE.generic, which has all
 *                        data in the form of RFC 3597; neither where the zone
 *                        is refused
 *     ZONE FILE WANTED   prints how the canonical form of FILE is another than
 *                        the text of WANTED, or why it is refused
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "dns/recordset.h"
#include "dns/zone_check.h"
#include "dns/zone_file.h"
#include "write/canon_writer.h"

struct job {
    struct arena *arena;
    struct diag diag;
    const char *zone;
    const char *file;
    const char *wanted; /* NULL: the forms are to be written */
};

static void exit_without_memory(void *context)
{
    (void)context;
    fputs("out of memory\n", stderr);
    exit(2);
}

static void exit_with_message(const char *what, const char *of)
{
    fprintf(stderr, "%s: %s\n", of, what);
    exit(2);
}

static int read_zone(struct job *job, struct recordset *set)
{
    const struct name absent = {NULL, 0};
    struct zone_file_options options = {.include_root = NULL};

    if (name_from_text(job->arena, job->zone, strlen(job->zone), absent,
                       &options.zone, NULL) != NAME_OK)
        exit_with_message("is no name", job->zone);
    if (zone_file_read(job->arena, &job->diag, job->file, &options, set) < 0)
        return -1;
    recordset_sort(set);
    return 0;
}

/* ---- the forms of a zone */

static void write_generic_record(struct strbuf *out, const struct node *node,
                                 const struct rrset *rrset, const struct rr *rr)
{
    name_write(out, node->owner);
    strbuf_printf(out, " %u IN TYPE%u ", rrset->ttl_seconds, rrset->type);
    strbuf_printf(out, "\\# %u ", rr->data.length);
    for (size_t i = 0; i < rr->data.length; i++)
        strbuf_printf(out, "%02x", rr->data.octets[i]);
    strbuf_add_char(out, '\n');
}

static void write_generic(struct strbuf *out, const struct recordset *set)
{
    for (const struct node *node = set->top; node;
         node = recordset_next(set, node))
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next)
            for (const struct rr *rr = rrset->first; rr; rr = rr->next)
                write_generic_record(out, node, rrset, rr);
}

static void put_file(const struct job *job, const char *suffix,
                     const struct strbuf *text)
{
    const char *path = arena_printf(job->arena, "%s.%s", job->file, suffix);
    FILE *stream = fopen(path, "w");
    bool failed =
        !stream || fwrite(text->text, 1, text->length, stream) != text->length;

    if (stream && fclose(stream) != 0)
        failed = true;
    if (failed)
        exit_with_message("cannot be written", path);
}

static void write_forms(struct job *job)
{
    struct strbuf canon, generic;
    struct recordset set;

    if (read_zone(job, &set) < 0 || zone_check(&job->diag, &set, job->file) < 0)
        return;
    strbuf_init(&canon, job->arena);
    strbuf_init(&generic, job->arena);
    canon_write(&canon, &set);
    write_generic(&generic, &set);
    put_file(job, "canon", &canon);
    put_file(job, "generic", &generic);
}

/* ---- comparing */

static void print_line(const char *what, const char *text)
{
    printf("  %s: %.*s\n", what, (int)strcspn(text, "\n"), text);
}

static void print_difference(const struct job *job, const char *wanted,
                             const char *got)
{
    size_t at = 0;

    while (wanted[at] && wanted[at] == got[at])
        at++;
    while (at > 0 && wanted[at - 1] != '\n')
        at--;
    printf("%s is read as another zone\n", job->file);
    print_line("wanted", wanted + at);
    print_line("read", got + at);
}

static void compare(struct job *job)
{
    struct strbuf canon;
    struct recordset set;
    struct file wanted;

    if (file_read(job->arena, &job->diag, job->wanted, SIZE_MAX, &wanted) < 0)
        exit_with_message("cannot be read", job->wanted);
    if (read_zone(job, &set) < 0) {
        printf("%s is refused\n", job->file);
        diag_print(&job->diag, stdout, SEVERITY_ERROR, false);
        return;
    }
    strbuf_init(&canon, job->arena);
    canon_write(&canon, &set);
    if (strcmp(canon.text, wanted.text) != 0)
        print_difference(job, wanted.text, canon.text);
}

static void do_job(char *line)
{
    struct arena arena;
    struct job job = {.arena = &arena};

    line[strcspn(line, "\n")] = '\0';
    job.zone = strtok(line, "\t");
    job.file = strtok(NULL, "\t");
    job.wanted = strtok(NULL, "\t");
    if (!job.file)
        exit_with_message("is no job", line);
    arena_init(&arena, exit_without_memory, NULL);
    diag_init(&job.diag, &arena);
    if (job.wanted)
        compare(&job);
    else
        write_forms(&job);
    arena_release(&arena);
}

int main(void)
{
    char line[8192];

    while (fgets(line, sizeof line, stdin))
        do_job(line);
    return ferror(stdin) || fflush(stdout) != 0 ? 2 : 0;
}
