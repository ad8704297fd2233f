/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart as SVG inside of a page: the page's style sheet has the colours, so that light, dark and print get their own.
 * Series differ in shape (marks) and dash (curves), not in colour alone; the figures behind the marks stand below, as a
 * table that opens.
 */
#include <math.h>
#include <string.h>

#include "db/html/page.h"
#include "db/markup.h"

#define WIDTH 560.0
#define HEIGHT 300.0
#define LEFT 66.0
#define RIGHT 26.0
#define TOP 10.0
#define BOTTOM 42.0
#define SHAPES 6                 /* of marks; page.css has as many colours and dashes */
#define TICKS 6                  /* about as many on a linear axis */
#define LABEL_WIDTH 52.0         /* a tick's, with room around it */
#define LABEL_HEIGHT 16.0

struct axis {
    double low, high;            /* logarithms on a logarithmic axis */
    bool logarithmic;
    double from, to;             /* where in the picture */
};

struct picture {
    const struct chart *chart;
    const struct chart_panel *panel;
    struct axis x, y;
    struct str *out;
};

static double on_axis(const struct axis *a, double value)
{
    return a->logarithmic ? log10(value) : value;
}

static bool drawable(const struct axis *a, double value)
{
    return isfinite(value) && !(a->logarithmic && value <= 0);
}

static double at(const struct axis *a, double value)
{
    return a->from + (on_axis(a, value) - a->low) / (a->high - a->low) * (a->to - a->from);
}

static void widen(struct axis *a, double value)
{
    if (!drawable(a, value))
        return;
    a->low = fmin(a->low, on_axis(a, value));
    a->high = fmax(a->high, on_axis(a, value));
}

static void measure(struct picture *p)
{
    for (size_t i = p->panel->first; i < p->chart->series.count && i <= p->panel->last; i++) {
        const struct chart_series *s = &p->chart->series.items[i];
        for (size_t k = 0; k < s->points.count; k++) {
            widen(&p->x, s->points.items[k].x);
            widen(&p->y, s->points.items[k].low);
            widen(&p->y, s->points.items[k].high);
        }
        for (size_t k = 0; k < s->curve.count; k++) {
            widen(&p->x, s->curve.items[k].x);
            widen(&p->y, s->curve.items[k].y);
        }
    }
}

/* Room around what is drawn; a linear axis of amounts begins at 0. */
static void settle(struct axis *a, bool amount)
{
    if (a->low > a->high)
        a->low = 0, a->high = 1;
    if (amount && !a->logarithmic && a->low > 0)
        a->low = 0;
    if (a->high == a->low)
        a->high = a->low + (a->logarithmic || a->low == 0 ? 1 : fabs(a->low));
    double room = 0.04 * (a->high - a->low);
    a->high += room;
    if (a->logarithmic || a->low < 0)
        a->low -= room;
}

/* 1, 2 or 5 times a power of ten, so that there are about TICKS of them. */
static double tick_step(double span)
{
    double raw = span / TICKS, power = pow(10, floor(log10(raw)));
    double part = raw / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

static void add_tick(const struct picture *p, const struct axis *a, double value)
{
    double place = at(a, value);
    bool across = a == &p->x;
    if (place < fmin(a->from, a->to) - 0.01 || place > fmax(a->from, a->to) + 0.01)
        return;
    if (across)
        str_addf(p->out, "<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/><text x=\"%.1f\" y=\"%.1f\" "
                         "text-anchor=\"middle\">%.6g</text>",
                 place, TOP, HEIGHT - BOTTOM, place, HEIGHT - BOTTOM + 16, value);
    else
        str_addf(p->out, "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/><text x=\"%.1f\" y=\"%.1f\" "
                         "text-anchor=\"end\">%.6g</text>",
                 LEFT, place, WIDTH - RIGHT, LEFT - 6, place + 4, value);
}

static void add_ticks(const struct picture *p, const struct axis *a)
{
    if (!a->logarithmic) {
        double step = tick_step(a->high - a->low);
        for (double i = ceil(a->low / step); i * step <= a->high; i++)
            add_tick(p, a, i * step);
        return;
    }
    static const struct { const char *digits; double gap; } sets[] = {{"1234568", 0.079}, {"125", 0.301}, {"1", 1}};
    double decade = fabs(a->to - a->from) / (a->high - a->low), room = a == &p->x ? LABEL_WIDTH : LABEL_HEIGHT;
    size_t set = 0;
    while (set + 1 < sizeof sets / sizeof *sets && sets[set].gap * decade < room)
        set++;
    double every = ceil(room / decade);
    for (double power = floor(a->low); power <= a->high; power++)
        for (const char *digit = sets[set].digits; *digit && fmod(power, every) == 0; digit++)
            add_tick(p, a, (*digit - '0') * pow(10, power));
}

/* Marks of the six shapes around (x, y). */
static void add_mark(double x, double y, size_t shape, struct str *out)
{
    switch (shape % SHAPES) {
    case 0: str_addf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", x, y); break;
    case 1: str_addf(out, "<path d=\"M%.1f %.1fh7v7h-7z\"/>", x - 3.5, y - 3.5); break;
    case 2: str_addf(out, "<path d=\"M%.1f %.1fl4.5 8h-9z\"/>", x, y - 5); break;
    case 3: str_addf(out, "<path d=\"M%.1f %.1fl4.8 4.8l-4.8 4.8l-4.8 -4.8z\"/>", x, y - 4.8); break;
    case 4: str_addf(out, "<path d=\"M%.1f %.1fl4.5 -8h-9z\"/>", x, y + 5); break;
    default: str_addf(out, "<path class=\"cross\" d=\"M%.1f %.1fl8 8m0 -8l-8 8\"/>", x - 4, y - 4);
    }
}

static void add_curve(const struct picture *p, const struct chart_series *s)
{
    bool pen = false;
    if (s->curve.count < 2)
        return;
    str_add(p->out, "<path class=\"curve\" d=\"");
    for (size_t k = 0; k < s->curve.count; k++) {
        const struct chart_point *point = &s->curve.items[k];
        bool there = drawable(&p->x, point->x) && drawable(&p->y, point->y);
        if (there)
            str_addf(p->out, "%c%.1f %.1f", pen ? 'L' : 'M', at(&p->x, point->x), at(&p->y, point->y));
        pen = there;
    }
    str_add(p->out, "\"/>");
}

static void add_points(const struct picture *p, const struct chart_series *s, size_t shape)
{
    for (size_t k = 0; k < s->points.count; k++) {
        const struct chart_point *q = &s->points.items[k];
        if (!drawable(&p->x, q->x) || !drawable(&p->y, q->y))
            continue;
        double x = at(&p->x, q->x), y = at(&p->y, q->y);
        str_addf(p->out, "<g><title>%.6g: %.6g", q->x, q->y);
        if (q->low < q->high)
            str_addf(p->out, " (%.6g .. %.6g)", q->low, q->high);
        str_add(p->out, "</title>");
        if (q->low < q->high && drawable(&p->y, q->low))
            str_addf(p->out, "<path class=\"range\" d=\"M%.1f %.1fV%.1fm-3 0h6\"/>", x, at(&p->y, q->low),
                     at(&p->y, q->high));
        add_mark(x, y, shape, p->out);
        str_add(p->out, "</g>");
    }
}

/* What n, n^2 and n^3 would be like, from the panel's first point on. */
static void add_slopes(const struct picture *p)
{
    static const char *const names[] = {"n", "n\xc2\xb2", "n\xc2\xb3"};
    const struct chart_series *s = &p->chart->series.items[p->panel->first];
    if (!p->chart->slopes || !p->x.logarithmic || !p->y.logarithmic || !s->points.count)
        return;
    const struct chart_point *from = &s->points.items[0];
    if (!drawable(&p->x, from->x) || !drawable(&p->y, from->y))
        return;
    for (int power = 1; power <= 3; power++) {
        double end = fmin(p->x.high - 0.05, log10(from->x) + (p->y.high - log10(from->y)) / power);
        double x = at(&p->x, pow(10, end)), y = at(&p->y, pow(10, log10(from->y) + power * (end - log10(from->x))));
        str_addf(p->out, "<path class=\"slope\" d=\"M%.1f %.1fL%.1f %.1f\"/><text class=\"slope\" x=\"%.1f\" "
                         "y=\"%.1f\">%s</text>",
                 at(&p->x, from->x), at(&p->y, from->y), x, y, x + 3, y + 4, names[power - 1]);
    }
}

static void add_legend(const struct picture *p)
{
    str_add(p->out, "<figcaption><ul class=\"legend\">");
    for (size_t i = p->panel->first; i < p->chart->series.count && i <= p->panel->last; i++) {
        const struct chart_series *s = &p->chart->series.items[i];
        size_t shape = i - p->panel->first;
        str_addf(p->out, "<li><svg class=\"chart\" width=\"34\" height=\"14\" aria-hidden=\"true\"><g class=\"s%zu\">",
                 shape % SHAPES);
        if (s->curve.count > 1)
            str_add(p->out, "<path class=\"curve\" d=\"M1 7H33\"/>");
        if (s->points.count)
            add_mark(17, 7, shape, p->out);
        str_add(p->out, "</g></svg> ");
        markup_add(p->out, s->name);
        str_add(p->out, "</li>");
    }
    str_add(p->out, "</ul></figcaption>");
}

/* What the marks stand for, for those who do not see them. */
static void add_figures(const struct picture *p)
{
    bool any = false;
    for (size_t i = p->panel->first; i < p->chart->series.count && i <= p->panel->last; i++)
        any |= p->chart->series.items[i].points.count != 0;
    if (!any)
        return;
    str_add(p->out, "<details class=\"figures\"><summary>Figures</summary><table><thead><tr>"
                    "<th scope=\"col\">Series</th><th scope=\"col\" class=\"n\">");
    markup_add(p->out, p->chart->x_label);
    str_add(p->out, "</th><th scope=\"col\" class=\"n\">");
    markup_add(p->out, p->panel->y_label);
    str_add(p->out, "</th><th scope=\"col\" class=\"n\">from</th><th scope=\"col\" class=\"n\">to</th></tr></thead>"
                    "<tbody>");
    for (size_t i = p->panel->first; i < p->chart->series.count && i <= p->panel->last; i++) {
        const struct chart_series *s = &p->chart->series.items[i];
        for (size_t k = 0; k < s->points.count; k++) {
            const struct chart_point *q = &s->points.items[k];
            str_add(p->out, "<tr><td>");
            markup_add(p->out, s->name);
            str_addf(p->out, "</td><td class=\"n\">%.6g</td><td class=\"n\">%.6g</td><td class=\"n\">%.6g</td>"
                             "<td class=\"n\">%.6g</td></tr>",
                     q->x, q->y, q->low, q->high);
        }
    }
    str_add(p->out, "</tbody></table></details>");
}

static void add_panel(const struct picture *p)
{
    const char *title = *p->panel->title ? p->panel->title : p->chart->title;
    struct str *out = p->out;
    str_add(out, "<figure class=\"panel\"><p class=\"title\">");
    markup_add(out, title);
    str_addf(out, "</p><svg class=\"chart\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", WIDTH, HEIGHT);
    markup_add(out, title);
    str_add(out, ": ");
    markup_add(out, p->panel->y_label);
    str_add(out, " by ");
    markup_add(out, p->chart->x_label);
    str_add(out, "\">");
    add_ticks(p, &p->x);
    add_ticks(p, &p->y);
    str_addf(out, "<path class=\"axis\" d=\"M%.1f %.1fV%.1fH%.1f\"/>", LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT);
    add_slopes(p);
    for (size_t i = p->panel->first; i < p->chart->series.count && i <= p->panel->last; i++) {
        const struct chart_series *s = &p->chart->series.items[i];
        str_addf(out, "<g class=\"s%zu\">", (i - p->panel->first) % SHAPES);
        add_curve(p, s);
        add_points(p, s, i - p->panel->first);
        str_add(out, "</g>");
    }
    str_addf(out, "<text class=\"label\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">", (LEFT + WIDTH - RIGHT) / 2,
             HEIGHT - 6);
    markup_add(out, p->chart->x_label);
    str_addf(out, "</text><text class=\"label\" transform=\"translate(12 %.1f) rotate(-90)\" text-anchor=\"middle\">",
             (TOP + HEIGHT - BOTTOM) / 2);
    markup_add(out, p->panel->y_label);
    str_add(out, "</text></svg>");
    add_legend(p);
    add_figures(p);
    str_add(out, "</figure>\n");
}

void html_chart(const struct chart *c, struct str *out)
{
    str_add(out, "<div class=\"panels\">\n");
    for (size_t i = 0; i < c->panels.count; i++) {
        struct picture p = {c, &c->panels.items[i], {INFINITY, -INFINITY, c->logarithmic_x, LEFT, WIDTH - RIGHT},
                            {INFINITY, -INFINITY, c->logarithmic_y, HEIGHT - BOTTOM, TOP}, out};
        measure(&p);
        settle(&p.x, false);
        settle(&p.y, true);
        add_panel(&p);
    }
    str_add(out, "</div>\n");
}
