/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/replay.h"

#include <stdlib.h>
#include <string.h>

size_t replay_bytes(uint32_t frame, uint32_t capacity)
{
    return capacity * (2 * (size_t)frame + 2 + sizeof(float));
}

/* calloc: pages of a ring that never fills stay untouched. */
bool replay_init(struct replay *r, uint32_t frame, uint32_t capacity)
{
    *r = (struct replay){.frames = calloc(capacity, 2 * (size_t)frame), .actions = calloc(capacity, 1),
                         .ended = calloc(capacity, 1), .rewards = calloc(capacity, sizeof(float)), .frame = frame,
                         .capacity = capacity};
    if (r->frames && r->actions && r->ended && r->rewards)
        return true;
    replay_release(r);
    return false;
}

void replay_release(struct replay *r)
{
    free(r->frames);
    free(r->actions);
    free(r->ended);
    free(r->rewards);
    *r = (struct replay){0};
}

void replay_push(struct replay *r, const uint8_t *before, uint8_t action, float reward, const uint8_t *after)
{
    uint32_t i = r->next;
    uint8_t *frames = r->frames + (size_t)i * 2 * r->frame;
    memcpy(frames, before, r->frame);
    if (after)
        memcpy(frames + r->frame, after, r->frame);
    else
        memset(frames + r->frame, 0, r->frame);
    r->actions[i] = action;
    r->rewards[i] = reward;
    r->ended[i] = !after;
    r->next = i + 1 == r->capacity ? 0 : i + 1;
    r->count += r->count < r->capacity;
    r->pushed++;
}

void replay_pack(const float *seen, uint32_t count, uint8_t *frame)
{
    for (uint32_t i = 0; i < count; i++)
        frame[i] = (uint8_t)(int)(seen[i] * 255 + 0.5f);
}

void replay_unpack(const uint8_t *frame, uint32_t count, float *seen)
{
    for (uint32_t i = 0; i < count; i++)
        seen[i] = (float)frame[i] * (1.0f / 255);
}
