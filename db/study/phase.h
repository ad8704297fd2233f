/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A phase of a study: which points it runs, and what it makes of their runs. One descriptor a file (phase_*.c); the
 * list is in phase.c. Points are run by db/study/session.h, on the one runner.
 */
#ifndef DB_STUDY_PHASE_H
#define DB_STUDY_PHASE_H

#include "db/chart/chart.h"
#include "db/select.h"
#include "db/store.h"
#include "db/study/best.h"
#include "db/study/study.h"
#include "db/study/summary.h"

struct study_wish {              /* what the command line asked for */
    bool quick, check;
    const char *component;       /* only this component's experiments (phase 2); NULL: all */
    const char *function;        /* only this function (phase 3), by its name in the study; NULL: all */
};

struct study_point {
    const struct study_experiment *experiment;
    VEC(struct setting) parameters;      /* all of the study's, with the values of this point */
    VEC(struct setting) varied;          /* those of them that the experiment varies, in its order */
    char *command;               /* complete, for sh -c */
    /* After its runs: */
    enum summary_state state;
    char *why;                   /* of what is not done; else NULL */
    VEC(int64_t) runs;           /* that counted and succeeded: their numbers in the store */
    VEC(int64_t) failed_runs;    /* that ended otherwise and are in the store */
};

struct study_points {
    VEC(struct study_point) list;
};

/* What an evaluation works with. The store is open and has taken in all runs. */
struct study_results {
    const struct study *study;
    const struct study_wish *wish;
    struct store *store;
    const char *folder;          /* .../phaseN, there: charts/ and lines/ are made below it on demand */
    struct study_points *points;
    struct summary *summary;     /* head and points are filled in; measurements are the phase's matter */
};

struct phase {
    int number;
    const char *name;            /* "macro" */
    const char *title;           /* "Macro: where time goes" */
    void (*evaluate)(struct study_results *r);
};

extern const struct phase phase_macro, phase_component, phase_line, phase_system;

const struct phase *phase_find(int number);      /* 1..STUDY_PHASES */

/* The points of all its experiments that the wish leaves. */
void phase_points(const struct phase *p, const struct study *s, const struct study_wish *w, struct study_points *out);
void study_points_release(struct study_points *p);

/* A text of the study file with {out}, {scratch} and the parameters of the point in it (of one without: the
 * defaults); yours. */
char *study_fill(const struct study *s, const struct study_point *p, const char *text);

/* "agents=100, index=kd": the varied parameters, appended; "as it is" where nothing varies. */
void study_point_name(const struct study_point *p, struct str *out);
const char *study_point_value(const struct study_point *p, const char *parameter);       /* NULL: none of that name */

/* ---- asking the store about a point (ask.c) */

/* The words that name its runs for select_side, choose_runs and the other commands: "7,9,11". NULL: it has none. Yours.
 */
char *study_spec(const struct study_point *p);

/* Selects its runs (db/select.h) as side 0; false: it has none, or nothing of them was recorded. To be released. */
bool study_select(const struct study_results *r, const struct study_point *p, struct selection *out);

struct study_values {            /* one for each run that has the metric, in the order of the runs */
    VEC(double) list;
    VEC(int64_t) runs;
};

/* A figure of the whole program: what it printed, FARM_METRIC, wall_s, cpu_s, max_rss_bytes, allocs, ... */
void study_metric(const struct study_results *r, const struct study_point *p, const char *metric,
                  struct study_values *out);
void study_values_release(struct study_values *v);

/* Their median with its interval, or with least and most where there are fewer than 6; of one no interval is known. */
struct best_option study_middle(const struct study_values *v);

/* The names of all such figures of the point's runs, in order; each yours to free. */
struct study_names {
    VEC(char *) list;
};
void study_metrics(const struct study_results *r, const struct study_point *p, struct study_names *out);
void study_names_release(struct study_names *n);

/* A text that the program printed in its JSON, of the last run; NULL: none. Yours. */
char *study_text(const struct study_results *r, const struct study_point *p, const char *metric);
char *study_run_text(struct sql *db, int64_t run, const char *metric);   /* the same of one run */

/* ---- putting things into the summary */

/* Adds study_middle of the values, with the point's varied parameters and the runs. Borrowed until the next one; NULL
 * where there are no values. */
struct summary_measurement *study_add(struct study_results *r, const struct study_point *p, enum summary_kind kind,
                                      const char *subject, const char *metric, const char *unit,
                                      const struct study_values *v);

/* All points that were done, with the metrics that their experiments report, as SUMMARY_PROGRAM with the subject
 * "program". */
void study_measure_all(struct study_results *r);

/* The unit that the end of a metric's name says: "s", "ns", "bytes", "kb", "1/s", ""; borrowed. */
const char *study_unit(const char *metric);

/* A figure with its unit as people read it, by the metric's name: "1.17 ms", "62.8 MB", "12.3 %". Appended. */
void study_figure(struct str *out, const char *metric, double value);

/* Writes the chart as charts/NAME.png and .svg and notes both in the summary. A failure is a warning: results stand
 * without pictures. */
void study_chart(struct study_results *r, const struct chart *c, const char *name);

/* The same for a bar chart (plots/bars.gp): a bar for each row. */
struct study_bar {
    const char *name;
    double value, low, high;
};
void study_bars(struct study_results *r, const char *name, const char *title, const char *axis,
                const struct study_bar *bars, size_t count);

#endif
