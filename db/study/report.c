/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PHASEN_REPORT.md: what a summary has, as tables, and nothing that it has not. Measurements of an experiment and kind
 * are one table, a row for each subject and point, a column for each metric, the runs behind the row last.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/doc.h"
#include "db/format.h"
#include "db/quantity.h"
#include "db/study/summary.h"

void summary_figure(struct str *out, const char *unit, double value)
{
    static const struct { const char *unit; double seconds; } times[] = {
        {"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (strcmp(unit, times[i].unit) == 0) {
            quantity_seconds(out, value * times[i].seconds);
            return;
        }
    }
    const char *behind = strcmp(unit, "count") ? unit : "";
    if (strcmp(unit, "bytes") == 0 && value >= 0) {
        quantity_bytes(out, value);
        return;
    }
    if (strcmp(unit, "share") == 0) {
        quantity_percent(out, value);
        behind = "%";
    } else if (fabs(value) >= 999.5 && fabs(value) < 1e15) {
        quantity_count(out, llround(value));
    } else {
        str_addf(out, "%.3g", value);
    }
    str_addf(out, "%s%s", *behind ? " " : "", behind);
}

static void put_value(struct table *t, const struct summary_measurement *m)
{
    struct str text = STR_INIT;
    if (!m || isnan(m->value)) {
        table_none(t);
        return;
    }
    summary_figure(&text, m->unit, m->value);
    if (!isnan(m->low) && !isnan(m->high) && m->low < m->high) {
        str_add(&text, " (");
        summary_figure(&text, m->unit, m->low);
        str_add(&text, " .. ");
        summary_figure(&text, m->unit, m->high);
        str_add(&text, ")");
    }
    table_text(t, text.data);
    str_release(&text);
}

/* 3, 5..9 */
static void put_runs(struct table *t, const struct summary_runs *runs)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < runs->list.count; i++) {
        size_t last = i;
        while (last + 1 < runs->list.count && runs->list.items[last + 1] == runs->list.items[last] + 1)
            last++;
        str_addf(&text, "%s%lld", i ? ", " : "", (long long)runs->list.items[i]);
        if (last > i)
            str_addf(&text, "%s%lld", last > i + 1 ? ".." : ", ", (long long)runs->list.items[last]);
        i = last;
    }
    table_text(t, text.data);
    str_release(&text);
}

static void name_parameters(const struct summary_parameters *p, struct str *out)
{
    for (size_t i = 0; i < p->list.count; i++)
        str_addf(out, "%s%s=%s", i ? ", " : "", p->list.items[i].name, p->list.items[i].value);
}

static void put_parameters(struct table *t, const struct summary_parameters *p)
{
    struct str text = STR_INIT;
    name_parameters(p, &text);
    table_text(t, text.data);
    str_release(&text);
}

/* ---- measurements of one experiment and kind */

struct sheet {
    VEC(const char *) metrics;
    VEC(const struct summary_measurement *) rows;        /* the first of each */
    bool parameters, places, texts;
};

static bool same_parameters(const struct summary_parameters *a, const struct summary_parameters *b)
{
    bool same = a->list.count == b->list.count;
    for (size_t i = 0; same && i < a->list.count; i++)
        same = strcmp(a->list.items[i].name, b->list.items[i].name) == 0 &&
               strcmp(a->list.items[i].value, b->list.items[i].value) == 0;
    return same;
}

static bool same_runs(const struct summary_runs *a, const struct summary_runs *b)
{
    return a->list.count == b->list.count &&
           (!a->list.count || memcmp(a->list.items, b->list.items, a->list.count * sizeof *a->list.items) == 0);
}

static bool same_sheet(const struct summary_measurement *a, const struct summary_measurement *b)
{
    return a->kind == b->kind && strcmp(a->experiment, b->experiment) == 0;
}

static bool same_row(const struct summary_measurement *a, const struct summary_measurement *b)
{
    return same_sheet(a, b) && strcmp(a->subject, b->subject) == 0 && strcmp(a->place, b->place) == 0 &&
           same_parameters(&a->parameters, &b->parameters) && same_runs(&a->runs, &b->runs);
}

static void add_to_sheet(struct sheet *sheet, const struct summary_measurement *m)
{
    bool known = false;
    for (size_t i = 0; i < sheet->metrics.count; i++)
        known = known || strcmp(sheet->metrics.items[i], m->metric) == 0;
    if (!known)
        *vec_push(&sheet->metrics) = m->metric;
    known = false;
    for (size_t i = sheet->rows.count; !known && i--;)
        known = same_row(sheet->rows.items[i], m);
    if (!known)
        *vec_push(&sheet->rows) = m;
    sheet->parameters |= m->parameters.list.count > 0;
    sheet->places |= *m->place != 0;
    sheet->texts |= *m->text != 0;
}

static const struct summary_measurement *cell_of(const struct summary *s, const struct summary_measurement *row,
                                                 const char *metric)
{
    for (size_t i = (size_t)(row - s->measurements.items); i < s->measurements.count; i++)
        if (strcmp(s->measurements.items[i].metric, metric) == 0 && same_row(row, &s->measurements.items[i]))
            return &s->measurements.items[i];
    return NULL;
}

static struct column *sheet_columns(const struct sheet *sheet, enum summary_kind kind, size_t *count)
{
    struct column *columns = xcalloc(sheet->metrics.count + 5, sizeof *columns);
    size_t n = 0;
    columns[n++] = (struct column){kind == SUMMARY_PROGRAM ? "Of" : summary_kind_name(kind), "subject", COLUMN_TEXT,
                                   USE_ALL};
    if (sheet->places)
        columns[n++] = (struct column){kind == SUMMARY_LINE ? "Function" : "Place", "place", COLUMN_TEXT, USE_ALL};
    if (sheet->parameters)
        columns[n++] = (struct column){"Parameters", "parameters", COLUMN_TEXT, USE_ALL};
    for (size_t i = 0; i < sheet->metrics.count; i++)
        columns[n++] = (struct column){sheet->metrics.items[i], "value", COLUMN_ANY, USE_ALL};
    if (sheet->texts)
        columns[n++] = (struct column){kind == SUMMARY_COMPONENT ? "Proof" : "Source", "text", COLUMN_TEXT, USE_ALL};
    columns[n++] = (struct column){"Runs", "runs", COLUMN_TEXT, USE_ALL};
    *count = n;
    return columns;
}

static void add_sheet(const struct summary *s, const struct summary_measurement *first, struct doc *d)
{
    struct sheet sheet = {0};
    size_t count;
    for (const struct summary_measurement *m = first; m < s->measurements.items + s->measurements.count; m++)
        if (same_sheet(first, m))
            add_to_sheet(&sheet, m);
    struct column *columns = sheet_columns(&sheet, first->kind, &count);
    char *title = str_format("%s: by %s", first->experiment, summary_kind_name(first->kind));
    struct table *t = doc_table(d, "measurements", title, columns, count);
    for (size_t i = 0; i < sheet.rows.count; i++) {
        const struct summary_measurement *row = sheet.rows.items[i];
        table_text(t, row->subject);
        if (sheet.places)
            table_text(t, row->place);
        if (sheet.parameters)
            put_parameters(t, &row->parameters);
        for (size_t k = 0; k < sheet.metrics.count; k++)
            put_value(t, cell_of(s, row, sheet.metrics.items[k]));
        if (sheet.texts)
            table_text(t, row->text);
        put_runs(t, &row->runs);
    }
    free(title);
    vec_release(&sheet.metrics);
    vec_release(&sheet.rows);
}

static void add_measurements(const struct summary *s, struct doc *d)
{
    for (size_t i = 0; i < s->measurements.count; i++) {
        bool seen = false;
        for (size_t k = 0; !seen && k < i; k++)
            seen = same_sheet(&s->measurements.items[k], &s->measurements.items[i]);
        if (!seen)
            add_sheet(s, &s->measurements.items[i], d);
    }
}

/* ---- the other tables */

static const struct column point_columns[] = {
    {"Experiment", "experiment", COLUMN_TEXT, USE_ALL}, {"Parameters", "parameters", COLUMN_TEXT, USE_ALL},
    {"State", "state", COLUMN_TEXT, USE_ALL},           {"Why", "why", COLUMN_TEXT, USE_ALL},
    {"Runs", "runs", COLUMN_TEXT, USE_ALL},
};

static const struct column finding_columns[] = {
    {"Subject", "subject", COLUMN_TEXT, USE_ALL}, {"Finding", "words", COLUMN_TEXT, USE_ALL},
    {"Rule", "rule", COLUMN_TEXT, USE_ALL},       {"Experiment", "experiment", COLUMN_TEXT, USE_ALL},
    {"Parameters", "parameters", COLUMN_TEXT, USE_ALL}, {"Runs", "runs", COLUMN_TEXT, USE_ALL},
};

static const struct column class_columns[] = {
    {"Experiment", "experiment", COLUMN_TEXT, USE_ALL}, {"Of", "scope", COLUMN_TEXT, USE_ALL},
    {"Subject", "subject", COLUMN_TEXT, USE_ALL},       {"Metric", "metric", COLUMN_TEXT, USE_ALL},
    {"Class", "class", COLUMN_TEXT, USE_ALL},           {"Exponent", "exponent", COLUMN_TEXT, USE_ALL},
    {"Model", "model", COLUMN_TEXT, USE_ALL},           {"Runs", "runs", COLUMN_TEXT, USE_ALL},
};

static void add_findings(const struct summary *s, struct doc *d)
{
    if (!s->findings.count)
        return;
    struct table *t = doc_table(d, "findings", "Findings", finding_columns, 6);
    for (size_t i = 0; i < s->findings.count; i++) {
        const struct summary_finding *f = &s->findings.items[i];
        table_text(t, f->subject);
        table_text(t, f->words);
        table_text(t, f->rule);
        table_text(t, f->experiment);
        put_parameters(t, &f->parameters);
        put_runs(t, &f->runs);
    }
}

static void add_classes(const struct summary *s, struct doc *d)
{
    if (!s->classes.count)
        return;
    struct table *t = doc_table(d, "classes", "Growth", class_columns, 8);
    for (size_t i = 0; i < s->classes.count; i++) {
        const struct summary_class *c = &s->classes.items[i];
        char *exponent = isnan(c->low) || isnan(c->high)
                             ? str_format("%.2f", c->exponent)
                             : str_format("%.2f (%.2f .. %.2f)", c->exponent, c->low, c->high);
        table_text(t, c->experiment);
        table_text(t, c->scope);
        table_text(t, c->subject);
        table_text(t, c->metric);
        table_text(t, c->class);
        table_text(t, isnan(c->exponent) ? "" : exponent);
        table_text(t, c->model);
        put_runs(t, &c->runs);
        free(exponent);
    }
}

static void add_points(const struct summary *s, struct doc *d)
{
    if (!s->points.count)
        return;
    struct table *t = doc_table(d, "points", "Points", point_columns, 5);
    for (size_t i = 0; i < s->points.count; i++) {
        const struct summary_point *p = &s->points.items[i];
        table_text(t, p->experiment);
        put_parameters(t, &p->parameters);
        table_text(t, summary_state_name(p->state));
        table_text(t, p->why);
        put_runs(t, &p->runs);
    }
}

static void add_head(const struct summary *s, FILE *out)
{
    size_t failed = 0;
    for (size_t i = 0; i < s->points.count; i++)
        failed += s->points.items[i].state != SUMMARY_DONE;
    fprintf(out, "# %s\n\n", s->title);
    fprintf(out, "| Study | Grid | Points | Not done | Wall time | Started | Machine | Commit |\n"
                 "| --- | --- | ---: | ---: | ---: | --- | --- | --- |\n");
    fprintf(out, "| %s | %s | %zu | %zu | %.0f s | %s | %s, %s, %g cores, Linux %s%s%s | %.12s%s |\n\n", s->study,
            s->quick ? "quick" : "full", s->points.count, failed, s->seconds, s->started, s->machine.host,
            s->machine.cpu, s->machine.cores, s->machine.kernel, *s->machine.governor ? ", " : "", s->machine.governor,
            *s->commit ? s->commit : "none", s->dirty ? " with changes" : "");
}

static void add_files(const struct summary *s, FILE *out)
{
    if (s->files.count)
        fprintf(out, "### Files\n\n");
    for (size_t i = 0; i < s->files.count; i++) {
        const char *path = s->files.items[i], *end = strrchr(path, '.');
        if (end && strcmp(end, ".png") == 0)
            fprintf(out, "![%s](%s)\n", path, path);
        else
            fprintf(out, "* [%s](%s)\n", path, path);
    }
}

void summary_report(const struct summary *s, struct str *out)
{
    char *text = NULL;
    size_t len = 0;
    struct look look = {0};
    struct doc d;
    if (!s->measurements.count && !s->points.count && !s->findings.count)
        return;
    FILE *file = open_memstream(&text, &len);
    doc_init(&d, "study");
    add_findings(s, &d);
    add_classes(s, &d);
    add_measurements(s, &d);
    add_points(s, &d);
    add_head(s, file);
    format_find("md")->write(&d, &look, file);
    add_files(s, file);
    fclose(file);
    str_add_bytes(out, text, len);
    free(text);
    for (size_t i = 0; i < d.tables.count; i++)
        if (strcmp(d.tables.items[i]->name, "measurements") == 0)
            free((struct column *)d.tables.items[i]->columns);
    doc_release(&d);
}
