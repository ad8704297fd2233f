/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/doc.h"

#include <math.h>
#include <stdlib.h>

void doc_init(struct doc *d, const char *command)
{
    *d = (struct doc){.command = command};
}

static void table_free(struct table *t)
{
    for (size_t i = 0; i < t->cells.count; i++)
        free(t->cells.items[i].text);
    vec_release(&t->cells);
    vec_release(&t->hot);
    free(t->name);
    free(t->title);
    free(t);
}

void doc_release(struct doc *d)
{
    for (size_t i = 0; i < d->facts.count; i++)
        free(d->facts.items[i].value.text);
    for (size_t i = 0; i < d->head.count; i++)
        free(d->head.items[i]);
    for (size_t i = 0; i < d->foot.count; i++)
        free(d->foot.items[i]);
    for (size_t i = 0; i < d->tables.count; i++)
        table_free(d->tables.items[i]);
    vec_release(&d->facts);
    vec_release(&d->head);
    vec_release(&d->foot);
    vec_release(&d->tables);
}

void doc_fact_int(struct doc *d, const char *name, int64_t value)
{
    *vec_push(&d->facts) = (struct fact){name, {.kind = CELL_INT, .i = value}};
}

void doc_fact_real(struct doc *d, const char *name, double value)
{
    *vec_push(&d->facts) = (struct fact){name, {.kind = CELL_REAL, .r = value}};
}

void doc_fact_text(struct doc *d, const char *name, const char *value)
{
    *vec_push(&d->facts) = (struct fact){name, {.kind = CELL_TEXT, .text = str_copy(value)}};
}

void doc_head(struct doc *d, const char *format, ...)
{
    struct str line = STR_INIT;
    va_list args;
    va_start(args, format);
    str_vaddf(&line, format, args);
    va_end(args);
    *vec_push(&d->head) = str_detach(&line);
}

void doc_foot(struct doc *d, const char *format, ...)
{
    struct str line = STR_INIT;
    va_list args;
    va_start(args, format);
    str_vaddf(&line, format, args);
    va_end(args);
    *vec_push(&d->foot) = str_detach(&line);
}

struct table *doc_table(struct doc *d, const char *name, const char *title, const struct column *columns, size_t count)
{
    struct table *t = xcalloc(1, sizeof *t);
    t->name = str_copy(name);
    t->title = title ? str_copy(title) : NULL;
    t->columns = columns;
    t->column_count = count;
    *vec_push(&d->tables) = t;
    return t;
}

static struct cell *add(struct table *t, enum cell_kind kind)
{
    if (t->cells.count % t->column_count == 0)
        vec_push(&t->hot);
    struct cell *c = vec_push(&t->cells);
    c->kind = kind;
    return c;
}

void table_int(struct table *t, int64_t value)
{
    add(t, CELL_INT)->i = value;
}

void table_marked(struct table *t, int64_t value, char mark)
{
    struct cell *c = add(t, CELL_INT);
    c->i = value;
    c->mark = mark;
}

void table_real(struct table *t, double value)
{
    add(t, CELL_REAL)->r = value;
}

void table_text(struct table *t, const char *value)
{
    add(t, CELL_TEXT)->text = str_copy(value);
}

void table_str(struct table *t, struct str *text)
{
    table_text(t, text->data);
    str_clear(text);
}

void table_none(struct table *t)
{
    add(t, CELL_NONE);
}

void table_finite(struct table *t, double value)
{
    if (isfinite(value))
        table_real(t, value);
    else
        table_none(t);
}

void table_hot(struct table *t)
{
    t->hot.items[t->hot.count - 1] = 1;
}

size_t table_rows(const struct table *t)
{
    return t->cells.count / t->column_count;
}

const struct cell *table_cell(const struct table *t, size_t row, size_t column)
{
    return &t->cells.items[row * t->column_count + column];
}
