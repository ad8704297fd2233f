/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Named thresholds on figures of the program: what is good, what is to be looked into. People's own come from a JSON
 * file: [{"metric": "steps_per_s", "better": "more", "good": 100, "bad": 50}, {"metric": "wall_s", "doubling": true,
 * "better": "less", "good": 2.4, "bad": 4}]. With "doubling" the value is not the metric but by what factor it grows
 * when n doubles.
 */
#ifndef DB_SCALE_VERDICT_H
#define DB_SCALE_VERDICT_H

#include <stdbool.h>

#include "db/doc.h"
#include "db/scale/judge.h"

struct threshold {
    char *metric;
    bool doubling, more_is_better;
    double good, bad;            /* at least as good; at least as bad; between them: acceptable */
};

struct thresholds {
    VEC(struct threshold) list;
};

/* The thresholds that stand unless a file is given. */
void thresholds_init(struct thresholds *t);
void thresholds_release(struct thresholds *t);

/* False, with a sentence: no such file, no JSON, a name that is not known. */
bool thresholds_read(struct thresholds *t, const char *path, struct str *err);

/* The same of the array as it stands in another file; what was in `t` goes. */
struct json;
bool thresholds_take(struct thresholds *t, const struct json *array, struct str *err);

/* "good", "acceptable" or "bad". */
const char *threshold_word(const struct threshold *t, double value);

/* What it is applied to: of the largest size, or how it grows; NAN: nothing is known of it. */
double threshold_value(const struct threshold *t, const struct scale_verdict *v);

/* A table "verdicts" with a row for each threshold whose metric was measured; none where nothing was. */
void thresholds_apply(const struct thresholds *t, const struct scale_verdicts *v, struct doc *d);

#endif
