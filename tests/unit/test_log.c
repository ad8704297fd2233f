/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log of a run: it never changes the world, and its tables add up to the world's own totals.
 */
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/run.h"
#include "sim/scenario.h"
#include "tests/unit/check.h"

#define FILE_NAME "test_log.db"

static void remove_file(void)
{
    unlink(FILE_NAME);
    unlink(FILE_NAME "-wal");
    unlink(FILE_NAME "-shm");
}

static double number(const char *query)
{
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    CHECK_INT(sqlite3_open(FILE_NAME, &db), SQLITE_OK);
    CHECK_INT(sqlite3_prepare_v2(db, query, -1, &s, NULL), SQLITE_OK);
    double value = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_double(s, 0) : NAN;
    sqlite3_finalize(s);
    sqlite3_close(db);
    return value;
}

/* Figures of simulation_steps that are averages of rows of the same step: how many differ. */
#define CHECK_AVERAGE(column, value) \
    CHECK_QUERY("SELECT count(*) FROM simulation_steps p WHERE abs(" column " - (SELECT avg(" value ") " \
                "FROM agent_states s WHERE s.step_number = p.step_number)) > 1e-6", 0)

/* A query that counts or adds up, and what it must give. */
#define CHECK_QUERY(query, expected) CHECK(fabs(number(query) - (double)(expected)) < 1e-6)

static struct sim_def lively(void)
{
    struct sim_def def = scenario_def(scenario_find("default"));
    def.policy = "random";
    def.steps = 80;
    def.width = def.height = 50;
    def.start_goods = 1500;
    def.starvation = 8;
    def.consumption = 60;
    def.attack_damage = 4000;
    def.phase_end[0] = def.phase_end[1] = 0;
    def.log.path = FILE_NAME;
    return def;
}

static struct run done(const struct sim_def *def)
{
    struct run run;
    char problem[256] = "";
    remove_file();
    CHECK_STR(sim_problem(def), NULL);
    CHECK(run_world(def, NULL, &run, problem));
    CHECK_STR(problem, "");
    return run;
}

static void check_totals(const struct run *run, const struct sim_def *def)
{
    const struct sim_totals *t = &run->totals;
    uint32_t first = def->agents[0] + def->agents[1] + def->agents[2];
    CHECK(t->births > 5 && t->deaths_by_force > 0 && t->deaths_of_hunger > 0);
    CHECK_QUERY("SELECT count(*) FROM agents", first + t->births);
    CHECK_QUERY("SELECT count(*) FROM agents WHERE parent_id IS NOT NULL", t->births);
    CHECK_QUERY("SELECT count(*) FROM agents WHERE death_cause = 'starvation'", t->deaths_of_hunger);
    CHECK_QUERY("SELECT count(*) FROM agents WHERE death_cause = 'attack'", t->deaths_by_force);
    CHECK_QUERY("SELECT count(*) FROM agents WHERE death_time IS NULL", t->agents);
    CHECK_QUERY("SELECT count(*) FROM agent_actions", t->acts);
    for (int a = 0; a < SIM_ACTIONS; a++) {
        char query[200];
        snprintf(query, sizeof query, "SELECT count(*) FROM agent_actions WHERE action_type = '%s'",
                 sim_action_names[a]);
        CHECK_QUERY(query, t->tried[a]);
        snprintf(query, sizeof query, "SELECT sum(success) FROM agent_actions WHERE action_type = '%s'",
                 sim_action_names[a]);
        CHECK_QUERY(query, t->done[a]);
    }
    CHECK_QUERY("SELECT count(*) FROM simulation_steps", def->steps + 1);
    CHECK_QUERY("SELECT count(*) FROM resource_states", (def->steps + 1) * def->nodes);
    CHECK_QUERY("SELECT count(*) FROM reproduction_events", t->tried[SIM_REPRODUCE]);
    CHECK_QUERY("SELECT count(*) FROM reproduction_events WHERE success", t->births);
    CHECK_QUERY("SELECT sum(amount) FROM interactions WHERE interaction_type = 'gather'", (double)t->gathered / 100);
    CHECK_QUERY("SELECT count(*) FROM social_interactions WHERE interaction_type = 'attack' AND outcome = 'success'",
                t->done[SIM_ATTACK]);
    CHECK_QUERY("SELECT count(*) FROM social_interactions WHERE interaction_type = 'share' AND outcome = 'success'",
                t->done[SIM_SHARE]);
    CHECK_QUERY("SELECT count(*) FROM health_incidents WHERE cause = 'attack'", t->done[SIM_ATTACK]);
    CHECK_QUERY("SELECT count(*) FROM simulation_config", 1);
    CHECK_QUERY("SELECT count(*) FROM experiments", 1);
    CHECK_QUERY("SELECT count(*) FROM simulations WHERE status = 'completed'", 1);
}

static void check_steps(const struct sim_totals *t)
{
    CHECK_QUERY("SELECT count(*) FROM simulation_steps WHERE total_agents <> (SELECT count(*) FROM agent_states s "
                "WHERE s.step_number = simulation_steps.step_number)", 0);
    CHECK_QUERY("SELECT count(*) FROM simulation_steps "
                "WHERE total_agents <> system_agents + independent_agents + control_agents", 0);
    CHECK_QUERY("SELECT count(*) FROM simulation_steps p WHERE abs(total_resources - (SELECT sum(amount) FROM "
                "resource_states r WHERE r.step_number = p.step_number)) > 1e-6", 0);
    CHECK_AVERAGE("average_agent_resources", "resource_level");
    CHECK_AVERAGE("average_agent_health", "current_health");
    CHECK_AVERAGE("average_agent_age", "age");
    CHECK_QUERY("WITH shares AS (SELECT step_number, resource_level / sum(resource_level) OVER "
                "(PARTITION BY step_number) p FROM agent_states) SELECT count(*) FROM simulation_steps x WHERE "
                "abs(resource_distribution_entropy - ifnull((SELECT -sum(p * ln(p)) FROM shares WHERE "
                "shares.step_number = x.step_number AND p > 0), 0)) > 1e-6", 0);
    CHECK_QUERY("SELECT sum(births) FROM simulation_steps", t->births);
    CHECK_QUERY("SELECT sum(deaths) FROM simulation_steps", t->deaths_by_force + t->deaths_of_hunger);
    CHECK_QUERY("SELECT sum(combat_encounters_this_step) FROM simulation_steps", t->tried[SIM_ATTACK]);
    CHECK_QUERY("SELECT max(successful_attacks) FROM simulation_steps", t->done[SIM_ATTACK]);
    CHECK_QUERY("SELECT sum(resources_shared_this_step) - max(resources_shared) FROM simulation_steps", 0);
    CHECK_QUERY("SELECT sum(amount) - (SELECT max(resources_shared) FROM simulation_steps) FROM interactions "
                "WHERE interaction_type = 'share'", 0);
    CHECK_QUERY("SELECT count(*) FROM simulation_steps WHERE genetic_diversity NOT BETWEEN 0 AND 1 OR "
                "dominant_genome_ratio NOT BETWEEN 0 AND 1 OR resource_efficiency NOT BETWEEN 0 AND 1 OR "
                "resource_distribution_entropy NOT BETWEEN 0 AND ln(total_agents) + 1e-9", 0);
    CHECK_QUERY("SELECT dominant_genome_ratio FROM simulation_steps WHERE step_number = 0", 1);
    CHECK(number("SELECT genetic_diversity FROM simulation_steps ORDER BY step_number DESC LIMIT 1") > 0.05);
}

static void check_sound(void)
{
    CHECK_QUERY("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'", 1);
    CHECK_QUERY("SELECT count(*) FROM pragma_foreign_key_check", 0);
    CHECK_QUERY("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'", 13);
    CHECK_QUERY("SELECT count(*) FROM simulation_config WHERE json_valid(config_data) AND "
                "json_extract(config_data, '$.policy') IS NOT NULL", 1);
}

static void test_tables_add_up(void)
{
    struct sim_def def = lively();
    def.log.where = SIM_LOG_DISK;
    struct run run = done(&def);
    check_totals(&run, &def);
    check_steps(&run.totals);
    check_sound();
    CHECK_QUERY("SELECT count(*) FROM learning_experiences", 0);
    CHECK(run.log.bytes > 100000 && run.log.rows > 5000 && run.bytes.log > 0);
}

static void test_learners_log_experiences(void)
{
    struct sim_def def = lively();
    def.policy = "mlp";
    def.sight.radius = 2;
    def.log.where = SIM_LOG_DISK;
    struct run run = done(&def);
    CHECK_QUERY("SELECT count(*) FROM learning_experiences WHERE module_type = 'mlp'", run.totals.acts);
    CHECK_QUERY("SELECT count(*) FROM learning_experiences e JOIN agent_actions a USING (agent_id, step_number) "
                "WHERE e.action_taken_mapped <> a.action_type OR e.reward <> a.reward", 0);
}

/* Whatever is switched: the same world, the same rows. */
static void test_switches(void)
{
    struct sim_def def = lively();
    struct run off = done(&def);
    CHECK_INT(off.log.rows, 0);
    CHECK(access(FILE_NAME, F_OK) != 0);
    static const struct sim_log_def logs[] = {
        {.where = SIM_LOG_DISK, .buffer = 1000, .pragmas = "balanced"},
        {.where = SIM_LOG_DISK, .buffer = 1, .pragmas = "performance", .index_after = true},
        {.where = SIM_LOG_DISK, .buffer = 100000, .transaction = SIM_TRANSACTION_STEP, .pragmas = "safety"},
        {.where = SIM_LOG_DISK, .buffer = 300, .async = true, .pragmas = "memory", .index_after = true},
        {.where = SIM_LOG_MEMORY, .buffer = 1000, .pragmas = "balanced"},
        {.where = SIM_LOG_MEMORY, .buffer = 1000, .async = true, .pragmas = "balanced", .index_after = true},
    };
    uint64_t rows = 0;
    for (size_t i = 0; i < sizeof logs / sizeof logs[0]; i++) {
        def.log = logs[i];
        def.log.path = FILE_NAME;
        struct run run = done(&def);
        CHECK(run.hash == off.hash);
        rows = rows ? rows : run.log.rows;
        CHECK_INT(run.log.rows, rows);
        check_totals(&run, &def);
        check_sound();
        if (def.log.transaction == SIM_TRANSACTION_STEP)
            CHECK_INT(run.log.transactions, def.steps + 1);
        if (def.log.buffer == 1)
            CHECK_INT(run.log.full, rows);
        CHECK((run.log.threaded > 0) == def.log.async);
    }
}

/* Ids of a second run come on top of those of the first. */
static void test_runs_share_a_file(void)
{
    struct sim_def def = lively();
    def.log.where = SIM_LOG_DISK;
    struct run run;
    char problem[256];
    done(&def);
    CHECK(run_world(&def, NULL, &run, problem));
    def.log.where = SIM_LOG_MEMORY;
    CHECK(run_world(&def, NULL, &run, problem));
    CHECK_QUERY("SELECT count(*) FROM simulations", 3);
    CHECK_QUERY("SELECT count(*) FROM agent_actions", 3 * run.totals.acts);
    CHECK_QUERY("SELECT count(*) FROM agent_actions x JOIN agents USING (agent_id) "
                "WHERE x.simulation_id <> agents.simulation_id", 0);
}

static void test_problems_are_said(void)
{
    struct sim_def def = lively();
    struct run run;
    char problem[256] = "";
    def.log.where = SIM_LOG_DISK;
    def.log.path = "/nowhere/x.db";
    CHECK(!run_world(&def, NULL, &run, problem));
    CHECK_STR(problem, "the log: unable to open database file");
    def.log.where = SIM_LOG_MEMORY;
    CHECK(!run_world(&def, NULL, &run, problem));
    CHECK_STR(problem, "the log: cannot write /nowhere/x.db");
}

/* In a child, since the limit stays: the run goes on to its end without its log, then says what is wrong. */
static void test_a_full_disk(void)
{
    struct sim_def def = lively();
    struct run off = done(&def);
    def.log.where = SIM_LOG_DISK;
    def.log.buffer = 100;
    remove_file();
    pid_t child = fork();
    if (child == 0) {
        struct run run;
        char problem[256] = "";
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){300000, 300000});
        bool good = run_world(&def, NULL, &run, problem);
        _exit(good ? 1 : strncmp(problem, "the log: ", 9) != 0 ? 2 : run.hash != off.hash ? 3 : 0);
    }
    int status;
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
    CHECK_QUERY("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'", 1);
    CHECK_QUERY("SELECT count(*) FROM pragma_foreign_key_check", 0);
    CHECK(number("SELECT max(step_number) FROM simulation_steps") > 2);
}

int main(void)
{
    test_tables_add_up();
    test_a_full_disk();
    test_learners_log_experiences();
    test_switches();
    test_problems_are_said();
    test_runs_share_a_file();
    remove_file();
    return check_done();
}
