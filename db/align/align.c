/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/align/align.h"

#include "db/align/align_parts.h"

const char align_marks[6] = "=~+->";

const struct align_line *align_line_of(const struct align_work *w, int side, int text, int line)
{
    const struct align_tokens *t = &w->lexed[side][text];
    return line >= 1 && (size_t)line <= t->lines.count ? &t->lines.items[line - 1] : NULL;
}

struct align_link *align_slot(const struct align_work *w, int side, int text, int line)
{
    return &w->out->of[side][text].links[line];
}

bool align_linked(const struct align_work *w, int side, int text, int line)
{
    return align_slot(w, side, text, line)->text >= 0;
}

void align_join(struct align_work *w, int text0, int line0, int text1, int line1, enum align_mark mark)
{
    *align_slot(w, 0, text0, line0) = (struct align_link){text1, line1, mark};
    *align_slot(w, 1, text1, line1) = (struct align_link){text0, line0, mark};
}

/* Patience sorting: top[k] is the index that ends the lowest run of k + 1 values. */
void align_ascending(const int *values, int count, bool *keep)
{
    int *top = xcalloc((size_t)count + 1, sizeof *top), *before = xcalloc((size_t)count + 1, sizeof *before), len = 0;
    for (int i = 0; i < count; i++) {
        int low = 0, high = len;
        keep[i] = false;
        if (values[i] < 0)
            continue;
        while (low < high) {
            int middle = (low + high) / 2;
            if (values[top[middle]] < values[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? top[low - 1] : -1;
        top[low] = i;
        len += low == len;
    }
    for (int i = len ? top[len - 1] : -1; i >= 0; i = before[i])
        keep[i] = true;
    free(top);
    free(before);
}

static int lines_in(const char *text, size_t len)
{
    int count = len && text[len - 1] != '\n';
    for (const char *at = text; len && (at = memchr(at, '\n', (size_t)(text + len - at))); at++)
        count++;
    return count;
}

static void prepare(struct align_work *w, int side)
{
    const struct align_side *s = w->sides[side];
    w->lexed[side] = xcalloc(s->count + 1, sizeof *w->lexed[side]);
    w->out->of[side] = xcalloc(s->count + 1, sizeof *w->out->of[side]);
    w->out->file[side] = xcalloc(s->count + 1, sizeof *w->out->file[side]);
    w->out->text_count[side] = s->count;
    for (size_t t = 0; t < s->count; t++) {
        const struct align_text *text = &s->texts[t];
        struct align_lines *of = &w->out->of[side][t];
        of->count = text->text ? lines_in(text->text, text->len) : 0;
        for (size_t f = 0; f < text->function_count; f++)
            if (text->functions[f].last_line > of->count)
                of->count = text->functions[f].last_line;
        of->links = xcalloc((size_t)of->count + 1, sizeof *of->links);
        for (int i = 0; i <= of->count; i++)
            of->links[i] = (struct align_link){-1, 0, side == ALIGN_BEFORE ? ALIGN_GONE : ALIGN_NEW};
        w->out->file[side][t] = -1;
    }
}

void align_block_lines(struct align_work *w, const struct align_block *b)
{
    uint64_t *keys[2];
    int *lines[2], n[2] = {0, 0};
    for (int side = 0; side < 2; side++) {
        keys[side] = xcalloc(b->lines[side].count + 1, sizeof *keys[side]);
        lines[side] = xcalloc(b->lines[side].count + 1, sizeof *lines[side]);
        for (size_t i = 0; i < b->lines[side].count; i++) {
            int line = b->lines[side].items[i];
            const struct align_line *l = align_line_of(w, side, b->text[side], line);
            if (!l || !l->key)
                continue;
            keys[side][n[side]] = l->key;
            lines[side][n[side]++] = line;
        }
    }
    int *match = xcalloc((size_t)n[0] + 1, sizeof *match);
    align_diff(keys[0], n[0], keys[1], n[1], match);
    for (int i = 0; i < n[0]; i++)
        if (match[i] >= 0)
            align_join(w, b->text[0], lines[0][i], b->text[1], lines[1][match[i]], b->moved ? ALIGN_MOVED : ALIGN_SAME);
    for (int side = 0; side < 2; side++) {
        free(keys[side]);
        free(lines[side]);
    }
    free(match);
}

struct blocks {
    VEC(struct align_block) list;
};

/* The lines of a function that no function before it has. */
static void function_lines(const struct align_work *w, const struct align_match *m, int side, struct align_block *b)
{
    const struct align_function *f = &w->sides[side]->texts[m->text[side]].functions[m->function[side]];
    for (int line = f->line; line <= f->last_line; line++)
        *vec_push(&b->lines[side]) = line;
}

static void outside_lines(const struct align_work *w, int side, int text, struct align_block *b)
{
    const struct align_text *t = &w->sides[side]->texts[text];
    size_t f = 0;
    for (int line = 1; line <= w->out->of[side][text].count; line++) {
        while (f < t->function_count && t->functions[f].last_line < line)
            f++;
        if (f == t->function_count || line < t->functions[f].line)
            *vec_push(&b->lines[side]) = line;
    }
}

/* Texts that are the same byte by byte, and functions without a text. */
static void by_number(struct align_work *w, const struct align_block *b)
{
    for (size_t i = 0; i < b->lines[0].count && i < b->lines[1].count; i++)
        align_join(w, b->text[0], b->lines[0].items[i], b->text[1], b->lines[1].items[i],
                   b->moved ? ALIGN_MOVED : ALIGN_SAME);
}

static bool has_tokens(const struct align_work *w, const struct align_block *b)
{
    return w->lexed[0][b->text[0]].lines.count && w->lexed[1][b->text[1]].lines.count;
}

static void find_blocks(struct align_work *w, struct blocks *out)
{
    for (size_t i = 0; i < w->out->functions.count; i++) {
        const struct align_match *m = &w->out->functions.items[i];
        if (m->function[0] < 0 || m->function[1] < 0)
            continue;
        struct align_block *b = vec_push(&out->list);
        *b = (struct align_block){.text = {m->text[0], m->text[1]}, .moved = m->moved};
        function_lines(w, m, 0, b);
        function_lines(w, m, 1, b);
    }
    for (size_t t = 0; t < w->sides[0]->count; t++) {
        int other = w->out->file[0][t];
        if (other < 0)
            continue;
        struct align_block *b = vec_push(&out->list);
        *b = (struct align_block){.text = {(int)t, other}};
        outside_lines(w, 0, (int)t, b);
        outside_lines(w, 1, other, b);
    }
}

static void mark_layout(struct align_work *w)
{
    for (int side = 0; side < 2; side++)
        for (size_t t = 0; t < w->sides[side]->count; t++)
            for (size_t i = 0; i < w->lexed[side][t].lines.count; i++)
                if (w->lexed[side][t].lines.items[i].layout && !align_linked(w, side, (int)t, (int)i + 1))
                    align_slot(w, side, (int)t, (int)i + 1)->mark = ALIGN_SAME;
}

static void align_all(struct align_work *w)
{
    struct blocks blocks = {0};
    find_blocks(w, &blocks);
    for (size_t i = 0; i < blocks.list.count; i++) {
        if (has_tokens(w, &blocks.list.items[i]))
            align_block_lines(w, &blocks.list.items[i]);
        else
            by_number(w, &blocks.list.items[i]);
    }
    align_moves(w);
    for (size_t i = 0; i < blocks.list.count; i++)
        if (has_tokens(w, &blocks.list.items[i]))
            align_gaps(w, &blocks.list.items[i]);
    mark_layout(w);
    for (size_t i = 0; i < blocks.list.count; i++)
        for (int side = 0; side < 2; side++)
            vec_release(&blocks.list.items[i].lines[side]);
    vec_release(&blocks.list);
}

void align_sides(const struct align_side *before, const struct align_side *after, struct align *out)
{
    *out = (struct align){0};
    struct align_work w = {.sides = {before, after}, .out = out};
    for (int side = 0; side < 2; side++)
        prepare(&w, side);
    align_files(&w);
    align_functions(&w);
    align_all(&w);
    for (int side = 0; side < 2; side++) {
        for (size_t t = 0; t < w.sides[side]->count; t++) {
            vec_release(&w.lexed[side][t].lines);
            vec_release(&w.lexed[side][t].tokens);
        }
        free(w.lexed[side]);
    }
}

void align_release(struct align *a)
{
    for (int side = 0; side < 2; side++) {
        for (size_t t = 0; t < a->text_count[side]; t++)
            free(a->of[side][t].links);
        free(a->of[side]);
        free(a->file[side]);
    }
    vec_release(&a->functions);
    *a = (struct align){0};
}

struct align_link align_link_of(const struct align *a, int side, int text, int line)
{
    const struct align_lines *of = &a->of[side][text];
    if (line < 1 || line > of->count)
        return (struct align_link){-1, 0, side == ALIGN_BEFORE ? ALIGN_GONE : ALIGN_NEW};
    return of->links[line];
}
