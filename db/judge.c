/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/judge.h"

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

static void split_of(double h0, double h1, double t0, double t1, double *from_hits, double *from_cost)
{
    if (h0 <= 0 || h1 <= 0) {            /* there is no cost to compare with */
        *from_hits = t1 - t0;
        *from_cost = 0;
        return;
    }
    *from_hits = (h1 - h0) * (t0 / h0 + t1 / h1) / 2;
    *from_cost = (t1 / h1 - t0 / h0) * (h0 + h1) / 2;
}

void judge_split(const struct judge *j, double hits_before, double hits_after, const struct judged *d,
                 struct split *out)
{
    double *scratch = xcalloc(2 * j->replicates, sizeof *scratch), *cost = scratch + j->replicates;
    *out = (struct split){.known = true, .hits_ci = {NAN, NAN}, .cost_ci = {NAN, NAN}};
    split_of(hits_before, hits_after, d->before, d->after, &out->from_hits, &out->from_cost);
    for (size_t r = 0; r < j->replicates; r++)
        split_of(hits_before, hits_after, j->medians[0][r], j->medians[1][r], &scratch[r], &cost[r]);
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
