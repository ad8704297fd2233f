/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which function is which: the same name in the same file, the same name elsewhere, else the same content.
 */
#include "db/align/align_parts.h"

#define RENAMED_FROM 0.5         /* common tokens of a renamed function */
#define SURE_FROM 0.95           /* so much in common that a short function will do */
enum { SHORT_TOKENS = 12 };      /* fewer common tokens may be chance */

struct body {                    /* a function that has no partner yet */
    int text, function;
    const char *name;
    VEC(struct align_line) lines;        /* by key, without the signature, whose name is another */
    uint32_t tokens;
    bool taken;
};

struct bodies {
    VEC(struct body) list;
};

struct pair {
    size_t at[2];
    double score;
};

struct pairs {
    VEC(struct pair) list;
};

static int by_name(const void *a, const void *b)
{
    const struct body *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    order = order ? order : x->text - y->text;
    return order ? order : x->function - y->function;
}

static int by_key(const void *a, const void *b)
{
    const struct align_line *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static int by_score(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->score != y->score)
        return (x->score < y->score) - (x->score > y->score);
    if (x->at[0] != y->at[0])
        return (x->at[0] > y->at[0]) - (x->at[0] < y->at[0]);
    return (x->at[1] > y->at[1]) - (x->at[1] < y->at[1]);
}

static void read_body(const struct align_work *w, int side, struct body *b)
{
    const struct align_function *f = &w->sides[side]->texts[b->text].functions[b->function];
    for (int line = f->line + 1; line <= f->last_line; line++) {
        const struct align_line *l = align_line_of(w, side, b->text, line);
        if (!l || !l->key)
            continue;
        *vec_push(&b->lines) = *l;
        b->tokens += l->count;
    }
    if (b->lines.count)
        qsort(b->lines.items, b->lines.count, sizeof *b->lines.items, by_key);
}

static void collect(const struct align_work *w, int side, struct bodies *out)
{
    for (size_t t = 0; t < w->sides[side]->count; t++)
        for (size_t f = 0; f < w->sides[side]->texts[t].function_count; f++) {
            struct body *b = vec_push(&out->list);
            b->text = (int)t;
            b->function = (int)f;
            b->name = w->sides[side]->texts[t].functions[f].name;
            read_body(w, side, b);
        }
    if (out->list.count)
        qsort(out->list.items, out->list.count, sizeof *out->list.items, by_name);
}

static uint32_t common_tokens(const struct body *a, const struct body *b)
{
    uint32_t common = 0;
    for (size_t i = 0, j = 0; i < a->lines.count && j < b->lines.count;) {
        uint64_t x = a->lines.items[i].key, y = b->lines.items[j].key;
        common += x == y ? a->lines.items[i].count : 0;
        i += x <= y;
        j += y <= x;
    }
    return common;
}

static double likeness(const struct body *a, const struct body *b, uint32_t *common)
{
    *common = common_tokens(a, b);
    return a->tokens + b->tokens ? 2.0 * *common / (a->tokens + b->tokens) : 0;
}

static bool same_file(const struct align_work *w, const struct body *a, const struct body *b)
{
    return w->out->file[0][a->text] == b->text;
}

/* Candidates of one name: in the same file before others, in the same line of an unchanged text before all. */
static void named(const struct align_work *w, struct bodies *of, struct pairs *p)
{
    size_t j = 0, group = 0, ends[2] = {of[0].list.count, of[1].list.count};
    for (size_t i = 0; i < ends[0]; i++) {
        const struct body *a = &of[0].list.items[i];
        while (group < ends[1] && strcmp(of[1].list.items[group].name, a->name) < 0)
            group++;
        for (j = group; j < ends[1] && strcmp(of[1].list.items[j].name, a->name) == 0; j++) {
            const struct body *b = &of[1].list.items[j];
            uint32_t common;
            bool unchanged = !a->lines.count && !b->lines.count &&
                             w->sides[0]->texts[a->text].functions[a->function].line ==
                                 w->sides[1]->texts[b->text].functions[b->function].line;
            double score = (same_file(w, a, b) ? 4 : 2) + unchanged + likeness(a, b, &common);
            *vec_push(&p->list) = (struct pair){{i, j}, score};
        }
    }
}

static void alike(const struct align_work *w, struct bodies *of, struct pairs *p)
{
    for (size_t i = 0; i < of[0].list.count; i++)
        for (size_t j = 0; !of[0].list.items[i].taken && j < of[1].list.count; j++) {
            const struct body *a = &of[0].list.items[i], *b = &of[1].list.items[j];
            if (b->taken || !a->tokens || !b->tokens)
                continue;
            uint32_t common;
            double like = likeness(a, b, &common);
            if (like >= SURE_FROM || (like >= RENAMED_FROM && common >= SHORT_TOKENS))
                *vec_push(&p->list) = (struct pair){{i, j}, like + (same_file(w, a, b) ? 0.01 : 0)};
        }
}

static void take(struct align_work *w, struct bodies *of, struct pairs *p)
{
    if (p->list.count)
        qsort(p->list.items, p->list.count, sizeof *p->list.items, by_score);
    for (size_t i = 0; i < p->list.count; i++) {
        struct body *a = &of[0].list.items[p->list.items[i].at[0]], *b = &of[1].list.items[p->list.items[i].at[1]];
        if (a->taken || b->taken)
            continue;
        a->taken = b->taken = true;
        *vec_push(&w->out->functions) = (struct align_match){
            {a->text, b->text}, {a->function, b->function}, strcmp(a->name, b->name) != 0, !same_file(w, a, b)};
    }
    vec_clear(&p->list);
}

static void leave_alone(struct align_work *w, int side, const struct bodies *of)
{
    for (size_t i = 0; i < of->list.count; i++) {
        const struct body *b = &of->list.items[i];
        if (b->taken)
            continue;
        struct align_match *m = vec_push(&w->out->functions);
        m->text[side] = b->text;
        m->function[side] = b->function;
        m->text[!side] = m->function[!side] = -1;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct align_match *x = a, *y = b;
    int side = x->function[0] < 0 || y->function[0] < 0;
    if (side && (x->function[0] < 0) != (y->function[0] < 0))
        return (x->function[0] < 0) - (y->function[0] < 0);
    return x->text[side] != y->text[side] ? x->text[side] - y->text[side] : x->function[side] - y->function[side];
}

/* Within a file those functions moved that are not in the longest run of functions that kept their order. */
static void find_moved(struct align_work *w)
{
    struct align_match *m = w->out->functions.items;
    int count = (int)w->out->functions.count;
    for (int start = 0, end; start < count; start = end) {
        for (end = start; end < count && m[end].text[0] == m[start].text[0]; end++)
            ;
        int *order = xcalloc((size_t)(end - start), sizeof *order);
        bool *keep = xcalloc((size_t)(end - start), sizeof *keep);
        for (int i = start; i < end; i++)
            order[i - start] = m[i].function[0] >= 0 && !m[i].moved ? m[i].function[1] : -1;
        align_ascending(order, end - start, keep);
        for (int i = start; i < end; i++)
            m[i].moved |= order[i - start] >= 0 && !keep[i - start];
        free(order);
        free(keep);
    }
}

void align_functions(struct align_work *w)
{
    struct bodies of[2] = {0};
    struct pairs p = {0};
    for (int side = 0; side < 2; side++)
        collect(w, side, &of[side]);
    named(w, of, &p);
    take(w, of, &p);
    alike(w, of, &p);
    take(w, of, &p);
    for (int side = 0; side < 2; side++)
        leave_alone(w, side, &of[side]);
    if (w->out->functions.count)
        qsort(w->out->functions.items, w->out->functions.count, sizeof *w->out->functions.items, by_place);
    find_moved(w);
    vec_release(&p.list);
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < of[side].list.count; i++)
            vec_release(&of[side].list.items[i].lines);
        vec_release(&of[side].list);
    }
}
