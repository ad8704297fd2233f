/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which of several settings is best by a figure of each. Pure.
 */
#ifndef DB_STUDY_BEST_H
#define DB_STUDY_BEST_H

#include <stdbool.h>
#include <stddef.h>

struct best_option {
    double value;                /* NAN: not measured */
    double low, high;            /* its interval; NAN: it was measured once */
};

struct best {
    size_t first, second;        /* the best one and the next */
    double factor;               /* by how many times the next one is worse, >= 1; INFINITY where the best is 0 */
    bool clear;                  /* their intervals are apart */
    bool sure;                   /* they have intervals: else `clear` is false and says nothing */
};

/* False: fewer than two were measured. */
bool best_find(const struct best_option *options, size_t count, bool more_is_better, struct best *out);

#endif
