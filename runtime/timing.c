/* SPDX-License-Identifier: MIT
 *
 * Timed calls. Entered with arguments and results of strangers' functions in registers, so this file is compiled
 * to use no others, calls nothing outside of itself and makes no system call (but for the clock where the TSC is of no
 * use): room for entries is made ahead, at the start and by the helper.
 *
 * A thread's open timings are a list, innermost first, by the addresses of their frames. One whose frame lies below the
 * frame at hand was left by longjmp (or lives on another stack): it is closed as not seen to its end.
 */
#include <time.h>

#include "runtime/clock.h"
#include "runtime/direct.h"
#include "runtime/internal.h"
#include "runtime/sys.h"

#define HANDLE_BITS 63ull        /* of a handle: which of the entry's timings it is */
#define INNER_CALLS 65536        /* of a function that is being timed, until we look whether it still is */
#define LATER 4096               /* there is no room yet; each look costs a frame, also in tail recursion */
#define NEVER (1ll << 40)
#define PERIOD_MAX 4096u
#define OPEN_MAX 4096u

uint64_t farm_ticks(void)
{
    struct timespec t = {0, 0};
    if (farm_timings.tsc)
        return __builtin_ia32_rdtsc();
    farm_sys(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * FARM_SECOND + (uint64_t)t.tv_nsec;
}

/* The next calls - 1 calls are not looked at. Two additions, because a signal's handler may count in between. */
static void rearm(uint64_t *w, int64_t calls)
{
    uint64_t more = (uint64_t)(calls - 1) - w[0];
    w[-1] += more;
    w[0] += more;
}

static uint64_t *counter_of(const struct farm_timing *t)
{
    return (uint64_t *)(__farm_tls + t->offset);
}

static uint64_t calls_of(const uint64_t *w)
{
    return w[-1] - w[0];
}

/* Off the list first: a handler that comes in between must not put it on again. */
static void drop_innermost(struct farm_block *block)
{
    struct farm_timing *t = block->open;
    block->open = (struct farm_timing *)t->own[FARM_TIMING_OUTER];
    t->unseen++;
    t->open = 0;
}

void farm_timing_drop(struct farm_block *block)
{
    for (unsigned i = 0; block->open && i < OPEN_MAX; i++)
        drop_innermost(block);
    block->open = NULL;
}

struct farm_timing *farm_timing_at(uint32_t number)
{
    const uint32_t in_core = FARM_TIMINGS_IN(FARM_TIMING_CORE), in_chunk = FARM_TIMINGS_IN(FARM_TIMING_CHUNK);
    if (number < in_core)
        return &farm_timings.chunks[0][number];
    return &farm_timings.chunks[1 + (number - in_core) / in_chunk][(number - in_core) % in_chunk];
}

static uint64_t off_until(uint64_t now)
{
    const struct farm_header *h = farm_it.header;
    return h->off_ticks + (h->off_since && now > h->off_since ? now - h->off_since : 0);
}

static struct farm_timing *take_entry(const struct farm_block *block, uint64_t *w)
{
    uint32_t n = __atomic_load_n(&farm_timings.taken, __ATOMIC_RELAXED);
    do
        if (n >= __atomic_load_n(&farm_timings.room, __ATOMIC_ACQUIRE))
            return NULL;
    while (!__atomic_compare_exchange_n(&farm_timings.taken, &n, n + 1, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
    struct farm_timing *t = farm_timing_at(n);
    t->block = block->number;
    t->period = 1;
    t->least = ~0ull;
    t->own[FARM_TIMING_SEEN] = farm_it.header->off_since ? 0 : calls_of(w);
    t->offset = (uint64_t)((char *)w - __farm_tls);
    w[-2] = (uint64_t)t;
    return t;
}

static bool is_counted(const uint64_t *w)
{
    uint64_t offset = (uint64_t)((const char *)w - __farm_tls);
    return __farm_tls && farm_it.header && !farm_it.finished && farm_it.options.calls && offset >= FARM_SCRATCH &&
           offset < farm_it.reserve;
}

/* Of the call that is being timed: who comes back must be the one that went. */
static uint64_t number_of(const struct farm_timing *t)
{
    return (t->open >> 4) % HANDLE_BITS + 1;
}

uint64_t farm_timing_enter(const struct __farm_again *a, uint64_t frame)
{
    uint64_t *w = farm_direct_counters(a->unit) + a->counter;
    w[0]++;                      /* the function is called again, and that call counts */
    if (!is_counted(w)) {
        rearm(w, NEVER);
        return 0;
    }
    struct farm_block *block = (struct farm_block *)(__farm_tls - FARM_PAGE);
    for (unsigned i = 0; block->open && block->open->own[FARM_TIMING_FRAME] <= frame && i < OPEN_MAX; i++)
        drop_innermost(block);
    struct farm_timing *t = (struct farm_timing *)w[-2];
    if (t && t->open) {
        rearm(w, INNER_CALLS);
        return 0;
    }
    if (!t && !(t = take_entry(block, w))) {
        rearm(w, LATER);
        return 0;
    }
    t->own[FARM_TIMING_FRAME] = frame;
    t->open_weight = farm_it.header->off_since ? 0 : calls_of(w) + 1 - t->own[FARM_TIMING_SEEN];
    rearm(w, INNER_CALLS);
    t->own[FARM_TIMING_OUTER] = (uint64_t)block->open;
    t->off_at_open = off_until(farm_it.header->off_since ? farm_ticks() : 0);
    t->open = farm_ticks();
    block->open = t;
    return (uint64_t)t | number_of(t);
}

static unsigned bin_of(uint64_t ticks)
{
    if (ticks < 32)
        return 0;
    unsigned log = 63 - (unsigned)__builtin_clzll(ticks);
    unsigned bin = (log - 5) * 2 + (ticks >> (log - 1) & 1);
    return bin < FARM_TIMING_BINS ? bin : FARM_TIMING_BINS - 1;
}

static void add(struct farm_timing *t, uint64_t ticks)
{
    uint64_t *mean = &t->own[FARM_TIMING_MEAN];
    *mean = *mean ? *mean - *mean / 8 + ticks / 8 : ticks;
    if (!t->open_weight)
        return;
    t->timed++;
    t->weight += t->open_weight;
    t->ticks += t->open_weight * ticks;
    t->bins[bin_of(ticks)] += t->open_weight;
    t->least = ticks < t->least ? ticks : t->least;
    t->most = ticks > t->most ? ticks : t->most;
}

/* So that timing takes about 0.4 % of the function's own time. Distances vary, because programs have rhythms. */
static int64_t next_distance(struct farm_timing *t, uint64_t noise)
{
    uint64_t least = farm_timings.thin_ticks, mean = t->own[FARM_TIMING_MEAN] + 1, period = least / mean + 1;
    t->period = (uint32_t)(period < PERIOD_MAX ? period : PERIOD_MAX);
    if (t->period == 1)
        return 1;
    t->thinned = 1;
    return t->period / 2 + 1 + (int64_t)((noise * 0x9e3779b97f4a7c15ull >> 40) % t->period);
}

void farm_timing_leave(uint64_t handle)
{
    uint64_t now = farm_ticks();
    struct farm_timing *t = (struct farm_timing *)(handle & ~HANDLE_BITS);
    struct farm_block *block = (struct farm_block *)(__farm_tls - FARM_PAGE);
    bool same = t->open && number_of(t) == (handle & HANDLE_BITS);
    if (!same || t->block != block->number || farm_it.finished)
        return;                  /* given up meanwhile, another process's, or on another thread */
    for (unsigned i = 0; block->open && block->open != t && i < OPEN_MAX; i++)
        drop_innermost(block);
    uint64_t *w = counter_of(t), cost = farm_it.header->call_ticks;
    uint64_t ticks = now - t->open - (t->open_weight ? off_until(now) - t->off_at_open : 0);
    block->open = (struct farm_timing *)t->own[FARM_TIMING_OUTER];
    add(t, ticks > cost ? ticks - cost : 0);
    if (t->open_weight && !farm_it.header->off_since) {
        t->recursed |= calls_of(w) - t->own[FARM_TIMING_SEEN] > t->open_weight;
        t->own[FARM_TIMING_SEEN] = calls_of(w);
    } else if (t->open_weight) {
        t->own[FARM_TIMING_SEEN] = 0;
    }
    rearm(w, next_distance(t, now));
    t->open = 0;
}

/* ---- the way in ---- */

#define TEXT_OF(name) #name
#define TEXT(name) TEXT_OF(name)
#define SELF TEXT(__farm_call)   /* in a shared object it has another name: guest_names.h */
#ifdef FARM_GUEST
#define UNSEEN ".hidden " SELF "\n"
#else
#define UNSEEN ""
#endif

/* As a function that is called with the arguments of another one: it keeps the registers that hold them, calls that
 * one, and keeps its result. What it calls in between uses general registers only. */
__asm__(".pushsection .text." SELF ",\"ax\",@progbits\n" UNSEEN ".globl " SELF "\n.type " SELF ",@function\n" SELF ":\n"
        ".cfi_startproc\nendbr64\npushq %rbp\n.cfi_def_cfa_offset 16\n.cfi_offset %rbp,-16\nmovq %rsp,%rbp\n"
        ".cfi_def_cfa_register %rbp\npushq %rbx\n.cfi_offset %rbx,-24\npushq %r12\n.cfi_offset %r12,-32\n"
        "pushq %rdi\npushq %rsi\npushq %rdx\npushq %rcx\npushq %r8\npushq %r9\nmovq %r10,%rbx\nmovq %r10,%rdi\n"
        "movq %rbp,%rsi\ncall farm_timing_enter\nmovq %rax,%r12\npopq %r9\npopq %r8\npopq %rcx\npopq %rdx\n"
        "popq %rsi\npopq %rdi\ncall *(%rbx)\ntestq %r12,%r12\nje 1f\npushq %rax\npushq %rdx\nmovq %r12,%rdi\n"
        "call farm_timing_leave\npopq %rdx\npopq %rax\n1: popq %r12\npopq %rbx\npopq %rbp\n.cfi_def_cfa %rsp,8\nret\n"
        ".cfi_endproc\n.size " SELF ",.-" SELF "\n.popsection\n");
