/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions that models of growth are made of, and the classes that they lead to. Logarithms are of base 2.
 */
#ifndef DB_GROWTH_BASIS_H
#define DB_GROWTH_BASIS_H

enum growth_class {              /* in order of growth; the last two are no classes of functions */
    GROWTH_CONSTANT, GROWTH_LOG, GROWTH_LINEAR, GROWTH_LINEAR_LOG, GROWTH_SQUARE, GROWTH_SQUARE_LOG, GROWTH_CUBE,
    GROWTH_EXPONENTIAL, GROWTH_PIECEWISE, GROWTH_INCONCLUSIVE, GROWTH_CLASSES
};

enum basis {
    BASIS_1, BASIS_LG, BASIS_FLOOR_LG, BASIS_CEIL_LG, BASIS_N, BASIS_FLOOR_POWER, BASIS_CEIL_POWER, BASIS_N_LG,
    BASIS_N_FLOOR_LG, BASIS_N_CEIL_LG, BASIS_N2, BASIS_N2_LG, BASIS_N2_FLOOR_LG, BASIS_N2_CEIL_LG, BASIS_N3, BASIS_N4,
    BASIS_EXP, BASIS_COUNT
};

/* `rate` is what BASIS_EXP is a power of. */
long double basis_value(enum basis b, double n, double rate);
enum growth_class basis_class(enum basis b);     /* GROWTH_INCONCLUSIVE: above the classes */
const char *basis_text(enum basis b);            /* with n written as $ */
const char *growth_class_name(enum growth_class c);

#endif
