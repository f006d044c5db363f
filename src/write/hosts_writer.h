/*
 * What a machine of the perimeter looks up, as lines for its hosts file: an
 * address and a name each, in groups under the reason for them.
 */
#ifndef WRITE_HOSTS_WRITER_H
#define WRITE_HOSTS_WRITER_H

#include "plan/plan.h"

struct arena;
struct strbuf;

/* The file name, relative to the output directory:
 * perimeter/edge.corp.contoso.com.hosts; in the arena. */
const char *hosts_file_name(struct arena *arena, const struct machine *machine);

/* Adds the lines of one of the plan's machines, and returns how many names
 * there are.  The same plan gives the same bytes. */
size_t hosts_writer_write(struct arena *arena, struct strbuf *buf,
                          const struct plan *plan,
                          const struct machine *machine);

#endif
