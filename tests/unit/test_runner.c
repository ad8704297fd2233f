/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/proc.h"
#include "tests/unit/check.h"

static char folder[] = "/tmp/farm-runner.XXXXXX";

static struct job *wait_for(struct launcher *l)
{
    struct job *job;
    while (!(job = l->wait(l, -1)))
        ;
    return job;
}

static void test_launch(void)
{
    struct launcher *l = launch_local();
    char *words[] = {"sh", "-c", "echo \"$FARM_A ${FARM_B-none} $FARM_C\"; exit 3", NULL}, *none[] = {"./none", NULL};
    char *changes[] = {"FARM_A=1", "FARM_B", NULL};
    struct str text = STR_INIT, err = STR_INIT;
    setenv("FARM_A", "0", 1);
    setenv("FARM_B", "0", 1);
    setenv("FARM_C", "2", 1);
    int out = open("out", O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    struct job job = {.argv = words, .environment = changes, .in = -1, .out = out, .err = -1};
    CHECK(l->start(l, &job));
    CHECK(wait_for(l) == &job);
    CHECK(WIFEXITED(job.outcome.status) && WEXITSTATUS(job.outcome.status) == 3);
    CHECK(job.outcome.wall_ns > 0 && job.outcome.started_ns > 0 && job.outcome.usage.ru_maxrss > 0);
    CHECK(file_read("out", &text, &err));
    CHECK_STR(text.data, "1 none 2\n");
    CHECK_INT(runner_code(&job.outcome), 3);
    close(out);

    struct job missing = {.argv = none, .in = -1, .out = -1, .err = -1};
    CHECK(!l->start(l, &missing));
    CHECK(!missing.outcome.started && missing.outcome.error_number == ENOENT);
    CHECK_INT(runner_code(&missing.outcome), 127);
    l->close(l);
    str_release(&text);
    str_release(&err);
    unsetenv("FARM_A");
    unsetenv("FARM_B");
    unsetenv("FARM_C");
}

static void test_limits(void)
{
    struct launcher *l = launch_local();
    char *deaf[] = {"sh", "-c", "trap '' TERM; sleep 100 & wait; sleep 100", NULL}, *quick[] = {"true", NULL};
    bool typed;
    struct job slow = {.argv = deaf, .in = -1, .out = -1, .err = -1, .time_limit = 0.1, .own_group = true};
    struct job fast = {.argv = quick, .in = -1, .out = -1, .err = -1, .time_limit = 100, .own_group = true};
    CHECK(l->start(l, &slow) && l->start(l, &fast));
    CHECK(wait_for(l) == &fast);
    CHECK(!fast.outcome.timed_out && runner_code(&fast.outcome) == 0);
    CHECK(!l->asked(l, &typed));
    kill(getpid(), SIGTERM);             /* somebody's wish does not end us */
    CHECK(!l->wait(l, 0));
    CHECK_INT(l->asked(l, &typed), SIGTERM);
    CHECK(!typed);
    CHECK(wait_for(l) == &slow);
    CHECK(slow.outcome.timed_out && WIFSIGNALED(slow.outcome.status));
    CHECK_INT(runner_code(&slow.outcome), 124);
    l->close(l);
}

/* Three at once: every run is kept once, and knows of those beside it. */
static void test_jobs(void)
{
    struct store store;
    struct plan plan;
    struct experiment e;
    struct machine machine;
    struct str err = STR_INIT;
    char *argv[] = {"sleep", "0.1", NULL};
    store_locate(&store, "farm.db");
    CHECK(store_open(&store, &err));
    plan_init(&plan, "sweep");
    plan.runs = 3;
    plan.jobs = 3;
    for (int i = 1; i <= 4; i++) {
        char value[2] = {(char)('0' + i), 0};
        point_set(plan_point(&plan, "side by side", argv), "n", value);
    }
    experiment_init(&e, &plan);
    experiment_begin(store.db, &e);
    machine_look(&machine);
    struct launcher *l = launch_local();
    struct runner_result result = runner_run(&store, &e, l, &machine, false, NULL);
    l->close(l);
    CHECK(result.end == RUNNER_FINISHED && result.code == 0);
    CHECK_INT(e.runs, 12);
    CHECK_INT(sql_value(store.db, "SELECT count(DISTINCT point_id * 10 + repeat) FROM point_run", 0), 12);
    CHECK(sql_value(store.db, "SELECT sum(beside > 0) FROM point_run", 0) >= 2);
    CHECK_INT(sql_value(store.db, "SELECT count(*) FROM recorded WHERE others IS NULL AND ended = 'exit'", 0), 12);
    CHECK_INT(sql_value(store.db, "SELECT finished FROM experiment", 0), 1);
    experiment_release(&e);
    machine_release(&machine);
    store_release(&store);
    str_release(&err);
}

int main(void)
{
    char *remove[] = {"rm", "-rf", folder, NULL};
    CHECK(mkdtemp(folder) && chdir(folder) == 0);
    setenv("TMPDIR", folder, 1);
    test_launch();
    test_limits();
    test_jobs();
    CHECK_INT(chdir("/"), 0);
    CHECK_INT(proc_code(proc_run(remove, NULL, NULL)), 0);
    return check_done();
}
