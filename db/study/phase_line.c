/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phase 3: the functions that the study names, line by line.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "db/quantity.h"
#include "db/study/lines.h"
#include "db/wanted.h"

#define NEARLY_ALL 0.95          /* total share of what everything runs in */
#define MANY_HITS 10             /* in a call: a loop */

struct target {                  /* a function of a point */
    struct study_results *r;
    const struct study_point *point;
    const struct rows *rows;
    const struct rows_function *function;
    const char *name;            /* as the study calls it */
};

static void add(const struct target *t, const struct lines_line *line, const char *metric, const char *unit,
                const struct study_values *v)
{
    struct summary_measurement *m = study_add(t->r, t->point, SUMMARY_LINE, line->place, metric, unit, v);
    if (!m)
        return;
    summary_text(&m->place, t->name);
    summary_text(&m->text, line->text + strspn(line->text, " \t"));
}

static void add_values(const struct target *t, const struct lines_line *line, const char *metric, const char *unit,
                       const double *values, const double *by, double scale)
{
    struct study_values v;
    rows_values(t->rows, values, by, scale, &v);
    add(t, line, metric, unit, &v);
    study_values_release(&v);
}

static void add_line(const struct target *t, const struct lines *l, const struct lines_line *line, double total)
{
    enum lines_value time = lines_time(l);
    struct study_values share = {0};
    add_values(t, line, "hits", "count", line->values[LINES_HITS], NULL, 1);
    if (isnan(line->median[time]))
        return;
    add_values(t, line, "time_s", "s", line->values[time], NULL, 1e9);
    if (line->median[LINES_HITS] > 0)
        add_values(t, line, "per_hit_ns", "ns", line->values[time], line->values[LINES_HITS], 1);
    if (total > 0 && lines_shared(l)) {
        *vec_push(&share.list) = line->median[time] / total;
        for (size_t i = 0; i < t->rows->runs.count; i++)
            *vec_push(&share.runs) = t->rows->runs.items[i];
    }
    add(t, line, "share", "share", &share);
    study_values_release(&share);
    add_values(t, line, "program_share", "share", line->values[time], t->rows->cpu_ns.items, 1);
    add_values(t, line, "allocs", "count", line->values[LINES_ALLOCS], NULL, 1);
}

/* ---- bottlenecks */

static void find(const struct target *t, const struct lines_line *line, const char *rule, double value, double limit,
                 const char *words)
{
    struct summary_finding *f = summary_find(t->r->summary, rule, line->place, value, limit, words);
    f->kind = SUMMARY_LINE;
    summary_text(&f->experiment, t->point->experiment->name);
    for (size_t i = 0; i < t->point->varied.count; i++)
        summary_parameter(&f->parameters, t->point->varied.items[i].name, t->point->varied.items[i].value);
    for (size_t i = 0; i < t->rows->runs.count; i++)
        summary_run(&f->runs, t->rows->runs.items[i]);
}

/* Is the share of the program's time above the limit beyond what sampling leaves open? */
static bool above(const struct target *t, double share, double limit)
{
    double n = (double)t->rows->samples;
    return n >= SELECT_FEW_SAMPLES && share - 2 * sqrt(share * (1 - fmin(share, 1)) / n) >= limit;
}

static void judge_line(const struct target *t, const struct lines *l, const struct lines_line *line)
{
    double cpu = rows_cpu(t->rows), limit = t->r->study->rules.line_share, ns = line->median[lines_time(l)];
    double share = cpu > 0 ? ns / cpu : 0, hits = line->median[LINES_HITS];
    if (l->exact ? share < limit : !above(t, share, limit))
        return;
    double calls = t->function->median[ROWS_CALLS];
    struct str each = STR_INIT;
    if (calls > 0 && hits > 0) {
        str_addf(&each, ", %.4g times a call in ", hits / calls);
        quantity_calls(&each, calls);
    }
    double own = ns / fmax(l->exact ? lines_total(l) : t->function->median[ROWS_SELF_NS], 1);
    char *words = str_format("line of %s%s: %.1f %% of the program's CPU time, %.1f %% of the function's%s", t->name,
                             l->exact ? ", by the clock with what it calls" : "", 100 * share, 100 * own, each.data);
    char *rule = str_format("line_share >= %g", limit);
    find(t, line, rule, share, limit, words);
    free(rule);
    free(words);
    str_release(&each);
}

/* A loop may take no time in its own lines and all of it in what they call: in a function with a large total the line
 * that runs most often in a call is named. */
static void judge_loop(const struct target *t, const struct lines *l)
{
    const struct lines_line *most = NULL;
    double cpu = rows_cpu(t->rows), calls = t->function->median[ROWS_CALLS];
    double limit = t->r->study->rules.cumulative_share;
    double total = cpu > 0 ? t->function->median[ROWS_TOTAL_NS] / cpu : 0;
    for (size_t i = 0; i < l->list.count; i++)
        if (!isnan(l->list.items[i].median[LINES_HITS]) &&
            (!most || l->list.items[i].median[LINES_HITS] > most->median[LINES_HITS]))
            most = &l->list.items[i];
    if (!most || !above(t, total, limit) || total >= NEARLY_ALL || !(most->median[LINES_HITS] >= MANY_HITS * calls))
        return;
    struct str words = STR_INIT;
    str_addf(&words, "line of %s, which takes %.1f %% of the CPU time with what it calls: %.4g times a call in ",
             t->name, 100 * total, most->median[LINES_HITS] / calls);
    quantity_calls(&words, calls);
    char *rule = str_format("cumulative_share >= %g, %d hits in a call", limit, MANY_HITS);
    find(t, most, rule, total, limit, words.data);
    free(rule);
    str_release(&words);
}

/* ---- files */

static void write_lines(const struct target *t, const struct lines *l, size_t number)
{
    struct str text = STR_INIT, err = STR_INIT, point = STR_INIT;
    for (size_t i = 0; i < t->point->varied.count; i++)
        str_addf(&point, "_%s-%s", t->point->varied.items[i].name, t->point->varied.items[i].value);
    char *more = number ? str_format("_%zu", number + 1) : str_copy("");
    char *inside = str_format("lines/%s%s%s.txt", t->name, more, point.data), *path;
    for (char *c = inside + strlen("lines/"); *c; c++)
        *c = strchr("/ \t'\"*?", *c) ? '-' : *c;
    path = str_join_path(t->r->folder, inside);
    char *folder = file_folder(path);
    lines_text(l, t->function, t->name, &text);
    if (file_make_folders(folder, &err) && file_write(path, text.data, text.len, &err))
        summary_file(t->r->summary, inside);
    else
        warn("%s", err.data);
    str_release(&text);
    str_release(&err);
    str_release(&point);
    free(folder);
    free(path);
    free(inside);
    free(more);
}

/* ---- */

struct timed {
    const struct lines_line *line;
    double ns;
};

static int by_time(const void *a, const void *b)
{
    const struct timed *x = a, *y = b;
    return (x->ns < y->ns) - (x->ns > y->ns);
}

static void judge_lines(const struct target *t, const struct lines *l)
{
    VEC(struct timed) order = {0};
    for (size_t i = 0; i < l->list.count; i++)
        if (!isnan(l->list.items[i].median[lines_time(l)]))
            *vec_push(&order) = (struct timed){&l->list.items[i], l->list.items[i].median[lines_time(l)]};
    if (order.count)
        qsort(order.items, order.count, sizeof *order.items, by_time);
    for (size_t i = 0; i < order.count; i++)
        judge_line(t, l, order.items[i].line);
    vec_release(&order);
    judge_loop(t, l);
}

static void measure(const struct target *t, size_t number)
{
    struct lines lines;
    lines_load(t->r, t->rows, t->function, &lines);
    double total = lines_total(&lines);
    for (size_t i = 0; i < lines.list.count; i++)
        add_line(t, &lines, &lines.list.items[i], total);
    judge_lines(t, &lines);
    write_lines(t, &lines, number);
    if (t->r->study->exact_lines && !lines.exact)
        warn("the lines of %s were not timed exactly: `farmdb report -f %s` says why", t->name, t->function->name);
    lines_release(&lines);
}

static void measure_function(struct study_results *r, const struct study_point *p, const struct rows *rows,
                             const struct study_function *f)
{
    struct wanted wanted = {f->is, NULL, rows->folder, r->study->folder};
    size_t found = 0;
    for (size_t i = 0; i < rows->list.count; i++) {
        const struct rows_function *g = &rows->list.items[i];
        if (!wanted_function(&wanted, g->path, g->name, g->line, g->last_line))
            continue;
        struct target t = {r, p, rows, g, f->name};
        measure(&t, found++);
    }
    struct str name = STR_INIT;
    study_point_name(p, &name);
    if (!found)
        warn("%s, %s: no function '%s' ran", p->experiment->name, name.data, f->is);
    str_release(&name);
}

static void evaluate(struct study_results *r)
{
    for (size_t i = 0; i < r->points->list.count; i++) {
        const struct study_point *p = &r->points->list.items[i];
        struct rows rows;
        if (p->state != SUMMARY_DONE)
            continue;
        if (!rows_load(r, p, &rows)) {
            warn("nothing of %s is recorded: was it built with farmcc?", p->command);
            continue;
        }
        for (size_t k = 0; k < r->study->functions.count; k++)
            if (!r->wish->function || strcmp(r->wish->function, r->study->functions.items[k].name) == 0)
                measure_function(r, p, &rows, &r->study->functions.items[k]);
        rows_release(&rows);
    }
}

const struct phase phase_line = {3, "line", "Line: the named functions, line by line", evaluate};
