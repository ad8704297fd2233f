/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/best.h"

#include <math.h>
#include <stdint.h>

static bool better(const struct best_option *a, const struct best_option *b, bool more_is_better)
{
    return more_is_better ? a->value > b->value : a->value < b->value;
}

bool best_find(const struct best_option *options, size_t count, bool more_is_better, struct best *out)
{
    size_t first = SIZE_MAX, second = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (isnan(options[i].value))
            continue;
        if (first == SIZE_MAX || better(&options[i], &options[first], more_is_better)) {
            second = first;
            first = i;
        } else if (second == SIZE_MAX || better(&options[i], &options[second], more_is_better)) {
            second = i;
        }
    }
    if (second == SIZE_MAX)
        return false;
    const struct best_option *a = &options[first], *b = &options[second];
    const struct best_option *less = more_is_better ? b : a, *more = more_is_better ? a : b;
    double factor = less->value > 0 ? more->value / less->value : more->value > 0 ? INFINITY : 1;
    bool sure = !isnan(a->low) && !isnan(b->low);
    *out = (struct best){first, second, factor, sure && less->high < more->low, sure};
    return true;
}
