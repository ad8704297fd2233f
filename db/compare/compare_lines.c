/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of two sides in one table, by the alignment.
 */
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare.h"

static size_t slot_of(const struct side *s, int text, int line)
{
    return s->texts.items[text].first_slot + (size_t)line;
}

static int function_of_line(const struct comparison *c, int side, int text, int line)
{
    int f = side_function_at(&c->side[side], text, line);
    return f < 0 ? -1 : c->function_of[side][f];
}

static void put_side(struct comparison *c, size_t row, int side, int text, int line)
{
    struct compare_line *l = &c->lines.items[row];
    struct side *s = &c->side[side];
    size_t slot = slot_of(s, text, line), runs = s->runs.count;
    l->text[side] = text;
    l->line[side] = line;
    l->state[side] = s->state[slot];
    l->hits[side] = s->hits + slot * runs;
    l->time[side] = s->time + slot * runs;
    l->allocs[side] = s->allocs + slot * runs;
    l->alloc_bytes[side] = s->alloc_bytes + slot * runs;
    c->line_of[side][slot] = (int)row;
}

static size_t add_row(struct comparison *c, int side, int text, int line, enum align_mark mark)
{
    struct compare_line *l = vec_push(&c->lines);
    size_t row = c->lines.count - 1;
    *l = (struct compare_line){.text = {-1, -1}, .mark = mark};
    l->function = function_of_line(c, side, text, line);
    put_side(c, row, side, text, line);
    return row;
}

void compare_free_line(struct compare_line *l, int side)
{
    free(l->hits[side]);
    free(l->time[side]);
    free(l->allocs[side]);
    free(l->alloc_bytes[side]);
}

/* The counts of a line and of a further one of its statement. */
static int64_t *sum(const int64_t *had, const int64_t *more, size_t runs)
{
    int64_t *counts = xcalloc(runs + 1, sizeof *counts);
    for (size_t r = 0; r < runs; r++)
        counts[r] = (had ? had[r] : 0) + more[r];
    return counts;
}

/* Adds a further line of a statement to the row of its first one: hits are those of the busiest line, all else adds
 * up. */
static void join(struct comparison *c, size_t row, int side, int text, int line)
{
    struct compare_line *l = &c->lines.items[row], had = *l;
    struct side *s = &c->side[side];
    size_t slot = slot_of(s, text, line), runs = s->runs.count;
    l->allocs[side] = sum(had.allocs[side], s->allocs + slot * runs, runs);
    l->alloc_bytes[side] = sum(had.alloc_bytes[side], s->alloc_bytes + slot * runs, runs);
    l->hits[side] = sum(NULL, s->hits + slot * runs, runs);
    l->time[side] = xcalloc(runs + 1, sizeof *l->time[side]);
    for (size_t r = 0; r < runs; r++) {
        int64_t hits = had.hits[side] ? had.hits[side][r] : 0;
        l->hits[side][r] = hits > l->hits[side][r] ? hits : l->hits[side][r];
        l->time[side][r] = (had.time[side] ? had.time[side][r] : 0) + s->time[slot * runs + r];
    }
    if (had.owned[side])
        compare_free_line(&had, side);
    l->owned[side] = l->joined = true;
    l->state[side] |= s->state[slot];
    c->line_of[side][slot] = (int)row;
}

static bool matters(const struct side *s, int text, int line)
{
    return s->state[slot_of(s, text, line)] & (SLOT_COUNTED | SLOT_TIMED | SLOT_ALLOCATED);
}

static bool is_mutual(const struct comparison *c, int side, int text, int line, struct align_link link)
{
    struct align_link back = align_link_of(&c->align, !side, link.text, link.line);
    return back.text == text && back.line == line;
}

/* The first pass makes rows of lines that stand for themselves, the second joins further lines of a statement. */
static void one_line(struct comparison *c, int side, int text, int line, int pass)
{
    struct align_link link = align_link_of(&c->align, side, text, line);
    bool mutual = link.text >= 0 && is_mutual(c, side, text, line, link);
    if (pass == 0 && (link.text < 0 || mutual)) {
        if (c->line_of[side][slot_of(&c->side[side], text, line)] >= 0)
            return;
        size_t row = add_row(c, side, text, line, link.mark);
        if (mutual)
            put_side(c, row, !side, link.text, link.line);
    } else if (pass == 1 && link.text >= 0 && !mutual) {
        int row = c->line_of[!side][slot_of(&c->side[!side], link.text, link.line)];
        join(c, row >= 0 ? (size_t)row : add_row(c, !side, link.text, link.line, link.mark), side, text, line);
    }
}

void compare_lines(struct comparison *c)
{
    for (int side = 0; side < 2; side++) {
        size_t count = c->side[side].slots + 1;
        c->line_of[side] = xcalloc(count, sizeof *c->line_of[side]);
        memset(c->line_of[side], 0xff, count * sizeof *c->line_of[side]);
    }
    for (int pass = 0; pass < 2; pass++)
        for (int side = AFTER; side >= BEFORE; side--)
            for (size_t t = 0; t < c->side[side].texts.count; t++)
                for (int line = 1; line <= c->side[side].texts.items[t].lines; line++)
                    if (matters(&c->side[side], (int)t, line))
                        one_line(c, side, (int)t, line, pass);
}
