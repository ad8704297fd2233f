/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/compare/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

void judge_init(struct judge *j, size_t before, size_t after, const double *order, size_t replicates, uint64_t seed)
{
    *j = (struct judge){.n = {before, after}, .seed = seed, .replicates = replicates};
    j->order = xcalloc(before + after + 1, sizeof *j->order);
    memcpy(j->order, order, (before + after) * sizeof *order);
    for (int side = 0; side < 2; side++) {
        j->medians[side] = xcalloc(replicates, sizeof *j->medians[side]);
        if (j->n[side])
            bootstrap_init(&j->boot[side], replicates, j->n[side], seed + (uint64_t)side);
    }
    j->scratch = xcalloc(replicates, sizeof *j->scratch);
}

void judge_release(struct judge *j)
{
    for (int side = 0; side < 2; side++) {
        bootstrap_release(&j->boot[side]);
        free(j->medians[side]);
    }
    free(j->order);
    free(j->scratch);
    *j = (struct judge){0};
}

/* Can the replicates say anything? One run without a known error says nothing of its spread. */
static bool has_spread(const struct judge *j, const struct series side[2])
{
    for (int s = 0; s < 2; s++)
        if (j->n[s] < 2 && side[s].sampling_se <= 0)
            return false;
    return true;
}

static void intervals(struct judge *j, const struct series side[2], struct judged *out)
{
    for (int s = 0; s < 2; s++)
        bootstrap_medians(&j->boot[s], &side[s], j->medians[s]);
    if (!has_spread(j, side))
        return;
    for (size_t r = 0; r < j->replicates; r++)
        j->scratch[r] = j->medians[1][r] - j->medians[0][r];
    out->ci = stats_percentiles(j->scratch, j->replicates, JUDGE_LEVEL);
    for (size_t r = 0; r < j->replicates; r++)
        j->scratch[r] = j->medians[0][r] > 0 ? j->medians[1][r] / j->medians[0][r] : NAN;
    out->ratio_ci = stats_percentiles(j->scratch, j->replicates, JUDGE_LEVEL);
}

void judge_test(const struct judge *j, const struct series side[2], struct judged *out)
{
    const double *a = side[0].values, *b = side[1].values;
    *out = (struct judged){.before = stats_median(a, j->n[0]), .after = stats_median(b, j->n[1])};
    out->delta = out->after - out->before;
    out->ratio = out->before > 0 ? out->after / out->before : NAN;
    out->ci = out->ratio_ci = (struct interval){NAN, NAN};
    struct drift drift = stats_drift(a, j->n[0], b, j->n[1], j->order);
    out->smallest = stats_smallest(&drift, j->n[0], j->n[1], JUDGE_ALPHA);
    out->rank_p = j->n[0] > 1 && j->n[1] > 1 ? stats_rank_p(a, j->n[0], b, j->n[1]) : NAN;
    out->p = out->rank_p > drift.p || isnan(drift.p) ? out->rank_p : drift.p;
    out->q = out->p;
}

void judge_figure(struct judge *j, const struct series side[2], struct judged *out)
{
    judge_test(j, side, out);
    intervals(j, side, out);
}

void judge_show(struct judged *d, double alpha, double effect)
{
    bool large = d->before > 0 ? fabs(d->delta) >= effect * d->before : d->delta != 0;
    d->shown = !isnan(d->q) && d->q <= alpha && large;
}

/* A time of less than a sample is between nothing and a sample: as near as may be to the cost on the other side. */
static double at_least(double time, double hits, double cost_there, double resolution)
{
    double like_there = hits * cost_there < resolution ? hits * cost_there : resolution;
    return time < like_there ? like_there : time;
}

static void split_of(const double hits[2], const double time[2], const double resolution[2], double *from_hits,
                     double *from_cost)
{
    double delta = time[1] - time[0];
    *from_hits = delta;                  /* where it did not run on one side, there is no cost to compare with */
    if (hits[0] > 0 && hits[1] > 0) {
        double t0 = at_least(time[0], hits[0], time[1] / hits[1], resolution[0]);
        double t1 = at_least(time[1], hits[1], time[0] / hits[0], resolution[1]);
        *from_hits = (hits[1] - hits[0]) * (t0 / hits[0] + t1 / hits[1]) / 2;
    }
    *from_cost = delta - *from_hits;
}

void judge_split(const struct judge *j, const double hits[2], const double resolution[2], const struct judged *d,
                 struct split *out)
{
    double *scratch = xcalloc(2 * j->replicates, sizeof *scratch), *cost = scratch + j->replicates;
    const double medians[2] = {d->before, d->after};
    *out = (struct split){.known = true, .hits_ci = {NAN, NAN}, .cost_ci = {NAN, NAN}};
    split_of(hits, medians, resolution, &out->from_hits, &out->from_cost);
    for (size_t r = 0; r < j->replicates; r++) {
        const double time[2] = {j->medians[0][r], j->medians[1][r]};
        split_of(hits, time, resolution, &scratch[r], &cost[r]);
    }
    if (!isnan(d->ci.low)) {
        out->hits_ci = stats_percentiles(scratch, j->replicates, JUDGE_LEVEL);
        out->cost_ci = stats_percentiles(cost, j->replicates, JUDGE_LEVEL);
    }
    free(scratch);
}

double judge_sampling_error(double p, double samples, double whole, size_t n)
{
    if (samples <= 0)
        return 0;
    double one = sqrt(p * (1 - p) / samples + 1 / (4 * samples * samples)) / (1 + 1 / samples);
    return whole * one * sqrt((n > 2 ? M_PI / 2 : 1) / (double)n);
}
