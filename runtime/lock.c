/* SPDX-License-Identifier: MIT
 *
 * A lock that works in signal handlers, in the helper and across fork: the word is the holder's id, so that a holder
 * that was killed from outside cannot stop the program for good.
 */
#include <errno.h>
#include <linux/futex.h>
#include <time.h>

#include "runtime/internal.h"
#include "runtime/sys.h"

#define WAITED_FOR 0x80000000u   /* in the word: wake somebody when done */

static void wait_for_change(uint32_t *lock, uint32_t seen)
{
    struct timespec patience = {0, 20000000};
    long result = farm_sys(SYS_futex, lock, FUTEX_WAIT, seen, &patience);
    if (result == -ETIMEDOUT && farm_sys(SYS_tkill, seen & ~WAITED_FOR, 0) == -ESRCH)
        __atomic_compare_exchange_n(lock, &seen, 0, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

void farm_lock(uint32_t *lock, struct farm_hold *hold)
{
    uint64_t all = ~0ull;
    farm_sys(SYS_rt_sigprocmask, SIG_BLOCK, &all, &hold->mask, FARM_SIGSET_LEN);
    uint32_t me = (uint32_t)farm_sys(SYS_gettid);
    uint32_t seen = 0;
    while (!__atomic_compare_exchange_n(lock, &seen, me, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        uint32_t marked = seen | WAITED_FOR;
        if (seen == marked ||
            __atomic_compare_exchange_n(lock, &seen, marked, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            wait_for_change(lock, marked);
        me |= WAITED_FOR;        /* others may wait as well, and only one was woken */
        seen = 0;
    }
}

void farm_unlock(uint32_t *lock, const struct farm_hold *hold)
{
    if (__atomic_exchange_n(lock, 0, __ATOMIC_RELEASE) & WAITED_FOR)
        farm_sys(SYS_futex, lock, FUTEX_WAKE, 1);
    farm_sys(SYS_rt_sigprocmask, SIG_SETMASK, &hold->mask, NULL, FARM_SIGSET_LEN);
}

bool farm_lock_is_mine(const uint32_t *lock)
{
    return (__atomic_load_n(lock, __ATOMIC_RELAXED) & ~WAITED_FOR) == (uint32_t)farm_sys(SYS_gettid);
}
