/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long calls took, by function, over the selected processes.
 */
#ifndef DB_CALLTIMES_H
#define DB_CALLTIMES_H

#include "base/vec.h"
#include "db/sql.h"

struct calltime {
    char *path, *name;
    int64_t line;
    int64_t timed, calls, running, unseen;       /* as in the table timing */
    double total_ns, least_ns, most_ns, p50_ns, p99_ns;
    bool thinned, recursed;
};

struct calltimes {
    VEC(struct calltime) list;   /* by path, line and name */
};

void calltimes_load(struct sql *db, struct calltimes *c);
void calltimes_release(struct calltimes *c);

/* NULL: no call of it was timed. */
const struct calltime *calltimes_find(const struct calltimes *c, const char *path, int64_t line, const char *name);

#endif
