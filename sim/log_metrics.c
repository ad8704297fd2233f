/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/log_metrics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/hash.h"

void log_genomes_release(struct log_genomes *g)
{
    free(g->hashes);
    free(g->counts);
    *g = (struct log_genomes){0};
}

/* Empty, with room for twice as many. */
static void make_room(struct log_genomes *g, uint32_t agents)
{
    if (g->room < 2 * agents) {
        log_genomes_release(g);
        for (g->room = 64; g->room < 2 * agents;)
            g->room *= 2;
        g->hashes = malloc(g->room * sizeof *g->hashes);
        g->counts = malloc(g->room * sizeof *g->counts);
        if (!g->hashes || !g->counts) {
            fputs("farmsim: not enough memory for the log's figures\n", stderr);
            exit(4);
        }
    }
    for (uint32_t i = 0; i < g->room; i++)
        g->counts[i] = 0;
}

/* How many have this genome so far, this one included. */
static uint32_t count_genome(struct log_genomes *g, const float *genome)
{
    uint64_t hash = 1;
    for (int a = 0; a < SIM_ACTIONS; a++)
        hash = hash_add_float(hash, genome[a]);
    hash = hash_end(hash);
    uint32_t at = (uint32_t)hash & (g->room - 1);
    while (g->counts[at] && g->hashes[at] != hash)
        at = (at + 1) & (g->room - 1);
    g->hashes[at] = hash;
    return ++g->counts[at];
}

static void add_agent(const struct sim *world, const struct agent *a, struct log_metrics *m)
{
    m->agents++;
    m->by_type[a->type]++;
    m->goods += a->goods;
    m->health += a->health;
    m->age += (double)(world->step - a->born);
    m->reward += (double)a->reward;
    m->max_generation = a->ancestors > m->max_generation ? a->ancestors : m->max_generation;
}

static double entropy(const struct sim *world, double goods)
{
    double sum = 0;
    for (uint32_t i = 0; i < world->slots && goods > 0; i++) {
        const struct agent *a = &world->agents[i];
        double share = a->alive ? a->goods / goods : 0;
        sum -= share > 0 ? share * log(share) : 0;
    }
    return sum;
}

void log_metrics_take(const struct sim *world, struct log_genomes *genomes, struct log_metrics *m)
{
    *m = (struct log_metrics){0};
    make_room(genomes, world->slots);
    uint32_t different = 0, most = 0;
    for (uint32_t i = 0; i < world->slots; i++) {
        const struct agent *a = &world->agents[i];
        if (!a->alive)
            continue;
        add_agent(world, a, m);
        uint32_t same = count_genome(genomes, a->genome);
        different += same == 1;
        most = same > most ? same : most;
    }
    m->entropy = entropy(world, m->goods);
    for (uint32_t i = 0; i < world->def.nodes; i++)
        m->node_goods += world->nodes[i].goods;
    m->node_goods /= 100;
    double agents = m->agents ? m->agents : 1;
    m->goods /= 100 * agents;
    m->health /= 100 * agents;
    m->age /= agents;
    m->reward /= agents;
    m->diversity = different / agents;
    m->dominance = most / agents;
}
