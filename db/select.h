/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which runs an answer is about. The temporary table `selected` holds their processes; queries of commands join it:
 * selected(process_id, sample_ns, cut_short), cut_short as in the table process.
 */
#ifndef DB_SELECT_H
#define DB_SELECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "db/sql.h"

struct selection {
    char *name;                  /* what people call it: NAME of NAME=..., else the words themselves */
    VEC(int64_t) runs;           /* oldest first */
    int64_t processes;
    int64_t samples;             /* of all processes together, without those of own_ns */
    double cpu_ns;               /* user CPU time of all processes, without own_ns: what shares are of */
    double own_ns;               /* the same of the profiler's own work in them */
    double unsampled_ns;         /* of it, of processes among which nobody has a sample: in no line */
    double sys_ns;
    bool calls, hits;            /* they were counted, by some process at least */
    bool imported;               /* every process was: nobody saw how long it ran */
    int64_t lost;                /* processes that ended without a word */
    char *folder;                /* people see paths below it short: the first process's working folder where it holds
                                  * all files that were compiled, else the nearest folder that does */
    bool elsewhere;              /* it is not the working folder */
};

/* An empty `selected`; queries can be prepared afterwards. */
void select_prepare(struct sql *db);

/* Fills it by `spec`, in the words of db/choose.h; NULL is the latest run. A run of which nothing is instrumented is
 * selected, without processes. False, with a sentence: no such run. */
bool select_runs(struct sql *db, const char *spec, struct selection *out, struct str *err);

/* The same for an answer that has sides (0 before, 1 after, any number): fills, beside `selected`, two temporary
 * tables, without what they had of this side:
 *     side_run(side, run_id, repeat)                                         repeat from 1, oldest first
 *     side_process(side, run_id, repeat, process_id, sample_ns, cut_short) */
bool select_side(struct sql *db, int side, const char *spec, struct selection *out, struct str *err);
void select_release(struct selection *s);

/* The same, or the end of the program with a sentence. */
void select_or_die(struct sql *db, const char *spec, struct selection *out);

/* How a process ended: "exit 0", "signal 11 (SEGV)", "killed". */
void select_ended(const char *ended, int64_t value, struct str *out);

/* With fewer samples shares are a guess. */
#define SELECT_FEW_SAMPLES 30

/* Standard error of the share of the CPU time that `samples` (k) of the selection's samples (n) name: half the width of
 * Wilson's interval at one standard deviation, sqrt(p(1-p)/n + 1/(4n^2)) / (1 + 1/n) with p = k/n. Unlike
 * sqrt(p(1-p)/n) it is not zero where no sample or every sample names a line. Samples that stand for different times
 * (runs of a label) count alike. 0 where nothing was sampled. */
double select_error(const struct selection *s, int64_t samples);

/* The largest that it can be, at p = 1/2. */
double select_error_max(const struct selection *s);

#endif
