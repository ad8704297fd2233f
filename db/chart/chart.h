/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart, before it has a form: panels of series of points with intervals, and curves through them. The end of the
 * file's name chooses the form: png, svg and pdf are drawn by gnuplot, with the scripts of plots/; tsv is what those
 * scripts read; txt is drawn with characters.
 */
#ifndef DB_CHART_H
#define DB_CHART_H

#include <stdbool.h>

#include "base/str.h"
#include "base/vec.h"

struct chart_point {
    double x, y, low, high;      /* low and high: its interval; both y where there is none */
};

struct chart_series {
    char *name;
    VEC(struct chart_point) points, curve;
};

struct chart_panel {
    char *title, *y_label;
    size_t first, last;          /* of its series */
};

struct chart {
    const char *kind;            /* name of its script in plots/, without .gp; borrowed */
    char *title, *x_label;
    bool logarithmic_x, logarithmic_y;
    bool slopes;                 /* lines of n, n^2 and n^3 to compare with */
    VEC(struct chart_panel) panels;
    VEC(struct chart_series) series;     /* of the panels, in order */
    VEC(char *) ticks;           /* names of x = 1, 2, ... where x is no quantity; else none */
};

/* Texts are copied in. */
void chart_init(struct chart *c, const char *kind, const char *title, const char *x_label);
void chart_release(struct chart *c);
void chart_panel(struct chart *c, const char *title, const char *y_label);
struct chart_series *chart_series(struct chart *c, const char *name);    /* in the panel that was added last */
void chart_point(struct chart_series *s, double x, double y, double low, double high);
void chart_curve_point(struct chart_series *s, double x, double y);
void chart_tick(struct chart *c, const char *name);                      /* the next one */

/* False, with a sentence: an end that is none of these, a file that cannot be written, no gnuplot (then the sentence
 * says which package has it, and that a name with .txt needs none). */
bool chart_write(const struct chart *c, const char *path, struct str *err);

/* The same of data that a script NAME.gp of plots/ reads in its own way. */
bool chart_write_data(const char *script, const struct str *data, const char *path, struct str *err);

/* A line of data that sets a text: "#! name = 'text'". */
void chart_setting(struct str *out, const char *name, const char *text);

void chart_tsv(const struct chart *c, struct str *out);
void chart_text(const struct chart *c, struct str *out);
bool chart_draw(const char *script, const struct str *data, const char *path, struct str *err);  /* by gnuplot */

#endif
