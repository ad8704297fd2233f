/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gate of `farmdb check`: figures of two sides, and the verdict. Pure: where figures come from is not its matter.
 *
 * Exact figures may not get worse by more than their tolerance. All others are tested together, corrected by Holm, so
 * that the chance of one false alarm among all of them stays below alpha.
 */
#ifndef DB_GATE_H
#define DB_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "db/compare/judge.h"

enum gate_verdict { GATE_FINE, GATE_BETTER, GATE_WORSE, GATE_UNTESTED };

struct gate_figure {
    char *name;                  /* as in the view run_metric, or "self_s" of a function */
    char *function, *file;       /* of a function; else NULL */
    int line;
    bool higher_is_better;
    bool count;                  /* of exact things: compared as it is where all runs of a side agree */
    bool exact;                  /* they do; set by gate_decide */
    double tolerance;            /* share of the value before */
    double *values[2];           /* by run; owned */
    struct judged judged;
    enum gate_verdict verdict;
};

struct gate_cause {              /* a place that explains a verdict */
    char *file, *text;           /* file NULL: none is known */
    int line;
};

struct gate {
    char *name[2];
    size_t n[2];
    double *order;               /* when each run took place, the first side's first */
    double alpha;
    uint64_t seed;
    size_t replicates;           /* of the bootstrap behind intervals */
    VEC(struct gate_figure) figures;
    /* The outcome: */
    size_t tests;                /* that would be needed for all figures */
    bool program_only;           /* too few runs for all: functions are not tested */
    bool too_few;                /* not even for the program */
    size_t missing;              /* runs that each side lacks for all tests; 0: none */
    size_t worse;
    VEC(struct gate_cause) causes;       /* by whoever knows the lines */
};

void gate_init(struct gate *g, const char *before, size_t n, const char *after, size_t m);
void gate_release(struct gate *g);

/* A figure with room for its values. Borrowed until the next call. */
struct gate_figure *gate_add(struct gate *g, const char *name, const char *function, const char *file, int line);

void gate_explain(struct gate *g, const char *file, int line, char *text);     /* takes the text over */

/* Exit code: EXIT_OK, EXIT_REGRESSION or EXIT_UNDECIDED. May be called again after values have changed. */
int gate_decide(struct gate *g);

/* "cpu_s" or "work() self_s", appended. */
void gate_name(const struct gate_figure *f, struct str *out);

/* ---- what is tolerated (gate_rules.c) */

struct gate_rule {
    char *name;
    bool off;
    double tolerance;            /* NAN: as without the rule */
    int better;                  /* 1 higher, -1 lower, 0 as its name says */
};

struct gate_rules {
    double alpha;
    bool functions_off;
    double function_tolerance, function_share;
    VEC(struct gate_rule) rules;
};

void gate_rules_init(struct gate_rules *r);
void gate_rules_release(struct gate_rules *r);

/* The file of --thresholds; the option --tolerance: "cpu_s=5%,hits=0,wall_s=off". False, with a sentence. */
bool gate_rules_read(struct gate_rules *r, const char *path, struct str *err);
bool gate_rules_parse(struct gate_rules *r, const char *text, struct str *err);

/* Sets tolerances and takes out what is off. False, with a sentence: a rule names a figure that is not there. */
bool gate_rules_apply(const struct gate_rules *r, struct gate *g, struct str *err);

/* ---- how often it is wrong (gate_self.c) */

struct gate_trial {
    double slowdown;             /* put on one half of the runs: 0 is A/A */
    size_t trials, alarms, undecided;
};

/* Splits the runs of side 0 into two halves at random, `trials` times, makes one half slower and asks the gate. */
struct gate_trial gate_try(const struct gate *g, double slowdown, size_t trials, uint64_t seed);

#endif
