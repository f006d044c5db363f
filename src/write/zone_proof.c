#include "write/zone_proof.h"

#include "base/diag.h"
#include "dns/recordset.h"
#include "dns/zone_check.h"
#include "write/zone_change.h"
#include "write/zone_records.h"

static int refuse(struct diag *diag, const char *file, const char *what)
{
    return diag_error(diag, (struct place){.file = file}, "zone-misread",
                      "ocszone has made a mistake, and nothing was changed: "
                      "the text that it would write %s; please report it",
                      what);
}

/* The first error, as the reader has it. */
static int report_refused(struct diag *diag, const struct diag *found,
                          const char *file)
{
    refuse(diag, file, "is no zone that a name server would load");
    for (size_t i = 0; i < found->count; i++)
        if (found->messages[i].severity == SEVERITY_ERROR) {
            diag_note(diag, (struct place){.file = file}, "in line %u: %s",
                      found->messages[i].place.line, found->messages[i].text);
            break;
        }
    return -1;
}

int zone_proof(struct diag *diag, struct arena *scratch,
               const struct plan_zone *zone, const struct recordset *planned,
               const char *file, const char *text, size_t length)
{
    struct recordset read;
    struct zone_change change;
    struct diag found;
    uint32_t serial, planned_serial;
    bool is_piece = zone->mode == ZONE_INCLUDE;

    diag_init(&found, scratch);
    if (zone_records_read(&read, scratch, &found, zone, file, text, length) <
            0 ||
        (!is_piece && zone_check(&found, &read, file) < 0))
        return report_refused(diag, &found, file);
    zone_change_find(&change, planned, &read);
    if (!zone_change_is_none(&change))
        return refuse(diag, file, "has other records than were planned");
    if (is_piece)
        return 0;
    if (!zone_records_serial(&read, &serial) ||
        !zone_records_serial(planned, &planned_serial) ||
        serial != planned_serial)
        return refuse(diag, file, "has another serial than was planned");
    return 0;
}
