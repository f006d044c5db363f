/*
 * An explanation for people, programs and pages.
 */
#ifndef WRITE_EXPLAIN_WRITER_H
#define WRITE_EXPLAIN_WRITER_H

#include "plan/explain.h"
#include "write/results.h"

/* Of a struct explanation. */
extern const struct result_format explain_formats[];

#endif
