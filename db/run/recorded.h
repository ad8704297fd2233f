/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run that farmdb started itself, as the store keeps it, beside what its processes recorded.
 */
#ifndef DB_RECORDED_H
#define DB_RECORDED_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>

#include "db/run/machine.h"
#include "db/sql.h"

struct recorded {
    char uuid[37];               /* FARM_RUN of its processes */
    const char *label;
    char *const *argv;
    int64_t started_ns;          /* realtime clock */
    int64_t wall_ns;
    int status;                  /* as from waitpid */
    double timed_out;            /* the limit in seconds that it ran into, else 0 */
    struct rusage usage;
    int64_t padding;
    double load;
    double others;               /* cores; below 0: not known */
    const char *contaminated;
};

/* A new run's name. */
void recorded_uuid(char uuid[37]);

/* Inside the caller's transaction; the run's row is made where its processes did not bring it. Returns it. */
int64_t recorded_put(struct sql *db, const struct recorded *r, const struct machine *m);

/* Processes of the run that are taken in. */
int64_t recorded_processes(struct sql *db, const char *uuid);

#endif
