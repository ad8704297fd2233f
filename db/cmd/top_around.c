/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * top --function NAME: the function between those that called it and those that it called, by sampled stacks.
 */
#include <math.h>
#include <string.h>

#include "base/msg.h"
#include "db/cmd/top.h"
#include "db/flame/around.h"
#include "db/select.h"

static const struct column columns[] = {
    {"", "role", COLUMN_TEXT, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL},
    {"% of it", "share", COLUMN_SHARE, USE_ALL},
    {"Function", "function", COLUMN_TEXT, USE_ALL},
};

static void add_row(struct table *t, const char *role, double ns, double total, const char *name)
{
    table_text(t, role);
    table_real(t, ns / 1e9);
    table_real(t, total > 0 ? ns / total : NAN);
    table_text(t, name);
}

static void add_rows(struct table *t, const char *role, const struct around_rows *rows, double total)
{
    for (size_t i = 0; i < rows->list.count; i++) {
        const struct around_row *r = &rows->list.items[i];
        add_row(t, role, r->value, total, *r->name ? r->name : "(not known)");
    }
}

int top_around(struct context *c, const char *spec, const char *name)
{
    struct selection selection;
    struct flame_tree tree;
    struct around around;
    struct str err = STR_INIT;
    struct doc d;
    if (!select_side(c->store.db, 0, spec, &selection, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    flame_init(&tree);
    flame_load(&tree, c->store.db, 0, 1, FLAME_BY_FUNCTION, FLAME_TIME, false);
    flame_sum(&tree);
    if (!flame_has_time(&tree, selection.name, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    if (!around_find(&tree, name, &around))
        die(EXIT_UNDECIDED, "no sampled stack of %s has a function %s; `farmdb top` lists what took time",
            selection.name, name);
    doc_init(&d, "top");
    doc_head(&d, "%s: %s and around it, by sampled stacks; a call counts with all that it calls", selection.name, name);
    struct table *t = doc_table(&d, "around", NULL, columns, sizeof columns / sizeof *columns);
    add_rows(t, "caller", &around.callers, around.total);
    add_row(t, "function", around.total, around.total, name);
    table_hot(t);
    add_row(t, "self", around.self, around.total, name);
    add_rows(t, "callee", &around.callees, around.total);
    cmd_answer(c, &d);
    around_release(&around);
    flame_release(&tree);
    select_release(&selection);
    return EXIT_OK;
}
