/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The course of a process as a chart: memory, CPU by core, and disk over time.
 */
#ifndef DB_COURSE_CHART_H
#define DB_COURSE_CHART_H

#include <stdbool.h>

#include "db/chart/chart.h"
#include "db/select.h"

/* Of the selected process with the most points. False, with a sentence: none has two. */
bool course_chart(struct sql *db, const char *title, struct chart *out, struct str *err);

/* "before over time", or "run 7 over time": "@latest" would say little in a picture tomorrow. Yours to free. */
char *course_chart_title(const struct selection *s);

#endif
