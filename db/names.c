/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/names.h"

#include "base/source.h"

static uint32_t *slot(struct names *n, const char *text)
{
    for (size_t at = (size_t)source_hash64(text, strlen(text), 0);; at++) {
        uint32_t *found = &n->slots[at & (n->slot_count - 1)];
        if (!*found || strcmp(n->list.items[*found - 1], text) == 0)
            return found;
    }
}

static void grow(struct names *n)
{
    free(n->slots);
    n->slot_count = n->slot_count ? n->slot_count * 2 : 256;
    n->slots = xcalloc(n->slot_count, sizeof *n->slots);
    for (size_t i = 0; i < n->list.count; i++)
        *slot(n, n->list.items[i]) = (uint32_t)i + 1;
}

size_t names_put(struct names *n, const char *text)
{
    if (n->list.count * 2 >= n->slot_count)
        grow(n);
    uint32_t *found = slot(n, text);
    if (!*found) {
        *vec_push(&n->list) = str_copy(text);
        *found = (uint32_t)n->list.count;
    }
    return *found;
}

void names_release(struct names *n)
{
    for (size_t i = 0; i < n->list.count; i++)
        free(n->list.items[i]);
    vec_release(&n->list);
    free(n->slots);
}
