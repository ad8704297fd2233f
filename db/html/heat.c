/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure over two parameters as a table whose cells have the colour of their value: it is read and searched like any
 * other table, and the colours are page.css's.
 */
#include <math.h>

#include "db/html/page.h"
#include "db/markup.h"
#include "db/scale/unit.h"

#define LEVELS 6                 /* colours of page.css, h0 to h5 */

static void add_name(const char *attributes, const char *name, struct str *out)
{
    str_addf(out, "<th%s>", attributes);
    markup_add(out, name);
    str_add(out, "</th>");
}

static const struct scale_cell *cell_at(const struct scale_heat *h, double x, double y)
{
    for (size_t i = 0; i < h->cells.count; i++)
        if (h->cells.items[i].x == x && h->cells.items[i].y == y)
            return &h->cells.items[i];
    return NULL;
}

static void add_cell(const struct scale_heat *h, const struct scale_cell *c, double scale, struct str *out)
{
    if (!c) {
        str_add(out, "<td class=\"n\"></td>");
        return;
    }
    str_addf(out, "<td class=\"n h%d\">", (int)fmin(LEVELS * scale_heat_level(h, c->value), LEVELS - 1));
    scale_unit_figure(scale * c->value, out);
    str_add(out, "</td>");
}

static void add_head(const struct scale_heat *h, const char *by, const char *with, struct str *out)
{
    struct str across = STR_INIT;
    str_addf(&across, " colspan=\"%zu\" scope=\"colgroup\"", h->xs.list.count);
    str_add(out, "<thead><tr>");
    add_name(" rowspan=\"2\" scope=\"col\"", with, out);
    add_name(across.data, by, out);
    str_add(out, "</tr><tr>");
    for (size_t i = 0; i < h->xs.list.count; i++)
        str_addf(out, "<th scope=\"col\" class=\"n\">%g</th>", h->xs.list.items[i]);
    str_add(out, "</tr></thead><tbody>\n");
    str_release(&across);
}

void html_heat(const struct scale_heat *h, const char *metric, const char *by, const char *with, struct str *out)
{
    struct scale_unit unit = scale_unit_of(metric, h->least > 0 ? sqrt(h->least * h->most) : h->most);
    struct str title = STR_INIT;
    scale_unit_label(metric, unit, &title);
    str_addf(&title, " by %s and %s", by, with);
    str_add(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
    markup_add(out, title.data);
    str_add(out, "\"><table class=\"heat\"><caption>");
    markup_add(out, title.data);
    str_add(out, "</caption>");
    add_head(h, by, with, out);
    for (size_t k = h->ys.list.count; k-- > 0;) {
        str_addf(out, "<tr><th scope=\"row\" class=\"n\">%g</th>", h->ys.list.items[k]);
        for (size_t i = 0; i < h->xs.list.count; i++)
            add_cell(h, cell_at(h, h->xs.list.items[i], h->ys.list.items[k]), unit.scale, out);
        str_add(out, "</tr>\n");
    }
    str_add(out, "</tbody></table></div>\n");
    str_release(&title);
}
