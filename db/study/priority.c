/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/priority.h"

#include <math.h>
#include <string.h>

const char *const priority_rules[PRIORITY_RULES] = {
    "Score: impact x ease; high from 30, medium from 10.",
    "Impact: share of the time, x 1.5 if it grows with n^2, x 2 with n^3 or 2^n; 100 at most.",
    "Ease: 1, 1/2 or 1/4 for low, medium or high effort, 1/2 where the study's file gives none."};

enum growth_class priority_class(const char *text)
{
    const char *range = strstr(text, "..");
    size_t len = range ? (size_t)(range - text) : strlen(text);
    for (int c = GROWTH_CONSTANT; c < GROWTH_INCONCLUSIVE; c++) {
        const char *name = growth_class_name((enum growth_class)c);
        if (strlen(name) == len && strncmp(name, text, len) == 0)
            return (enum growth_class)c;
    }
    return GROWTH_INCONCLUSIVE;
}

static double growth_weight(enum growth_class c)
{
    if (c == GROWTH_SQUARE || c == GROWTH_SQUARE_LOG)
        return 1.5;
    return c == GROWTH_CUBE || c == GROWTH_EXPONENTIAL ? 2 : 1;
}

double priority_score(double share, enum growth_class class, enum effort effort)
{
    static const double ease[] = {[EFFORT_UNKNOWN] = .5, [EFFORT_LOW] = 1, [EFFORT_MEDIUM] = .5, [EFFORT_HIGH] = .25};
    return isnan(share) ? 0 : 100 * fmin(1, share * growth_weight(class)) * ease[effort];
}

const char *priority_word(double score)
{
    return score >= PRIORITY_HIGH ? "high" : score >= PRIORITY_MEDIUM ? "medium" : "low";
}
