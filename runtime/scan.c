/* SPDX-License-Identifier: MIT
 *
 * From registers and a piece of stack to a path of callers. Each frame is left in the best way that there is: by
 * call-frame information, by the frame pointer (our own code always has one), or, from foreign code, by searching the
 * stack upward for the first return address into counted code. Assembly in the program itself is foreign: it leaves its
 * caller's frame pointer alone.
 */
#include "runtime/internal.h"

#define STACK_PAGES 16u
#define LIVE_SEARCH 65536u       /* bytes of a live stack that a search looks at */

struct walk {
    const struct farm_stack *stack;
    uint64_t *frames;
    uint32_t count;
    struct farm_frame now;
    uint32_t chain_at;           /* next entry of the kernel's walk */
    bool in_step;                /* now.bp is what the kernel's walk used for that entry */
};

bool farm_stack_word(const struct farm_stack *s, uint64_t at, uint64_t *value)
{
    if (at & 7 || at < s->sp)
        return false;
    if (at - s->sp + 8 > s->len && !(s->live && farm_readable(at)))
        return false;
    *value = *(const uint64_t *)(s->bytes + (at - s->sp));
    return true;
}

size_t farm_stack_len(uint64_t sp)
{
    uint64_t end = (sp & ~(uint64_t)(FARM_PAGE - 1)) + FARM_PAGE;
    for (unsigned i = 0; i < STACK_PAGES && farm_readable(end); i++)
        end += FARM_PAGE;
    return end - sp;
}

static bool word(const struct walk *w, uint64_t at, uint64_t *value)
{
    return farm_stack_word(w->stack, at, value);
}

static uint64_t search_end(const struct walk *w)
{
    uint64_t end = w->stack->sp + w->stack->len, from = w->now.sp;
    return end - from > LIVE_SEARCH ? from + LIVE_SEARCH : end;
}

static bool is_caller(uint64_t address)
{
    return farm_modules_at(address - 1) && farm_code_is_return(address);
}

/* Is there a frame record (saved bp, return address) at `at`? */
static bool is_record(const struct walk *w, uint64_t at)
{
    uint64_t saved, back;
    return word(w, at, &saved) && word(w, at + 8, &back) && is_caller(back);
}

/* The frame record of the function that called at `slot`: foreign code saved its bp below, or it comes next above. */
static uint64_t find_record(const struct walk *w, uint64_t slot)
{
    uint64_t value, best = 0;
    for (uint64_t at = w->now.sp; at < slot; at += 8)
        if (word(w, at, &value) && value > slot && (!best || value < best) && is_record(w, value))
            best = value;
    if (best)
        return best;
    for (uint64_t at = slot + 8, end = search_end(w); at + 16 <= end; at += 8)
        if (word(w, at, &value) && value > at && value - at < 1u << 20 && is_record(w, at))
            return at;
    return 0;
}

/* Nearest return address into counted code, 0 where there is none; *slot is where it lies. */
static uint64_t find_caller(const struct walk *w, uint64_t *slot)
{
    uint64_t value, end = search_end(w);
    for (uint64_t at = (w->now.sp + 7) & ~7ull; at + 8 <= end; at += 8)
        if (word(w, at, &value) && farm_code_is_counted(value - 1) && farm_code_is_return(value)) {
            *slot = at;
            return value;
        }
    return 0;
}

static void enter(struct walk *w, struct farm_frame next)
{
    const struct farm_stack *s = w->stack;
    if (w->chain_at < s->chain_count && s->chain[w->chain_at] == next.pc + 1)
        w->chain_at++;
    else if (next.bp != w->now.bp)
        w->in_step = false;
    w->now = next;
    w->frames[w->count++] = next.pc;
}

static bool by_frame_info(struct walk *w, enum farm_step *step)
{
    struct farm_frame next = w->now;
    *step = farm_unwind(w->stack, &next);
    if (*step != FARM_STEP_DONE || !is_caller(next.pc + 1))
        return false;
    enter(w, next);
    return true;
}

static bool by_frame_pointer(struct walk *w)
{
    struct farm_frame next;
    uint64_t bp = w->now.bp;
    if (bp < w->now.sp || !word(w, bp, &next.bp) || !word(w, bp + 8, &next.pc) || !is_caller(next.pc))
        return false;
    next.pc--;
    next.sp = bp + 16;
    enter(w, next);
    return true;
}

/* A linkage stub has nothing on the stack but the return address. */
static bool out_of_stub(struct walk *w)
{
    struct farm_frame next = w->now;
    if (!word(w, next.sp, &next.pc) || !is_caller(next.pc))
        return false;
    next.pc--;
    next.sp += 8;
    enter(w, next);
    return true;
}

static bool by_search(struct walk *w)
{
    uint64_t slot = 0, caller = find_caller(w, &slot);
    uint64_t bp = w->now.bp;
    if (!caller || (bp >= w->now.sp && bp + 8 <= slot && is_record(w, bp)))
        return by_frame_pointer(w);
    if (bp <= slot || (bp + 16 <= search_end(w) && !is_record(w, bp)))
        bp = find_record(w, slot);
    enter(w, (struct farm_frame){caller - 1, slot + 8, bp});
    return true;
}

/* What is beyond our piece of the stack, the kernel has seen, if it walked along the same frames. */
static void take_rest_of_chain(struct walk *w)
{
    const struct farm_stack *s = w->stack;
    if (!w->in_step)
        return;
    for (; w->chain_at < s->chain_count && w->count < FARM_FRAMES_MAX; w->chain_at++) {
        if (!is_caller(s->chain[w->chain_at]))
            return;
        w->frames[w->count++] = s->chain[w->chain_at] - 1;
    }
}

uint32_t farm_scan(const struct farm_stack *s, uint64_t frames[FARM_FRAMES_MAX])
{
    struct walk w = {.stack = s, .frames = frames, .now = {s->pc, s->sp, s->bp}, .in_step = true};
    enum farm_step step = FARM_STEP_UNKNOWN;
    w.frames[w.count++] = s->pc;
    while (w.count < FARM_FRAMES_MAX) {
        if (w.count == 1 && farm_code_is_stub(s->pc) && out_of_stub(&w))
            continue;
        if (by_frame_info(&w, &step))
            continue;
        if (step == FARM_STEP_OUTERMOST)
            break;
        bool ours = step != FARM_STEP_FOREIGN && farm_code_is_counted(w.now.pc);
        if (!(ours ? by_frame_pointer(&w) : by_search(&w))) {
            take_rest_of_chain(&w);
            break;
        }
    }
    return w.count;
}
