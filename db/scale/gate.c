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

/* Totals repeat what the functions inside say; bytes and lines' times repeat counts. */
static bool compared(const struct scale_verdict *v)
{
    const char *metric = v->series->metric;
    if (v->series->scope == SCALE_LINE)
        return strcmp(metric, "hits") == 0 || strcmp(metric, "allocs") == 0;
    return strcmp(metric, "total_s") != 0;
}

/* What stands for a side: the program and functions themselves, of each function's lines the fastest growing one. In
 * the order of what they are about. */
struct stand {
    VEC(const struct scale_verdict *) list;
};

static int about(const void *a, const void *b)
{
    const struct scale_series *x = (*(const struct scale_verdict *const *)a)->series;
    const struct scale_series *y = (*(const struct scale_verdict *const *)b)->series;
    if (x->scope != y->scope)
        return x->scope > y->scope ? 1 : -1;
    int metrics = strcmp(x->metric, y->metric);
    return metrics ? metrics : strcmp(x->function, y->function);
}

/* Of those about the same thing the one that stands for them comes first. */
static int stand_order(const void *a, const void *b)
{
    const struct scale_verdict *x = *(const struct scale_verdict *const *)a;
    const struct scale_verdict *y = *(const struct scale_verdict *const *)b;
    int first = about(a, b);
    if (!first && x->growth.low != y->growth.low)
        return x->growth.low > y->growth.low ? -1 : 1;
    return first ? first : x > y ? 1 : -1;
}

static void stand_init(const struct scale_verdicts *v, struct stand *out)
{
    *out = (struct stand){0};
    for (size_t i = 0; i < v->list.count; i++)
        if (classed(&v->list.items[i]) && compared(&v->list.items[i]))
            *vec_push(&out->list) = &v->list.items[i];
    if (!out->list.count)
        return;
    qsort(out->list.items, out->list.count, sizeof *out->list.items, stand_order);
    size_t kept = 1;
    for (size_t i = 1; i < out->list.count; i++)
        if (about(&out->list.items[kept - 1], &out->list.items[i]) != 0)
            out->list.items[kept++] = out->list.items[i];
    out->list.count = kept;
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
    struct stand old, new;
    size_t all = 0, worse = 0, better = 0;
    stand_init(before, &old);
    stand_init(after, &new);
    for (size_t i = 0, k = 0; i < new.list.count; i++) {
        while (k < old.list.count && about(&old.list.items[k], &new.list.items[i]) < 0)
            k++;
        if (k == old.list.count || about(&old.list.items[k], &new.list.items[i]) != 0)
            continue;
        const struct scale_verdict *v = new.list.items[i], *was = old.list.items[k];
        const char *word = verdict(&was->growth, &v->growth);
        all++;
        worse += strcmp(word, "worse") == 0;
        better += strcmp(word, "better") == 0;
        if (programs || strcmp(word, "same") != 0)
            add_row(t, was, v, folder);
    }
    vec_release(&old.list);
    vec_release(&new.list);
    doc_fact_int(d, "compared", (int64_t)all);
    doc_fact_int(d, "worse", (int64_t)worse);
    doc_fact_int(d, "better", (int64_t)better);
    if (!all)
        doc_head(d, "nothing has a class on both sides: sweep at least 5 sizes over a range of 16");
    else
        doc_head(d, "%zu classes of growth compared: %zu worse, %zu better", all, worse, better);
    return !all ? EXIT_UNDECIDED : worse ? EXIT_REGRESSION : EXIT_OK;
}
