/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What phases ask the store about a point, and how they put the answer into the summary.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "db/quantity.h"
#include "db/stats/stats.h"
#include "db/study/phase.h"

char *study_spec(const struct study_point *p)
{
    struct str spec = STR_INIT;
    for (size_t i = 0; i < p->runs.count; i++)
        str_addf(&spec, "%s%lld", i ? "," : "", (long long)p->runs.items[i]);
    return p->runs.count ? str_detach(&spec) : NULL;
}

bool study_select(const struct study_results *r, const struct study_point *p, struct selection *out)
{
    char *spec = study_spec(p);
    struct str err = STR_INIT;
    if (!spec)
        return false;
    bool ok = select_side(r->store->db, 0, spec, out, &err);
    if (ok && !out->processes) {
        select_release(out);
        ok = false;
    }
    str_release(&err);
    free(spec);
    return ok;
}

void study_metric(const struct study_results *r, const struct study_point *p, const char *metric,
                  struct study_values *out)
{
    *out = (struct study_values){0};
    struct sql_stmt *s =
        sql_prepare(r->store->db, "SELECT value FROM run_metric WHERE run_id = :run AND name = :name LIMIT 1");
    for (size_t i = 0; i < p->runs.count; i++) {
        sql_bind_int(s, "run", p->runs.items[i]);
        sql_bind_text(s, "name", metric);
        if (sql_step(s)) {
            *vec_push(&out->list) = sql_real(s, 0);
            *vec_push(&out->runs) = p->runs.items[i];
        }
        sql_reset(s);
    }
    sql_done(s);
}

void study_values_release(struct study_values *v)
{
    vec_release(&v->list);
    vec_release(&v->runs);
}

static bool has_name(const struct study_names *n, const char *name)
{
    for (size_t i = 0; i < n->list.count; i++)
        if (strcmp(n->list.items[i], name) == 0)
            return true;
    return false;
}

void study_metrics(const struct study_results *r, const struct study_point *p, struct study_names *out)
{
    *out = (struct study_names){0};
    struct sql_stmt *s = sql_prepare(r->store->db, "SELECT DISTINCT name FROM run_metric WHERE run_id = :run "
                                                   "ORDER BY name");
    for (size_t i = 0; i < p->runs.count; i++) {
        sql_bind_int(s, "run", p->runs.items[i]);
        while (sql_step(s))
            if (!has_name(out, sql_text(s, 0)))
                *vec_push(&out->list) = str_copy(sql_text(s, 0));
    }
    sql_done(s);
}

void study_names_release(struct study_names *n)
{
    for (size_t i = 0; i < n->list.count; i++)
        free(n->list.items[i]);
    vec_release(&n->list);
}

char *study_run_text(struct sql *db, int64_t run, const char *metric)
{
    char *text = NULL;
    struct sql_stmt *s = sql_prepare(db, "SELECT value FROM recorded_text WHERE run_id = :run AND name = :name");
    sql_bind_int(s, "run", run);
    sql_bind_text(s, "name", metric);
    if (sql_step(s))
        text = str_copy(sql_text(s, 0));
    sql_done(s);
    return text;
}

char *study_text(const struct study_results *r, const struct study_point *p, const char *metric)
{
    return p->runs.count ? study_run_text(r->store->db, p->runs.items[p->runs.count - 1], metric) : NULL;
}

struct best_option study_middle(const struct study_values *v)
{
    struct interval between = {NAN, NAN};
    size_t n = v->list.count;
    if (!n)
        return (struct best_option){NAN, NAN, NAN};
    if (n > 1 && !stats_median_interval(v->list.items, n, 0.95, &between)) {
        between = (struct interval){v->list.items[0], v->list.items[0]};
        for (size_t i = 1; i < n; i++) {
            between.low = fmin(between.low, v->list.items[i]);
            between.high = fmax(between.high, v->list.items[i]);
        }
    }
    return (struct best_option){stats_median(v->list.items, n), between.low, between.high};
}

struct summary_measurement *study_add(struct study_results *r, const struct study_point *p, enum summary_kind kind,
                                      const char *subject, const char *metric, const char *unit,
                                      const struct study_values *v)
{
    struct best_option middle = study_middle(v);
    if (!v->list.count)
        return NULL;
    struct summary_measurement *m =
        summary_measure(r->summary, p->experiment->name, kind, subject, metric, middle.value, unit);
    m->low = middle.low;
    m->high = middle.high;
    for (size_t i = 0; i < p->varied.count; i++)
        summary_parameter(&m->parameters, p->varied.items[i].name, p->varied.items[i].value);
    for (size_t i = 0; i < v->runs.count; i++)
        summary_run(&m->runs, v->runs.items[i]);
    return m;
}

const char *study_unit(const char *metric)
{
    static const struct { const char *end, *unit; } units[] = {
        {"per_s", "1/s"}, {"_per_hour", "1/h"}, {"_mb_per_h", "MB/h"}, {"_ns", "ns"}, {"_us", "us"}, {"_ms", "ms"},
        {"_s", "s"}, {"_bytes", "bytes"}, {"_bytes_per_step", "bytes"}, {"_bytes_per_second", "bytes"}, {"_kb", "kB"},
        {"kb_per_agent", "kB"}, {"kb_per_step", "kB"}, {"_mb", "MB"}, {"_share", "share"},
    };
    size_t len = strlen(metric);
    if (strcmp(metric, "allocs") == 0)
        return "count";
    if (strcmp(metric, "bytes") == 0)
        return "bytes";
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t end = strlen(units[i].end);
        if (len >= end && strcmp(metric + len - end, units[i].end) == 0)
            return units[i].unit;
    }
    return "";
}

void study_figure(struct str *out, const char *metric, double value)
{
    summary_figure(out, study_unit(metric), value);
}

static void measure_point(struct study_results *r, const struct study_point *p)
{
    struct study_names all;
    study_metrics(r, p, &all);
    size_t count = p->experiment->metrics.count ? p->experiment->metrics.count : all.list.count;
    char *const *names = p->experiment->metrics.count ? p->experiment->metrics.items : all.list.items;
    for (size_t i = 0; i < count; i++) {
        struct study_values v;
        study_metric(r, p, names[i], &v);
        study_add(r, p, SUMMARY_PROGRAM, "program", names[i], study_unit(names[i]), &v);
        study_values_release(&v);
    }
    study_names_release(&all);
}

void study_measure_all(struct study_results *r)
{
    for (size_t i = 0; i < r->points->list.count; i++)
        if (r->points->list.items[i].state == SUMMARY_DONE)
            measure_point(r, &r->points->list.items[i]);
}

/* ---- pictures */

static char *picture(const struct study_results *r, const char *name, const char *end, struct str *err)
{
    char *folder = str_join_path(r->folder, "charts"), *file = str_format("%s/%s.%s", folder, name, end);
    file_make_folders(folder, err);
    free(folder);
    return file;
}

static void note(struct study_results *r, const char *name, const char *end, bool ok, struct str *err)
{
    char *inside = str_format("charts/%s.%s", name, end);
    if (ok)
        summary_file(r->summary, inside);
    else
        warn("no chart %s: %s", inside, err->data);
    str_clear(err);
    free(inside);
}

static const char *const ends[] = {"png", "svg"};

void study_chart(struct study_results *r, const struct chart *c, const char *name)
{
    struct str err = STR_INIT;
    for (int i = 0; i < 2; i++) {
        char *path = picture(r, name, ends[i], &err);
        note(r, name, ends[i], !err.len && chart_write(c, path, &err), &err);
        free(path);
    }
    str_release(&err);
}

void study_bars(struct study_results *r, const char *name, const char *title, const char *axis,
                const struct study_bar *bars, size_t count)
{
    struct str data = STR_INIT, err = STR_INIT;
    chart_setting(&data, "title", title);
    chart_setting(&data, "axis", axis);
    str_addf(&data, "#! rows = %zu\n", count);
    for (size_t i = 0; i < count; i++) {
        for (const char *c = bars[i].name; *c; c++)
            str_add_char(&data, *c == '\t' || *c == '"' ? ' ' : *c);
        str_addf(&data, "\t%.10g\t%.10g\t%.10g\n", bars[i].value, isnan(bars[i].low) ? bars[i].value : bars[i].low,
                 isnan(bars[i].high) ? bars[i].value : bars[i].high);
    }
    for (int i = 0; count && i < 2; i++) {
        char *path = picture(r, name, ends[i], &err);
        note(r, name, ends[i], !err.len && chart_write_data("bars", &data, path, &err), &err);
        free(path);
    }
    str_release(&data);
    str_release(&err);
}
