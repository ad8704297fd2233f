/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>

#include "base/proc.h"
#include "db/argv.h"
#include "db/cmd.h"
#include "db/ingest.h"

static const char *label_option;

static const struct opt options[] = {
    {'l', "label", OPT_TEXT, &label_option, "L", "label of the run"},
    {0},
};

/* Random, as RFC 9562 version 4. */
static void make_uuid(char text[37])
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != sizeof b)
        die(EXIT_DATA, "no random numbers to be had");
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    snprintf(text, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3],
             b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

/* A handler that does nothing, unlike SIG_IGN, is not inherited: the program gets the signal, we wait for its end. */
static void stay(int number)
{
}

static bool recorded(struct context *c, const char *run)
{
    struct sql_stmt *s = sql_prepare(c->store.db, "SELECT 1 FROM run WHERE uuid = :uuid");
    sql_bind_text(s, "uuid", run);
    bool any = sql_step(s);
    sql_done(s);
    return any;
}

/* What only we know of the run: the command as it was given, and how long it took and ended as a whole. */
static void note(struct context *c, const char *run, char *const argv[], int status, int64_t wall_ns)
{
    struct str words = STR_INIT;
    struct sql_stmt *s = store_prepare(c->store.db, "recorded_put");
    argv_from_words(argv, &words);
    sql_bind_text(s, "run", run);
    sql_bind_text(s, "argv", words.data);
    sql_bind_int(s, "wall_ns", wall_ns);
    sql_bind_text(s, "ended", WIFSIGNALED(status) ? "signal" : "exit");
    sql_bind_int(s, "end_value", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    sql_step(s);
    sql_done(s);
    str_release(&words);
}

static void take_in(struct context *c, const char *run, char *const argv[], int status, int64_t wall_ns)
{
    struct str err = STR_INIT;
    bool any = false;
    if (store_exists(&c->store) || ingest_waiting(&c->store)) {
        if (!store_open(&c->store, &err))
            warn("%s", err.data);
        else {
            c->living = ingest_pending(&c->store).living;
            any = recorded(c, run);
            if (any || c->living)
                note(c, run, argv, status, wall_ns);
        }
    }
    if (!any && !err.len && c->living)
        warn("nothing of %s is recorded yet: processes of it still run", argv[0]);
    else if (!any && !err.len)
        warn("nothing recorded: was %s built with farmcc? (`farmdb doctor %s`)", argv[0], argv[0]);
    str_release(&err);
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000000000 + now.tv_nsec;
}

static int run(struct context *c, int argc, char **argv)
{
    char uuid[37];
    if (!argc)
        die(EXIT_USAGE, "record takes the command to run: farmdb record -- ./prog ARGUMENT...");
    make_uuid(uuid);
    setenv("FARM_RUN", uuid, 1);
    setenv("FARM_DB", c->store.path, 1);
    if (label_option)
        setenv("FARM_LABEL", label_option, 1);
    signal(SIGINT, stay);
    signal(SIGQUIT, stay);
    int64_t start = now_ns();
    struct proc_result result = proc_run(argv, NULL, NULL);
    if (result.started)
        take_in(c, uuid, argv, result.status, now_ns() - start);
    else
        warn("cannot run %s: %s", argv[0], strerror(result.error_number));
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
