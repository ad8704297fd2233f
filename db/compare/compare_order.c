/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of a comparison is shown, and in which order.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare_view.h"

struct key {
    size_t at;
    int certain;                 /* 2: the change in time is shown; 1: another number of allocations */
    double size, hits, allocs;
    const char *name;
};

static const char *const usual[] = {"wall_s", "cpu_s", "max_rss_bytes"};
static const char *const parts[] = {"user_s", "system_s"};       /* of cpu_s */

static bool among(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool in_list(const char *list, const char *name)
{
    for (const char *at = list; *at;) {
        size_t len = strcspn(at, ",");
        if (strlen(name) == len && strncmp(at, name, len) == 0)
            return true;
        at += len + (at[len] == ',');
    }
    return false;
}

bool compare_metric_wanted(const struct compare_view *v, const struct compare_metric *m)
{
    if (v->metric)
        return in_list(v->metric, m->name);
    bool zero = m->judged.before == 0 && m->judged.after == 0;
    return v->programs || v->all || among(usual, 3, m->name) || (!zero && !among(parts, 2, m->name));
}

bool compare_function_changed(const struct compare_function *f)
{
    return f->self.shown || f->calls.changed || f->lines_changed || f->edited || f->renamed ||
           f->function[0] < 0 || f->function[1] < 0;
}

bool compare_line_changed(const struct compare_line *l)
{
    bool hit = l->count.value[0] > 0 || l->count.value[1] > 0;
    bool text = (l->mark == ALIGN_NEW || l->mark == ALIGN_GONE || l->mark == ALIGN_EDITED) && hit;
    return l->judged.shown || l->count.changed || l->alloc.changed || l->alloc_byte.changed || text;
}

static int by_size(const void *x, const void *y)
{
    const struct key *a = x, *b = y;
    if (a->certain != b->certain)
        return b->certain - a->certain;
    if (a->size != b->size)
        return (a->size < b->size) - (a->size > b->size);
    if (a->hits != b->hits)
        return (a->hits < b->hits) - (a->hits > b->hits);
    return (a->at > b->at) - (a->at < b->at);
}

static int by_hits(const void *x, const void *y)
{
    const struct key *a = x, *b = y;
    return a->hits != b->hits ? (a->hits < b->hits) - (a->hits > b->hits) : by_size(x, y);
}

static int by_allocs(const void *x, const void *y)
{
    const struct key *a = x, *b = y;
    return a->allocs != b->allocs ? (a->allocs < b->allocs) - (a->allocs > b->allocs) : by_size(x, y);
}

static int by_place(const void *x, const void *y)
{
    const struct key *a = x, *b = y;
    return (a->at > b->at) - (a->at < b->at);
}

static int by_name(const void *x, const void *y)
{
    const struct key *a = x, *b = y;
    int order = strcmp(a->name, b->name);
    return order ? order : by_place(x, y);
}

static size_t *sorted(const struct compare_view *v, struct key *keys, size_t count)
{
    static int (*const orders[])(const void *, const void *) = {by_size, by_hits, by_allocs, by_place, by_name};
    size_t *order = xcalloc(count + 1, sizeof *order);
    qsort(keys, count, sizeof *keys, orders[v->sort]);
    for (size_t i = 0; i < count; i++)
        order[i] = keys[i].at;
    free(keys);
    return order;
}

static bool wanted(const struct compare_view *v, const struct compare_function *f)
{
    return !v->wanted || v->wanted(v->data, v->c, f);
}

static bool ran(const struct comparison *c, const struct compare_function *f)
{
    for (int side = 0; side < 2; side++)
        if (f->function[side] >= 0 && c->side[side].functions.items[f->function[side]].ran)
            return true;
    return false;
}

size_t *compare_order_functions(const struct compare_view *v, size_t *count)
{
    const struct comparison *c = v->c;
    struct key *keys = xcalloc(c->functions.count + 1, sizeof *keys);
    *count = 0;
    for (size_t i = 0; i < c->functions.count; i++) {
        const struct compare_function *f = &c->functions.items[i];
        bool everything = v->all || v->programs || v->wanted;
        int side;
        if (!ran(c, f) || !wanted(v, f) || !(everything || f->tested || compare_function_changed(f)))
            continue;
        double hits = fabs(f->calls.value[1] - f->calls.value[0]);
        keys[(*count)++] = (struct key){i, f->self.shown ? 2 : 0, fabs(f->self.delta), hits, 0,
                                        compare_function_at(c, f, &side)->name};
    }
    return sorted(v, keys, *count);
}

static const char *name_of(const struct comparison *c, const struct compare_line *l)
{
    int side;
    return l->function < 0 ? "" : compare_function_at(c, &c->functions.items[l->function], &side)->name;
}

size_t *compare_order_lines(const struct compare_view *v, size_t *count)
{
    const struct comparison *c = v->c;
    struct key *keys = xcalloc(c->lines.count + 1, sizeof *keys);
    *count = 0;
    for (size_t i = 0; i < c->lines.count; i++) {
        const struct compare_line *l = &c->lines.items[i];
        if (l->function >= 0 && !wanted(v, &c->functions.items[l->function]))
            continue;
        if (!(v->all || v->programs || compare_line_changed(l)))
            continue;
        const struct judged *d = &l->judged;
        bool counts = d->shown || isnan(d->p);       /* a difference that was tested and is not shown is noise */
        keys[(*count)++] = (struct key){i, d->shown ? 2 : l->alloc.changed, counts ? fabs(d->delta) : 0,
                                        fabs(l->count.value[1] - l->count.value[0]),
                                        fabs(l->alloc.value[1] - l->alloc.value[0]), name_of(c, l)};
    }
    return sorted(v, keys, *count);
}
