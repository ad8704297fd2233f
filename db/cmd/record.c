/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/proc.h"
#include "db/cmd.h"
#include "db/ingest.h"
#include "db/recorded.h"

static const char *label_option;

static const struct opt options[] = {
    {'l', "label", OPT_TEXT, &label_option, "L", "label of the run"},
    {0},
};

/* We stay for what the program has recorded. A signal from the terminal reaches the program by itself; one that
 * somebody sent to us alone is passed on. A handler, unlike SIG_IGN, is not inherited by the program. */
static void pass_on(int number, siginfo_t *info, void *context)
{
    if (proc_child && info->si_code <= 0)
        kill(proc_child, number);
}

static void stay(void)
{
    static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
    struct sigaction ours = {.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART}, old;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)     /* nohup */
            sigaction(signals[i], &ours, NULL);
}

static void take_in(struct context *c, const struct recorded *r, const struct machine *m)
{
    struct str err = STR_INIT;
    if (store_open(&c->store, &err) && !c->store.writable)
        str_addf(&err, "the store %s cannot be written to: what was recorded waits beside it", c->store.path);
    if (err.len) {
        warn("%s", err.data);
        str_release(&err);
        return;
    }
    sql_run(c->store.db, "BEGIN IMMEDIATE");
    recorded_put(c->store.db, r, m);
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

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000000000 + now.tv_nsec;
}

static int run(struct context *c, int argc, char **argv)
{
    struct machine machine;
    struct recorded r = {.label = label_option ? label_option : "", .argv = argv, .others = -1, .contaminated = ""};
    struct timespec now;
    if (!argc)
        die(EXIT_USAGE, "record takes the command to run: farmdb record -- ./prog ARGUMENT...");
    machine_look(&machine);
    recorded_uuid(r.uuid);
    setenv("FARM_RUN", r.uuid, 1);
    setenv("FARM_DB", c->store.path, 1);
    if (label_option)
        setenv("FARM_LABEL", label_option, 1);
    stay();
    clock_gettime(CLOCK_REALTIME, &now);
    r.started_ns = now.tv_sec * (int64_t)1000000000 + now.tv_nsec;
    int64_t start = now_ns();
    struct proc_result result = proc_run(argv, NULL, NULL);
    r.wall_ns = now_ns() - start;
    r.status = result.status;
    getrusage(RUSAGE_CHILDREN, &r.usage);
    if (result.started)
        take_in(c, &r, &machine);
    else
        warn("cannot run %s: %s", argv[0], strerror(result.error_number));
    machine_release(&machine);
    return proc_code(result);
}

const struct cmd cmd_record = {"record",
                               "[--label L] -- PROGRAM...",
                               "run a program; what it records is one run",
                               "All instrumented processes that the command starts belong to the run. The exit status "
                               "is the program's own, or 128 +\n"
                               "the signal that ended it, or 127 where it cannot be started.",
                               options,
                               NEEDS_NOTHING,
                               true,
                               run};
