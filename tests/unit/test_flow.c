/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random functions are built as trees and run by an interpreter that increments the counters where flow placed them and
 * notes, on its own, how often each line ran. Every line's expression must give that number, also when a call in the
 * middle ends the program or returns twice.
 */
#include "instrument/flow.h"
#include "instrument/trim.h"

#include "tests/unit/check.h"

enum { LINES = 4000, STEPS = 3000, LONGEST_LOOP = 5, PROGRAMS = 6000 };
enum outcome { NORMAL, BROKE, CONTINUED, RETURNED, JUMPED, ENDED };

static struct tree t;
static struct flow flow;
static uint64_t counters[LINES], truth[LINES];
static uint32_t line, may_stay, returns;
static int steps;
static uint32_t whole, goal;      /* goto leads to labels of the function's own block */
static uint64_t seed;

static unsigned roll(unsigned below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % below;
}

/* ---- random trees ---- */

static uint32_t make(enum tree_kind kind)
{
    uint32_t id = tree_add(&t, kind, 0, 0);
    t.nodes.items[id].line = kind == TREE_BLOCK || kind == TREE_NULL ? 0 : ++line;
    return id;
}

static uint32_t make_call(void)
{
    uint32_t id = tree_add(&t, TREE_CALL, 0, 0);
    t.nodes.items[id].callee = roll(3) ? returns : may_stay;
    return id;
}

static uint32_t make_operand(uint32_t on_line)
{
    uint32_t id = tree_add(&t, TREE_OPERAND, 0, 0);
    uint32_t call = roll(3) ? 0 : make_call();
    t.nodes.items[id].line = on_line;
    t.nodes.items[id].countable = true;
    t.nodes.items[id].expr = call;
    return id;
}

static uint32_t make_statement(int depth, bool in_loop, bool in_switch, bool in_list);

static uint32_t make_block(int depth, bool in_loop, bool in_switch, bool labels)
{
    uint32_t block = make(TREE_BLOCK), last = 0;
    bool has_default = roll(2);
    for (unsigned i = roll(5); i > 0; i--) {
        uint32_t id;
        if (labels && roll(2)) {
            id = make(TREE_LABEL);
            uint32_t sub = make_statement(depth + 1, in_loop, in_switch, true);
            t.nodes.items[id].child = sub;
            t.nodes.items[id].in_list = true;
            t.nodes.items[id].is_case = in_switch;
            t.nodes.items[id].is_default = in_switch && has_default;
            has_default = false;
        } else {
            id = make_statement(depth + 1, in_loop, in_switch, true);
        }
        if (last)
            t.nodes.items[last].next = id;
        else
            t.nodes.items[block].child = id;
        last = id;
    }
    return block;
}

static uint32_t make_body(int depth, bool in_loop, bool in_switch)
{
    if (roll(8) == 0)
        return make(TREE_NULL);
    return roll(3) ? make_block(depth + 1, in_loop, in_switch, false)
                   : make_statement(depth + 1, in_loop, in_switch, false);
}

static uint32_t make_loop(int depth)
{
    static const enum tree_kind kinds[] = {TREE_WHILE, TREE_FOR, TREE_DO};
    enum tree_kind kind = kinds[roll(3)];
    uint32_t id = make(kind), home = t.nodes.items[id].line;
    if (kind == TREE_DO)
        t.nodes.items[id].line = 0;
    bool endless = kind != TREE_DO && roll(6) == 0;
    uint32_t cond = endless && kind == TREE_FOR ? 0 : make_operand(home);
    uint32_t step = kind == TREE_FOR && roll(2) ? make_operand(roll(2) ? home : ++line) : 0;
    uint32_t body = make_body(depth, true, false);
    t.nodes.items[id].cond = cond;
    t.nodes.items[id].step = step;
    t.nodes.items[id].body = body;
    if (endless || (kind == TREE_DO && roll(4) == 0))
        t.nodes.items[id].constant = endless ? TREE_TRUE : TREE_FALSE;
    if (cond && t.nodes.items[id].constant)
        t.nodes.items[cond].expr = 0;
    return id;
}

static uint32_t make_if(int depth, bool in_loop, bool in_switch)
{
    uint32_t id = make(TREE_IF), cond = make_operand(t.nodes.items[id].line);
    uint32_t body = make_body(depth, in_loop, in_switch);
    uint32_t other = roll(2) ? make_body(depth, in_loop, in_switch) : 0;
    t.nodes.items[id].cond = cond;
    t.nodes.items[id].body = body;
    t.nodes.items[id].other = other;
    return id;
}

static uint32_t make_switch(int depth, bool in_loop)
{
    uint32_t id = make(TREE_SWITCH), cond = make_operand(t.nodes.items[id].line);
    uint32_t body = make_block(depth, in_loop, true, true);
    t.nodes.items[id].cond = cond;
    t.nodes.items[id].body = body;
    return id;
}

static uint32_t make_plain(void)
{
    uint32_t id = make(TREE_PLAIN), call = roll(2) ? make_call() : 0;
    t.nodes.items[id].expr = call;
    return id;
}

static uint32_t make_statement(int depth, bool in_loop, bool in_switch, bool in_list)
{
    unsigned kind = roll(depth > 5 ? 7 : 14);
    uint32_t id = kind == 5 && (in_loop || in_switch) ? make(TREE_BREAK)
        : kind == 6 && in_loop ? make(TREE_CONTINUE)
        : kind == 4 && roll(3) == 0 ? make(roll(2) ? TREE_RETURN : TREE_GOTO)
        : kind <= 6 ? make_plain()
        : kind <= 9 ? make_if(depth, in_loop, in_switch)
        : kind <= 11 ? make_loop(depth)
        : kind == 12 ? make_switch(depth, in_loop)
        : make_block(depth + 1, in_loop, in_switch, false);
    t.nodes.items[id].in_list = in_list;
    return id;
}

/* ---- running ---- */

static void count(enum flow_where where, uint32_t id)
{
    for (size_t i = 0; i < flow.places.count; i++)
        if (flow.places.items[i].where == where && flow.places.items[i].node == id)
            counters[i]++;
}

/* Whether control comes back from the calls in the list. */
static bool calls_come_back(uint32_t list)
{
    for (uint32_t id = list; id; id = t.nodes.items[id].next)
        if (t.nodes.items[id].kind == TREE_CALL && t.nodes.items[id].callee == may_stay && roll(60) == 0)
            return false;
    return true;
}

static bool evaluate(uint32_t operand)
{
    count(FLOW_OPERAND, operand);
    return calls_come_back(t.nodes.items[operand].expr);
}

static enum outcome run(uint32_t id);

static enum outcome run_list(uint32_t list)
{
    for (uint32_t id = list; id; id = t.nodes.items[id].next) {
        enum outcome o = run(id);
        if (o != NORMAL)
            return o;
    }
    return NORMAL;
}

static enum outcome run_block(uint32_t id)
{
    count(FLOW_OPEN, id);
    return run_list(t.nodes.items[id].child);
}

static enum outcome run_if(const struct tree_node *n)
{
    truth[n->line]++;
    if (!evaluate(n->cond))
        return ENDED;
    return roll(2) ? run(n->body) : n->other ? run(n->other) : NORMAL;
}

static bool goes_on(int round)
{
    return round < LONGEST_LOOP && roll(4);
}

static enum outcome run_loop(const struct tree_node *n)
{
    bool endless = n->constant == TREE_TRUE;
    for (int round = 0;; round++) {
        if (n->kind != TREE_DO && !endless) {
            truth[n->line]++;
            if (!evaluate(n->cond))
                return ENDED;
            if (!goes_on(round))
                return NORMAL;
        }
        if (++steps > STEPS)
            return ENDED;
        enum outcome o = run(n->body);
        if (o == RETURNED || o == JUMPED || o == ENDED)
            return o;
        if (o == BROKE)
            return NORMAL;
        if (n->step) {
            if (t.nodes.items[n->step].line != n->line || endless)
                truth[t.nodes.items[n->step].line]++;
            if (!evaluate(n->step))
                return ENDED;
        }
        if (n->kind == TREE_DO) {
            if (n->constant != TREE_FALSE)
                truth[t.nodes.items[n->cond].line]++;
            if (n->constant != TREE_FALSE && !evaluate(n->cond))
                return ENDED;
            if (n->constant == TREE_FALSE || !goes_on(round))
                return NORMAL;
        }
    }
}

static enum outcome run_switch(const struct tree_node *n)
{
    uint32_t labels[16], found = 0, otherwise = 0;
    truth[n->line]++;
    if (!evaluate(n->cond))
        return ENDED;
    for (uint32_t id = t.nodes.items[n->body].child; id; id = t.nodes.items[id].next) {
        if (t.nodes.items[id].kind != TREE_LABEL)
            continue;
        labels[found++] = id;
        if (t.nodes.items[id].is_default)
            otherwise = id;
    }
    unsigned pick = roll(found + 1);
    uint32_t start = pick < found ? labels[pick] : otherwise;
    enum outcome o = start ? run_list(start) : NORMAL;
    return o == BROKE ? NORMAL : o;
}

/* One of the labels of the function's own block, or 0. */
static uint32_t pick_label(void)
{
    uint32_t picked = 0;
    unsigned found = 0;
    for (uint32_t id = t.nodes.items[whole].child; id; id = t.nodes.items[id].next)
        if (t.nodes.items[id].kind == TREE_LABEL && roll(++found) == 0)
            picked = id;
    return picked;
}

static enum outcome run_inside(uint32_t id)
{
    const struct tree_node *n = &t.nodes.items[id];
    switch (n->kind) {
    case TREE_BLOCK:
        return run_block(id);
    case TREE_IF:
        return run_if(n);
    case TREE_WHILE: case TREE_FOR: case TREE_DO:
        return run_loop(n);
    case TREE_SWITCH:
        return run_switch(n);
    case TREE_LABEL:
        truth[n->line]++;
        return run(n->child);
    case TREE_NULL:
        return NORMAL;
    case TREE_PLAIN:
        truth[n->line]++;
        return calls_come_back(n->expr) ? NORMAL : ENDED;
    case TREE_GOTO:
        truth[n->line]++;
        goal = pick_label();
        return goal ? JUMPED : RETURNED;
    default:
        truth[n->line]++;
        return n->kind == TREE_BREAK ? BROKE : n->kind == TREE_CONTINUE ? CONTINUED : RETURNED;
    }
}

static enum outcome run(uint32_t id)
{
    count(FLOW_BEFORE, id);
    enum outcome o = run_inside(id);
    if (o == NORMAL)
        count(FLOW_AFTER, id);
    return o;
}

/* ---- comparing ---- */

static int64_t value(struct sites_expr e)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < e.count; i++)
        sum += flow.terms.items[e.first + i].factor * (int64_t)counters[flow.terms.items[e.first + i].counter];
    return sum;
}

/* The step of a loop that is over too soon was still in flight when STEPS ran out: only whole runs are compared. */
static void check_program(uint64_t number, size_t *lines_checked)
{
    seed = number * 977 + 13;
    line = 1;
    steps = 0;
    tree_init(&t);
    may_stay = tree_callee(&t, "may_stay");
    returns = tree_callee(&t, "returns");
    t.callees.items[returns].fate = TREE_RETURNS;
    whole = make_block(0, false, false, true);
    t.nodes.items[whole].in_list = true;
    struct tree_function f = {.line = 1, .end_line = LINES - 1, .body = whole, .is_void = true, .has_return = true};
    flow_walk(&t, &f, (struct flow_options){.locals = true}, &flow);
    trim_flow(&t, NULL, &flow);

    memset(counters, 0, sizeof counters);
    memset(truth, 0, sizeof truth);
    enum outcome o = NORMAL;
    for (int call = 0; call < 20 && o != ENDED; call++) {
        truth[1]++;
        count(FLOW_ENTRY, whole);
        o = run(whole);
        while (o == JUMPED)
            o = ++steps > STEPS ? ENDED : run_list(goal);
    }
    for (size_t i = 0; i < flow.lines.count && steps <= STEPS; i++) {
        ++*lines_checked;
        if (!CHECK_INT(value(flow.lines.items[i].hits), truth[flow.lines.items[i].line]))
            fprintf(stderr, "    program %d, line %d\n", (int)number, (int)flow.lines.items[i].line);
    }
    tree_release(&t);
}

int main(void)
{
    size_t lines_checked = 0;
    for (uint64_t i = 0; i < PROGRAMS; i++)
        check_program(i, &lines_checked);
    CHECK(lines_checked > PROGRAMS);
    flow_release(&flow);
    return check_done();
}
