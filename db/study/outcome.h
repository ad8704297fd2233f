/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a study left in its folder, for the commands that draw conclusions from all its phases.
 */
#ifndef DB_OUTCOME_H
#define DB_OUTCOME_H

#include "db/study/improvement.h"
#include "db/study/study.h"
#include "db/study/summary.h"

struct outcome_function {        /* that a phase measured */
    char *name, *file;
    int64_t line;                /* where it begins; 0: not known */
    char *component;
};

struct outcome {
    struct study study;          /* its file, as it stands now */
    char *store;                 /* the path of the store that its runs are in */
    struct summary phases[STUDY_PHASES];         /* by phase less 1 */
    bool has[STUDY_PHASES];
    VEC(struct outcome_function) functions;
};

/* False, with a sentence: there is no study in the folder, its file is gone, or phase 1 is missing. */
bool outcome_read(struct outcome *o, const char *folder, struct str *err);
void outcome_release(struct outcome *o);

/* The component of a function, or of "FILE:LINE"; "other" where none is known. Borrowed. */
const char *outcome_component(const struct outcome *o, const char *subject);

/* The same of a measured line, whose function is known as the study's file calls it. */
const char *outcome_line_component(const struct outcome *o, const struct summary_measurement *line);

/* Share of the program's time (0..1) that a measurement of a component, function or line says; NAN: it is of something
 * else. */
double outcome_share(const struct summary_measurement *m);

/* The runs of phase 1 that shares are of: those of its last point, "7,8,9". Yours. */
char *outcome_runs(const struct outcome *o);

/* What the study's file says of "effort": {"spatial": "low"}. EFFORT_UNKNOWN: nothing. */
enum effort outcome_effort(const struct outcome *o, const char *subject);

/* Its "plan": [{"name": "hash grid", "what": "spatial", "speedup": 10, "effort": "low"}]; "what" is as
 * study/improvement.h has it, or a component. False, with a sentence. */
bool outcome_plan(const struct outcome *o, struct improvements *out, struct str *err);

#endif
