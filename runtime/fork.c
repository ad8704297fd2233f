/* SPDX-License-Identifier: MIT
 *
 * A forked child is a process of its own: its own record, its counts from zero. Frames that were running hold the
 * parent's counter addresses, so the child's file is mapped over the same addresses before any of them goes on.
 */
#include <pthread.h>

#include "runtime/heap.h"
#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

static struct farm_hold main_hold, tree_hold;

static void before(void)
{
    farm_lock(&farm_it.tree_lock, &tree_hold);
    farm_lock(&farm_it.lock, &main_hold);
}

static void after_in_parent(void)
{
    struct farm_hold tree = tree_hold, inner = main_hold;
    farm_unlock(&farm_it.lock, &inner);
    farm_unlock(&farm_it.tree_lock, &tree);
}

static void become_child(void)
{
    *farm_it.born_here = 1;
    farm_it.pid = (int)farm_sys(SYS_getpid);
    farm_it.exit_status = -1;
    farm_it.finished = farm_it.ending = false;
    farm_it.helper = 0;
    farm_tree_clear();
    farm_record_drop();
    if (farm_record_open()) {
        farm_block_fork();
        farm_heap_fork();
        farm_collect_fork();
        farm_sampler_fork();
    }
}

static void after_in_child(void)
{
    become_child();
    after_in_parent();
}

void farm_fork_init(void)
{
    pthread_atfork(before, after_in_parent, after_in_child);
}

/* A child made by _Fork or a raw clone: nobody called the handlers. Found by the page that a fork empties. */
void farm_fork_adopt(void)
{
    if (__atomic_exchange_n(farm_it.born_here, 1, __ATOMIC_ACQ_REL) || farm_it.options.off)
        return;
    struct farm_hold hold;
    farm_it.lock = farm_it.tree_lock = 0;
    farm_lock(&farm_it.tree_lock, &hold);
    become_child();
    farm_note("started without fork(): what ran before this process's first new function counts for its parent", "");
    farm_unlock(&farm_it.tree_lock, &hold);
}
