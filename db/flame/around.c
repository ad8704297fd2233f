/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/flame/around.h"

#include <stdlib.h>
#include <string.h>

static bool is(const struct flame_tree *t, uint32_t node, const char *name)
{
    return node && strcmp(t->nodes.items[node].name, name) == 0;
}

/* Is there, further out than `node`, a call of `callee` by `caller`? NULL as caller: by anybody. */
static bool within(const struct flame_tree *t, uint32_t node, const char *caller, const char *callee)
{
    for (uint32_t at = t->nodes.items[node].parent; at; at = t->nodes.items[at].parent)
        if (is(t, at, callee) && (!caller || is(t, t->nodes.items[at].parent, caller)))
            return true;
    return false;
}

static void add(struct around_rows *rows, const char *name, double value)
{
    size_t at = 0;
    while (at < rows->list.count && strcmp(rows->list.items[at].name, name) != 0)
        at++;
    if (at == rows->list.count)
        vec_push(&rows->list)->name = name;
    rows->list.items[at].value += value;
}

static int largest_first(const void *a, const void *b)
{
    const struct around_row *x = a, *y = b;
    return x->value != y->value ? (x->value < y->value) - (x->value > y->value) : strcmp(x->name, y->name);
}

static void sort(struct around_rows *rows)
{
    if (rows->list.count)
        qsort(rows->list.items, rows->list.count, sizeof *rows->list.items, largest_first);
}

bool around_find(const struct flame_tree *t, const char *name, struct around *out)
{
    bool found = false;
    *out = (struct around){0};
    for (uint32_t i = 1; i < t->nodes.count; i++) {
        const struct flame_node *n = &t->nodes.items[i];
        if (is(t, i, name)) {
            found = true;
            out->self += n->self[0];
            if (!within(t, i, NULL, name)) {
                const char *caller = n->parent ? t->nodes.items[n->parent].name : "";
                out->total += n->total[0];
                add(&out->callers, caller, n->total[0]);
            }
        }
        if (is(t, n->parent, name) && !within(t, i, name, n->name))
            add(&out->callees, n->name, n->total[0]);
    }
    sort(&out->callers);
    sort(&out->callees);
    return found;
}

void around_release(struct around *a)
{
    vec_release(&a->callers.list);
    vec_release(&a->callees.list);
}
