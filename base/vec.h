/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typed growable arrays. A vec starts zeroed; vec_release frees and zeroes it.
 *     VEC(int) v = {0};  *vec_push(&v) = 3;  for (size_t i = 0; i < v.count; i++) use(v.items[i]);  vec_release(&v);
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

#define VEC(type) struct { type *items; size_t count, cap; }

/* Makes room for one more element, zeroed, and yields its address. */
#define vec_push(v) \
    ((v)->count == (v)->cap ? (void)((v)->items = vec_grow((v)->items, &(v)->cap, sizeof *(v)->items)) : (void)0, \
     memset(&(v)->items[(v)->count], 0, sizeof *(v)->items), &(v)->items[(v)->count++])

#define vec_clear(v) ((void)((v)->count = 0))
#define vec_release(v) (free((v)->items), (v)->items = NULL, (v)->count = (v)->cap = 0)

static inline void *vec_grow(void *items, size_t *cap, size_t size)
{
    *cap = *cap ? *cap * 2 : 8;
    return xrealloc(items, *cap * size);
}

#endif
