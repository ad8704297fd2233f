/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/calls.h"

#include "tests/unit/check.h"

static struct tree t;

/* A function with a body that calls the given ones. */
static void body(const char *name, const char *const *calls)
{
    uint32_t self = tree_callee(&t, name), first = (uint32_t)t.calls.count;
    for (; *calls; calls++) {
        uint32_t callee = tree_callee(&t, *calls);
        *vec_push(&t.calls) = callee;
    }
    t.callees.items[self].fate = TREE_HAS_BODY;
    t.callees.items[self].first = first;
    t.callees.items[self].count = (uint32_t)t.calls.count - first;
}

static int fate(const char *name)
{
    return t.callees.items[tree_callee(&t, name)].fate;
}

#define CALLS(...) ((const char *const[]){__VA_ARGS__, NULL})

int main(void)
{
    CHECK_INT(calls_known("memcpy"), TREE_RETURNS);
    CHECK_INT(calls_known("__builtin_popcount"), TREE_RETURNS);
    CHECK_INT(calls_known("exit"), TREE_NEVER);
    CHECK_INT(calls_known("qsort"), TREE_MAY_STAY);
    CHECK_INT(calls_known("fork"), TREE_MAY_STAY);
    CHECK_INT(calls_known("__builtin_longjmp"), TREE_NEVER);
    CHECK(calls_returns_twice("vfork") && !calls_returns_twice("fork"));

    tree_init(&t);
    body("leaf", CALLS("strlen"));
    body("above", CALLS("leaf", "above"));
    body("ping", CALLS("pong"));
    body("pong", CALLS("ping", "leaf"));
    body("asks", CALLS("leaf", "unknown"));
    body("indirect", CALLS("asks"));
    body("ring", CALLS("ring_too"));
    body("ring_too", CALLS("ring", "exit"));
    t.callees.items[tree_callee(&t, "strlen")].fate = TREE_RETURNS;
    t.callees.items[tree_callee(&t, "exit")].fate = TREE_NEVER;
    calls_settle(&t);
    CHECK_INT(fate("leaf"), TREE_RETURNS);
    CHECK_INT(fate("above"), TREE_RETURNS);
    CHECK_INT(fate("ping"), TREE_RETURNS);
    CHECK_INT(fate("pong"), TREE_RETURNS);
    CHECK_INT(fate("asks"), TREE_MAY_STAY);
    CHECK_INT(fate("indirect"), TREE_MAY_STAY);
    CHECK_INT(fate("ring"), TREE_MAY_STAY);
    CHECK_INT(fate("ring_too"), TREE_MAY_STAY);
    CHECK_INT(fate("unknown"), TREE_MAY_STAY);
    for (int i = 0; i < 2000; i++) {
        char name[32];
        snprintf(name, sizeof name, "f%d", i);
        CHECK_INT(tree_callee(&t, name), tree_callee(&t, name));
    }
    tree_release(&t);
    return check_done();
}
