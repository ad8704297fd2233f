/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A KD-tree: a full binary tree of splits at medians, across and down in turn; the leaves are the buckets. The splits
 * cut the whole plane, so a point that moves needs no more than another leaf; the tree is balanced anew by rebuilds.
 */
#include <stdlib.h>

#include "sim/index.h"

enum { LEAF_POINTS = 8 };

struct kd {
    float *split;                /* node i has the children 2i + 1 and 2i + 2; buckets - 1 nodes */
    uint32_t room;               /* leaves at most */
};

static bool kd_open(struct index *ix)
{
    struct kd *kd = ix->tree = calloc(1, sizeof *kd);
    if (!kd)
        return false;
    for (kd->room = 1; (uint64_t)kd->room * LEAF_POINTS < ix->room; kd->room *= 2)
        ;
    kd->split = calloc(kd->room, sizeof *kd->split);
    ix->head = malloc(kd->room * sizeof *ix->head);
    return kd->split && ix->head;
}

static void kd_close(struct index *ix)
{
    struct kd *kd = ix->tree;
    if (kd)
        free(kd->split);
    free(kd);
    free(ix->head);
}

static float along(const struct index *ix, uint32_t id, bool down)
{
    return down ? ix->points[id].y : ix->points[id].x;
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

/* Hoare's selection: afterwards nobody left of `middle` is greater, nobody right of it less. */
static void select_median(struct index *ix, int64_t left, int64_t right, int64_t middle, bool down)
{
    uint32_t *order = ix->order;
    while (left < right) {
        float pivot = along(ix, order[middle], down);
        int64_t i = left, j = right;
        do {
            while (along(ix, order[i], down) < pivot)
                i++;
            while (along(ix, order[j], down) > pivot)
                j--;
            if (i <= j)
                swap(&order[i++], &order[j--]);
        } while (i <= j);
        if (j < middle)
            left = i;
        if (i > middle)
            right = j;
    }
}

/* Node `node` gets order[first .. end - 1]. */
static void split(struct index *ix, uint32_t node, uint32_t first, uint32_t end, bool down)
{
    struct kd *kd = ix->tree;
    if (node >= ix->buckets - 1) {
        for (uint32_t i = end; i-- > first;)
            index_link(ix, ix->order[i], node - (ix->buckets - 1));
        return;
    }
    uint32_t middle = first + (end - first) / 2;
    if (first < end) {
        select_median(ix, first, (int64_t)end - 1, middle, down);
        kd->split[node] = along(ix, ix->order[middle], down);
    } else {
        kd->split[node] = 0;
    }
    split(ix, 2 * node + 1, first, middle, !down);
    split(ix, 2 * node + 2, middle, end, !down);
}

static void kd_build(struct index *ix)
{
    const struct kd *kd = ix->tree;
    for (ix->buckets = 1; ix->buckets * LEAF_POINTS < ix->count && ix->buckets < kd->room; ix->buckets *= 2)
        ;
    for (uint32_t i = 0; i < ix->buckets; i++)
        ix->head[i] = INDEX_NONE;
    split(ix, 0, 0, ix->count, false);
}

static uint32_t kd_place(struct index *ix, float x, float y)
{
    const struct kd *kd = ix->tree;
    uint32_t node = 0;
    for (bool down = false; node < ix->buckets - 1; down = !down)
        node = 2 * node + ((down ? y : x) < kd->split[node] ? 1 : 2);
    return node - (ix->buckets - 1);
}

static void walk(const struct index *ix, uint32_t node, bool down, struct index_search *s)
{
    if (node >= ix->buckets - 1) {
        index_look(ix, node - (ix->buckets - 1), s);
        return;
    }
    double at = ((const struct kd *)ix->tree)->split[node];
    if (s->want == INDEX_NEAREST) {
        double away = (down ? s->y : s->x) - at;
        uint32_t nearer = 2 * node + (away < 0 ? 1 : 2), farther = 2 * node + (away < 0 ? 2 : 1);
        walk(ix, nearer, !down, s);
        if (away * away <= s->reach2)
            walk(ix, farther, !down, s);
        return;
    }
    if (s->box[down] <= at)
        walk(ix, 2 * node + 1, !down, s);
    if (s->box[down + 2] >= at)
        walk(ix, 2 * node + 2, !down, s);
}

static void kd_search(const struct index *ix, struct index_search *s)
{
    walk(ix, 0, false, s);
}

static size_t kd_bytes(const struct index *ix)
{
    const struct kd *kd = ix->tree;
    return sizeof *kd + kd->room * (sizeof *kd->split + sizeof *ix->head);
}

const struct index_kind index_kd = {"kd", "a tree of splits at medians",
    kd_open, kd_close, kd_build, kd_place, kd_search, kd_bytes};
