/* SPDX-License-Identifier: MIT
 *
 * Counting allocations where something is not ready: new threads, new sites, new places in the shadow, moves.
 */
#include <sys/mman.h>

#include "runtime/heap_fast.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

struct farm_heap_state farm_heap;
static uint64_t early;           /* allocations before the start */
static bool ready;               /* the start is over */

static struct farm_heap_row *count_free(struct farm_heap_thread *t, struct farm_heap_note note)
{
    struct farm_heap_row *row = farm_row_at(t, farm_site_offsets[note.site]);
    t->live -= (int64_t)note.size;
    farm_keep_peak(row, farm_heap.sums->epoch);
    row->frees++;
    row->freed += note.size;
    if (farm_heap.sums->several) {
        farm_share_site(row, note.site);
        farm_share_thread(t);
    }
    return row;
}

static void end_free(struct farm_heap_thread *t, void *address, struct farm_heap_note note)
{
    struct farm_heap_row *row = note.site ? count_free(t, note) : NULL;
    if (row && (uint64_t)address == t->last) {
        row->temporary++;
        t->last = 0;
    }
    t->inside = FARM_HEAP_IDLE;
}

void farm_heap_free_shared(struct farm_heap_thread *t, void *address, const struct farm_heap_kind *kind, uint32_t size)
{
    end_free(t, address, (struct farm_heap_note){kind->site, size});
}

void farm_heap_gone(struct farm_heap_thread *t, void *address)
{
    end_free(t, address, farm_shadow_take(t, (uint64_t)address));
}

/* An address that still has a note was freed past us. */
static __attribute__((noinline)) void follow(struct farm_heap_thread *t, uint64_t address,
                                             const struct farm_heap_slot *slot, uint64_t size)
{
    struct farm_heap_note stale = farm_shadow_take(t, address);
    if (__builtin_expect(stale.site != 0, 0)) {
        count_free(t, stale);
        __atomic_add_fetch(&farm_heap.sums->unseen_frees, 1, __ATOMIC_RELAXED);
    }
    struct farm_heap_note note = {slot->site, size};
    if (__builtin_expect(farm_shadow_put(t, address, note), 1))
        return;
    farm_row_at(t, slot->offset)->freed += size;
    t->live -= (int64_t)size;
    __atomic_add_fetch(&farm_heap.sums->unfollowed, 1, __ATOMIC_RELAXED);
}

void farm_heap_alloc_shared(struct farm_heap_thread *t, uint32_t site, uint32_t offset, uint64_t size)
{
    struct farm_heap_row *row = farm_row_at(t, offset);
    t->live += (int64_t)size;
    farm_keep_peak(row, farm_heap.sums->epoch);
    row->allocs++;
    row->bytes += size;
    farm_share_site(row, site);
    farm_share_thread(t);
}

FARM_INLINE void *made(struct farm_heap_thread *t, void *address, size_t size, const uint64_t *frame)
{
    const struct farm_heap_slot *near = farm_near_slot(t, frame[1]);
    struct farm_heap_slot slot = near->key == frame[1] ? *near : farm_site_find(t, frame);
    if (__builtin_expect(!address, 0)) {
        __atomic_add_fetch(&farm_site_entry(slot.site)->failed, 1, __ATOMIC_RELAXED);
        t->inside = FARM_HEAP_IDLE;
        return NULL;
    }
    farm_count_alloc(t, slot.site, slot.offset, size);
    if (!farm_shadow_put_fast(t, (uint64_t)address, slot.site, size))
        follow(t, (uint64_t)address, &slot, size);
    t->last = (uint64_t)address;
    if (__builtin_expect(!t->until_stack--, 0))
        farm_heap_stack(t, frame);
    if (size >= FARM_HEAP_LARGE)
        farm_heap_stack_of_large(t, frame);
    t->inside = FARM_HEAP_IDLE;
    return address;
}

void *farm_heap_made(struct farm_heap_thread *t, void *address, size_t size, const uint64_t *frame)
{
    return made(t, address, size, frame);
}

void *farm_heap_made_due(struct farm_heap_thread *t, void *address, const uint64_t *frame)
{
    farm_heap_stack(t, frame);
    t->inside = FARM_HEAP_IDLE;
    return address;
}

struct farm_heap_note farm_heap_lift(struct farm_heap_thread *t, void *address)
{
    uint32_t size;
    const struct farm_heap_kind *kind = farm_shadow_take_fast(t, (uint64_t)address, &size);
    return kind ? (struct farm_heap_note){kind->site, size} : farm_shadow_take(t, (uint64_t)address);
}

/* No memory for a size of 0 means that it was freed; for any other size the old memory stands. */
void *farm_heap_moved(struct farm_heap_thread *t, struct farm_heap_note before, void *old, void *now, size_t size,
                      const uint64_t *frame)
{
    bool freed = now || (old && !size);
    if (before.site && freed)
        count_free(t, before);
    else if (before.site)
        farm_shadow_put(t, (uint64_t)old, before);
    if (now || !freed)
        return made(t, now, size, frame);
    t->inside = FARM_HEAP_IDLE;
    return NULL;
}

/* ---- threads ---- */

static struct farm_heap_thread *begin_thread(void)
{
    struct farm_hold hold;
    farm_lock(&farm_it.lock, &hold);
    struct farm_heap_thread *t = farm_block_attach() ? farm_block_mine()->heap : NULL;
    if (!t && __farm_tls && (t = farm_pages(sizeof *t))) {
        farm_sys(SYS_madvise, t, sizeof *t, MADV_WIPEONFORK);
        farm_block_mine()->heap = t;
    }
    if (t && !t->base) {
        t->base = __farm_tls;
        t->inside = FARM_HEAP_IDLE;
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
    struct farm_heap_thread *t = block ? block->heap : NULL;
    if (!t || !t->base)
        t = begin_thread();
    if (!t || is_nested(t, frame))
        return NULL;
    t->inside = (uint64_t)frame;
    return t;
}

/* ---- start and fork ---- */

static bool open_sums(void)
{
    struct farm_chunk *chunk = farm_record_chunk(FARM_HEAP, FARM_PAGE);
    struct farm_heap *sums = chunk ? (void *)((char *)chunk + FARM_CHUNK_HEAD) : NULL;
    if (sums) {
        sums->epoch = 1;
        sums->reach = farm_heap_reach();
        chunk->used = sizeof *sums;
    }
    __atomic_store_n(&farm_heap.sums, sums, __ATOMIC_RELEASE);
    return sums != NULL;
}

void farm_heap_start(void)
{
    struct farm_hold hold;
    ready = true;
    farm_heap.off = !farm_it.options.heap || (!&farm_heap_named && !&farm_heap_real_malloc) || !farm_shadow_init() ||
                    !farm_site_init();
    if (farm_heap.off)
        return;
    farm_lock(&farm_it.lock, &hold);
    farm_site_fork();
    bool opened = open_sums();
    if (opened)
        farm_heap.sums->early = early;
    farm_unlock(&farm_it.lock, &hold);
}

/* What the threads knew, the kernel has forgotten. */
void farm_heap_fork(void)
{
    if (!farm_heap.sums)
        return;
    farm_site_fork();
    open_sums();
}
