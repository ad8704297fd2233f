/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Classes of all series of a sweep. Counts come first: a time that could be of several classes is of that of the counts
 * behind it, and one that grows faster than they do says so (cache or allocator).
 */
#ifndef DB_SCALE_JUDGE_H
#define DB_SCALE_JUDGE_H

#include "db/growth/growth.h"
#include "db/scale/data.h"

struct scale_verdict {
    const struct scale_series *series;
    struct scale_points points;
    struct growth growth;
    enum growth_class counts;    /* of a time: the highest class of the counts behind it; GROWTH_INCONCLUSIVE: none */
    struct scale_verdict *hits;  /* of a line's time: of its hits; NULL: not known */
    struct scale_verdict *first_line, *next_line;        /* of a function's self time: those of its lines */
    bool by_counts;              /* the counts decided between the classes that the times allow */
    bool above_counts;           /* more than a logarithm above them */
    double share, share_at;      /* of a line or function: of all lines' (functions') time, at the largest size measured
                                  * and as predicted (a line's time as its hits grow, unless it is above them); NAN: not
                                  * known. A line's hits have those of its time. */
    double overtakes;            /* size from which on it takes more time than all others together; NAN: none found */
};

struct scale_verdicts {
    VEC(struct scale_verdict) list;      /* in the order of the series */
    double largest;              /* size */
};

/* `at`: the size that shares are predicted for. `reach`: up to which size overtaking is looked for. */
void scale_judge(const struct scale_data *d, double at, double reach, struct scale_verdicts *out);
void scale_verdicts_release(struct scale_verdicts *v);

/* The larger of the two shares; 0 where neither is known. Order of pointers to verdicts: the weightiest first. */
double scale_weight(const struct scale_verdict *v);
int scale_by_weight(const void *a, const void *b);

/* "cliff between ...", "cache or allocator effect: ...", "the counts decide between ...", what is inconclusive and why;
 * "" where there is nothing to say. Appends. */
void scale_note(const struct scale_verdict *v, struct str *out);

#endif
