/*
 * The proof that the text of a zone says what was planned, before a name
 * server sees it.
 */
#ifndef WRITE_ZONE_PROOF_H
#define WRITE_ZONE_PROOF_H

#include "plan/plan.h"

struct arena;
struct recordset;

/*
 * Reads the text as a name server would, and compares it with the records
 * that were planned, the serial among them.  A piece for a zone of others has
 * none, and need not be a zone that could be loaded.  A difference is a fault
 * of this program: reports it for file and returns -1.  The scratch arena is
 * not needed any more then.
 */
int zone_proof(struct diag *diag, struct arena *scratch,
               const struct plan_zone *zone, const struct recordset *planned,
               const char *file, const char *text, size_t length);

#endif
