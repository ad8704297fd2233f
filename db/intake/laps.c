/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines that were timed exactly: counters of ticks -> time by line. What a thread was at when the process ended has no
 * end in the counters: its time goes on until then, unless the activation may have been left by a jump.
 */
#include <stdlib.h>
#include <string.h>

#include "db/intake/intake.h"

struct taking {
    struct intake *in;
    double ns;                   /* of a tick */
    struct sql_stmt *put;
};

/* Adds to the unit's counters what threads were at. */
static void add_open(const struct record *r, const struct farm_unit_entry *u, uint32_t state, uint64_t *counters)
{
    for (size_t i = 0; i < r->blocks.count; i++) {
        struct farm_lap_state s;
        const char *bytes = record_block_bytes(&r->blocks.items[i], u->offset + 8ull * state, sizeof s);
        if (!bytes)
            continue;
        memcpy(&s, bytes, sizeof s);
        bool open = s.frame && s.since > s.jumped && s.since < r->header.ticks_last;
        if (open && s.current >= FARM_LAP_WORDS && s.current < u->counters - state)
            counters[state + s.current] += r->header.ticks_last - s.since;
    }
}

static void put_unit(struct taking *k, const struct module_unit *unit, const uint64_t *counters)
{
    for (size_t i = 0; i < unit->sites.lap_count; i++) {
        uint32_t at = unit->sites.laps[i].ticks;
        int64_t ticks = (int64_t)counters[at], cost = (int64_t)counters[at + 1];
        if (ticks <= 0)
            continue;
        sql_bind_int(k->put, "process", k->in->process);
        sql_bind_int(k->put, "unit", unit->id);
        sql_bind_int(k->put, "number", (int64_t)i);
        sql_bind_real(k->put, "time", ticks > cost ? (double)(ticks - cost) * k->ns : 0);
        sql_bind_real(k->put, "cost", (double)(cost < ticks ? cost : ticks) * k->ns);
        sql_step(k->put);
    }
}

static void take_unit(struct taking *k, const struct farm_unit_entry *entry)
{
    const struct record *r = k->in->record;
    struct module_unit unit;
    if (!module_unit_load(k->in->db, k->in->modules[entry->module].id, entry->id, &unit))
        return;                  /* said by modules_put */
    if (unit.sites.lap_count && unit.sites.counters == entry->counters) {
        uint64_t *counters = xcalloc(entry->counters, sizeof *counters);
        record_counters(r, entry, counters);
        for (size_t i = 0; i < unit.sites.lap_count && r->header.collecting == FARM_ON; i++)
            if (i == 0 || unit.sites.laps[i].state != unit.sites.laps[i - 1].state)
                add_open(r, entry, unit.sites.laps[i].state, counters);
        put_unit(k, &unit, counters);
        free(counters);
    }
    module_unit_release(&unit);
}

static void put_clock(const struct taking *k)
{
    const struct farm_header *h = &k->in->record->header;
    struct sql_stmt *s = sql_prepare(k->in->db, "INSERT INTO exact_clock VALUES (:process, :cost, :spread)");
    sql_bind_int(s, "process", k->in->process);
    sql_bind_real(s, "cost", (double)h->lap_ticks * k->ns);
    sql_bind_real(s, "spread", (double)h->lap_ticks_spread * k->ns);
    sql_step(s);
    sql_done(s);
}

void laps_take(struct intake *in)
{
    const struct record *r = in->record;
    const struct farm_header *h = &r->header;
    struct taking k = {.in = in};
    if (!h->lap_ticks || h->ticks_last <= h->ticks_start)
        return;                  /* no such function has run */
    k.ns = (double)h->wall_ns / (double)(h->ticks_last - h->ticks_start);
    k.put = sql_prepare(in->db, "INSERT INTO exact_line VALUES (:process, :unit, :number, :time, :cost) "
                                "ON CONFLICT DO UPDATE SET time_ns = time_ns + excluded.time_ns, "
                                "cost_ns = cost_ns + excluded.cost_ns");
    for (size_t i = 0; i < r->units.count; i++)
        take_unit(&k, &r->units.items[i]);
    put_clock(&k);
    sql_done(k.put);
}
