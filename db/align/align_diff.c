/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Histogram diff (as in JGit, S. Pearce 2010; git diff --histogram): in a region take the longest run of equal elements
 * around the rarest one, then do the same left and right of it. Elements that are frequent everywhere are left to an
 * ordinary longest common subsequence where that is cheap.
 */
#include "db/align/align_parts.h"

enum { CHAIN_MAX = 64 };         /* elements that are more frequent cannot begin a run; as JGit */
#define CELLS_MAX 4000000u       /* of the table for a longest common subsequence */

struct region {
    int a, a_end, b, b_end;      /* ends excluded */
};

struct run {
    int a, b, len, rarity;
};

struct diff {
    const uint64_t *a, *b;
    int *match;
    int *head, *next, *count;    /* head, count: by slot of the hash table; next: by element of a */
    uint64_t *keys;
    size_t slots;
    VEC(struct region) todo;
};

static size_t slot_of(const struct diff *d, uint64_t key)
{
    size_t at = (size_t)(key >> 20) & (d->slots - 1);
    while (d->count[at] && d->keys[at] != key)
        at = (at + 1) & (d->slots - 1);
    return at;
}

static void index_region(struct diff *d, struct region r)
{
    d->slots = 16;
    while (d->slots < 2 * (size_t)(r.a_end - r.a))
        d->slots *= 2;
    memset(d->count, 0, d->slots * sizeof *d->count);
    for (int i = r.a_end - 1; i >= r.a; i--) {
        size_t slot = slot_of(d, d->a[i]);
        d->next[i] = d->count[slot] ? d->head[slot] : -1;
        d->head[slot] = i;
        d->keys[slot] = d->a[i];
        d->count[slot]++;
    }
}

/* The run of equal elements around a[i] and b[j]. */
static struct run extend(const struct diff *d, struct region r, int i, int j)
{
    struct run run = {i, j, 1, d->count[slot_of(d, d->a[i])]};
    while (run.a > r.a && run.b > r.b && d->a[run.a - 1] == d->b[run.b - 1]) {
        run.a--;
        run.b--;
    }
    run.len = i - run.a + 1;
    while (run.a + run.len < r.a_end && run.b + run.len < r.b_end && d->a[run.a + run.len] == d->b[run.b + run.len])
        run.len++;
    for (int k = 0; k < run.len; k++) {
        int count = d->count[slot_of(d, d->a[run.a + k])];
        run.rarity = count < run.rarity ? count : run.rarity;
    }
    return run;
}

static struct run best_run(const struct diff *d, struct region r, bool *frequent)
{
    struct run best = {.len = 0, .rarity = CHAIN_MAX + 1};
    for (int j = r.b; j < r.b_end;) {
        size_t slot = slot_of(d, d->b[j]);
        int next_j = j + 1;
        *frequent |= d->count[slot] > CHAIN_MAX;
        bool usable = d->count[slot] && d->count[slot] <= best.rarity && d->count[slot] <= CHAIN_MAX;
        for (int i = usable ? d->head[slot] : -1; i >= 0; i = d->next[i]) {
            struct run run = extend(d, r, i, j);
            if (run.rarity < best.rarity || (run.rarity == best.rarity && run.len > best.len))
                best = run;
            if (run.b + run.len > next_j)
                next_j = run.b + run.len;
        }
        j = next_j;
    }
    return best;
}

/* Longest common subsequence by the table of Wagner and Fischer (1974). */
static void common_subsequence(struct diff *d, struct region r)
{
    size_t n = (size_t)(r.a_end - r.a), m = (size_t)(r.b_end - r.b), width = m + 1;
    if (n * m > CELLS_MAX)
        return;
    uint32_t *best = xcalloc((n + 1) * width, sizeof *best);
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            uint32_t skip_a = best[(i + 1) * width + j], skip_b = best[i * width + j + 1];
            bool equal = d->a[(size_t)r.a + i] == d->b[(size_t)r.b + j];
            best[i * width + j] = equal ? best[(i + 1) * width + j + 1] + 1 : skip_a > skip_b ? skip_a : skip_b;
        }
    for (size_t i = 0, j = 0; i < n && j < m;) {
        if (d->a[(size_t)r.a + i] == d->b[(size_t)r.b + j])
            d->match[(size_t)r.a + i++] = r.b + (int)j++;
        else if (best[(i + 1) * width + j] >= best[i * width + j + 1])
            i++;
        else
            j++;
    }
    free(best);
}

static struct region trim(struct diff *d, struct region r)
{
    while (r.a < r.a_end && r.b < r.b_end && d->a[r.a] == d->b[r.b])
        d->match[r.a++] = r.b++;
    while (r.a < r.a_end && r.b < r.b_end && d->a[r.a_end - 1] == d->b[r.b_end - 1])
        d->match[--r.a_end] = --r.b_end;
    return r;
}

static void one_region(struct diff *d, struct region whole)
{
    bool frequent = false;
    struct region r = trim(d, whole);
    if (r.a == r.a_end || r.b == r.b_end)
        return;
    index_region(d, r);
    struct run run = best_run(d, r, &frequent);
    if (!run.len) {
        if (frequent)
            common_subsequence(d, r);
        return;
    }
    for (int k = 0; k < run.len; k++)
        d->match[run.a + k] = run.b + k;
    *vec_push(&d->todo) = (struct region){r.a, run.a, r.b, run.b};
    *vec_push(&d->todo) = (struct region){run.a + run.len, r.a_end, run.b + run.len, r.b_end};
}

void align_diff(const uint64_t *a, int n, const uint64_t *b, int m, int *match)
{
    size_t most = 16;
    while (most < 2 * (size_t)n)
        most *= 2;
    struct diff d = {.a = a, .b = b, .match = match};
    d.next = xcalloc((size_t)n + 1, sizeof *d.next);
    d.head = xcalloc(most, sizeof *d.head);
    d.count = xcalloc(most, sizeof *d.count);
    d.keys = xcalloc(most, sizeof *d.keys);
    for (int i = 0; i < n; i++)
        match[i] = -1;
    *vec_push(&d.todo) = (struct region){0, n, 0, m};
    while (d.todo.count)
        one_region(&d, d.todo.items[--d.todo.count]);
    vec_release(&d.todo);
    free(d.next);
    free(d.head);
    free(d.count);
    free(d.keys);
}
