/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `farmsim bench NAME` runs one subsystem alone over a grid of settings. One driver a file in sim/bench/, its descriptor
 * last; a new one is that file, a line in bench.c and one in each list of sources.
 */
#ifndef SIM_BENCH_H
#define SIM_BENCH_H

#include "sim/sim.h"

struct bench {
    const char *name, *summary;
    int (*run)(bool json, bool quick);   /* prints its rows; exit status */
};

extern const struct bench *const benches[];              /* NULL-ended */

/* `farmsim bench ...`: argv[0] is the word bench. */
int bench_main(int argc, char **argv);

/* Times of single operations, for percentiles. */
struct bench_times {
    double *seconds;
    uint32_t count, room;
};

double bench_now(void);
void bench_add(struct bench_times *times, double seconds);

/* Prints one row: what was measured, with which setting, operations a time stands for, p50/p95/p99 of one operation,
 * and `switched`, what proves that the setting was real ("rebuilds=1 visited=51200"). Empties the times. Text with
 * aligned columns, or a JSON object a line. */
struct bench_row {
    const char *group;           /* "build", "near", ... */
    char setting[96], switched[160];
    double operations;           /* in each of the times */
};
void bench_print(const struct bench_row *row, struct bench_times *times, bool json);

#endif
