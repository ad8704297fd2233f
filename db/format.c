/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/format.h"

#include <string.h>

#include "db/quantity.h"

extern const struct format format_text, format_csv, format_json, format_md, format_html, format_quickfix;

static const struct format *const formats[] = {&format_text, &format_csv, &format_json, &format_md, &format_html,
                                              &format_quickfix};

const struct format *format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

const char *format_names(void)
{
    return "text, csv, json, md, html or quickfix";
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

size_t format_sequence(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t len = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : s[0] >= 0xe0 && s[0] < 0xf0 ? 3
               : s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < len; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
    bool beyond = (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f);
    return overlong || beyond ? 0 : len;
}
