/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Units of metrics: stored as the end of their names say, read by people in one that suits their size.
 */
#ifndef DB_SCALE_UNIT_H
#define DB_SCALE_UNIT_H

#include "base/str.h"
#include "db/scale/judge.h"

struct scale_unit {
    double scale;                /* from the stored value */
    const char *name;            /* "ms"; "" for a plain number */
};

bool scale_in_seconds(const char *metric);

/* The unit for values of about this size. */
struct scale_unit scale_unit_of(const char *metric, double size);

/* The model in that unit, n for the parameter: "0.0224 n + 1.72 ms". Appends. */
void scale_unit_model(const struct scale_verdict *v, struct scale_unit unit, struct str *out);

/* "wall (ms)", "hits". Appends. */
void scale_unit_label(const char *metric, struct scale_unit unit, struct str *out);

/* A value in its unit with three digits or more: 1080, 24.1, 0.156, 1.2e+07. Appends. */
void scale_unit_figure(double value, struct str *out);

#endif
