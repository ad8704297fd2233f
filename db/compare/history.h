/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line or a function over runs, followed back through the versions of the source.
 */
#ifndef DB_HISTORY_H
#define DB_HISTORY_H

#include <stdint.h>

#include "base/vec.h"
#include "db/align/align.h"
#include "db/compare/judge.h"
#include "db/sql.h"

#define HISTORY_NONE SIZE_MAX

/* A run with other parameters is no version of another one: like is compared with like alone. */
struct history_run {
    int64_t run;
    char *label;
    int64_t started_ns;
    size_t version;              /* index of history.versions */
    char *with;                  /* its parameters, "n=100, mode=fast", or, where it has none, its arguments */
    size_t before;               /* the one before it with the same; HISTORY_NONE */
    bool tested;                 /* the first with them of its version: its like are tested against those of the */
    struct judged time;          /* version before that has such */
    bool counted;
    int64_t count;               /* hits, or calls */
    double seconds, samples;     /* seconds NAN: the run has no samples */
};

struct history_version {         /* runs that were built from the same sources */
    char *path;                  /* as people see it */
    int line;
    char *name;                  /* of the function it is (in) */
    char *text;                  /* of the line */
    enum align_mark mark;        /* what became of it since the version before; ALIGN_SAME for the oldest */
    size_t first, count;         /* slice of runs */
};

struct history {
    VEC(struct history_run) runs;            /* by version, oldest first */
    VEC(struct history_version) versions;    /* in the order in which they were run for the first time */
    size_t kinds;                /* how many different `with` there are */
    bool parameters;             /* some run has */
    bool begins;                 /* it is new in the oldest version: runs before that did not have it */
};

/* What is followed: FILE:LINE of the newest version, or a function by NAME or FILE:NAME. False, with a sentence. */
bool history_of_line(struct sql *db, const char *runs, const char *place, struct history *out, struct str *err);
bool history_of_function(struct sql *db, const char *runs, const char *name, struct history *out, struct str *err);
void history_release(struct history *h);

#endif
