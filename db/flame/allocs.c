/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Allocations as a tree. How many a line made is known exactly, on which stacks by the stacks of some: so the line's
 * allocations are given to the stacks that end in it, in proportion, those through a library to the stacks through that
 * library, which know what was called there. A line of which no stack was kept has no callers.
 */
#include <stdlib.h>
#include <string.h>

#include "db/flame/parts.h"
#include "db/store.h"

struct place {                   /* a line, or all lines of a function where `line` is 0 */
    int64_t function, file, line;
};

struct node {                    /* of the store; its number is its index + 1 */
    uint32_t parent;
    struct place place;
    char *name, *file;
    bool may_own;                /* allocations below it may be its own */
    uint32_t ours;               /* node of the flame graph; 0: not made yet */
};

struct leaf {                    /* allocations of a line that came on one stack */
    struct place owner;
    uint32_t node;               /* of the owner */
    const char *through;         /* what was innermost, if not the owner; else "" */
    double allocs;
};

struct process {
    int64_t id;
    VEC(struct node) nodes;
    VEC(struct leaf) leaves;     /* by owner */
};

static void process_clear(struct process *p)
{
    for (size_t i = 0; i < p->nodes.count; i++) {
        free(p->nodes.items[i].name);
        free(p->nodes.items[i].file);
    }
    vec_clear(&p->nodes);
    vec_clear(&p->leaves);
}

static int place_order(const struct place *a, const struct place *b)
{
    if (a->function != b->function)
        return a->function > b->function ? 1 : -1;
    if (a->file != b->file)
        return a->file > b->file ? 1 : -1;
    return (a->line > b->line) - (a->line < b->line);
}

static int leaf_order(const void *a, const void *b)
{
    const struct leaf *x = a, *y = b;
    int order = place_order(&x->owner, &y->owner);
    return order ? order : (x->node > y->node) - (x->node < y->node);
}

/* The innermost node from `at` outwards that allocations may belong to; 0: none. */
static uint32_t owner_of(const struct process *p, uint32_t at)
{
    while (at && !p->nodes.items[at - 1].may_own)
        at = p->nodes.items[at - 1].parent;
    return at;
}

static void process_load(struct process *p, struct sql *db, int64_t id)
{
    struct sql_stmt *s = store_prepare(db, "flame_alloc_stacks");
    process_clear(p);
    p->id = id;
    sql_bind_int(s, "process", id);
    while (sql_step(s)) {
        struct place place = {sql_int(s, 1), sql_int(s, 2), sql_int(s, 3)};
        *vec_push(&p->nodes) = (struct node){(uint32_t)sql_int(s, 0), place, str_copy(sql_text(s, 4)),
                                             str_copy(sql_text(s, 5)), sql_int(s, 6), 0};
        uint32_t at = (uint32_t)p->nodes.count, owner = owner_of(p, at);
        const char *through = owner == at ? "" : p->nodes.items[at - 1].name;
        if (owner && sql_int(s, 7))
            *vec_push(&p->leaves) = (struct leaf){p->nodes.items[owner - 1].place, owner, through, sql_real(s, 7)};
    }
    sql_done(s);
    if (p->leaves.count)
        qsort(p->leaves.items, p->leaves.count, sizeof *p->leaves.items, leaf_order);
}

/* The flame graph's node of node `at` of the process. */
static uint32_t ours(struct flame_tree *t, struct process *p, uint32_t at, const struct flame_way *way)
{
    if (!at)
        return 0;
    struct node *n = &p->nodes.items[at - 1];
    if (n->ours)
        return n->ours;
    uint32_t parent = ours(t, p, n->parent, way);
    bool known = n->place.function;
    n->ours = flame_called(t, parent, n->name, n->file, known ? n->place.line : 0, way);
    t->nodes.items[n->ours].outside = !known;
    return n->ours;
}

/* Adds what `line` of the function at node `at` allocated, by itself or through `below`. */
static void add(struct flame_tree *t, uint32_t at, struct sql_stmt *line, const char *below, int side, double value)
{
    if (!t->nodes.items[at].line)
        at = flame_child(t, at, sql_text(line, 4), sql_text(line, 5), sql_int(line, 3));
    if (*below) {
        at = flame_child(t, at, below, "", 0);
        t->nodes.items[at].outside = true;
    }
    t->nodes.items[at].self[side] += value;
}

/* Did the stack come through `below`, or through a function of that library? */
static bool is_through(const struct leaf *l, const char *below)
{
    size_t len = strlen(below);
    return strncmp(l->through, below, len) == 0 && (l->through[len] == '\0' || (len && l->through[len] == ' '));
}

/* Leaves from `low` to before `high` are the line's. Those through what the line names stand for it; if there are
 * none, all do. */
static void share_out(struct flame_tree *t, struct process *p, size_t low, size_t high, struct sql_stmt *line, int side,
                      double value, const struct flame_way *way)
{
    const char *below = sql_text(line, 6);
    double all = 0, through = 0;
    for (size_t i = low; i < high; i++) {
        all += p->leaves.items[i].allocs;
        through += is_through(&p->leaves.items[i], below) ? p->leaves.items[i].allocs : 0;
    }
    for (size_t i = low; i < high; i++) {
        const struct leaf *l = &p->leaves.items[i];
        if (through > 0 && is_through(l, below))
            add(t, ours(t, p, l->node, way), line, l->through, side, value * l->allocs / through);
        else if (!(through > 0))
            add(t, ours(t, p, l->node, way), line, below, side, value * l->allocs / all);
    }
}

static void add_line(struct flame_tree *t, struct process *p, struct sql_stmt *line, int side, double value,
                     const struct flame_way *way)
{
    struct leaf key = {.owner = {sql_int(line, 1), sql_int(line, 2), sql_int(line, 3)}};
    size_t low = 0, high = p->leaves.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (leaf_order(&p->leaves.items[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (high < p->leaves.count && place_order(&p->leaves.items[high].owner, &key.owner) == 0)
        high++;
    share_out(t, p, low, high, line, side, value, way);
    if (low == high)
        add(t, flame_called(t, 0, sql_text(line, 4), sql_text(line, 5), sql_int(line, 3), way), line,
            sql_text(line, 6), side, value);
}

void flame_load_allocs(struct flame_tree *t, struct sql *db, int side, double runs, enum flame_of of,
                       const struct flame_way *way)
{
    struct sql_stmt *line = store_prepare(db, "flame_allocs");
    struct process p = {.id = -1};
    sql_bind_int(line, "side", side);
    while (sql_step(line)) {
        if (sql_int(line, 0) != p.id)
            process_load(&p, db, sql_int(line, 0));
        add_line(t, &p, line, side, sql_real(line, of == FLAME_ALLOCS ? 7 : 8) / runs, way);
    }
    sql_done(line);
    process_clear(&p);
    vec_release(&p.nodes);
    vec_release(&p.leaves);
}
