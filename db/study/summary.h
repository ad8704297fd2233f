/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a phase found: phaseN_summary.json, written and read back, and the report that is made of it alone. Each figure
 * names the runs that it comes from. Texts are copied in.
 */
#ifndef DB_STUDY_SUMMARY_H
#define DB_STUDY_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "db/run/plan.h"

#define SUMMARY_SCHEMA 1

enum summary_kind { SUMMARY_PROGRAM, SUMMARY_COMPONENT, SUMMARY_FUNCTION, SUMMARY_LINE, SUMMARY_SERIES };

enum summary_state { SUMMARY_LEFT, SUMMARY_RUNNING, SUMMARY_DONE, SUMMARY_FAILED, SUMMARY_TIMEOUT,
                     SUMMARY_UNPROVEN };

struct summary_runs {
    VEC(int64_t) list;
};

struct summary_parameters {
    VEC(struct setting) list;
};

struct summary_measurement {
    char *experiment, *subject, *metric, *unit;
    enum summary_kind kind;
    double value, low, high;     /* low and high NAN: no interval is known */
    struct summary_parameters parameters;
    struct summary_runs runs;
    char *place;                 /* of a function: FILE:LINE; of a line: its function, as the study calls it; else "" */
    char *text;                  /* of a line: its source; else "" */
};

struct summary_point {
    char *experiment, *why;      /* why: of what is not done; "" */
    char *command;
    enum summary_state state;
    struct summary_parameters parameters;
    struct summary_runs runs;    /* failed ones, too */
};

struct summary_finding {
    char *rule, *experiment, *subject, *words;
    enum summary_kind kind;
    double value, limit;
    struct summary_parameters parameters;
    struct summary_runs runs;
};

struct summary_class {
    char *experiment, *scope, *subject, *metric, *class, *model;
    double exponent, low, high;
    struct summary_runs runs;
};

struct summary {
    char *study, *title, *commit, *started;      /* started: ISO 8601, UTC */
    int phase;
    bool quick, dirty;
    double seconds;              /* of wall time, from the first run to the last */
    struct summary_machine { char *host, *kernel, *cpu, *governor; double cores; } machine;
    VEC(struct summary_measurement) measurements;
    VEC(struct summary_point) points;
    VEC(struct summary_finding) findings;
    VEC(struct summary_class) classes;
    VEC(char *) files;           /* below the folder of the summary */
};

void summary_init(struct summary *s, const char *study, int phase, const char *title);
void summary_release(struct summary *s);

/* The added element; its texts that are not given are "", its numbers NAN, its lists empty. Borrowed until the next. */
struct summary_measurement *summary_measure(struct summary *s, const char *experiment, enum summary_kind kind,
                                            const char *subject, const char *metric, double value, const char *unit);
struct summary_finding *summary_find(struct summary *s, const char *rule, const char *subject, double value,
                                     double limit, const char *words);
struct summary_class *summary_class(struct summary *s, const char *experiment, const char *scope, const char *subject,
                                    const char *metric, const char *class);
struct summary_point *summary_point(struct summary *s, const char *experiment, enum summary_state state,
                                    const char *why);
void summary_file(struct summary *s, const char *path);
void summary_text(char **text, const char *value);           /* sets one of the texts */
void summary_parameter(struct summary_parameters *p, const char *name, const char *value);
void summary_parameters_release(struct summary_parameters *p);
void summary_run(struct summary_runs *r, int64_t run);

const char *summary_kind_name(enum summary_kind k);
const char *summary_state_name(enum summary_state s);        /* left, running, done, failed, timeout, proof failed */

bool summary_kind_find(const char *name, enum summary_kind *out);      /* false: there is none of that name */
bool summary_state_find(const char *name, enum summary_state *out);

/* FOLDER/phaseN_summary.json, and FOLDER/PHASEN_REPORT.md, which is taken away where there is nothing to report. False,
 * with a sentence. */
bool summary_write(const struct summary *s, const char *folder, struct str *err);

/* False, with a sentence: no such file, no JSON, no summary, of a later schema. */
bool summary_read(struct summary *s, const char *path, struct str *err);

/* A figure with its unit as people read it: "1.17 ms", "62.8 MB", "12.3 %", "1,391 1/s". Appended. */
void summary_figure(struct str *out, const char *unit, double value);

/* The report: tables of what the summary has, each row with its runs; appended as Markdown. Empty where it has no
 * measurement, no point and no finding. */
void summary_report(const struct summary *s, struct str *out);

#endif
