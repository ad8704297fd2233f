/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/again.h"

/* Statements; a loop counts as several. A static function of which there is an address loses some of its inlining (as
 * one that is called in one place), which smaller ones feel: measured by callgrind on Lua, 2 % of all instructions. */
enum { ENOUGH = 12, ENOUGH_STATIC = 48, LOOP = 12 };

static bool is_statement(const struct tree_node *n)
{
    return n->kind <= TREE_CONTINUE && n->kind != TREE_BLOCK && n->kind != TREE_NULL && n->kind != TREE_LABEL;
}

bool again_wanted(const struct tree *t, const struct tree_function *f)
{
    unsigned size = 0;
    if (!f->arguments || f->openmp || t->callees.items[f->callee].fate == TREE_NEVER)
        return false;
    for (uint32_t id = f->first_node; id < f->node_end; id++) {
        const struct tree_node *n = &t->nodes.items[id];
        bool loops = n->kind == TREE_WHILE || n->kind == TREE_DO || n->kind == TREE_FOR;
        size += loops ? LOOP : is_statement(n);
    }
    return size >= (f->is_static ? ENOUGH_STATIC : ENOUGH) || f->is_main;
}
