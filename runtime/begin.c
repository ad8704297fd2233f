/* SPDX-License-Identifier: MIT */
#include "runtime/begin.h"

#include <sys/mman.h>

#include "runtime/direct.h"
#include "runtime/sys.h"

#define SLOTS 64u                /* threads that may be beginning at a time; more take a page each */

union function {
    void *(*pthread)(void *);
    thrd_start_t thrd;
};

struct beginning {
    uint32_t taken;
    bool lent;                   /* it is one of the slots */
    union function start;
    void *argument;
};

static struct beginning slots[SLOTS];

static struct beginning *take(union function start, void *argument)
{
    struct beginning *b = NULL;
    for (uint32_t i = 0; i < SLOTS && !b; i++)
        if (!__atomic_exchange_n(&slots[i].taken, 1, __ATOMIC_ACQUIRE))
            b = &slots[i];
    bool lent = b != NULL;
    if (!b && !(b = farm_pages(FARM_PAGE)))
        return NULL;
    b->lent = lent;
    b->start = start;
    b->argument = argument;
    return b;
}

static void give_back(struct beginning *b)
{
    if (b->lent)
        __atomic_store_n(&b->taken, 0, __ATOMIC_RELEASE);
    else
        farm_sys(SYS_munmap, b, FARM_PAGE);
}

static struct beginning begin(void *given)
{
    struct beginning b = *(struct beginning *)given;
    struct farm_hold hold;
    give_back(given);
    if (!*farm_it.born_here)
        farm_fork_adopt();
    farm_lock(&farm_it.lock, &hold);
    farm_block_attach();
    farm_unlock(&farm_it.lock, &hold);
    return b;
}

/* The calls are the last thing that happens here, so these leave no frame in a stack. */
static void *begin_pthread(void *given)
{
    struct beginning b = begin(given);
    return b.start.pthread(b.argument);
}

static int begin_thrd(void *given)
{
    struct beginning b = begin(given);
    return b.start.thrd(b.argument);
}

int farm_begin_pthread(farm_pthread_create *next, pthread_t *thread, const pthread_attr_t *attributes,
                       void *(*start)(void *), void *argument)
{
    struct beginning *b = farm_direct_is_on() ? take((union function){.pthread = start}, argument) : NULL;
    farm_direct_several();
    int error = next(thread, attributes, b ? begin_pthread : start, b ? b : argument);
    if (b && error)
        give_back(b);
    return error;
}

int farm_begin_thrd(farm_thrd_create *next, thrd_t *thread, thrd_start_t start, void *argument)
{
    struct beginning *b = farm_direct_is_on() ? take((union function){.thrd = start}, argument) : NULL;
    farm_direct_several();
    int result = next(thread, b ? begin_thrd : start, b ? b : argument);
    if (b && result != thrd_success)
        give_back(b);
    return result;
}

pid_t farm_begin_process(farm__Fork *next)
{
    pid_t child = next();
    if (child == 0 && farm_it.on && !*farm_it.born_here)
        farm_fork_adopt();
    return child;
}
