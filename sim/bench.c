/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPEATS = 200, QUICK_REPEATS = 20 };

extern const struct bench bench_spatial, bench_observation, bench_database, bench_decision, bench_resources;

const struct bench *const benches[] = {&bench_spatial, &bench_observation, &bench_database, &bench_decision,
                                       &bench_resources, NULL};

double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void bench_add(struct bench_times *times, double seconds)
{
    if (times->count == times->room) {
        times->room = times->room ? 2 * times->room : 256;
        times->seconds = realloc(times->seconds, times->room * sizeof *times->seconds);
        if (!times->seconds) {
            fputs("farmsim: not enough memory for times\n", stderr);
            exit(4);
        }
    }
    times->seconds[times->count++] = seconds;
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

/* Nearest rank, in microseconds of one operation. */
static double percentile(const struct bench_times *times, double operations, uint32_t percent)
{
    uint32_t rank = (times->count * percent + 99) / 100;
    return times->seconds[rank ? rank - 1 : 0] / operations * 1e6;
}

void bench_print(const struct bench_mode *mode, const struct bench_row *row, struct bench_times *times)
{
    if (!times->count)
        return;
    double sum = 0;
    for (uint32_t i = 0; i < times->count; i++)
        sum += times->seconds[i];
    qsort(times->seconds, times->count, sizeof *times->seconds, by_size);
    double mean = sum / times->count / row->operations * 1e6, p50 = percentile(times, row->operations, 50);
    double p95 = percentile(times, row->operations, 95), p99 = percentile(times, row->operations, 99);
    if (mode->json)
        printf("{\"group\": \"%s\", \"setting\": \"%s\", \"switched\": \"%s\", \"times\": %u, \"operations\": %.0f, "
               "\"p50_us\": %.4f, \"p95_us\": %.4f, \"p99_us\": %.4f, \"mean_us\": %.4f, \"per_s\": %.1f}\n",
               row->group, row->setting, row->switched, times->count, row->operations, p50, p95, p99, mean, 1e6 / mean);
    else
        printf("%-10s %-52s %10.3f %10.3f %10.3f %10.3f  %s\n", row->group, row->setting, p50, p95, p99, mean,
               row->switched);
    fflush(stdout);
    free(times->seconds);
    *times = (struct bench_times){0};
}

static int usage(void)
{
    fputs("usage: farmsim bench NAME [--json] [--quick]\n", stderr);
    for (const struct bench *const *b = benches; *b; b++)
        fprintf(stderr, "  %-12s %s\n", (*b)->name, (*b)->summary);
    return 2;
}

int bench_main(int argc, char **argv)
{
    struct bench_mode mode = {false, REPEATS};
    const struct bench *chosen = NULL;
    for (int i = 1; i < argc; i++) {
        const struct bench *named = NULL;
        for (const struct bench *const *b = benches; *b; b++)
            if (strcmp((*b)->name, argv[i]) == 0)
                named = *b;
        if (strcmp(argv[i], "--json") == 0)
            mode.json = true;
        else if (strcmp(argv[i], "--quick") == 0)
            mode.repeats = QUICK_REPEATS;
        else if (named && !chosen)
            chosen = named;
        else
            return usage();
    }
    if (!chosen)
        return usage();
    if (!mode.json)
        printf("%-10s %-52s %10s %10s %10s %10s  %s\n", "group", "setting", "p50 us", "p95 us", "p99 us", "mean us",
               "switched");
    return chosen->run(&mode);
}
