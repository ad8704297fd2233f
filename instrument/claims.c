/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/claims.h"

#include <stdlib.h>

#include "base/str.h"

static uint64_t *find(struct claims *c, uint64_t key)
{
    size_t at = (key * 0x9e3779b97f4a7c15u >> 20) & (c->size - 1);
    while (c->slots[at] && c->slots[at] != key)
        at = (at + 1) & (c->size - 1);
    return &c->slots[at];
}

static void grow(struct claims *c)
{
    uint64_t *old = c->slots;
    size_t old_size = c->size;
    c->size = old_size ? old_size * 2 : 64;
    c->slots = xcalloc(c->size, sizeof *c->slots);
    for (size_t i = 0; i < old_size; i++)
        if (old[i])
            *find(c, old[i]) = old[i];
    free(old);
}

bool claims_take(struct claims *c, uint32_t file, uint32_t line)
{
    uint64_t key = ((uint64_t)file << 32 | line) + 1;      /* 0 is a free slot */
    if (c->count * 2 >= c->size)
        grow(c);
    uint64_t *slot = find(c, key);
    if (*slot)
        return false;
    *slot = key;
    c->count++;
    return true;
}

void claims_release(struct claims *c)
{
    free(c->slots);
    *c = (struct claims){0};
}
