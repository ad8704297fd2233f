/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run that is killed leaves a sound database that ends with a whole step, by every profile of pragmas, with and
 * without a thread that writes.
 */
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/log_sql.h"
#include "sim/run.h"
#include "sim/scenario.h"
#include "tests/unit/check.h"

#define FILE_NAME "test_log_crash.db"

static int told;                 /* the child tells each step through this pipe */

static void tell(uint64_t step, const struct sim_def *def)
{
    if (write(told, "s", 1) != 1)
        _exit(3);
}

static void remove_file(void)
{
    unlink(FILE_NAME);
    unlink(FILE_NAME "-wal");
    unlink(FILE_NAME "-shm");
    unlink(FILE_NAME "-journal");
}

static long long number(sqlite3 *db, const char *query)
{
    sqlite3_stmt *s = NULL;
    CHECK_INT(sqlite3_prepare_v2(db, query, -1, &s, NULL), SQLITE_OK);
    long long value = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_finalize(s);
    return value;
}

/* Runs a world that would go on for very long and kills it behind its n-th step, wherever it is then. */
static void kill_run(const struct sim_log_def *log, int steps)
{
    int ends[2];
    struct sim_def def = scenario_def(scenario_find("default"));
    def.policy = "random";
    def.steps = 100000000;
    def.sight.radius = 1;
    def.birth_chance = 0;
    def.starvation = 1000000;
    def.attack_damage = 0;
    def.log = *log;
    CHECK_INT(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        struct run run;
        char problem[256];
        told = ends[1];
        close(ends[0]);
        _exit(run_world(&def, tell, &run, problem) ? 0 : 1);
    }
    close(ends[1]);
    char step;
    for (int i = 0; i < steps; i++)
        CHECK_INT(read(ends[0], &step, 1), 1);
    CHECK_INT(kill(child, SIGKILL), 0);
    int status;
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    close(ends[0]);
}

static void check_left(int steps, uint32_t buffer)
{
    sqlite3 *db;
    CHECK_INT(sqlite3_open(FILE_NAME, &db), SQLITE_OK);
    CHECK_INT(number(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
    CHECK_INT(number(db, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    CHECK_INT(number(db, "SELECT count(*) FROM simulations WHERE status = 'running'"), 1);
    long long last = number(db, "SELECT max(step_number) FROM simulation_steps");
    CHECK(last > 0 && last >= steps - 1 - 4 * (long long)(buffer / 50 + 1));
    CHECK_INT(number(db, "SELECT count(*) FROM simulation_steps"), last + 1);
    CHECK_INT(number(db, "SELECT count(*) FROM agent_actions"), last * 30);
    CHECK_INT(number(db, "SELECT count(*) FROM agent_states"), (last + 1) * 30);
    CHECK_INT(number(db, "SELECT count(*) FROM resource_states"), (last + 1) * 20);
    CHECK_INT(number(db, "SELECT max(step_number) FROM resource_states"), last);
    sqlite3_close(db);
}

int main(void)
{
    for (const char *const *profile = log_sql_profiles; *profile; profile++) {
        for (int i = 0; i < 4; i++) {
            struct sim_log_def log = {.where = SIM_LOG_DISK, .path = FILE_NAME, .buffer = i & 2 ? 40 : 500,
                                      .async = i & 1, .pragmas = *profile, .index_after = i & 2};
            int steps = 60 + 17 * i;
            remove_file();
            kill_run(&log, steps);
            check_left(steps, log.buffer);
        }
    }
    remove_file();
    return check_done();
}
