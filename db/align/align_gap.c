/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left between equal lines: statements that are broken into lines in another way, edited lines, and lines
 * without tokens.
 */
#include "db/align/align_parts.h"

#define EDITED_FROM 0.5          /* similarity of an edited line */
#define EDITED_ALONE_FROM 0.35   /* where one line stands against one */
#define WORD_WEIGHT 3u           /* a name says more than a comma */
#define PAIRS_MAX 250000         /* larger gaps hold other code, not edits */
enum { JOINED_MAX = 16 };        /* lines of one statement */

struct part {                    /* a line of the gap that nothing is linked to */
    int line;
    const struct align_line *l;
    uint32_t *bag;               /* its tokens, sorted */
    uint32_t weight;
};

struct gap {
    struct align_work *w;
    const int *text;
    VEC(struct part) parts[2];
};

static uint32_t weight_of(uint32_t token)
{
    return token & ALIGN_WORD ? WORD_WEIGHT : 1;
}

static int by_value(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static const uint32_t *tokens_of(const struct gap *g, int side, const struct align_line *l)
{
    return g->w->lexed[side][g->text[side]].tokens.items + l->first;
}

static void make_bag(const struct gap *g, int side, struct part *p)
{
    p->bag = xcalloc(p->l->count + 1, sizeof *p->bag);
    memcpy(p->bag, tokens_of(g, side, p->l), p->l->count * sizeof *p->bag);
    qsort(p->bag, p->l->count, sizeof *p->bag, by_value);
    for (uint32_t i = 0; i < p->l->count; i++)
        p->weight += weight_of(p->bag[i]);
}

/* Lines of the gap that are free, with tokens or without. */
static void collect(struct gap *g, int side, const int *lines, int count, bool with_tokens)
{
    vec_clear(&g->parts[side]);
    for (int i = 0; i < count; i++) {
        const struct align_line *l = align_line_of(g->w, side, g->text[side], lines[i]);
        if (l && (l->key != 0) == with_tokens && !align_linked(g->w, side, g->text[side], lines[i]))
            *vec_push(&g->parts[side]) = (struct part){.line = lines[i], .l = l};
    }
}

/* Dice's coefficient of two bags of tokens, by weight. */
static double similarity(const struct part *a, const struct part *b)
{
    uint32_t common = 0;
    for (uint32_t i = 0, j = 0; i < a->l->count && j < b->l->count;) {
        uint32_t x = a->bag[i], y = b->bag[j];
        common += x == y ? weight_of(x) : 0;
        i += x <= y;
        j += y <= x;
    }
    return 2.0 * common / (a->weight + b->weight);
}

/* Walks both sides token by token from parts i and j on. True where both reach the end of a line at once, after more
 * than one line; taken[] says how many. */
static bool same_stream(const struct gap *g, size_t i, size_t j, size_t taken[2])
{
    size_t at[2] = {i, j};
    uint32_t token[2] = {0, 0};
    for (;;) {
        const struct align_line *l[2];
        for (int side = 0; side < 2; side++) {
            if (at[side] >= g->parts[side].count || at[side] - (side ? j : i) >= JOINED_MAX)
                return false;
            l[side] = g->parts[side].items[at[side]].l;
        }
        if (tokens_of(g, 0, l[0])[token[0]++] != tokens_of(g, 1, l[1])[token[1]++])
            return false;
        for (int side = 0; side < 2; side++)
            if (token[side] == l[side]->count) {
                at[side]++;
                token[side] = 0;
            }
        if (!token[0] && !token[1]) {
            taken[0] = at[0] - i;
            taken[1] = at[1] - j;
            return taken[0] + taken[1] > 2;
        }
    }
}

/* Links each line to the one on the other side where its first token is. */
static void link_stream(const struct gap *g, size_t i, size_t j, const size_t taken[2])
{
    size_t start[2] = {i, j};
    for (int side = 0; side < 2; side++) {
        const struct part *mine = &g->parts[side].items[start[side]], *other = &g->parts[!side].items[start[!side]];
        uint32_t position = 0, end = 0;
        for (size_t k = 0, o = 0; k < taken[side]; position += mine[k++].l->count) {
            while (end + other[o].l->count <= position)
                end += other[o++].l->count;
            *align_slot(g->w, side, g->text[side], mine[k].line) =
                (struct align_link){g->text[!side], other[o].line, ALIGN_SAME};
        }
    }
}

static void reformatted(struct gap *g)
{
    if (g->parts[0].count * g->parts[1].count > PAIRS_MAX)
        return;
    for (size_t i = 0, from = 0; i < g->parts[0].count; i++)
        for (size_t j = from; j < g->parts[1].count; j++) {
            size_t taken[2];
            if (!same_stream(g, i, j, taken))
                continue;
            link_stream(g, i, j, taken);
            i += taken[0] - 1;
            from = j + taken[1];
            break;
        }
}

/* The in-order pairing with the largest sum of similarities (Needleman and Wunsch 1970, gaps free). */
static void edited(struct gap *g)
{
    size_t n = g->parts[0].count, m = g->parts[1].count, width = m + 1;
    if (!n || !m || n * m > PAIRS_MAX)
        return;
    double from = n == 1 && m == 1 ? EDITED_ALONE_FROM : EDITED_FROM;
    double *like = xcalloc(n * m, sizeof *like), *best = xcalloc((n + 1) * width, sizeof *best);
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < g->parts[side].count; i++)
            make_bag(g, side, &g->parts[side].items[i]);
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            like[i * m + j] = similarity(&g->parts[0].items[i], &g->parts[1].items[j]);
            double skip_a = best[(i + 1) * width + j], skip_b = best[i * width + j + 1];
            double both = like[i * m + j] >= from ? like[i * m + j] + best[(i + 1) * width + j + 1] : 0;
            best[i * width + j] = both > skip_a && both > skip_b ? both : skip_a > skip_b ? skip_a : skip_b;
        }
    for (size_t i = 0, j = 0; i < n && j < m;) {
        double here = best[i * width + j];
        if (here == best[(i + 1) * width + j])
            i++;
        else if (here == best[i * width + j + 1])
            j++;
        else
            align_join(g->w, g->text[0], g->parts[0].items[i++].line, g->text[1], g->parts[1].items[j++].line,
                       ALIGN_EDITED);
    }
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < g->parts[side].count; i++)
            free(g->parts[side].items[i].bag);
    free(like);
    free(best);
}

/* Braces, comments and empty lines, by their characters. */
static void tokenless(struct gap *g, bool moved)
{
    size_t n = g->parts[0].count, m = g->parts[1].count;
    if (!n || !m)
        return;
    uint64_t *a = xcalloc(n, sizeof *a), *b = xcalloc(m, sizeof *b);
    int *match = xcalloc(n, sizeof *match);
    for (size_t i = 0; i < n; i++)
        a[i] = g->parts[0].items[i].l->whole;
    for (size_t j = 0; j < m; j++)
        b[j] = g->parts[1].items[j].l->whole;
    align_diff(a, (int)n, b, (int)m, match);
    for (size_t i = 0; i < n; i++)
        if (match[i] >= 0)
            align_join(g->w, g->text[0], g->parts[0].items[i].line, g->text[1], g->parts[1].items[match[i]].line,
                       moved ? ALIGN_MOVED : ALIGN_SAME);
    free(a);
    free(b);
    free(match);
}

/* A gap: lines [start[s], end[s]) of the block's list. */
static void one_gap(struct align_work *w, const struct align_block *b, const int start[2], const int end[2])
{
    struct gap g = {.w = w, .text = b->text};
    for (int pass = 0; pass < 3; pass++) {
        for (int side = 0; side < 2; side++)
            collect(&g, side, b->lines[side].items + start[side], end[side] - start[side], pass < 2);
        if (pass == 0)
            reformatted(&g);
        else if (pass == 1)
            edited(&g);
        else
            tokenless(&g, b->moved);
    }
    for (int side = 0; side < 2; side++)
        vec_release(&g.parts[side]);
}

/* Where in the block's other list the line's partner is, -1 where it is elsewhere. */
static int position_of_partner(const struct align_work *w, const struct align_block *b, int i)
{
    struct align_link link = *align_slot(w, 0, b->text[0], b->lines[0].items[i]);
    if (link.text != b->text[1])
        return -1;
    size_t low = 0, high = b->lines[1].count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (b->lines[1].items[middle] < link.line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < b->lines[1].count && b->lines[1].items[low] == link.line ? (int)low : -1;
}

void align_gaps(struct align_work *w, const struct align_block *b)
{
    int count = (int)b->lines[0].count, start[2] = {0, 0};
    int *position = xcalloc((size_t)count + 1, sizeof *position);
    bool *anchor = xcalloc((size_t)count + 1, sizeof *anchor);
    for (int i = 0; i < count; i++)
        position[i] = position_of_partner(w, b, i);
    align_ascending(position, count, anchor);
    for (int i = 0; i <= count; i++) {
        if (i < count && !anchor[i])
            continue;
        int end[2] = {i, i < count ? position[i] : (int)b->lines[1].count};
        if (end[0] > start[0] && end[1] > start[1])
            one_gap(w, b, start, end);
        start[0] = end[0] + 1;
        start[1] = end[1] + 1;
    }
    free(position);
    free(anchor);
}
