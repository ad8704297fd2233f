/* SPDX-License-Identifier: MIT
 *
 * Peaks over all threads need sums over all threads. Each thread tells what it holds only when that has changed
 * enough: a 64th more, or a 64th and 64 KiB less. So a thread that builds something tells a few hundred times, and one
 * that allocates and frees in turn not at all. A sum is short by a 64th at most, and too high by 64 KiB a thread or a
 * 64th.
 */
#include "runtime/heap.h"

#define PART 64
#define SLACK 65536

static bool is_news(int64_t live, int64_t told)
{
    int64_t part = (told < 0 ? -told : told) / PART;
    return live > told + part || live < told - (part > SLACK ? part : SLACK);
}

static bool raise_to(int64_t *peak, int64_t value)
{
    int64_t seen = __atomic_load_n(peak, __ATOMIC_RELAXED);
    while (value > seen)
        if (__atomic_compare_exchange_n(peak, &seen, value, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            return true;
    return false;
}

/* The first time since there are several threads: so far `top` was the thread's own peak. */
static void join(struct farm_heap_row *row, struct farm_heap_site *site)
{
    raise_to(&site->peak, row->top);
    row->top = 0;
    row->shared = 1;
}

void farm_share_site(struct farm_heap_row *row, uint32_t site)
{
    int64_t live = (int64_t)(row->bytes - row->freed);
    if (row->shared && !is_news(live, row->top))
        return;
    struct farm_heap_site *entry = farm_site_entry(site);
    if (!row->shared)
        join(row, entry);
    int64_t more = live - row->top;
    row->top = live;
    raise_to(&entry->peak, __atomic_add_fetch(&entry->live, more, __ATOMIC_RELAXED));
}

/* Who begins tells for the others as well, so two may tell of one thread. */
void farm_share_thread(struct farm_heap_thread *t)
{
    int64_t told = __atomic_load_n(&t->top, __ATOMIC_RELAXED), live = __atomic_load_n(&t->live, __ATOMIC_RELAXED);
    if (!is_news(live, told) ||
        !__atomic_compare_exchange_n(&t->top, &told, live, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        return;
    struct farm_heap *sums = farm_heap.sums;
    if (raise_to(&sums->peak, __atomic_add_fetch(&sums->live, live - told, __ATOMIC_RELAXED)))
        __atomic_add_fetch(&sums->epoch, 1, __ATOMIC_RELAXED);
}

void farm_share_begin(void)
{
    if (farm_heap.sums->several)
        return;
    __atomic_store_n(&farm_heap.sums->several, 1, __ATOMIC_RELEASE);
    for (uint32_t i = 0; i < farm_it.block_count; i++)
        if (farm_it.blocks[i]->heap)
            farm_share_thread(farm_it.blocks[i]->heap);
}
