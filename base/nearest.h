/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which name a mistyped word may have meant, for the sentence that refuses it.
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *word;
    size_t len, distance;        /* of the word; to `name` */
    const char *name;            /* the best that was offered; NULL: none is near */
};

struct nearest nearest_to(const char *word, size_t len);       /* keeps `word` */

/* Near is a name that begins with the word, or is at most 1 + len / 4 letters added, removed, replaced or exchanged
 * with their neighbour away from it (optimal string alignment: Oommen and Loke, Pattern Recognition 30 (1997) 789). The
 * first of several equally near is kept. */
void nearest_offer(struct nearest *n, const char *name);

#endif
