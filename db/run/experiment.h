/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan in the store, with what was done of it: so an interrupted experiment can be gone on with.
 */
#ifndef DB_EXPERIMENT_H
#define DB_EXPERIMENT_H

#include "db/run/plan.h"
#include "db/run/recorded.h"
#include "db/store.h"

struct progress {                /* of a point */
    VEC(bool) passes;            /* by pass: was it run? */
    size_t runs;
    double seconds;              /* wall time of all runs */
};

struct experiment {
    int64_t id;
    struct plan plan;
    VEC(struct progress) done;   /* by point */
    size_t runs;                 /* of all points */
    char *folder;                /* where it began */
};

/* `plan` goes into the experiment, and is put into the store by experiment_begin. */
void experiment_init(struct experiment *e, struct plan *plan);
void experiment_begin(struct sql *db, struct experiment *e);

/* The experiment with this number, or the latest one of the kind that was not finished where it is 0. False, with a
 * sentence: there is none, or it is of another kind or finished. */
bool experiment_load(struct sql *db, int64_t id, const char *kind, struct experiment *e, struct str *err);
void experiment_release(struct experiment *e);

/* As long as this process lives nobody else may go on with the experiment; false, with a sentence: somebody does. */
bool experiment_claim(const struct store *s, const struct experiment *e, struct str *err);

/* A run of point `point` that counts, in a transaction of its own: all of it is in the store, or nothing. */
struct noted {
    size_t point, pass, beside;
    const struct recorded *recorded;
    const struct setting *metrics;       /* name and value */
    size_t metric_count;
};
void experiment_note(struct sql *db, struct experiment *e, const struct machine *m, const struct noted *n);

/* No more runs are made of the point; `why` is kept. */
void experiment_skip(struct sql *db, struct experiment *e, size_t point, const char *why);
void experiment_finish(struct sql *db, const struct experiment *e);
void experiment_forget(struct sql *db, const struct experiment *e);

/* What a run that is in the store printed: numbers as its metrics, other texts beside them. */
void experiment_metrics(struct sql *db, int64_t run, const struct setting *metrics, size_t count);

#endif
