/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/course/course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/course/trend.h"
#include "db/quantity.h"
#include "db/store.h"

#define SHOWN 10                 /* rows of a table for people */
#define WINDOW_S 0.5             /* the most of a CPU is looked for in spans that long: clocks tick each 10 ms */

static const struct column summary_columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_ALL},
    {"RSS: start", "rss_start_bytes", COLUMN_BYTES, USE_ALL},
    {"end", "rss_end_bytes", COLUMN_BYTES, USE_ALL},
    {"peak", "rss_peak_bytes", COLUMN_BYTES, USE_ALL},
    {"CPU: %", "cpu_mean_share", COLUMN_SHARE, USE_ALL},
    {"max %", "cpu_max_share", COLUMN_SHARE, USE_ALL},
    {"Disk: read", "read_bytes", COLUMN_BYTES, USE_ALL},
    {"written", "write_bytes", COLUMN_BYTES, USE_ALL},
    {"Threads", "threads_max", COLUMN_NUMBER, USE_ALL},
    {"Points", "points", COLUMN_COUNT, USE_ALL},
};

static const struct column core_columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_PROGRAMS},
    {"Core", "core", COLUMN_NUMBER, USE_ALL},
    {"Own: mean %", "own_mean_share", COLUMN_SHARE, USE_ALL},
    {"max %", "own_max_share", COLUMN_SHARE, USE_ALL},
    {"All: mean %", "busy_mean_share", COLUMN_SHARE, USE_ALL},
    {"max %", "busy_max_share", COLUMN_SHARE, USE_ALL},
};

static const struct column thread_columns[] = {
    {"Thread", "tid", COLUMN_NUMBER, USE_ALL},
    {"Name", "name", COLUMN_TEXT, USE_ALL},
    {"Pid", "pid", COLUMN_NUMBER, USE_PROGRAMS},
    {"Wall", "wall_s", COLUMN_SECONDS, USE_ALL},
    {"User", "user_s", COLUMN_SECONDS, USE_ALL},
    {"System", "system_s", COLUMN_SECONDS, USE_ALL},
    {"Waiting", "waiting_s", COLUMN_SECONDS, USE_ALL},
    {"for a CPU", "ready_s", COLUMN_SECONDS, USE_ALL},
    {"Waits", "voluntary_switches", COLUMN_COUNT, USE_ALL},
    {"Preempted", "involuntary_switches", COLUMN_COUNT, USE_ALL},
};

static const struct column growth_columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_ALL},
    {"Memory grows", "growth_bytes", COLUMN_BYTES, USE_PROGRAMS},
    {"Memory grows by", "growth", COLUMN_TEXT, USE_PEOPLE},
    {"Per", "per", COLUMN_TEXT, USE_ALL},
    {"From", "low_bytes", COLUMN_BYTES, USE_PROGRAMS},
    {"To", "high_bytes", COLUMN_BYTES, USE_PROGRAMS},
    {"95 % interval", "interval", COLUMN_TEXT, USE_PEOPLE},
    {"Verdict", "verdict", COLUMN_TEXT, USE_ALL},
};

#define COUNT(columns) (sizeof columns / sizeof *columns)

void course_series_load(struct sql *db, int64_t process, struct course_series *out)
{
    struct sql_stmt *s = store_prepare(db, "course_series");
    *out = (struct course_series){0};
    sql_bind_int(s, "process", process);
    while (sql_step(s)) {
        /* The sum is exact and only rises; its parts follow ticks of 10 ms and may seem to fall. */
        double cpu = fmax(sql_real(s, 6) + sql_real(s, 7), 0), sys = fmin(fmax(sql_real(s, 7), 0), cpu);
        *vec_push(&out->points) = (struct course_point){
            .time_s = sql_real(s, 0) / 1e9, .span_s = sql_real(s, 1) / 1e9, .rss_kb = sql_real(s, 2),
            .peak_kb = sql_real(s, 3), .anon_kb = sql_real(s, 4), .vsz_kb = sql_real(s, 5),
            .user_s = (cpu - sys) / 1e9, .sys_s = sys / 1e9, .read_bytes = sql_real(s, 8),
            .write_bytes = sql_real(s, 9), .threads = sql_int(s, 10), .steps = sql_int(s, 11)};
    }
    sql_done(s);
}

void course_series_release(struct course_series *s)
{
    vec_release(&s->points);
}

/* ---- in short ---- */

/* The largest rate over spans of at least WINDOW_S, or over all there is. */
struct window {
    double span, sum, most;
};

static void window_add(struct window *w, double span, double amount)
{
    w->span += span;
    w->sum += amount;
    if (w->span < WINDOW_S)
        return;
    w->most = fmax(w->most, w->sum / w->span);
    w->span = w->sum = 0;
}

static double window_end(const struct window *w, double mean)
{
    return fmax(w->most, mean);
}

static void add_process(const struct course_series *s, int64_t pid, double wall_s, double cpu_s, struct table *t)
{
    double peak = 0, read = 0, written = 0;
    int64_t threads = 0;
    struct window w = {0};
    size_t count = s->points.count;
    for (size_t i = 0; i < count; i++) {
        const struct course_point *p = &s->points.items[i];
        peak = fmax(peak, p->peak_kb);
        read += p->read_bytes;
        written += p->write_bytes;
        threads = p->threads > threads ? p->threads : threads;
        window_add(&w, p->span_s, p->user_s + p->sys_s);
    }
    double mean = wall_s > 0 ? cpu_s / wall_s : 0;
    table_int(t, pid);
    table_int(t, (int64_t)(s->points.items[0].rss_kb * 1024));
    table_int(t, (int64_t)(s->points.items[count - 1].rss_kb * 1024));
    table_int(t, (int64_t)(peak * 1024));
    table_real(t, mean);
    table_real(t, window_end(&w, mean));
    table_int(t, (int64_t)read);
    table_int(t, (int64_t)written);
    table_int(t, threads);
    table_int(t, (int64_t)count);
}

static const char *verdict(const struct trend *t)
{
    return t->low > 0 ? "leak" : t->high < 0 ? "shrinks" : "no leak shown";
}

static void add_bytes_or_less(struct str *out, double bytes)
{
    str_add(out, bytes < 0 ? "-" : "");
    quantity_bytes(out, fabs(bytes));
}

static void add_growth_cells(const struct trend *f, bool per_step, struct table *t)
{
    struct str growth = STR_INIT, interval = STR_INIT;
    add_bytes_or_less(&growth, f->slope);
    add_bytes_or_less(&interval, f->low);
    str_add(&interval, " .. ");
    add_bytes_or_less(&interval, f->high);
    table_real(t, f->slope);
    table_text(t, growth.data);
    table_text(t, per_step ? "step" : "second");
    table_real(t, f->low);
    table_real(t, f->high);
    table_text(t, interval.data);
    table_text(t, verdict(f));
    if (f->low > 0)
        table_hot(t);
    str_release(&growth);
    str_release(&interval);
}

/* By step where the program marks steps (farm.h), else by second. */
static void add_growth(const struct course_series *s, int64_t pid, struct table *t)
{
    size_t count = s->points.count;
    bool per_step = s->points.items[count - 1].steps > 1;
    double *x = xcalloc(count, sizeof *x), *y = xcalloc(count, sizeof *y);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const struct course_point *p = &s->points.items[i];
        if (per_step && !p->steps)
            continue;
        x[used] = per_step ? (double)p->steps : p->time_s;
        y[used++] = p->anon_kb * 1024;
    }
    struct trend f;
    table_int(t, pid);
    if (trend_floor(x, y, used, &f)) {
        add_growth_cells(&f, per_step, t);
    } else {
        table_none(t);
        table_none(t);
        table_text(t, per_step ? "step" : "second");
        for (int i = 0; i < 3; i++)
            table_none(t);
        table_text(t, "too short to tell");
    }
    free(x);
    free(y);
}

struct core {
    int64_t number;
    double time, own, busy, first_time, first_own;
    struct window own_window, busy_window;
};

static void core_end(const struct core *c, int64_t pid, struct table *t)
{
    double span = c->time - c->first_time;
    double own = c->time > 0 ? c->own / c->time : 0, busy = span > 0 ? c->busy / span : 0;
    table_int(t, pid);
    table_int(t, c->number);
    table_real(t, own);
    table_real(t, window_end(&c->own_window, own));
    table_real(t, fmin(busy, 1));
    table_real(t, fmin(window_end(&c->busy_window, busy), 1));
}

static void add_cores(struct sql *db, int64_t process, int64_t pid, bool programs, struct table *t)
{
    struct sql_stmt *s = store_prepare(db, "course_cores");
    struct core c = {.number = -1};
    size_t shown = 0;
    sql_bind_int(s, "process", process);
    while (sql_step(s)) {
        double time = sql_real(s, 1) / 1e9, own = sql_real(s, 2) / 1e9, busy = sql_real(s, 3) / 1e9;
        if (sql_int(s, 0) != c.number) {
            if (c.number >= 0 && (programs || shown++ < SHOWN))
                core_end(&c, pid, t);
            c = (struct core){.number = sql_int(s, 0), .first_time = time, .time = time, .own = own};
            continue;
        }
        window_add(&c.own_window, time - c.time, own - c.own);
        window_add(&c.busy_window, time - c.time, busy - c.busy);
        c.time = time;
        c.own = own;
        c.busy = busy;
    }
    sql_done(s);
    if (c.number >= 0 && (programs || shown < SHOWN))
        core_end(&c, pid, t);
}

static void add_threads(struct sql *db, bool programs, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "course_threads");
    struct table *t = programs ? doc_table(d, "threads", NULL, thread_columns, COUNT(thread_columns)) : NULL;
    size_t count = 0;
    for (; sql_step(s); count++) {
        if (!programs && count >= SHOWN)
            continue;
        t = t ? t : doc_table(d, "threads", NULL, thread_columns, COUNT(thread_columns));
        table_int(t, sql_int(s, 1));
        table_text(t, sql_text(s, 2));
        table_int(t, sql_int(s, 0));
        for (int i = 3; i < 8; i++)
            table_real(t, sql_real(s, i) / 1e9);
        table_int(t, sql_int(s, 8));
        table_int(t, sql_int(s, 9));
    }
    sql_done(s);
    if (!programs && count > SHOWN)
        doc_foot(d, "%d of %zu threads; --format csv or json has all", SHOWN, count);
}

void course_summary(struct sql *db, bool programs, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "course_processes");
    struct table *t = NULL, *growth = NULL, *cores = NULL;
    for (size_t count = 0; sql_step(s) && (programs || count < 3); count++) {
        struct course_series series;
        course_series_load(db, sql_int(s, 0), &series);
        if (!t) {
            t = doc_table(d, "course", NULL, summary_columns, COUNT(summary_columns));
            growth = doc_table(d, "memory_growth", NULL, growth_columns, COUNT(growth_columns));
            cores = doc_table(d, "cores", NULL, core_columns, COUNT(core_columns));
        }
        add_process(&series, sql_int(s, 1), sql_real(s, 3) / 1e9, sql_real(s, 2) / 1e9, t);
        add_growth(&series, sql_int(s, 1), growth);
        if (programs || !count)
            add_cores(db, sql_int(s, 0), sql_int(s, 1), programs, cores);
        course_series_release(&series);
    }
    sql_done(s);
    add_threads(db, programs, d);
}
