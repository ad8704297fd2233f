/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ring of memories against a plain list of all that was ever pushed.
 */
#include <stdlib.h>

#include "sim/replay.h"
#include "sim/rng.h"
#include "tests/unit/check.h"

#define FRAME 6
#define PUSHES 500

struct entry {
    uint8_t before[FRAME], after[FRAME], action;
    bool ended;
    float reward;
};

static struct entry draw_entry(struct rng *rng)
{
    struct entry e = {.action = (uint8_t)rng_below(rng, 7), .ended = rng_below(rng, 5) == 0, .reward = rng_unit(rng)};
    for (int i = 0; i < FRAME; i++) {
        e.before[i] = (uint8_t)rng_below(rng, 256);
        e.after[i] = e.ended ? 0 : (uint8_t)rng_below(rng, 256);
    }
    return e;
}

static bool holds(const struct replay *r, uint32_t i, const struct entry *e)
{
    return memcmp(replay_before(r, i), e->before, FRAME) == 0 && memcmp(replay_after(r, i), e->after, FRAME) == 0 &&
           r->actions[i] == e->action && r->ended[i] == e->ended && r->rewards[i] == e->reward;
}

/* The ring holds the last `capacity` entries, the k-th ever pushed at k mod capacity. */
static void test_holds_the_last(void)
{
    static struct entry all[PUSHES];
    struct rng rng;
    rng_init(&rng, 11, 2);
    for (uint32_t capacity = 1; capacity <= 130; capacity += 1 + capacity / 4) {
        struct replay r;
        CHECK(replay_init(&r, FRAME, capacity));
        uint32_t wrong = 0;
        for (uint32_t k = 0; k < PUSHES; k++) {
            all[k] = draw_entry(&rng);
            replay_push(&r, all[k].before, all[k].action, all[k].reward, all[k].ended ? NULL : all[k].after);
            wrong += r.count != (k + 1 < capacity ? k + 1 : capacity);
            uint32_t oldest = k + 1 - r.count, any = oldest + rng_below(&rng, r.count);
            wrong += !holds(&r, any % capacity, &all[any]);
            wrong += !holds(&r, oldest % capacity, &all[oldest]) + !holds(&r, k % capacity, &all[k]);
        }
        CHECK_INT(wrong, 0);
        CHECK_INT(r.pushed, PUSHES);
        replay_release(&r);
    }
}

static void test_bytes_keep_what_was_seen(void)
{
    float seen[300], back[300];
    uint8_t frame[300];
    struct rng rng;
    rng_init(&rng, 1, 1);
    for (int i = 0; i < 300; i++)
        seen[i] = i < 256 ? (float)i / 255 : rng_unit(&rng);
    replay_pack(seen, 300, frame);
    replay_unpack(frame, 300, back);
    int wrong = 0;
    for (int i = 0; i < 256; i++)
        wrong += frame[i] != i;
    for (int i = 0; i < 300; i++)
        wrong += back[i] - seen[i] > 0.5f / 254 || seen[i] - back[i] > 0.5f / 254;
    CHECK_INT(wrong, 0);
}

int main(void)
{
    test_holds_the_last();
    test_bytes_keep_what_was_seen();
    return check_done();
}
