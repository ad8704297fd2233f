/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/tree.h"

void tree_init(struct tree *t)
{
    memset(t, 0, sizeof *t);
    vec_push(&t->nodes);
}

void tree_release(struct tree *t)
{
    for (size_t i = 0; i < t->functions.count; i++) {
        free(t->functions.items[i].name);
        free(t->functions.items[i].reason);
        free(t->functions.items[i].arguments);
    }
    for (size_t i = 0; i < t->callees.count; i++)
        free(t->callees.items[i].name);
    vec_release(&t->nodes);
    vec_release(&t->functions);
    vec_release(&t->callees);
    vec_release(&t->calls);
    free(t->slots);
    memset(t, 0, sizeof *t);
}

uint32_t tree_add(struct tree *t, enum tree_kind kind, uint32_t begin, uint32_t end)
{
    struct tree_node *n = vec_push(&t->nodes);
    n->kind = (uint8_t)kind;
    n->begin = n->anchor = begin;
    n->end = end;
    return (uint32_t)(n - t->nodes.items);
}

static size_t hash(const char *name, size_t len)
{
    size_t h = 14695981039346656037u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)name[i]) * 1099511628211u;
    return h ^ h >> 29;
}

static bool is_named(const struct tree_callee *c, const char *name, size_t len)
{
    return strncmp(c->name, name, len) == 0 && !c->name[len];
}

static uint32_t *find_slot(const struct tree *t, const char *name, size_t len)
{
    size_t at = hash(name, len) & (t->slot_count - 1);
    while (t->slots[at] && !is_named(&t->callees.items[t->slots[at] - 1], name, len))
        at = (at + 1) & (t->slot_count - 1);
    return &t->slots[at];
}

uint32_t tree_find(const struct tree *t, const char *name, size_t len)
{
    return t->slot_count ? *find_slot(t, name, len) : 0;
}

static void grow_slots(struct tree *t)
{
    t->slot_count = t->slot_count ? t->slot_count * 2 : 256;
    free(t->slots);
    t->slots = xcalloc(t->slot_count, sizeof *t->slots);
    for (size_t i = 0; i < t->callees.count; i++) {
        const char *name = t->callees.items[i].name;
        *find_slot(t, name, strlen(name)) = (uint32_t)i + 1;
    }
}

uint32_t tree_callee(struct tree *t, const char *name)
{
    if (t->callees.count * 2 >= t->slot_count)
        grow_slots(t);
    uint32_t *slot = find_slot(t, name, strlen(name));
    if (!*slot) {
        vec_push(&t->callees)->name = str_copy(name);
        *slot = (uint32_t)t->callees.count;
    }
    return *slot - 1;
}

bool tree_is_empty(const struct tree *t, uint32_t body)
{
    const struct tree_node *n = &t->nodes.items[body];
    return n->kind == TREE_NULL || (n->kind == TREE_BLOCK && !n->child);
}

bool tree_leaves(const struct tree *t, uint32_t body)
{
    const struct tree_node *n = &t->nodes.items[body];
    if (n->kind == TREE_BLOCK) {
        uint32_t last = n->child;
        while (last && t->nodes.items[last].next)
            last = t->nodes.items[last].next;
        return last && tree_leaves(t, last);
    }
    return n->kind == TREE_RETURN || n->kind == TREE_GOTO || n->kind == TREE_BREAK || n->kind == TREE_CONTINUE;
}
