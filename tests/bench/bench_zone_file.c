/*
 * Reads and checks zones, each into memory of its own, and does nothing else:
 * what reading costs without a command around it.
 *
 *   bench_zone_file FILE...
 *   bench_zone_file -f LIST     the paths are in the file LIST, one a line
 *   bench_zone_file -r ...      reads, but does not check
 *
 * Prints the number of records; ends with 1 where one has an error.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "dns/recordset.h"
#include "dns/zone_check.h"
#include "dns/zone_file.h"

struct tally {
    bool reads_only;
    size_t zones, records, bad;
};

static void abort_on_out_of_memory(void *context)
{
    (void)context;
    abort();
}

static void tally_zone(struct tally *tally, const char *path)
{
    static const struct zone_file_options options;
    struct arena arena;
    struct diag diag;
    struct recordset set;

    arena_init(&arena, abort_on_out_of_memory, NULL);
    diag_init(&diag, &arena);
    if (zone_file_read(&arena, &diag, path, &options, &set) < 0 ||
        (!tally->reads_only && zone_check(&diag, &set, path) < 0))
        tally->bad++;
    tally->zones++;
    tally->records += set.record_count;
    diag_print(&diag, stderr, SEVERITY_WARNING, false);
    arena_release(&arena);
}

static int tally_list(struct tally *tally, const char *list)
{
    FILE *stream = fopen(list, "r");
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;

    if (!stream) {
        perror(list);
        return -1;
    }
    while ((length = getline(&line, &capacity, stream)) > 0) {
        if (line[length - 1] == '\n')
            line[length - 1] = '\0';
        tally_zone(tally, line);
    }
    free(line);
    fclose(stream);
    return 0;
}

int main(int argc, char **argv)
{
    struct tally tally = {0};

    if (argc > 1 && strcmp(argv[1], "-r") == 0) {
        tally.reads_only = true;
        argv++;
        argc--;
    }
    if (argc == 3 && strcmp(argv[1], "-f") == 0) {
        if (tally_list(&tally, argv[2]) < 0)
            return 2;
    } else {
        for (int i = 1; i < argc; i++)
            tally_zone(&tally, argv[i]);
    }
    printf("%zu zones, %zu records, %zu with errors\n", tally.zones,
           tally.records, tally.bad);
    return tally.bad == 0 ? 0 : 1;
}
