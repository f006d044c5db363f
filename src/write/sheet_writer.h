/*
 * The records of a plan as sheets: for those who keep a zone by other means
 * than files, an Internet provider's DNS team among them.
 *
 * A sheet has all records of the plan but SOA, and none of the site's own
 * (base), which whoever keeps the zone has already; both views unless one was
 * said, in the order in which the plan has them.  Names have no final dot.
 */
#ifndef WRITE_SHEET_WRITER_H
#define WRITE_SHEET_WRITER_H

#include "write/results.h"

/* Both take a struct plan_selection. */

/* RFC 4180, with a line of headings.  priority, weight, port and target are
 * the parts of data, for forms that ask for each by itself. */
result_writer sheet_write_csv;

/* A section with a table for each view. */
result_writer sheet_write_markdown;

#endif
