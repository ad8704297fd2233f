/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * malloc and its like on a piece of memory that is used round and round.
 */
#include <errno.h>
#include <string.h>

#include "heap_own.h"

#define SPACE (64u << 20)

static char space[SPACE] __attribute__((aligned(16)));
static unsigned long used;
static long calls;

long own_calls(void)
{
    return calls;
}

void *malloc(size_t size)
{
    __atomic_fetch_add(&calls, 1, __ATOMIC_RELAXED);
    size_t room = (size + 15) & ~(size_t)7;      /* the size stands in front */
    unsigned long at = __atomic_fetch_add(&used, room, __ATOMIC_RELAXED) % SPACE;
    if (at + room > SPACE)
        return malloc(size);
    memcpy(space + at, &size, sizeof size);
    return space + at + 8;
}

void free(void *address)
{
}

void *calloc(size_t count, size_t size)
{
    void *fresh = malloc(count * size);
    return fresh ? memset(fresh, 0, count * size) : NULL;
}

void *realloc(void *old, size_t size)
{
    size_t before = 0;
    void *fresh = malloc(size);
    if (old)
        memcpy(&before, (char *)old - 8, sizeof before);
    return fresh && old ? memcpy(fresh, old, before < size ? before : size) : fresh;
}
