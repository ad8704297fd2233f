/* SPDX-License-Identifier: MIT
 *
 * From registers and a piece of stack to a path of callers. Our own code keeps frame pointers; libraries do not, so
 * where the walk is in foreign code the stack is searched upward for the first return address into counted code.
 */
#include "runtime/internal.h"

#define LIVE_SEARCH 65536u       /* bytes of a live stack that a search looks at */

struct walk {
    const struct farm_stack *stack;
    uint64_t *frames;
    uint32_t count;
    uint64_t cursor;             /* callers' return addresses lie at or above */
    uint64_t bp;
    uint32_t chain_at;           /* next entry of the kernel's walk */
    bool in_step;                /* bp is still what the kernel's walk went along */
};

static bool word(const struct walk *w, uint64_t at, uint64_t *value)
{
    const struct farm_stack *s = w->stack;
    if (at & 7 || at < s->sp)
        return false;
    if (at - s->sp + 8 > s->len && !(s->live && farm_readable(at)))
        return false;
    *value = *(const uint64_t *)(s->bytes + (at - s->sp));
    return true;
}

static uint64_t search_end(const struct walk *w)
{
    uint64_t end = w->stack->sp + w->stack->len;
    return end - w->cursor > LIVE_SEARCH ? w->cursor + LIVE_SEARCH : end;
}

static void add(struct walk *w, uint64_t pc)
{
    w->frames[w->count++] = pc;
}

static bool is_caller(uint64_t address)
{
    if (farm_code_is_counted(address - 1))
        return farm_code_is_return(address);
    return farm_modules_at(address - 1) != NULL;
}

/* Is there a frame record (saved bp, return address) at `at`? */
static bool is_record(const struct walk *w, uint64_t at)
{
    uint64_t saved, back;
    return word(w, at, &saved) && word(w, at + 8, &back) && is_caller(back) && farm_code_is_return(back);
}

/* The frame record of the function that called at `slot`: foreign code saved its bp below, or it comes next above. */
static uint64_t find_record(const struct walk *w, uint64_t low, uint64_t slot)
{
    uint64_t value, best = 0;
    for (uint64_t at = low; at < slot; at += 8)
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
    for (uint64_t at = (w->cursor + 7) & ~7ull; at + 8 <= end; at += 8)
        if (word(w, at, &value) && farm_code_is_counted(value - 1) && farm_code_is_return(value)) {
            *slot = at;
            return value;
        }
    return 0;
}

static void take_rest_of_chain(struct walk *w)
{
    const struct farm_stack *s = w->stack;
    if (!w->in_step)
        return;
    for (; w->chain_at < s->chain_count && w->count < FARM_FRAMES_MAX; w->chain_at++) {
        if (!is_caller(s->chain[w->chain_at]))
            return;
        add(w, s->chain[w->chain_at] - 1);
    }
}

/* One frame up by bp. False: that was the last. */
static bool step(struct walk *w)
{
    uint64_t saved, back;
    if (w->bp < w->cursor || !word(w, w->bp, &saved) || !word(w, w->bp + 8, &back)) {
        take_rest_of_chain(w);
        return false;
    }
    if (!is_caller(back))
        return false;
    add(w, back - 1);
    w->cursor = w->bp + 16;
    w->bp = saved;
    w->chain_at++;
    return true;
}

/* From foreign code to the next frame: a library's own frame pointer, or the counted caller that bp does not know. */
static bool step_out(struct walk *w)
{
    uint64_t slot = 0, caller = find_caller(w, &slot), back;
    bool has_frame = w->bp >= w->cursor && word(w, w->bp + 8, &back) && is_caller(back);
    if (!caller || (has_frame && w->bp + 8 <= slot))
        return step(w);
    add(w, caller - 1);
    if (w->bp <= slot || (w->bp + 16 <= search_end(w) && !is_record(w, w->bp))) {
        w->bp = find_record(w, w->cursor, slot);
        w->in_step = false;
    }
    w->cursor = slot + 8;
    return true;
}

/* At the very start or end of a counted function bp is still the caller's. */
static void take_unframed_caller(struct walk *w)
{
    int pushed = farm_code_pushed(w->stack->pc);
    uint64_t caller;
    if (pushed < 0 || !word(w, w->stack->sp + 8 * (unsigned)pushed, &caller) || !is_caller(caller) ||
        !farm_code_is_return(caller))
        return;
    add(w, caller - 1);
    w->cursor = w->stack->sp + 8 * (unsigned)pushed + 8;
}

uint32_t farm_scan(const struct farm_stack *s, uint64_t frames[FARM_FRAMES_MAX])
{
    struct walk w = {.stack = s, .frames = frames, .cursor = s->sp, .bp = s->bp, .in_step = true};
    add(&w, s->pc);
    bool foreign = !farm_code_is_counted(s->pc) || farm_code_is_stub(s->pc);
    if (!foreign)
        take_unframed_caller(&w);
    while (w.count < FARM_FRAMES_MAX) {
        if (w.count > 1)
            foreign = !farm_code_is_counted(w.frames[w.count - 1]);
        if (!(foreign ? step_out(&w) : step(&w)))
            break;
    }
    return w.count;
}
