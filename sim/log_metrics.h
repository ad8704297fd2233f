/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The figures of a step that AgentFarm's table simulation_steps has, from the living.
 */
#ifndef SIM_LOG_METRICS_H
#define SIM_LOG_METRICS_H

#include "sim/world.h"

struct log_metrics {
    uint32_t agents, by_type[SIM_TYPES], max_generation;
    double node_goods;           /* in whole units */
    double goods, health, age, reward;       /* means; age in steps, reward of the last act */
    double entropy;              /* of how goods are shared out to agents, natural logarithm */
    double diversity, dominance; /* different genomes by agents; share of agents with the most frequent one */
};

/* Counts of genomes, kept from step to step for its memory. */
struct log_genomes {
    uint64_t *hashes;
    uint32_t *counts;
    uint32_t room;               /* a power of two */
};

/* Out of memory ends the program: whoever asked for a log wants a complete one. */
void log_metrics_take(const struct sim *world, struct log_genomes *genomes, struct log_metrics *m);
void log_genomes_release(struct log_genomes *g);

#endif
