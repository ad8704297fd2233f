/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/calltimes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/store.h"
#include "runtime/format_time.h"

struct bin {
    double low, high, calls;     /* ns */
};

struct loading {
    struct calltimes *to;
    VEC(struct bin) bins;        /* of the function at hand */
};

static double edge(unsigned bin)
{
    return bin ? ldexp(1 + 0.5 * (bin & 1), (int)(bin / 2) + 5) : 0;
}

static void add_bins(struct loading *l, const char *bytes, size_t len, double ticks_per_s)
{
    for (size_t at = 0; at + 9 <= len; at += 9) {
        unsigned number = (unsigned char)bytes[at] % FARM_TIMING_BINS;
        uint64_t calls;
        memcpy(&calls, bytes + at + 1, sizeof calls);
        double ns = 1e9 / ticks_per_s;
        *vec_push(&l->bins) = (struct bin){edge(number) * ns, edge(number + 1) * ns, (double)calls};
    }
}

static int by_low(const void *a, const void *b)
{
    double x = ((const struct bin *)a)->low, y = ((const struct bin *)b)->low;
    return (x > y) - (x < y);
}

/* As if times were spread evenly in their bin, and never beyond what was seen. */
static double quantile(const struct loading *l, const struct calltime *c, double q)
{
    double all = 0, before = 0;
    for (size_t i = 0; i < l->bins.count; i++)
        all += l->bins.items[i].calls;
    for (size_t i = 0; i < l->bins.count; i++) {
        const struct bin *b = &l->bins.items[i];
        if (before + b->calls < q * all && i + 1 < l->bins.count) {
            before += b->calls;
            continue;
        }
        double low = fmax(b->low, c->least_ns), high = fmin(b->high, c->most_ns);
        return fmin(low + (high - low) * (q * all - before) / b->calls, c->most_ns);
    }
    return 0;
}

static void finish(struct loading *l)
{
    if (!l->to->list.count || !l->bins.count)
        return;
    struct calltime *c = &l->to->list.items[l->to->list.count - 1];
    qsort(l->bins.items, l->bins.count, sizeof *l->bins.items, by_low);
    c->p50_ns = quantile(l, c, 0.5);
    c->p99_ns = quantile(l, c, 0.99);
    vec_clear(&l->bins);
}

static struct calltime *row_for(struct loading *l, const char *path, int64_t line, const char *name)
{
    struct calltime *last = l->to->list.count ? &l->to->list.items[l->to->list.count - 1] : NULL;
    if (last && last->line == line && strcmp(last->path, path) == 0 && strcmp(last->name, name) == 0)
        return last;
    finish(l);
    struct calltime *c = vec_push(&l->to->list);
    *c = (struct calltime){.path = str_copy(path), .name = str_copy(name), .line = line, .least_ns = INFINITY};
    return c;
}

void calltimes_load(struct sql *db, struct calltimes *c)
{
    struct loading l = {.to = c};
    struct sql_stmt *s = store_prepare(db, "top_calls");
    while (sql_step(s)) {
        struct calltime *t = row_for(&l, sql_text(s, 0), sql_int(s, 1), sql_text(s, 2));
        size_t len;
        t->timed += sql_int(s, 3);
        t->calls += sql_int(s, 4);
        t->total_ns += sql_real(s, 5);
        if (sql_int(s, 3)) {
            t->least_ns = fmin(t->least_ns, sql_real(s, 6));
            t->most_ns = fmax(t->most_ns, sql_real(s, 7));
        }
        t->running += sql_int(s, 8);
        t->unseen += sql_int(s, 9);
        t->thinned |= sql_int(s, 10);
        t->recursed |= sql_int(s, 11);
        const char *bytes = sql_blob(s, 12, &len);
        add_bins(&l, bytes, len, sql_real(s, 13));
    }
    finish(&l);
    vec_release(&l.bins);
    sql_done(s);
}

void calltimes_release(struct calltimes *c)
{
    for (size_t i = 0; i < c->list.count; i++) {
        free(c->list.items[i].path);
        free(c->list.items[i].name);
    }
    vec_release(&c->list);
}

static int order(const void *key, const void *element)
{
    const struct calltime *x = key, *y = element;
    int path = strcmp(x->path, y->path);
    if (path)
        return path;
    return x->line != y->line ? (x->line > y->line ? 1 : -1) : strcmp(x->name, y->name);
}

const struct calltime *calltimes_find(const struct calltimes *c, const char *path, int64_t line, const char *name)
{
    struct calltime key = {.path = (char *)path, .name = (char *)name, .line = line};
    return c->list.count ? bsearch(&key, c->list.items, c->list.count, sizeof key, order) : NULL;
}
