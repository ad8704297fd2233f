/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures of the whole program: what the system measured, what the program told of itself, sums of exact counts.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare.h"
#include "db/store.h"

#define REPLICATES 10000         /* of the bootstrap: few figures, and their intervals are what is quoted */

/* A figure that only some runs have is no figure of the side: found[] says how many do. */
struct found {
    struct compare_metric metric;
    size_t runs[2];
};

struct finding {
    VEC(struct found) list;
};

static struct found *found_of(struct finding *f, const struct comparison *c, const char *name)
{
    for (size_t i = 0; i < f->list.count; i++)
        if (strcmp(f->list.items[i].metric.name, name) == 0)
            return &f->list.items[i];
    struct found *new = vec_push(&f->list);
    new->metric.name = str_copy(name);
    new->metric.higher_is_better = str_ends(name, "_per_s");
    for (int side = 0; side < 2; side++)
        new->metric.values[side] = xcalloc(c->side[side].runs.count + 1, sizeof(double));
    return new;
}

static void load(struct sql *db, const struct comparison *c, int side, struct finding *f)
{
    struct sql_stmt *s = store_prepare(db, "side_metrics");
    sql_bind_int(s, "side", side);
    while (sql_step(s)) {
        struct found *found = found_of(f, c, sql_text(s, 0));
        size_t run = (size_t)sql_int(s, 1);
        if (sql_is_null(s, 2) || run >= c->side[side].runs.count)
            continue;
        found->metric.values[side][run] = sql_real(s, 2);
        found->runs[side]++;
    }
    sql_done(s);
}

/* Allocations are counted one by one, as hits are. */
static bool is_count(const char *name)
{
    return strcmp(name, "allocs") == 0 || strcmp(name, "alloc_bytes") == 0;
}

static void make_exact(const struct comparison *c, struct compare_metric *m)
{
    int64_t *counts[2];
    m->exact = true;
    for (int side = 0; side < 2; side++) {
        size_t n = c->side[side].runs.count;
        counts[side] = xcalloc(n + 1, sizeof *counts[side]);
        for (size_t r = 0; r < n; r++)
            counts[side][r] = (int64_t)m->values[side][r];
    }
    m->count = compare_exact(c, counts[0], counts[1]);
    free(counts[0]);
    free(counts[1]);
}

/* Sums over all functions or lines, by run. */
static void add_count(struct comparison *c, const char *name, bool calls)
{
    struct compare_metric *m = vec_push(&c->metrics);
    m->name = str_copy(name);
    for (int side = 0; side < 2; side++) {
        const struct side *s = &c->side[side];
        size_t runs = s->runs.count, count = calls ? s->functions.count : s->slots;
        const int64_t *from = calls ? s->calls : s->hits;
        int64_t *sum = xcalloc(runs + 1, sizeof *sum);
        m->values[side] = xcalloc(runs + 1, sizeof *m->values[side]);
        for (size_t i = 0; i < count; i++)
            for (size_t r = 0; r < runs; r++)
                sum[r] += from[i * runs + r];
        for (size_t r = 0; r < runs; r++)
            m->values[side][r] = (double)sum[r];
        free(sum);
    }
    make_exact(c, m);
}

/* What people look at first comes first. */
static int by_interest(const void *x, const void *y)
{
    static const char *const first[] = {"wall_s", "cpu_s", "user_s", "system_s", "max_rss_bytes"};
    const struct compare_metric *m[2] = {x, y};
    size_t count = sizeof first / sizeof *first, place[2] = {count, count};
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < count; k++)
            if (strcmp(m[i]->name, first[k]) == 0)
                place[i] = k;
    return place[0] != place[1] ? (place[0] > place[1]) - (place[0] < place[1]) : strcmp(m[0]->name, m[1]->name);
}

static void judge_all(struct comparison *c)
{
    struct judge j;
    double *q = xcalloc(c->metrics.count + 1, sizeof *q);
    judge_init(&j, c->judge.n[0], c->judge.n[1], c->judge.order, REPLICATES, c->judge.seed);
    for (size_t i = 0; i < c->metrics.count; i++) {
        struct compare_metric *m = &c->metrics.items[i];
        struct series series[2] = {{m->values[0], j.n[0], 0}, {m->values[1], j.n[1], 0}};
        judge_figure(&j, series, &m->judged);
        q[i] = m->exact && m->count.same ? NAN : m->judged.p;
    }
    stats_benjamini_hochberg(q, c->metrics.count);
    for (size_t i = 0; i < c->metrics.count; i++) {
        c->metrics.items[i].judged.q = q[i];
        judge_show(&c->metrics.items[i].judged, JUDGE_ALPHA, JUDGE_PROGRAM_EFFECT);
    }
    free(q);
    judge_release(&j);
}

void compare_metrics(struct sql *db, struct comparison *c)
{
    struct finding f = {0};
    for (int side = 0; side < 2; side++)
        load(db, c, side, &f);
    for (size_t i = 0; i < f.list.count; i++) {
        struct found *found = &f.list.items[i];
        if (found->runs[0] == c->side[0].runs.count && found->runs[1] == c->side[1].runs.count) {
            *vec_push(&c->metrics) = found->metric;
            if (is_count(found->metric.name))
                make_exact(c, &c->metrics.items[c->metrics.count - 1]);
            continue;
        }
        free(found->metric.name);
        free(found->metric.values[0]);
        free(found->metric.values[1]);
    }
    vec_release(&f.list);
    if (c->side[0].functions.count && c->side[1].functions.count) {
        if (c->side[0].selection.hits && c->side[1].selection.hits)
            add_count(c, "hits", false);
        if (c->side[0].selection.calls && c->side[1].selection.calls)
            add_count(c, "calls", true);
    }
    if (c->metrics.count)
        qsort(c->metrics.items, c->metrics.count, sizeof *c->metrics.items, by_interest);
    judge_all(c);
}
