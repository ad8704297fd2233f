/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/format.h"

#include <string.h>

#include "db/quantity.h"

extern const struct format format_text, format_csv, format_json, format_md;

static const struct format *const formats[] = {&format_text, &format_csv, &format_json, &format_md};

const struct format *format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

const char *format_names(void)
{
    return "text, csv, json or md";
}

bool format_shows(const struct format *f, const struct column *c)
{
    return c->use == USE_ALL || c->use == (f->programs ? USE_PROGRAMS : USE_PEOPLE);
}

static void add_real(const struct column *c, double value, struct str *out)
{
    switch (c->kind) {
    case COLUMN_SECONDS: quantity_seconds(out, value); break;
    case COLUMN_NANOSECONDS: quantity_seconds(out, value / 1e9); break;
    case COLUMN_SHARE: quantity_percent(out, value); break;
    case COLUMN_BYTES: quantity_bytes(out, value); break;
    default: str_addf(out, "%.6g", value);
    }
}

void format_people(const struct column *c, const struct cell *cell, struct str *out)
{
    if (cell->mark)
        str_add_char(out, cell->mark);
    switch (cell->kind) {
    case CELL_NONE: break;
    case CELL_TEXT: str_add(out, cell->text); break;
    case CELL_REAL: add_real(c, cell->r, out); break;
    case CELL_INT:
        if (c->kind == COLUMN_COUNT)
            quantity_count(out, cell->i);
        else if (c->kind == COLUMN_NUMBER || c->kind == COLUMN_ANY)
            str_addf(out, "%lld", (long long)cell->i);
        else if (c->kind == COLUMN_FLAG)
            str_add(out, cell->i ? "yes" : "");
        else
            add_real(c, (double)cell->i, out);
    }
}
