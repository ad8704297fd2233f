/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/lines.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/doc.h"
#include "db/format.h"
#include "db/listing.h"
#include "db/path.h"
#include "db/stats/stats.h"

static struct lines_line *find(struct lines *l, int64_t file, int64_t line)
{
    for (size_t i = 0; i < l->list.count; i++)
        if (l->list.items[i].file == file && l->list.items[i].line == line)
            return &l->list.items[i];
    return NULL;
}

static struct lines_line *add(struct lines *l, struct sql_stmt *s)
{
    size_t runs = l->rows->runs.count;
    struct lines_line *line = vec_push(&l->list);
    line->file = sql_int(s, 0);
    line->line = sql_int(s, 1);
    line->place = str_format("%s:%lld", path_inside(l->rows->folder, sql_text(s, 7)), (long long)line->line);
    line->text = str_copy("");
    for (int v = 0; v < LINES_VALUES; v++)
        line->values[v] = xcalloc(runs, sizeof(double));
    for (size_t run = 0; run < runs; run++)
        line->values[LINES_EXACT_NS][run] = NAN;
    return line;
}

static void load_run(const struct study_results *r, size_t run, const struct rows_function *f, struct lines *l)
{
    struct study_point one = {0};
    struct selection selection;
    *vec_push(&one.runs) = l->rows->runs.items[run];
    bool selected = study_select(r, &one, &selection);
    vec_release(&one.runs);
    if (!selected)
        return;
    struct sql_stmt *s = store_prepare(r->store->db, "report_lines");
    sql_bind_int(s, "file", f->file);
    sql_bind_int(s, "line", f->line);
    sql_bind_text(s, "name", f->name);
    while (sql_step(s)) {
        struct lines_line *line = find(l, sql_int(s, 0), sql_int(s, 1));
        line = line ? line : add(l, s);
        line->values[LINES_HITS][run] = sql_is_null(s, 2) ? NAN : sql_real(s, 2);
        line->values[LINES_TIME_NS][run] = l->rows->samples ? sql_real(s, 5) : NAN;
        line->values[LINES_ALLOCS][run] = sql_real(s, 8);
        line->values[LINES_EXACT_NS][run] = sql_is_null(s, 10) ? NAN : sql_real(s, 10);
        line->samples += sql_real(s, 4);
        l->exact |= !sql_is_null(s, 10);
    }
    sql_done(s);
    select_release(&selection);
}

static void load_text(const struct study_results *r, struct lines *l)
{
    struct listing listing = {0};
    for (size_t i = 0; i < l->list.count; i++) {
        struct lines_line *line = &l->list.items[i];
        if (!listing_load(r->store->db, &listing, line->file))
            continue;
        free(line->text);
        line->text = str_copy(listing_line(&listing, (int)line->line));
    }
    listing_release(&listing);
}

/* Of the runs that know it. */
static double median(const double *values, size_t runs)
{
    VEC(double) known = {0};
    for (size_t i = 0; i < runs; i++)
        if (!isnan(values[i]))
            *vec_push(&known) = values[i];
    double m = known.count ? stats_median(known.items, known.count) : NAN;
    vec_release(&known);
    return m;
}

static int by_line(const void *a, const void *b)
{
    const struct lines_line *x = a, *y = b;
    return x->file != y->file ? (x->file > y->file) - (x->file < y->file) : (x->line > y->line) - (x->line < y->line);
}

void lines_load(const struct study_results *r, const struct rows *rows, const struct rows_function *f,
                struct lines *out)
{
    *out = (struct lines){.rows = rows};
    for (size_t run = 0; run < rows->runs.count; run++)
        load_run(r, run, f, out);
    if (out->list.count)
        qsort(out->list.items, out->list.count, sizeof *out->list.items, by_line);
    load_text(r, out);
    for (size_t i = 0; i < out->list.count; i++)
        for (int v = 0; v < LINES_VALUES; v++)
            out->list.items[i].median[v] = median(out->list.items[i].values[v], rows->runs.count);
}

void lines_release(struct lines *l)
{
    for (size_t i = 0; i < l->list.count; i++) {
        for (int v = 0; v < LINES_VALUES; v++)
            free(l->list.items[i].values[v]);
        free(l->list.items[i].place);
        free(l->list.items[i].text);
    }
    vec_release(&l->list);
}

enum lines_value lines_time(const struct lines *l)
{
    return l->exact ? LINES_EXACT_NS : LINES_TIME_NS;
}

static double all_samples(const struct lines *l)
{
    double sum = 0;
    for (size_t i = 0; i < l->list.count; i++)
        sum += l->list.items[i].samples;
    return sum;
}

bool lines_shared(const struct lines *l)
{
    return l->exact || all_samples(l) >= SELECT_FEW_SAMPLES;
}

double lines_total(const struct lines *l)
{
    double sum = 0;
    for (size_t i = 0; i < l->list.count; i++) {
        double ns = l->list.items[i].median[lines_time(l)];
        sum += isnan(ns) ? 0 : ns;
    }
    return sum;
}

static const struct column columns[] = {
    {"Line", "line", COLUMN_NUMBER, USE_ALL},           {"Hits", "hits", COLUMN_COUNT, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL},        {"Per hit", "per_hit_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"% Time", "share", COLUMN_SHARE, USE_ALL},         {"Allocs", "allocs", COLUMN_COUNT, USE_ALL},
    {"Source", "text", COLUMN_TEXT, USE_ALL},
};

static void real_or_none(struct table *t, double value)
{
    if (isfinite(value) && value > 0)
        table_real(t, value);
    else
        table_none(t);
}

static void add_row(struct table *t, const struct lines *l, const struct lines_line *line, double total)
{
    double hits = line->median[LINES_HITS], ns = line->median[lines_time(l)];
    table_int(t, line->line);
    if (isnan(hits))
        table_none(t);
    else
        table_int(t, (int64_t)hits);
    real_or_none(t, ns / 1e9);
    real_or_none(t, ns / hits);
    real_or_none(t, total > 0 && lines_shared(l) ? ns / total : NAN);
    if (line->median[LINES_ALLOCS] > 0)
        table_int(t, (int64_t)line->median[LINES_ALLOCS]);
    else
        table_none(t);
    table_text(t, line->text);
}

void lines_text(const struct lines *l, const struct rows_function *f, const char *name, struct str *out)
{
    char *text = NULL;
    size_t len = 0;
    struct look look = {0};
    struct doc d;
    FILE *file = open_memstream(&text, &len);
    double total = lines_total(l);
    doc_init(&d, "study");
    const struct rows *rows = l->rows;
    char *more = rows->runs.count > 1
                     ? str_format(" to %lld, medians", (long long)rows->runs.items[rows->runs.count - 1])
                     : str_copy("");
    doc_head(&d, "%s (%s%s%s), run %lld%s; time %s", name, strcmp(name, f->name) ? f->name : "",
             strcmp(name, f->name) ? ", " : "", f->place, (long long)rows->runs.items[0], more,
             l->exact ? "by the clock, with what the line calls" : "by samples, in the line itself");
    free(more);
    if (!lines_shared(l))
        doc_head(&d, "%.0f samples in it: too few for shares; give the program more to do, or time it by the clock "
                 "(exact_lines)", all_samples(l));
    struct table *t = doc_table(&d, "lines", NULL, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < l->list.count; i++)
        add_row(t, l, &l->list.items[i], total);
    format_find("text")->write(&d, &look, file);
    fclose(file);
    str_add_bytes(out, text, len);
    free(text);
    doc_release(&d);
}
