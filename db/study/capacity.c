/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/capacity.h"

#include <math.h>

#define STEPS 60                 /* halvings of an interval: more than a double holds */

static double between(const struct capacity_point *a, const struct capacity_point *b, double n)
{
    double part = log(n / a->n) / log(b->n / a->n);
    return a->value * pow(b->value / a->value, part);
}

static double predicted(const struct capacity_curve *c, double n)
{
    return c->model && c->model->count ? growth_predict(c->model, n) : NAN;
}

double capacity_at(const struct capacity_curve *c, double n)
{
    const struct capacity_point *p = c->points.items;
    size_t count = c->points.count;
    if (!count || n < p[0].n)
        return NAN;
    for (size_t i = 0; i < count; i++) {
        if (p[i].n == n)
            return p[i].value;
        if (i + 1 < count && n < p[i + 1].n)
            return between(&p[i], &p[i + 1], n);
    }
    return n <= CAPACITY_REACH * p[count - 1].n ? predicted(c, n) : NAN;
}

/* Where the figure crosses the limit between `low`, which keeps it, and `high`, which does not. */
static double crossing(const struct capacity_curve *c, double limit, double low, double high)
{
    for (int i = 0; i < STEPS; i++) {
        double middle = sqrt(low * high);
        if (capacity_at(c, middle) <= limit)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct capacity capacity_within(const struct capacity_curve *c, double limit)
{
    const struct capacity_point *p = c->points.items;
    size_t count = c->points.count;
    if (!count || p[0].value > limit)
        return (struct capacity){CAPACITY_NONE, NAN};
    for (size_t i = 1; i < count; i++)
        if (p[i].value > limit)
            return (struct capacity){CAPACITY_BETWEEN, crossing(c, limit, p[i - 1].n, p[i].n)};
    double largest = p[count - 1].n, far = CAPACITY_REACH * largest;
    if (isnan(predicted(c, far)))
        return (struct capacity){CAPACITY_OPEN, largest};
    if (predicted(c, far) <= limit)
        return (struct capacity){CAPACITY_OPEN, far};
    return (struct capacity){CAPACITY_PREDICTED, crossing(c, limit, largest, far)};
}
