#include "write/journal.h"

#include <string.h>

#include "base/arena.h"
#include "base/output.h"
#include "dns/recordset.h"
#include "plan/plan.h"
#include "write/serial.h"
#include "write/zone_records.h"

/* The head of a journal: 16 octets that tell the format, then serial and
 * offset of the first change, then those behind the last (BIND 9.18,
 * lib/dns/journal.c, journal_header_t). */
#define FORMAT     ";BIND LOG V9"
#define FIRST      16
#define LAST       24
#define HEAD_BYTES 32

static uint32_t number_at(const char *text)
{
    const unsigned char *octets = (const unsigned char *)text;

    return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 |
           (uint32_t)octets[2] << 8 | octets[3];
}

bool journal_is_ahead(const char *journal, size_t length, uint32_t serial)
{
    uint32_t last;

    if (length < HEAD_BYTES || memcmp(journal, FORMAT, sizeof FORMAT - 1) != 0)
        return true;
    last = number_at(journal + LAST);
    if (memcmp(journal + FIRST, journal + LAST, LAST - FIRST) == 0)
        return false; /* empty */
    return last != serial && !serial_is_older(last, serial);
}

/* The serial of the file at path: 1, 0 for none, -1 after reporting. */
static int file_serial(struct output *output, const struct plan_zone *zone,
                       const char *path, uint32_t *serial)
{
    struct arena scratch;
    struct recordset set;
    struct diag ignored;
    const char *text;
    size_t length;
    int found = output_read(output, path, &text, &length);

    if (found <= 0)
        return found;
    arena_init(&scratch, output->arena->out_of_memory, output->arena->context);
    diag_init(&ignored, &scratch);
    zone_records_read(&set, &scratch, &ignored, zone, path, text, length);
    found = zone_records_serial(&set, serial);
    arena_release(&scratch);
    return found;
}

static int report_dynamic(struct output *output, const struct plan_zone *zone,
                          const char *path)
{
    const char *name = name_to_text(output->arena, zone->apex);
    const char *file =
        arena_printf(output->arena, "%s/%s", output->directory, path);

    return diag_error(
        output->diag, (struct place){.file = file}, "zone-is-dynamic",
        "has a journal with changes that the file lacks: named takes dynamic "
        "updates for the zone, and would not load what is written here; change "
        "it with nsupdate, or run `rndc freeze %s`, generate with --force, and "
        "run `rndc thaw %s`",
        name, name);
}

int journal_check(struct output *output, const struct plan_zone *zone,
                  const char *path)
{
    const char *text;
    size_t length;
    uint32_t serial;
    int has_serial = file_serial(output, zone, path, &serial);
    int found = output_read(
        output, arena_printf(output->arena, "%s" JOURNAL_SUFFIX, path), &text,
        &length);

    if (has_serial < 0 || found < 0)
        return -1;
    if (has_serial && found && !journal_is_ahead(text, length, serial))
        return 0;
    return report_dynamic(output, zone, path);
}
