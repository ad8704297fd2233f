/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `farmsim bench NAME` runs one subsystem alone over a grid of settings. One driver a file in sim/bench/, its
 * descriptor last; a new one is that file, a line in bench.c and one in each list of sources.
 */
#ifndef SIM_BENCH_H
#define SIM_BENCH_H

#include "sim/sim.h"

struct bench_mode {
    bool json;
    uint32_t repeats;            /* of each measurement; --quick asks for fewer */
};

struct bench {
    const char *name, *summary;
    int (*run)(const struct bench_mode *mode);   /* prints its rows; exit status */
};

extern const struct bench *const benches[];              /* NULL-ended */

/* `farmsim bench ...`: argv[0] is the word bench. Exit status. */
int bench_main(int argc, char **argv);

/* Times of single operations, or of equally large bundles of them. */
struct bench_times {
    double *seconds;
    uint32_t count, room;
};

double bench_now(void);
void bench_add(struct bench_times *times, double seconds);

struct bench_row {
    const char *group;           /* "build", "near", ... */
    char setting[96];            /* "index=kd agents=1000" */
    char switched[160];          /* what proves that the setting was real: "rebuilds=1 visited=51200" */
    double operations;           /* in each of the times */
};

/* Prints one row, with p50, p95, p99 and mean of one operation in microseconds, and empties the times: aligned text, or
 * a JSON object a line. */
void bench_print(const struct bench_mode *mode, const struct bench_row *row, struct bench_times *times);

#endif
