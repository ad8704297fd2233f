/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verdicts as a chart: points with intervals, the fitted curve, the class in the legend.
 */
#ifndef DB_SCALE_PICTURE_H
#define DB_SCALE_PICTURE_H

#include "db/chart/chart.h"
#include "db/scale/set.h"

struct scale_scene {
    enum scale_scope scope;
    const char *metric;          /* of what is drawn */
    const char *function;        /* as db/wanted.h has it; NULL: all */
    const char *by;              /* the parameter */
    const char *folder;          /* paths inside are shown short */
    size_t panels;               /* at most: the functions or lines with the largest shares, now or then */
    bool linear;                 /* axes; else logarithmic */
    double at;                   /* curves go up to here */
};

/* Several sets are overlaid, matched by function, or by line. False, with a sentence: nothing to draw. */
bool scale_picture(const struct scale_set *sets, size_t count, const struct scale_scene *scene, struct chart *out,
                   struct str *err);

#endif
