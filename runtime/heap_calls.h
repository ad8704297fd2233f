/* SPDX-License-Identifier: MIT
 *
 * What each allocation function does, as text for heap_names.c and heap_wrap.c: it must be part of the function that
 * the program calls, because that one's frame says who called. The program gets what the next allocator gives.
 */
#ifndef FARM_HEAP_CALLS_H
#define FARM_HEAP_CALLS_H

#include "runtime/heap_fast.h"

#define FRAME ((const uint64_t *)__builtin_frame_address(0))

FARM_INLINE void *farm_call_malloc(size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    void *now = farm_heap_next.malloc(size);
    return t ? farm_fast_made(t, now, size, FRAME) : now;
}

FARM_INLINE void *farm_call_calloc(size_t count, size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    void *now = farm_heap_next.calloc(count, size);
    return t ? farm_fast_made(t, now, count * size, FRAME) : now;
}

FARM_INLINE void *farm_call_realloc(void *old, size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    struct farm_heap_note before = {0, 0};
    if (t && old)
        before = farm_heap_lift(t, old);
    void *now = farm_heap_next.realloc(old, size);
    if (t && !old)
        return farm_fast_made(t, now, size, FRAME);
    return t ? farm_heap_moved(t, before, old, now, size, FRAME) : now;
}

FARM_INLINE void *farm_call_reallocarray(void *old, size_t count, size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    struct farm_heap_note before = {0, 0};
    if (t)
        before = farm_heap_lift(t, old);
    void *now = farm_heap_next.reallocarray(old, count, size);
    return t ? farm_heap_moved(t, before, old, now, count * size, FRAME) : now;
}

/* Noted before: afterwards the address may be another thread's. What the allocator does on its own in there was not
 * noted when it came, so nothing need be held off. */
FARM_INLINE void farm_call_free(void *address)
{
    struct farm_heap_thread *t = address ? farm_heap_enter(FRAME, false) : NULL;
    if (t)
        farm_fast_gone(t, address);
    farm_heap_next.free(address);
}

FARM_INLINE int farm_call_posix_memalign(void **out, size_t alignment, size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    int error = farm_heap_next.posix_memalign(out, alignment, size);
    if (t)
        farm_heap_made(t, error ? NULL : *out, size, FRAME);
    return error;
}

FARM_INLINE void *farm_call_aligned_alloc(size_t alignment, size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    void *now = farm_heap_next.aligned_alloc(alignment, size);
    return t ? farm_heap_made(t, now, size, FRAME) : now;
}

FARM_INLINE void *farm_call_memalign(size_t alignment, size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    void *now = farm_heap_next.memalign(alignment, size);
    return t ? farm_heap_made(t, now, size, FRAME) : now;
}

FARM_INLINE void *farm_call_valloc(size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    void *now = farm_heap_next.valloc(size);
    return t ? farm_heap_made(t, now, size, FRAME) : now;
}

FARM_INLINE void *farm_call_pvalloc(size_t size)
{
    struct farm_heap_thread *t = farm_heap_enter(FRAME, true);
    void *now = farm_heap_next.pvalloc(size);
    return t ? farm_heap_made(t, now, size, FRAME) : now;
}

#endif
