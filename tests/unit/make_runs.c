/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs of a program whose truth is known, as a script for farm_maker: a module ./program of 15 functions with 20 lines
 * each in program.c (tests/e2e/simulated.sh makes it), lines that take lognormal times, runs that vary, a machine that
 * drifts, samples at 1 kHz drawn from a binomial.
 *     make_runs FOLDER NAME=VALUE...
 *   seed=N runs=N (of each side)   order=abba|blocks   drift=SHARE (over all runs)   noise=SHARE (of a run's time)
 *   slower=FACTOR (of one line of the side after, 1: A/A)   cause=hits|cost   seconds=S (of a run)
 * Prints the line that is slower, 0 for none, to stderr.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "db/stats/chance.h"

enum { LINES = 300, PER_FUNCTION = 20, HZ = 1000 };

struct truth {
    const char *folder;
    double seed, runs, drift, noise, slower, seconds;
    bool blocks, by_hits;
    double weight[LINES];        /* seconds of a run */
    long hits[LINES];
    int line;                    /* index of the slower one */
    struct chance *chance;
};

static bool is_line(int i)
{
    int at = i % PER_FUNCTION;
    return at > 0 && at < PER_FUNCTION - 1;      /* not a signature, not a brace */
}

static void choose(struct truth *t)
{
    double sum = 0;
    for (int i = 0; i < LINES; i++) {
        t->weight[i] = is_line(i) ? exp(1.2 * chance_normal(t->chance)) : 0;
        t->hits[i] = 1000 + (long)(1e6 * chance_uniform(t->chance));
        sum += t->weight[i];
    }
    for (int i = 0; i < LINES; i++)
        t->weight[i] *= t->seconds / sum;
    do                                           /* a line that matters: 1 % of the time at least */
        t->line = (int)(chance_uniform(t->chance) * LINES);
    while (t->weight[t->line] < 0.01 * t->seconds);
}

static void put_sites(const struct truth *t)
{
    printf("sites tables 7 %d %s program.c\nfile program.c program.c\n", LINES, t->folder);
    for (int f = 0; f < LINES / PER_FUNCTION; f++)
        printf("function 0 %d %d f%d 1*%d\n", f * PER_FUNCTION + 1, (f + 1) * PER_FUNCTION, f, f * PER_FUNCTION);
    for (int i = 0; i < LINES; i++)
        printf("line %d 0 %d 1*%d\n", i / PER_FUNCTION, i + 1, i);
    puts("end\nsource src program.c");
}

static void put_hits(const struct truth *t, bool slower)
{
    for (int i = 0; i < LINES; i++) {
        bool more = slower && t->by_hits && i == t->line;
        if (i % 50 == 0)
            printf("%sblock 0 %d", i ? "\n" : "", i * 8);
        printf(" %ld", more ? (long)((double)t->hits[i] * t->slower) : t->hits[i]);
    }
    puts("");
}

static void put_run(const struct truth *t, int side, int place, int identity)
{
    double drift = 1 + t->drift * place / (2 * t->runs - 1), factor = drift * exp(t->noise * chance_normal(t->chance));
    double total = 0, times[LINES];
    bool slower = side && t->slower > 1;
    for (int i = 0; i < LINES; i++) {
        times[i] = t->weight[i] * factor * (slower && i == t->line ? t->slower : 1);
        total += times[i];
    }
    printf("record farm.db-records %d\nset start_ns %d000000000\n", 1000 + identity, 1700000000 + 10 * place);
    printf("set user_ns %.0f\nset wall_ns %.0f\n", 1e9 * total, 1e9 * total * 1.01);
    printf("set sampler 1\nset sample_hz %d\n", HZ);
    printf("set max_rss_kb 10000\ninfo cwd %s\ninfo label %s\nargv ./program\n", t->folder, side ? "after" : "before");
    puts("module program 1 0x550000000000 0x550000001000 0x550000100000\nunit 7 0 300 0");
    put_hits(t, slower);
    for (int i = 0; i < LINES; i++) {
        unsigned k = times[i] > 0 ? chance_binomial(t->chance, times[i] / total, (unsigned)(total * HZ)) : 0;
        if (k)
            printf("node @0:%d - %u\n", i + 1, k);
    }
    puts("end");
}

static void set(struct truth *t, char *argument)
{
    const struct {
        const char *name;
        double *value;
    } numbers[] = {{"seed", &t->seed}, {"runs", &t->runs}, {"drift", &t->drift}, {"noise", &t->noise},
                   {"slower", &t->slower}, {"seconds", &t->seconds}};
    char *equals = strchr(argument, '=');
    if (!equals)
        die(EXIT_USAGE, "takes NAME=VALUE, not %s", argument);
    *equals = 0;
    t->blocks |= strcmp(argument, "order") == 0 && strcmp(equals + 1, "blocks") == 0;
    t->by_hits |= strcmp(argument, "cause") == 0 && strcmp(equals + 1, "hits") == 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(numbers[i].name, argument) == 0)
            *numbers[i].value = strtod(equals + 1, NULL);
}

int main(int argc, char **argv)
{
    struct truth t = {.seed = 1, .runs = 10, .noise = 0.01, .slower = 1, .seconds = 5};
    msg_tool = "make_runs";
    if (argc < 2)
        die(EXIT_USAGE, "takes a folder");
    t.folder = argv[1];
    for (int i = 2; i < argc; i++)
        set(&t, argv[i]);
    t.chance = chance_new((uint64_t)t.seed);
    choose(&t);
    put_sites(&t);
    for (int place = 0; place < 2 * (int)t.runs; place++) {
        int side = t.blocks ? place >= (int)t.runs : (place + 1) / 2 % 2;
        put_run(&t, side, place, place);
    }
    fprintf(stderr, "%d\n", t.slower > 1 ? t.line + 1 : 0);
    chance_free(t.chance);
    return 0;
}
