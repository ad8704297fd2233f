/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is to be run: points (commands whose runs are repeats of each other) and how. The order of the runs and the size
 * of their environment follow from the seed alone, so that an experiment can be gone on with.
 */
#ifndef DB_PLAN_H
#define DB_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

struct setting {                 /* of a point: a parameter and its value */
    char *name, *value;
};

struct point {
    char *label;                 /* "": none */
    char **argv;
    VEC(struct setting) settings;
    char *skipped;               /* why no more runs of it are made; NULL: they are */
    double time_limit;           /* of its runs, instead of the plan's; 0: the plan's */
    char *prepare;               /* the same; NULL: the plan's */
};

enum plan_order {
    ORDER_GIVEN,                 /* A B, B A, A B ...: what drifts slowly hits all alike */
    ORDER_SHUFFLED               /* each two passes over the points in an order of their own, there and back */
};

struct plan {
    char *kind;                  /* record, sweep, study */
    uint64_t seed;
    enum plan_order order;
    double runs;                 /* of each point; 0: until there are min_runs and min_seconds of them */
    double min_runs, max_runs;   /* max_runs 0: no limit */
    double min_seconds;
    double warmups;              /* runs before the first that counts */
    double time_limit;           /* seconds of a run; 0: none */
    bool ignore_failures;
    bool no_skip;                /* go on with larger points after one ran into the time limit */
    bool skip_failures;          /* a failed run ends its point, which says why, and not the experiment */
    bool no_shell;               /* texts of commands are parted into words, not given to sh -c */
    double jobs;                 /* runs at the same time */
    char *setup, *prepare, *cleanup;     /* texts of commands, "" for none: before the first, before each, after all
                                          * runs of a point */
    char *input, *output;        /* "null", "inherit" or the name of a file */
    VEC(char *) metrics;         /* NAME=REGEX, or json */
    VEC(struct point) points;
};

/* Every setting at what it is where nothing is said. */
void plan_init(struct plan *p, const char *kind);
void plan_release(struct plan *p);

struct point *plan_point(struct plan *p, const char *label, char *const argv[]);
void point_set(struct point *p, const char *name, const char *value);

/* `text` with each {NAME} of a parameter of the point replaced by its value; yours to free. */
char *point_fill(const struct point *p, const char *text);

/* The settings, without seed and points, as a JSON array of "name=value", and back; yours to free. */
char *plan_write(const struct plan *p);
void plan_read(struct plan *p, const char *text);

/* The points of pass `pass`, from 0, in the order in which they run: indices, one for each point, into `out`. */
void plan_pass(const struct plan *p, size_t pass, size_t *out);

/* Bytes by which the environment of this run is larger, below PLAN_PADDING. What a program's time owes to where its
 * stack happens to lie is then spread over the runs (Mytkowicz and others, ASPLOS 2009). */
#define PLAN_PADDING 4096
size_t plan_padding(const struct plan *p, size_t point, size_t pass);

/* Is point `a` at least as large as `b` in every parameter that is a number, larger in one, and equal in all others? */
bool point_larger(const struct point *a, const struct point *b);

#endif
