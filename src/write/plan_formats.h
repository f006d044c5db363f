/*
 * The formats of generate: what can be made of a plan.
 */
#ifndef WRITE_PLAN_FORMATS_H
#define WRITE_PLAN_FORMATS_H

#include "plan/plan.h"
#include "write/results.h"
#include "write/windows_writer.h"

/* What a format is made of. */
struct plan_selection {
    const struct plan *plan;
    const enum view *view; /* NULL: as the format has it by itself */
    const char *scripts[WINDOWS_SCRIPT_COUNT]; /* windows_prepare() */
};

/* Of a struct plan_selection; the first one, "zones", is the directory of
 * write/zone_tree.h. */
extern const struct result_format plan_formats[];

#endif
