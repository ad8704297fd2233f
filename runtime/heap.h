/* SPDX-License-Identifier: MIT
 *
 * Allocations, counted by the line that caused them. The names of libc are in heap_names.c (found by every module of a
 * dynamic program) and heap_wrap.c (for objects linked with --wrap); both call the next allocator and note what it did.
 * Where a pointer came from is noted in a shadow of the address space (heap_shadow.c), who called is found in
 * heap_site.c, and the rows of counts lie in the threads' blocks, as counters do.
 *
 * No lock is taken on the way but for a site that is seen for the first time. Signal handlers may come in anywhere.
 */
#ifndef FARM_HEAP_H
#define FARM_HEAP_H

#include "runtime/internal.h"

#define FARM_HIDDEN __attribute__((visibility("hidden")))        /* so that its address needs no table */

/* ---- every allocation function: X(result, name, parameters, arguments) ---- */
#define FARM_HEAP_malloc(X) X(void *, malloc, (size_t size), (size))
#define FARM_HEAP_calloc(X) X(void *, calloc, (size_t count, size_t size), (count, size))
#define FARM_HEAP_realloc(X) X(void *, realloc, (void *old, size_t size), (old, size))
#define FARM_HEAP_reallocarray(X) \
    X(void *, reallocarray, (void *old, size_t count, size_t size), (old, count, size))
#define FARM_HEAP_free(X) X(void, free, (void *address), (address))
#define FARM_HEAP_posix_memalign(X) \
    X(int, posix_memalign, (void **out, size_t alignment, size_t size), (out, alignment, size))
#define FARM_HEAP_aligned_alloc(X) X(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size))
#define FARM_HEAP_memalign(X) X(void *, memalign, (size_t alignment, size_t size), (alignment, size))
#define FARM_HEAP_valloc(X) X(void *, valloc, (size_t size), (size))
#define FARM_HEAP_pvalloc(X) X(void *, pvalloc, (size_t size), (size))
#define FARM_HEAP_CALLS(X) \
    FARM_HEAP_malloc(X) FARM_HEAP_calloc(X) FARM_HEAP_realloc(X) FARM_HEAP_reallocarray(X) FARM_HEAP_free(X) \
    FARM_HEAP_posix_memalign(X) FARM_HEAP_aligned_alloc(X) FARM_HEAP_memalign(X) FARM_HEAP_valloc(X) \
    FARM_HEAP_pvalloc(X)

/* ---- heap_next.c: the allocator that would be called without us ---- */
struct farm_heap_table {
#define FARM_HEAP_MEMBER(type, name, parameters, arguments) type (*name) parameters;
    FARM_HEAP_CALLS(FARM_HEAP_MEMBER)
};
FARM_HIDDEN extern struct farm_heap_table farm_heap_next;          /* looks for the others at the first call */
/* Ours, and what is behind --wrap; weak, because they are not linked everywhere. */
extern const struct farm_heap_table farm_heap_named __attribute__((weak));
#define FARM_HEAP_REAL(type, name, parameters, arguments) \
    extern type (*const farm_heap_real_##name) parameters __attribute__((weak));
FARM_HEAP_CALLS(FARM_HEAP_REAL)
enum farm_heap_reach farm_heap_reach(void);
bool farm_heap_is_libc(void);    /* it is libc's own for sure */

/* ---- heap_shadow.c: pointer -> site and size; more in heap_shadow.h ---- */
struct farm_heap_thread;
struct farm_heap_note {
    uint32_t site;               /* 0: not known */
    uint64_t size;
};
bool farm_shadow_init(void);
/* False: no memory, or not a multiple of 8. */
bool farm_shadow_put(struct farm_heap_thread *t, uint64_t address, struct farm_heap_note note);
struct farm_heap_note farm_shadow_take(struct farm_heap_thread *t, uint64_t address);        /* and forgets it */

/* ---- heap_site.c: who called ---- */
#define FARM_HEAP_IDLE 1u
#define FARM_HEAP_LEAVES 8u      /* of the shadow, that a thread finds at once */
#define FARM_HEAP_NEAR 128u      /* slots of a thread, by return address */
#define FARM_HEAP_FAR 64u        /* the same for chains, by their hash */
#define FARM_HEAP_FOREIGN (1ull << 63)
#define FARM_HEAP_REST 1u        /* the site for what has no other */

struct farm_heap_slot {
    uint64_t key;                /* with FARM_HEAP_FOREIGN: a return address into foreign code, and the chain decides */
    uint32_t site;               /* 0 where the chain decides */
    uint32_t offset;             /* of its row; or from the frame to the next return address, 0 where that varies */
};

struct farm_heap_leaf {
    uint64_t tag;                /* which part of the address space, and 1; 0: none */
    uint64_t base;               /* of its notes, as if they began at address 0 */
};

struct farm_heap_thread {        /* a page, which the kernel empties in a forked child */
    char *base;                  /* of the block; NULL: to be set up */
    uint64_t inside;             /* frame of the call that is at work; FARM_HEAP_IDLE: none; 0: to be set up */
    int64_t live;                /* bytes allocated less freed by the thread */
    int64_t top;                 /* of it, told to farm_heap.live: see farm_heap_row */
    uint64_t last;               /* what it allocated last, unless that was freed */
    uint32_t until_stack;        /* allocations until the next whose stack is kept (heap_stack.c) */
    uint32_t drawn, gap, lot;    /* how many that were, how many are drawn on average, and the lot itself */
    uint64_t stack_low, stack_high;      /* known to be readable */
    struct farm_heap_leaf leaves[FARM_HEAP_LEAVES];
    struct farm_heap_slot near[FARM_HEAP_NEAR], far[FARM_HEAP_FAR];
};
_Static_assert(sizeof(struct farm_heap_thread) <= FARM_PAGE, "it is given one page");

static inline struct farm_heap_slot *farm_near_slot(struct farm_heap_thread *t, uint64_t back)
{
    return &t->near[(back ^ back >> 7) & (FARM_HEAP_NEAR - 1)];
}

/* `frame`: the caller's bp, the return address, the caller's stack; what __builtin_frame_address(0) points to. */
struct farm_heap_slot farm_site_find(struct farm_heap_thread *t, const uint64_t *frame);
uint32_t farm_site_callers(const uint64_t *frame, uint64_t high, uint64_t frames[FARM_FRAMES_MAX]);  /* count */
void farm_heap_forget(void);     /* what threads remember of addresses: they are of another module now */
uint32_t farm_site_room(void);   /* one more than sites there can be */
bool farm_site_init(void);
void farm_site_fork(void);       /* all sites into a new record; the first time makes the one for the rest */
extern uint32_t *farm_site_offsets;      /* of rows in a block, by site */
struct farm_heap_site *farm_site_entry(uint32_t site);

/* ---- heap_stack.c: the stacks of every so many allocations, and of large ones ---- */
#define FARM_HEAP_LARGE (128u << 10)
void farm_heap_stack_of_large(struct farm_heap_thread *t, const uint64_t *frame);
void farm_heap_stack(struct farm_heap_thread *t, const uint64_t *frame);
void farm_tree_add_allocs(const uint64_t *frames, uint32_t count, uint32_t allocs);    /* tree.c */

/* ---- heap_share.c: figures over all threads, told in steps so that no memory is fought over ---- */
void farm_share_site(struct farm_heap_row *row, uint32_t site);
void farm_share_thread(struct farm_heap_thread *t);
void farm_share_begin(void);     /* a second thread allocates; under farm_it.lock */

/* ---- heap.c ---- */
struct farm_heap_state {
    struct farm_heap *sums;      /* in the record */
    bool off;                    /* settled at the start: nothing is counted */
};
FARM_HIDDEN extern struct farm_heap_state farm_heap;

void farm_heap_start(void);
void farm_heap_fork(void);

/* NULL: not to be counted. Else one of the others must follow, which end the call and give `address` back. heap_fast.h
 * has the ways that are taken nearly always. */
struct farm_heap_thread *farm_heap_enter_slowly(const uint64_t *frame, bool allocates);
void *farm_heap_made(struct farm_heap_thread *t, void *address, size_t size, const uint64_t *frame);
void *farm_heap_made_due(struct farm_heap_thread *t, void *address, const uint64_t *frame);  /* and its stack is due */
struct farm_heap_note farm_heap_lift(struct farm_heap_thread *t, void *address);
void *farm_heap_moved(struct farm_heap_thread *t, struct farm_heap_note before, void *old, void *now, size_t size,
                      const uint64_t *frame);
void farm_heap_gone(struct farm_heap_thread *t, void *address);
/* The same where several threads allocate; the first of them does not end the call. */
void farm_heap_alloc_shared(struct farm_heap_thread *t, uint32_t site, uint32_t offset, uint64_t size);
struct farm_heap_kind;
void farm_heap_free_shared(struct farm_heap_thread *t, void *address, const struct farm_heap_kind *kind, uint32_t size);

#endif
