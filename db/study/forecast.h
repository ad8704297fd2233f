/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What runs of the store spent on the parts that somebody wants to make faster, and what the program would become.
 * Each sample belongs to one part (study/amdahl.h), so that nothing is saved twice.
 */
#ifndef DB_FORECAST_H
#define DB_FORECAST_H

#include "db/select.h"
#include "db/sql.h"
#include "db/stats/stats.h"
#include "db/study/improvement.h"

/* CPU time above this many times wall time: threads ran at once, and shares are of CPU time. */
#define FORECAST_ONE_THREAD 1.1

struct forecast_run {
    double whole_s;              /* what shares are of */
    double user_s, samples;
};

struct forecast_metric {
    char *name;
    double value;                /* median of the runs */
};

struct forecast {
    struct selection selection;
    bool of_cpu;                 /* shares are of CPU time, not of wall time */
    VEC(struct forecast_run) runs;
    VEC(struct forecast_metric) metrics;
    size_t parts;
    double *seconds;             /* [part * runs + run] */
    bool *known;                 /* by part: the builds have a function, or a file, that it names */
};

struct estimate {
    double share;                /* of the whole, mean over runs; of all parts asked for */
    double share_error;          /* standard error */
    double saved, error;         /* share of the whole that is saved */
    double speedup;
    struct interval interval;    /* of the speed-up, 95 % */
};

/* The runs that `spec` names, as side `side` (db/select.h), by parts: one for each improvement. `metric` is what will
 * be estimated: "cpu_s" makes shares of CPU time, all others of wall time as long as one thread ran at a time. False,
 * with a sentence: no such runs, or nothing was sampled in them. */
bool forecast_load(struct sql *db, int side, const char *spec, const struct improvements *wanted, const char *metric,
                   struct forecast *out, struct str *err);
void forecast_release(struct forecast *f);

/* Mean seconds of a part in a run. */
double forecast_seconds(const struct forecast *f, size_t part);

/* If the improvements of parts first..first + count - 1 are made. Sampling error, or the spread over runs where that is
 * larger. */
void forecast_estimate(const struct forecast *f, const struct improvements *wanted, size_t first, size_t count,
                       struct estimate *out);

const struct forecast_metric *forecast_metric(const struct forecast *f, const char *name);       /* NULL: none */

/* Is more of it better? Rates (..._per_s) say yes; times (..._s, ..._ns) no. False: it is neither. */
bool forecast_direction(const char *metric, bool *more_is_better);

#endif
