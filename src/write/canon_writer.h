/*
 * A zone in canonical form: one record a line, owner, TTL, class, type and
 * data with single spaces between them; absolute names in lower case; sorted
 * by owner in canonical order (RFC 4034 section 6.1), by type, by data.
 */
#ifndef WRITE_CANON_WRITER_H
#define WRITE_CANON_WRITER_H

struct diag;
struct recordset;
struct strbuf;

/* The set is sealed and sorted.  A record of a fragment that has no TTL is
 * written without one. */
void canon_write(struct strbuf *out, const struct recordset *set);

/* The messages that were not printed yet, each as a comment line. */
void canon_write_messages(struct strbuf *out, struct diag *diag);

#endif
