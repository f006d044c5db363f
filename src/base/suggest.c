#include "base/suggest.h"

#include <ctype.h>
#include <string.h>

#define MAX_LENGTH 64 /* longer words are not compared */

static size_t smallest(size_t one, size_t two, size_t three)
{
    size_t least = one < two ? one : two;

    return least < three ? least : three;
}

static int same_letter(char one, char other)
{
    return tolower((unsigned char)one) == tolower((unsigned char)other);
}

/* Optimal string alignment; three rows of the table are enough. */
static size_t edit_distance(const char *one, size_t one_length,
                            const char *other, size_t other_length)
{
    size_t rows[3][MAX_LENGTH + 1];

    for (size_t j = 0; j <= other_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= one_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= other_length; j++) {
            size_t change = same_letter(one[i - 1], other[j - 1]) ? 0 : 1;

            row[j] =
                smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + change);
            if (i > 1 && j > 1 && same_letter(one[i - 1], other[j - 2]) &&
                same_letter(one[i - 2], other[j - 1]))
                row[j] = smallest(row[j], row[j], two_above[j - 2] + 1);
        }
    }
    return rows[one_length % 3][other_length];
}

void suggest_init(struct suggest *suggest, const char *wanted)
{
    size_t length = strlen(wanted);

    suggest->wanted = wanted;
    suggest->nearest = NULL;
    suggest->distance = (length < 6 ? 1 : length / 3) + 1;
}

void suggest_offer(struct suggest *suggest, const char *candidate)
{
    size_t length = strlen(suggest->wanted);
    size_t candidate_length = strlen(candidate);
    size_t longer = length > candidate_length ? length : candidate_length;
    size_t distance;

    if (longer > MAX_LENGTH ||
        2 * longer - length - candidate_length >= suggest->distance)
        return;
    distance =
        edit_distance(suggest->wanted, length, candidate, candidate_length);
    if (distance < suggest->distance) {
        suggest->distance = distance;
        suggest->nearest = candidate;
    }
}
