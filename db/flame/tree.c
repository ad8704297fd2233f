/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/flame/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/flame/parts.h"
#include "db/store.h"

void flame_init(struct flame_tree *t)
{
    *t = (struct flame_tree){0};
    struct flame_node *all = vec_push(&t->nodes);
    all->name = str_copy("all");
    all->file = str_copy("");
}

void flame_release(struct flame_tree *t)
{
    for (size_t i = 0; i < t->nodes.count; i++) {
        free(t->nodes.items[i].name);
        free(t->nodes.items[i].file);
    }
    vec_release(&t->nodes);
    free(t->slots);
}

static uint64_t add_text(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return hash;
}

/* Functions are the same by name: their file may have another path in the build that is compared with. */
static bool same(const struct flame_node *n, uint32_t parent, const char *name, const char *file, int64_t line)
{
    return n->parent == parent && n->line == line && strcmp(n->name, name) == 0 &&
           (!line || strcmp(n->file, file) == 0);
}

static uint32_t *slot(struct flame_tree *t, uint32_t parent, const char *name, const char *file, int64_t line)
{
    uint64_t hash = add_text(add_text(0xcbf29ce484222325u ^ parent, name), line ? file : "");
    hash += (uint64_t)line * 0x9e3779b97f4a7c15u;
    for (size_t at = (size_t)(hash >> 11);; at++) {
        uint32_t *found = &t->slots[at & (t->slot_count - 1)];
        if (!*found || same(&t->nodes.items[*found], parent, name, file, line))
            return found;
    }
}

static void grow(struct flame_tree *t)
{
    free(t->slots);
    t->slot_count = t->slot_count ? t->slot_count * 2 : 1024;
    t->slots = xcalloc(t->slot_count, sizeof *t->slots);
    for (uint32_t i = 1; i < t->nodes.count; i++) {
        const struct flame_node *n = &t->nodes.items[i];
        *slot(t, n->parent, n->name, n->file, n->line) = i;
    }
}

uint32_t flame_child(struct flame_tree *t, uint32_t parent, const char *name, const char *file, int64_t line)
{
    if (t->nodes.count * 2 >= t->slot_count)
        grow(t);
    uint32_t *found = slot(t, parent, name, file, line);
    if (*found)
        return *found;
    *found = (uint32_t)t->nodes.count;
    struct flame_node *n = vec_push(&t->nodes);
    n->name = str_copy(name);
    n->file = str_copy(file);
    n->line = line;
    n->parent = parent;
    n->next = t->nodes.items[parent].child;
    t->nodes.items[parent].child = (uint32_t)t->nodes.count - 1;
    return (uint32_t)t->nodes.count - 1;
}

/* Where the function runs already, among the callers of `at` and `at` itself; 0: nowhere. */
static uint32_t running(const struct flame_tree *t, uint32_t at, const char *name)
{
    for (; at; at = t->nodes.items[at].parent)
        if (strcmp(t->nodes.items[at].name, name) == 0)
            return at;
    return 0;
}

uint32_t flame_called(struct flame_tree *t, uint32_t parent, const char *name, const char *file, int64_t line,
                      const struct flame_way *way)
{
    uint32_t at = way->fold ? running(t, parent, name) : 0;
    return at ? at : flame_child(t, parent, name, file, way->by == FLAME_BY_LINE ? line : 0);
}

/* Nodes of the store, by their number in the process at hand, to ours. */
struct numbers {
    VEC(uint32_t) ours;
    int64_t process;
};

static void load_stacks(struct flame_tree *t, struct sql *db, int side, double runs, const struct flame_way *way)
{
    struct sql_stmt *s = store_prepare(db, "flame_stacks");
    struct numbers numbers = {.process = -1};
    sql_bind_int(s, "side", side);
    while (sql_step(s)) {
        if (sql_int(s, 0) != numbers.process) {
            numbers.process = sql_int(s, 0);
            vec_clear(&numbers.ours);
            *vec_push(&numbers.ours) = 0;
        }
        uint32_t parent = numbers.ours.items[sql_int(s, 2)];
        uint32_t at = flame_called(t, parent, sql_text(s, 3), sql_text(s, 4), sql_int(s, 5), way);
        t->nodes.items[at].self[side] += sql_real(s, 6) / runs;
        t->nodes.items[at].outside = sql_int(s, 7);
        *vec_push(&numbers.ours) = at;
    }
    sql_done(s);
    vec_release(&numbers.ours);
}

void flame_load(struct flame_tree *t, struct sql *db, int side, size_t runs, enum flame_by by, enum flame_of of,
                bool fold)
{
    struct flame_way way = {by, fold};
    if (of == FLAME_TIME)
        load_stacks(t, db, side, (double)runs, &way);
    else
        flame_load_allocs(t, db, side, (double)runs, of, &way);
}

static int order(const struct flame_node *a, const struct flame_node *b)
{
    int names = strcmp(a->name, b->name), files = names ? names : strcmp(a->file, b->file);
    return files ? files : (a->line > b->line) - (a->line < b->line);
}

static int by_name(const void *a, const void *b, void *nodes)
{
    return order((struct flame_node *)nodes + *(const uint32_t *)a, (struct flame_node *)nodes + *(const uint32_t *)b);
}

static void sort_children(struct flame_tree *t, uint32_t parent)
{
    VEC(uint32_t) children = {0};
    for (uint32_t c = t->nodes.items[parent].child; c; c = t->nodes.items[c].next)
        *vec_push(&children) = c;
    if (children.count)
        qsort_r(children.items, children.count, sizeof *children.items, by_name, t->nodes.items);
    uint32_t *link = &t->nodes.items[parent].child;
    for (size_t i = 0; i < children.count; i++) {
        *link = children.items[i];
        link = &t->nodes.items[children.items[i]].next;
    }
    *link = 0;
    vec_release(&children);
}

void flame_sum(struct flame_tree *t)
{
    for (size_t i = t->nodes.count; i-- > 0;) {
        struct flame_node *n = &t->nodes.items[i];
        for (int side = 0; side < 2; side++) {
            n->total[side] += n->self[side];
            if (i)
                t->nodes.items[n->parent].total[side] += n->total[side];
        }
    }
    for (uint32_t i = 0; i < t->nodes.count; i++)
        sort_children(t, i);
}

bool flame_has_time(const struct flame_tree *t, const char *name, struct str *err)
{
    bool has = t->nodes.items[0].total[0] > 0;
    if (!has)
        str_addf(err, "%s has no samples: it ran too briefly, or with FARM_SAMPLER=none; farmdb doctor tells more",
                 name);
    return has;
}

void flame_label(const struct flame_node *n, struct str *out)
{
    str_add(out, n->name);
    if (n->line)
        str_addf(out, " (%s:%lld)", file_name(n->file), (long long)n->line);
}
