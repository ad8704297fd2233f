/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `farmsim bench NAME [GROUP] [KEY=VALUE...]` runs one subsystem alone over a grid of settings, or over the part of it
 * that is asked for. One driver a file in sim/bench/, its descriptor last; a new one is that file, a line in bench.c
 * and one in each list of sources.
 */
#ifndef SIM_BENCH_H
#define SIM_BENCH_H

#include "sim/sim.h"

enum { BENCH_VALUES = 16, BENCH_WISHES = 16 };

/* KEY=VALUE[,VALUE]... of the command line. */
struct bench_wish {
    const char *key, *values;
    bool known;                  /* some group has such a setting */
};

/* What was asked for and what came of it. */
struct bench_asked {
    const char *group;           /* NULL: all */
    struct bench_wish wishes[BENCH_WISHES];
    uint32_t wish_count, rows;
};

struct bench_mode {
    bool json;
    const char *name;
    uint32_t repeats;            /* of each measurement; --quick asks for fewer */
    struct bench_asked *asked;
};

/* Is this group wanted? */
bool bench_group(const struct bench_mode *mode, const char *group);

/* Values of a setting: those of the command line, which need not be in the grid, else the grid's own. */
struct bench_numbers {
    uint32_t count, list[BENCH_VALUES];
};
struct bench_numbers bench_numbers(const struct bench_mode *mode, const char *key, const struct bench_numbers *own);
uint32_t bench_number(const struct bench_mode *mode, const char *key, uint32_t own);

/* Is this value of a setting that has names for values wanted? */
bool bench_word(const struct bench_mode *mode, const char *key, const char *word);

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

extern const char *const bench_switch[2];        /* "off", "on" */

double bench_now(void);
void bench_add(struct bench_times *times, double seconds);
double bench_median(struct bench_times *times);          /* sorts them; 0 where there are none */

struct bench_row {
    const char *group;           /* "build", "near", ... */
    char setting[160];           /* "index=kd agents=1000": words of the form KEY=VALUE */
    char switched[256];          /* what proves that the setting was real: "rebuilds=1 visited=51200"; other keys */
    double operations;           /* in each of the times */
};

/* Prints one row, with p50, p95, p99 and mean of one operation in microseconds, and empties the times: aligned text, or
 * one flat JSON object a line, in which keys of settings and proofs are members. */
void bench_print(const struct bench_mode *mode, const struct bench_row *row, struct bench_times *times);

#endif
