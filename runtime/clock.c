/* SPDX-License-Identifier: MIT
 *
 * Which clock times calls and lines, what reading it costs, and where entries for timed calls come from.
 */
#include <cpuid.h>
#include <time.h>

#include "runtime/clock.h"
#include "runtime/internal.h"
#include "runtime/record.h"
#include "runtime/sys.h"

struct farm_timings farm_timings;

#define ROUNDS 31u
#define THIN_BELOW_NS 16000      /* a timed call costs some 60 ns: 0.4 % of its function, and functions nest */

/* A TSC that runs at one rate in all states and on all CPUs. Where the kernel has given it up, its reasons are ours. */
static bool tsc_is_a_clock(void)
{
    unsigned a, b, c, d;
    char source[32];
    if (!__get_cpuid(0x80000007u, &a, &b, &c, &d) || !(d & 1u << 8))
        return false;
    const char *path = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    long len = farm_read_file(path, source, sizeof source);
    return len <= 0 || farm_starts(source, "tsc") || farm_starts(source, "kvm-clock") || farm_starts(source, "hyperv");
}

void farm_clock_choose(void)
{
    farm_timings.tsc = tsc_is_a_clock();
    uint64_t start = farm_clock(CLOCK_MONOTONIC), ticks = farm_ticks(), now = start;
    farm_timings.thin_ticks = THIN_BELOW_NS;
    if (!farm_timings.tsc)
        return;
    while (now < start + 20000)  /* good to a hundredth, and only thinning hangs on it */
        now = farm_clock(CLOCK_MONOTONIC);
    farm_timings.thin_ticks = (farm_ticks() - ticks) * THIN_BELOW_NS / (now - start);
}

static void fill_costs(struct farm_header *h)
{
    h->call_ticks = farm_timings.call_ticks;
    h->call_ticks_spread = farm_timings.call_ticks_spread;
}

/* Forked children go on with what their parent has measured. */
void farm_clock_fill(struct farm_header *h)
{
    h->clock = farm_timings.tsc ? FARM_CLOCK_TSC : FARM_CLOCK_MONOTONIC;
    h->ticks_start = h->ticks_last = farm_ticks();
    h->thin_below_ns = THIN_BELOW_NS;
    fill_costs(h);
}

static uint64_t spread(uint64_t *samples, uint64_t *median)
{
    for (unsigned i = 1; i < ROUNDS; i++)
        for (unsigned k = i; k > 0 && samples[k - 1] > samples[k]; k--) {
            uint64_t kept = samples[k];
            samples[k] = samples[k - 1];
            samples[k - 1] = kept;
        }
    *median = samples[ROUNDS / 2];
    return samples[ROUNDS - ROUNDS / 4 - 1] - samples[ROUNDS / 4];
}

/* What a function that does nothing else does when it is called in its turn. */
static void nothing(void)
{
    ((uint64_t *)(__farm_tls + FARM_SCRATCH))[2]--;
}

/* Behind the red zone: the compiler does not see that this is a call. */
static void call_nothing(const struct __farm_again *again)
{
    register const void *chain __asm__("r10") = again;
    __asm__ volatile("lea -128(%%rsp), %%rsp\n\tcall __farm_call\n\tlea 128(%%rsp), %%rsp" : "+r"(chain) : :
                     "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r11", "cc", "memory");
}

/* On words of this thread's block that no unit has. */
static void calibrate_calls(void)
{
    struct __farm_unit unit = {.shift = FARM_SCRATCH};
    struct __farm_again again = {(void *)nothing, &unit, 2};
    uint64_t samples[ROUNDS], *w = (uint64_t *)(__farm_tls + FARM_SCRATCH) + 2;
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct farm_timing *t = (struct farm_timing *)w[-2];
        uint64_t before = t ? t->ticks : 0;
        w[-1] = 0;
        w[0] = ~0ull;            /* one call */
        if (t)
            t->own[FARM_TIMING_SEEN] = 0;
        call_nothing(&again);
        t = (struct farm_timing *)w[-2];
        if (!t)
            return;
        samples[i] = t->ticks - before;
    }
    ((struct farm_timing *)w[-2])->offset = 0;
    farm_timings.call_ticks_spread = spread(samples, &farm_timings.call_ticks);
}

/* By timing nothing, in the ways of inserted text. */
void farm_clock_calibrate(void)
{
    if (!farm_it.header)
        return;
    if (!farm_timings.call_ticks && farm_it.options.calls)
        calibrate_calls();
    fill_costs(farm_it.header);
}

/* ---- room for entries ---- */

void farm_timing_place(struct farm_chunk *chunk)
{
    uint32_t count = FARM_TIMINGS_IN((uint32_t)chunk->len);
    farm_timings.chunks[farm_timings.chunk_count++] = (void *)((char *)chunk + FARM_CHUNK_HEAD);
    chunk->used = count * sizeof(struct farm_timing);
    __atomic_store_n(&farm_timings.room, farm_timings.room + count, __ATOMIC_RELEASE);
}

static uint64_t calls_of(const struct farm_timing *t)
{
    const uint64_t *w = (const uint64_t *)((const char *)farm_it.blocks[t->block] + FARM_PAGE + t->offset);
    return w[-1] - w[0];
}

/* While nothing is collected, `seen` holds how many calls before that no timed one stands for yet. */
void farm_timing_turn(bool on)
{
    uint64_t now = farm_ticks();
    struct farm_header *h = farm_it.header;
    uint32_t taken = __atomic_load_n(&farm_timings.taken, __ATOMIC_ACQUIRE);
    if (on && h->off_since)
        h->off_ticks += now - h->off_since;
    h->off_since = on ? 0 : now;
    for (uint32_t i = 0; i < taken; i++) {
        struct farm_timing *t = farm_timing_at(i);
        if (t->offset)
            t->own[FARM_TIMING_SEEN] = calls_of(t) - t->own[FARM_TIMING_SEEN];
    }
}

/* A call that is being timed has begun before: it will not count. */
void farm_timing_reset(bool on)
{
    uint32_t taken = __atomic_load_n(&farm_timings.taken, __ATOMIC_ACQUIRE);
    for (uint32_t i = 0; i < taken; i++) {
        struct farm_timing *t = farm_timing_at(i);
        t->open_weight = t->timed = t->weight = t->ticks = t->most = t->unseen = 0;
        t->thinned = t->recursed = 0;
        t->least = ~0ull;
        for (unsigned k = 0; k < FARM_TIMING_BINS; k++)
            t->bins[k] = 0;
        if (t->offset)
            t->own[FARM_TIMING_SEEN] = on ? calls_of(t) : 0;
    }
}

void farm_timing_refill(void)
{
    struct farm_hold hold;
    uint32_t taken = __atomic_load_n(&farm_timings.taken, __ATOMIC_RELAXED), room = farm_timings.room;
    if (2 * taken < room || farm_timings.chunk_count == FARM_TIMING_CHUNKS_MAX)
        return;
    farm_lock(&farm_it.lock, &hold);
    struct farm_chunk *chunk = farm_record_chunk(FARM_TIMINGS, FARM_TIMING_CHUNK);
    farm_unlock(&farm_it.lock, &hold);
    if (chunk)
        farm_timing_place(chunk);
}
