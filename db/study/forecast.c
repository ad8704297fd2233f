/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/stats/chance.h"
#include "db/store.h"
#include "db/study/amdahl.h"
#include "db/study/study.h"
#include "db/wanted.h"

#define NOT_ASKED (-2)

/* What parts claim a function: asked once, since a function is in many stacks. */
struct claim {
    int self, total;             /* -1: none; NOT_ASKED */
};

struct loader {
    struct sql *db;
    const struct improvements *wanted;
    struct forecast *f;
    struct wanted names;         /* folders that patterns may be relative to */
    VEC(struct claim) claims;    /* by function_id */
    VEC(struct amdahl_node) nodes;       /* of the process at hand */
    int64_t process;
    size_t run;
};

static bool aim_hits(const struct loader *l, const struct aim *a, const char *path, const char *name, int64_t line,
                     int64_t last_line)
{
    struct wanted w = l->names;
    if (a->kind == AIM_COMPONENT)
        return strcmp(study_component(l->wanted->study, path, name), a->pattern) == 0;
    if (a->kind == AIM_FILE)
        return wanted_file(&w, a->pattern, path);
    w.function = a->pattern;
    return a->kind != AIM_LINE && wanted_function(&w, path, name, line, last_line);
}

static struct claim ask(const struct loader *l, struct sql_stmt *s)
{
    struct claim c = {-1, -1};
    for (size_t i = l->wanted->list.count; i-- > 0;) {           /* the first one that fits wins */
        const struct improvement *im = &l->wanted->list.items[i];
        for (size_t k = 0; k < im->aims.count; k++) {
            const struct aim *a = &im->aims.items[k];
            if (aim_hits(l, a, sql_text(s, 7), sql_text(s, 4), sql_int(s, 5), sql_int(s, 6)))
                *(a->kind == AIM_FUNCTION ? &c.total : &c.self) = (int)i;
        }
    }
    return c;
}

static struct claim claim_of(struct loader *l, struct sql_stmt *s)
{
    size_t id = (size_t)sql_int(s, 3);
    while (l->claims.count <= id)
        vec_push(&l->claims)->self = NOT_ASKED;
    if (l->claims.items[id].self == NOT_ASKED)
        l->claims.items[id] = ask(l, s);
    return l->claims.items[id];
}

static int line_claim(const struct loader *l, const char *path, int64_t line)
{
    for (size_t i = 0; i < l->wanted->list.count; i++) {
        const struct improvement *im = &l->wanted->list.items[i];
        for (size_t k = 0; k < im->aims.count; k++) {
            const struct aim *a = &im->aims.items[k];
            if (a->kind == AIM_LINE && a->line == line && wanted_file(&l->names, a->pattern, path))
                return (int)i;
        }
    }
    return -1;
}

static bool names(const struct loader *l, const struct improvement *im, struct sql_stmt *s)
{
    for (size_t k = 0; k < im->aims.count; k++) {
        const struct aim *a = &im->aims.items[k];
        int64_t line = sql_int(s, 1), last_line = sql_int(s, 2);
        const char *path = sql_text(s, 3);
        bool here = a->kind == AIM_LINE
                        ? a->line >= line && a->line <= last_line && wanted_file(&l->names, a->pattern, path)
                        : aim_hits(l, a, path, sql_text(s, 0), line, last_line);
        if (here || a->kind == AIM_COMPONENT)
            return true;
    }
    return false;
}

/* What has no time may still be there. */
static void load_known(struct loader *l, int side)
{
    struct sql_stmt *s = store_prepare(l->db, "plan_functions");
    sql_bind_int(s, "side", side);
    while (sql_step(s))
        for (size_t i = 0; i < l->wanted->list.count; i++)
            l->f->known[i] = l->f->known[i] || names(l, &l->wanted->list.items[i], s);
    sql_done(s);
}

static void finish_process(struct loader *l)
{
    size_t count = l->nodes.count, runs = l->f->runs.count;
    int *part = xcalloc(count + 1, sizeof *part);
    amdahl_allot(l->nodes.items, count, part);
    for (size_t i = 0; i < count; i++)
        if (part[i] >= 0)
            l->f->seconds[(size_t)part[i] * runs + l->run] += l->nodes.items[i].time;
    free(part);
    vec_clear(&l->nodes);
}

/* Code that is not instrumented counts for the line that called it. */
static void add_node(struct loader *l, struct sql_stmt *s)
{
    uint32_t index = (uint32_t)l->nodes.count, parent = (uint32_t)sql_int(s, 2);
    struct amdahl_node *n = vec_push(&l->nodes);
    const struct amdahl_node *above = parent ? &l->nodes.items[parent - 1] : NULL;
    *n = (struct amdahl_node){above ? parent - 1 : index, -1, -1, -1, sql_real(s, 10)};
    if (!sql_is_null(s, 3)) {
        struct claim c = claim_of(l, s);
        n->line = line_claim(l, sql_text(s, 8), sql_int(s, 9));
        n->self = c.self;
        n->total = c.total;
    } else if (above) {
        n->line = above->line;
        n->self = above->self;
    }
}

static void load_parts(struct loader *l, int side)
{
    struct sql_stmt *s = store_prepare(l->db, "plan_stacks");
    sql_bind_int(s, "side", side);
    l->process = -1;
    while (sql_step(s)) {
        if (sql_int(s, 1) != l->process)
            finish_process(l);
        l->process = sql_int(s, 1);
        l->run = (size_t)sql_int(s, 0);
        add_node(l, s);
    }
    finish_process(l);
    sql_done(s);
    vec_release(&l->nodes);
    vec_release(&l->claims);
}

static void load_metrics(struct sql *db, int side, struct forecast *f)
{
    struct sql_stmt *s = store_prepare(db, "side_metrics");
    VEC(double) values = {0};
    sql_bind_int(s, "side", side);
    bool more = sql_step(s);
    while (more) {
        struct forecast_metric m = {str_copy(sql_text(s, 0)), 0};
        for (vec_clear(&values); more && strcmp(sql_text(s, 0), m.name) == 0; more = sql_step(s))
            *vec_push(&values) = sql_real(s, 2);
        m.value = stats_median(values.items, values.count);
        *vec_push(&f->metrics) = m;
    }
    sql_done(s);
    vec_release(&values);
}

/* What each run took; false where one of them has no time at all. */
static void load_runs(struct sql *db, int side, struct forecast *f)
{
    struct sql_stmt *s = store_prepare(db, "side_runs");
    sql_bind_int(s, "side", side);
    while (sql_step(s))
        *vec_push(&f->runs) = (struct forecast_run){0, sql_real(s, 2) / 1e9, sql_real(s, 3)};
    sql_done(s);
    s = store_prepare(db, "side_metrics");
    sql_bind_int(s, "side", side);
    while (sql_step(s))
        if (strcmp(sql_text(s, 0), f->of_cpu ? "cpu_s" : "wall_s") == 0)
            f->runs.items[sql_int(s, 1)].whole_s = sql_real(s, 2);
    sql_done(s);
}

static bool timed(const struct forecast *f, struct str *err)
{
    for (size_t r = 0; r < f->runs.count; r++)
        if (!(f->runs.items[r].whole_s > 0) || !f->runs.items[r].samples) {
            str_addf(err, "run %lld of %s has no samples, so where its time goes is not known: it ran too briefly, or "
                     "with FARM_SAMPLER=none",
                     (long long)f->selection.runs.items[r], f->selection.name);
            return false;
        }
    return true;
}

bool forecast_load(struct sql *db, int side, const char *spec, const struct improvements *wanted, const char *metric,
                   struct forecast *out, struct str *err)
{
    *out = (struct forecast){.parts = wanted->list.count};
    if (!select_side(db, side, spec, &out->selection, err))
        return false;
    load_metrics(db, side, out);
    const struct forecast_metric *cpu = forecast_metric(out, "cpu_s"), *wall = forecast_metric(out, "wall_s");
    out->of_cpu = strcmp(metric, "cpu_s") == 0 || (cpu && wall && cpu->value > FORECAST_ONE_THREAD * wall->value);
    load_runs(db, side, out);
    if (!timed(out, err))
        return false;
    char *here = getcwd(NULL, 0);
    struct loader l = {.db = db, .wanted = wanted, .f = out,
                       .names = {NULL, NULL, out->selection.folder, here ? here : "/"}};
    out->seconds = xcalloc(out->parts * out->runs.count + 1, sizeof *out->seconds);
    out->known = xcalloc(out->parts + 1, sizeof *out->known);
    load_parts(&l, side);
    load_known(&l, side);
    free(here);
    return true;
}

void forecast_release(struct forecast *f)
{
    for (size_t i = 0; i < f->metrics.count; i++)
        free(f->metrics.items[i].name);
    vec_release(&f->metrics);
    vec_release(&f->runs);
    free(f->seconds);
    free(f->known);
    select_release(&f->selection);
}

double forecast_seconds(const struct forecast *f, size_t part)
{
    double sum = 0;
    for (size_t r = 0; r < f->runs.count; r++)
        sum += f->seconds[part * f->runs.count + r];
    return sum / (double)f->runs.count;
}

/* Of the mean of values: their spread, by Student's t in units of the normal distribution's quantile. */
static double spread_error(const double *values, size_t n)
{
    double mean = 0, square = 0;
    if (n < 2)
        return 0;
    for (size_t i = 0; i < n; i++)
        mean += values[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        square += (values[i] - mean) * (values[i] - mean);
    double factor = chance_t_quantile(0.975, (double)n - 1) / chance_normal_quantile(0.975);
    return factor * sqrt(square / (double)(n - 1) / (double)n);
}

/* Samples are of the user CPU time, which is a part of the whole. */
static double sampling_error(const struct forecast *f, struct amdahl_part *parts, size_t count)
{
    double user = 0, whole = 0, samples = 0;
    for (size_t r = 0; r < f->runs.count; r++) {
        user += f->runs.items[r].user_s;
        whole += f->runs.items[r].whole_s;
        samples += f->runs.items[r].samples;
    }
    double part = user > 0 ? user / whole : 1;
    for (size_t i = 0; i < count; i++)
        parts[i].share /= part;
    return part * amdahl_error(parts, count, samples);
}

void forecast_estimate(const struct forecast *f, const struct improvements *wanted, size_t first, size_t count,
                       struct estimate *out)
{
    size_t runs = f->runs.count;
    struct amdahl_part *parts = xcalloc(count + 1, sizeof *parts), *whole = xcalloc(count + 1, sizeof *whole);
    double *saved = xcalloc(2 * runs, sizeof *saved), *share = saved + runs;
    *out = (struct estimate){0};
    for (size_t r = 0; r < runs; r++) {
        for (size_t i = 0; i < count; i++) {
            double s = f->seconds[(first + i) * runs + r] / f->runs.items[r].whole_s;
            parts[i] = (struct amdahl_part){s, wanted->list.items[first + i].factor};
            whole[i].factor = INFINITY;
            whole[i].share += s / (double)runs;
            share[r] += s;
        }
        saved[r] = amdahl_saved(parts, count);
        out->saved += saved[r] / (double)runs;
        out->share += share[r] / (double)runs;
    }
    for (size_t i = 0; i < count; i++)
        parts[i] = (struct amdahl_part){whole[i].share, wanted->list.items[first + i].factor};
    out->error = fmax(sampling_error(f, parts, count), spread_error(saved, runs));
    out->share_error = fmax(sampling_error(f, whole, count), spread_error(share, runs));
    out->speedup = amdahl_speedup(out->saved);
    out->interval = amdahl_interval(out->saved, out->error);
    free(parts);
    free(whole);
    free(saved);
}

const struct forecast_metric *forecast_metric(const struct forecast *f, const char *name)
{
    for (size_t i = 0; i < f->metrics.count; i++)
        if (strcmp(f->metrics.items[i].name, name) == 0)
            return &f->metrics.items[i];
    return NULL;
}

bool forecast_direction(const char *metric, bool *more_is_better)
{
    *more_is_better = str_ends(metric, "_per_s");
    return *more_is_better || str_ends(metric, "_s") || str_ends(metric, "_ns") || str_ends(metric, "_us") ||
           str_ends(metric, "_ms");
}
