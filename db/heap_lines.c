/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/heap_lines.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "db/quantity.h"
#include "db/store.h"

void heap_lines_load(struct sql *db, struct heap_lines *out)
{
    *out = (struct heap_lines){0};
    struct sql_stmt *s = store_prepare(db, "heap_processes");
    int64_t *const numbers[] = {&out->processes, &out->ended, &out->peak_bytes, &out->several, &out->early,
                                &out->unfollowed, &out->unseen_frees, &out->own_allocator, &out->plugin};
    if (sql_step(s))
        for (int i = 0; i < (int)(sizeof numbers / sizeof *numbers); i++)
            *numbers[i] = sql_int(s, i);
    sql_done(s);
    s = store_prepare(db, "heap_lines");
    while (sql_step(s)) {
        struct heap_line *l = vec_push(&out->list);
        *l = (struct heap_line){.file = sql_int(s, 0), .line = sql_int(s, 2), .allocs = sql_int(s, 5),
                                .bytes = sql_int(s, 6), .frees = sql_int(s, 7), .temporary = sql_int(s, 8),
                                .failed = sql_int(s, 9), .peak_bytes = sql_int(s, 10), .at_peak_bytes = sql_int(s, 11),
                                .leaked_bytes = sql_int(s, 12), .leaked = sql_int(s, 13), .many = sql_int(s, 14) > 1};
        out->buffer_bytes += sql_int(s, 15);
        l->path = str_copy(sql_text(s, 1));
        l->function = str_copy(sql_text(s, 3));
        l->below = str_copy(sql_text(s, 4));
    }
    sql_done(s);
}

void heap_line_release(struct heap_line *l)
{
    free(l->path);
    free(l->function);
    free(l->below);
}

void heap_lines_release(struct heap_lines *h)
{
    for (size_t i = 0; i < h->list.count; i++)
        heap_line_release(&h->list.items[i]);
    vec_release(&h->list);
}

void heap_lines_must_be(const struct heap_lines *h)
{
    if (!h->processes)
        die(EXIT_UNDECIDED, "allocations were not counted in this run: FARM_HEAP=off, a sanitizer, or a program that "
                            "was linked without farmcc");
}

void heap_lines_words(const struct heap_lines *h, const struct selection *s, bool leaks, struct doc *d)
{
    if (s->processes > h->processes)
        doc_foot(d, "%lld of %lld processes did not count allocations", (long long)(s->processes - h->processes),
                 (long long)s->processes);
    if (h->processes > h->ended)
        doc_foot(d, h->processes - h->ended == 1
                     ? "%lld of %lld processes did not end by itself (killed, or became another program): what it held "
                       "then is no leak"
                     : "%lld of %lld processes did not end by themselves (killed, or became another program): what "
                       "they held then is no leak",
                 (long long)(h->processes - h->ended), (long long)h->processes);
    if (h->unfollowed)
        doc_foot(d, "%lld allocations could not be followed, for lack of memory: they count as freed",
                 (long long)h->unfollowed);
    if (h->own_allocator || h->plugin)
        doc_foot(d, h->own_allocator ? "the program has an allocator of its own: what libraries call is not seen, and "
                                       "what they free may look leaked"
                                     : "only the calls of an instrumented library are seen: what others free may look "
                                       "leaked");
    if (h->buffer_bytes) {
        struct str text = STR_INIT;
        quantity_bytes(&text, (double)h->buffer_bytes);
        doc_foot(d, "%s in buffers of streams, which the C library keeps until the end, are no leak", text.data);
        str_release(&text);
    }
    if (h->several && !leaks)
        doc_foot(d, "several threads allocated: peaks may be a 64th too low, and 64 kB a thread too high");
    if (h->early && !leaks)
        doc_foot(d, "%lld allocations before the first instrumented code ran are not included", (long long)h->early);
}

static const struct key {
    const char *name;
    size_t offset;
} keys[] = {
    {"bytes", offsetof(struct heap_line, bytes)}, {"allocs", offsetof(struct heap_line, allocs)},
    {"peak", offsetof(struct heap_line, at_peak_bytes)}, {"own-peak", offsetof(struct heap_line, peak_bytes)},
    {"leaked", offsetof(struct heap_line, leaked_bytes)}, {"temporary", offsetof(struct heap_line, temporary)},
};

static size_t wanted;            /* offset of the figure to sort by: qsort has no room for it */

static int64_t figure(const struct heap_line *l)
{
    return *(const int64_t *)((const char *)l + wanted);
}

static int order(const void *a, const void *b)
{
    const struct heap_line *x = a, *y = b;
    if (figure(x) != figure(y))
        return figure(x) < figure(y) ? 1 : -1;
    if (x->bytes != y->bytes)
        return x->bytes < y->bytes ? 1 : -1;
    int path = strcmp(x->path, y->path);
    if (path)
        return path;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : strcmp(x->below, y->below);
}

bool heap_lines_sort(struct heap_lines *h, const char *key)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].name, key) == 0) {
            wanted = keys[i].offset;
            if (h->list.count)
                qsort(h->list.items, h->list.count, sizeof *h->list.items, order);
            return true;
        }
    return false;
}
