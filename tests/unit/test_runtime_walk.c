/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The runtime's way from registers to callers: through qsort of libc, by call-frame information, by searching the stack
 * where there is none, and by the kernel's chain beyond the piece of stack that came with a sample.
 */
#include <stdlib.h>
#include <ucontext.h>

#include "runtime/internal.h"
#include "runtime/sys.h"
#include "tests/unit/check.h"

static struct farm_stack seen;
static char copy[16384];
static uint64_t frames[FARM_FRAMES_MAX];
static uint32_t frame_count;
static bool live;
static size_t copied;

/* Looks at the stack from inside a function that libc calls. */
static __attribute__((noinline)) int look(const void *a, const void *b)
{
    ucontext_t here;
    if (!frame_count) {
        getcontext(&here);
        seen.pc = (uint64_t)here.uc_mcontext.gregs[REG_RIP];
        seen.sp = (uint64_t)here.uc_mcontext.gregs[REG_RSP];
        seen.bp = (uint64_t)here.uc_mcontext.gregs[REG_RBP];
        farm_copy(copy, (void *)seen.sp, copied);        /* memcpy would be checked by a sanitizer */
        seen.bytes = live ? (void *)seen.sp : copy;
        seen.len = copied;
        seen.live = live;
        frame_count = farm_scan(&seen, frames);
    }
    return *(const char *)a - *(const char *)b;
}

static __attribute__((noinline)) void sort(void)
{
    char text[] = "callers";
    qsort(text, sizeof text - 1, 1, look);
    CHECK_STR(text, "acellrs");
}

static __attribute__((noinline)) void outer(void)
{
    frame_count = 0;
    sort();
    CHECK(frame_count > 0);
}

static void check_callers(const char *how);
static void test_chain(void);
int main(void);

/* Start of the function that holds the address: of those in this file the last one that begins before it. */
static uint64_t function_of(uint64_t pc)
{
    const uint64_t starts[] = {(uint64_t)look, (uint64_t)sort, (uint64_t)outer, (uint64_t)function_of,
                               (uint64_t)check_callers, (uint64_t)test_chain, (uint64_t)main};
    uint64_t best = 0;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (starts[i] <= pc && starts[i] > best)
            best = starts[i];
    return best;
}

/* Which frame is in the function? -1: none. */
static int at_frame(void (*function)(void))
{
    for (uint32_t i = 1; i < frame_count; i++)
        if (farm_code_is_counted(frames[i]) && function_of(frames[i]) == (uint64_t)function)
            return (int)i;
    return -1;
}

static void check_callers(const char *how)
{
    int of_sort = at_frame(sort), of_outer = at_frame(outer);
    if (!CHECK(of_sort > 0) || !CHECK(of_outer == of_sort + 1))
        fprintf(stderr, "    %s: sort is frame %d, outer frame %d of %u\n", how, of_sort, of_outer, frame_count);
}

static void forget_frame_info(void)
{
    for (uint32_t i = 0; i < farm_it.range_count; i++)
        farm_it.ranges[i].frames = 0;
}

static void test_words(void)
{
    uint64_t words[4] = {11, 22, 33, 44}, value = 0;
    struct farm_stack s = {.sp = (uint64_t)words, .bytes = (const char *)words, .len = 24};
    CHECK(farm_stack_word(&s, s.sp + 16, &value));
    CHECK_INT(value, 33);
    CHECK(!farm_stack_word(&s, s.sp + 24, &value));
    CHECK(!farm_stack_word(&s, s.sp - 8, &value));
    CHECK(!farm_stack_word(&s, s.sp + 4, &value));
    s.live = true;
    CHECK(farm_stack_word(&s, s.sp + 24, &value));
    CHECK_INT(value, 44);
    CHECK(!farm_readable(8));
    CHECK(farm_readable((uint64_t)words));
}

/* The innermost frame is all that can be seen; the kernel's chain has the others, with something wrong at its end. */
static void test_chain(void)
{
    uint64_t chain[4] = {0, 0, 12345, 0};
    CHECK(frame_count > 2);
    int of_sort = at_frame(sort);
    chain[0] = frames[of_sort] + 1;
    chain[1] = frames[of_sort + 1] + 1;
    struct farm_stack s = {.pc = (uint64_t)outer + 8, .sp = 64, .bp = 128, .chain = chain, .chain_count = 4};
    uint64_t got[FARM_FRAMES_MAX];
    CHECK_INT(farm_scan(&s, got), 3);
    CHECK_INT(got[1], chain[0] - 1);
    CHECK_INT(got[2], chain[1] - 1);
}

/* ThreadSanitizer puts a qsort of its own, without frame pointers, into the program. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define OTHER_QSORT 1
#endif
#endif

int main(void)
{
#ifdef OTHER_QSORT
    return 77;
#endif
    farm_it.ranges = calloc(FARM_RANGES_MAX, sizeof *farm_it.ranges);
    farm_it.modules = (struct farm_table){FARM_MODULES, calloc(1, 1 << 20), 0, 1 << 20, NULL};
    farm_modules_note();
    CHECK(farm_it.range_count >= 2);
    struct farm_range *mine = farm_modules_of(&farm_it);
    CHECK(mine && farm_modules_at((uint64_t)test_words) == mine);
    if (!mine)
        return check_done();
    farm_modules_instrumented(mine);
    CHECK(farm_code_is_counted((uint64_t)outer));
    CHECK(!farm_code_is_counted((uint64_t)&check_count));
    test_words();
    copied = 4096;
    outer();
    check_callers("by frame information, in a copy");
    live = true;
    copied = 64;
    outer();
    check_callers("by frame information, on the stack itself");
    live = false;
    copied = 4096;
    forget_frame_info();
    outer();
    check_callers("by search");
    test_chain();
    return check_done();
}
