/*
 * Journals, in which named keeps the changes of a zone beside its file
 * (FILE.jnl): those of dynamic updates, which the file may not have yet, and,
 * with ixfr-from-differences, those between two versions of the file.
 */
#ifndef WRITE_JOURNAL_H
#define WRITE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct output;
struct plan_zone;

#define JOURNAL_SUFFIX ".jnl"

/*
 * Has the journal changes that a zone file with this serial lacks?  Then the
 * zone is dynamic: what is written to its file is never loaded, and when named
 * starts anew journal and file do not fit, and the zone is gone.  Yes, too,
 * when it is not a journal as BIND 9 has them.
 */
bool journal_is_ahead(const char *journal, size_t length, uint32_t serial);

/* Reports that the zone whose file is at path, beside its journal, is dynamic,
 * and returns -1; also when one of them cannot be read. */
int journal_check(struct output *output, const struct plan_zone *zone,
                  const char *path);

#endif
