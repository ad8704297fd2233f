/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Timed calls of a process, by thread and function -> by function, in nanoseconds.
 */
#include <stdlib.h>
#include <string.h>

#include "db/intake/intake.h"
#include "db/store.h"

struct sum {                     /* of one function, over threads; times in ticks */
    uint64_t timed, weight, ticks, least, most, running, unseen;
    bool thinned, recursed;
    uint64_t bins[FARM_TIMING_BINS];
};

struct taking {
    struct intake *in;
    double ns;                   /* of a tick */
    const struct farm_timing **list;     /* by offset */
    size_t count, at;
};

static unsigned bin_of(uint64_t ticks)
{
    if (ticks < 32)
        return 0;
    unsigned log = 63 - (unsigned)__builtin_clzll(ticks), bin = (log - 5) * 2 + (ticks >> (log - 1) & 1);
    return bin < FARM_TIMING_BINS ? bin : FARM_TIMING_BINS - 1;
}

static void add_range(struct sum *s, uint64_t least, uint64_t most)
{
    s->least = least < s->least ? least : s->least;
    s->most = most > s->most ? most : s->most;
}

/* A call that was still running has taken until the end of the process. */
static void add_open(struct sum *s, const struct farm_timing *t, const struct farm_header *h)
{
    uint64_t end = h->ticks_last, off = h->off_ticks + (h->off_since && end > h->off_since ? end - h->off_since : 0);
    uint64_t ticks = end > t->open ? end - t->open : 0;
    ticks -= off > t->off_at_open && off - t->off_at_open < ticks ? off - t->off_at_open : 0;
    s->timed++;
    s->running++;
    s->weight += t->open_weight;
    s->ticks += t->open_weight * ticks;
    s->bins[bin_of(ticks)] += t->open_weight;
    add_range(s, ticks, ticks);
}

static void add(struct sum *s, const struct farm_timing *t, const struct farm_header *h)
{
    s->timed += t->timed;
    s->weight += t->weight;
    s->ticks += t->ticks;
    s->unseen += t->unseen;
    s->thinned |= t->thinned != 0;
    s->recursed |= t->recursed != 0;
    for (size_t i = 0; i < FARM_TIMING_BINS; i++)
        s->bins[i] += t->bins[i];
    if (t->timed)
        add_range(s, t->least, t->most);
    if (t->open && t->open_weight)
        add_open(s, t, h);
}

static void put(struct taking *k, int64_t function, const struct sum *s)
{
    struct str bins = STR_INIT;
    struct sql_stmt *q = store_prepare(k->in->db, "timing_put");
    for (size_t i = 0; i < FARM_TIMING_BINS; i++) {
        if (!s->bins[i])
            continue;
        str_add_char(&bins, (char)i);
        str_add_bytes(&bins, (const char *)&s->bins[i], sizeof s->bins[i]);
    }
    sql_bind_int(q, "process", k->in->process);
    sql_bind_int(q, "function", function);
    sql_bind_int(q, "timed", (int64_t)s->timed);
    sql_bind_int(q, "calls", (int64_t)s->weight);
    sql_bind_real(q, "total", (double)s->ticks * k->ns);
    sql_bind_real(q, "least", s->timed ? (double)s->least * k->ns : 0);
    sql_bind_real(q, "most", (double)s->most * k->ns);
    sql_bind_int(q, "running", (int64_t)s->running);
    sql_bind_int(q, "unseen", (int64_t)s->unseen);
    sql_bind_int(q, "thinned", s->thinned);
    sql_bind_int(q, "recursed", s->recursed);
    sql_bind_blob(q, "bins", bins.data, bins.len);
    sql_step(q);
    sql_done(q);
    str_release(&bins);
}

/* Entries of the unit at hand: those from k->at on whose offsets lie in it. */
static void take_unit(struct taking *k, const struct farm_unit_entry *entry)
{
    struct module_unit unit;
    uint64_t end = entry->offset + 8ull * entry->counters;
    if (!module_unit_load(k->in->db, k->in->modules[entry->module].id, entry->id, &unit))
        return;
    while (k->at < k->count && k->list[k->at]->offset < end) {
        uint64_t offset = k->list[k->at]->offset;
        struct sum s = {.least = UINT64_MAX};
        for (; k->at < k->count && k->list[k->at]->offset == offset; k->at++)
            add(&s, k->list[k->at], &k->in->record->header);
        for (size_t i = 0; i < unit.sites.function_count; i++)
            if (unit.sites.functions[i].timing == (offset - entry->offset) / 8 + 1)
                put(k, unit.first_function + (int64_t)i, &s);
    }
    module_unit_release(&unit);
}

static int by_offset(const void *a, const void *b)
{
    uint64_t x = (*(const struct farm_timing *const *)a)->offset, y = (*(const struct farm_timing *const *)b)->offset;
    return (x > y) - (x < y);
}

static const struct farm_unit_entry *unit_at(const struct record *r, uint64_t offset)
{
    for (size_t i = 0; i < r->units.count; i++) {
        const struct farm_unit_entry *u = &r->units.items[i];
        if (offset >= u->offset && offset - u->offset < 8ull * u->counters)
            return u;
    }
    return NULL;
}

static void put_clock(struct taking *k)
{
    const struct farm_header *h = &k->in->record->header;
    struct sql_stmt *s =
        sql_prepare(k->in->db, "INSERT INTO clock VALUES (:process, :source, :rate, :cost, :spread, :thin)");
    sql_bind_int(s, "process", k->in->process);
    sql_bind_text(s, "source", h->clock == FARM_CLOCK_TSC ? "tsc" : "monotonic");
    sql_bind_real(s, "rate", 1e9 / k->ns);
    sql_bind_real(s, "cost", (double)h->call_ticks * k->ns);
    sql_bind_real(s, "spread", (double)h->call_ticks_spread * k->ns);
    sql_bind_int(s, "thin", (int64_t)h->thin_below_ns);
    sql_step(s);
    sql_done(s);
}

void timings_take(struct intake *in)
{
    const struct record *r = in->record;
    const struct farm_header *h = &r->header;
    struct taking k = {.in = in, .ns = 1, .count = r->timings.count};
    if (!h->clock || (h->clock == FARM_CLOCK_TSC && h->ticks_last <= h->ticks_start))
        return;
    if (h->clock == FARM_CLOCK_TSC)
        k.ns = (double)h->wall_ns / (double)(h->ticks_last - h->ticks_start);
    if (!(k.ns > 0))
        return;
    put_clock(&k);
    k.list = xcalloc(k.count, sizeof *k.list);
    for (size_t i = 0; i < k.count; i++)
        k.list[i] = &r->timings.items[i];
    qsort(k.list, k.count, sizeof *k.list, by_offset);
    while (k.at < k.count) {
        size_t before = k.at;
        const struct farm_unit_entry *unit = unit_at(r, k.list[k.at]->offset);
        if (unit)
            take_unit(&k, unit);
        k.at += k.at == before;  /* of no unit, or of one that is not in the store: said by modules_put */
    }
    free(k.list);
}
