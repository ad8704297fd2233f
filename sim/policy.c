/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/policy.h"

#include <string.h>

extern const struct policy policy_mlp, policy_conv, policy_forager, policy_random;

const struct policy *const policies[] = {&policy_mlp, &policy_conv, &policy_forager, &policy_random, NULL};

const struct policy *policy_find(const char *name)
{
    for (const struct policy *const *p = policies; *p; p++)
        if (strcmp((*p)->name, name) == 0)
            return *p;
    return NULL;
}

enum sim_action policy_draw(struct agent *self, uint32_t allowed)
{
    float sum = 0;
    int last = 0;
    for (int a = 0; a < SIM_ACTIONS; a++) {
        if (!(allowed >> a & 1))
            continue;
        sum += self->genome[a];
        last = a;
    }
    float at = rng_unit(&self->rng) * sum;
    for (int a = 0; a < last; a++) {
        if (!(allowed >> a & 1))
            continue;
        at -= self->genome[a];
        if (at < 0)
            return (enum sim_action)a;
    }
    return (enum sim_action)last;
}
