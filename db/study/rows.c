/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/path.h"
#include "db/stats/stats.h"

static struct rows_function *find(struct rows *rows, const char *path, const char *name, int64_t line)
{
    for (size_t i = 0; i < rows->list.count; i++) {
        struct rows_function *f = &rows->list.items[i];
        if (f->line == line && strcmp(f->name, name) == 0 && strcmp(f->path, path) == 0)
            return f;
    }
    return NULL;
}

static struct rows_function *add(const struct study_results *r, struct rows *rows, size_t runs, struct sql_stmt *s)
{
    const char *path = sql_text(s, 1), *name = sql_text(s, 2);
    struct rows_function *f = vec_push(&rows->list);
    *f = (struct rows_function){.path = str_copy(path), .name = str_copy(name), .file = sql_int(s, 0),
                                .line = sql_int(s, 3), .last_line = sql_int(s, 4),
                                .component = study_component(r->study, path, name)};
    f->place = str_format("%s:%lld", path_inside(rows->folder, path), (long long)f->line);
    for (int v = 0; v < ROWS_VALUES; v++)
        f->values[v] = xcalloc(runs, sizeof **f->values);
    return f;
}

static void load_functions(const struct study_results *r, struct rows *rows, size_t runs, size_t run)
{
    struct sql_stmt *s = store_prepare(r->store->db, "report_functions");
    while (sql_step(s)) {
        struct rows_function *f = find(rows, sql_text(s, 1), sql_text(s, 2), sql_int(s, 3));
        f = f ? f : add(r, rows, runs, s);
        f->values[ROWS_CALLS][run] = (double)sql_int(s, 5);
        f->values[ROWS_SELF_NS][run] = sql_real(s, 7);
        f->values[ROWS_TOTAL_NS][run] = sql_real(s, 9);
    }
    sql_done(s);
    s = store_prepare(r->store->db, "study_allocs");
    while (sql_step(s)) {
        struct rows_function *f = find(rows, sql_text(s, 0), sql_text(s, 1), sql_int(s, 2));
        if (f)
            f->values[ROWS_ALLOCS][run] = sql_real(s, 3);
    }
    sql_done(s);
}

/* Steps as the program marks them, else as the study's parameter says. */
static void load_steps(const struct study_results *r, const struct study_point *p, struct rows *rows)
{
    const char *written = *r->study->step ? study_point_value(p, r->study->step) : NULL;
    double steps = written ? strtod(written, NULL) : NAN, p50 = NAN, p99 = NAN;
    struct sql_stmt *s = store_prepare(r->store->db, "study_steps");
    if (sql_step(s)) {
        steps = sql_real(s, 0);
        p50 = sql_is_null(s, 1) ? NAN : sql_real(s, 1);
        p99 = sql_is_null(s, 2) ? NAN : sql_real(s, 2);
    }
    sql_done(s);
    *vec_push(&rows->steps) = steps > 0 ? steps : NAN;
    *vec_push(&rows->step_p50_s) = p50;
    *vec_push(&rows->step_p99_s) = p99;
}

static void load_run(const struct study_results *r, const struct study_point *p, size_t number, struct rows *rows)
{
    struct study_point one = {0};
    struct selection selection;
    *vec_push(&one.runs) = p->runs.items[number];
    if (study_select(r, &one, &selection)) {
        if (!rows->folder)
            rows->folder = str_copy(selection.folder ? selection.folder : "");
        load_functions(r, rows, p->runs.count, rows->runs.count);
        load_steps(r, p, rows);
        *vec_push(&rows->runs) = p->runs.items[number];
        *vec_push(&rows->cpu_ns) = selection.samples ? selection.cpu_ns : 0;
        rows->samples += selection.samples;
        select_release(&selection);
    }
    vec_release(&one.runs);
}

struct ranked {
    struct rows_function *function;
    double value;
};

static int by_value(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return strcmp(x->function->name, y->function->name);
}

static void rank(struct rows *rows, enum rows_value v)
{
    size_t count = rows->list.count;
    struct ranked *order = xcalloc(count + 1, sizeof *order);
    for (size_t i = 0; i < count; i++) {
        struct rows_function *f = &rows->list.items[i];
        f->median[v] = stats_median(f->values[v], rows->runs.count);
        order[i] = (struct ranked){f, f->median[v]};
    }
    qsort(order, count, sizeof *order, by_value);
    for (size_t i = 0; i < count; i++)
        order[i].function->rank[v] = i + 1;
    free(order);
}

bool rows_load(const struct study_results *r, const struct study_point *p, struct rows *out)
{
    *out = (struct rows){0};
    for (size_t i = 0; i < p->runs.count; i++)
        load_run(r, p, i, out);
    if (!out->list.count) {
        rows_release(out);
        return false;
    }
    for (int v = 0; v < ROWS_VALUES; v++)
        rank(out, (enum rows_value)v);
    return true;
}

void rows_release(struct rows *rows)
{
    for (size_t i = 0; i < rows->list.count; i++) {
        struct rows_function *f = &rows->list.items[i];
        for (int v = 0; v < ROWS_VALUES; v++)
            free(f->values[v]);
        free(f->path);
        free(f->name);
        free(f->place);
    }
    vec_release(&rows->list);
    vec_release(&rows->runs);
    vec_release(&rows->cpu_ns);
    vec_release(&rows->steps);
    vec_release(&rows->step_p50_s);
    vec_release(&rows->step_p99_s);
    free(rows->folder);
    rows->folder = NULL;
}

double rows_cpu(const struct rows *rows)
{
    return stats_median(rows->cpu_ns.items, rows->cpu_ns.count);
}

void rows_values(const struct rows *rows, const double *values, const double *by, double scale,
                 struct study_values *out)
{
    *out = (struct study_values){0};
    for (size_t i = 0; i < rows->runs.count; i++) {
        double value = values[i] / scale / (by ? by[i] : 1);
        if (!isfinite(value))
            continue;
        *vec_push(&out->list) = value;
        *vec_push(&out->runs) = rows->runs.items[i];
    }
}
