/*
 * "Did you mean ...?": the known word that is nearest to a misspelt one.
 */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stddef.h>

struct suggest {
    const char *wanted;
    const char *nearest; /* NULL: nothing near enough */
    size_t distance;
};

/* Starts a search for the word; it must outlive the search. */
void suggest_init(struct suggest *suggest, const char *wanted);

/*
 * Offers a candidate.  It is kept when it takes fewer edits than any before:
 * one for each letter that is added, left out, changed or swapped with its
 * neighbour, at most a third of the word's length, and no fewer than one.
 */
void suggest_offer(struct suggest *suggest, const char *candidate);

#endif
