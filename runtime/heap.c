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

/* An address that still has a note was freed past us. */
static void follow(struct farm_heap_thread *t, uint64_t address, const struct farm_heap_slot *slot, uint64_t size)
{
    struct farm_heap_note stale = farm_shadow_take(address);
    if (__builtin_expect(stale.site != 0, 0)) {
        farm_count_free(t, stale.site, stale.size);
        __atomic_add_fetch(&farm_heap.sums->unseen_frees, 1, __ATOMIC_RELAXED);
    }
    struct farm_heap_note note = {slot->site, size};
    if (__builtin_expect(farm_shadow_put(address, note), 1))
        return;
    farm_row_at(t, slot->offset)->freed += size;
    t->live -= (int64_t)size;
    __atomic_add_fetch(&farm_heap.sums->unfollowed, 1, __ATOMIC_RELAXED);
}

static void made(struct farm_heap_thread *t, void *address, size_t size, const uint64_t *frame)
{
    struct farm_heap_slot slot = farm_site_find(t, frame);
    if (__builtin_expect(!address, 0)) {
        __atomic_add_fetch(&farm_site_entry(slot.site)->failed, 1, __ATOMIC_RELAXED);
        return;
    }
    farm_count_alloc(t, slot.site, slot.offset, size);
    follow(t, (uint64_t)address, &slot, size);
    t->last = (uint64_t)address;
    farm_stack_due(t, frame);
    if (size >= FARM_HEAP_LARGE)
        farm_heap_stack_of_large(t, frame);
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
        farm_count_free(t, before.site, before.size);
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
    struct farm_heap_row *row = farm_count_free(t, note.site, note.size);
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
        farm_sys(SYS_madvise, t, sizeof *t, MADV_WIPEONFORK);
        farm_block_mine()->heap = t;
    }
    if (t && !t->base) {
        t->base = __farm_tls;
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
