/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One run, as if farmdb were not there, unless an option asks for repeats.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/proc.h"
#include "db/argv.h"
#include "db/intake/ingest.h"
#include "db/run/run_options.h"
#include "db/run/runner.h"

static bool interleave_option;

static const struct opt options[] = {
    {0, "interleave", OPT_FLAG, &interleave_option, NULL, "words are whole commands, run in turns: A B B A A B ..."},
    RUN_OPTIONS,
    {0},
};

static void take_in(struct context *c, const struct measure *m, const struct machine *machine)
{
    const struct recorded *r = &m->recorded;
    struct str err = STR_INIT;
    if (store_open(&c->store, &err) && !c->store.writable)
        str_addf(&err, "the store %s cannot be written to: what was recorded waits beside it", c->store.path);
    if (err.len) {
        warn("%s", err.data);
        str_release(&err);
        return;
    }
    sql_run(c->store.db, "BEGIN IMMEDIATE");
    int64_t run = recorded_put(c->store.db, r, machine);
    experiment_metrics(c->store.db, run, m->found.list.items, m->found.list.count);
    sql_run(c->store.db, "COMMIT");
    c->living = ingest_pending(&c->store).living;
    if (recorded_processes(c->store.db, r->uuid))
        return;
    if (c->living)
        warn("nothing of %s is recorded yet: processes of it still run", r->argv[0]);
    else
        warn("only the figures of the whole run are recorded: was %s built with farmcc? (`farmdb doctor %s`)",
             r->argv[0], r->argv[0]);
}

static void set_up(struct measure *m, const struct plan *p, char **argv)
{
    m->job.argv = argv;
    m->job.time_limit = p->time_limit;
    m->job.own_group = p->time_limit > 0;
    m->recorded.label = run_options_label(0);
    if (run_options.labels.values.count)
        measure_set(m, "FARM_LABEL", run_options_label(0));
    if (p->metrics.count)
        m->job.out = m->out = printed_open();
}

static int record_once(struct context *c, const struct plan *p, char **argv)
{
    struct machine machine;
    struct watch watch = {.store = c->store.path};
    struct measure m;
    struct str err = STR_INIT;
    if (!metrics_open(&watch.metrics, p->metrics.items, p->metrics.count, &err))
        die(EXIT_USAGE, "%s", err.data);
    machine_look(&machine);
    turn_open(&watch.turn);
    measure_init(&m, &watch);
    set_up(&m, p, argv);
    struct launcher *launcher = launch_local();
    bool started = runner_once(&m, &watch, launcher);
    launcher->close(launcher);
    turn_close(&watch.turn);
    if (started)
        take_in(c, &m, &machine);
    else
        warn("cannot run %s: %s", argv[0], strerror(m.job.outcome.error_number));
    if (m.job.outcome.timed_out)
        warn("%s ran into its time limit of %g s", argv[0], p->time_limit);
    int code = runner_code(&m.job.outcome);
    measure_release(&m);
    metrics_close(&watch.metrics);
    machine_release(&machine);
    return code;
}

static int record_often(struct context *c, struct plan *p, int argc, char **argv)
{
    size_t commands = interleave_option ? (size_t)argc : 1;
    if (run_options.labels.values.count > 0 && run_options.labels.values.count != commands)
        die(EXIT_USAGE, "--label is given %zu times, for %zu command%s", run_options.labels.values.count, commands,
            commands > 1 ? "s" : "");
    p->order = ORDER_GIVEN;
    for (size_t i = 0; i < commands && argc; i++) {
        char **words = interleave_option ? run_options_command(argv[i]) : argv_copy(argv);
        plan_point(p, run_options_label(i), words);
        argv_free(words);
    }
    return run_options_run(c, p);
}

static int run(struct context *c, int argc, char **argv)
{
    struct plan plan;
    run_options_plan("record", &plan);
    if (!argc && !run_options.resuming)
        die(EXIT_USAGE, "record takes the command to run: farmdb record -- ./prog ARGUMENT...");
    if (argc && run_options.resuming)
        die(EXIT_USAGE, "--resume takes no command: it goes on with the one that was interrupted");
    if (interleave_option || run_options_repeat())
        return record_often(c, &plan, argc, argv);
    if (run_options_around()) {
        plan.runs = 1;
        free(plan.output);
        plan.output = str_copy(run_options.output ? run_options.output : "inherit");
        return record_often(c, &plan, argc, argv);
    }
    if (run_options.labels.values.count > 1)
        die(EXIT_USAGE, "a run has one label");
    int code = record_once(c, &plan, argv);
    plan_release(&plan);
    return code;
}

const struct cmd cmd_record = {"record",
                               "[OPTION...] -- PROGRAM...",
                               "run a program; what it records is one run",
                               "One run, with farmdb's own streams, unless -r, -m, -M, --min-time, -w or "
                               "--interleave ask\nfor repeats. All instrumented processes that the command starts "
                               "belong to the run. The exit\nstatus is the program's own, or 128 + "
                               "the signal that ended it, 124 where it ran into its time limit,\nor 127 where it "
                               "cannot be started.",
                               options,
                               NEEDS_NOTHING,
                               true,
                               run};
