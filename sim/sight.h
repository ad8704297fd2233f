/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What agents perceive: views, and the memory that makes some of their channels fade.
 */
#ifndef SIM_SIGHT_H
#define SIM_SIGHT_H

#include "sim/index.h"

#define SIGHT_MEMORIES 5         /* empty, heat, trails, signal, landmarks: SIM_EMPTY .. SIM_SIGNAL, SIM_LANDMARKS */

/* One thread's scratch. */
struct eye {
    uint32_t *near;
    uint32_t *fixed;             /* goods by square, in 2^-20 */
    float *views;                /* of a batch, where views are not kept */
    struct index_counts counts;
    uint64_t observations, views_reused;
    uint64_t goods_from_index, goods_from_map, spread_scalar, spread_vector, spread_nearest, views_differ;
    uint64_t acted;              /* in this step: was this thread at work? */
};

struct sight {
    uint32_t radius, side, cells, floats;        /* cells = side x side, floats = channels x cells */
    float *memory;               /* by slot: SIGHT_MEMORIES x cells */
    float *views;                /* by slot, where views are kept */
    uint32_t *seen;              /* by slot: step of the kept view; 0: none */
    int32_t (*at)[2];            /* by slot: the square that memory belongs to */
    float *visible;              /* the disk of sight: 1 or 0 by cell */
    struct eye *eyes;            /* by thread */
    uint32_t *goods_map;         /* SIM_MEMMAP: goods by square of the world, in 2^-20, in a mapped file */
    size_t goods_map_bytes;
};

struct sim;

bool sight_open(struct sim *world);              /* false: out of memory, or the map cannot be made */
void sight_close(struct sim *world);
void sight_account(const struct sim *world, struct sim_bytes *bytes, struct sim_counters *counters);

/* Someone new in a slot: it remembers nothing. */
void sight_forget(struct sim *world, uint32_t slot);

/* Goods of a node changed from `before`: the mapped grid follows. */
void sight_node_changed(struct sim *world, uint32_t node, int32_t before);

/* One agent's view of this step: its memory fades by a tick, moves along, and takes in what is new. With `eye` of the
 * calling thread. `view` has room for `floats`; where views are kept it is the agent's own. */
void observe(struct sim *world, uint32_t slot, struct eye *eye, float *view);

uint64_t sight_hash(const struct sim *world, uint32_t slot, uint64_t hash);

#endif
