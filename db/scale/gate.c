/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/gate.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "db/path.h"

static const struct column columns[] = {
    {"Verdict", "verdict", COLUMN_TEXT, USE_ALL},
    {"Before", "class_before", COLUMN_TEXT, USE_ALL},
    {"After", "class_after", COLUMN_TEXT, USE_ALL},
    {"Metric", "metric", COLUMN_TEXT, USE_ALL},
    {"What", "what", COLUMN_TEXT, USE_ALL},
    {"Model", "model_after", COLUMN_TEXT, USE_ALL},
    {"File", "file", COLUMN_TEXT, USE_PROGRAMS},
    {"Line", "line", COLUMN_NUMBER, USE_PROGRAMS},
    {"Function", "function", COLUMN_TEXT, USE_PROGRAMS},
};

static bool classed(const struct scale_verdict *v)
{
    return v->growth.class < GROWTH_PIECEWISE;
}

/* What stands for a side in a comparison: the series itself, or, of lines, the function's fastest growing one. */
static const struct scale_verdict *find(const struct scale_verdicts *v, const struct scale_series *like)
{
    const struct scale_verdict *found = NULL;
    for (size_t i = 0; i < v->list.count; i++) {
        const struct scale_verdict *one = &v->list.items[i];
        const struct scale_series *s = one->series;
        if (s->scope != like->scope || strcmp(s->metric, like->metric) != 0 || !classed(one) ||
            strcmp(s->function, like->function) != 0)
            continue;
        if (!found || one->growth.low > found->growth.low)
            found = one;
    }
    return found;
}

/* Totals repeat what the functions inside say; bytes and lines' times repeat counts. */
static bool compared(const struct scale_verdict *v)
{
    const char *metric = v->series->metric;
    if (v->series->scope == SCALE_LINE)
        return strcmp(metric, "hits") == 0 || strcmp(metric, "allocs") == 0;
    return strcmp(metric, "total_s") != 0;
}

static const char *verdict(const struct growth *before, const struct growth *after)
{
    return after->low > before->high ? "worse" : after->high < before->low ? "better" : "same";
}

static void add_row(struct table *t, const struct scale_verdict *before, const struct scale_verdict *after,
                    const char *folder)
{
    const struct scale_series *s = after->series;
    struct str text = STR_INIT;
    table_text(t, verdict(&before->growth, &after->growth));
    growth_class_text(&before->growth, &text);
    table_str(t, &text);
    growth_class_text(&after->growth, &text);
    table_str(t, &text);
    table_text(t, s->metric);
    if (s->scope == SCALE_PROGRAM)
        str_add(&text, "program");
    else if (s->scope == SCALE_FUNCTION)
        str_addf(&text, "%s()", s->function);
    else
        str_addf(&text, "%s() %s:%lld", s->function, path_inside(folder, s->file), (long long)s->line);
    table_str(t, &text);
    growth_model_text(&after->growth.model, "n", &text);
    table_str(t, &text);
    table_text(t, s->file);
    table_int(t, s->line);
    table_text(t, s->function);
    str_release(&text);
}

int scale_gate(const struct scale_verdicts *before, const struct scale_verdicts *after, const char *folder,
               bool programs, struct doc *d)
{
    struct table *t = doc_table(d, "changes", NULL, columns, sizeof columns / sizeof *columns);
    size_t all = 0, worse = 0, better = 0;
    for (size_t i = 0; i < after->list.count; i++) {
        const struct scale_verdict *v = &after->list.items[i];
        const struct scale_verdict *old = compared(v) ? find(before, v->series) : NULL;
        if (!old || find(after, v->series) != v)
            continue;
        const char *word = verdict(&old->growth, &v->growth);
        all++;
        worse += strcmp(word, "worse") == 0;
        better += strcmp(word, "better") == 0;
        if (programs || strcmp(word, "same") != 0)
            add_row(t, old, v, folder);
    }
    doc_fact_int(d, "compared", (int64_t)all);
    doc_fact_int(d, "worse", (int64_t)worse);
    doc_fact_int(d, "better", (int64_t)better);
    if (!all)
        doc_head(d, "nothing has a class on both sides: sweep at least 5 sizes over a range of 16");
    else
        doc_head(d, "%zu classes of growth compared: %zu worse, %zu better", all, worse, better);
    return !all ? EXIT_UNDECIDED : worse ? EXIT_REGRESSION : EXIT_OK;
}
