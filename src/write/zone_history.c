#include "write/zone_history.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/output.h"
#include "dns/recordset.h"
#include "write/serial.h"
#include "write/zone_records.h"
#include "write/zone_writer.h"

bool is_written_by_us(const char *text, size_t length)
{
    const char *mark = WRITTEN_BY_US;
    const char *end = memchr(text, '\n', length);

    return end && memmem(text, (size_t)(end - text), mark, strlen(mark));
}

int zone_history_read(struct zone_history *history, struct output *tree,
                      const char *path)
{
    int found;

    *history = (struct zone_history){
        .path = arena_printf(tree->arena, "%s/%s", tree->directory, path)};
    found = output_read(tree, path, &history->text, &history->length);
    history->is_there = found > 0;
    return found < 0 ? -1 : 0;
}

bool zone_history_guess(const struct zone_history *history, uint32_t *serial)
{
    static const char mark[] = "; serial\n";
    const char *text = history->text;
    const char *end = history->is_there
                          ? memmem(text, history->length, mark, sizeof mark - 1)
                          : NULL;
    char digits[11] = "";
    size_t length = 0;

    if (!end)
        return false;
    while (end > text && end[-1] == ' ')
        end--;
    while (end - length > text && end[-1 - (ptrdiff_t)length] >= '0' &&
           end[-1 - (ptrdiff_t)length] <= '9')
        length++;
    if (length >= sizeof digits)
        return false;
    memcpy(digits, end - length, length);
    return serial_from_text(digits, serial);
}

/* What is wrong with the old text nobody has to know: it is replaced. */
void zone_history_compare(struct zone_history *history, struct arena *scratch,
                          const struct plan_zone *zone,
                          const struct recordset *planned)
{
    struct recordset old;
    struct diag ignored;

    if (!history->is_there)
        return;
    diag_init(&ignored, scratch);
    zone_records_read(&old, scratch, &ignored, zone, history->path,
                      history->text, history->length);
    history->has_serial = zone_records_serial(&old, &history->serial);
    zone_change_find(&history->change, &old, planned);
}

int zone_history_guard(const struct zone_history *history, struct diag *diag,
                       const struct plan_zone *zone)
{
    const struct zone_change *change = &history->change;
    struct place place = {.file = history->path};

    if (zone_change_deletes_much(change))
        return diag_error(
            diag, place, "zone-shrinks",
            "the %s zone would lose %zu of its %zu records, which is more than "
            "a third of them; if that is meant, use --force",
            view_names[zone->view], change->deleted, change->old_records);
    if (zone_change_deletes_services(change))
        return diag_error(
            diag, place, "zone-loses-services",
            "the %s zone would lose all of its %zu SRV records, and clients "
            "their way in; if that is meant, use --force",
            view_names[zone->view], change->old_services);
    return 0;
}

/* There is a zone, and whoever has a copy of it may have a greater serial
 * than the first one.  Returns 0 when that is wanted. */
static int report_unreadable(const struct zone_history *history,
                             struct diag *diag, bool force, uint32_t serial)
{
    struct place place = {.file = history->path};

    if (!force)
        return diag_error(diag, place, "serial-unreadable",
                          "has no serial that can be read, so none can "
                          "follow; give a --serial, or --force to begin anew");
    diag_warning(diag, place, "serial-starts-anew",
                 "has no serial that can be read: it begins with %u, "
                 "which secondaries may take for an older one",
                 serial);
    return 0;
}

/* Of a serial that the mode does not make newer by itself. */
static int check_order(const struct zone_history *history, struct diag *diag,
                       enum serial_mode mode, bool force, uint32_t serial)
{
    struct place place = {.file = history->path};

    if (!history->has_serial || serial == history->serial ||
        serial_is_older(history->serial, serial))
        return 0;
    if (mode == SERIAL_NUMBER && !force)
        return diag_error(diag, place, "serial-goes-back",
                          "has serial %u, and %u is not newer: secondaries "
                          "would not notice; give a newer one, or --force",
                          history->serial, serial);
    /* Every other hash goes back: to refuse them would teach everybody to
     * use --force, which switches off all that keeps from harm. */
    if (mode == SERIAL_HASH)
        diag_warning(diag, place, "serial-not-newer",
                     "has serial %u, and its new one, %u, is older: "
                     "secondaries do not notice that the zone has changed",
                     history->serial, serial);
    return 0;
}

int zone_history_follow(const struct zone_history *history, struct diag *diag,
                        const struct serial_policy *policy, bool force,
                        uint32_t hash, uint32_t *serial)
{
    *serial = serial_first(policy, hash);
    if (!history->is_there)
        return 0;
    if (policy->mode != SERIAL_NUMBER) {
        if (!history->has_serial)
            return report_unreadable(history, diag, force, *serial);
        *serial = zone_change_is_none(&history->change)
                      ? history->serial
                      : serial_follow(policy, history->serial, hash);
    }
    return check_order(history, diag, policy->mode, force, *serial);
}
