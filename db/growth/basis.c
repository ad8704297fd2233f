/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/growth/basis.h"

#include <math.h>

static const char *const class_names[GROWTH_CLASSES] = {
    "1", "log n", "n", "n log n", "n^2", "n^2 log n", "n^3", "2^n", "piecewise", "inconclusive",
};

/* Each is n^power * log^logs, where log is lg n as it is, rounded down or rounded up. */
enum rounding { NOT_ROUNDED, DOWN, UP };

static const struct {
    const char *text;
    enum growth_class class;
    int power, logs;
    enum rounding rounding;
} table[BASIS_COUNT] = {
    [BASIS_1] = {"1", GROWTH_CONSTANT, 0, 0, NOT_ROUNDED},
    [BASIS_LG] = {"lg $", GROWTH_LOG, 0, 1, NOT_ROUNDED},
    [BASIS_FLOOR_LG] = {"floor(lg $)", GROWTH_LOG, 0, 1, DOWN},
    [BASIS_CEIL_LG] = {"ceil(lg $)", GROWTH_LOG, 0, 1, UP},
    [BASIS_N] = {"$", GROWTH_LINEAR, 1, 0, NOT_ROUNDED},
    [BASIS_FLOOR_POWER] = {"2^floor(lg $)", GROWTH_LINEAR, 0, 0, DOWN},
    [BASIS_CEIL_POWER] = {"2^ceil(lg $)", GROWTH_LINEAR, 0, 0, UP},
    [BASIS_N_LG] = {"$ lg $", GROWTH_LINEAR_LOG, 1, 1, NOT_ROUNDED},
    [BASIS_N_FLOOR_LG] = {"$ floor(lg $)", GROWTH_LINEAR_LOG, 1, 1, DOWN},
    [BASIS_N_CEIL_LG] = {"$ ceil(lg $)", GROWTH_LINEAR_LOG, 1, 1, UP},
    [BASIS_N2] = {"$^2", GROWTH_SQUARE, 2, 0, NOT_ROUNDED},
    [BASIS_N2_LG] = {"$^2 lg $", GROWTH_SQUARE_LOG, 2, 1, NOT_ROUNDED},
    [BASIS_N2_FLOOR_LG] = {"$^2 floor(lg $)", GROWTH_SQUARE_LOG, 2, 1, DOWN},
    [BASIS_N2_CEIL_LG] = {"$^2 ceil(lg $)", GROWTH_SQUARE_LOG, 2, 1, UP},
    [BASIS_N3] = {"$^3", GROWTH_CUBE, 3, 0, NOT_ROUNDED},
    [BASIS_N4] = {"$^4", GROWTH_INCONCLUSIVE, 4, 0, NOT_ROUNDED},
    [BASIS_EXP] = {"%^$", GROWTH_EXPONENTIAL, 0, 0, NOT_ROUNDED},
};

static long double logarithm(double n, enum rounding rounding)
{
    long double lg = log2l(n);
    return rounding == DOWN ? floorl(lg) : rounding == UP ? ceill(lg) : lg;
}

long double basis_value(enum basis b, double n, double rate)
{
    if (b == BASIS_EXP)
        return powl(rate, n);
    long double value = 1;
    for (int i = 0; i < table[b].power; i++)
        value *= n;
    for (int i = 0; i < table[b].logs; i++)
        value *= logarithm(n, table[b].rounding);
    return b == BASIS_FLOOR_POWER || b == BASIS_CEIL_POWER ? exp2l(logarithm(n, table[b].rounding)) : value;
}

enum growth_class basis_class(enum basis b)
{
    return table[b].class;
}

const char *basis_text(enum basis b)
{
    return table[b].text;
}

const char *growth_class_name(enum growth_class c)
{
    return class_names[c];
}
