/* SPDX-License-Identifier: MIT
 *
 * Activations of functions whose lines are timed, innermost first, are a list through their states. The stack grows
 * downward: one whose frame lies at or below the frame at hand was left by longjmp or the like. Where that was told
 * before, its time ends there; else the time since its last lap is lost.
 */
#include "runtime/lines.h"

#include "runtime/clock.h"

#define ROUNDS 31u
#define LAPS 16u
#define OPEN_MAX 4096u
#define SAVED_MAX 64u
#define PRELUDE (offsetof(struct farm_lap_state, prelude) / 8)
#define COSTS (FARM_SCRATCH + FARM_CALIBRATION / 2)      /* words of each block that no unit has */

enum { COST_SUM, COST_LAP, COST_CALL };

static uint64_t lap_ticks, lap_ticks_spread, call_ticks;
static struct farm_lap_state saved[SAVED_MAX];
static uint32_t saved_count;

static uint64_t *costs_of(struct farm_block *block)
{
    return (uint64_t *)((char *)block + FARM_PAGE + COSTS);
}

static uint64_t read_clock(void)
{
    uint32_t low, high;
    __asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high) : : "memory");
    return (uint64_t)high << 32 | low;
}

/* The same as in inserted text (instrument/prologue.c): its cost is measured here. */
static inline __attribute__((always_inline)) void lap(void *volatile *frame, uint64_t word)
{
    struct farm_lap_state *s = *frame;
    if (!s || s->frame != (uint64_t)frame)
        return;
    uint64_t now = read_clock(), cost = *s->cost, *line = (uint64_t *)s + s->current;
    line[0] += now - s->since;
    line[1] += cost - s->cost_since;
    s->current = word;
    s->since = now;
    s->cost_since = cost;
    *s->cost = cost + s->cost[COST_LAP];
}

static void end_line(struct farm_lap_state *s, uint64_t now)
{
    uint64_t *line = (uint64_t *)s + s->current;
    line[0] += now - s->since;
    line[1] += *s->cost - s->cost_since;
    s->since = now;
    s->cost_since = *s->cost;
}

static void drop_innermost(struct farm_block *block)
{
    struct farm_lap_state *s = block->lines;
    block->lines = s->outer;
    s->frame = 0;
}

void farm_lines_drop(struct farm_block *block)
{
    for (unsigned i = 0; block->lines && i < OPEN_MAX; i++)
        drop_innermost(block);
    block->lines = NULL;
}

/* ---- what it costs ---- */

static uint64_t median(uint64_t *samples, uint64_t *spread)
{
    for (unsigned i = 1; i < ROUNDS; i++)
        for (unsigned k = i; k > 0 && samples[k - 1] > samples[k]; k--) {
            uint64_t kept = samples[k];
            samples[k] = samples[k - 1];
            samples[k - 1] = kept;
        }
    *spread = samples[ROUNDS - ROUNDS / 4 - 1] - samples[ROUNDS / 4];
    return samples[ROUNDS / 2];
}

static void measure(struct farm_block *block)
{
    struct { struct farm_lap_state state; uint64_t lines[2][2]; } own = {0};
    uint64_t laps[ROUNDS], calls[ROUNDS], ignored;
    void *volatile frame = &own.state;
    for (unsigned i = 0; i < ROUNDS; i++) {
        own.state = (struct farm_lap_state){.frame = (uint64_t)&frame, .cost = costs_of(block), .current = PRELUDE};
        lap(&frame, FARM_LAP_WORDS);
        uint64_t start = own.state.since;
        for (unsigned k = 0; k < LAPS; k++)
            lap(&frame, FARM_LAP_WORDS + 2 * (k & 1));
        laps[i] = (own.state.since - start) / LAPS;
        start = read_clock();
        for (unsigned k = 0; k < LAPS; k++) {
            struct farm_lap_state *outer = block->lines;
            own.state = (struct farm_lap_state){.frame = (uint64_t)&frame, .cost = costs_of(block), .current = PRELUDE};
            own.state.outer = outer;
            block->lines = &own.state;
            read_clock();
            __farm_lines_leave((void *)&frame, (uint64_t *)&own.state);
        }
        calls[i] = (read_clock() - start) / LAPS;
    }
    lap_ticks = median(laps, &lap_ticks_spread);
    call_ticks = median(calls, &ignored);
}

void farm_lines_fill(struct farm_header *h)
{
    h->lap_ticks = lap_ticks;
    h->lap_ticks_spread = lap_ticks_spread;
}

/* By the first activation of a thread. */
static void calibrate(struct farm_block *block)
{
    uint64_t *cost = costs_of(block);
    if (!lap_ticks)
        measure(block);
    cost[COST_LAP] = lap_ticks;
    cost[COST_CALL] = call_ticks;
    farm_lines_fill(farm_it.header);
}

/* ---- activations ---- */

static bool is_counted(const uint64_t *state)
{
    uint64_t offset = (uint64_t)((const char *)state - __farm_tls);
    return __farm_tls && farm_it.header && !farm_it.finished && farm_timings.tsc && offset >= FARM_SCRATCH &&
           offset < farm_it.reserve;
}

uint64_t *__farm_lines_enter(void *frame, uint64_t *state)
{
    struct farm_lap_state *s = (void *)state;
    if (!is_counted(state))
        return NULL;
    struct farm_block *block = farm_block_mine();
    for (unsigned i = 0; block->lines && block->lines->frame <= (uint64_t)frame && i < OPEN_MAX; i++)
        drop_innermost(block);
    if (s->frame)
        return NULL;
    uint64_t *cost = costs_of(block);
    if (!cost[COST_LAP])
        calibrate(block);
    s->outer = block->lines;
    s->cost = cost;
    s->current = PRELUDE;
    s->frame = (uint64_t)frame;
    block->lines = s;
    cost[COST_SUM] += cost[COST_CALL];
    s->cost_since = cost[COST_SUM];
    s->since = read_clock();
    return state;
}

void __farm_lines_leave(void *frame, uint64_t *state)
{
    uint64_t now = read_clock();
    struct farm_lap_state *s = (void *)state;
    struct farm_block *block = farm_block_mine();
    if (s->frame != (uint64_t)frame || !block)
        return;
    end_line(s, now);
    for (unsigned i = 0; block->lines && block->lines != s && i < OPEN_MAX; i++)
        drop_innermost(block);
    if (block->lines)
        drop_innermost(block);
}

void farm_lines_flush(void)
{
    struct farm_block *block = farm_block_mine();
    if (!block || !block->lines)
        return;
    uint64_t now = read_clock();
    for (struct farm_lap_state *s = block->lines; s; s = s->outer)
        end_line(s, now);
}

void __farm_lines_jump(void)
{
    struct farm_block *block = farm_block_mine();
    farm_lines_flush();
    for (struct farm_lap_state *s = block ? block->lines : NULL; s; s = s->outer)
        s->jumped = s->since;
}

/* An exit's handlers run on top of the activations that are still there. */
void farm_lines_finish(void)
{
    char here;
    struct farm_block *block = farm_block_mine();
    if (!block)
        return;
    while (block->lines && block->lines->frame <= (uint64_t)&here)
        drop_innermost(block);
    farm_lines_flush();
    farm_lines_drop(block);
}

void farm_lines_save(struct farm_block *block)
{
    saved_count = 0;
    for (struct farm_lap_state *s = block->lines; s && saved_count < SAVED_MAX; s = s->outer)
        saved[saved_count++] = *s;
}

void farm_lines_restore(struct farm_block *block)
{
    struct farm_lap_state *s = block->lines;
    uint64_t *cost = costs_of(block), now = farm_timings.tsc ? read_clock() : 0;
    cost[COST_LAP] = lap_ticks;
    cost[COST_CALL] = call_ticks;
    for (uint32_t i = 0; i < saved_count; i++, s = s->outer) {
        *s = saved[i];
        s->since = now;
        s->cost_since = s->prelude[0] = s->prelude[1] = 0;
        if (i + 1 == saved_count)
            s->outer = NULL;
    }
}
