/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/run_options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "db/argv.h"
#include "db/intake/ingest.h"
#include "db/run/runner.h"
#include "db/run/schedule.h"

/* Larger numbers are slips of the hand. */
#define MOST 1e9

struct run_options run_options = {.min_runs = NAN, .max_runs = NAN, .min_time = NAN, .warmups = NAN,
                                  .time_limit = NAN, .seed = NAN};

bool run_options_repeat(void)
{
    const struct run_options *o = &run_options;
    return o->runs || !isnan(o->min_runs) || !isnan(o->max_runs) || !isnan(o->min_time) || !isnan(o->warmups) ||
           o->resuming;
}

bool run_options_around(void)
{
    const struct run_options *o = &run_options;
    return o->setup || o->prepare || o->cleanup || o->input || o->output || !isnan(o->seed);
}

static void whole(const char *name, double value, double *out)
{
    if (isnan(value))
        return;
    if (!(value >= 0) || value > MOST || value != floor(value))
        die(EXIT_USAGE, "--%s takes a whole number, not %g", name, value);
    *out = value;
}

static void seconds(const char *name, double value, double *out)
{
    if (isnan(value))
        return;
    if (!(value >= 0) || value > MOST)
        die(EXIT_USAGE, "--%s takes seconds, not %g", name, value);
    *out = value;
}

static void text(const char *value, char **out)
{
    if (!value)
        return;
    free(*out);
    *out = str_copy(value);
}

static void set_runs(struct plan *p)
{
    char *end;
    const char *runs = run_options.runs;
    bool automatic = !runs || strcmp(runs, "auto") == 0;
    p->runs = automatic ? 0 : strtod(runs, &end);
    if (!automatic && (end == runs || *end || !(p->runs >= 1) || p->runs > MOST || p->runs != floor(p->runs)))
        die(EXIT_USAGE, "--runs takes a whole number from 1 on, or auto, not '%s'", runs);
    whole("min-runs", run_options.min_runs, &p->min_runs);
    whole("max-runs", run_options.max_runs, &p->max_runs);
    seconds("min-time", run_options.min_time, &p->min_seconds);
    if (!automatic && (!isnan(run_options.min_runs) || !isnan(run_options.max_runs) || !isnan(run_options.min_time)))
        die(EXIT_USAGE, "--runs %s leaves nothing for --min-runs, --max-runs and --min-time to decide", runs);
    if (p->max_runs > 0 && isnan(run_options.min_runs))
        p->min_runs = fmin(p->min_runs, p->max_runs);
    if (p->max_runs > 0 && p->max_runs < p->min_runs)
        die(EXIT_USAGE, "--max-runs %g is less than --min-runs %g", p->max_runs, p->min_runs);
}

static void set_seed(struct plan *p)
{
    double seed = 0;
    whole("seed", run_options.seed, &seed);
    p->seed = (uint64_t)seed;
    if (isnan(run_options.seed) && getrandom(&p->seed, 4, 0) != 4)
        die(EXIT_DATA, "no random numbers to be had");
}

static void check_metrics(const struct plan *p)
{
    struct metrics metrics;
    struct str err = STR_INIT;
    if (!metrics_open(&metrics, p->metrics.items, p->metrics.count, &err))
        die(EXIT_USAGE, "%s", err.data);
    metrics_close(&metrics);
}

/* What was interrupted goes on as it began. */
static void check_resume(const struct run_options *o)
{
    if (o->runs || !isnan(o->min_runs) || !isnan(o->max_runs) || !isnan(o->min_time) || !isnan(o->warmups) ||
        !isnan(o->time_limit) || o->labels.values.count || o->metrics.values.count || o->no_shell ||
        run_options_around())
        die(EXIT_USAGE, "--resume goes on as it began: beside it only -i and --progress may stand");
}

void run_options_plan(const char *kind, struct plan *p)
{
    const struct run_options *o = &run_options;
    if (o->resuming)
        check_resume(o);
    plan_init(p, kind);
    set_runs(p);
    set_seed(p);
    whole("warmup", o->warmups, &p->warmups);
    seconds("time-limit", o->time_limit, &p->time_limit);
    p->ignore_failures = o->ignore_failures;
    p->no_shell = o->no_shell;
    text(o->setup, &p->setup);
    text(o->prepare, &p->prepare);
    text(o->cleanup, &p->cleanup);
    text(o->input, &p->input);
    text(o->output, &p->output);
    for (size_t i = 0; i < o->metrics.values.count; i++)
        *vec_push(&p->metrics) = str_copy(o->metrics.values.items[i]);
    check_metrics(p);
}

const char *run_options_label(size_t command)
{
    const char *environment = getenv("FARM_LABEL");
    if (command < run_options.labels.values.count)
        return run_options.labels.values.items[command];
    return environment ? environment : "";
}

char **run_options_command(const char *command)
{
    char *shell[] = {"sh", "-c", (char *)command, NULL};
    char **words = run_options.no_shell ? argv_split(command) : argv_copy(shell);
    if (!words || !words[0])
        die(EXIT_USAGE, "'%s' is no command: %s", command, words ? "it is empty" : "a quote is not closed");
    return words;
}

static void open_store(struct context *c)
{
    struct str err = STR_INIT;
    if (!store_open(&c->store, &err))
        die(EXIT_DATA, "%s", err.data);
    cmd_must_write(c);
}

static void load(struct context *c, const char *kind, struct experiment *e)
{
    struct str err = STR_INIT;
    if (!experiment_load(c->store.db, 0, kind, e, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    e->plan.ignore_failures |= run_options.ignore_failures;
    if (chdir(e->folder) != 0)
        die(EXIT_DATA, "the folder %s, where experiment %lld began, is gone", e->folder, (long long)e->id);
}

static const struct column columns[] = {
    {"Point", "point", COLUMN_NUMBER, USE_ALL},
    {"Label", "label", COLUMN_TEXT, USE_ALL},
    {"Parameters", "parameters", COLUMN_TEXT, USE_ALL},
    {"Runs", "runs", COLUMN_COUNT, USE_ALL},
    {"Wall", "wall_median_s", COLUMN_SECONDS, USE_ALL},
    {"Least", "wall_min_s", COLUMN_SECONDS, USE_ALL},
    {"Most", "wall_max_s", COLUMN_SECONDS, USE_ALL},
    {"CPU", "cpu_median_s", COLUMN_SECONDS, USE_ALL},
    {"Peak", "max_rss_median_bytes", COLUMN_BYTES, USE_ALL},
    {"Contaminated", "contaminated_runs", COLUMN_COUNT, USE_ALL},
    {"Skipped", "skipped", COLUMN_TEXT, USE_ALL},
    {"Command", "command", COLUMN_TEXT, USE_ALL},
};

static void add_point(struct sql_stmt *s, struct table *t)
{
    struct str command = STR_INIT;
    argv_shell(sql_text(s, 11), &command);
    table_int(t, sql_int(s, 0));
    table_text(t, sql_text(s, 1));
    table_text(t, sql_text(s, 2));
    table_int(t, sql_int(s, 3));
    for (int i = 4; i < 8; i++)
        if (sql_is_null(s, i))
            table_none(t);
        else
            table_real(t, sql_real(s, i) / 1e9);
    if (sql_is_null(s, 8))
        table_none(t);
    else
        table_int(t, sql_int(s, 8) * 1024);
    table_int(t, sql_int(s, 9));
    table_text(t, sql_text(s, 10));
    table_text(t, command.data);
    str_release(&command);
}

static void answer(struct context *c, const struct experiment *e)
{
    struct doc d;
    doc_init(&d, e->plan.kind);
    doc_fact_int(&d, "experiment", e->id);
    doc_fact_int(&d, "seed", (int64_t)e->plan.seed);
    doc_fact_int(&d, "runs", (int64_t)e->runs);
    doc_head(&d, "experiment %lld: %zu runs, medians by point", (long long)e->id, e->runs);
    struct table *t = doc_table(&d, "points", NULL, columns, sizeof columns / sizeof *columns);
    struct sql_stmt *s = store_prepare(c->store.db, "experiment_points");
    sql_bind_int(s, "id", e->id);
    while (sql_step(s))
        add_point(s, t);
    sql_done(s);
    cmd_answer(c, &d);
}

static void warn_contaminated(struct context *c, const struct experiment *e)
{
    struct sql_stmt *s = store_prepare(c->store.db, "experiment_contaminated");
    sql_bind_int(s, "id", e->id);
    if (sql_step(s) && sql_int(s, 0))
        warn("%lld of %zu runs %s contaminated: %s%s", (long long)sql_int(s, 0), e->runs,
             sql_int(s, 0) == 1 ? "is" : "are", sql_text(s, 1), sql_int(s, 0) > 1 ? ", for one" : "");
    sql_done(s);
}

static void warn_bare(struct context *c, const struct experiment *e)
{
    struct sql_stmt *s = store_prepare(c->store.db, "experiment_bare");
    sql_bind_int(s, "id", e->id);
    if (!c->living && sql_step(s) && sql_int(s, 0))
        warn("only the figures of whole runs are recorded: was %s built with farmcc? (`farmdb doctor %s`)",
             e->plan.points.items[0].argv[0], e->plan.points.items[0].argv[0]);
    sql_done(s);
}

/* What has no runs is not worth going on with. */
static void leave_unfinished(struct context *c, const struct experiment *e, struct runner_result result)
{
    struct outlook left = schedule_outlook(e);
    if (!e->runs) {
        experiment_forget(c->store.db, e);
        return;
    }
    warn("%s after %zu of %zu runs; `farmdb %s --resume` goes on",
         result.end == RUNNER_INTERRUPTED ? "interrupted" : "stopped", e->runs, e->runs + left.left, e->plan.kind);
}

int run_options_run(struct context *c, struct plan *p)
{
    struct machine machine;
    struct experiment e;
    struct str err = STR_INIT;
    open_store(c);
    if (run_options.resuming)
        load(c, p->kind, &e);
    else
        experiment_init(&e, p);
    machine_look(&machine);
    if (!run_options.resuming)
        experiment_begin(c->store.db, &e);
    if (!experiment_claim(&c->store, &e, &err))
        die(EXIT_DATA, "%s", err.data);
    struct launcher *launcher = launch_local();
    struct runner_result result = runner_run(&c->store, &e, launcher, &machine, run_options.progress, NULL);
    launcher->close(launcher);
    if (result.end != RUNNER_INTERRUPTED)
        c->living = ingest_pending(&c->store).living;
    if (result.end != RUNNER_FINISHED)
        leave_unfinished(c, &e, result);
    else
        answer(c, &e);
    warn_contaminated(c, &e);
    if (result.end != RUNNER_INTERRUPTED)
        warn_bare(c, &e);
    experiment_release(&e);
    machine_release(&machine);
    plan_release(p);
    return result.code;
}
