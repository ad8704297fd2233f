/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a learner remembers: a ring of (what was seen, what was done, what it brought, what was seen then). What is seen
 * lies between 0 and 1 and is kept in 255ths, a quarter of the floats' size.
 */
#ifndef SIM_REPLAY_H
#define SIM_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct replay {
    uint8_t *frames;             /* before and after, side by side */
    uint8_t *actions, *ended;
    float *rewards;
    uint32_t frame;              /* bytes of one */
    uint32_t capacity, count, next;
    uint64_t pushed;             /* ever */
};

bool replay_init(struct replay *r, uint32_t frame, uint32_t capacity);
void replay_release(struct replay *r);
size_t replay_bytes(uint32_t frame, uint32_t capacity);

/* The oldest is overwritten once the ring is full. after = NULL: the one who did it is dead. */
void replay_push(struct replay *r, const uint8_t *before, uint8_t action, float reward, const uint8_t *after);

/* Between floats from 0 to 1 and bytes. */
void replay_pack(const float *seen, uint32_t count, uint8_t *frame);
void replay_unpack(const uint8_t *frame, uint32_t count, float *seen);

static inline const uint8_t *replay_before(const struct replay *r, uint32_t i)
{
    return r->frames + (size_t)i * 2 * r->frame;
}

static inline const uint8_t *replay_after(const struct replay *r, uint32_t i)
{
    return replay_before(r, i) + r->frame;
}

#endif
