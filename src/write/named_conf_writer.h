/*
 * What BIND's configuration needs to serve the zones.
 */
#ifndef WRITE_NAMED_CONF_WRITER_H
#define WRITE_NAMED_CONF_WRITER_H

#include "plan/plan.h"

struct arena;
struct strbuf;

/* The file name, relative to the output directory, of a zone: internal/x.zone,
 * or internal/x.include for what goes into a zone of others; in the arena. */
const char *zone_file_name(struct arena *arena, const struct plan_zone *zone);

/* That of a view's list of zones: internal/zones.conf. */
const char *zones_file_name(struct arena *arena, enum view view);

/* The zone statements of a view, to be included in that view, without what
 * goes into zones of others. prefix stands
 * in front of all file names: "" or a directory with its final slash. */
void named_conf_write_zones(struct arena *arena, struct strbuf *buf,
                            const struct plan *plan, enum view view,
                            const char *prefix);

/* A complete configuration; template: named.conf. */
void named_conf_write(struct arena *arena, struct strbuf *buf,
                      const struct plan *plan, const char *prefix,
                      const char *template);

#endif
