/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What agents perceive: views, and the memory that makes some of their channels fade. sight.c holds what is kept per
 * agent, observe.c makes views, goods.c the channel of goods in its two ways.
 */
#ifndef SIM_SIGHT_H
#define SIM_SIGHT_H

#include "sim/index.h"

enum sight_memory { REMEMBER_EMPTY, REMEMBER_HEAT, REMEMBER_TRAILS, REMEMBER_SIGNAL, REMEMBER_LANDMARKS, REMEMBERED };
#define SIGHT_BLANK ((1u << REMEMBERED) - 1)     /* nothing is remembered */

/* What is remembered as 1. Half the bytes of floats, since in large worlds memories come from far away; and fading is a
 * multiplication of whole numbers that ends at zero by itself. */
#define SIGHT_SURE 65535u

/* One thread's scratch and counters. */
struct eye {
    uint32_t *near;              /* room for all agents or nodes */
    uint32_t *goods;             /* by square of the view, in units of 2^-20 */
    uint32_t *other_goods;       /* the same, seen in the other way */
    uint16_t *plane;             /* a channel of memory */
    uint16_t *memory;            /* of whom sim_observe looks through */
    uint8_t *squares;            /* a layer of the maps, and SIGHT_STRIDE behind it */
    float *views;                /* of a batch */
    struct index_counts counts;
    uint64_t observations, views_reused;
    uint64_t goods_from_index, goods_from_map, spread_scalar, spread_vector, spread_nearest, views_differ;
    uint64_t decide_calls;
    bool worked;                 /* in this step */
    bool outside;                /* what it sees is nobody's to keep */
};

#define SIGHT_STRIDE 16u         /* squares of a map's row copied at a time */

/* What a view of the moment consists of: few of its floats are not zero. A view with more is not kept. */
struct glimpse {
    struct {
        uint32_t at;             /* float of the view */
        float value;
    } points[64];
    uint32_t count;
};

/* What is kept for a slot of world->agents, from the first birth into it. */
struct glance {
    uint16_t *memory;            /* REMEMBERED x cells, SIGHT_SURE = 1 */
    struct glimpse *kept;        /* NULL until a view is worth keeping */
    int32_t at[2];               /* the square (column, row) that memory is around */
    uint32_t kept_step;          /* step of the kept view, made or shown again; 0: none */
    uint32_t goal;               /* the nearest node with goods in reach, or INDEX_NONE ... */
    uint32_t goal_step;          /* ... as of the start of this step */
    uint32_t blank;              /* memories that are zero throughout, a bit each */
};

struct sight {
    uint32_t radius, side, cells, floats;        /* cells = side x side, floats = channels x cells */
    struct glance *glances;      /* by slot */
    uint16_t *memories;          /* of all slots, each `memory_room` apart */
    size_t memory_room, memory_bytes;
    float *visible;              /* the disk of sight: 1 or 0 by cell */
    float *share;                /* the disk as what a full byte of a map counts: 1/255 or 0 by cell */
    uint16_t *mask;              /* the disk: all bits or none by cell */
    struct eye *eyes;            /* by thread, and one more for sim_observe */
    uint32_t *goods_map;         /* goods by square of the world, in units of 2^-20, in a mapped file; or NULL */
    size_t goods_map_bytes;
};

struct sim;

bool sight_open(struct sim *world);              /* false: out of memory, or the map cannot be made */
void sight_close(struct sim *world);
void sight_account(const struct sim *world, struct sim_bytes *bytes, struct sim_counters *counters);

/* Someone new in a slot, who remembers nothing. */
void sight_new(struct sim *world, uint32_t slot);

uint64_t sight_hash(const struct sim *world, uint32_t slot, uint64_t hash);

/* One agent's view of this step: its memory fades by a tick, moves along, and takes in what is new. `view` has room for
 * `floats`, all of which are written. */
void observe(struct sim *world, uint32_t slot, struct eye *eye, float *view);

/* The nearest node with goods in an agent's reach, or INDEX_NONE. */
uint32_t sight_goal(const struct sim *world, uint32_t slot, struct index_counts *counts);

/* Fills the channel of goods, squares out of sight included. */
void goods_see(const struct sim *world, const int32_t at[2], struct eye *eye, float *cells);

/* Parts of views, one by one, for benches: nodes in view into eye->near, how many; these spread over eye->goods; and
 * the channels that are full of numbers whatever is near: layers of the maps, what is remembered. */
uint32_t goods_find(const struct sim *world, const int32_t at[2], struct eye *eye);
void goods_spread(const struct sim *world, const int32_t at[2], struct eye *eye, uint32_t count);
void observe_dense(const struct sim *world, uint32_t slot, bool quiet, struct eye *eye, float *view);

/* Goods of a node changed from `before`: the mapped grid follows. */
void goods_changed(struct sim *world, uint32_t node, int32_t before);

bool goods_map_open(struct sim *world);          /* with the nodes in place; false: it cannot be made */
void goods_map_close(struct sim *world);

#endif
