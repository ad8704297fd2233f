/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows reach the database in order and whole, however they are buffered, flushed and written; what the switches did is
 * in the counts and in the file.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "sim/log_writer.h"
#include "tests/unit/check.h"

#define FILE_NAME "test_log_writer.db"

static void remove_file(void)
{
    unlink(FILE_NAME);
    unlink(FILE_NAME "-wal");
    unlink(FILE_NAME "-shm");
}

/* One number or word that a query gives, as text that lives until the next call. */
static const char *asked(const char *query)
{
    static char text[200];
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    *text = 0;
    CHECK_INT(sqlite3_open(FILE_NAME, &db), SQLITE_OK);
    CHECK_INT(sqlite3_prepare_v2(db, query, -1, &s, NULL), SQLITE_OK);
    if (sqlite3_step(s) == SQLITE_ROW)
        snprintf(text, sizeof text, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    sqlite3_close(db);
    return text;
}

static void add_agent(struct log_writer *w, int64_t id)
{
    log_writer_row(w, LOG_AGENTS, (const union log_cell[]){{id}, {0}, {.text = "system"}, {.real = 1}, {.real = 2},
                                                           {.real = 5}, {.real = 100}, {0}, {LOG_NOTHING}});
}

static void add_action(struct log_writer *w, int64_t step, int64_t agent)
{
    log_writer_row(w, LOG_ACTIONS, (const union log_cell[]){{step}, {agent}, {.text = "gather"}, {LOG_NOTHING}, {1},
                                                            {.real = 1.25}, {.real = 2.5}, {.real = 0.1}});
}

/* 50 steps of 20 actions each, after one agent: 1001 rows. */
static struct log_writer_counts write_run(const struct log_writer_rules *rules, bool in_memory, const char *pragmas)
{
    struct log_sql *sql = log_sql_open(FILE_NAME, in_memory, pragmas, true, 42);
    struct log_writer *w = log_writer_open(sql, rules);
    CHECK(w != NULL);
    int64_t id = log_sql_agents_before(sql) + 1;
    add_agent(w, id);
    for (int64_t step = 1; step <= 50; step++) {
        for (int i = 0; i < 20; i++)
            add_action(w, step, id);
        log_writer_step(w);
    }
    log_writer_flush(w);
    struct log_writer_counts counts = log_writer_counts(w);
    log_writer_close(w);
    log_sql_finish(sql, 50, "{}");
    if (in_memory)
        log_sql_save(sql, FILE_NAME);
    CHECK_STR(log_sql_problem(sql), "");
    log_sql_close(sql);
    return counts;
}

static void check_file(void)
{
    CHECK_STR(asked("PRAGMA integrity_check"), "ok");
    CHECK_STR(asked("PRAGMA foreign_key_check"), "");
    CHECK_STR(asked("SELECT count(*) FROM agent_actions"), "1000");
    CHECK_STR(asked("SELECT group_concat(n) FROM (SELECT count(*) n FROM agent_actions GROUP BY step_number) "
                    "WHERE n <> 20"), "(null)");
    CHECK_STR(asked("SELECT count(*) FROM agent_actions a JOIN agent_actions b ON b.id = a.id + 1 "
                    "WHERE b.step_number < a.step_number"), "0");
    CHECK_STR(asked("SELECT resources_after FROM agent_actions LIMIT 1"), "2.5");
    CHECK_STR(asked("SELECT status || steps || seed FROM simulations"), "completed5042");
}

/* All ways of buffering give the same file, each with its own counts. */
static void test_buffers_and_transactions(void)
{
    static const struct {
        struct log_writer_rules rules;
        uint64_t full, transactions;
    } cases[] = {
        {{1, 0, false, false}, 1001, 50},        /* every row flushed, transactions at the ends of steps */
        {{7, 0, false, false}, 0, 50},
        {{100, 0, false, false}, 10, 10},
        {{100000, 0, false, false}, 0, 1},
        {{100000, 0, true, false}, 0, 50},
        {{1001, 0, false, false}, 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int async = 0; async < 2; async++) {
            struct log_writer_rules rules = cases[i].rules;
            rules.async = async;
            remove_file();
            struct log_writer_counts c = write_run(&rules, false, "balanced");
            CHECK_INT(c.rows, 1001);
            if (cases[i].full)
                CHECK_INT(c.full, cases[i].full);
            CHECK_INT(c.transactions, cases[i].transactions);
            CHECK(async ? c.threaded >= c.flushes : c.threaded == 0);
            CHECK(c.bytes > 20000);
            check_file();
        }
    }
}

/* Steps go on until the time of the buffer was over three times. */
static void test_flush_by_time(void)
{
    remove_file();
    struct log_sql *sql = log_sql_open(FILE_NAME, false, "performance", true, 42);
    struct log_writer *w = log_writer_open(sql, &(struct log_writer_rules){1000000, 0.001, false, false});
    add_agent(w, 1);
    uint64_t steps = 0;
    for (; log_writer_counts(w).old < 3 && steps < 100000000; steps++) {
        if (steps < 900000)
            add_action(w, (int64_t)steps, 1);
        log_writer_step(w);
    }
    struct log_writer_counts c = log_writer_counts(w);
    CHECK_INT(c.old, 3);
    CHECK_INT(c.full, 0);
    CHECK(c.transactions >= 1 && c.transactions <= 3);
    log_writer_close(w);
    CHECK_STR(log_sql_problem(sql), "");
    log_sql_close(sql);
    remove_file();
    c = write_run(&(struct log_writer_rules){100000, 3600, false, false}, false, "balanced");
    CHECK_INT(c.old, 0);
    check_file();
}

static void test_memory_and_several_simulations(void)
{
    const struct log_writer_rules rules = {100, 0, false, false};
    remove_file();
    write_run(&rules, true, "balanced");
    check_file();
    write_run(&rules, true, "balanced");
    write_run(&rules, false, "balanced");
    CHECK_STR(asked("SELECT count(*) FROM simulations WHERE status = 'completed'"), "3");
    CHECK_STR(asked("SELECT group_concat(agent_id || '/' || simulation_id) FROM agents"), "1/1,2/2,3/3");
    CHECK_STR(asked("SELECT count(*) FROM agent_actions"), "3000");
    CHECK_STR(asked("PRAGMA foreign_key_check"), "");
    CHECK_STR(asked("SELECT count(*) FROM experiments"), "1");
}

/* What of a profile stays in the file; each also works. */
static void test_profiles(void)
{
    static const char *const left[][3] = {
        {"balanced", "wal", "4096"}, {"performance", "wal", "8192"}, {"safety", "wal", "4096"},
        {"memory", "delete", "4096"},
    };
    for (size_t i = 0; i < 4; i++) {
        CHECK_STR(log_sql_profiles[i], left[i][0]);
        remove_file();
        write_run(&(struct log_writer_rules){100, 0, false, false}, false, left[i][0]);
        CHECK_STR(asked("PRAGMA journal_mode"), left[i][1]);
        CHECK_STR(asked("PRAGMA page_size"), left[i][2]);
        check_file();
    }
}

static void test_indexes_may_come_later(void)
{
    for (int after = 0; after < 2; after++) {
        remove_file();
        struct log_sql *sql = log_sql_open(FILE_NAME, false, "balanced", after, 1);
        CHECK_STR(asked("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql <> ''"), after ? "0" : "26");
        log_sql_finish(sql, 0, "{}");
        log_sql_close(sql);
        CHECK_STR(asked("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql <> ''"), "26");
        CHECK_STR(asked("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"), "13");
    }
}

static void test_problems_are_kept(void)
{
    remove_file();
    asked("CREATE TABLE strange (x)");
    struct log_sql *sql = log_sql_open(FILE_NAME, false, "balanced", true, 1);
    CHECK_STR(log_sql_problem(sql), FILE_NAME " is a database, but no log of farmsim");
    log_sql_close(sql);
    sql = log_sql_open("/nowhere/x.db", false, "balanced", true, 1);
    CHECK_STR(log_sql_problem(sql), "the log: unable to open database file");
    log_sql_close(sql);
    remove_file();
    sql = log_sql_open(FILE_NAME, false, "balanced", true, 1);
    struct log_writer *w = log_writer_open(sql, &(struct log_writer_rules){10, 0, false, false});
    add_action(w, 1, 77);
    log_writer_close(w);
    CHECK_STR(log_sql_problem(sql), "the log: FOREIGN KEY constraint failed");
    log_sql_close(sql);
    remove_file();
}

int main(void)
{
    test_buffers_and_transactions();
    test_flush_by_time();
    test_memory_and_several_simulations();
    test_profiles();
    test_indexes_may_come_later();
    test_problems_are_kept();
    return check_done();
}
