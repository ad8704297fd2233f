/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart in characters, 80 columns wide: for machines without gnuplot, for logs and mails. Points are letters, one for
 * each series; curves are dots.
 */
#include <math.h>
#include <string.h>

#include "db/chart/chart.h"

#define WIDTH 66
#define HEIGHT 18
#define MARGIN 11                /* in front of the axis */

struct canvas {
    char cells[HEIGHT][WIDTH];
    double x_low, x_high, y_low, y_high;         /* logarithms on a logarithmic axis */
    bool logarithmic_x, logarithmic_y;
};

static double on_axis(double value, bool logarithmic)
{
    return logarithmic ? log10(value) : value;
}

static void widen(double value, bool logarithmic, double *low, double *high)
{
    if (!isfinite(value) || (logarithmic && value <= 0))
        return;
    *low = fmin(*low, on_axis(value, logarithmic));
    *high = fmax(*high, on_axis(value, logarithmic));
}

static void measure(struct canvas *canvas, const struct chart_series *s)
{
    for (size_t k = 0; k < s->points.count; k++) {
        widen(s->points.items[k].x, canvas->logarithmic_x, &canvas->x_low, &canvas->x_high);
        widen(s->points.items[k].y, canvas->logarithmic_y, &canvas->y_low, &canvas->y_high);
    }
    for (size_t k = 0; k < s->curve.count; k++) {
        widen(s->curve.items[k].x, canvas->logarithmic_x, &canvas->x_low, &canvas->x_high);
        widen(s->curve.items[k].y, canvas->logarithmic_y, &canvas->y_low, &canvas->y_high);
    }
}

static void put(struct canvas *canvas, double x, double y, char mark)
{
    double across = (on_axis(x, canvas->logarithmic_x) - canvas->x_low) / (canvas->x_high - canvas->x_low);
    double up = (on_axis(y, canvas->logarithmic_y) - canvas->y_low) / (canvas->y_high - canvas->y_low);
    if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1))
        return;
    canvas->cells[HEIGHT - 1 - (int)lround(up * (HEIGHT - 1))][(int)lround(across * (WIDTH - 1))] = mark;
}

static void draw(struct canvas *canvas, const struct chart *c, const struct chart_panel *p)
{
    for (size_t i = p->first; i <= p->last; i++)
        for (size_t k = 0; k < c->series.items[i].curve.count; k++)
            put(canvas, c->series.items[i].curve.items[k].x, c->series.items[i].curve.items[k].y, '.');
    for (size_t i = p->first; i <= p->last; i++)
        for (size_t k = 0; k < c->series.items[i].points.count; k++)
            put(canvas, c->series.items[i].points.items[k].x, c->series.items[i].points.items[k].y,
                (char)('a' + (i - p->first) % 26));
}

static double off_axis(double value, bool logarithmic)
{
    return logarithmic ? pow(10, value) : value;
}

static void add_panel(const struct chart *c, const struct chart_panel *p, struct str *out)
{
    struct canvas canvas = {.x_low = INFINITY, .x_high = -INFINITY, .y_low = INFINITY, .y_high = -INFINITY,
                            .logarithmic_x = c->logarithmic_x, .logarithmic_y = c->logarithmic_y};
    memset(canvas.cells, ' ', sizeof canvas.cells);
    for (size_t i = p->first; i <= p->last; i++)
        measure(&canvas, &c->series.items[i]);
    if (!c->logarithmic_y)
        canvas.y_low = fmin(canvas.y_low, 0);
    canvas.y_high += canvas.y_high > canvas.y_low ? 0 : 1;
    canvas.x_high += canvas.x_high > canvas.x_low ? 0 : 1;
    draw(&canvas, c, p);
    str_addf(out, "\n%s%s%s\n", p->title, *p->title ? ": " : "", p->y_label);
    for (int row = 0; row < HEIGHT; row++) {
        double y = canvas.y_high - (canvas.y_high - canvas.y_low) * row / (HEIGHT - 1);
        if (row % 4 == 0 || row == HEIGHT - 1)
            str_addf(out, "%*.3g |%.*s\n", MARGIN, off_axis(y, c->logarithmic_y), WIDTH, canvas.cells[row]);
        else
            str_addf(out, "%*s |%.*s\n", MARGIN, "", WIDTH, canvas.cells[row]);
    }
    char rule[WIDTH + 1], left[24], right[24];
    memset(rule, '-', WIDTH);
    rule[WIDTH] = 0;
    snprintf(left, sizeof left, "%.4g", off_axis(canvas.x_low, c->logarithmic_x));
    snprintf(right, sizeof right, "%.4g", off_axis(canvas.x_high, c->logarithmic_x));
    int middle = WIDTH - (int)strlen(left) - (int)strlen(right), label = (int)strlen(c->x_label);
    int before = middle > label ? (middle - label) / 2 : 0;
    str_addf(out, "%*s +%s\n%*s  %s%*s%.*s%*s%s\n", MARGIN, "", rule, MARGIN, "", left, before, "", middle, c->x_label,
             middle > label ? middle - label - before : 0, "", right);
    for (size_t i = p->first; i <= p->last; i++)
        str_addf(out, "%*s  %c  %s\n", MARGIN, "", (char)('a' + (i - p->first) % 26), c->series.items[i].name);
}

void chart_text(const struct chart *c, struct str *out)
{
    str_addf(out, "%s%s\n", c->title,
             c->logarithmic_x && c->logarithmic_y ? " (both axes logarithmic)" : "");
    for (size_t i = 0; i < c->panels.count; i++)
        add_panel(c, &c->panels.items[i], out);
    for (size_t i = 0; i < c->ticks.count; i++)
        str_addf(out, "%*zu  %s\n", MARGIN, i + 1, c->ticks.items[i]);
}
