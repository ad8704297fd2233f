/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nodes are visited parents first, then children, then parents again, so that texts at the same offset nest as the
 * nodes do. A statement that is no member of a block gets braces around it where something must stand before or behind
 * it; an expression with counters becomes `++c[k],expression,++c[k];` instead, which no warning about bodies minds.
 */
#include "instrument/insert.h"

#include <inttypes.h>

#include "runtime/format.h"

struct insert {
    struct edit *edit;
    const struct tree *t;
    const struct tree_function *f;
    const struct flow *flow;
    struct insert_unit unit;
    uint32_t *places;            /* by node less f->first_node: first place + 1 */
    uint32_t *locals;            /* the same: first place counted in a local of this loop + 1 */
    uint32_t *next_place, *next_local;      /* by place: the next one + 1 */
    bool *braced;                /* by node less f->first_node: wants braces whatever stands in it */
};

static const struct tree_node *node(const struct insert *in, uint32_t id)
{
    return &in->t->nodes.items[id];
}

/* The array that a function's counters are in, once it has asked for them. */
static const char *counters(const struct insert *in)
{
    return in->unit.direct ? "__farm_n" : "__farm_c";
}

/* Text of the increment of a place, without an end. */
static void increment(struct insert *in, uint32_t offset, const char *before, uint32_t place, const char *after)
{
    uint32_t counter = in->unit.base + place;
    if (in->flow->places.items[place].loop)
        edit_insertf(in->edit, offset, "%s++__farm_t%" PRIu32 "%s", before, counter, after);
    else if (!in->unit.direct && (in->f->openmp || in->flow->places.items[place].cold))
        edit_insertf(in->edit, offset, "%s++__farm_here_%016" PRIx64 "()[%" PRIu32 "]%s", before, in->unit.id, counter,
                     after);
    else
        edit_insertf(in->edit, offset, "%s++%s[%" PRIu32 "]%s", before, counters(in), counter, after);
}

static bool has_place(const struct insert *in, uint32_t id, enum flow_where where)
{
    for (uint32_t p = in->places[id - in->f->first_node]; p; p = in->next_place[p - 1])
        if (in->flow->places.items[p - 1].where == where)
            return true;
    return false;
}

static bool has_lap(const struct insert *in, uint32_t id)
{
    uint32_t index = id - in->f->first_node;
    return in->unit.laps && (in->unit.laps->at.items[index] || in->unit.laps->jumps.items[index]);
}

/* What times lines in front of a node: the lap, and where others may be left for good, a mark of that. */
static void lap(struct insert *in, uint32_t id, uint32_t offset, const char *before, const char *after)
{
    if (!has_lap(in, id))
        return;
    uint32_t index = id - in->f->first_node, slot = in->unit.laps->at.items[index];
    if (slot)
        edit_insertf(in->edit, offset, "%s__farm_lap(&__farm_x,%" PRIu32 ")%s", before,
                     FARM_LAP_WORDS + 2 * (slot - 1), after);
    if (in->unit.laps->jumps.items[index])
        edit_insertf(in->edit, offset, "%s__farm_jump()%s", before, after);
}

static void increment_all(struct insert *in, uint32_t id, enum flow_where where, uint32_t offset, const char *after)
{
    for (uint32_t p = in->places[id - in->f->first_node]; p; p = in->next_place[p - 1])
        if (in->flow->places.items[p - 1].where == where)
            increment(in, offset, "", p - 1, after);
}

/* The same behind an expression, in front of its `;`. */
static void append_all(struct insert *in, uint32_t id, uint32_t offset)
{
    for (uint32_t p = in->places[id - in->f->first_node]; p; p = in->next_place[p - 1])
        if (in->flow->places.items[p - 1].where == FLOW_AFTER)
            increment(in, offset, ",", p - 1, "");
}

static void declare_all(struct insert *in, uint32_t id, enum flow_where where, uint32_t offset)
{
    for (uint32_t p = in->places[id - in->f->first_node]; p; p = in->next_place[p - 1]) {
        if (in->flow->places.items[p - 1].where != where)
            continue;
        edit_insertf(in->edit, offset, "__farm_count __farm_d%" PRIu32 " __attribute__((__unused__))=",
                     in->unit.base + p - 1);
        increment(in, offset, "", p - 1, ";");
    }
}

static void open_locals(struct insert *in, uint32_t id, uint32_t offset)
{
    const char *before = "{__farm_count ";
    for (uint32_t p = in->locals[id - in->f->first_node]; p; p = in->next_local[p - 1]) {
        edit_insertf(in->edit, offset, "%s__farm_t%" PRIu32 "=0", before, in->unit.base + p - 1);
        before = ",";
    }
    edit_insert(in->edit, offset, ";");
}

static void close_locals(struct insert *in, uint32_t id, uint32_t offset)
{
    for (uint32_t p = in->locals[id - in->f->first_node]; p; p = in->next_local[p - 1])
        edit_insertf(in->edit, offset, "%s[%" PRIu32 "]+=__farm_t%" PRIu32 ";", counters(in), in->unit.base + p - 1,
                     in->unit.base + p - 1);
    edit_insert(in->edit, offset, "}");
}

static void emit(struct insert *in, uint32_t id);

/* What follows an empty asm statement is no jump. The value stays as it is, also for the compiler. */
static void open_held(struct insert *in, const struct tree_node *n)
{
    if (n->held && n->kind == TREE_RETURN)
        edit_insert(in->edit, n->held, "__extension__({__auto_type __farm_r=(");
}

static void close_held(struct insert *in, const struct tree_node *n)
{
    if (!n->held)
        return;
    edit_insert(in->edit, n->held_end, n->kind == TREE_RETURN ? ");__asm__ __volatile__(\"\");__farm_r;})"
                                                              : ",__extension__({__asm__ __volatile__(\"\");})");
}

static void emit_list(struct insert *in, uint32_t list)
{
    for (uint32_t id = list; id; id = node(in, id)->next)
        emit(in, id);
}

static void emit_parts(struct insert *in, const struct tree_node *n)
{
    emit_list(in, n->child);
    emit_list(in, n->expr);
    uint32_t parts[] = {n->cond, n->step, n->body, n->other};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i])
            emit(in, parts[i]);
}

static void emit_operand(struct insert *in, uint32_t id)
{
    const struct tree_node *n = node(in, id);
    for (uint32_t p = in->places[id - in->f->first_node]; p; p = in->next_place[p - 1]) {
        increment(in, n->begin, "(", p - 1, ",");
    }
    lap(in, id, n->begin, "(", ",");
    emit_parts(in, n);
    if (has_lap(in, id))
        edit_insert(in->edit, n->end, ")");
    for (uint32_t p = in->places[id - in->f->first_node]; p; p = in->next_place[p - 1])
        edit_insert(in->edit, n->end, ")");
}

static void emit_block(struct insert *in, uint32_t id)
{
    const struct tree_node *n = node(in, id);
    if (id != in->f->body)       /* the function's own `{` also takes the base pointer: insert_function */
        increment_all(in, id, FLOW_OPEN, n->begin + 1, ";");
    emit_parts(in, n);
}

/* A counter on the line of a brace-less body looks, to a compiler, as if it was meant to be part of it. */
static void brace_tail(struct insert *in, uint32_t id)
{
    const struct tree_node *n = node(in, id);
    bool has_tail = n->kind == TREE_IF || n->kind == TREE_FOR || n->kind == TREE_WHILE || n->kind == TREE_LABEL;
    uint32_t tail = n->kind == TREE_LABEL ? n->child : n->other ? n->other : n->body;
    if (n->kind == TREE_SEALED)
        for (uint32_t part = n->child; part; part = node(in, part)->next)
            brace_tail(in, part);
    else if (has_tail && tail)
        brace_tail(in, tail);
    else if (!n->in_list && n->kind != TREE_BLOCK && n->kind != TREE_SEALED)
        in->braced[id - in->f->first_node] = true;
}

static void emit(struct insert *in, uint32_t id)
{
    const struct tree_node *n = node(in, id);
    if (n->kind == TREE_OPERAND) {
        emit_operand(in, id);
        return;
    }
    bool declares = n->kind == TREE_DECLARE, laps = has_lap(in, id);
    bool before = has_place(in, id, FLOW_BEFORE) || laps, after = has_place(in, id, FLOW_AFTER);
    bool locals = in->locals[id - in->f->first_node] != 0;
    bool comma = !n->in_list && n->kind == TREE_PLAIN && !n->is_asm && (before || after);
    bool braces = in->braced[id - in->f->first_node] || (!n->in_list && !comma && (before || after));
    if ((after && !comma) || locals)
        brace_tail(in, id);
    if (braces)
        edit_insert(in->edit, n->anchor, "{");
    increment_all(in, id, FLOW_BEFORE, n->anchor, comma ? "," : ";");
    declare_all(in, id, FLOW_DECLARE, n->anchor);
    if (declares && laps)        /* C90 wants declarations first */
        edit_insertf(in->edit, n->anchor, "char __farm_l%" PRIu32 " __attribute__((__unused__))=", id);
    lap(in, id, n->anchor, declares ? "(" : "", declares ? ",0);" : comma ? "," : ";");
    if (locals)
        open_locals(in, id, n->anchor);
    if (n->kind == TREE_BLOCK) {
        emit_block(in, id);
    } else {
        open_held(in, n);
        emit_parts(in, n);
        close_held(in, n);
    }
    if (locals)
        close_locals(in, id, n->end);
    if (comma)
        append_all(in, id, n->end - 1);
    else
        increment_all(in, id, FLOW_AFTER, n->end, ";");
    if (braces)
        edit_insert(in->edit, n->end, "}");
}

/* A thread's base, and from it to the unit's counters: two loads, one test and one add. All of it is one instruction to
 * the compiler, without operands but its result: what is inlined next to it, or behind a call, uses the first one's.
 * Where the thread has no block yet, the rest runs out of line, behind the red zone, without the compiler's knowledge:
 * an entrance of the runtime that saves every register, or where no runtime is linked the dummy. A function that calls
 * nothing stays one and saves no registers, and the compiler has one instruction to think about instead of four blocks;
 * `inline` keeps it from taking the text for a long one. The unit is named in the text; it stands within reach of the
 * code but in the large code model. */
static const char reach[] =
    "char*__farm_t;__asm__ __inline__("
    "\"mov{q}\\t{%2$s@gottpoff(%%%%rip),%%0|%%0,QWORD PTR %2$s@gottpoff[rip]}\\n\\t"
    "mov{q}\\t{%%%%fs:(%%0),%%0|%%0,QWORD PTR fs:[%%0]}\\n\\t"
    "test{q}\\t%%0,%%0\\n\\tje\\t2f\\n\\t"
    "add{q}\\t{__farm_u_%1$016" PRIx64 "+16(%%%%rip),%%0|%%0,QWORD PTR [rip+__farm_u_%1$016" PRIx64 "+16]}\\n"
    "5:\\n\\t.weak\\t__farm_attach_saved\\n\\t.subsection\\t1\\n"
    "2:\\tlea{q}\\t{-128(%%%%rsp),%%%%rsp|rsp,[rsp-128]}\\n\\tpush{q}\\t{%%%%rax|rax}\\n\\t"
    "lea{q}\\t{__farm_u_%1$016" PRIx64 "(%%%%rip),%%%%rax|rax,[rip+__farm_u_%1$016" PRIx64 "]}\\n\\t"
    "cmp{q}\\t{$0,__farm_attach_saved@GOTPCREL(%%%%rip)|QWORD PTR [rip+__farm_attach_saved@GOTPCREL],0}\\n\\t"
    "je\\t3f\\n\\t"
    "call\\t{*__farm_attach_saved@GOTPCREL(%%%%rip)|QWORD PTR [rip+__farm_attach_saved@GOTPCREL]}\\n"
    "4:\\txchg{q}\\t{%%%%rax,(%%%%rsp)|QWORD PTR [rsp],rax}\\n\\tpop{q}\\t%%0\\n\\t"
    "lea{q}\\t{128(%%%%rsp),%%%%rsp|rsp,[rsp+128]}\\n\\tjmp\\t5b\\n"
    "3:\\tmov{q}\\t{24(%%%%rax),%%%%rax|rax,QWORD PTR [rax+24]}\\n\\tjmp\\t4b\\n\\t.previous\":"
    "\"=r\"(__farm_t)::\"cc\");";

/* The same in C, for what is not x86-64. */
static const char reach_anywhere[] =
    "char*__farm_t=%2$s;if(__builtin_expect(__farm_t!=0,1))__farm_t+=__farm_u_%1$016" PRIx64 ".shift;else "
    "__farm_t=(char*)(__farm_attach?__farm_attach(&__farm_u_%1$016" PRIx64 "):__farm_u_%1$016" PRIx64 ".dummy);";

void insert_reach(struct str *out, uint64_t id, const char *base, bool portable)
{
    str_addf(out, portable ? reach_anywhere : reach, id, base);
}

void insert_mark(struct str *out, bool portable)
{
    static const unsigned char mark[] = FARM_HEAP_WRAPPER;
    str_add(out, portable ? "" : "__asm__ __volatile__(\"");
    for (size_t i = 0; i < sizeof mark && !portable; i++)
        str_addf(out, "%s0x%02x", i ? "," : ".byte ", mark[i]);
    str_add(out, portable ? "" : "\");");
}

/* Where others could put another function into its place, it is called by a name that only this file has. */
static void add_self(const struct insert *in, struct str *out)
{
    if (in->f->is_static)
        str_add(out, in->f->name);
    else
        str_addf(out, "__farm_f_%016" PRIx64 "_%" PRIu32, in->unit.id, in->unit.base);
}

/* Asks only whether the thread has its block, and leaves that to the runtime as above. It is volatile and so stays in
 * front of the function's counters, which name themselves. */
static const char check[] =
    "void*__farm_t;__asm__ __volatile__ __inline__("
    "\"mov{q}\\t{%2$s@gottpoff(%%%%rip),%%0|%%0,QWORD PTR %2$s@gottpoff[rip]}\\n\\t"
    "cmp{q}\\t{$0,%%%%fs:(%%0)|QWORD PTR fs:[%%0],0}\\n\\tje\\t2f\\n5:\\n\\t"
    ".weak\\t__farm_attach_saved\\n\\t.subsection\\t1\\n"
    "2:\\tlea{q}\\t{-128(%%%%rsp),%%%%rsp|rsp,[rsp-128]}\\n\\tpush{q}\\t{%%%%rax|rax}\\n\\t"
    "lea{q}\\t{__farm_u_%1$016" PRIx64 "(%%%%rip),%%%%rax|rax,[rip+__farm_u_%1$016" PRIx64 "]}\\n\\t"
    "cmp{q}\\t{$0,__farm_attach_saved@GOTPCREL(%%%%rip)|QWORD PTR [rip+__farm_attach_saved@GOTPCREL],0}\\n\\t"
    "je\\t3f\\n\\t"
    "call\\t{*__farm_attach_saved@GOTPCREL(%%%%rip)|QWORD PTR [rip+__farm_attach_saved@GOTPCREL]}\\n"
    "3:\\tpop{q}\\t{%%%%rax|rax}\\n\\tlea{q}\\t{128(%%%%rsp),%%%%rsp|rsp,[rsp+128]}\\n\\tjmp\\t5b\\n"
    "\\t.previous\":\"=&r\"(__farm_t)::\"cc\");";

/* The counter of a timed function falls; __farm_z tells whether below zero. By name, because clang forgets an operand's
 * segment. */
static const char count_down[] =
    "_Bool __farm_z;__asm__ __volatile__ __inline__(\"sub{q}\\t{$1,%%%%gs:__farm_n_%1$016" PRIx64 "+%2$" PRIu64
    "(%%%%rip)|QWORD PTR gs:[rip+__farm_n_%1$016" PRIx64 "+%2$" PRIu64 "],1}\":\"+m\"(__farm_n[%3$" PRIu32 "]),"
    "\"=@ccs\"(__farm_z));";

/* Where the counter falls below zero, the runtime calls the function again and may time that call. It is told what to
 * call in the register of a static chain, so that this is a jump with the arguments as they are: no frame, no saved
 * register, nothing at the function's ends. */
static void add_again(const struct insert *in, const char *array, struct str *out)
{
    uint32_t counter = in->unit.base;
    struct str self = STR_INIT;
    add_self(in, &self);
    str_add(out, "{void*__farm_p=(void*)__farm_call;__asm__(\"\":\"+r\"(__farm_p));if(__farm_p){");
    if (!in->f->is_static)
        str_addf(out, "extern __typeof__(%s)%s;", in->f->name, self.data);
    str_addf(out,
             "static const struct __farm_again __farm_k={(void*)%s,&__farm_u_%016" PRIx64 ",%" PRIu32 "};"
             "%s__builtin_call_with_static_chain(((__typeof__(&%s))__farm_p)(%s),(void*)&__farm_k);%s}"
             "%s[%" PRIu32 "]+=1ull<<62,%s[%" PRIu32 "]+=1ull<<62;}",
             self.data, in->unit.id, counter, in->f->is_void ? "" : "return ", self.data, in->f->arguments,
             in->f->is_void ? "return;" : "", array, counter - 1, array, counter);
    str_release(&self);
}

/* The entry's count where counters are reached by a pointer, which __farm_t is. */
static void count_entry(const struct insert *in, struct str *out)
{
    if (in->unit.derived)
        return;
    if (!in->unit.timed) {
        str_addf(out, "++((__farm_count*)(void*)__farm_t)[%" PRIu32 "];", in->unit.base);
        return;
    }
    str_addf(out, "{__farm_count*__farm_e=(__farm_count*)(void*)__farm_t;"
             "if(__builtin_expect((long long)--__farm_e[%" PRIu32 "]<0,0))", in->unit.base);
    add_again(in, "__farm_e", out);
    str_add(out, "}");
}

/* The same where they name themselves. */
static void count_entry_directly(const struct insert *in, struct str *out)
{
    if (in->unit.asks)
        str_addf(out, check, in->unit.id, in->unit.direct);
    str_add(out, in->unit.mark);
    if (in->unit.timed) {
        str_addf(out, count_down, in->unit.id, 8 * (uint64_t)in->unit.base, in->unit.base);
        str_add(out, "if(__builtin_expect(__farm_z,0))");
        add_again(in, "__farm_n", out);
    } else if (!in->unit.derived && !in->f->openmp) {
        str_addf(out, "++__farm_n[%" PRIu32 "];", in->unit.base);
    }
}

/* Where control never comes back from the counters are asked for again: nothing is kept for them. */
static bool needs_counters(const struct insert *in)
{
    bool needs = !in->unit.derived;
    for (size_t p = 1; p < in->flow->places.count; p++)
        needs = needs || !in->flow->places.items[p].cold;
    return needs;
}

/* volatile: what setjmp's return finds in it must be what was put there */
static void emit_pointer(struct insert *in, uint32_t at)
{
    struct str count = STR_INIT;
    count_entry(in, &count);
    edit_insertf(in->edit, at, "__farm_count*%s__farm_c __attribute__((__unused__))=__extension__({%s%s%s"
                 "(__farm_count*)(void*)__farm_t;});",
                 in->f->twice ? "volatile " : "", in->unit.reach, in->unit.mark, count.data);
    str_release(&count);
}

static void emit_direct(struct insert *in, uint32_t at)
{
    struct str count = STR_INIT;
    count_entry_directly(in, &count);
    if (count.len)
        edit_insertf(in->edit, at, "char __farm_c __attribute__((__unused__))=__extension__({%s0;});", count.data);
    str_release(&count);
}

static void emit_entry(struct insert *in)
{
    uint32_t at = in->f->open;
    if (in->unit.direct)
        emit_direct(in, at);
    else if (!in->f->openmp && needs_counters(in))
        emit_pointer(in, at);
    if (in->f->openmp)           /* its entry has a counter like any other place */
        declare_all(in, in->f->body, FLOW_ENTRY, at);
    if (in->unit.lap_state)
        edit_insertf(in->edit, at, "__farm_count*%s__farm_x __attribute__((__unused__,__cleanup__(__farm_close)))="
                     "__farm_open(&__farm_x,__farm_c+%" PRIu32 ");", in->f->twice ? "volatile " : "",
                     in->unit.lap_state);
    increment_all(in, in->f->body, FLOW_OPEN, at, ";");
}

/* gcc wants another name of a function to have all its attributes. */
static void emit_self(const struct insert *in)
{
    struct str self = STR_INIT;
    add_self(in, &self);
    edit_insertf(in->edit, in->f->end,
                 "extern __typeof__(%s)%s __attribute__((%s%s%s__visibility__(\"hidden\"),__alias__(\"%s\")));",
                 in->f->name, self.data, in->unit.clang ? "" : "__copy__(", in->unit.clang ? "" : in->f->name,
                 in->unit.clang ? "" : "),", in->f->name);
    str_release(&self);
}

static void index_places(struct insert *in)
{
    for (uint32_t p = (uint32_t)in->flow->places.count; p-- > 0; ) {
        const struct flow_place *place = &in->flow->places.items[p];
        uint32_t *head = &in->places[place->node - in->f->first_node];
        in->next_place[p] = *head;
        *head = p + 1;
        if (!place->loop)
            continue;
        head = &in->locals[place->loop - in->f->first_node];
        in->next_local[p] = *head;
        *head = p + 1;
    }
}

void insert_function(struct edit *edit, const struct tree *t, const struct tree_function *f, const struct flow *flow,
                     struct insert_unit unit)
{
    size_t nodes = f->node_end - f->first_node, places = flow->places.count;
    struct insert in = {.edit = edit, .t = t, .f = f, .flow = flow, .unit = unit};
    in.places = xcalloc(nodes, sizeof *in.places);
    in.locals = xcalloc(nodes, sizeof *in.locals);
    in.braced = xcalloc(nodes, sizeof *in.braced);
    in.next_place = xcalloc(places, sizeof *in.next_place);
    in.next_local = xcalloc(places, sizeof *in.next_local);
    index_places(&in);
    emit_entry(&in);
    emit(&in, f->body);
    if (unit.timed && !f->is_static)
        emit_self(&in);
    free(in.places);
    free(in.locals);
    free(in.braced);
    free(in.next_place);
    free(in.next_local);
}
