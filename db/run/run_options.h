/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The options of every command that runs programs again and again, in one place, and the plan that they make.
 */
#ifndef DB_RUN_OPTIONS_H
#define DB_RUN_OPTIONS_H

#include "base/opt.h"
#include "db/cmd.h"
#include "db/run/experiment.h"

struct run_options {
    const char *runs;            /* a number or "auto" */
    double min_runs, max_runs, min_time, warmups, time_limit, seed;
    const char *setup, *prepare, *cleanup, *input, *output;
    struct opt_list labels, metrics;
    bool ignore_failures, no_shell, progress, resuming;
};

extern struct run_options run_options;

#define RUN_OPTIONS \
    {'l', "label", OPT_LIST, &run_options.labels, "L", "label of the runs; with --interleave one for each command"}, \
    {'r', "runs", OPT_TEXT, &run_options.runs, "N", "how many runs; auto: 10 and 3 seconds of them at least"}, \
    {'m', "min-runs", OPT_NUMBER, &run_options.min_runs, "N", "auto, with N runs at least"}, \
    {'M', "max-runs", OPT_NUMBER, &run_options.max_runs, "N", "auto, with N runs at most"}, \
    {0, "min-time", OPT_NUMBER, &run_options.min_time, "S", "auto, with S seconds of runs at least"}, \
    {'w', "warmup", OPT_NUMBER, &run_options.warmups, "N", "runs before the first that counts"}, \
    {'s', "setup", OPT_TEXT, &run_options.setup, "COMMAND", "runs before the first run of a command"}, \
    {'p', "prepare", OPT_TEXT, &run_options.prepare, "COMMAND", "runs before each run, warm-ups too"}, \
    {'c', "cleanup", OPT_TEXT, &run_options.cleanup, "COMMAND", "runs after all runs, once for each command"}, \
    {'i', "ignore-failure", OPT_FLAG, &run_options.ignore_failures, NULL, "go on when a run fails"}, \
    {'N', "no-shell", OPT_FLAG, &run_options.no_shell, NULL, "part texts of commands into words, without sh -c"}, \
    {0, "time-limit", OPT_NUMBER, &run_options.time_limit, "S", "end a run after S seconds, with its process group"}, \
    {0, "metric", OPT_LIST, &run_options.metrics, "NAME=REGEX", \
     "a figure that the program prints, any number; json: all of the JSON that it prints"}, \
    {0, "input", OPT_TEXT, &run_options.input, "FILE", "standard input of repeated runs (default: nothing)"}, \
    {0, "output", OPT_TEXT, &run_options.output, "WHERE", "of repeated runs: null (default), inherit or a file"}, \
    {0, "seed", OPT_NUMBER, &run_options.seed, "N", "of the order of runs and the size of their environment"}, \
    {0, "progress", OPT_FLAG, &run_options.progress, NULL, "say how far it is where stderr is no terminal, too"}, \
    {0, "resume", OPT_FLAG, &run_options.resuming, NULL, "go on with the latest that was interrupted"}

/* Does an option ask for more than one run? */
bool run_options_repeat(void);

/* Does one ask for something around the run, as only a plan has it? */
bool run_options_around(void);

/* A plan without points; ends the program with a sentence where an option makes no sense. */
void run_options_plan(const char *kind, struct plan *p);

/* Label of the command's runs: the option's, else FARM_LABEL's, else "". */
const char *run_options_label(size_t command);

/* A command given as one text: by sh -c, or parted into words. Released by argv_free. */
char **run_options_command(const char *text);

/* Runs the plan, which it takes over, or with --resume what is left of an earlier one; takes in what was recorded, and
 * answers with the points. An exit code. */
int run_options_run(struct context *c, struct plan *p);

#endif
