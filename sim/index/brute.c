/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Brute force: one bucket, every query looks at every point. The yardstick for the other kinds.
 */
#include <stdlib.h>

#include "sim/index.h"

static bool brute_open(struct index *ix)
{
    ix->buckets = 1;
    ix->head = malloc(sizeof *ix->head);
    if (ix->head)
        *ix->head = INDEX_NONE;
    return ix->head;
}

static void brute_close(struct index *ix)
{
    free(ix->head);
}

static void brute_build(struct index *ix)
{
    *ix->head = INDEX_NONE;
    for (uint32_t i = ix->count; i-- > 0;)
        index_link(ix, ix->order[i], 0);
}

static uint32_t brute_place(struct index *ix, float x, float y)
{
    return 0;
}

static void brute_search(const struct index *ix, struct index_search *s)
{
    index_look(ix, 0, s);
}

static size_t brute_bytes(const struct index *ix)
{
    return sizeof *ix->head;
}

const struct index_kind index_brute = {"brute", "looks at every point",
    brute_open, brute_close, brute_build, brute_place, brute_search, brute_bytes};
