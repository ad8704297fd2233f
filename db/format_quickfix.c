/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For editors: a line "FILE:LINE:COLUMN: MESSAGE" for each row with a place, as compilers write them. What costs most
 * comes first; rows without any figure, and of comparisons what did not change, are left out.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/format.h"

extern const struct format format_quickfix;

struct row {
    const struct table *table;
    size_t number;
    double weight;               /* time, and hits where there is none */
};

struct rows {
    VEC(struct row) list;
};

/* What a message says, in this order. */
static const struct {
    const char *column, *words;  /* %s is the figure */
} parts[] = {
    {"time_s", "%s"}, {"self_s", "self %s"}, {"share", " (%s %)"}, {"self_share", " (%s %)"},
    {"total_s", ", total %s"},
    {"delta_s", "%s more"}, {"hits", ", hits %s"}, {"hits_before", ", hits %s"}, {"hits_after", " -> %s"},
    {"calls", ", calls %s"}, {"allocs", ", allocs %s"}, {"alloc_bytes", ", %s allocated"},
    {"function", ": %s"}, {"why", ": %s"},
};

static const struct cell *cell(const struct table *t, size_t row, const char *name, const struct column **column)
{
    for (size_t c = 0; c < t->column_count; c++)
        if (strcmp(t->columns[c].name, name) == 0 && t->columns[c].use != USE_PEOPLE) {
            const struct cell *found = table_cell(t, row, c);
            if (column)
                *column = &t->columns[c];
            return found->kind == CELL_NONE ? NULL : found;
        }
    return NULL;
}

static double figure(const struct table *t, size_t row, const char *name)
{
    const struct cell *c = cell(t, row, name, NULL);
    return !c ? 0 : c->kind == CELL_INT ? (double)c->i : c->kind == CELL_REAL ? c->r : 0;
}

static const struct cell *place(const struct table *t, size_t row, const char *name, const char *after)
{
    const struct cell *c = cell(t, row, name, NULL);
    return c ? c : cell(t, row, after, NULL);
}

static double weight_of(const struct table *t, size_t row)
{
    static const char *const times[] = {"time_s", "self_s", "delta_s"}, *const counts[] = {"hits", "calls", "allocs"};
    double weight = 0;
    for (int i = 0; i < 3; i++)
        weight = fmax(weight, fabs(figure(t, row, times[i])));
    for (int i = 0; i < 3 && weight == 0; i++)
        weight = figure(t, row, counts[i]) * 1e-15;
    bool compared = cell(t, row, "hits_changed", NULL), changed = figure(t, row, "hits_changed") > 0;
    return !compared ? weight : changed || figure(t, row, "shown") > 0 ? fmax(weight, 1e-15) : 0;
}

static int by_weight(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Tables of one name, the first that has places: others repeat them by function. */
static void collect(const struct doc *d, struct rows *out)
{
    const char *name = NULL;
    for (size_t i = 0; i < d->tables.count; i++) {
        const struct table *t = d->tables.items[i];
        for (size_t r = 0; r < table_rows(t) && (!name || strcmp(name, t->name) == 0); r++) {
            const struct cell *file = place(t, r, "file", "file_after"), *line = place(t, r, "line", "line_after");
            if (!file || !line || file->kind != CELL_TEXT || line->kind != CELL_INT)
                continue;
            name = t->name;
            double weight = weight_of(t, r);
            if (weight > 0)
                *vec_push(&out->list) = (struct row){t, r, weight};
        }
    }
}

static void add_message(const struct row *r, struct str *out)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct column *column;
        const struct cell *c = cell(r->table, r->number, parts[i].column, &column);
        struct str text = STR_INIT;
        if (c && (c->kind == CELL_TEXT || c->i || fabs(c->r) > 0 || strncmp(parts[i].column, "hits", 4) == 0))
            format_people(column, c, &text);
        if (text.len) {
            const char *words = parts[i].words, *hole = strstr(words, "%s");
            words += out->len ? 0 : strspn(words, ", :");
            str_add_bytes(out, words, (size_t)(hole - words));
            str_add(out, text.data);
            str_add(out, hole + 2);
        }
        str_release(&text);
    }
}

static void write_quickfix(const struct doc *d, const struct look *look, FILE *out)
{
    struct rows rows = {0};
    collect(d, &rows);
    if (rows.list.count)
        qsort(rows.list.items, rows.list.count, sizeof *rows.list.items, by_weight);
    for (size_t i = 0; i < rows.list.count; i++) {
        const struct row *r = &rows.list.items[i];
        struct str message = STR_INIT;
        add_message(r, &message);
        for (char *c = message.data; *c; c++)
            *c = *c == '\n' ? ' ' : *c;
        fprintf(out, "%s:%lld:1: %s\n", place(r->table, r->number, "file", "file_after")->text,
                (long long)place(r->table, r->number, "line", "line_after")->i, message.data);
        str_release(&message);
    }
    vec_release(&rows.list);
}

const struct format format_quickfix = {"quickfix", true, write_quickfix};
