/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chrome's trace events ("Trace Event Format"), for ui.perfetto.dev and chrome://tracing: processes and threads as
 * spans, steps and regions of farm.h on tracks of their own, memory, CPU, disk and threads as counters. Times are
 * microseconds since the first process started.
 */
#include <inttypes.h>

#include "base/file.h"
#include "db/course/course.h"
#include "db/export/export.h"
#include "db/names.h"
#include "db/format.h"
#include "db/store.h"

extern const struct export_format export_trace;

#define FIRST_TRACK 1000000000   /* tracks that are no thread: above all thread ids of Linux */

struct process {
    int64_t id, pid;
    double start_us;
};

struct writer {
    struct sql *db;
    struct str *out;
    struct process p;            /* at hand */
    struct names tracks;         /* of it */
    bool any;
};

static double us(const struct writer *w, double ns)
{
    return w->p.start_us + ns / 1e3;
}

/* Up to its arguments, which the caller adds; then end. */
static void begin(struct writer *w, char phase, const char *name, int64_t tid, double ts)
{
    str_addf(w->out, "%s\n{\"ph\": \"%c\", \"pid\": %" PRId64 ", \"tid\": %" PRId64 ", \"ts\": %.3f, \"name\": ",
             w->any ? "," : "", phase, w->p.pid, tid, ts);
    format_json_string(name, w->out);
    w->any = true;
}

static void end(struct writer *w)
{
    str_add(w->out, "}}");
}

static void name(struct writer *w, const char *what, int64_t tid, const char *text)
{
    begin(w, 'M', what, tid, 0);
    str_add(w->out, ", \"args\": {\"name\": ");
    format_json_string(text, w->out);
    end(w);
}

static void span(struct writer *w, const char *category, const char *title, int64_t tid, double from_ns, double to_ns)
{
    begin(w, 'X', title, tid, us(w, from_ns));
    str_addf(w->out, ", \"dur\": %.3f, \"cat\": \"%s\", \"args\": {", (to_ns > from_ns ? to_ns - from_ns : 0) / 1e3,
             category);
}

static void counter(struct writer *w, const char *title, double at_ns, const char *series, double value)
{
    begin(w, 'C', title, 0, us(w, at_ns));
    str_addf(w->out, ", \"args\": {\"%s\": %.6g", series, value);
    end(w);
}

/* The track of that name, named where it is new. */
static int64_t track(struct writer *w, const char *title)
{
    size_t known = w->tracks.list.count, number = names_put(&w->tracks, title);
    if (number > known)
        name(w, "thread_name", FIRST_TRACK + (int64_t)number, title);
    return FIRST_TRACK + (int64_t)number;
}

static void add_series(struct writer *w)
{
    struct course_series series;
    course_series_load(w->db, w->p.id, &series);
    for (size_t i = 0; i < series.points.count; i++) {
        const struct course_point *p = &series.points.items[i];
        double at = p->time_s * 1e9, span_s = p->span_s > 0 ? p->span_s : 1;
        counter(w, "memory, resident", at, "bytes", p->rss_kb * 1024);
        counter(w, "memory, own", at, "bytes", p->anon_kb * 1024);
        counter(w, "memory, address space", at, "bytes", p->vsz_kb * 1024);
        counter(w, "CPU, user", at, "cores", p->user_s / span_s);
        counter(w, "CPU, system", at, "cores", p->sys_s / span_s);
        counter(w, "disk, read", at, "bytes per s", p->read_bytes / span_s);
        counter(w, "disk, written", at, "bytes per s", p->write_bytes / span_s);
        counter(w, "threads", at, "threads", (double)p->threads);
    }
    course_series_release(&series);
}

static void add_threads(struct writer *w)
{
    struct sql_stmt *s = store_prepare(w->db, "export_threads");
    sql_bind_int(s, "process", w->p.id);
    while (sql_step(s)) {
        name(w, "thread_name", sql_int(s, 0), sql_text(s, 1));
        span(w, "thread", sql_text(s, 1), sql_int(s, 0), sql_real(s, 2), sql_real(s, 3));
        str_addf(w->out, "\"user_s\": %.9g, \"system_s\": %.9g, \"ready_s\": %.9g", sql_real(s, 4) / 1e9,
                 sql_real(s, 5) / 1e9, sql_real(s, 6) / 1e9);
        end(w);
    }
    sql_done(s);
    s = store_prepare(w->db, "export_thread_points");
    sql_bind_int(s, "process", w->p.id);
    while (sql_step(s)) {
        char *title = str_format("CPU of thread %" PRId64, sql_int(s, 0));
        if (sql_real(s, 3) > 0)
            counter(w, title, sql_real(s, 1), "cores", sql_real(s, 2) / sql_real(s, 3));
        free(title);
    }
    sql_done(s);
}

/* Of regions only the sum is known, not when they were: their spans say so, and begin with the process. */
static char *mark_title(struct sql_stmt *s, bool step)
{
    int64_t first = sql_int(s, 6), steps = sql_int(s, 7);
    if (!step)
        return str_format("%s: all %" PRId64 " calls", sql_text(s, 1), sql_int(s, 4));
    if (steps > 1)
        return str_format("%s %" PRId64 "-%" PRId64, sql_text(s, 1), first, first + steps - 1);
    return str_format("%s %" PRId64, sql_text(s, 1), first);
}

static void add_marks(struct writer *w)
{
    struct sql_stmt *s = store_prepare(w->db, "export_marks");
    sql_bind_int(s, "process", w->p.id);
    while (sql_step(s)) {
        bool step = strcmp(sql_text(s, 0), "step") == 0;
        char *own = str_format(step ? "step %s" : "region %s: its time in all", sql_text(s, 1));
        char *title = mark_title(s, step);
        span(w, sql_text(s, 0), title, track(w, own), sql_real(s, 2), sql_real(s, 3));
        str_addf(w->out, "\"%s\": %" PRId64 ", \"total_s\": %.9g", step ? "steps" : "calls", sql_int(s, 4),
                 sql_real(s, 5) / 1e9);
        end(w);
        free(own);
        free(title);
    }
    sql_done(s);
}

static void add_process(struct writer *w, struct sql_stmt *s)
{
    w->p = (struct process){sql_int(s, 0), sql_int(s, 1), sql_real(s, 3) / 1e3};
    name(w, "process_name", 0, file_name(sql_text(s, 2)));
    span(w, "process", file_name(sql_text(s, 2)), track(w, "process"), 0, sql_real(s, 4));
    str_addf(w->out, "\"user_s\": %.9g, \"system_s\": %.9g, \"max_rss_bytes\": %" PRId64, sql_real(s, 5) / 1e9,
             sql_real(s, 6) / 1e9, sql_int(s, 7) * 1024);
    end(w);
    add_series(w);
    add_threads(w);
    add_marks(w);
    names_release(&w->tracks);
    w->tracks = (struct names){0};
}

static bool write_trace(const struct export *e, struct str *out, struct str *err)
{
    struct writer w = {.db = e->db, .out = out};
    struct sql_stmt *s = store_prepare(e->db, "export_processes");
    str_add(out, "{\"displayTimeUnit\": \"ms\", \"traceEvents\": [");
    while (sql_step(s))
        add_process(&w, s);
    str_add(out, "]}\n");
    sql_done(s);
    if (!w.any)
        str_addf(err, "%s has no process whose course is known: nothing of it is instrumented", e->selection->name);
    return w.any;
}

const struct export_format export_trace = {"trace", write_trace};
