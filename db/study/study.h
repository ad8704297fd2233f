/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The study file, read: how a program is built and run, and what each phase varies. docs/study.md describes the file;
 * docs/study.schema.json is the same for machines. Everything is complete after study_load: defaults are filled in,
 * names are checked.
 */
#ifndef DB_STUDY_H
#define DB_STUDY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "db/json.h"
#include "db/run/param.h"
#include "db/run/plan.h"

enum { STUDY_PHASES = 4 };

struct study_proof {             /* of a run: that a switch did something */
    char *metric;                /* what the program printed */
    char *equals;                /* a text, {NAME} of a parameter replaced by its value; NULL: a number is asked for */
    double at_least, at_most;    /* NAN: no such bound */
};

struct study_experiment {        /* points that vary the same parameters; its name is unique in its phase */
    char *name;
    char *component;             /* "" : of the whole program */
    char *run;                   /* "" : the study's command */
    struct params full, quick;   /* what varies, both with the same parameters; none: one point, the defaults */
    struct params set;           /* parameters with one value that differs from the study's default */
    bool one_at_a_time;          /* not all combinations: one parameter differs from its first value */
    bool full_only;              /* left out by --quick */
    char *by;                    /* the parameter that grows; "": the only one that varies, or none */
    char *metric;                /* by which the best point is told; "": none */
    bool more_is_better;
    VEC(char *) metrics;         /* what is reported; none: all */
    VEC(struct study_proof) proofs;
    double timeout_s;            /* 0: the study's */
};

struct study_function {          /* of phase 3 */
    char *name;                  /* as people call it */
    char *is;                    /* the function in the program: NAME, a glob, FILE:NAME or FILE:LINE */
};

struct study_pattern {
    char *text;
    size_t component;
    bool file;                   /* of a file's path; else of a function's name */
};

struct study_entry {             /* a name and a value, in the order of the file */
    char *name, *value;
};

struct study {
    char *path, *name;
    char *folder;                /* absolute: where its commands run */
    char *build, *run, *prepare; /* "" : none */
    char *step;                  /* parameter that says how many steps a run has, where the program marks none; or "" */
    VEC(char *) metrics;         /* NAME=REGEX, or "json": as the option --metric takes them */
    VEC(struct study_entry) parameters;          /* defaults */
    double repeats, quick_repeats, check_repeats, warmup, timeout_s;
    VEC(char *) components;      /* names */
    VEC(struct study_pattern) patterns;
    VEC(struct study_function) functions;
    bool exact_lines;            /* phase 3 asks for exact line time */
    VEC(struct study_experiment) experiments[STUDY_PHASES];      /* by phase less 1; 1 and 3 have at least one */
    struct study_rules {         /* from which share on something is a bottleneck, and the like: phase 1 and 3 */
        double component_share, function_share, line_share, cumulative_share, tiny_call_ns, growth_factor;
    } rules;
    char *gate;                  /* file of tolerances of `study check`; "" */
    char *out, *scratch;         /* what {out} and {scratch} stand for; set by study_place */
    struct json *file;           /* as it stands: for "thresholds", "effort" and what else a phase reads by itself */
};

/* False, with a sentence that names file and place ("x.json: component[2].grid.index: ..."). */
bool study_load(struct study *s, const char *path, struct str *err);
void study_release(struct study *s);

/* Where its results go: sets `out` and `scratch`, folders below. */
void study_place(struct study *s, const char *results);

/* A member of the file as it stands, NULL where it is missing: "thresholds", "effort", "plan". */
const struct json *study_member(const struct study *s, const char *name);

/* The default of a parameter; NULL: there is none of that name. */
const char *study_default(const struct study *s, const char *name);

/* The component of a function, by its patterns: names are looked at before files. "other" where none fits. Borrowed. */
const char *study_component(const struct study *s, const char *path, const char *function);

/* A study file to begin with, with remarks; appended. */
void study_template(const char *name, const char *build, const char *command, struct str *out);

#endif
