/* SPDX-License-Identifier: MIT
 *
 * Counting an allocation whose place in all tables is known, as text for the functions that the program calls: what is
 * not ready here is done slowly (heap.c).
 *
 * The peak of the process: while its live bytes rise to a new peak, what a row has live is what it has at the peak; a
 * row that changes at another time keeps its value of before, once for each peak (`epoch`). So the share of every line
 * in the peak is known at the end, without ever looking at all of them.
 */
#ifndef FARM_HEAP_FAST_H
#define FARM_HEAP_FAST_H

#include "runtime/heap_shadow.h"

FARM_INLINE struct farm_heap_thread *farm_heap_enter(const uint64_t *frame, bool allocates)
{
    struct farm_heap_thread *t = NULL;
    if (__builtin_expect(__farm_tls != NULL, 1))
        t = ((struct farm_block *)(__farm_tls - FARM_PAGE))->heap;
    if (__builtin_expect(!t || t->inside != FARM_HEAP_IDLE, 0))
        return farm_heap.off ? NULL : farm_heap_enter_slowly(frame, allocates);
    t->inside = (uint64_t)frame;
    return t;
}

FARM_INLINE struct farm_heap_row *farm_row_at(const struct farm_heap_thread *t, uint32_t offset)
{
    return (struct farm_heap_row *)(t->base + offset);
}

FARM_INLINE int64_t farm_row_live(const struct farm_heap_row *row)
{
    return (int64_t)(row->bytes - row->freed);
}

FARM_INLINE void farm_keep_peak(struct farm_heap_row *row, uint64_t epoch)
{
    if (row->epoch == epoch)
        return;
    row->at_peak = farm_row_live(row);
    row->epoch = epoch & ~0ull >> 1;
}

FARM_INLINE void farm_keep_peak_alone(struct farm_heap_row *row, uint64_t epoch)
{
    if (row->alone == epoch)
        return;
    row->at_peak = farm_row_live(row);
    row->alone = epoch;
}

FARM_INLINE void farm_count_alloc(struct farm_heap_thread *t, uint32_t site, uint32_t offset, uint64_t size)
{
    struct farm_heap *sums = farm_heap.sums;
    if (__builtin_expect(sums->several, 0)) {
        farm_heap_alloc_shared(t, site, offset, size);
        return;
    }
    struct farm_heap_row *row = farm_row_at(t, offset);
    int64_t total = t->live + (int64_t)size;
    t->live = total;
    if (total > sums->peak) {
        sums->peak = total;
        sums->epoch++;
    } else {
        farm_keep_peak_alone(row, sums->epoch);
    }
    row->allocs++;
    row->bytes += size;
    if (farm_row_live(row) > row->top)
        row->top = farm_row_live(row);
}

FARM_INLINE void *farm_fast_made(struct farm_heap_thread *t, void *address, size_t size, const uint64_t *frame)
{
    uint64_t back = frame[1];
    const struct farm_heap_slot *slot = farm_near_slot(t, back);
    bool ready = slot->key == back && farm_shadow_put_fast(t, (uint64_t)address, slot->site, size);
    if (__builtin_expect(!ready, 0))
        return farm_heap_made(t, address, size, frame);
    farm_count_alloc(t, slot->site, slot->offset, size);
    t->last = (uint64_t)address;
    if (__builtin_expect(!t->until_stack--, 0))
        return farm_heap_made_due(t, address, frame);
    t->inside = FARM_HEAP_IDLE;
    return address;
}

FARM_INLINE void farm_fast_gone(struct farm_heap_thread *t, void *address)
{
    uint32_t size;
    const struct farm_heap_kind *kind = farm_shadow_take_fast(t, (uint64_t)address, &size);
    if (__builtin_expect(!kind, 0)) {
        farm_heap_gone(t, address);
        return;
    }
    struct farm_heap *sums = farm_heap.sums;
    if (__builtin_expect(sums->several, 0)) {
        farm_heap_free_shared(t, address, kind, size);
        return;
    }
    struct farm_heap_row *row = farm_row_at(t, kind->offset);
    t->live -= size;
    farm_keep_peak_alone(row, sums->epoch);
    row->frees++;
    row->freed += size;
    if ((uint64_t)address == t->last) {
        row->temporary++;
        t->last = 0;
    }
    t->inside = FARM_HEAP_IDLE;
}

#endif
