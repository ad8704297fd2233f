/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rank test of Mann and Whitney (1947) and Wilcoxon (1945), exact. With ties the values get mid-ranks and the
 * distribution is that of the rank sum over all ways to choose n of the n + m mid-ranks (Lehmann, Nonparametrics,
 * section 1.4), counted by the recursion over values that Streitberg and Röhmel (1986) call the shift algorithm.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "db/stats/chance.h"
#include "db/stats/stats.h"

struct ranks {
    size_t n, m;
    unsigned *doubled;           /* twice the mid-rank of each value, so that it is whole; first all of a */
    unsigned sum;                /* of a's */
    double ties;                 /* sum of t^3 - t over groups of t equal values */
};

struct value {
    double v;
    size_t at;
};

static int by_value(const void *x, const void *y)
{
    const struct value *a = x, *b = y;
    return (a->v > b->v) - (a->v < b->v);
}

static void rank(struct ranks *r, const double *a, const double *b)
{
    size_t count = r->n + r->m;
    struct value *all = xcalloc(count, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct value){i < r->n ? a[i] : b[i - r->n], i};
    qsort(all, count, sizeof *all, by_value);
    r->doubled = xcalloc(count, sizeof *r->doubled);
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start; end < count && all[end].v == all[start].v; end++)
            ;
        double t = (double)(end - start);
        r->ties += t * t * t - t;
        for (size_t i = start; i < end; i++)
            r->doubled[all[i].at] = (unsigned)(start + end + 1);
    }
    for (size_t i = 0; i < r->n; i++)
        r->sum += r->doubled[i];
    free(all);
}

/* ways[k * width + s]: in how many ways k of the values have the doubled rank sum s. */
static double exact(const struct ranks *r)
{
    size_t count = r->n + r->m;
    unsigned most = (unsigned)(count * (count + 1)), width = most + 1;
    double *ways = xcalloc((r->n + 1) * width, sizeof *ways);
    unsigned reached = 0;
    ways[0] = 1;
    for (size_t i = 0; i < count; i++) {
        unsigned d = r->doubled[i];
        reached += d;
        for (size_t k = i + 1 < r->n ? i + 1 : r->n; k > 0; k--)
            for (unsigned s = reached; s >= d; s--)
                ways[k * width + s] += ways[(k - 1) * width + s - d];
    }
    double mean = (double)(r->n * (count + 1)), far = fabs(r->sum - mean), extreme = 0, all = 0;
    for (unsigned s = 0; s <= most; s++) {
        all += ways[r->n * width + s];
        if (fabs(s - mean) >= far - 0.25)        /* both are multiples of 1/2 */
            extreme += ways[r->n * width + s];
    }
    free(ways);
    return extreme / all;
}

/* Lehmann, section 1.3, with the correction for continuity (half a doubled rank). */
static double approximate(const struct ranks *r)
{
    double n = (double)r->n, m = (double)r->m, count = n + m;
    double variance = n * m / 12 * (count + 1 - r->ties / (count * (count - 1)));
    double far = fabs(r->sum / 2.0 - n * (count + 1) / 2) - 0.5;
    if (variance <= 0 || far <= 0)
        return 1;
    return 2 * chance_normal_above(far / sqrt(variance));
}

double stats_rank_p(const double *a, size_t n, const double *b, size_t m)
{
    struct ranks r = {.n = n, .m = m};
    if (!n || !m)
        return NAN;
    rank(&r, a, b);
    double p = n + m <= STATS_EXACT_MAX ? exact(&r) : approximate(&r);
    free(r.doubled);
    return p < 1 ? p : 1;
}

double stats_rank_p_min(size_t n, size_t m)
{
    if (!n || !m)
        return 1;
    double p = n + m <= STATS_EXACT_MAX ? 2 / chance_choose((unsigned)(n + m), (unsigned)n) : 0;
    return p < 1 ? p : 1;
}

size_t stats_runs_needed(size_t tests, double alpha)
{
    size_t n = 2;
    while (stats_rank_p_min(n, n) > alpha / (double)(tests ? tests : 1))
        n++;
    return n;
}
