/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of a line or function as a chart: count, time and time per count by run, each version with its mean.
 */
#ifndef DB_HISTORY_CHART_H
#define DB_HISTORY_CHART_H

#include "db/chart/chart.h"
#include "db/compare/history.h"

/* The x axis is the place of a run in h->runs, from 1: numbers of runs may lie far apart. Intervals of times are two
 * standard errors of the run's own samples. Panels of which no run has a value are left out. */
void history_chart(const struct history *h, const char *title, struct chart *out);

#endif
