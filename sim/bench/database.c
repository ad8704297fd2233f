/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log alone: rows of actions by batch, buffer, place, flush, profile of pragmas, thread and index, and the log of a
 * world of 200 agents. Each time is that of a batch of rows, written where its switches say so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
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

static const char *const wheres[] = {"disk", "memory"};

/* Are there rows in the file, or in its write-ahead log? */
static bool on_disk(void)
{
    char name[80];
    struct stat file, log;
    snprintf(name, sizeof name, "%s-wal", place);
    return (stat(place, &file) == 0 && file.st_size) || (stat(name, &log) == 0 && log.st_size);
}

static const char *write_way(const struct trial *t)
{
    return t->flush ? "flush" : t->rules.step_transactions ? "every-step" : "when-full";
}

static void write_rows(const struct trial *t, struct log_writer *w, struct bench_times *times)
{
    log_writer_row(w, LOG_AGENTS, (const union log_cell[]){{1}, {0}, {.text = "system"}, {.real = 1}, {.real = 1},
                                                           {.real = 5}, {.real = 100}, {0}, {LOG_NOTHING}});
    log_writer_flush(w);
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
        const char *found_in = wheres[!on_disk()];
        log_writer_close(w);
        const char *profile = log_sql_profile(sql), *early = bench_switch[log_sql_indexes(sql) > 0];
        log_sql_finish(sql, 1, "{}");
        if (t->in_memory)
            log_sql_save(sql, place);
        if (*log_sql_problem(sql))
            fail(log_sql_problem(sql));
        if (closing)
            bench_add(closing, bench_now() - start);
        log_sql_close(sql);
        snprintf(row.switched, sizeof row.switched,
                 "written=%llu flushes=%llu largest=%llu full=%llu transactions=%llu thread=%s threaded=%llu "
                 "waits=%llu found_in=%s profile=%s indexed_early=%s bytes=%llu",
                 (unsigned long long)c.rows - 1, (unsigned long long)c.flushes, (unsigned long long)c.largest,
                 (unsigned long long)c.full, (unsigned long long)c.transactions, bench_switch[c.threaded > 0],
                 (unsigned long long)c.threaded, (unsigned long long)c.waits, found_in, profile, early,
                 (unsigned long long)c.bytes);
    }
    snprintf(row.setting, sizeof row.setting, "records=%u batch=%u buffer=%u where=%s pragmas=%s write=%s async=%s "
             "indexed=%s", t->records, t->batch, t->rules.buffer, wheres[t->in_memory], t->pragmas, write_way(t),
             bench_switch[t->rules.async], bench_switch[t->index_before]);
    bench_print(mode, &row, &times);
}

/* Rows written by batches of several sizes. */
static void patterns(const struct bench_mode *mode)
{
    static const struct bench_numbers records = {3, {100, 1000, 5000}}, batches = {4, {1, 10, 100, 500}};
    struct trial t = {.group = "pattern", .pragmas = "balanced", .flush = true};
    struct bench_numbers r = bench_numbers(mode, "records", &records), b = bench_numbers(mode, "batch", &batches);
    for (uint32_t i = 0; i < r.count; i++) {
        for (uint32_t k = 0; k < b.count; k++) {
            t.records = r.list[i];
            t.batch = t.rules.buffer = b.list[k] ? b.list[k] : 1;
            if (t.batch <= t.records)
                measure(mode, &t, NULL);
        }
    }
}

static void buffers(const struct bench_mode *mode)
{
    static const struct bench_numbers buffers = {6, {10, 50, 100, 500, 1000, 5000}};
    struct trial t = {.group = "buffer", .pragmas = "balanced", .records = bench_number(mode, "records", 5000),
                      .batch = bench_number(mode, "batch", 10)};
    struct bench_numbers n = bench_numbers(mode, "buffer", &buffers);
    for (uint32_t i = 0; i < n.count; i++) {
        t.rules.buffer = n.list[i] ? n.list[i] : 1;
        measure(mode, &t, NULL);
    }
}

static void flushes(const struct bench_mode *mode)
{
    static const struct bench_numbers batches = {4, {100, 500, 1000, 2500}};
    struct trial t = {.group = "flush", .pragmas = "balanced", .records = bench_number(mode, "records", 5000),
                      .flush = true};
    struct bench_numbers n = bench_numbers(mode, "batch", &batches);
    t.rules.buffer = t.records + 1;
    for (uint32_t i = 0; i < n.count; i++) {
        t.batch = n.list[i] ? n.list[i] : 1;
        measure(mode, &t, NULL);
    }
}

static const struct trial plain = {.pragmas = "balanced", .records = 5000, .batch = 500, .flush = true,
                                   .rules.buffer = 500};

static void places(const struct bench_mode *mode)
{
    for (int in_memory = 0; in_memory < 2; in_memory++) {
        struct trial t = plain;
        struct bench_times closing = {0};
        if (!bench_word(mode, "where", wheres[in_memory]))
            continue;
        t.group = "place";
        t.in_memory = in_memory;
        measure(mode, &t, &closing);
        struct bench_row row = {.group = "closing", .operations = 1};
        snprintf(row.setting, sizeof row.setting, "records=%u where=%s", t.records, wheres[in_memory]);
        snprintf(row.switched, sizeof row.switched, "indexes=1 copied=%d", in_memory);
        if (!mode->asked->group)
            bench_print(mode, &row, &closing);
        free(closing.seconds);
    }
}

/* Who writes, and when indexes are made: a switch at a time, both ways. */
static void switches(const struct bench_mode *mode)
{
    for (const char *const *profile = log_sql_profiles; *profile && bench_group(mode, "pragmas"); profile++) {
        struct trial t = plain;
        t.group = "pragmas";
        t.pragmas = *profile;
        if (bench_word(mode, "pragmas", *profile))
            measure(mode, &t, NULL);
    }
    for (int on = 0; on < 2; on++) {
        struct trial t = plain;
        t.flush = false;
        if (bench_group(mode, "thread") && bench_word(mode, "async", bench_switch[on])) {
            t.group = "thread";
            t.rules.async = on;
            measure(mode, &t, NULL);
        }
        t = plain;
        t.flush = false;
        if (bench_group(mode, "index") && bench_word(mode, "indexed", bench_switch[on])) {
            t.group = "index";
            t.index_before = on;
            measure(mode, &t, NULL);
        }
        t.index_before = false;
        t.group = "transact";
        t.batch = 100;
        t.rules.buffer = 1000;
        t.rules.step_transactions = on;
        if (bench_group(mode, t.group) && bench_word(mode, "write", write_way(&t)))
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
    snprintf(row.setting, sizeof row.setting, "agents=200 nodes=133 buffer=%u where=disk pragmas=performance async=%s",
             buffer, bench_switch[async]);
    snprintf(row.switched, sizeof row.switched,
             "rows=%llu flushes=%llu transactions=%llu thread=%s threaded=%llu waits=%llu",
             (unsigned long long)s.rows, (unsigned long long)s.flushes, (unsigned long long)s.transactions,
             bench_switch[s.threaded > 0], (unsigned long long)s.threaded, (unsigned long long)s.waits);
    bench_print(mode, &row, &times);
    if (!log_close(log, world, problem))
        fail(problem);
    sim_free(world);
}

static void worlds(const struct bench_mode *mode)
{
    static const struct bench_numbers buffers = {2, {1000, 10000}};
    struct bench_numbers n = bench_numbers(mode, "buffer", &buffers);
    for (uint32_t i = 0; i < n.count; i++)
        for (int async = 0; async < 2; async++)
            if (bench_word(mode, "async", bench_switch[async]))
                measure_world(mode, n.list[i] ? n.list[i] : 1, async);
}

static void run_groups(const struct bench_mode *mode)
{
    if (bench_group(mode, "pattern"))
        patterns(mode);
    if (bench_group(mode, "buffer"))
        buffers(mode);
    if (bench_group(mode, "flush"))
        flushes(mode);
    if (bench_group(mode, "place"))
        places(mode);
    switches(mode);
    if (bench_group(mode, "world"))
        worlds(mode);
}

static int run(const struct bench_mode *mode)
{
    const char *folder = getenv("TMPDIR");
    snprintf(place, sizeof place, "%.40s/farmsim-XXXXXX", folder && *folder ? folder : "/tmp");
    int file = mkstemp(place);
    if (file < 0)
        fail("no folder for the database; set TMPDIR");
    close(file);
    run_groups(mode);
    remove_place();
    return 0;
}

const struct bench bench_database = {"database", "the log by batch, buffer, place, flush and pragmas", run};
