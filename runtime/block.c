/* SPDX-License-Identifier: MIT
 *
 * Each thread counts in a block of its own: address space that is reserved once and never moves, with a page for us in
 * front, scratch for units without a place, then counters in the record file. A block whose thread is gone is continued
 * by the next new thread. That a thread is gone, the kernel says (by its id): so no destructor has to run, counts made
 * in the last moments of a thread are kept, and threads that libc does not know of are covered.
 */
#include <errno.h>
#include <sys/mman.h>

#include "runtime/clock.h"
#include "runtime/direct.h"
#include "runtime/lines.h"
#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/room.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

#define PROBES 8u                /* blocks looked at for each new thread: the cost must not grow with threads */

__thread char *__farm_tls __attribute__((visibility("default"), tls_model("initial-exec")));

static char *base_of(struct farm_block *block)
{
    return (char *)block + FARM_PAGE;
}

struct farm_block *farm_block_mine(void)
{
    return __farm_tls ? (struct farm_block *)(__farm_tls - FARM_PAGE) : NULL;
}

bool farm_block_extend(struct farm_block *block, uint64_t end)
{
    end = (end + FARM_PAGE - 1) / FARM_PAGE * FARM_PAGE;
    if (end <= block->usable)
        return true;
    if (!farm_record_counters(block, block->usable, end))
        return false;
    block->usable = end;
    return true;
}

bool farm_block_extend_all(uint64_t end)
{
    for (uint32_t i = 0; i < farm_it.block_count; i++)
        if (!farm_block_extend(farm_it.blocks[i], end))
            return false;
    return true;
}

static bool is_dead(const struct farm_block *block)
{
    return !block->tid || farm_sys(SYS_tgkill, block->pid, block->tid, 0) == -ESRCH;
}

extern void __tsan_init(void) __attribute__((weak));

/* ThreadSanitizer would tell of a race between a thread and the one that had its block before: each has its own. */
static struct farm_block *find_free(void)
{
    if (__tsan_init)
        return NULL;
    uint32_t probes = farm_it.block_count < PROBES ? farm_it.block_count : PROBES;
    while (probes-- > 0) {
        struct farm_block *block = farm_it.blocks[farm_it.block_probe++ % farm_it.block_count];
        if (!is_dead(block))
            continue;
        farm_timer_detach(block);
        farm_timing_drop(block);
        farm_lines_drop(block);
        return block;
    }
    return NULL;
}

/* Without a record all blocks are scratch: every unit counts at its start. */
static struct farm_block *make_block(void)
{
    uint64_t open = farm_it.options.off ? farm_it.reserve : FARM_SCRATCH;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    long at = farm_sys(SYS_mmap, NULL, FARM_PAGE + farm_it.reserve, PROT_NONE, flags, -1, 0);
    if (farm_sys_failed(at) || farm_it.block_count == FARM_BLOCKS_MAX)
        return NULL;
    struct farm_block *block = (void *)at;
    if (farm_sys(SYS_mprotect, block, FARM_PAGE + open, PROT_READ | PROT_WRITE) < 0)
        return NULL;
    block->number = farm_it.block_count;
    block->usable = block->chunk_end = open;
    if (!farm_block_extend(block, farm_it.layout_end)) {
        farm_sys(SYS_munmap, block, FARM_PAGE + farm_it.reserve);
        return NULL;
    }
    farm_room.taken += farm_it.reserve;
    farm_it.blocks[farm_it.block_count++] = block;
    if (farm_it.header)
        farm_it.header->threads_peak = farm_it.block_count;
    return block;
}

bool farm_block_attach(void)
{
    if (__farm_tls)
        return true;
    struct farm_block *block = find_free();
    if (!block)
        block = make_block();
    if (!block) {
        farm_note("a thread is not counted, because there is no memory for its counters", "");
        return false;
    }
    block->pid = (int)farm_sys(SYS_getpid);
    block->tid = (int)farm_sys(SYS_gettid);
    farm_marks_adopt(block);
    __farm_tls = base_of(block);
    farm_direct_point();
    farm_timer_attach(block);
    farm_clock_calibrate();
    return true;
}

uint64_t *__farm_attach(struct __farm_unit *unit)
{
    struct farm_hold hold;
    if (!farm_it.on)
        return unit->dummy;
    if (!*farm_it.born_here)
        farm_fork_adopt();
    if (farm_lock_is_mine(&farm_it.lock))
        return unit->dummy;
    farm_lock(&farm_it.lock, &hold);
    bool counts = farm_block_attach();
    farm_unlock(&farm_it.lock, &hold);
    if (!counts)
        return unit->dummy;
    if (unit->first)             /* the thread may have had its block before the program's section had a place */
        farm_direct_point();
    if (unit->tls)
        *(char **)((uintptr_t)&__farm_tls + (uintptr_t)unit->tls) = __farm_tls;
    return (uint64_t *)(__farm_tls + unit->shift);
}

struct farm_block *farm_block_for_marks(void)
{
    struct farm_hold hold;
    static uint32_t start_lock;
    if (!farm_it.started) {
        farm_lock(&start_lock, &hold);
        if (!farm_it.started)
            farm_start();
        farm_unlock(&start_lock, &hold);
    }
    if (!farm_it.on || farm_it.options.off)
        return NULL;
    if (!*farm_it.born_here)
        farm_fork_adopt();
    if (!__farm_tls && !farm_lock_is_mine(&farm_it.lock)) {
        farm_lock(&farm_it.lock, &hold);
        farm_block_attach();
        farm_unlock(&farm_it.lock, &hold);
    }
    return farm_block_mine();
}

#if defined __x86_64__
/* Entrance for inserted text that keeps the call from its compiler: unit in rax, counters out in rax, every other
 * register as it was, vector registers in their whole width, whatever code is reached from here. XSAVE's image (x87,
 * SSE, AVX, AVX-512: components 0-2 and 5-7) ends at 2688. Whether the processor and the system have it is asked once.
 * Frame and alignment are our own: the caller may be a leaf in the middle of anything. */
#ifdef FARM_GUEST
#define UNSEEN ".hidden __farm_attach_saved\n"
#else
#define UNSEEN ""
#endif
extern unsigned char farm_wide;
unsigned char farm_wide;         /* 0: not asked yet; 1: FXSAVE; 2: XSAVE */
__asm__(".pushsection .text.__farm_attach_saved,\"ax\",@progbits\n" UNSEEN
        ".globl __farm_attach_saved\n.type __farm_attach_saved,@function\n__farm_attach_saved:\n"
        ".cfi_startproc\nendbr64\npushq %rbp\n.cfi_def_cfa_offset 16\n.cfi_offset %rbp,-16\nmovq %rsp,%rbp\n"
        ".cfi_def_cfa_register %rbp\npushq %rdi\npushq %rsi\npushq %rdx\npushq %rcx\npushq %r8\npushq %r9\n"
        "pushq %r10\npushq %r11\npushq %rbx\nmovq %rsp,%rbx\nsubq $2688,%rsp\nandq $-64,%rsp\ncld\n"
        "movq %rax,%rdi\ncmpb $0,farm_wide(%rip)\njne 1f\nmovl $1,%eax\nxorl %ecx,%ecx\nmovq %rbx,%r8\ncpuid\n"
        "movq %r8,%rbx\nshrl $27,%ecx\nandl $1,%ecx\nincl %ecx\nmovb %cl,farm_wide(%rip)\n"
        "1: cmpb $2,farm_wide(%rip)\njne 2f\nxorl %eax,%eax\n"
        ".irp at,512,520,528,536,544,552,560,568\nmovq %rax,\\at(%rsp)\n.endr\n"
        "xorl %edx,%edx\nmovl $0xe7,%eax\nxsave64 (%rsp)\ncall __farm_attach\nmovq %rax,%rcx\n"
        "xorl %edx,%edx\nmovl $0xe7,%eax\nxrstor64 (%rsp)\nmovq %rcx,%rax\njmp 3f\n"
        "2: fxsave64 (%rsp)\ncall __farm_attach\nfxrstor64 (%rsp)\n3: movq %rbx,%rsp\n"
        "popq %rbx\npopq %r11\npopq %r10\npopq %r9\npopq %r8\npopq %rcx\npopq %rdx\npopq %rsi\npopq %rdi\n"
        "popq %rbp\n.cfi_def_cfa %rsp,8\nret\n.cfi_endproc\n"
        ".size __farm_attach_saved,.-__farm_attach_saved\n.popsection\n");
#endif

void farm_block_fork(void)
{
    struct farm_block *mine = farm_block_mine();
    for (uint32_t i = 0; i < farm_it.block_count; i++)
        if (farm_it.blocks[i] != mine)
            farm_sys(SYS_munmap, farm_it.blocks[i], FARM_PAGE + farm_it.reserve);
    farm_it.block_count = farm_it.block_probe = 0;
    if (!mine)
        return;
    uint64_t usable = mine->usable;
    farm_it.blocks[farm_it.block_count++] = mine;
    farm_it.header->threads_peak = 1;
    mine->number = 0;
    mine->pid = farm_it.pid;
    mine->tid = (int)farm_sys(SYS_gettid);
    mine->usable = mine->chunk_end = FARM_SCRATCH;
    mine->timed = false;
    farm_marks_fork(mine);
    mine->open = NULL;
    farm_lines_save(mine);
    farm_block_extend(mine, usable);
    farm_direct_fork();
    farm_lines_restore(mine);
}
