/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts of known programs and values with seeded noise: the class must be the true one, and never be sure and wrong.
 */
#include "db/growth/growth.h"

#include <math.h>
#include <stdlib.h>

#include "db/stats/chance.h"
#include "tests/unit/check.h"

static const double mixed[] = {10, 15, 25, 40, 60, 100, 150, 250, 400, 600, 1000};
static const double doubling[] = {64, 128, 256, 512, 1024, 2048, 4096};
static const double five[] = {10, 25, 50, 100, 200};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void classify(const double *n, const double *y, size_t count, bool counted, struct growth *g)
{
    struct growth_point points[16];
    for (size_t i = 0; i < count; i++)
        points[i] = (struct growth_point){.n = n[i], .values = &y[i], .count = 1};
    growth_classify(points, count, counted, 1, g);
}

static void says(const char *what, const struct growth *g, const char *class, const char *model)
{
    struct str text = STR_INIT;
    growth_class_text(g, &text);
    if (!CHECK_STR(text.data, class))
        fprintf(stderr, "    of %s\n", what);
    str_clear(&text);
    growth_model_text(&g->model, "n", &text);
    if (model && !CHECK_STR(text.data, model))
        fprintf(stderr, "    of %s\n", what);
    str_release(&text);
}

static double mixed_square(double n) { return 5 * n + floor(n * n / 2000); }
static double other_square(double n) { return floor(n * n / 64) + 40 * n; }
static double n_ceil(double n) { return n * ceil(log2(n)); }
static double triangle(double n) { return 1.5 * n * n - 0.5 * n; }
static double line(double n) { return 3 * n + 1000; }
static double same(double n) { return 7; }
static double halvings(double n) { return floor(log2(n)) + 1; }
static double threshold(double n) { return n < 16 ? n * n / 4 : n * floor(log2(n)) + n; }
static double cube(double n) { return n * n * n; }
static double square_log(double n) { return n * n * floor(log2(n)); }

static double merge_steps(double n)
{
    return n < 2 ? 0 : n + merge_steps(floor(n / 2)) + merge_steps(n - floor(n / 2));
}

static double fibonacci_calls(double n)
{
    return n < 2 ? 1 : 1 + fibonacci_calls(n - 1) + fibonacci_calls(n - 2);
}

/* Shifts of an insertion sort of n seeded numbers: near n^2/4, by no formula. */
static double insertion_shifts(double n)
{
    double *v = xmalloc((size_t)n * sizeof *v), shifts = 0;
    uint32_t r = 12345;
    for (size_t i = 0; i < (size_t)n; i++) {
        size_t j = i;
        double x = (double)((r = r * 1103515245u + 12345u) >> 8);
        for (; j > 0 && v[j - 1] > x; j--, shifts++)
            v[j] = v[j - 1];
        v[j] = x;
    }
    free(v);
    return shifts;
}

/* Steps of a thousand binary searches. */
static double search_steps(double n)
{
    double steps = 0;
    for (int q = 0; q < 1000; q++) {
        int low = 0, high = (int)n, key = q * 7919 % (int)n;
        for (; low < high; steps++) {
            int middle = (low + high) / 2;
            if (middle < key)
                low = middle + 1;
            else
                high = middle;
        }
    }
    return steps;
}

static double cliff(double n) { return n < 1000 ? 100 : 100 * n; }

static const struct {
    const char *name;
    double (*count)(double n);
    const char *class, *model;                   /* over the mixed sizes */
    const char *doubling_class, *doubling_model; /* over powers of two */
} counts[] = {
    {"5n + n^2/2000, rounded", mixed_square, "n^2", "n^2/2000 + 5n", "n^2", "n^2/2000 + 5n"},
    {"40n + n^2/64, rounded", other_square, "n^2", "n^2/64 + 40n", "n^2", "n^2/64 + 40n"},
    {"n ceil(lg n)", n_ceil, "n log n", "n ceil(lg n)", "n log n", "n lg n"},
    {"3n^2/2 - n/2", triangle, "n^2", "3n^2/2 - n/2", "n^2", "3n^2/2 - n/2"},
    {"3n + 1000", line, "n", "3n + 1000", "n", "3n + 1000"},
    {"7", same, "1", "7", "1", "7"},
    {"halvings", halvings, "log n", NULL, "log n", "lg n + 1"},
    {"another way below 16", threshold, "n log n", NULL, "n log n", "n lg n + n"},
    {"n^3", cube, "n^3", "n^3", "n^3", "n^3"},
    {"n^2 floor(lg n)", square_log, "n^2 log n", "n^2 floor(lg n)", "n^2 log n", "n^2 lg n"},
    {"merge sort", merge_steps, "n log n", NULL, "n log n", "n lg n"},
    {"insertion sort", insertion_shifts, "n^2", NULL, "n^2", NULL},
    {"binary search", search_steps, "log n", NULL, "log n", NULL},
};

static void check_counts(void)
{
    double y[16];
    struct growth g;
    for (size_t k = 0; k < COUNT(counts); k++) {
        for (size_t i = 0; i < COUNT(mixed); i++)
            y[i] = counts[k].count(mixed[i]);
        classify(mixed, y, COUNT(mixed), true, &g);
        says(counts[k].name, &g, counts[k].class, counts[k].model);
        for (size_t i = 0; i < COUNT(doubling); i++)
            y[i] = counts[k].count(doubling[i]);
        classify(doubling, y, COUNT(doubling), true, &g);
        says(counts[k].name, &g, counts[k].doubling_class, counts[k].doubling_model);
    }
    static const double small[] = {5, 8, 10, 12, 15, 18, 20, 24};
    for (size_t i = 0; i < COUNT(small); i++)
        y[i] = fibonacci_calls(small[i]);
    classify(small, y, COUNT(small), true, &g);
    says("naive Fibonacci", &g, "2^n", NULL);
    CHECK(fabs(g.model.rate - 1.618) < 0.001);
}

/* Moves from the right half in a merge sort of random numbers: near n log n, by no formula. Two terms, one of them
 * square, came within a per cent. */
static void check_near(void)
{
    static const double n[] = {1000, 1500, 2500, 4000, 6000, 10000, 16000};
    static const double moves[] = {66480, 103710, 186030, 325920, 504840, 894120, 1543680};
    struct growth g;
    classify(n, moves, COUNT(n), true, &g);
    CHECK_STR(growth_class_name(g.class), "n log n");
}

/* Hits of lines of zlib over 62,500 to 4,000,000 bytes of random words, in the last two rows over 50,000 to 3,200,000:
 * linear, but blocks and windows make each count a little other than that. The class may be another one, but must not
 * exclude the truth. */
static void check_blocks(void)
{
    static const double n[] = {62500, 125000, 250000, 500000, 1000000, 2000000, 4000000};
    static const double hits[][7] = {
        {3, 4, 5, 7, 11, 19, 36},
        {1, 1, 3, 5, 9, 17, 34},
        {574, 861, 1148, 1722, 2870, 5166, 10045},
        {252, 508, 754, 1250, 2246, 4243, 8497},
        {641, 1269, 1965, 3360, 6144, 11780, 23505},
        {27, 39, 74, 153, 301, 617, 1215},
        {1985, 3798, 7383, 14699, 29373, 59158, 118812},
        {9, 17, 24, 42, 78, 149, 312},
        {2, 4, 5, 7, 12, 24, 49},
        {240, 1047, 2452, 5616, 13652, 26734, 54707},
        {235, 459, 920, 1856, 3729, 7511, 15114},
        {95, 190, 388, 782, 1576, 3176, 6425},
    };
    for (size_t k = 0; k < COUNT(hits); k++) {
        struct growth g;
        struct str text = STR_INIT;
        classify(n, hits[k], COUNT(n), true, &g);
        growth_class_text(&g, &text);
        bool open = g.class == GROWTH_INCONCLUSIVE || g.class == GROWTH_PIECEWISE;
        if (!CHECK(open || (g.low <= GROWTH_LINEAR && g.high >= GROWTH_LINEAR)))
            fprintf(stderr, "    row %zu: %s\n", k, text.data);
        str_release(&text);
    }
}

/* Sizes that span less than 16 times. Quadratic counts of a solver, in which the lengths of names have a part: each is
 * within a per cent of some exponential less a constant. Calls of recursions, over no more sizes, are exponential. */
static void check_short_spans(void)
{
    static const double solver[] = {4, 6, 8, 10, 12}, calls[] = {10, 12, 14, 16, 18};
    static const double quadratic[][5] = {
        {85, 128, 187, 262, 351}, {96, 216, 384, 620, 936}, {1096, 1216, 1384, 1620, 1936}, {80, 130, 210, 300, 420},
        {64, 216, 512, 1010, 1728}, {164, 316, 612, 1110, 1828}, {20, 43, 75, 118, 165},
    };
    struct growth g;
    for (size_t k = 0; k < COUNT(quadratic); k++) {
        classify(solver, quadratic[k], COUNT(solver), true, &g);
        if (!CHECK(g.class != GROWTH_EXPONENTIAL))
            fprintf(stderr, "    row %zu\n", k);
    }
    double y[5], powers[5];
    for (size_t i = 0; i < COUNT(calls); i++) {
        y[i] = 40 + fibonacci_calls(calls[i]);
        powers[i] = exp2(calls[i]) - 1;
    }
    classify(calls, y, COUNT(calls), true, &g);
    says("naive Fibonacci, five sizes", &g, "2^n", NULL);
    classify(calls, powers, COUNT(calls), true, &g);
    says("moves of Hanoi", &g, "2^n", NULL);
}

static void check_breaks(void)
{
    double y[16];
    struct growth g;
    for (size_t i = 0; i < COUNT(doubling); i++)
        y[i] = cliff(doubling[i]);
    classify(doubling, y, COUNT(doubling), true, &g);
    says("a cliff", &g, "piecewise", "0");
    CHECK(g.from_n == 1024);
    for (size_t i = 0; i < COUNT(mixed); i++)
        y[i] = threshold(mixed[i]);
    classify(mixed, y, COUNT(mixed), true, &g);
    CHECK(g.from_n > 15 && g.from_n <= 25);
    classify(mixed, y, 4, true, &g);
    says("four sizes", &g, "inconclusive", "0");
    CHECK_STR(g.why, "fewer than 5 sizes");
}

/* Two tables as reports of such suites have them, one value each: mostly constant, and quadratic behind a constant. */
static void check_reports(void)
{
    static const double good[] = {100, 103, 108, 118, 132}, poor[] = {2.1, 3.5, 7.0, 21, 70};
    struct growth g;
    classify(five, good, COUNT(five), false, &g);
    CHECK_STR(growth_class_name(g.class), "n");
    CHECK(g.constant_share > 0.7 && g.constant_share < 0.8);
    CHECK(fabs(g.exponent - 0.09) < 0.01);
    classify(five, poor, COUNT(five), false, &g);
    CHECK_STR(growth_class_name(g.class), "n^2");
    CHECK(g.exponent > 1.1 && g.exponent < 1.25);
}

static void check_noise(double noise, double least_right)
{
    static const enum basis bases[] = {BASIS_1, BASIS_LG, BASIS_N, BASIS_N_LG, BASIS_N2, BASIS_N3};
    struct chance *random = chance_new(7);
    int right = 0, all = 0;
    for (size_t k = 0; k < COUNT(bases); k++)
        for (int trial = 0; trial < 40; trial++) {
            double values[COUNT(doubling)][5];
            double constant = trial % 2 ? (double)basis_value(bases[k], 512, 0) : 0;
            struct growth_point points[COUNT(doubling)];
            for (size_t i = 0; i < COUNT(doubling); i++) {
                double truth = constant + (double)basis_value(bases[k], doubling[i], 0);
                for (int r = 0; r < 5; r++)
                    values[i][r] = truth * exp(noise * chance_normal(random));
                points[i] = (struct growth_point){.n = doubling[i], .values = values[i], .count = 5};
            }
            struct growth g;
            growth_classify(points, COUNT(doubling), false, (uint64_t)trial, &g);
            right += g.class == basis_class(bases[k]);
            all++;
            CHECK(g.low <= basis_class(bases[k]) && basis_class(bases[k]) <= g.high);
        }
    printf("noise %.0f %%: %d of %d right\n", noise * 100, right, all);
    CHECK(right >= least_right * all);
    chance_free(random);
}

/* Few samples at small sizes: their errors are large and known, and must not decide. */
static void check_sampling(void)
{
    struct chance *random = chance_new(3);
    int right = 0;
    for (int trial = 0; trial < 40; trial++) {
        double values[COUNT(doubling)][3];
        struct growth_point points[COUNT(doubling)];
        for (size_t i = 0; i < COUNT(doubling); i++) {
            double error = 1 / sqrt(doubling[i] / 8);
            for (int r = 0; r < 3; r++)
                values[i][r] = doubling[i] * exp(error * chance_normal(random));
            points[i] = (struct growth_point){doubling[i], values[i], 3, error};
        }
        struct growth g;
        growth_classify(points, COUNT(doubling), false, (uint64_t)trial, &g);
        right += g.class == GROWTH_LINEAR;
        CHECK(g.low <= GROWTH_LINEAR && GROWTH_LINEAR <= g.high);
    }
    printf("few samples: %d of 40 right\n", right);
    CHECK(right >= 36);
    chance_free(random);
}

static void check_cliff(void)
{
    static const double y[] = {64, 128, 256, 512, 3000, 6000, 12000}, smooth[] = {2, 3, 7, 20, 72, 280, 1100};
    struct growth_point points[COUNT(doubling)];
    for (size_t i = 0; i < COUNT(doubling); i++)
        points[i] = (struct growth_point){.n = doubling[i], .values = &y[i], .count = 1};
    CHECK_INT(growth_cliff(points, COUNT(doubling)), 3);
    for (size_t i = 0; i < COUNT(doubling); i++)
        points[i].values = &smooth[i];
    CHECK(growth_cliff(points, COUNT(doubling)) == SIZE_MAX);
}

static void check_crossover(void)
{
    struct growth_model square = {.count = 1, .terms = {{.basis = BASIS_N2, .coefficient = 1}}};
    struct growth_model linear = {.count = 1, .terms = {{.basis = BASIS_N, .coefficient = 3100}}};
    CHECK(fabs(growth_crossover(&square, &linear, 10, 100000) - 3100) < 0.01);
    CHECK(isnan(growth_crossover(&linear, &square, 10, 100000)));
    CHECK(isnan(growth_crossover(&square, &linear, 10, 1000)));
}

int main(void)
{
    check_counts();
    check_near();
    check_blocks();
    check_short_spans();
    check_breaks();
    check_reports();
    check_noise(0.02, 0.95);
    check_noise(0.10, 0.95);
    check_sampling();
    check_cliff();
    check_crossover();
    return check_done();
}
