/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many tests at once.
 */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "db/stats/stats.h"

struct entry {
    double p;
    size_t at;
};

static int by_p(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    return (a->p > b->p) - (a->p < b->p);
}

/* Those that are known, smallest p first; yours to free. */
static struct entry *sorted(const double *p, size_t n, size_t *count)
{
    struct entry *list = xcalloc(n + 1, sizeof *list);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i]))
            list[(*count)++] = (struct entry){p[i], i};
    qsort(list, *count, sizeof *list, by_p);
    return list;
}

/* S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979). */
void stats_holm(double *p, size_t n)
{
    size_t count;
    struct entry *list = sorted(p, n, &count);
    double least = 0;
    for (size_t i = 0; i < count; i++) {
        double adjusted = list[i].p * (double)(count - i);
        least = adjusted > least ? adjusted : least;
        p[list[i].at] = least < 1 ? least : 1;
    }
    free(list);
}

/* R. J. Simes, An improved Bonferroni procedure for multiple tests of significance, Biometrika 73 (1986). */
double stats_simes(const double *p, size_t n)
{
    size_t count;
    struct entry *list = sorted(p, n, &count);
    double least = count ? 1 : NAN;
    for (size_t i = 0; i < count; i++) {
        double scaled = list[i].p * (double)count / (double)(i + 1);
        least = scaled < least ? scaled : least;
    }
    free(list);
    return least;
}

/* Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society B 57
 * (1995). */
void stats_benjamini_hochberg(double *p, size_t n)
{
    size_t count;
    struct entry *list = sorted(p, n, &count);
    double most = 1;
    for (size_t i = count; i-- > 0;) {
        double adjusted = list[i].p * (double)count / (double)(i + 1);
        most = adjusted < most ? adjusted : most;
        p[list[i].at] = most;
    }
    free(list);
}
