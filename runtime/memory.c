/* SPDX-License-Identifier: MIT
 *
 * Memory without malloc, and looking at memory without risk.
 */
#include <errno.h>
#include <sys/mman.h>
#include <time.h>

#include "runtime/room.h"
#include "runtime/sys.h"

/* Valgrind ends the program at our helper's clone. Its request "am I under Valgrind?" is four rotations, which come to
 * nothing elsewhere. */
bool farm_under_valgrind(void)
{
    uint64_t request[6] = {0x1001}, answer = 0;
    __asm__ volatile("rolq $3, %%rdi\n\trolq $13, %%rdi\n\trolq $61, %%rdi\n\trolq $51, %%rdi\n\txchgq %%rbx, %%rbx"
                     : "+d"(answer)
                     : "a"(request)
                     : "cc", "memory");
    return answer;
}

void *farm_pages(size_t len)
{
    __atomic_add_fetch(&farm_room.taken, len, __ATOMIC_RELAXED);
    long at = farm_sys(SYS_mmap, NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return farm_sys_failed(at) ? NULL : (void *)at;
}

/* The kernel copies the new mask in before it looks at `how`, which is wrong here: EFAULT or EINVAL, and no effect. */
bool farm_readable(uint64_t address)
{
    return farm_it.emulated || farm_sys(SYS_rt_sigprocmask, -1, address & ~7ull, NULL, FARM_SIGSET_LEN) != -EFAULT;
}

uint64_t farm_clock(int clock)
{
    struct timespec t = {0, 0};
    farm_sys(SYS_clock_gettime, clock, &t);
    return (uint64_t)t.tv_sec * FARM_SECOND + (uint64_t)t.tv_nsec;
}
