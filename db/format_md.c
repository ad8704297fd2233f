/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For comments on changes: words as paragraphs, tables as GitHub draws them.
 */
#include <string.h>

#include "db/format.h"

extern const struct format format_md;

static void put_text(const char *text, FILE *out)
{
    for (const char *at = text; *at; at++) {
        if (strchr("\\|*_<>`[]", *at))
            fputc('\\', out);
        fputc(*at == '\n' ? ' ' : *at, out);
    }
}

/* Source texts keep their indentation as code; a backtick inside asks for a longer fence. */
static void put_code(const char *text, FILE *out)
{
    const char *fence = strchr(text, '`') ? "``" : "`";
    fprintf(out, "%s ", fence);
    for (const char *at = text; *at; at++) {
        if (*at == '|')
            fputc('\\', out);
        fputc(*at, out);
    }
    fprintf(out, " %s", fence);
}

static void put_cell(const struct column *c, const struct cell *cell, FILE *out)
{
    if (strcmp(c->name, "text") == 0 && cell->kind == CELL_TEXT && *cell->text) {
        put_code(cell->text, out);
        return;
    }
    struct str s = STR_INIT;
    format_people(c, cell, &s);
    put_text(s.data, out);
    str_release(&s);
}

/* The line below the titles says how a column is aligned. */
static const char *rule_of(const struct column *c)
{
    return c->kind == COLUMN_TEXT || c->kind == COLUMN_WORDS || c->kind == COLUMN_PLACE ? "---" : "---:";
}

static void put_table(const struct table *t, FILE *out)
{
    if (t->title) {
        fputs("### ", out);
        put_text(t->title, out);
        fputs("\n\n", out);
    }
    for (int part = 0; part < 2; part++) {
        for (size_t c = 0; c < t->column_count; c++)
            if (format_shows(&format_md, &t->columns[c]))
                fprintf(out, "| %s ", part == 0 ? t->columns[c].title : rule_of(&t->columns[c]));
        fputs("|\n", out);
    }
    for (size_t r = 0; r < table_rows(t); r++) {
        for (size_t c = 0; c < t->column_count; c++) {
            if (!format_shows(&format_md, &t->columns[c]))
                continue;
            fputs("| ", out);
            put_cell(&t->columns[c], table_cell(t, r, c), out);
            fputc(' ', out);
        }
        fputs("|\n", out);
    }
}

static void write_md(const struct doc *d, const struct look *look, FILE *out)
{
    for (size_t i = 0; i < d->head.count; i++) {
        put_text(d->head.items[i], out);
        fputs("\n\n", out);
    }
    for (size_t i = 0; i < d->tables.count; i++) {
        put_table(d->tables.items[i], out);
        fputc('\n', out);
    }
    for (size_t i = 0; i < d->foot.count; i++) {
        put_text(d->foot.items[i], out);
        fputs("\n\n", out);
    }
}

const struct format format_md = {"md", false, write_md};
