/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "db/stats/chance.h"
#include "db/stats/stats.h"

static double *sorted_copy(const double *values, size_t n)
{
    double *copy = xcalloc(n, sizeof *copy);
    memcpy(copy, values, n * sizeof *copy);
    chance_sort(copy, n);
    return copy;
}

double stats_median(const double *values, size_t n)
{
    double *sorted = sorted_copy(values, n);
    double median = chance_median_of_sorted(sorted, n);
    free(sorted);
    return median;
}

/* The k-th smallest and the k-th largest of n values enclose the median with probability 1 - 2 P(B <= k - 1), B
 * binomial with n and 1/2: Conover, Practical Nonparametric Statistics, 3rd edition, section 3.2. */
bool stats_median_interval(const double *values, size_t n, double level, struct interval *out)
{
    unsigned k = 0;
    while (2 * (k + 1) <= n && 2 * chance_binomial_up_to(k, 0.5, (unsigned)n) <= 1 - level)
        k++;
    if (!k)
        return false;
    double *sorted = sorted_copy(values, n);
    *out = (struct interval){sorted[k - 1], sorted[n - k]};
    free(sorted);
    return true;
}

static unsigned index_of(double u, size_t n)
{
    unsigned i = (unsigned)(u * (double)n);
    return i < n ? i : (unsigned)n - 1;
}

/* A resample of n out of n sorted values is n uniform positions; its median is at the middle position, which is beta
 * distributed, and, for an even n, the next one, which is the smallest of those above it (David and Nagaraja, Order
 * Statistics, sections 2.1 and 2.4). So a replicate costs two random numbers, not n and a sort. */
void bootstrap_init(struct bootstrap *b, size_t replicates, size_t n, uint64_t seed)
{
    struct chance *c = chance_new(seed);
    size_t k = (n + 1) / 2;
    *b = (struct bootstrap){.replicates = replicates, .n = n};
    b->low = xcalloc(replicates, sizeof *b->low);
    b->high = xcalloc(replicates, sizeof *b->high);
    b->normal = xcalloc(replicates, sizeof *b->normal);
    for (size_t r = 0; r < replicates; r++) {
        double low = chance_beta(c, (double)k, (double)(n - k + 1));
        double high = n % 2 ? low : low + (1 - low) * (1 - pow(chance_uniform(c), 1 / (double)(n - k)));
        b->low[r] = index_of(low, n);
        b->high[r] = index_of(high, n);
        b->normal[r] = chance_normal(c);
    }
    chance_free(c);
}

void bootstrap_release(struct bootstrap *b)
{
    free(b->low);
    free(b->high);
    free(b->normal);
    *b = (struct bootstrap){0};
}

void bootstrap_medians(const struct bootstrap *b, const struct series *s, double *out)
{
    double *sorted = sorted_copy(s->values, s->n), sum = 0, squares = 0, count = (double)b->replicates;
    for (size_t r = 0; r < b->replicates; r++) {
        out[r] = (sorted[b->low[r]] + sorted[b->high[r]]) / 2;
        sum += out[r];
        squares += out[r] * out[r];
    }
    free(sorted);
    double variance = squares / count - sum / count * sum / count;
    double missing = s->sampling_se * s->sampling_se - (variance > 0 ? variance : 0);
    if (missing <= 0)
        return;
    for (size_t r = 0; r < b->replicates; r++)
        out[r] += sqrt(missing) * b->normal[r];
}

/* The percentile interval: Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13. */
struct interval stats_percentiles(double *replicates, size_t count, double level)
{
    size_t known = 0;
    for (size_t r = 0; r < count; r++)
        if (!isnan(replicates[r]))
            replicates[known++] = replicates[r];
    if (!known || (double)known < level * (double)count)
        return (struct interval){NAN, NAN};
    chance_sort(replicates, known);
    return (struct interval){chance_quantile_of_sorted(replicates, known, (1 - level) / 2),
                             chance_quantile_of_sorted(replicates, known, (1 + level) / 2)};
}
