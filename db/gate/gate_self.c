/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gate against itself: runs of one program are split into two sides at random, so that any alarm is a false one;
 * with a slowdown put on one side, any silence is a miss.
 */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "db/gate/gate.h"
#include "db/stats/chance.h"

static void shuffle(size_t *order, size_t n, struct chance *chance)
{
    for (size_t i = n; i > 1; i--) {         /* Fisher and Yates */
        size_t k = (size_t)(chance_uniform(chance) * (double)i), other = order[k];
        order[k] = order[i - 1];
        order[i - 1] = other;
    }
}

static bool is_time(const struct gate_figure *f)
{
    return !f->count && !f->higher_is_better && str_ends(f->name, "_s");
}

static void copy_figures(const struct gate *from, struct gate *to)
{
    for (size_t i = 0; i < from->figures.count; i++) {
        const struct gate_figure *f = &from->figures.items[i];
        struct gate_figure *copy = gate_add(to, f->name, f->function, f->file, f->line);
        copy->higher_is_better = f->higher_is_better;
        copy->count = f->count;
        copy->tolerance = f->tolerance;
    }
}

static void deal(const struct gate *from, const size_t *order, double slowdown, struct gate *to)
{
    for (size_t r = 0; r < to->n[0] + to->n[1]; r++) {
        int side = r >= to->n[0];
        to->order[r] = from->order[order[r]];
        for (size_t i = 0; i < from->figures.count; i++) {
            const struct gate_figure *f = &from->figures.items[i];
            double factor = side && is_time(f) ? 1 + slowdown : 1;
            to->figures.items[i].values[side][side ? r - to->n[0] : r] = f->values[0][order[r]] * factor;
        }
    }
}

struct gate_trial gate_try(const struct gate *g, double slowdown, size_t trials, uint64_t seed)
{
    struct gate_trial outcome = {slowdown, trials, 0, 0};
    struct chance *chance = chance_new(seed);
    size_t count = g->n[0], half = count / 2, *order = xcalloc(count + 1, sizeof *order);
    struct gate split;
    gate_init(&split, "A", half, "B", half);
    split.alpha = g->alpha;
    split.replicates = 1;
    copy_figures(g, &split);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t t = 0; t < trials; t++) {
        shuffle(order, count, chance);
        deal(g, order, slowdown, &split);
        int code = gate_decide(&split);
        outcome.alarms += code == EXIT_REGRESSION;
        outcome.undecided += code == EXIT_UNDECIDED;
    }
    gate_release(&split);
    chance_free(chance);
    free(order);
    return outcome;
}
