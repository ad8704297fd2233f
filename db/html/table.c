/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers as markup: words as paragraphs, tables with headers. Cells carry the full figure beside what people read, so
 * that page.js can sort by it.
 */
#include <math.h>
#include <string.h>

#include "db/format.h"
#include "db/html/page.h"
#include "db/markup.h"

extern const struct format format_html;

#define LONG 48                  /* characters; a longer text may take several lines */
#define OPEN 3                   /* listings that are open at first */

static bool is_number(const struct column *c)
{
    return c->kind != COLUMN_TEXT && c->kind != COLUMN_WORDS && c->kind != COLUMN_PLACE && c->kind != COLUMN_ANY;
}

static bool is_source(const struct column *c)
{
    return strcmp(c->name, "text") == 0;
}

static void add_class(const struct column *c, bool wide, struct str *out)
{
    if (wide)
        str_add(out, " class=\"long\"");
    else if (is_source(c))
        str_add(out, " class=\"src\"");
    else if (c->kind == COLUMN_PLACE)
        str_add(out, " class=\"place\"");
    else if (c->kind == COLUMN_SHARE)
        str_add(out, " class=\"n share\"");
    else if (is_number(c))
        str_add(out, " class=\"n\"");
}

static void add_cell(const struct column *c, const struct cell *cell, struct str *out)
{
    struct str text = STR_INIT;
    format_people(c, cell, &text);
    str_add(out, "<td");
    add_class(c, (c->kind == COLUMN_TEXT || c->kind == COLUMN_WORDS) && !is_source(c) && text.len > LONG, out);
    if (cell->kind == CELL_INT)
        str_addf(out, " data-v=\"%lld\"", (long long)cell->i);
    else if (cell->kind == CELL_REAL && isfinite(cell->r))
        str_addf(out, " data-v=\"%.9g\"", cell->r);
    if (c->kind == COLUMN_SHARE && cell->kind == CELL_REAL && cell->r > 0)
        str_addf(out, " style=\"--p:%.2f%%\"", fmin(100 * cell->r, 100));
    str_add(out, is_source(c) ? "><code>" : ">");
    markup_add(out, text.data);
    str_add(out, is_source(c) ? "</code></td>" : "</td>");
    str_release(&text);
}

/* The columns in the order in which they stand here: names of functions first, so that a narrow screen has them. */
static size_t column_at(const struct table *t, size_t place)
{
    size_t name = 0;
    while (name < t->column_count && strcmp(t->columns[name].name, "function") != 0)
        name++;
    if (name == t->column_count || !format_shows(&format_html, &t->columns[name]) || place > name)
        return place;
    return place ? place - 1 : name;
}

static void add_titles(const struct table *t, struct str *out)
{
    str_add(out, "<thead><tr>");
    for (size_t i = 0; i < t->column_count; i++) {
        size_t c = column_at(t, i);
        if (!format_shows(&format_html, &t->columns[c]))
            continue;
        str_add(out, "<th scope=\"col\"");
        add_class(&t->columns[c], false, out);
        str_add(out, ">");
        markup_add(out, *t->columns[c].title ? t->columns[c].title : "Source or note");
        str_add(out, "</th>");
    }
    str_add(out, "</tr></thead>\n");
}

void html_table(const struct table *t, struct str *out)
{
    str_add(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table: ");
    markup_add(out, t->title ? t->title : t->name);
    str_add(out, "\"><table class=\"sortable\">");
    if (t->title) {
        str_add(out, "<caption>");
        markup_add(out, t->title);
        str_add(out, "</caption>");
    }
    add_titles(t, out);
    str_add(out, "<tbody>\n");
    for (size_t r = 0; r < table_rows(t); r++) {
        str_add(out, t->hot.items[r] ? "<tr class=\"hot\">" : "<tr>");
        for (size_t i = 0; i < t->column_count; i++) {
            size_t c = column_at(t, i);
            if (format_shows(&format_html, &t->columns[c]))
                add_cell(&t->columns[c], table_cell(t, r, c), out);
        }
        str_add(out, "</tr>\n");
    }
    str_add(out, "</tbody></table></div>\n");
}

/* Words of one paragraph: lines that are indented go on with the one above. */
static void add_lines(char *const *lines, size_t count, struct str *out)
{
    if (!count)
        return;
    str_add(out, "<div class=\"words\">");
    for (size_t i = 0; i < count; i++) {
        const char *text = lines[i] + strspn(lines[i], " ");
        str_add(out, text > lines[i] ? "<p class=\"more\">" : "<p>");
        markup_add(out, text);
        str_add(out, "</p>\n");
    }
    str_add(out, "</div>\n");
}

void html_words(const struct doc *d, struct str *out)
{
    add_lines(d->head.items, d->head.count, out);
}

/* Of many functions line by line, the later ones open at a click. */
void html_tables(const struct doc *d, struct str *out)
{
    size_t listings = 0;
    for (size_t i = 0; i < d->tables.count; i++) {
        const struct table *t = d->tables.items[i];
        bool folded = t->title && is_source(&t->columns[t->column_count - 1]) && ++listings > OPEN;
        if (!table_rows(t))
            continue;
        if (folded) {
            str_add(out, "<details class=\"part\"><summary>");
            markup_add(out, t->title);
            str_add(out, "</summary>\n");
        }
        html_table(t, out);
        str_add(out, folded ? "</details>\n" : "");
    }
    add_lines(d->foot.items, d->foot.count, out);
}

void html_doc(const struct doc *d, struct str *out)
{
    html_words(d, out);
    html_tables(d, out);
}
