/* SPDX-License-Identifier: MIT
 *
 * Marks of farm.h: steps, regions, metrics, parameters. Each thread has rows of its own in the record and the only pen
 * for them, so a mark takes no lock and a killed program's marks are in its record. Rows are bounded: durations in a
 * histogram, what goes by step in bins that double when they are full.
 */
#include <time.h>

#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#define ROWS_MAX 256u            /* in a thread; more names are not recorded */
#define SLOTS 512u
#define DEPTH 64u
#define CHUNK (32u << 10)
#define ALWAYS 64u               /* calls whose CPU time is taken ... */
#define SHORT_NS 50000           /* ... and all later ones, where they take that long on average, ... */
#define NTH 31u                  /* ... else each 31st: reading a CPU clock takes a system call */

struct entry {
    struct farm_mark *row;
    uint64_t opened, epoch;      /* of a step: when it began, and under which epoch of collecting; opened 0: not */
    bool leads;                  /* the step that was marked first: the process's steps are counted by it */
};

struct open_region {
    struct entry *entry;         /* NULL: from before a fork */
    const char *name;
    uint64_t wall, cpu, epoch;   /* cpu 0: not taken */
    uint64_t step;
    bool outermost;
};

struct farm_marks {
    bool busy;                   /* a signal handler that marks while its thread does finds this */
    uint64_t resets;             /* that the rows know of */
    uint32_t count, depth;
    struct farm_chunk *chunk;
    struct entry entries[ROWS_MAX];
    uint16_t slots[SLOTS];       /* index of an entry + 1 */
    struct open_region open[DEPTH];
};

static char leader[FARM_MARK_NAME];
static uint32_t leader_lock, leader_known;
static uint64_t cpu_cost;

static uint64_t wall_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);          /* no system call, as a rule */
    return (uint64_t)t.tv_sec * FARM_SECOND + (uint64_t)t.tv_nsec;
}

static uint64_t cpu_now(void)
{
    return farm_it.sandboxed ? 0 : farm_clock(CLOCK_THREAD_CPUTIME_ID);
}

uint64_t farm_marks_steps(void)
{
    return __atomic_load_n(&farm_it.header->steps, __ATOMIC_RELAXED);
}

/* ---- rows ---- */

static uint32_t hash_of(const char *name, uint32_t kind)
{
    uint32_t hash = 2166136261u ^ kind;
    for (unsigned i = 0; name[i] && i < FARM_MARK_NAME - 1; i++)
        hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static bool is_named(const struct farm_mark *row, const char *name, uint32_t kind)
{
    if (row->kind != kind)
        return false;
    unsigned i = 0;
    while (i < FARM_MARK_NAME - 1 && row->name[i] == name[i] && name[i])
        i++;
    return i == FARM_MARK_NAME - 1 || row->name[i] == name[i];
}

static uint32_t row_len(uint32_t kind, const char *text)
{
    uint32_t len = sizeof(struct farm_mark);
    if (kind == FARM_MARK_STEP)
        len += FARM_MARK_SLOTS * sizeof(uint32_t);
    if (kind == FARM_MARK_STEP || kind == FARM_MARK_METRIC)
        len += FARM_MARK_BINS * sizeof(struct farm_bin);
    if (kind == FARM_MARK_TEXT)
        len += ((uint32_t)farm_length(text) + 8) & ~7u;
    return len;
}

static struct farm_mark *new_row(struct farm_marks *m, uint32_t len)
{
    struct farm_hold hold;
    if (!m->chunk || FARM_CHUNK_HEAD + m->chunk->used + len > m->chunk->len) {
        size_t needed = FARM_CHUNK_HEAD + len, room = CHUNK;
        while (room < needed)
            room += FARM_PAGE;
        farm_lock(&farm_it.lock, &hold);
        struct farm_chunk *chunk = farm_record_chunk(FARM_MARKS, room);
        farm_unlock(&farm_it.lock, &hold);
        if (!chunk)
            return NULL;
        chunk->arg0 = farm_block_mine()->number;
        chunk->arg1 = m->resets;
        m->chunk = chunk;
    }
    return (void *)((char *)m->chunk + FARM_CHUNK_HEAD + m->chunk->used);
}

/* The process's steps are those of the name that was marked first. */
static bool leads(const char *name)
{
    struct farm_hold hold;
    farm_lock(&leader_lock, &hold);
    if (!leader_known) {
        struct farm_text t = {leader, 0, sizeof leader};
        farm_add(&t, name);
        __atomic_store_n(&leader_known, 1, __ATOMIC_RELEASE);
    }
    farm_unlock(&leader_lock, &hold);
    unsigned i = 0;
    while (i < FARM_MARK_NAME - 1 && leader[i] && leader[i] == name[i])
        i++;
    return i == FARM_MARK_NAME - 1 || leader[i] == name[i];
}

static struct entry *add_row(struct farm_marks *m, const char *name, uint32_t kind, const char *text)
{
    uint32_t len = row_len(kind, text);
    struct farm_mark *row = m->count < ROWS_MAX ? new_row(m, len) : NULL;
    if (!row) {
        farm_note("not every mark of farm.h is recorded: there is no room for more names", "");
        return NULL;
    }
    struct farm_text t = {row->name, 0, sizeof row->name};
    farm_add(&t, name);
    row->len = len;
    row->kind = kind;
    row->by_step = kind != FARM_MARK_METRIC || farm_marks_steps() > 0;
    if (kind == FARM_MARK_TEXT)
        farm_copy(row + 1, text, farm_length(text));
    struct entry *e = &m->entries[m->count++];
    *e = (struct entry){.row = row, .leads = kind == FARM_MARK_STEP && leads(name)};
    __atomic_store_n(&m->chunk->used, m->chunk->used + len, __ATOMIC_RELEASE);
    return e;
}

static struct entry *find(struct farm_marks *m, const char *name, uint32_t kind)
{
    for (uint32_t i = hash_of(name, kind);; i++) {
        uint16_t *slot = &m->slots[i % SLOTS];
        if (*slot && is_named(m->entries[*slot - 1].row, name, kind))
            return &m->entries[*slot - 1];
        if (*slot)
            continue;
        struct entry *e = add_row(m, name, kind, "");
        if (e)
            *slot = (uint16_t)m->count;
        return e;
    }
}

static void forget_figures(struct farm_marks *m)
{
    m->resets = farm_it.header->resets;
    for (uint32_t i = 0; i < m->count; i++) {
        struct farm_mark *row = m->entries[i].row, kept = *row;
        m->entries[i].opened = 0;
        if (row->kind == FARM_MARK_PARAM || row->kind == FARM_MARK_TEXT)
            continue;
        farm_zero(row, row->len);
        row->len = kept.len;
        row->kind = kept.kind;
        row->by_step = kept.by_step;
        farm_copy(row->name, kept.name, sizeof kept.name);
    }
}

/* The thread's marks; NULL where nothing is recorded, or a handler interrupts a mark. */
static struct farm_marks *enter(void)
{
    struct farm_block *block = farm_block_for_marks();
    if (!block || !farm_it.header)
        return NULL;
    if (!block->marks && !(block->marks = farm_pages(sizeof *block->marks)))
        return NULL;
    struct farm_marks *m = block->marks;
    if (m->busy)
        return NULL;
    m->busy = true;
    if (m->resets != farm_it.header->resets)
        forget_figures(m);
    return m;
}

void farm_marks_adopt(struct farm_block *block)
{
    if (!block->marks)
        return;
    block->marks->depth = 0;
    block->marks->busy = false;
    for (uint32_t i = 0; i < block->marks->count; i++)
        block->marks->entries[i].opened = 0;
}

void farm_marks_fork(struct farm_block *block)
{
    struct farm_marks *m = block->marks;
    leader_known = leader_lock = 0;
    if (!m)
        return;
    m->count = 0;
    m->chunk = NULL;
    m->resets = 0;
    farm_zero(m->slots, sizeof m->slots);
    for (uint32_t i = 0; i < m->depth; i++)
        m->open[i].entry = NULL;
}

/* ---- figures ---- */

static struct farm_bin *bins_of(struct farm_mark *row)
{
    char *at = (char *)(row + 1);
    return (void *)(at + (row->kind == FARM_MARK_STEP ? FARM_MARK_SLOTS * sizeof(uint32_t) : 0));
}

static void join(struct farm_bin *into, const struct farm_bin *b)
{
    if (!b->count)
        return;
    into->least = !into->count || b->least < into->least ? b->least : into->least;
    into->most = !into->count || b->most > into->most ? b->most : into->most;
    into->sum += b->sum;
    into->count += b->count;
}

static void halve(struct farm_mark *row)
{
    struct farm_bin *bins = bins_of(row);
    for (uint32_t i = 0; i < FARM_MARK_BINS; i++) {
        struct farm_bin one = bins[i];
        farm_zero(&bins[i], sizeof one);
        join(&bins[i / 2], &one);
    }
    row->bin_shift++;
}

static void add_to_bin(struct farm_mark *row, uint64_t at, double value)
{
    while (at >> row->bin_shift >= FARM_MARK_BINS)
        halve(row);
    struct farm_bin one = {value, (float)value, (float)value, 1, 0};
    join(&bins_of(row)[at >> row->bin_shift], &one);
}

/* 16 slots to a doubling, from 128 ns on: format.h */
static uint32_t slot_of(uint64_t ns)
{
    uint32_t log = 63u - (uint32_t)__builtin_clzll(ns | 1);
    if (log < 7)
        return 0;
    uint32_t slot = (log - 7) * 16 + (uint32_t)(ns >> (log - 4) & 15);
    return slot < FARM_MARK_SLOTS ? slot : FARM_MARK_SLOTS - 1;
}

static void add_value(struct farm_mark *row, double value, uint64_t values)
{
    row->least = values == 1 || value < row->least ? value : row->least;
    row->most = values == 1 || value > row->most ? value : row->most;
    row->sum += value;
}

static uint64_t since_start(uint64_t now)
{
    return now - farm_it.start_mono;
}

/* ---- what farm.h calls ---- */

void __farm_step(const char *name)
{
    struct farm_marks *m = enter();
    if (!m)
        return;
    struct entry *e = farm_collecting() ? find(m, name, FARM_MARK_STEP) : NULL;
    if (e) {
        uint64_t now = wall_now(), epoch = farm_collect_epoch();
        struct farm_mark *row = e->row;
        if (e->opened && e->epoch == epoch) {
            uint64_t ns = now - e->opened;
            add_value(row, (double)ns, ++row->timed);
            ((uint32_t *)(row + 1))[slot_of(ns)]++;
            add_to_bin(row, row->count - 1, (double)ns);
        }
        row->first_ns = row->count ? row->first_ns : since_start(now);
        row->last_ns = since_start(now);
        row->count++;
        e->opened = now;
        e->epoch = epoch;
        if (e->leads)
            __atomic_fetch_add(&farm_it.header->steps, 1, __ATOMIC_RELAXED);
    }
    m->busy = false;
}

static bool takes_cpu(const struct farm_mark *row)
{
    return row->timed < ALWAYS || row->sum >= SHORT_NS * (double)row->timed || row->timed % NTH == 0;
}

void __farm_enter(const char *name)
{
    struct farm_marks *m = enter();
    if (!m)
        return;
    struct entry *e = find(m, name, FARM_MARK_REGION);
    if (e && m->depth < DEPTH) {
        struct open_region r = {.entry = e, .name = name, .epoch = farm_collect_epoch(), .outermost = true};
        for (uint32_t i = 0; i < m->depth; i++)
            r.outermost = r.outermost && m->open[i].entry != e;
        r.step = farm_marks_steps();
        bool on = farm_collecting();
        r.epoch = on ? r.epoch : ~0ull;
        e->row->count += on;
        r.cpu = r.outermost && on && takes_cpu(e->row) ? cpu_now() : 0;
        r.wall = wall_now();
        m->open[m->depth] = r;
    }
    m->depth++;
    m->busy = false;
}

/* What clock readings of ours a region's CPU time holds; measured once. */
static double own_cost(void)
{
    if (!cpu_cost) {
        uint64_t least = ~0ull;
        for (int i = 0; i < 8; i++) {
            uint64_t before = cpu_now();
            wall_now();
            wall_now();
            uint64_t cost = cpu_now() - before;
            least = cost < least ? cost : least;
        }
        cpu_cost = least | 1;
    }
    return (double)cpu_cost;
}

static void add_cpu(struct farm_mark *row, double wall, uint64_t from)
{
    double cpu = (double)(cpu_now() - from) - own_cost();
    row->cpu_timed++;
    row->cpu_wall += wall;
    row->cpu_sum += cpu < 0 ? 0 : cpu > wall ? wall : cpu;
}

static void close_region(const struct open_region *r, uint64_t now)
{
    if (!r->entry || !r->outermost || r->epoch != farm_collect_epoch())
        return;
    struct farm_mark *row = r->entry->row;
    double wall = (double)(now - r->wall);
    if (r->cpu)
        add_cpu(row, wall, r->cpu);
    add_value(row, wall, ++row->timed);
    uint64_t step = farm_marks_steps();
    if (row->open_step != step) {
        row->step_sum += row->open_sum;
        row->open_sum = 0;
        row->open_step = step;
    }
    if (r->step == step && step)
        row->open_sum += wall;
    else if (r->step)
        row->step_sum += wall;
}

/* Regions that an exit of another kind left open (longjmp, an exception) end with the one around them. */
void __farm_leave(const char *name)
{
    struct farm_marks *m = enter();
    if (!m)
        return;
    uint64_t now = wall_now();
    uint32_t depth = m->depth;
    if (depth > DEPTH) {
        m->depth--;
    } else {
        while (depth && m->open[depth - 1].name != name && !farm_equal(m->open[depth - 1].name, name))
            depth--;
        if (depth) {
            close_region(&m->open[depth - 1], now);
            m->depth = depth - 1;
        }
    }
    m->busy = false;
}

void __farm_metric(const char *name, double value)
{
    struct farm_marks *m = enter();
    if (!m)
        return;
    struct entry *e = farm_collecting() ? find(m, name, FARM_MARK_METRIC) : NULL;
    if (e) {
        struct farm_mark *row = e->row;
        uint64_t at = row->by_step ? farm_marks_steps() - 1 : row->count;
        add_value(row, value, ++row->count);
        row->last = value;
        row->last_ns = since_start(wall_now());
        add_to_bin(row, at, value);
    }
    m->busy = false;
}

void __farm_param(const char *name, double value)
{
    struct farm_marks *m = enter();
    if (!m)
        return;
    struct entry *e = find(m, name, FARM_MARK_PARAM);
    if (e) {
        e->row->last = value;
        e->row->count++;
        e->row->last_ns = since_start(wall_now());
    }
    m->busy = false;
}

/* A new row each time: texts differ in length. The reader takes the newest. */
void __farm_param_text(const char *name, const char *value)
{
    struct farm_marks *m = enter();
    if (!m)
        return;
    struct entry *e = add_row(m, name, FARM_MARK_TEXT, value);
    if (e)
        e->row->last_ns = since_start(wall_now());
    m->busy = false;
}
