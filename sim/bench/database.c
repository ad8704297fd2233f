/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log alone: rows of actions by batch, buffer, place, flush, profile of pragmas, thread and index, and the log of a
 * world of 200 agents. Each time is that of a batch of rows, written where its switches say so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sim/bench.h"
#include "sim/log.h"
#include "sim/log_writer.h"
#include "sim/scenario.h"

struct trial {
    const char *group, *pragmas;
    uint32_t records, batch;     /* rows in all; rows that a time stands for */
    bool flush;                  /* each batch is written and committed; else it is a step, and the writer decides */
    struct log_writer_rules rules;
    bool in_memory, index_before;
};

static char place[64];           /* the database */

static void remove_place(void)
{
    char name[80];
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "%s%s", place, ends[i]);
        unlink(name);
    }
}

static void fail(const char *problem)
{
    fprintf(stderr, "farmsim: %s\n", problem);
    remove_place();
    exit(4);
}

static void write_rows(const struct trial *t, struct log_writer *w, struct bench_times *times)
{
    log_writer_row(w, LOG_AGENTS, (const union log_cell[]){{1}, {0}, {.text = "system"}, {.real = 1}, {.real = 1},
                                                           {.real = 5}, {.real = 100}, {0}, {LOG_NOTHING}});
    for (uint32_t row = 0; row < t->records; row += t->batch) {
        double start = bench_now();
        for (uint32_t i = 0; i < t->batch; i++)
            log_writer_row(w, LOG_ACTIONS, (const union log_cell[]){{row}, {1}, {.text = "gather"}, {i}, {1},
                                                                    {.real = 1.25}, {.real = 2.5}, {.real = 0.1}});
        if (t->flush)
            log_writer_flush(w);
        else
            log_writer_step(w);
        bench_add(times, bench_now() - start);
    }
}

/* Every repeat starts with a fresh database. `closing`, if not NULL, takes the times of what comes behind the last row:
 * late indexes, and the copy to disk of a database in memory. */
static void measure(const struct bench_mode *mode, const struct trial *t, struct bench_times *closing)
{
    struct bench_times times = {0};
    struct bench_row row = {.group = t->group, .operations = t->batch};
    for (uint32_t i = 0; i < (mode->repeats + 19) / 20; i++) {
        remove_place();
        struct log_sql *sql = log_sql_open(place, t->in_memory, t->pragmas, !t->index_before, 1);
        struct log_writer *w = sql && !*log_sql_problem(sql) ? log_writer_open(sql, &t->rules) : NULL;
        if (!w)
            fail(sql ? log_sql_problem(sql) : "not enough memory");
        write_rows(t, w, &times);
        double start = bench_now();
        log_writer_flush(w);
        struct log_writer_counts c = log_writer_counts(w);
        log_writer_close(w);
        log_sql_finish(sql, 1, "{}");
        if (t->in_memory)
            log_sql_save(sql, place);
        if (*log_sql_problem(sql))
            fail(log_sql_problem(sql));
        if (closing)
            bench_add(closing, bench_now() - start);
        log_sql_close(sql);
        snprintf(row.switched, sizeof row.switched,
                 "rows=%llu flushes=%llu full=%llu transactions=%llu threaded=%llu waits=%llu bytes=%llu",
                 (unsigned long long)c.rows, (unsigned long long)c.flushes, (unsigned long long)c.full,
                 (unsigned long long)c.transactions, (unsigned long long)c.threaded, (unsigned long long)c.waits,
                 (unsigned long long)c.bytes);
    }
    const char *way = t->flush ? " flush" : t->rules.step_transactions ? " every-step" : " when-full";
    snprintf(row.setting, sizeof row.setting, "records=%u batch=%u buffer=%u %s %s%s%s%s", t->records, t->batch,
             t->rules.buffer, t->in_memory ? "memory" : "disk", t->pragmas, way, t->rules.async ? " async" : "",
             t->index_before ? " indexed" : "");
    bench_print(mode, &row, &times);
}

static void grids(const struct bench_mode *mode)
{
    static const uint32_t records[] = {100, 1000, 5000}, batches[] = {1, 10, 100, 500};
    static const uint32_t buffers[] = {10, 50, 100, 500, 1000, 5000}, flushes[] = {100, 500, 1000, 2500};
    struct trial t = {.group = "pattern", .pragmas = "balanced", .flush = true};
    for (int r = 0; r < 3; r++) {
        for (int b = 0; b < 4 && batches[b] <= records[r]; b++) {
            t.records = records[r];
            t.batch = t.rules.buffer = batches[b];
            measure(mode, &t, NULL);
        }
    }
    t = (struct trial){.group = "buffer", .pragmas = "balanced", .records = 5000, .batch = 10};
    for (int b = 0; b < 6; b++) {
        t.rules.buffer = buffers[b];
        measure(mode, &t, NULL);
    }
    t = (struct trial){.group = "flush", .pragmas = "balanced", .records = 5000, .flush = true, .rules.buffer = 5001};
    for (int f = 0; f < 4; f++) {
        t.batch = flushes[f];
        measure(mode, &t, NULL);
    }
}

/* A switch at a time, both ways. */
static void switches(const struct bench_mode *mode)
{
    const struct trial plain = {.group = "place", .pragmas = "balanced", .records = 5000, .batch = 500, .flush = true,
                                .rules.buffer = 500};
    for (int in_memory = 0; in_memory < 2; in_memory++) {
        struct trial t = plain;
        struct bench_times closing = {0};
        t.in_memory = in_memory;
        measure(mode, &t, &closing);
        struct bench_row row = {"closing", "", "", 1};
        snprintf(row.setting, sizeof row.setting, "records=5000 %s", in_memory ? "memory" : "disk");
        snprintf(row.switched, sizeof row.switched, "indexes%s", in_memory ? " and copy to disk" : "");
        bench_print(mode, &row, &closing);
    }
    for (const char *const *profile = log_sql_profiles; *profile; profile++) {
        struct trial t = plain;
        t.group = "pragmas";
        t.pragmas = *profile;
        measure(mode, &t, NULL);
    }
    for (int way = 0; way < 4; way++) {
        struct trial t = plain;
        t.group = way < 2 ? "thread" : "index";
        t.flush = false;
        t.rules.async = way == 1;
        t.index_before = way == 3;
        measure(mode, &t, NULL);
    }
    for (int by_step = 0; by_step < 2; by_step++) {
        struct trial t = plain;
        t.group = "transact";
        t.batch = 100;
        t.flush = false;
        t.rules.buffer = 1000;
        t.rules.step_transactions = by_step;
        measure(mode, &t, NULL);
    }
}

/* database_log as a run calls it. */
static void measure_world(const struct bench_mode *mode, uint32_t buffer, bool async)
{
    struct sim_def def = sim_default();
    struct bench_times times = {0};
    char problem[256];
    scenario_split(&def, 200);
    def.nodes = 133;
    def.policy = "random";
    def.log = (struct sim_log_def){.where = SIM_LOG_DISK, .path = place, .buffer = buffer, .async = async,
                                   .pragmas = "performance", .index_after = true};
    remove_place();
    struct sim *world = sim_new(&def);
    struct log *log = world ? log_open(&def, problem) : NULL;
    if (!log)
        fail(world ? problem : "not enough memory");
    world->events.listening = true;
    log_start(log, world);
    for (uint32_t i = 0; i < mode->repeats; i++) {
        sim_step(world);
        double start = bench_now();
        database_log(log, world, &world->events);
        bench_add(&times, bench_now() - start);
    }
    struct log_stats s = log_stats(log);
    struct bench_row row = {.group = "world", .operations = 1};
    snprintf(row.setting, sizeof row.setting, "agents=200 nodes=133 buffer=%u disk performance%s", buffer,
             async ? " async" : "");
    snprintf(row.switched, sizeof row.switched, "rows=%llu flushes=%llu transactions=%llu threaded=%llu waits=%llu",
             (unsigned long long)s.rows, (unsigned long long)s.flushes, (unsigned long long)s.transactions,
             (unsigned long long)s.threaded, (unsigned long long)s.waits);
    bench_print(mode, &row, &times);
    if (!log_close(log, world, problem))
        fail(problem);
    sim_free(world);
}

static int run(const struct bench_mode *mode)
{
    const char *folder = getenv("TMPDIR");
    snprintf(place, sizeof place, "%.40s/farmsim-XXXXXX", folder && *folder ? folder : "/tmp");
    int file = mkstemp(place);
    if (file < 0)
        fail("no folder for the database; set TMPDIR");
    close(file);
    grids(mode);
    switches(mode);
    measure_world(mode, 1000, false);
    measure_world(mode, 10000, false);
    measure_world(mode, 1000, true);
    remove_place();
    return 0;
}

const struct bench bench_database = {"database", "the log by batch, buffer, place, flush and pragmas", run};
