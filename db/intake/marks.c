/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marks of farm.h -> steps, regions, metrics and parameters. Rows of one kind and name, one for each thread that used
 * it, become one.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/intake/intake.h"
#include "db/store.h"

struct sum {
    struct farm_mark m;          /* the first one's name and kind; figures of all */
    uint64_t slots[FARM_MARK_SLOTS];
    struct farm_bin bins[FARM_MARK_BINS];
};

static const char *kind_word(uint32_t kind)
{
    return kind == FARM_MARK_STEP ? "step" : kind == FARM_MARK_REGION ? "region" : "metric";
}

static bool is_param(uint32_t kind)
{
    return kind == FARM_MARK_PARAM || kind == FARM_MARK_TEXT;
}

static bool same(const struct farm_mark *a, const struct farm_mark *b)
{
    return a->kind == b->kind && strcmp(a->name, b->name) == 0;
}

static void join_bin(struct farm_bin *into, const struct farm_bin *b)
{
    if (!b->count)
        return;
    into->least = !into->count || b->least < into->least ? b->least : into->least;
    into->most = !into->count || b->most > into->most ? b->most : into->most;
    into->sum += b->sum;
    into->count += b->count;
}

/* Into the wider bins of the two. */
static void join_bins(struct sum *s, const struct record_mark *r)
{
    while (s->m.bin_shift < r->m.bin_shift) {
        for (int i = 0; i < FARM_MARK_BINS; i++) {
            struct farm_bin one = s->bins[i];
            s->bins[i] = (struct farm_bin){0};
            join_bin(&s->bins[i / 2], &one);
        }
        s->m.bin_shift++;
    }
    uint32_t more = s->m.bin_shift - r->m.bin_shift;
    for (int i = 0; r->bins && i < FARM_MARK_BINS; i++)
        join_bin(&s->bins[more > 30 ? 0 : i >> more], &r->bins[i]);
}

/* A step that was still open at the end is no whole one, and neither is a region's time in it. */
static double in_steps(const struct farm_mark *m, uint64_t steps)
{
    return m->step_sum + (m->open_step < steps ? m->open_sum : 0);
}

static void join(struct sum *s, const struct record_mark *r, uint64_t steps)
{
    uint64_t values = r->m.kind == FARM_MARK_METRIC ? r->m.count : r->m.timed;
    uint64_t before = r->m.kind == FARM_MARK_METRIC ? s->m.count : s->m.timed;
    if (values) {
        s->m.least = !before || r->m.least < s->m.least ? r->m.least : s->m.least;
        s->m.most = !before || r->m.most > s->m.most ? r->m.most : s->m.most;
    }
    if (r->m.count) {
        s->m.last = r->m.last_ns >= s->m.last_ns ? r->m.last : s->m.last;
        s->m.first_ns = !s->m.count || r->m.first_ns < s->m.first_ns ? r->m.first_ns : s->m.first_ns;
        s->m.last_ns = r->m.last_ns > s->m.last_ns ? r->m.last_ns : s->m.last_ns;
    }
    s->m.count += r->m.count;
    s->m.timed += r->m.timed;
    s->m.sum += r->m.sum;
    s->m.cpu_timed += r->m.cpu_timed;
    s->m.cpu_wall += r->m.cpu_wall;
    s->m.cpu_sum += r->m.cpu_sum;
    s->m.step_sum += in_steps(&r->m, steps);
    join_bins(s, r);
    for (int i = 0; r->slots && i < FARM_MARK_SLOTS; i++)
        s->slots[i] += r->slots[i];
}

/* Lower end of a slot in ns: 16 to a doubling, from 128 ns on; all below is in slot 0. */
static double slot_low(int slot)
{
    return slot ? ldexp(1 + slot % 16 / 16.0, 7 + slot / 16) : 0;
}

/* By linear interpolation within the slot, kept between the least and the most that were seen. */
static double quantile(const struct sum *s, double q)
{
    double rank = q * (double)s->m.timed, seen = 0;
    for (int i = 0; i < FARM_MARK_SLOTS; i++) {
        double here = (double)s->slots[i];
        if (here > 0 && seen + here >= rank) {
            double value = slot_low(i) + (rank - seen) / here * (slot_low(i + 1) - slot_low(i));
            return fmin(fmax(value, s->m.least), s->m.most);
        }
        seen += here;
    }
    return s->m.most;
}

static void put_bins(struct intake *in, const struct sum *s)
{
    struct sql_stmt *q = store_prepare(in->db, "mark_bin_put");
    for (int i = 0; i < FARM_MARK_BINS; i++) {
        if (!s->bins[i].count)
            continue;
        sql_bind_int(q, "process", in->process);
        sql_bind_text(q, "kind", kind_word(s->m.kind));
        sql_bind_text(q, "name", s->m.name);
        sql_bind_int(q, "first_step", (int64_t)i << s->m.bin_shift);
        sql_bind_int(q, "steps", (int64_t)1 << s->m.bin_shift);
        sql_bind_int(q, "count", s->bins[i].count);
        sql_bind_real(q, "sum", s->bins[i].sum);
        sql_bind_real(q, "least", (double)s->bins[i].least);
        sql_bind_real(q, "most", (double)s->bins[i].most);
        sql_step(q);
    }
    sql_done(q);
}

static void put(struct intake *in, const struct sum *s)
{
    struct sql_stmt *q = store_prepare(in->db, "mark_put");
    sql_bind_int(q, "process", in->process);
    sql_bind_text(q, "kind", kind_word(s->m.kind));
    sql_bind_text(q, "name", s->m.name);
    sql_bind_int(q, "count", (int64_t)s->m.count);
    sql_bind_int(q, "timed", (int64_t)s->m.timed);
    sql_bind_real(q, "sum", s->m.sum);
    sql_bind_real(q, "least", s->m.least);
    sql_bind_real(q, "most", s->m.most);
    sql_bind_real(q, "last", s->m.last);
    if (s->m.kind == FARM_MARK_STEP && s->m.timed) {
        sql_bind_real(q, "p50", quantile(s, 0.5));
        sql_bind_real(q, "p99", quantile(s, 0.99));
    }
    sql_bind_int(q, "cpu_timed", (int64_t)s->m.cpu_timed);
    sql_bind_real(q, "cpu_wall", s->m.cpu_wall);
    sql_bind_real(q, "cpu_sum", s->m.cpu_sum);
    sql_bind_real(q, "in_steps", s->m.step_sum);
    sql_bind_int(q, "first_ns", (int64_t)s->m.first_ns);
    sql_bind_int(q, "last_ns", (int64_t)s->m.last_ns);
    sql_step(q);
    sql_done(q);
    put_bins(in, s);
}

/* What the program says it ran with stands above what the environment says. */
static void put_param(struct intake *in, const struct record_mark *r)
{
    struct sql_stmt *s = sql_prepare(in->db, "INSERT OR REPLACE INTO param VALUES (:process, :name, :value)");
    char number[40];
    snprintf(number, sizeof number, "%.15g", r->m.last);
    sql_bind_int(s, "process", in->process);
    sql_bind_text(s, "name", r->m.name);
    sql_bind_text(s, "value", r->text ? r->text : number);
    sql_step(s);
    sql_done(s);
}

static bool done_before(const struct record *r, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same(&r->marks.items[i].m, &r->marks.items[at].m))
            return true;
    return false;
}

/* Of several values of a parameter the newest. */
static bool is_newest(const struct record *r, size_t at)
{
    const struct farm_mark *m = &r->marks.items[at].m;
    for (size_t i = 0; i < r->marks.count; i++) {
        const struct farm_mark *other = &r->marks.items[i].m;
        bool later = other->last_ns > m->last_ns || (other->last_ns == m->last_ns && i > at);
        if (i != at && is_param(other->kind) && strcmp(other->name, m->name) == 0 && later)
            return false;
    }
    return true;
}

void marks_take(struct intake *in)
{
    const struct record *r = in->record;
    struct sum *sum = r->marks.count ? xcalloc(1, sizeof *sum) : NULL;
    for (size_t i = 0; i < r->marks.count; i++) {
        const struct record_mark *first = &r->marks.items[i];
        if (is_param(first->m.kind)) {
            if (is_newest(r, i))
                put_param(in, first);
            continue;
        }
        if (done_before(r, i))
            continue;
        *sum = (struct sum){.m = {.kind = first->m.kind}};
        memcpy(sum->m.name, first->m.name, sizeof sum->m.name);
        for (size_t k = i; k < r->marks.count; k++)
            if (same(&first->m, &r->marks.items[k].m))
                join(sum, &r->marks.items[k], r->header.steps);
        if (sum->m.count)
            put(in, sum);
    }
    free(sum);
}
