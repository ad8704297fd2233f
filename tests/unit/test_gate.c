/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gate over hundreds of simulated comparisons: how often it is wrong with and without a machine that drifts, and
 * what it sees. Figures of a run move together, as they do in life.
 */
#include <math.h>

#include "base/msg.h"
#include "db/gate/gate.h"
#include "db/stats/chance.h"
#include "tests/unit/check.h"

enum { FUNCTIONS = 8, TRIALS = 400 };

struct life {
    size_t n;                    /* runs of each side */
    bool blocks;                 /* first all of one side, else ABBA */
    double drift;                /* over all runs */
    double slower;               /* of function 0 */
};

static void live(const struct life *life, struct chance *chance, struct gate *g)
{
    for (size_t place = 0; place < 2 * life->n; place++) {
        int side = life->blocks ? place >= life->n : (place + 1) / 2 % 2;
        size_t r = life->blocks ? place % life->n : place / 2;
        double machine = 1 + life->drift * (double)place / (double)(2 * life->n - 1), cpu = 0;
        machine *= exp(0.01 * chance_normal(chance));
        for (size_t f = 0; f < FUNCTIONS; f++) {
            double mean = (f + 1) * 0.1 * machine * (side && f == 0 ? 1 + life->slower : 1);
            double self = mean + sqrt(mean / 1000) * chance_normal(chance);      /* sampled at 1 kHz */
            g->figures.items[3 + f].values[side][r] = self;
            cpu += mean;
        }
        g->figures.items[0].values[side][r] = cpu * exp(0.002 * chance_normal(chance));
        g->figures.items[1].values[side][r] = cpu * 1.1 * exp(0.01 * fabs(chance_normal(chance)));
        g->figures.items[2].values[side][r] = 12345;
        g->order[side ? life->n + r : r] = (double)place;
    }
}

static void make(size_t n, struct gate *g)
{
    gate_init(g, "before", n, "after", n);
    g->replicates = 1;
    gate_add(g, "cpu_s", NULL, NULL, 0);
    gate_add(g, "wall_s", NULL, NULL, 0);
    struct gate_figure *hits = gate_add(g, "hits", NULL, NULL, 0);
    hits->count = true;
    hits->tolerance = 0;
    for (int f = 0; f < FUNCTIONS; f++)
        gate_add(g, "self_s", "work", "work.c", f);
}

/* Share of comparisons with an alarm. */
static double alarms(struct life life)
{
    struct chance *chance = chance_new(11);
    struct gate g;
    int wrong = 0;
    make(life.n, &g);
    for (int t = 0; t < TRIALS; t++) {
        live(&life, chance, &g);
        wrong += gate_decide(&g) == EXIT_REGRESSION;
    }
    gate_release(&g);
    chance_free(chance);
    return (double)wrong / TRIALS;
}

static void false_alarms(void)
{
    static const struct {
        const char *what;
        struct life life;
    } rows[] = {
        {"10 + 10 runs, interleaved", {10, false, 0, 0}},
        {"10 + 10 runs, interleaved, drift of 3 %", {10, false, 0.03, 0}},
        {"10 + 10 runs, one side after the other", {10, true, 0, 0}},
        {"10 + 10 runs, one side after the other, drift of 3 %", {10, true, 0.03, 0}},
        {"10 + 10 runs, one side after the other, drift of 10 %", {10, true, 0.10, 0}},
        {"20 + 20 runs, one side after the other, drift of 3 %", {20, true, 0.03, 0}},
        {"7 + 7 runs, interleaved, drift of 3 %", {7, false, 0.03, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double rate = alarms(rows[i].life);
        printf("false alarms, %s: %.1f %%\n", rows[i].what, 100 * rate);
        CHECK(rate <= 0.05);
    }
}

static void power(void)
{
    double ten = alarms((struct life){10, false, 0, 1}), blocks = alarms((struct life){10, true, 0, 1});
    printf("a function of 3 %% twice as slow: seen in %.1f %% (interleaved), %.1f %% (one side after the other)\n",
           100 * ten, 100 * blocks);
    CHECK(ten > 0.95);
    CHECK(blocks > 0.8);
}

static void exact_counts(void)
{
    struct gate g;
    struct life life = {10, false, 0, 0};
    struct chance *chance = chance_new(5);
    make(life.n, &g);
    live(&life, chance, &g);
    CHECK_INT(gate_decide(&g), EXIT_OK);
    for (size_t r = 0; r < life.n; r++)
        g.figures.items[2].values[1][r] = 12346;
    CHECK_INT(gate_decide(&g), EXIT_REGRESSION);
    CHECK(g.figures.items[2].exact && g.figures.items[2].verdict == GATE_WORSE && g.worse == 1);
    g.figures.items[2].tolerance = 0.01;
    CHECK_INT(gate_decide(&g), EXIT_OK);
    g.figures.items[2].tolerance = 0;
    for (size_t r = 0; r < life.n; r++)
        g.figures.items[2].values[1][r] = 12344;
    CHECK_INT(gate_decide(&g), EXIT_OK);
    CHECK_INT(g.figures.items[2].verdict, GATE_BETTER);
    g.figures.items[2].higher_is_better = true;
    CHECK_INT(gate_decide(&g), EXIT_REGRESSION);
    gate_release(&g);
    chance_free(chance);
}

/* Ten figures are tested: 2 / C(2n, n) <= .05 / 10 needs 6 runs; two of the program alone need 5. */
static void too_few_runs(void)
{
    static const struct {
        size_t n, missing;
        bool program_only, too_few;
    } rows[] = {{6, 0, false, false}, {5, 1, true, false}, {4, 2, true, true}, {1, 5, true, true}};
    struct chance *chance = chance_new(5);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct gate g;
        make(rows[i].n, &g);
        live(&(struct life){rows[i].n, false, 0, 0}, chance, &g);
        CHECK_INT(gate_decide(&g), rows[i].missing ? EXIT_UNDECIDED : EXIT_OK);
        CHECK_INT(g.missing, rows[i].missing);
        CHECK_INT(g.program_only, rows[i].program_only);
        CHECK_INT(g.too_few, rows[i].too_few);
        gate_release(&g);
    }
    chance_free(chance);
}

static void self_test(void)
{
    struct gate g;
    struct chance *chance = chance_new(5);
    make(20, &g);
    live(&(struct life){20, false, 0, 0}, chance, &g);
    struct gate_trial none = gate_try(&g, 0, 100, 1), much = gate_try(&g, 0.1, 100, 1);
    CHECK_INT(none.trials, 100);
    CHECK(none.alarms <= 8);
    CHECK(much.alarms >= 95);
    gate_release(&g);
    chance_free(chance);
}

int main(void)
{
    false_alarms();
    power();
    exact_counts();
    too_few_runs();
    self_test();
    return check_done();
}
