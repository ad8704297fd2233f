/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct index_change {
    float x, y;                  /* where to; x is NaN: away */
    uint32_t id, region;
};

extern const struct index_kind index_kd, index_quad, index_hash, index_brute;

const struct index_kind *const index_kinds[] = {&index_hash, &index_kd, &index_quad, &index_brute, NULL};

const struct index_kind *index_find(const char *name)
{
    for (const struct index_kind *const *kind = index_kinds; *kind; kind++)
        if (strcmp((*kind)->name, name) == 0)
            return *kind;
    return NULL;
}

bool index_open(struct index *ix, const struct index_plan *plan)
{
    *ix = (struct index){.kind = plan->kind, .update = plan->update, .batch = plan->batch ? plan->batch : 1,
                         .width = plan->width, .height = plan->height, .region = plan->region, .cell = plan->cell,
                         .room = plan->room};
    ix->points = calloc((size_t)plan->room + 1, sizeof *ix->points);
    ix->bucket = malloc(((size_t)plan->room + 1) * sizeof *ix->bucket);
    ix->changes = malloc(((size_t)plan->room + 1) * sizeof *ix->changes);
    ix->change_of = calloc((size_t)plan->room + 1, sizeof *ix->change_of);
    ix->order = malloc(((size_t)plan->room + 1) * sizeof *ix->order);
    ix->packed = malloc(((size_t)plan->room + 1) * sizeof *ix->packed);
    bool good = ix->points && ix->bucket && ix->changes && ix->change_of && ix->order && ix->packed;
    if (!good || !ix->kind->open(ix))
        return false;
    for (uint32_t i = 0; i < plan->room; i++)
        ix->bucket[i] = INDEX_NONE;
    return true;
}

void index_close(struct index *ix)
{
    if (ix->kind)
        ix->kind->close(ix);
    free(ix->points);
    free(ix->bucket);
    free(ix->changes);
    free(ix->change_of);
    free(ix->order);
    free(ix->packed);
    free(ix->starts);
    *ix = (struct index){0};
}

size_t index_bytes(const struct index *ix)
{
    return ((size_t)ix->room + 1) * (sizeof *ix->points + sizeof *ix->bucket + sizeof *ix->changes +
                                     sizeof *ix->change_of + sizeof *ix->order + sizeof *ix->packed) +
           ix->starts_room * sizeof *ix->starts + ix->kind->bytes(ix);
}

static void change(struct index *ix, uint32_t id, float x, float y)
{
    if (!ix->change_of[id])
        ix->change_of[id] = ++ix->change_count;
    ix->changes[ix->change_of[id] - 1] = (struct index_change){x, y, id, 0};
}

void index_put(struct index *ix, uint32_t id, float x, float y)
{
    change(ix, id, x, y);
}

void index_drop(struct index *ix, uint32_t id)
{
    change(ix, id, NAN, 0);
}

void index_link(struct index *ix, uint32_t id, uint32_t bucket)
{
    struct index_point *point = &ix->points[id];
    point->previous = INDEX_NONE;
    point->next = ix->head[bucket];
    if (point->next != INDEX_NONE)
        ix->points[point->next].previous = id;
    ix->head[bucket] = id;
    ix->bucket[id] = bucket;
}

static void unlink_point(struct index *ix, uint32_t id)
{
    const struct index_point *point = &ix->points[id];
    if (point->previous == INDEX_NONE)
        ix->head[ix->bucket[id]] = point->next;
    else
        ix->points[point->previous].next = point->next;
    if (point->next != INDEX_NONE)
        ix->points[point->next].previous = point->previous;
    ix->bucket[id] = INDEX_NONE;
}

static void apply(struct index *ix, const struct index_change *c)
{
    ix->changed_since_built++;
    ix->is_packed = false;
    bool was_in = ix->bucket[c->id] != INDEX_NONE;
    if (isnan(c->x)) {
        if (was_in)
            unlink_point(ix, c->id);
        ix->count -= was_in;
        return;
    }
    uint32_t bucket = ix->kind->place(ix, c->x, c->y);
    bool moves_in = bucket != ix->bucket[c->id];
    if (was_in && moves_in)
        unlink_point(ix, c->id);
    ix->points[c->id].x = c->x;
    ix->points[c->id].y = c->y;
    if (moves_in)
        index_link(ix, c->id, bucket);
    ix->count += !was_in;
}

/* Copies what a query reads into the order in which it reads it. */
static void pack(struct index *ix)
{
    if (ix->buckets >= ix->starts_room) {
        free(ix->starts);
        ix->starts_room = ix->buckets + ix->buckets / 2 + 1;
        ix->starts = malloc(ix->starts_room * sizeof *ix->starts);
    }
    ix->is_packed = ix->starts;
    if (!ix->is_packed)
        return;
    uint32_t at = 0;
    for (uint32_t b = 0; b < ix->buckets; b++) {
        ix->starts[b] = at;
        for (uint32_t id = ix->head[b]; id != INDEX_NONE; id = ix->points[id].next)
            ix->packed[at++] = (struct index_packed){ix->points[id].x, ix->points[id].y, id};
    }
    ix->starts[ix->buckets] = at;
}

static void rebuild(struct index *ix)
{
    for (uint32_t i = 0; i < ix->change_count; i++) {
        const struct index_change *c = &ix->changes[i];
        ix->bucket[c->id] = isnan(c->x) ? INDEX_NONE : 0;
        ix->points[c->id].x = c->x;
        ix->points[c->id].y = c->y;
    }
    ix->count = 0;
    for (uint32_t i = 0; i < ix->room; i++)
        if (ix->bucket[i] != INDEX_NONE)
            ix->order[ix->count++] = i;
    ix->kind->build(ix);
    pack(ix);
    ix->changed_since_built = 0;
    ix->rebuilds++;
}

static int by_region(const void *a, const void *b)
{
    const struct index_change *one = a, *other = b;
    return (one->region > other->region) - (one->region < other->region);
}

/* Changes of one region together, so that they meet the same buckets. */
static void apply_batch(struct index *ix, struct index_change *changes, uint32_t count)
{
    uint32_t columns = (uint32_t)(ix->width / ix->region) + 1;
    for (uint32_t i = 0; i < count; i++) {
        struct index_change *c = &changes[i];
        float x = isnan(c->x) ? ix->points[c->id].x : c->x, y = isnan(c->x) ? ix->points[c->id].y : c->y;
        c->region = (uint32_t)(y / ix->region) * columns + (uint32_t)(x / ix->region);
    }
    qsort(changes, count, sizeof *changes, by_region);
    for (uint32_t i = 0; i < count; i++) {
        apply(ix, &changes[i]);
        ix->dirty_regions += !i || changes[i].region != changes[i - 1].region;
    }
    ix->moved_in_batches += count;
    ix->batches++;
}

void index_update(struct index *ix)
{
    if (!ix->change_count)
        return;
    bool worn_out = ix->changed_since_built > 8 * (uint64_t)ix->count + 64;
    for (uint32_t i = 0; i < ix->change_count; i++)
        ix->change_of[ix->changes[i].id] = 0;
    if (ix->update == SIM_REBUILD || !ix->rebuilds || worn_out) {
        rebuild(ix);
    } else if (ix->update == SIM_INCREMENTAL) {
        for (uint32_t i = 0; i < ix->change_count; i++)
            apply(ix, &ix->changes[i]);
        ix->moved_singly += ix->change_count;
    } else {
        for (uint32_t i = 0; i < ix->change_count; i += ix->batch)
            apply_batch(ix, ix->changes + i, ix->change_count - i < ix->batch ? ix->change_count - i : ix->batch);
    }
    ix->change_count = 0;
}

static inline void look_nearest(struct index_search *s, uint32_t id, float distance2)
{
    if (distance2 > s->limit || (distance2 == s->limit && s->count && id > *s->found))
        return;
    if (s->wanted && !s->wanted(s->context, id))
        return;
    *s->found = id;
    s->count = 1;
    s->limit = distance2;
    s->reach2 = (double)distance2 * 1.00001;
}

static inline bool in_box(const struct index_search *s, float x, float y)
{
    bool across = x >= s->left && x <= s->right;
    return across && y >= s->top && y <= s->bottom;
}

static inline void look_at(float x, float y, uint32_t id, struct index_search *s)
{
    float dx = x - s->x, dy = y - s->y, distance2 = dx * dx + dy * dy;
    if (s->want == INDEX_NEAREST)
        look_nearest(s, id, distance2);
    else if (s->want == INDEX_NEAR ? distance2 <= s->limit : in_box(s, x, y))
        s->found[s->count++] = id;
}

void index_look(const struct index *ix, uint32_t bucket, struct index_search *s)
{
    if (ix->is_packed) {
        uint32_t first = ix->starts[bucket], end = ix->starts[bucket + 1];
        for (uint32_t i = first; i < end; i++)
            look_at(ix->packed[i].x, ix->packed[i].y, ix->packed[i].id, s);
        s->visited += end - first;
        return;
    }
    for (uint32_t id = ix->head[bucket]; id != INDEX_NONE; id = ix->points[id].next) {
        look_at(ix->points[id].x, ix->points[id].y, id, s);
        s->visited++;
    }
}

static uint32_t search(const struct index *ix, struct index_search *s, struct index_counts *counts)
{
    if (ix->count)
        ix->kind->search(ix, s);
    counts->queries++;
    counts->visited += s->visited;
    return s->count;
}

/* A little farther than any rounding of the distance can reach. */
static void set_reach(struct index_search *s, float radius)
{
    double reach = (double)radius * 1.00001;
    s->limit = radius * radius;
    s->reach2 = reach * reach;
    s->box[0] = s->x - reach;
    s->box[1] = s->y - reach;
    s->box[2] = s->x + reach;
    s->box[3] = s->y + reach;
}

uint32_t index_near(const struct index *ix, float x, float y, float radius, uint32_t *found,
                    struct index_counts *counts)
{
    struct index_search s = {.want = INDEX_NEAR, .x = x, .y = y, .found = found};
    set_reach(&s, radius);
    return search(ix, &s, counts);
}

uint32_t index_box(const struct index *ix, const float box[4], uint32_t *found, struct index_counts *counts)
{
    struct index_search s = {.want = INDEX_BOX, .left = box[0], .top = box[1], .right = box[2], .bottom = box[3],
                             .box = {box[0], box[1], box[2], box[3]}, .found = found};
    return search(ix, &s, counts);
}

uint32_t index_nearest(const struct index *ix, const struct index_wish *wish, struct index_counts *counts)
{
    uint32_t best = INDEX_NONE;
    struct index_search s = {.want = INDEX_NEAREST, .x = wish->x, .y = wish->y, .found = &best,
                             .wanted = wish->wanted, .context = wish->context};
    set_reach(&s, wish->radius);
    search(ix, &s, counts);
    return best;
}
