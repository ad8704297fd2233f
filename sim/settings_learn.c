/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings of policies that learn.
 */
#include "sim/settings.h"

#define AT(field) offsetof(struct sim_def, learn.field)

const struct setting settings_learn[] = {
    {"learn.decide", SETTING_CHOICE, AT(decide), 0, 0, "each|batch", "decide", "one decision at a time, or many"},
    {"learn.batch", SETTING_WHOLE32, AT(batch), 1, 4096, NULL, NULL, "decisions taken at once at most"},
    {"learn.networks", SETTING_CHOICE, AT(networks), 0, 0, "type|agent", "network", "a network per type or per agent"},
    {"learn.inherit", SETTING_SWITCH, AT(inherit), 0, 0, NULL, NULL, "children start with their parent's network"},
    {"learn.hidden", SETTING_WHOLE32, AT(hidden), 1, 4096, NULL, "hidden", "width of the hidden layer of mlp"},
    {"learn.train", SETTING_CHOICE, AT(train), 0, 0, "never|at-once|deferred", "train", "when networks are trained"},
    {"learn.train_every", SETTING_WHOLE32, AT(train_every), 1, 1000000, NULL, "train-every",
     "experiences for each training"},
    {"learn.train_cap", SETTING_WHOLE32, AT(train_cap), 0, 1000000, NULL, "train-cap",
     "trainings in a step at most; 0: any"},
    {"learn.replay", SETTING_WHOLE32, AT(replay), 1, 10000000, NULL, NULL, "experiences kept by a network"},
    {"learn.sample", SETTING_WHOLE32, AT(sample), 1, 4096, NULL, NULL, "experiences drawn for a training"},
    {"learn.optimiser", SETTING_CHOICE, AT(optimiser), 0, 0, "adam|sgd", NULL, "how gradients move weights"},
    {"learn.rate", SETTING_REAL, AT(rate), 0, 1, NULL, NULL, "learning rate"},
    {"learn.discount", SETTING_REAL, AT(discount), 0, 1, NULL, NULL, "worth of a reward one step later"},
    {"learn.tau", SETTING_REAL, AT(tau), 0, 1, NULL, NULL, "how far the target network moves towards the other"},
    {"learn.target_every", SETTING_WHOLE32, AT(target_every), 1, 1000000, NULL, NULL, "trainings for each such move"},
    {"learn.explore", SETTING_REAL, AT(explore), 0, 1, NULL, NULL, "share of random actions at the start"},
    {"learn.explore_least", SETTING_REAL, AT(explore_least), 0, 1, NULL, NULL, "share of random actions at least"},
    {"learn.explore_decay", SETTING_REAL, AT(explore_decay), 0, 1, NULL, NULL, "factor of that share per step"},
    {0},
};
