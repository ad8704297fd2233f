/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times from the top down, so that few tests are made: functions that are large enough, then lines of those that
 * changed.
 */
#include <math.h>
#include <stdlib.h>

#include "db/compare/compare.h"

#define REPLICATES 2000          /* of the bootstrap of functions and lines: intervals are good to two digits */

static double share_of(const struct comparison *c, int side, double seconds)
{
    return c->user_s[side] > 0 ? seconds / c->user_s[side] : 0;
}

/* Times by run as the judge wants them; `values` NULL: none on that side. */
static void series_of(const struct comparison *c, double *const values[2], struct series out[2])
{
    for (int side = 0; side < 2; side++) {
        size_t n = c->side[side].runs.count;
        out[side] = (struct series){values[side] ? values[side] : c->nothing, n, 0};
        double p = share_of(c, side, stats_median(out[side].values, n));
        if (values[side])
            out[side].sampling_se = judge_sampling_error(p < 1 ? p : 1, c->samples[side], c->user_s[side], n);
    }
}

static double *times_of(const struct comparison *c, const struct compare_function *f, int side, double *of)
{
    return f->function[side] < 0 ? NULL : of + (size_t)f->function[side] * c->side[side].runs.count;
}

static bool large_enough(const struct comparison *c, const struct judged *d, double share)
{
    return share_of(c, BEFORE, d->before) >= share || share_of(c, AFTER, d->after) >= share;
}

static void judge_functions(struct comparison *c)
{
    double *q = xcalloc(c->functions.count + 1, sizeof *q);
    for (size_t i = 0; i < c->functions.count; i++) {
        struct compare_function *f = &c->functions.items[i];
        struct series series[2];
        double *total[2] = {times_of(c, f, 0, c->side[0].total), times_of(c, f, 1, c->side[1].total)};
        double *self[2] = {times_of(c, f, 0, c->side[0].self), times_of(c, f, 1, c->side[1].self)};
        series_of(c, total, series);
        f->total.before = stats_median(series[0].values, series[0].n);
        f->total.after = stats_median(series[1].values, series[1].n);
        series_of(c, self, series);
        f->self.before = stats_median(series[0].values, series[0].n);
        f->self.after = stats_median(series[1].values, series[1].n);
        f->self.delta = f->self.after - f->self.before;
        f->tested = large_enough(c, &f->self, COMPARE_FUNCTION_SHARE);
        if (f->tested)
            judge_figure(&c->judge, series, &f->self);
        q[i] = f->tested ? f->self.p : NAN;
    }
    stats_benjamini_hochberg(q, c->functions.count);
    for (size_t i = 0; i < c->functions.count; i++) {
        c->functions.items[i].self.q = q[i];
        judge_show(&c->functions.items[i].self, JUDGE_ALPHA, JUDGE_EFFECT);
    }
    free(q);
}

static bool has_time(const struct compare_line *l)
{
    return (l->state[0] | l->state[1]) & SLOT_TIMED;
}

/* Medians and, where the time is large enough, p. */
static void test_line(const struct comparison *c, struct compare_line *l)
{
    struct series series[2];
    series_of(c, l->time, series);
    judge_test(&c->judge, series, &l->judged);
    l->tested = large_enough(c, &l->judged, COMPARE_LINE_SHARE);
}

static void judge_line(struct comparison *c, struct compare_line *l)
{
    struct series series[2];
    series_of(c, l->time, series);
    judge_figure(&c->judge, series, &l->judged);
    l->timed = true;
    bool counted = (!l->hits[0] || l->count.known[0]) && (!l->hits[1] || l->count.known[1]);
    bool ran = l->count.value[0] > 0 || l->count.value[1] > 0;
    double resolution[2] = {0, 0};
    for (int side = 0; side < 2; side++)
        resolution[side] = c->samples[side] > 0 ? c->user_s[side] / c->samples[side] : 0;
    if (counted && ran)
        judge_split(&c->judge, l->count.value, resolution, &l->judged, &l->split);
}

/* A split of a function is that of its lines; what they do not explain is cost. */
static void add_split(struct compare_function *f, const struct compare_line *l)
{
    if (!l->split.known)
        return;
    f->split.known = true;
    f->split.from_hits += l->split.from_hits;
}

static void judge_lines(struct comparison *c)
{
    double *q = xcalloc(c->lines.count + 1, sizeof *q);
    for (size_t i = 0; i < c->lines.count; i++) {
        struct compare_line *l = &c->lines.items[i];
        struct compare_function *f = l->function < 0 ? NULL : &c->functions.items[l->function];
        bool picked = f && f->picked && has_time(l);
        l->tested = l->tested && picked;
        q[i] = NAN;
        if (!picked)
            continue;
        judge_line(c, l);
        q[i] = l->tested ? l->judged.p : NAN;
        add_split(f, l);
    }
    stats_benjamini_hochberg(q, c->lines.count);
    for (size_t i = 0; i < c->lines.count; i++) {
        struct compare_line *l = &c->lines.items[i];
        l->judged.q = q[i];
        if (!l->tested)
            continue;
        judge_show(&l->judged, JUDGE_ALPHA, JUDGE_EFFECT);
        l->judged.shown = l->judged.shown && fabs(l->judged.delta) >= COMPARE_LINE_SHARE * c->user_s[BEFORE];
    }
    for (size_t i = 0; i < c->functions.count; i++) {
        struct compare_function *f = &c->functions.items[i];
        f->split.from_cost = f->self.delta - f->split.from_hits;
    }
    free(q);
}

struct of_function {
    VEC(double) p;
};

/* A function changed where its own time or, taken together, its lines say so: Simes' test over its lines finds a small
 * line in a large function (the selection of a tree of tests: Bogomolov, Peterson, Benjamini and Sabatti, Hypotheses on
 * a tree, Biometrika 108, 2021). Of the two the smaller counts, doubled. */
static void pick_functions(struct comparison *c, const struct compare_wishes *wishes)
{
    size_t count = c->functions.count;
    struct of_function *lines = xcalloc(count + 1, sizeof *lines);
    double *q = xcalloc(count + 1, sizeof *q);
    for (size_t i = 0; i < c->lines.count; i++) {
        struct compare_line *l = &c->lines.items[i];
        if (has_time(l))
            test_line(c, l);
        if (l->tested && l->function >= 0 && !isnan(l->judged.p))
            *vec_push(&lines[l->function].p) = l->judged.p;
    }
    for (size_t i = 0; i < count; i++) {
        const struct compare_function *f = &c->functions.items[i];
        double simes = stats_simes(lines[i].p.items, lines[i].p.count), own = f->self.p;
        q[i] = f->tested ? 2 * (simes < own ? simes : own) : NAN;
        vec_release(&lines[i].p);
    }
    stats_benjamini_hochberg(q, count);
    for (size_t i = 0; i < count; i++) {
        struct compare_function *f = &c->functions.items[i];
        bool asked = wishes->wanted && wishes->wanted(wishes->data, c, f);
        bool other = f->calls.changed || f->lines_changed || f->function[0] < 0 || f->function[1] < 0;
        f->picked = f->self.shown || q[i] <= JUDGE_ALPHA || other || asked;
    }
    free(lines);
    free(q);
}

static double *run_values(const struct side *s, bool samples)
{
    double *values = xcalloc(s->runs.count + 1, sizeof *values);
    for (size_t r = 0; r < s->runs.count; r++)
        values[r] = samples ? s->runs.items[r].samples : s->runs.items[r].user_s;
    return values;
}

void compare_times(struct comparison *c, const struct compare_wishes *wishes)
{
    size_t most = 1, n[2] = {c->side[0].runs.count, c->side[1].runs.count};
    double *order = xcalloc(n[0] + n[1], sizeof *order);
    for (int side = 0; side < 2; side++) {
        double *user = run_values(&c->side[side], false), *samples = run_values(&c->side[side], true);
        c->user_s[side] = stats_median(user, n[side]);
        c->samples[side] = stats_median(samples, n[side]);
        free(user);
        free(samples);
        for (size_t r = 0; r < n[side]; r++)
            order[side ? n[0] + r : r] = c->side[side].runs.items[r].started;
        most = n[side] > most ? n[side] : most;
    }
    c->nothing = xcalloc(most, sizeof *c->nothing);
    judge_init(&c->judge, n[0], n[1], order, REPLICATES, wishes->seed);
    free(order);
    judge_functions(c);
    pick_functions(c, wishes);
    judge_lines(c);
}
