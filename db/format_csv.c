/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables that are named like the document's first, as one; RFC 4180 quoting, full precision.
 */
#include <inttypes.h>
#include <string.h>

#include "db/format.h"

extern const struct format format_csv;

static void put_text(const char *text, FILE *out)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            fputc('"', out);
        fputc(*at, out);
    }
    fputc('"', out);
}

static void put_cell(const struct cell *c, FILE *out)
{
    switch (c->kind) {
    case CELL_NONE: break;
    case CELL_INT: fprintf(out, "%" PRId64, c->i); break;
    case CELL_REAL: fprintf(out, "%.10g", c->r); break;
    case CELL_TEXT: put_text(c->text, out);
    }
}

static void put_row(const struct table *t, size_t row, FILE *out)
{
    bool first = true;
    for (size_t c = 0; c < t->column_count; c++) {
        if (!format_shows(&format_csv, &t->columns[c]))
            continue;
        if (!first)
            fputc(',', out);
        first = false;
        if (row)
            put_cell(table_cell(t, row - 1, c), out);
        else
            put_text(t->columns[c].name, out);
    }
    fputc('\n', out);
}

static void write_csv(const struct doc *d, const struct look *look, FILE *out)
{
    for (size_t i = 0; i < d->tables.count; i++) {
        const struct table *t = d->tables.items[i];
        if (strcmp(t->name, d->tables.items[0]->name) != 0)
            continue;
        for (size_t r = i == 0 ? 0 : 1; r <= table_rows(t); r++)
            put_row(t, r, out);
    }
}

const struct format format_csv = {"csv", true, write_csv};
