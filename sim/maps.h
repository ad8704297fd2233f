/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What there is square by square: obstacles, terrain and landmarks, made from the seed and never changed; what the last
 * step left behind (heat of damage, trails, signals); and in which step anything visible changed in which region. Marks
 * of all kinds are bits of one byte, since most squares have none and one look should tell.
 * The world is width + 1 squares wide, since who stands on the border stands in a square of its own.
 */
#ifndef SIM_MAPS_H
#define SIM_MAPS_H

#include "sim/sim.h"

enum { MAPS_HEAT = 1, MAPS_TRAIL = 2, MAPS_LANDMARK = 4, MAPS_SIGNAL = 8 };      /* of types: MAPS_SIGNAL << type */

struct maps {
    uint32_t columns, rows;
    uint8_t *layers;             /* the memory of the next four, SIGHT_STRIDE apart */
    uint8_t *obstacles, *terrain;        /* 255: full */
    uint8_t *marks;              /* of MAPS_HEAT ... */
    uint8_t *heat;               /* how much, where MAPS_HEAT */
    uint32_t *touched;           /* squares with marks that fade; each act leaves one at most */
    uint32_t touched_count, touched_room;
    uint32_t side, region_columns, region_rows;  /* regions are squares of `side` squares */
    uint32_t *changed;           /* by region: the step of the last visible change */
    uint32_t *first;             /* by region and one more: scratch of those who sort by region */
};

bool maps_open(struct maps *m, const struct sim_def *def);       /* false: out of memory */
void maps_close(struct maps *m);
size_t maps_bytes(const struct maps *m);

bool maps_blocked(const struct maps *m, float x, float y);
float maps_terrain(const struct maps *m, float x, float y);     /* 0: smooth, 1: roughest */

/* Somebody will act here soon: asks the memory for it. */
void maps_expect(const struct maps *m, float x, float y);

uint32_t maps_region(const struct maps *m, float x, float y);

/* Marks left by a step, seen in the next. */
void maps_heat(struct maps *m, float x, float y, float share, uint64_t step);
void maps_trail(struct maps *m, float x, float y, uint64_t step);
void maps_signal(struct maps *m, float x, float y, enum sim_type type, uint64_t step);
void maps_fade(struct maps *m, uint64_t step);   /* takes away the marks of the step before */

/* Something visible changed at a place; did anything change since `step` in the squares around one? */
void maps_change(struct maps *m, float x, float y, uint64_t step);
bool maps_changed_since(const struct maps *m, const int32_t at[2], uint32_t radius, uint64_t step);

#endif
