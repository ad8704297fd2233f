/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure of the program over two parameters, as a heat map.
 */
#ifndef DB_SCALE_HEAT_H
#define DB_SCALE_HEAT_H

#include <stdbool.h>

#include "base/str.h"
#include "db/sql.h"

/* Draws metric `metric` of the runs of side 0 by the parameters `by` (across) and `with` (up) into `path`, whose name
 * ends as db/chart/chart.h has it, .txt apart. False, with a sentence. */
bool scale_heat(struct sql *db, const char *metric, const char *by, const char *with, const char *path,
                struct str *err);

#endif
