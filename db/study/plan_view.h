/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A what-if as an answer: parts with what each would give, stages by effort, what a goal asks for, and, once changes
 * are measured, estimates against measurements.
 */
#ifndef DB_PLAN_VIEW_H
#define DB_PLAN_VIEW_H

#include "db/chart/chart.h"
#include "db/doc.h"
#include "db/study/forecast.h"

/* A common factor up to this is hoped for before one more part is taken in. */
#define PLAN_HOPE 4.0

struct plan_view {
    struct doc *doc;
    const struct forecast *f;
    const struct improvements *wanted;
    bool programs;               /* the answer is for programs */
    const char *metric;          /* that is estimated */
    double goal;                 /* speed-up that is asked for; NAN: none */
    bool supposed;               /* nobody named parts: these are the hottest functions, each twice as fast */
};

/* "1.83", "12.5"; "1.79..1.88", nothing where it is not known. Appended. */
void plan_add_times(struct str *out, double factor);
void plan_add_interval(struct str *out, struct interval i);

void plan_head(const struct plan_view *v);
void plan_parts(const struct plan_view *v);
void plan_stages(const struct plan_view *v);         /* where efforts are known */
void plan_goals(const struct plan_view *v);          /* the goal, else 1.5, 2 and 3 times faster */
void plan_figures(const struct plan_view *v);

struct plan_step {               /* a change that was made and measured */
    char *name;
    struct estimate estimate;    /* from the runs before it */
    double measured;             /* speed-up; NAN: not known */
    struct interval interval;    /* NAN: not known */
    double before_s, estimated_s, after_s;       /* of its parts */
};

struct plan_steps {
    VEC(struct plan_step) list;
};

void plan_steps_release(struct plan_steps *s);

/* An estimate that is off by no more than this was right, whatever the intervals: 5 %. */
#define PLAN_CLOSE 0.05

/* "as estimated" where the intervals overlap, "more than estimated", "less than estimated"; "?" without an interval. */
const char *plan_verdict(const struct plan_step *s);
void plan_measured(struct doc *d, const struct plan_steps *s, const char *metric);

/* All steps as one: the product of the estimates, each of which knew what was done before it. Its measurement and its
 * parts are the caller's matter. */
void plan_product(const struct plan_steps *s, struct estimate *out);

/* Estimated and measured speed-up of each step. */
void plan_chart(const struct plan_steps *s, const char *title, struct chart *out);

#endif
