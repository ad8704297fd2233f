/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/value.h"

enum { LONGEST_SUM = 12 };

static void push_term(value_terms *terms, int32_t factor, uint32_t counter)
{
    if (factor)
        *vec_push(terms) = (struct sites_term){factor, counter};
}

struct value value_combine(value_terms *terms, struct value a, int32_t sign, struct value b)
{
    if (a.state == UNKNOWN || b.state == UNKNOWN)
        return (struct value){UNKNOWN, 0, 0};
    if (b.state == DEAD)
        return a;
    if (a.state == DEAD && sign > 0)
        return b;
    uint32_t first = (uint32_t)terms->count, i = 0, j = 0;
    while (i < a.count || j < b.count) {
        struct sites_term x = i < a.count ? terms->items[a.first + i] : (struct sites_term){0, UINT32_MAX};
        struct sites_term y = j < b.count ? terms->items[b.first + j] : (struct sites_term){0, UINT32_MAX};
        uint32_t counter = x.counter < y.counter ? x.counter : y.counter;
        push_term(terms, (x.counter == counter ? x.factor : 0) + (y.counter == counter ? sign * y.factor : 0), counter);
        i += x.counter == counter;
        j += y.counter == counter;
    }
    uint32_t count = (uint32_t)terms->count - first;
    return (struct value){count > LONGEST_SUM ? UNKNOWN : KNOWN, first, count};
}

enum value_state value_worse(enum value_state a, enum value_state b)
{
    if (a == DEAD || b == DEAD)
        return DEAD;
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : KNOWN;
}
