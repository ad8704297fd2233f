/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/store.h"

#define SAMPLES_MIN 4.0          /* of a size together: fewer do not even bound its time */

/* Where series come from: a query whose rows are path, line, function, run, then the value and, of what is sampled, the
 * samples behind it; the rows of a series are together. */
static const struct source {
    const char *query, *metric;
    enum scale_scope scope;
    bool counted;
    int column;                  /* of the value */
    double scale;                /* of the stored value, to the unit of the metric */
} sources[] = {
    {"scale_total", "total_s", SCALE_FUNCTION, false, 4, 1e-9},
    {"scale_self", "self_s", SCALE_FUNCTION, false, 4, 1e-9},
    {"scale_calls", "calls", SCALE_FUNCTION, true, 4, 1},
    {"scale_time", "time_s", SCALE_LINE, false, 4, 1e-9},
    {"scale_hits", "hits", SCALE_LINE, true, 4, 1},
    {"scale_allocs", "allocs", SCALE_LINE, true, 4, 1},
    {"scale_allocs", "alloc_bytes", SCALE_LINE, true, 5, 1},
};

static void load_runs(struct sql *db, int side, const char *by, struct scale_data *out)
{
    struct sql_stmt *s = store_prepare(db, "scale_runs");
    sql_bind_int(s, "side", side);
    sql_bind_text(s, "by", by);
    while (sql_step(s)) {
        bool ended = sql_is_null(s, 3) || (strcmp(sql_text(s, 3), "exit") == 0 && sql_int(s, 4) == 0);
        if (!ended || !(sql_real(s, 1) > 0)) {
            out->failed++;
            continue;
        }
        *vec_push(&out->runs) = sql_int(s, 0);
        *vec_push(&out->sizes) = sql_real(s, 1);
        out->contaminated += sql_int(s, 5) != 0;
    }
    sql_done(s);
}

/* Index of a run; SIZE_MAX: it is left out. */
static size_t run_index(const struct scale_data *d, int64_t run)
{
    for (size_t i = 0; i < d->runs.count; i++)
        if (d->runs.items[i] == run)
            return i;
    return SIZE_MAX;
}

static struct scale_series *add_series(struct scale_data *d, const struct scale_series *like, bool sampled)
{
    struct scale_series *s = vec_push(&d->series);
    size_t runs = d->runs.count;
    *s = (struct scale_series){like->scope, str_copy(like->file), str_copy(like->function), like->line,
                               str_copy(like->metric), like->counted, xcalloc(runs, sizeof *s->values),
                               sampled ? xcalloc(runs, sizeof *s->samples) : NULL};
    for (size_t i = 0; i < runs && like->scope == SCALE_PROGRAM; i++)
        s->values[i] = NAN;
    return s;
}

static void load_source(struct sql *db, int side, const struct source *source, struct scale_data *d)
{
    struct sql_stmt *s = store_prepare(db, source->query);
    struct scale_series *at = NULL;
    sql_bind_int(s, "side", side);
    while (sql_step(s)) {
        size_t run = run_index(d, sql_int(s, 3));
        if (run == SIZE_MAX)
            continue;
        if (!at || at->line != sql_int(s, 1) || strcmp(at->file, sql_text(s, 0)) != 0 ||
            strcmp(at->function, sql_text(s, 2)) != 0) {
            struct scale_series like = {source->scope, (char *)sql_text(s, 0), (char *)sql_text(s, 2), sql_int(s, 1),
                                        (char *)source->metric, source->counted, NULL, NULL};
            at = add_series(d, &like, !source->counted);
        }
        at->values[run] += sql_real(s, source->column) * source->scale;
        if (at->samples)
            at->samples[run] += sql_real(s, 5);
    }
    sql_done(s);
}

static void load_metrics(struct sql *db, int side, struct scale_data *d)
{
    struct sql_stmt *s = store_prepare(db, "scale_metrics");
    struct scale_series *at = NULL;
    sql_bind_int(s, "side", side);
    while (sql_step(s)) {
        size_t run = run_index(d, sql_int(s, 1));
        if (run == SIZE_MAX || sql_is_null(s, 2))
            continue;
        if (!at || strcmp(at->metric, sql_text(s, 0)) != 0) {
            struct scale_series like = {SCALE_PROGRAM, "", "", 0, (char *)sql_text(s, 0), false, NULL, NULL};
            at = add_series(d, &like, false);
        }
        at->values[run] = sql_real(s, 2);
    }
    sql_done(s);
}

void scale_load(struct sql *db, int side, const char *by, struct scale_data *out)
{
    *out = (struct scale_data){0};
    load_runs(db, side, by, out);
    if (!out->runs.count)
        return;
    load_metrics(db, side, out);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        load_source(db, side, &sources[i], out);
}

void scale_data_release(struct scale_data *d)
{
    for (size_t i = 0; i < d->series.count; i++) {
        struct scale_series *s = &d->series.items[i];
        free(s->file);
        free(s->function);
        free(s->metric);
        free(s->values);
        free(s->samples);
    }
    vec_release(&d->series);
    vec_release(&d->runs);
    vec_release(&d->sizes);
}

size_t scale_sizes(const struct scale_data *d)
{
    size_t count = 0;
    for (size_t i = 0; i < d->sizes.count; i++)
        count += !i || d->sizes.items[i] != d->sizes.items[i - 1];
    return count;
}

void scale_points(const struct scale_data *d, const struct scale_series *s, struct scale_points *out)
{
    *out = (struct scale_points){.values = xcalloc(d->runs.count + 1, sizeof *out->values)};
    size_t used = 0;
    for (size_t i = 0; i < d->runs.count;) {
        struct growth_point p = {.n = d->sizes.items[i], .values = out->values + used};
        double samples = 0;
        for (; i < d->runs.count && d->sizes.items[i] == p.n; i++) {
            if (isnan(s->values[i]))
                continue;
            out->values[used++] = s->values[i];
            p.count++;
            samples += s->samples ? s->samples[i] : 0;
        }
        if (!p.count || (s->samples && samples < SAMPLES_MIN)) {
            used -= p.count;
            continue;
        }
        p.sampling = s->samples ? 1 / sqrt(samples / (double)p.count) : 0;
        *vec_push(&out->points) = p;
    }
}

void scale_points_release(struct scale_points *p)
{
    vec_release(&p->points);
    free(p->values);
}
