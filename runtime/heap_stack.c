/* SPDX-License-Identifier: MIT
 *
 * Whole call stacks of some allocations. Walking one takes its time, so it is done rarely: after a number of
 * allocations of the thread that is drawn by lot, sixteen on average at first and 512 later on. A stack stands for all
 * allocations since the one before. Each large allocation has its own, since its pages cost more. farmdb makes the sums
 * agree with the exact counts of the lines.
 */
#include "runtime/heap.h"
#include "runtime/sys.h"

#define NONE_BEFORE 256u         /* allocations: a process that makes few need not pay for a tree */
#define FIRST_GAP 16u            /* on average */
#define LAST_GAP 512u
#define NEAR (1u << 20)

/* Marsaglia's xorshift (2003), the same for each thread: same program, same stacks. */
static uint32_t draw(struct farm_heap_thread *t)
{
    uint32_t x = t->lot ? t->lot : 2463534242u;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return t->lot = x;
}

/* The end of the stack that sp is on, or of the part of it that was seen to be readable: where it was so once, it is
 * while the thread runs, and what is below only came to it. */
static uint64_t stack_end(struct farm_heap_thread *t, uint64_t sp)
{
    if (sp < t->stack_low && t->stack_low - sp < NEAR)
        t->stack_low = sp;
    if (sp < t->stack_low || sp >= t->stack_high) {
        t->stack_low = sp;
        t->stack_high = sp + farm_stack_len(sp);
    }
    return t->stack_high;
}

static void keep(struct farm_heap_thread *t, const uint64_t *frame, uint32_t allocs)
{
    if (farm_lock_is_mine(&farm_it.lock) || farm_lock_is_mine(&farm_it.tree_lock))
        return;
    uint64_t frames[FARM_FRAMES_MAX], end = stack_end(t, (uint64_t)frame);
    farm_tree_add_allocs(frames, farm_site_callers(frame, end, frames), allocs);
}

static void draw_next(struct farm_heap_thread *t)
{
    if (!t->drawn) {
        t->drawn = NONE_BEFORE;
        t->gap = FIRST_GAP;
    } else {
        t->gap = t->gap < LAST_GAP ? t->gap + t->gap / 16 : LAST_GAP;
        t->drawn = 1 + draw(t) % (2 * t->gap);
    }
    t->until_stack = t->drawn - 1;
}

void farm_heap_stack(struct farm_heap_thread *t, const uint64_t *frame)
{
    if (t->drawn)
        keep(t, frame, t->drawn);
    draw_next(t);
}

void farm_heap_stack_of_large(struct farm_heap_thread *t, const uint64_t *frame)
{
    keep(t, frame, 1);
}
