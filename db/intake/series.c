/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the helper saw of a process -> its series, threads and counters of the processor.
 */
#include <stdlib.h>

#include "db/intake/intake.h"
#include "db/store.h"

#define CORE_NS (int64_t)FARM_CORE_NS

static void put_point(struct sql_stmt *s, int64_t process, const struct farm_point *p)
{
    const struct {
        const char *name;
        uint64_t value;
    } numbers[] = {
        {"time_ns", p->time_ns}, {"rss_kb", p->rss_kb}, {"rss_peak_kb", p->rss_peak_kb}, {"anon_kb", p->anon_kb},
        {"vsz_kb", p->vsz_kb}, {"user_ns", p->user_ns}, {"sys_ns", p->sys_ns}, {"read_bytes", p->read_bytes},
        {"write_bytes", p->write_bytes}, {"threads", p->threads}, {"steps", p->steps},
    };
    sql_bind_int(s, "process", process);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sql_bind_int(s, numbers[i].name, (int64_t)numbers[i].value);
    sql_step(s);
}

static void put(struct sql_stmt *s, const int64_t *values, int count)
{
    for (int i = 0; i < count; i++)
        sql_set_int(s, i + 1, values[i]);
    sql_step(s);
}

/* The record's figures wrap, so differences are taken, and summed up from the first point on. */
static void take_cores(struct intake *in)
{
    struct sql_stmt *s = sql_prepare(in->db, "INSERT INTO series_core VALUES (?1, ?2, ?3, ?4, ?5)");
    const struct record_point *points = in->record->points.items;
    for (uint32_t core = 0; core < points[0].core_count; core++) {
        int64_t own = (int64_t)points[0].cores[core].own * CORE_NS, busy = 0;
        for (size_t i = 0; i < in->record->points.count; i++) {
            if (i && core < points[i].core_count) {
                own += (uint32_t)(points[i].cores[core].own - points[i - 1].cores[core].own) * CORE_NS;
                busy += (uint32_t)(points[i].cores[core].busy - points[i - 1].cores[core].busy) * CORE_NS;
            }
            put(s, (int64_t[]){in->process, (int64_t)points[i].p.time_ns, core, own, busy}, 5);
        }
    }
    sql_done(s);
}

static void take_thread_points(struct intake *in)
{
    struct sql_stmt *s = sql_prepare(in->db, "INSERT INTO series_thread VALUES (?1, ?2, ?3, ?4)");
    size_t known = in->record->threads.count;
    for (size_t n = 0; n < FARM_POINT_THREADS && n < known; n++) {
        int64_t cpu = 0;
        uint32_t before = 0;
        for (size_t i = 0; i < in->record->points.count; i++) {
            const struct record_point *p = &in->record->points.items[i];
            cpu += (uint32_t)(p->threads[n] - before) * CORE_NS;
            before = p->threads[n];
            if (cpu)
                put(s, (int64_t[]){in->process, (int64_t)p->p.time_ns, (int64_t)n, cpu}, 4);
        }
    }
    sql_done(s);
}

static void take_threads(struct intake *in)
{
    struct sql_stmt *s = store_prepare(in->db, "thread_put");
    for (size_t i = 0; i < in->record->threads.count; i++) {
        const struct farm_thread *t = &in->record->threads.items[i];
        sql_bind_int(s, "process", in->process);
        sql_bind_int(s, "number", (int64_t)i);
        sql_bind_int(s, "tid", (int64_t)t->tid);
        sql_bind_text(s, "name", t->name);
        sql_bind_int(s, "first_ns", (int64_t)t->first_ns);
        sql_bind_int(s, "last_ns", (int64_t)t->last_ns);
        sql_bind_int(s, "user_ns", (int64_t)t->user_ns);
        sql_bind_int(s, "sys_ns", (int64_t)t->sys_ns);
        sql_bind_int(s, "wait_ns", (int64_t)t->wait_ns);
        sql_bind_int(s, "voluntary", (int64_t)t->voluntary);
        sql_bind_int(s, "involuntary", (int64_t)t->involuntary);
        sql_step(s);
    }
    sql_done(s);
}

static void take_pmu(struct intake *in)
{
    static const char *const names[FARM_PMU_COUNT] = {
        [FARM_INSTRUCTIONS] = "instructions", [FARM_CYCLES] = "cycles", [FARM_CACHE_REFERENCES] = "cache references",
        [FARM_CACHE_MISSES] = "cache misses"};
    const struct farm_header *h = &in->record->header;
    struct sql_stmt *s = sql_prepare(in->db, "INSERT INTO pmu VALUES (:process, :name, :count)");
    for (int i = 0; i < FARM_PMU_COUNT; i++) {
        if (!(h->pmu_known >> i & 1))
            continue;
        sql_bind_int(s, "process", in->process);
        sql_bind_text(s, "name", names[i]);
        sql_bind_int(s, "count", (int64_t)h->pmu[i]);
        sql_step(s);
    }
    sql_done(s);
}

void series_take(struct intake *in)
{
    struct sql_stmt *s = store_prepare(in->db, "series_put");
    for (size_t i = 0; i < in->record->points.count; i++)
        put_point(s, in->process, &in->record->points.items[i].p);
    sql_done(s);
    if (in->record->points.count) {
        take_cores(in);
        take_thread_points(in);
    }
    take_threads(in);
    take_pmu(in);
}
