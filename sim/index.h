/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is near a point? Brute force, a KD-tree, a quadtree and a hash grid behind one interface; each finds exactly the
 * same. They sort points into buckets, kept as lists through the points themselves, so that a point moves from one
 * bucket to another without touching anything else.
 *
 * What index_put and index_drop say takes effect with the next index_update: queries in between see the points as they
 * were. How the changes are applied is the index's `update`: all anew, one by one, or in batches sorted by region.
 */
#ifndef SIM_INDEX_H
#define SIM_INDEX_H

#include "sim/sim.h"

#define INDEX_NONE UINT32_MAX

struct index_point {
    float x, y;
    uint32_t next, previous;     /* in the bucket's list */
};

/* The same point where nothing changed since the last rebuild: buckets lie behind each other, without links. */
struct index_packed {
    float x, y;
    uint32_t id;
};

struct index_counts {
    uint64_t queries, visited;   /* points looked at */
};

/* What a query looks for; kinds look at `box` and `reach`, which are wide enough for every rounding. */
struct index_search {
    enum { INDEX_NEAR, INDEX_BOX, INDEX_NEAREST } want;
    float x, y, limit;           /* limit: square of the distance, sinking with each nearer point */
    float left, top, right, bottom;
    double box[4];               /* left, top, right, bottom */
    double reach2;               /* square of the distance beyond which nothing is wanted any more */
    uint32_t *found, count;      /* count of found; of INDEX_NEAREST the best is *found */
    uint64_t visited;
    bool (*wanted)(const void *context, uint32_t id);    /* NULL: all */
    const void *context;
};

struct index {
    const struct index_kind *kind;
    void *tree;                  /* the kind's own */
    enum sim_update update;
    uint32_t batch;
    float width, height, region, cell;
    uint32_t room, count;        /* ids are below room */
    struct index_point *points;
    uint32_t *bucket;            /* of each point; INDEX_NONE: not in the index */
    uint32_t *head;              /* first point of each bucket */
    uint32_t buckets;
    struct index_packed *packed; /* of all buckets in turn */
    uint32_t *starts;            /* of each bucket in `packed`, and the end; NULL until there is memory for it */
    uint32_t starts_room;
    bool is_packed;              /* nothing changed since */
    struct index_change *changes;
    uint32_t change_count;
    uint32_t *change_of;         /* of each id: its change + 1, 0: none */
    uint32_t changed_since_built;
    uint32_t *order;             /* room ids, scratch of rebuilds */
    uint64_t rebuilds, moved_singly, moved_in_batches, batches, dirty_regions;
};

/* One kind a file, its descriptor last. */
struct index_kind {
    const char *name, *summary;
    bool (*open)(struct index *ix);              /* makes tree, head and buckets */
    void (*close)(struct index *ix);
    /* Structure anew and all of ix->order[0 .. count - 1] linked into buckets. */
    void (*build)(struct index *ix);
    /* Where a point belongs; may make room for it by splitting buckets. */
    uint32_t (*place)(struct index *ix, float x, float y);
    void (*search)(const struct index *ix, struct index_search *s);      /* index_look at each bucket that may matter */
    size_t (*bytes)(const struct index *ix);     /* of tree and head */
};

extern const struct index_kind *const index_kinds[];     /* NULL-ended; the first is the default */
const struct index_kind *index_find(const char *name);   /* NULL: there is none of this name */

struct index_plan {
    const struct index_kind *kind;
    enum sim_update update;
    uint32_t batch;              /* changes applied at a time by SIM_BATCH */
    float width, height;
    float region;                /* side of the regions by which batches are sorted */
    float cell;                  /* of the hash grid; 0: from density */
    uint32_t room;               /* ids are below */
};

bool index_open(struct index *ix, const struct index_plan *plan);        /* false: out of memory */
void index_close(struct index *ix);
size_t index_bytes(const struct index *ix);

void index_put(struct index *ix, uint32_t id, float x, float y);
void index_drop(struct index *ix, uint32_t id);
void index_update(struct index *ix);

/* The points no farther than `radius`, in no particular order; how many. `found` has room for all points there are. */
uint32_t index_near(const struct index *ix, float x, float y, float radius, uint32_t *found,
                    struct index_counts *counts);

/* The points from left to right and top to bottom, borders included. */
uint32_t index_box(const struct index *ix, const float box[4], uint32_t *found, struct index_counts *counts);

/* The nearest point no farther than `radius` that `wanted` (NULL: any) wants; of equally near ones the least id. */
struct index_wish {
    float x, y, radius;
    bool (*wanted)(const void *context, uint32_t id);
    const void *context;
};
uint32_t index_nearest(const struct index *ix, const struct index_wish *wish, struct index_counts *counts);

/* For kinds: looks at the points of a bucket; puts a point at the head of a bucket's list. */
void index_look(const struct index *ix, uint32_t bucket, struct index_search *s);
void index_link(struct index *ix, uint32_t id, uint32_t bucket);

#endif
