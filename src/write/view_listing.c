#include "write/view_listing.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "write/journal.h"

static bool ends_in(const char *text, const char *suffix)
{
    size_t length = strlen(text), suffix_length = strlen(suffix);

    return length > suffix_length &&
           strcmp(text + length - suffix_length, suffix) == 0;
}

static void add(struct view_listing *listing, struct arena *arena,
                const char *path)
{
    size_t length = strlen(path) - strlen(JOURNAL_SUFFIX);

    if (ends_in(path, ".zone") || ends_in(path, ".include")) {
        listing->zones = arena_room(arena, listing->zones, listing->count,
                                    &listing->capacity, sizeof *listing->zones);
        listing->zones[listing->count++] = path;
    } else if (ends_in(path, ".zone" JOURNAL_SUFFIX)) {
        text_index_add(&listing->journals, path, length, listing);
    }
}

int view_listing_read(struct view_listing *listing, struct arena *arena,
                      struct diag *diag, const char *directory, enum view view)
{
    const char *path =
        arena_printf(arena, "%s/%s", directory, view_names[view]);
    size_t prefix = strlen(directory) + 1;
    const char **paths;
    struct stat status;
    size_t count;

    *listing = (struct view_listing){0};
    text_index_init(&listing->journals, arena);
    /* What else may be in its place, who writes there reports. */
    if (lstat(path, &status) != 0 || !S_ISDIR(status.st_mode))
        return 0;
    if (file_list(arena, diag, path, "", &paths, &count) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        add(listing, arena, paths[i] + prefix);
    return 0;
}

bool view_listing_has_journal(const struct view_listing *listing,
                              const char *zone)
{
    return text_index_find(&listing->journals, zone, strlen(zone)) != NULL;
}
