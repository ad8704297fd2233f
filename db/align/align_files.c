/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which file is which: the same path, else the longest common end of the path (the same project in another folder),
 * else, for what is left, the content (renamed).
 */
#include "db/align/align_parts.h"

#define RENAMED_FROM 0.5         /* common lines of a renamed file; git's default as well */

struct pair {
    int text[2];
    double score;
};

struct pairs {
    VEC(struct pair) list;
};

static int by_score(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->score != y->score)
        return (x->score < y->score) - (x->score > y->score);
    return x->text[0] != y->text[0] ? x->text[0] - y->text[0] : x->text[1] - y->text[1];
}

/* How many components the paths have in common at their ends. */
static int common_tail(const char *a, const char *b)
{
    const char *x = a + strlen(a), *y = b + strlen(b);
    int components = 0;
    while (x > a && y > b && x[-1] == y[-1]) {
        x--;
        y--;
        components += *x == '/';
    }
    bool whole = (x == a || x[-1] == '/') && (y == b || y[-1] == '/') && *x != '/' && *x;
    return components + whole;
}

/* Best pairs first, each text once. */
static void take(struct align_work *w, struct pairs *p)
{
    if (p->list.count)
        qsort(p->list.items, p->list.count, sizeof *p->list.items, by_score);
    for (size_t i = 0; i < p->list.count; i++) {
        const struct pair *pair = &p->list.items[i];
        int *before = &w->out->file[0][pair->text[0]], *after = &w->out->file[1][pair->text[1]];
        if (*before >= 0 || *after >= 0)
            continue;
        *before = pair->text[1];
        *after = pair->text[0];
    }
    vec_clear(&p->list);
}

static void by_path(struct align_work *w, struct pairs *p)
{
    for (size_t i = 0; i < w->sides[0]->count; i++)
        for (size_t j = 0; j < w->sides[1]->count; j++) {
            const char *a = w->sides[0]->texts[i].path, *b = w->sides[1]->texts[j].path;
            int tail = common_tail(a, b);
            if (tail)
                *vec_push(&p->list) = (struct pair){{(int)i, (int)j}, strcmp(a, b) == 0 ? 1e9 : tail};
        }
}

static int by_key(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The keys of a text's lines, sorted; yours to free. */
static uint64_t *keys_of(const struct align_tokens *t, size_t *count)
{
    uint64_t *keys = xcalloc(t->lines.count + 1, sizeof *keys);
    *count = 0;
    for (size_t i = 0; i < t->lines.count; i++)
        if (t->lines.items[i].key)
            keys[(*count)++] = t->lines.items[i].key;
    qsort(keys, *count, sizeof *keys, by_key);
    return keys;
}

static double content_in_common(const struct align_tokens *a, const struct align_tokens *b)
{
    size_t n, m, i = 0, j = 0, common = 0;
    uint64_t *x = keys_of(a, &n), *y = keys_of(b, &m);
    while (i < n && j < m) {
        common += x[i] == y[j];
        bool first = x[i] <= y[j], second = y[j] <= x[i];
        i += first;
        j += second;
    }
    free(x);
    free(y);
    return n + m ? 2.0 * (double)common / (double)(n + m) : 0;
}

static void by_content(struct align_work *w, struct pairs *p)
{
    for (size_t i = 0; i < w->sides[0]->count; i++)
        for (size_t j = 0; j < w->sides[1]->count; j++) {
            if (w->out->file[0][i] >= 0 || w->out->file[1][j] >= 0)
                continue;
            double common = content_in_common(&w->lexed[0][i], &w->lexed[1][j]);
            if (common >= RENAMED_FROM)
                *vec_push(&p->list) = (struct pair){{(int)i, (int)j}, common};
        }
}

static void lex(struct align_work *w, int side, int text)
{
    const struct align_text *t = &w->sides[side]->texts[text];
    int partner = w->out->file[side][text];
    const struct align_text *other = partner >= 0 ? &w->sides[!side]->texts[partner] : NULL;
    if (!t->text || (other && other->text && other->len == t->len && memcmp(other->text, t->text, t->len) == 0))
        return;
    align_lex(t->text, t->len, &w->lexed[side][text]);
}

void align_files(struct align_work *w)
{
    struct pairs p = {0};
    by_path(w, &p);
    take(w, &p);
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < w->sides[side]->count; i++)
            lex(w, side, (int)i);
    by_content(w, &p);
    take(w, &p);
    vec_release(&p.list);
}
