/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps, regions and metrics, and the points of all series.
 */
#include <math.h>
#include <stdlib.h>

#include "db/course/course.h"
#include "db/course/trend.h"
#include "db/quantity.h"
#include "db/store.h"

static const struct column step_columns[] = {
    {"Step", "name", COLUMN_TEXT, USE_ALL},
    {"Pid", "pid", COLUMN_NUMBER, USE_PROGRAMS},
    {"Count", "steps", COLUMN_COUNT, USE_ALL},
    {"Per s", "steps_per_s", COLUMN_TEXT, USE_PEOPLE},
    {"Per s", "steps_per_s", COLUMN_ANY, USE_PROGRAMS},
    {"Mean", "mean_s", COLUMN_SECONDS, USE_ALL},
    {"p50", "p50_s", COLUMN_SECONDS, USE_ALL},
    {"p99", "p99_s", COLUMN_SECONDS, USE_ALL},
    {"Max", "max_s", COLUMN_SECONDS, USE_ALL},
    {"Slower by, in 1000 steps", "drift", COLUMN_TEXT, USE_PEOPLE},
    {"Drift", "drift_per_step", COLUMN_ANY, USE_PROGRAMS},
    {"From", "drift_low", COLUMN_ANY, USE_PROGRAMS},
    {"To", "drift_high", COLUMN_ANY, USE_PROGRAMS},
};

static const struct column region_columns[] = {
    {"Region", "name", COLUMN_TEXT, USE_ALL},
    {"Calls", "calls", COLUMN_COUNT, USE_ALL},
    {"Wall", "wall_s", COLUMN_SECONDS, USE_ALL},
    {"CPU", "cpu_s", COLUMN_SECONDS, USE_ALL},
    {"Waiting", "waiting_s", COLUMN_SECONDS, USE_ALL},
    {"% of step", "step_share", COLUMN_SHARE, USE_ALL},
    {"Per call", "mean_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"Max", "max_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"CPU measured", "cpu_measured_calls", COLUMN_COUNT, USE_PROGRAMS},
};

static const struct column metric_columns[] = {
    {"Metric", "name", COLUMN_TEXT, USE_ALL},     {"Pid", "pid", COLUMN_NUMBER, USE_PROGRAMS},
    {"Values", "count", COLUMN_COUNT, USE_ALL},   {"Last", "last", COLUMN_ANY, USE_ALL},
    {"Min", "min", COLUMN_ANY, USE_ALL},          {"Mean", "mean", COLUMN_ANY, USE_ALL},
    {"Max", "max", COLUMN_ANY, USE_ALL},
};

static const struct column pmu_columns[] = {
    {"Counted by the processor", "name", COLUMN_TEXT, USE_ALL},
    {"Count", "count", COLUMN_COUNT, USE_ALL},
};

static const struct column point_columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL},
    {"Memory", "rss_bytes", COLUMN_BYTES, USE_ALL},
    {"Peak", "rss_peak_bytes", COLUMN_BYTES, USE_PROGRAMS},
    {"Anonymous", "anon_bytes", COLUMN_BYTES, USE_ALL},
    {"Address space", "vsz_bytes", COLUMN_BYTES, USE_PROGRAMS},
    {"CPU %", "cpu_share", COLUMN_SHARE, USE_ALL},
    {"User", "user_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"System", "system_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"Read", "read_bytes", COLUMN_BYTES, USE_ALL},
    {"Written", "write_bytes", COLUMN_BYTES, USE_ALL},
    {"Threads", "threads", COLUMN_NUMBER, USE_ALL},
    {"Steps", "steps", COLUMN_NUMBER, USE_ALL},
};

static const struct column core_columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_ALL},   {"Time", "time_s", COLUMN_SECONDS, USE_ALL},
    {"Core", "core", COLUMN_NUMBER, USE_ALL}, {"Own", "own_s", COLUMN_SECONDS, USE_ALL},
    {"All", "busy_s", COLUMN_SECONDS, USE_ALL},
};

static const struct column thread_columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_ALL}, {"Thread", "tid", COLUMN_NUMBER, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL}, {"CPU", "cpu_s", COLUMN_SECONDS, USE_ALL},
};

static const struct column bin_columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_ALL},          {"Kind", "kind", COLUMN_TEXT, USE_ALL},
    {"Name", "name", COLUMN_TEXT, USE_ALL},          {"From step", "first_step", COLUMN_NUMBER, USE_ALL},
    {"Steps", "steps", COLUMN_NUMBER, USE_ALL},      {"Count", "count", COLUMN_COUNT, USE_ALL},
    {"Mean", "mean", COLUMN_ANY, USE_ALL},           {"Min", "min", COLUMN_ANY, USE_ALL},
    {"Max", "max", COLUMN_ANY, USE_ALL},
};

#define COUNT(columns) (sizeof columns / sizeof *columns)

/* ---- steps ---- */

/* Do steps take longer and longer? By the mean durations of the bins that hold whole steps. */
static bool drift_of(struct sql *db, int64_t process, const char *name, struct trend *out)
{
    struct sql_stmt *s = store_prepare(db, "course_step_bins");
    VEC(double) x = {0};
    VEC(double) y = {0};
    sql_bind_int(s, "process", process);
    sql_bind_text(s, "name", name);
    while (sql_step(s)) {
        *vec_push(&x) = sql_real(s, 0) + (sql_real(s, 1) - 1) / 2;
        *vec_push(&y) = sql_real(s, 3) / sql_real(s, 2);
    }
    sql_done(s);
    bool known = trend_fit(x.items, y.items, x.count, out) && out->level > 0;
    vec_release(&x);
    vec_release(&y);
    return known;
}

static void add_drift(const struct trend *drift, struct table *t)
{
    if (!drift) {
        table_text(t, "too few steps");
        for (int i = 0; i < 3; i++)
            table_none(t);
        return;
    }
    double unit = 100 * 1000 / drift->level;
    char *text = str_format("%.2g %% (%.2g .. %.2g)", drift->slope * unit, drift->low * unit, drift->high * unit);
    table_text(t, text);
    free(text);
    table_real(t, drift->slope / drift->level);
    table_real(t, drift->low / drift->level);
    table_real(t, drift->high / drift->level);
}

static void real_or_none(struct sql_stmt *s, int column, double unit, struct table *t)
{
    if (sql_is_null(s, column))
        table_none(t);
    else
        table_real(t, sql_real(s, column) * unit);
}

static void add_step(struct sql *db, struct sql_stmt *s, struct table *t)
{
    struct trend drift;
    double timed = sql_real(s, 4), mean = timed > 0 ? sql_real(s, 5) / timed : 0, span = sql_real(s, 9);
    double rate = span > 0 ? (sql_real(s, 3) - 1) / span * 1e9 : 0;
    char *text = str_format("%.4g", rate);
    table_text(t, sql_text(s, 2));
    table_int(t, sql_int(s, 1));
    table_int(t, sql_int(s, 3));
    table_text(t, text);
    table_real(t, rate);
    table_real(t, mean / 1e9);
    real_or_none(s, 6, 1e-9, t);
    real_or_none(s, 7, 1e-9, t);
    table_real(t, sql_real(s, 8) / 1e9);
    add_drift(drift_of(db, sql_int(s, 0), sql_text(s, 2), &drift) ? &drift : NULL, t);
    free(text);
}

/* ---- regions, metrics, counters ---- */

static void ratio_or_none(double whole, double by, struct table *t)
{
    if (by > 0)
        table_real(t, whole / by);
    else
        table_none(t);
}

static void add_region(struct sql *db, struct sql_stmt *s, struct table *t)
{
    table_text(t, sql_text(s, 0));
    table_int(t, sql_int(s, 1));
    table_real(t, sql_real(s, 2) / 1e9);
    real_or_none(s, 3, 1e-9, t);
    real_or_none(s, 4, 1e-9, t);
    ratio_or_none(sql_real(s, 5), sql_real(s, 6), t);
    ratio_or_none(sql_real(s, 2), sql_real(s, 7), t);
    table_real(t, sql_real(s, 9));
    table_int(t, sql_int(s, 8));
}

static void add_metric(struct sql *db, struct sql_stmt *s, struct table *t)
{
    table_text(t, sql_text(s, 1));
    table_int(t, sql_int(s, 0));
    table_int(t, sql_int(s, 2));
    for (int i = 3; i < 7; i++)
        table_real(t, sql_real(s, i));
}

static void add_pmu(struct sql *db, struct sql_stmt *s, struct table *t)
{
    table_text(t, sql_text(s, 0));
    table_int(t, sql_int(s, 1));
}

static const struct sheet {
    const char *query, *name;
    const struct column *columns;
    size_t count;
    void (*add)(struct sql *db, struct sql_stmt *s, struct table *t);
} sheets[] = {
    {"course_steps", "steps", step_columns, COUNT(step_columns), add_step},
    {"course_regions", "regions", region_columns, COUNT(region_columns), add_region},
    {"course_metrics", "metrics", metric_columns, COUNT(metric_columns), add_metric},
    {"course_pmu", "pmu", pmu_columns, COUNT(pmu_columns), add_pmu},
};

/* For people a table stands only where it has rows. */
void course_marks(struct sql *db, bool programs, struct doc *d)
{
    for (size_t i = 0; i < COUNT(sheets); i++) {
        const struct sheet *sheet = &sheets[i];
        struct sql_stmt *s = store_prepare(db, sheet->query);
        struct table *t = NULL;
        for (bool row = sql_step(s); row || (programs && !t); row = row && sql_step(s)) {
            t = t ? t : doc_table(d, sheet->name, NULL, sheet->columns, sheet->count);
            if (row)
                sheet->add(db, s, t);
        }
        sql_done(s);
    }
}

/* ---- the points ---- */

static void add_points(struct sql *db, struct doc *d)
{
    struct table *t = doc_table(d, "series", NULL, point_columns, COUNT(point_columns));
    struct sql_stmt *s = store_prepare(db, "course_processes");
    while (sql_step(s)) {
        struct course_series series;
        course_series_load(db, sql_int(s, 0), &series);
        for (size_t i = 0; i < series.points.count; i++) {
            const struct course_point *p = &series.points.items[i];
            table_int(t, sql_int(s, 1));
            table_real(t, p->time_s);
            table_int(t, (int64_t)(p->rss_kb * 1024));
            table_int(t, (int64_t)(p->peak_kb * 1024));
            table_int(t, (int64_t)(p->anon_kb * 1024));
            table_int(t, (int64_t)(p->vsz_kb * 1024));
            table_real(t, p->span_s > 0 ? (p->user_s + p->sys_s) / p->span_s : 0);
            table_real(t, p->user_s);
            table_real(t, p->sys_s);
            table_int(t, (int64_t)p->read_bytes);
            table_int(t, (int64_t)p->write_bytes);
            table_int(t, p->threads);
            table_int(t, p->steps);
        }
        course_series_release(&series);
    }
    sql_done(s);
}

static void add_core_points(struct sql *db, struct doc *d)
{
    struct table *t = doc_table(d, "core_series", NULL, core_columns, COUNT(core_columns));
    struct sql_stmt *p = store_prepare(db, "course_processes"), *s = store_prepare(db, "course_cores");
    while (sql_step(p)) {
        sql_bind_int(s, "process", sql_int(p, 0));
        while (sql_step(s)) {
            table_int(t, sql_int(p, 1));
            table_real(t, sql_real(s, 1) / 1e9);
            table_int(t, sql_int(s, 0));
            table_real(t, sql_real(s, 2) / 1e9);
            table_real(t, sql_real(s, 3) / 1e9);
        }
    }
    sql_done(p);
    sql_done(s);
}

static void add_thread_points(struct sql *db, struct doc *d)
{
    struct table *t = doc_table(d, "thread_series", NULL, thread_columns, COUNT(thread_columns));
    struct sql_stmt *s = store_prepare(db, "course_thread_points");
    while (sql_step(s)) {
        table_int(t, sql_int(s, 0));
        table_int(t, sql_int(s, 1));
        table_real(t, sql_real(s, 2) / 1e9);
        table_real(t, sql_real(s, 3) / 1e9);
    }
    sql_done(s);
}

/* Durations of steps in seconds, metrics as they are. */
static void add_bins(struct sql *db, struct doc *d)
{
    struct table *t = doc_table(d, "by_step", NULL, bin_columns, COUNT(bin_columns));
    struct sql_stmt *s = store_prepare(db, "course_metric_bins");
    while (sql_step(s)) {
        double unit = sql_text(s, 1)[0] == 's' ? 1e-9 : 1;
        table_int(t, sql_int(s, 0));
        table_text(t, sql_text(s, 1));
        table_text(t, sql_text(s, 2));
        for (int i = 3; i < 6; i++)
            table_int(t, sql_int(s, i));
        for (int i = 6; i < 9; i++)
            table_real(t, sql_real(s, i) * unit);
    }
    sql_done(s);
}

void course_points(struct sql *db, struct doc *d)
{
    add_points(db, d);
    add_core_points(db, d);
    add_thread_points(db, d);
    add_bins(db, d);
}
