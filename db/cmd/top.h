/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the command top share.
 */
#ifndef DB_CMD_TOP_H
#define DB_CMD_TOP_H

#include "db/cmd.h"

#include "db/calltimes.h"
#include "db/doc.h"
#include "db/select.h"

struct top_function {
    char *path, *name;           /* the path as it is, not shortened */
    int64_t line, calls, samples, total_samples;
    double self_ns, total_ns;
};

/* The cell of the column "file": for people FILE:LINE, shortened. */
void top_add_place(struct context *c, const struct selection *sel, struct table *t, const struct top_function *f);

/* top --calls */
struct table *top_calls_table(struct doc *d);
void top_calls_row(struct context *c, const struct selection *sel, const struct calltimes *times, struct table *t,
                   const struct top_function *f);
void top_calls_foot(struct sql *db, struct doc *d);

/* top --function NAME; an exit code. */
int top_around(struct context *c, const char *spec, const char *name);

#endif
