/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/path.h"
#include "db/store.h"
#include "db/scale/unit.h"

#define SHARE_THAT_IS_HOT 0.1

static const struct column columns[] = {
    {"Label", "label", COLUMN_TEXT, USE_PROGRAMS},
    {"Scope", "scope", COLUMN_TEXT, USE_PROGRAMS},
    {"File", "file", COLUMN_TEXT, USE_PROGRAMS},
    {"Line", "line", COLUMN_NUMBER, USE_PROGRAMS},
    {"Function", "function", COLUMN_TEXT, USE_PROGRAMS},
    {"What", "what", COLUMN_PLACE, USE_PEOPLE},
    {"Metric", "metric", COLUMN_TEXT, USE_ALL},
    {"Class", "class", COLUMN_TEXT, USE_PROGRAMS},
    {"Class", "classes", COLUMN_TEXT, USE_ALL},
    {"Confidence", "confidence", COLUMN_SHARE, USE_PROGRAMS},
    {"Exponent", "exponent", COLUMN_ANY, USE_PROGRAMS},
    {"Low", "exponent_low", COLUMN_ANY, USE_PROGRAMS},
    {"High", "exponent_high", COLUMN_ANY, USE_PROGRAMS},
    {"Exponent", "exponent_text", COLUMN_TEXT, USE_PEOPLE},
    {"Model", "model", COLUMN_TEXT, USE_ALL},
    {"Exact", "exact", COLUMN_FLAG, USE_PROGRAMS},
    {"Constant", "constant_share", COLUMN_SHARE, USE_PROGRAMS},
    {"Held out", "held_out_error", COLUMN_SHARE, USE_PROGRAMS},
    {"Noise", "noise", COLUMN_SHARE, USE_PROGRAMS},
    {"% now", "share", COLUMN_SHARE, USE_ALL},
    {"% then", "share_predicted", COLUMN_SHARE, USE_ALL},
    {"Predicted", "predicted", COLUMN_ANY, USE_PROGRAMS},
    {"Crossover", "crossover", COLUMN_ANY, USE_PROGRAMS},
    {"Counts", "counts_class", COLUMN_TEXT, USE_PROGRAMS},
    {"From", "from", COLUMN_ANY, USE_PROGRAMS},
    {"Points", "points", COLUMN_COUNT, USE_PROGRAMS},
    {"Slopes", "slopes", COLUMN_TEXT, USE_PROGRAMS},
    {"Note", "note", COLUMN_TEXT, USE_PROGRAMS},
    {"", "text", COLUMN_TEXT, USE_ALL},
};

static struct table *show_table(struct doc *d, const char *title)
{
    return doc_table(d, "rows", title, columns, sizeof columns / sizeof *columns);
}

static const char *const scope_names[] = {"program", "function", "line"};

static void add_model(const struct scale_show *s, const struct scale_verdict *v, struct str *out)
{
    struct scale_unit unit = {1, ""};
    if (!v->growth.model.count)
        return;
    if (!s->format->programs && !v->growth.exact)
        unit = scale_unit_of(v->series->metric, growth_predict(&v->growth.model, s->largest));
    scale_unit_model(v, unit, out);
}

static void add_slopes(const struct scale_verdict *v, struct str *out)
{
    for (size_t i = 0; i + 1 < v->points.points.count; i++)
        str_addf(out, "%s%.2f", i ? " " : "", growth_slope(v->points.points.items, i));
}

static void add_what(struct scale_show *s, struct table *t, const struct scale_verdict *v)
{
    const struct scale_series *series = v->series;
    struct str what = STR_INIT;
    if (series->scope == SCALE_LINE)
        str_addf(&what, "%s:%lld", path_inside(s->folder, series->file), (long long)series->line);
    else
        str_add(&what, series->scope == SCALE_FUNCTION ? series->function : "program");
    table_str(t, &what);
}

/* The version of the line's file that the runs were built from. */
static int64_t file_of(struct scale_show *s, const struct scale_series *series)
{
    struct sql_stmt *q = store_prepare(s->db, "scale_file");
    sql_bind_int(q, "run", s->run);
    sql_bind_text(q, "path", series->file);
    sql_bind_text(q, "function", series->function);
    sql_bind_int(q, "line", series->line);
    int64_t id = sql_step(q) ? sql_int(q, 0) : 0;
    sql_done(q);
    return id;
}

static void add_source(struct scale_show *s, struct table *t, const struct scale_verdict *v)
{
    struct str text = STR_INIT;
    bool line = v->series->scope == SCALE_LINE;
    if (!s->format->programs)
        scale_note(v, &text);
    if (line && !text.len && listing_load(s->db, &s->listing, file_of(s, v->series)))
        str_add(&text, listing_line(&s->listing, (int)v->series->line) +
                           strspn(listing_line(&s->listing, (int)v->series->line), " \t"));
    table_str(t, &text);
}

static void add_growth(struct scale_show *s, struct table *t, const struct scale_verdict *v)
{
    const struct growth *g = &v->growth;
    struct str text = STR_INIT;
    table_text(t, growth_class_name(g->class));
    growth_class_text(g, &text);
    table_str(t, &text);
    table_finite(t, g->confidence);
    table_finite(t, g->exponent);
    table_finite(t, g->exponent_low);
    table_finite(t, g->exponent_high);
    if (isfinite(g->exponent))
        str_addf(&text, "%.2f", g->exponent);
    table_str(t, &text);
    add_model(s, v, &text);
    table_str(t, &text);
    table_int(t, g->exact);
    table_finite(t, g->constant_share);
    table_finite(t, g->held_out);
    table_finite(t, g->noise);
}

static void show_row(struct scale_show *s, struct table *t, const struct scale_verdict *v)
{
    const struct growth *g = &v->growth;
    struct str text = STR_INIT;
    bool program = v->series->scope == SCALE_PROGRAM;
    table_text(t, s->label);
    table_text(t, scope_names[v->series->scope]);
    table_text(t, v->series->file);
    if (program)
        table_none(t);
    else
        table_int(t, v->series->line);
    table_text(t, v->series->function);
    add_what(s, t, v);
    table_text(t, v->series->metric);
    add_growth(s, t, v);
    table_finite(t, v->share);
    table_finite(t, v->share_at);
    table_finite(t, g->model.count ? growth_predict(&g->model, s->at) : NAN);
    table_finite(t, v->overtakes);
    if (v->counts == GROWTH_INCONCLUSIVE)
        table_none(t);
    else
        table_text(t, growth_class_name(v->counts));
    table_finite(t, g->from_n > 0 ? g->from_n : NAN);
    table_int(t, (int64_t)v->points.points.count);
    add_slopes(v, &text);
    table_str(t, &text);
    scale_note(v, &text);
    table_str(t, &text);
    add_source(s, t, v);
    if (g->class >= GROWTH_SQUARE && g->class <= GROWTH_EXPONENTIAL && v->share_at > SHARE_THAT_IS_HOT)
        table_hot(t);
}

void scale_show_init(struct scale_show *s, struct sql *db, const struct format *format, const struct scale_set *set)
{
    *s = (struct scale_show){.db = db, .format = format, .label = set->selection.name,
                             .folder = set->selection.folder, .run = set->selection.runs.items[0], .at = set->at,
                             .largest = set->verdicts.largest};
}

size_t scale_show_rows(struct scale_show *s, const struct scale_set *set, const struct scale_rows *rows, struct doc *d)
{
    VEC(const struct scale_verdict *) picked = {0};
    for (size_t i = 0; i < set->verdicts.list.count; i++) {
        const struct scale_verdict *v = &set->verdicts.list.items[i];
        if (v->series->scope == rows->scope && rows->wants(rows->what, v))
            *vec_push(&picked) = v;
    }
    if (rows->scope != SCALE_PROGRAM && picked.count)
        qsort(picked.items, picked.count, sizeof *picked.items, rows->order);
    struct table *t = picked.count ? show_table(d, rows->title) : NULL;
    for (size_t i = 0; i < picked.count && i < rows->limit; i++)
        show_row(s, t, picked.items[i]);
    size_t count = picked.count;
    vec_release(&picked);
    return count;
}
