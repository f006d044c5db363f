/*
 * What lies in the directory of a view: zone files, with journals beside them,
 * and pieces for zones of others.
 */
#ifndef WRITE_VIEW_LISTING_H
#define WRITE_VIEW_LISTING_H

#include <stdbool.h>

#include "base/text_index.h"
#include "plan/plan.h"

struct view_listing {
    const char **zones; /* internal/company.com.zone, and *.include, sorted */
    size_t count, capacity;
    struct text_index journals; /* of which zone files there are */
};

/* A view whose directory, in the one named, is missing has an empty listing.
 * Reports and returns -1 when it cannot be read. */
int view_listing_read(struct view_listing *listing, struct arena *arena,
                      struct diag *diag, const char *directory, enum view view);

/* Is there a journal beside a zone file? */
bool view_listing_has_journal(const struct view_listing *listing,
                              const char *zone);

#endif
