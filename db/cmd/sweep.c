/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program over values of its parameters: each combination is a point, whose runs carry the parameters.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/argv.h"
#include "db/run/load.h"
#include "db/run/param.h"
#include "db/run/run_options.h"

static struct opt_list parameter_option;
static bool one_option, no_skip_option;
static double jobs_option = NAN;

static const struct opt options[] = {
    {'P', "parameter", OPT_LIST, &parameter_option, "NAME=VALUES",
     "10,20,50 or 1..5 or 10..100:30 or 2^6..2^14 or 100..10000/8"},
    {0, "one-at-a-time", OPT_FLAG, &one_option, NULL, "vary one parameter, the others at their first value"},
    {0, "no-skip", OPT_FLAG, &no_skip_option, NULL, "go on with larger values when one ran into the time limit"},
    {0, "jobs", OPT_NUMBER, &jobs_option, "N", "runs at once, on cores that are idle; their times suffer"},
    RUN_OPTIONS,
    {0},
};

/* A sweep of more points than this is a slip of the hand. */
#define MOST_POINTS 100000

static size_t combinations(const struct params *params)
{
    double count = 1;
    for (size_t i = 0; i < params->list.count; i++)
        count *= (double)params->list.items[i].values.count;
    return count > MOST_POINTS ? MOST_POINTS + 1 : (size_t)count;
}

static void add_point(struct plan *p, const struct params *params, const struct assignment *a, char **argv)
{
    struct point *point = plan_point(p, run_options_label(0), argv);
    for (size_t i = 0; i < params->list.count; i++)
        point_set(point, params->list.items[i].name, params->list.items[i].values.items[a->values.items[i]]);
    for (char **word = point->argv; *word; word++) {
        char *filled = point_fill(point, *word);
        free(*word);
        *word = filled;
    }
}

static bool mentions(const char *text, const char *name)
{
    char *braced = str_format("{%s}", name), *variable = str_format("FARM_PARAM_%s", name);
    bool found = strstr(text, braced) || strstr(text, variable);
    free(braced);
    free(variable);
    return found;
}

/* A parameter that nothing mentions reaches the program only if it looks for it: more often a slip of the hand. */
static void warn_unused(const struct plan *p, const struct params *params, char **argv)
{
    for (size_t i = 0; i < params->list.count; i++) {
        const char *name = params->list.items[i].name;
        bool used = mentions(p->setup, name) || mentions(p->prepare, name) || mentions(p->cleanup, name);
        for (char **word = argv; *word && !used; word++)
            used = mentions(*word, name);
        if (!used)
            warn("no word of the command has {%s}: only FARM_PARAM_%s tells it the value", name, name);
    }
}

static void add_points(struct plan *p, char **argv)
{
    struct params params = {0};
    struct assignments points;
    struct str err = STR_INIT;
    for (size_t i = 0; i < parameter_option.values.count; i++)
        if (!param_add(&params, parameter_option.values.items[i], &err))
            die(EXIT_USAGE, "%s", err.data);
    if (!one_option && combinations(&params) > MOST_POINTS)
        die(EXIT_USAGE, "that makes more than %d points; --one-at-a-time makes fewer", MOST_POINTS);
    warn_unused(p, &params, argv);
    params_combine(&params, one_option, &points);
    for (size_t i = 0; i < points.list.count; i++)
        add_point(p, &params, &points.list.items[i], argv);
    assignments_release(&points);
    params_release(&params);
}

/* Cores that nobody uses now, looked at for a third of a second. */
static double idle_cores(void)
{
    struct load_reading before, after;
    struct timespec pause = {0, 300000000};
    load_read(&before);
    nanosleep(&pause, NULL);
    load_read(&after);
    double others = load_others(&before, &after);
    return (double)sysconf(_SC_NPROCESSORS_ONLN) - (others > 0 ? others : 0);
}

static void set_jobs(struct plan *p)
{
    if (isnan(jobs_option))
        return;
    double wanted = (double)cmd_count("jobs", jobs_option), idle = floor(idle_cores() + 0.25);
    p->jobs = fmax(1, fmin(wanted, idle));
    if (p->jobs > 1)
        warn("%g runs at once: their times are not those of runs alone", p->jobs);
    if (p->jobs < wanted)
        warn("%g run%s at once, not %g: of %ld cores %g %s idle", p->jobs, p->jobs > 1 ? "s" : "", wanted,
             sysconf(_SC_NPROCESSORS_ONLN), fmax(0, idle), idle == 1 ? "is" : "are");
}

static int run(struct context *c, int argc, char **argv)
{
    struct plan plan;
    run_options_plan("sweep", &plan);
    plan.no_skip = no_skip_option;
    if (run_options.resuming && (argc || parameter_option.values.count))
        die(EXIT_USAGE, "--resume takes neither parameters nor a command: it goes on with what was interrupted");
    if (!run_options.resuming && (!argc || !parameter_option.values.count))
        die(EXIT_USAGE, "sweep takes parameters and a command: farmdb sweep -P n=10,100,1000 -- ./prog {n}");
    if (run_options.labels.values.count > 1)
        die(EXIT_USAGE, "a sweep has one label");
    if (argc)
        add_points(&plan, argv);
    set_jobs(&plan);
    return run_options_run(c, &plan);
}

const struct cmd cmd_sweep = {"sweep",
                              "-P NAME=VALUES... -- PROGRAM...",
                              "run a program over values of its parameters",
                              "{NAME} in the words of the command, and in the setup, prepare and cleanup commands, is "
                              "replaced by the\nvalue; FARM_PARAM_NAME in their environment has it, too.",
                              options,
                              NEEDS_NOTHING,
                              true,
                              run};
