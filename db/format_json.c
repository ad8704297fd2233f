/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One object: schema, command, facts, and an array for each name of a table.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "db/format.h"

extern const struct format format_json;

#define SCHEMA 1

void format_json_string(const char *text, struct str *out)
{
    str_add_char(out, '"');
    for (const unsigned char *at = (const unsigned char *)text; *at;) {
        size_t len = format_sequence((const char *)at);
        if (*at == '"' || *at == '\\')
            str_addf(out, "\\%c", *at);
        else if (*at == '\n')
            str_add(out, "\\n");
        else if (*at == '\t')
            str_add(out, "\\t");
        else if (*at < 0x20)
            str_addf(out, "\\u%04x", *at);
        else if (len)
            str_add_bytes(out, at, len);
        else
            str_add(out, "\xef\xbf\xbd");
        at += len ? len : 1;
    }
    str_add_char(out, '"');
}

static void put_string(const char *text, FILE *out)
{
    struct str s = STR_INIT;
    format_json_string(text, &s);
    fputs(s.data, out);
    str_release(&s);
}

static void put_value(const struct cell *c, bool flag, FILE *out)
{
    if (c->kind == CELL_INT && flag)
        fputs(c->i ? "true" : "false", out);
    else if (c->kind == CELL_INT)
        fprintf(out, "%" PRId64, c->i);
    else if (c->kind == CELL_REAL && isfinite(c->r))
        fprintf(out, "%.10g", c->r);
    else if (c->kind == CELL_TEXT)
        put_string(c->text, out);
    else
        fputs("null", out);
}

static void put_row(const struct table *t, size_t row, FILE *out)
{
    const char *comma = "";
    fputs("\n    {", out);
    for (size_t c = 0; c < t->column_count; c++) {
        if (!format_shows(&format_json, &t->columns[c]))
            continue;
        fputs(comma, out);
        comma = ", ";
        put_string(t->columns[c].name, out);
        fputs(": ", out);
        put_value(table_cell(t, row, c), t->columns[c].kind == COLUMN_FLAG, out);
    }
    fputc('}', out);
}

static bool seen_before(const struct doc *d, size_t table)
{
    for (size_t i = 0; i < table; i++)
        if (strcmp(d->tables.items[i]->name, d->tables.items[table]->name) == 0)
            return true;
    return false;
}

static void put_array(const struct doc *d, size_t first, FILE *out)
{
    const char *comma = "";
    const char *name = d->tables.items[first]->name;
    fprintf(out, ",\n  \"%s\": [", name);
    for (size_t i = first; i < d->tables.count; i++) {
        const struct table *t = d->tables.items[i];
        if (strcmp(t->name, name) != 0)
            continue;
        for (size_t r = 0; r < table_rows(t); r++) {
            fputs(comma, out);
            comma = ",";
            put_row(t, r, out);
        }
    }
    fputs("]", out);
}

static void write_json(const struct doc *d, const struct look *look, FILE *out)
{
    fprintf(out, "{\n  \"schema\": %d,\n  \"command\": \"%s\"", SCHEMA, d->command);
    for (size_t i = 0; i < d->facts.count; i++) {
        fprintf(out, ",\n  \"%s\": ", d->facts.items[i].name);
        put_value(&d->facts.items[i].value, false, out);
    }
    for (size_t i = 0; i < d->tables.count; i++)
        if (!seen_before(d, i))
            put_array(d, i, out);
    fputs("\n}\n", out);
}

const struct format format_json = {"json", true, write_json};
