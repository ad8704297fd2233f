/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks that moved: a line that is the only one of its kind left on both sides begins a block, which grows in both
 * directions while lines are equal. Short blocks elsewhere are chance and stay what they are.
 */
#include "db/align/align_parts.h"

/* Blocks with fewer tokens are no sign of a move: elsewhere, and within one function. */
enum { FEW_TOKENS = 6, FEW_TOKENS_INSIDE = 3 };

struct spot {
    uint64_t key;
    int side, text, line;
};

struct spots {
    VEC(struct spot) list;
};

static int by_key(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;
    if (x->key != y->key)
        return (x->key > y->key) - (x->key < y->key);
    if (x->side != y->side)
        return x->side - y->side;
    return x->text != y->text ? x->text - y->text : x->line - y->line;
}

static void collect(const struct align_work *w, int side, struct spots *out)
{
    for (size_t t = 0; t < w->sides[side]->count; t++)
        for (size_t i = 0; i < w->lexed[side][t].lines.count; i++) {
            uint64_t key = w->lexed[side][t].lines.items[i].key;
            if (key && !align_linked(w, side, (int)t, (int)i + 1))
                *vec_push(&out->list) = (struct spot){key, side, (int)t, (int)i + 1};
        }
}

/* Are the lines free, and equal in their tokens or, without any, in their characters? */
static bool equal(const struct align_work *w, const struct spot *a, const struct spot *b, int distance)
{
    const struct align_line *x = align_line_of(w, 0, a->text, a->line + distance);
    const struct align_line *y = align_line_of(w, 1, b->text, b->line + distance);
    if (!x || !y || align_linked(w, 0, a->text, a->line + distance) || align_linked(w, 1, b->text, b->line + distance))
        return false;
    return x->key == y->key && (x->key || x->whole == y->whole);
}

/* Are the lines in one function, in both versions of it? */
static bool inside_one(const struct align_work *w, const struct spot *a, const struct spot *b)
{
    for (size_t i = 0; i < w->out->functions.count; i++) {
        const struct align_match *m = &w->out->functions.items[i];
        if (m->text[0] != a->text || m->text[1] != b->text || m->function[0] < 0 || m->function[1] < 0)
            continue;
        const struct align_function *f = &w->sides[0]->texts[a->text].functions[m->function[0]];
        const struct align_function *g = &w->sides[1]->texts[b->text].functions[m->function[1]];
        if (a->line >= f->line && a->line <= f->last_line && b->line >= g->line && b->line <= g->last_line)
            return true;
    }
    return false;
}

static void move(struct align_work *w, const struct spot *a, const struct spot *b)
{
    int up = 0, down = 0;
    uint32_t tokens = 0;
    if (!equal(w, a, b, 0))
        return;                  /* part of a block by now */
    while (equal(w, a, b, up - 1))
        up--;
    while (equal(w, a, b, down + 1))
        down++;
    for (int d = up; d <= down; d++)
        tokens += align_line_of(w, 0, a->text, a->line + d)->count;
    if (tokens < FEW_TOKENS_INSIDE || (tokens < FEW_TOKENS && !inside_one(w, a, b)))
        return;
    for (int d = up; d <= down; d++)
        align_join(w, a->text, a->line + d, b->text, b->line + d, ALIGN_MOVED);
}

void align_moves(struct align_work *w)
{
    struct spots s = {0};
    collect(w, 0, &s);
    collect(w, 1, &s);
    if (s.list.count)
        qsort(s.list.items, s.list.count, sizeof *s.list.items, by_key);
    for (size_t start = 0, end; start < s.list.count; start = end) {
        for (end = start; end < s.list.count && s.list.items[end].key == s.list.items[start].key; end++)
            ;
        const struct spot *a = &s.list.items[start], *b = a + 1;
        if (end - start == 2 && a->side == 0 && b->side == 1)
            move(w, a, b);
    }
    vec_release(&s.list);
}
