/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/course/course_chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/course/course.h"
#include "db/store.h"

#define KERNEL_SPAN_S 0.25        /* of a point of kernel time */
#define CORES_SHOWN 8            /* as many as colours; others only add to the sum */

static void add_line(struct chart *c, const char *name, const struct course_series *s,
                     double (*value)(const struct course_point *p))
{
    struct chart_series *line = chart_series(c, name);
    for (size_t i = 0; i < s->points.count; i++)
        chart_curve_point(line, s->points.items[i].time_s, value(&s->points.items[i]));
}

static double resident(const struct course_point *p) { return p->rss_kb / 1000; }
static double own(const struct course_point *p) { return p->anon_kb / 1000; }
static double virtual(const struct course_point *p) { return p->vsz_kb / 1000; }
static double rate(double amount, const struct course_point *p) { return p->span_s > 0 ? amount / p->span_s : 0; }
static double cpu(const struct course_point *p) { return rate(p->user_s + p->sys_s, p); }
static double reading(const struct course_point *p) { return rate(p->read_bytes / 1e6, p); }
static double writing(const struct course_point *p) { return rate(p->write_bytes / 1e6, p); }

/* Clocks tell user from kernel time each 10 ms, so a single point says little. */
static void add_kernel(struct chart *c, const struct course_series *s)
{
    struct chart_series *line = chart_series(c, "kernel");
    double sum = 0, from = 0;
    for (size_t i = 0; i < s->points.count; i++) {
        const struct course_point *p = &s->points.items[i];
        sum += p->sys_s;
        if (p->time_s - from < KERNEL_SPAN_S && i + 1 < s->points.count)
            continue;
        chart_curve_point(line, (from + p->time_s) / 2, p->time_s > from ? sum / (p->time_s - from) : 0);
        from = p->time_s;
        sum = 0;
    }
}

static void add_cores(struct chart *c, struct sql *db, int64_t process)
{
    struct sql_stmt *s = store_prepare(db, "course_cores");
    struct chart_series *line = NULL;
    int64_t core = -1, cores = 0;
    double time = 0, used = 0;
    sql_bind_int(s, "process", process);
    while (sql_step(s)) {
        double now = sql_real(s, 1) / 1e9, total = sql_real(s, 2) / 1e9;
        if (sql_int(s, 0) != core) {
            core = sql_int(s, 0);
            if (++cores > CORES_SHOWN)
                break;
            char *name = str_format("core %lld", (long long)core);
            line = chart_series(c, name);
            free(name);
            time = used = 0;             /* its figures are since the start */
        }
        if (now > time)
            chart_curve_point(line, now, (total - used) / (now - time));
        time = now;
        used = total;
    }
    sql_done(s);
}

static int64_t longest(struct sql *db, int64_t *points)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT process_id, count(*) FROM selected JOIN series USING (process_id) "
                                         "GROUP BY process_id ORDER BY 2 DESC, 1 LIMIT 1");
    int64_t process = 0;
    *points = 0;
    if (sql_step(s)) {
        process = sql_int(s, 0);
        *points = sql_int(s, 1);
    }
    sql_done(s);
    return process;
}

char *course_chart_title(const struct selection *s)
{
    bool name = s->runs.count != 1 || (s->name[0] != '@' && s->name[strspn(s->name, "0123456789")]);
    return name ? str_format("%s over time", s->name) : str_format("run %lld over time", (long long)s->runs.items[0]);
}

bool course_chart(struct sql *db, const char *title, struct chart *out, struct str *err)
{
    struct course_series series;
    int64_t points, process = longest(db, &points);
    if (points < 2) {
        str_add(err, "no process of this run has a series to draw: it takes two points, and the first is taken after "
                     "some milliseconds");
        return false;
    }
    course_series_load(db, process, &series);
    chart_init(out, "scale", title, "time (s)");
    chart_panel(out, "Memory", "MB");
    add_line(out, "resident", &series, resident);
    add_line(out, "its own", &series, own);
    chart_panel(out, "Address space", "MB");
    add_line(out, "virtual", &series, virtual);
    chart_panel(out, "CPU", "cores");
    add_line(out, "user and kernel", &series, cpu);
    add_kernel(out, &series);
    chart_panel(out, "CPU by core", "share of the core");
    add_cores(out, db, process);
    if (out->panels.items[out->panels.count - 1].first == out->series.count)
        chart_series(out, "not seen");
    chart_panel(out, "Disk", "MB/s");
    add_line(out, "read", &series, reading);
    add_line(out, "written", &series, writing);
    course_series_release(&series);
    return true;
}
