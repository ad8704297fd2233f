/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/schedule.h"

#include <math.h>
#include <stdlib.h>

void schedule_open(struct schedule *s, const struct experiment *e)
{
    *s = (struct schedule){.e = e, .order = xcalloc(e->plan.points.count + 1, sizeof *s->order)};
    plan_pass(&e->plan, 0, s->order);
}

void schedule_close(struct schedule *s)
{
    free(s->order);
}

/* Enough of this point alone, where the number of runs is not given. */
static bool has_enough(const struct plan *p, const struct progress *done)
{
    if (p->max_runs > 0 && (double)done->runs >= p->max_runs)
        return true;
    return (double)done->runs >= p->min_runs && done->seconds >= p->min_seconds;
}

/* Of a point: may it still want runs, in this pass or later? */
static bool wants_more(const struct experiment *e, size_t point, size_t pass)
{
    const struct plan *p = &e->plan;
    if (p->points.items[point].skipped)
        return false;
    return p->runs > 0 ? (double)pass < p->runs : !has_enough(p, &e->done.items[point]);
}

static bool any_wants_more(const struct experiment *e, size_t pass)
{
    for (size_t i = 0; i < e->plan.points.count; i++)
        if (wants_more(e, i, pass))
            return true;
    return false;
}

static bool is_done(const struct experiment *e, size_t point, size_t pass)
{
    const struct progress *done = &e->done.items[point];
    return pass < done->passes.count && done->passes.items[pass];
}

/* Repeats that are compared are as many on each side: a pass that has begun is gone through. */
static bool is_due(const struct experiment *e, size_t point, size_t pass)
{
    if (is_done(e, point, pass) || e->plan.points.items[point].skipped)
        return false;
    return e->plan.order == ORDER_GIVEN || wants_more(e, point, pass);
}

bool schedule_next(struct schedule *s, size_t *point, size_t *pass)
{
    size_t count = s->e->plan.points.count;
    for (;;) {
        if (s->at == 0 && !any_wants_more(s->e, s->pass))
            return false;
        while (s->at < count) {
            *point = s->order[s->at++];
            *pass = s->pass;
            if (is_due(s->e, *point, s->pass))
                return true;
        }
        s->at = 0;
        plan_pass(&s->e->plan, ++s->pass, s->order);
    }
}

/* Runs of a point that are still to come, where one takes `mean` seconds. */
static double left_of(const struct experiment *e, size_t point, double mean)
{
    const struct plan *p = &e->plan;
    double done = (double)e->done.items[point].runs, wanted = p->runs;
    if (p->points.items[point].skipped)
        return 0;
    if (!(wanted > 0)) {
        wanted = mean > 0 ? fmax(p->min_runs, ceil(p->min_seconds / mean)) : p->min_runs;
        wanted = p->max_runs > 0 ? fmin(wanted, p->max_runs) : wanted;
    }
    return fmax(0, wanted - done);
}

struct outlook schedule_outlook(const struct experiment *e)
{
    double known = 0, means = 0, left = 0, seconds = 0;
    for (size_t i = 0; i < e->done.count; i++) {
        if (e->done.items[i].runs) {
            means += e->done.items[i].seconds / (double)e->done.items[i].runs;
            known++;
        }
    }
    for (size_t i = 0; i < e->done.count; i++) {
        const struct progress *p = &e->done.items[i];
        double mean = p->runs ? p->seconds / (double)p->runs : known > 0 ? means / known : 0;
        double runs = left_of(e, i, mean);
        left += runs;
        seconds += runs * mean;
    }
    return (struct outlook){(size_t)left, known > 0 ? seconds : -1};
}
