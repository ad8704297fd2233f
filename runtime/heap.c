/* SPDX-License-Identifier: MIT
 *
 * Counting what the allocation functions did. The peak of the process: while its live bytes rise to a new peak, what a
 * row has live is what it has at the peak; a row that changes at another time keeps its value of before, once for each
 * peak (`epoch`). So the share of every line in the peak is known at the end without ever looking at all of them.
 */
#include <sys/mman.h>

#include "runtime/heap.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

static uint32_t never;
struct farm_heap_state farm_heap = {&never, NULL};
static uint64_t early;           /* allocations before the start */
static bool ready;               /* the start is over */

static struct farm_heap_row *row_at(const struct farm_heap_thread *t, uint32_t offset)
{
    return (struct farm_heap_row *)(t->base + offset);
}

static inline __attribute__((always_inline)) void keep_peak(struct farm_heap_row *row, uint64_t epoch)
{
    if (row->epoch == epoch)
        return;
    row->at_peak = (int64_t)(row->bytes - row->freed);
    row->epoch = epoch & ~0ull >> 1;
}

static inline __attribute__((always_inline)) void count_alloc(struct farm_heap_thread *t,
                                                              const struct farm_heap_slot *slot, uint64_t size)
{
    struct farm_heap *sums = farm_heap.sums;
    struct farm_heap_row *row = row_at(t, slot->offset);
    t->live += (int64_t)size;
    bool several = sums->several;
    if (!several && t->live > sums->peak) {
        sums->peak = t->live;
        sums->epoch++;
    } else {
        keep_peak(row, sums->epoch);
    }
    row->allocs++;
    row->bytes += size;
    if (several) {
        farm_share_site(row, slot->site);
        farm_share_thread(t);
    } else if ((int64_t)(row->bytes - row->freed) > row->top) {
        row->top = (int64_t)(row->bytes - row->freed);
    }
}

static inline __attribute__((always_inline)) struct farm_heap_row *count_free(struct farm_heap_thread *t,
                                                                              struct farm_heap_note note)
{
    struct farm_heap *sums = farm_heap.sums;
    struct farm_heap_row *row = row_at(t, farm_site_offset(note.site));
    t->live -= (int64_t)note.size;
    keep_peak(row, sums->epoch);
    row->frees++;
    row->freed += note.size;
    if (sums->several) {
        farm_share_site(row, note.site);
        farm_share_thread(t);
    }
    return row;
}

/* An address that still has a note was freed past us. */
static void follow(struct farm_heap_thread *t, uint64_t address, const struct farm_heap_slot *slot, uint64_t size)
{
    struct farm_heap_note stale = farm_shadow_take(address);
    if (__builtin_expect(stale.site != 0, 0)) {
        count_free(t, stale);
        __atomic_add_fetch(&farm_heap.sums->unseen_frees, 1, __ATOMIC_RELAXED);
    }
    struct farm_heap_note note = {slot->site, size};
    if (__builtin_expect(farm_shadow_put(address, note), 1))
        return;
    row_at(t, slot->offset)->freed += size;
    t->live -= (int64_t)size;
    __atomic_add_fetch(&farm_heap.sums->unfollowed, 1, __ATOMIC_RELAXED);
}

static inline __attribute__((always_inline)) void made(struct farm_heap_thread *t, void *address, size_t size,
                                                       const uint64_t *frame)
{
    struct farm_heap_slot slot = farm_site_find(t, frame);
    if (__builtin_expect(!address, 0)) {
        __atomic_add_fetch(&farm_site_entry(slot.site)->failed, 1, __ATOMIC_RELAXED);
        return;
    }
    count_alloc(t, &slot, size);
    follow(t, (uint64_t)address, &slot, size);
    t->last = (uint64_t)address;
}

void farm_heap_made(struct farm_heap_thread *t, void *address, size_t size, const uint64_t *frame)
{
    made(t, address, size, frame);
    t->inside = 0;
}

struct farm_heap_note farm_heap_lift(void *address)
{
    return farm_shadow_take((uint64_t)address);
}

/* No memory for a size of 0 means that it was freed; for any other size the old memory stands. */
void farm_heap_moved(struct farm_heap_thread *t, struct farm_heap_note before, void *old, void *now, size_t size,
                     const uint64_t *frame)
{
    bool freed = now || (old && !size);
    if (before.site && freed)
        count_free(t, before);
    else if (before.site)
        farm_shadow_put((uint64_t)old, before);
    if (now || !freed)
        made(t, now, size, frame);
    t->inside = 0;
}

void farm_heap_gone(struct farm_heap_thread *t, void *address)
{
    struct farm_heap_note note = farm_shadow_take((uint64_t)address);
    if (!note.site)
        return;
    struct farm_heap_row *row = count_free(t, note);
    if ((uint64_t)address == t->last) {
        row->temporary++;
        t->last = 0;
    }
}

/* ---- threads ---- */

static struct farm_heap_thread *begin_thread(void)
{
    struct farm_hold hold;
    farm_lock(&farm_it.lock, &hold);
    struct farm_heap_thread *t = farm_block_attach() ? farm_block_mine()->heap : NULL;
    if (!t && __farm_tls && (t = farm_pages(sizeof *t))) {
        t->base = __farm_tls;
        farm_block_mine()->heap = t;
        if (farm_it.block_count > 1)
            farm_share_begin();
    }
    farm_unlock(&farm_it.lock, &hold);
    return t;
}

/* A frame that is not below the one at work: that call never returned, a signal handler jumped out of it. */
static bool is_nested(const struct farm_heap_thread *t, const uint64_t *frame)
{
    return t->inside > (uint64_t)frame;
}

struct farm_heap_thread *farm_heap_enter_slowly(const uint64_t *frame, bool allocates)
{
    if (!ready) {
        early += allocates;
        return NULL;
    }
    if (!farm_heap.sums || farm_lock_is_mine(&farm_it.lock))
        return NULL;
    if (!*farm_it.born_here)
        farm_fork_adopt();
    struct farm_block *block = farm_block_mine();
    struct farm_heap_thread *t = block && block->heap ? block->heap : begin_thread();
    if (!t || !*farm_heap.on || is_nested(t, frame))
        return NULL;
    t->inside = (uint64_t)frame;
    return t;
}

/* ---- start and fork ---- */

static bool open_sums(void)
{
    struct farm_chunk *chunk = farm_record_chunk(FARM_HEAP, FARM_PAGE);
    if (!chunk)
        return false;
    farm_heap.sums = (void *)((char *)chunk + FARM_CHUNK_HEAD);
    farm_heap.sums->epoch = 1;
    farm_heap.sums->reach = farm_heap_reach();
    chunk->used = sizeof *farm_heap.sums;
    return true;
}

void farm_heap_start(void)
{
    struct farm_hold hold;
    ready = true;
    if (!farm_it.options.heap || (!&farm_heap_named && !&farm_heap_wrapped))
        return;
    uint32_t *on = farm_pages(FARM_PAGE);
    if (!on || !farm_shadow_init() || !farm_site_init())
        return;
    farm_sys(SYS_madvise, on, FARM_PAGE, MADV_WIPEONFORK);
    farm_lock(&farm_it.lock, &hold);
    bool opened = open_sums();
    farm_site_fork();
    farm_unlock(&farm_it.lock, &hold);
    if (!opened)
        return;
    farm_heap.sums->early = early;
    farm_heap.on = on;
    __atomic_store_n(on, 1, __ATOMIC_RELEASE);
}

void farm_heap_fork(void)
{
    struct farm_block *mine = farm_block_mine();
    if (!farm_heap.sums)
        return;
    if (mine && mine->heap) {
        mine->heap->live = mine->heap->top = 0;
        mine->heap->last = 0;
    }
    if (!open_sums())
        return;
    farm_site_fork();
    *farm_heap.on = 1;
}
