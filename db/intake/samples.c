/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree of samples -> time by line and function. A sample belongs to the line of its innermost instrumented frame;
 * what that line called and is not instrumented is named in `below`. A function's total counts samples with the
 * function anywhere on the stack, once each. A frame whose lines cannot be known stops the search: what is outside of
 * it called something instrumented and is not the innermost line.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "db/intake/intake.h"
#include "db/intake/places.h"
#include "db/intake/stacks.h"
#include "db/intake/symbols.h"
#include "db/store.h"

struct frame {                   /* all nodes with the same pc share one */
    uint64_t pc;
    const struct module *module; /* NULL: in no module */
    size_t first;                /* slice of `places` */
    int count;                   /* -1: cannot be known */
    const char *below;           /* of a library's, when it was asked for: symbols_call */
    bool own;                    /* the profiler's code */
};

struct line_count {
    struct line_key key;
    uint64_t samples;
};

struct outside_count {
    const char *place, *reason;
    uint64_t samples;
};

struct function_count {
    int64_t function;
    uint64_t samples;
    size_t seen;                 /* node + 1 that counted it last */
};

/* What the runtime does in the program is neither a line's time nor that of whoever called it: the program without us
 * does not spend it. The view own_samples knows it by this reason. */
#define OWN_WORK "the profiler's own work"

struct tree {
    struct intake *in;
    const struct farm_node *nodes;       /* of the record; a parent stands before its children */
    size_t count;
    struct places **modules;     /* by index of module, made when first needed */
    const char **reasons;        /* likewise: why its lines cannot be known */
    char **stubs;                /* likewise: what code of it without lines is called */
    struct symbols *symbols;     /* likewise: its functions, loaded when first needed */
    VEC(char *) below;           /* names of functions of libraries */
    VEC(struct frame) frames;    /* by pc */
    VEC(struct place) places;
    uint32_t *frame_of;          /* by node */
    VEC(struct line_count) lines;
    VEC(struct outside_count) outside;
    struct function_count *functions;    /* open addressing by function */
    size_t function_slots, function_used;
};

uint64_t samples_count(const struct record *r)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < r->nodes.count; i++)
        sum += r->nodes.items[i].count;
    return sum;
}

static const struct module *module_at(const struct intake *in, uint64_t pc)
{
    const struct record_module *m = record_module_at(in->record, pc);
    return m ? &in->modules[m->index] : NULL;
}

static void resolve(struct tree *t, struct frame *f)
{
    f->module = module_at(t->in, f->pc);
    f->first = t->places.count;
    f->count = 0;
    if (!f->module || !f->module->record->instrumented)
        return;
    struct places **p = &t->modules[f->module->record->index];
    if (!*p)
        *p = places_new(t->in->db, f->module);
    struct place found[PLACES_MAX];
    f->count = places_find(*p, f->pc - f->module->record->bias, found);
    f->own = f->count == PLACES_OWN;
    f->count = f->own ? 0 : f->count;
    const char **reason = &t->reasons[f->module->record->index];
    if (f->count < 0 && !*reason)
        *reason = places_why(*p);
    for (int i = 0; i < f->count; i++)
        *vec_push(&t->places) = found[i];
}

static int pc_order(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static int frame_order(const void *key, const void *element)
{
    return pc_order(key, &((const struct frame *)element)->pc);
}

static void resolve_all(struct tree *t)
{
    size_t count = t->count;
    uint64_t *pcs = xcalloc(count, sizeof *pcs);
    for (size_t i = 0; i < count; i++)
        pcs[i] = t->nodes[i].pc;
    qsort(pcs, count, sizeof *pcs, pc_order);
    for (size_t i = 0; i < count; i++)
        if (!i || pcs[i] != pcs[i - 1]) {
            struct frame *f = vec_push(&t->frames);
            f->pc = pcs[i];
            resolve(t, f);
        }
    free(pcs);
    t->frame_of = xcalloc(count, sizeof *t->frame_of);
    for (size_t i = 0; i < count; i++) {
        struct frame *f = bsearch(&t->nodes[i].pc, t->frames.items, t->frames.count, sizeof *f, frame_order);
        t->frame_of[i] = (uint32_t)(f - t->frames.items);
    }
}

static struct function_count *function_slot(struct tree *t, int64_t function)
{
    size_t at = (uint64_t)function * 0x9e3779b97f4a7c15u >> 20;
    for (;; at++) {
        struct function_count *f = &t->functions[at & (t->function_slots - 1)];
        if (!f->function || f->function == function)
            return f;
    }
}

static void functions_grow(struct tree *t)
{
    struct function_count *old = t->functions;
    size_t slots = t->function_slots;
    t->function_slots = slots ? slots * 2 : 1024;
    t->functions = xcalloc(t->function_slots, sizeof *t->functions);
    for (size_t i = 0; i < slots; i++)
        if (old[i].function)
            *function_slot(t, old[i].function) = old[i];
    free(old);
}

static void count_function(struct tree *t, int64_t function, size_t node, uint32_t samples)
{
    if (t->function_used * 2 >= t->function_slots)
        functions_grow(t);
    struct function_count *f = function_slot(t, function);
    t->function_used += !f->function;
    f->function = function;
    if (f->seen == node + 1)
        return;
    f->seen = node + 1;
    f->samples += samples;
}

static const char *outside_name(const struct frame *f)
{
    return f->module ? file_name(f->module->record->path) : "unknown code";
}

static const char *module_name(struct tree *t, const struct frame *f)
{
    const char *name = outside_name(f);
    if (!f->module || !f->module->record->instrumented)
        return name;
    char **stub = &t->stubs[f->module->record->index];
    if (!*stub)
        *stub = str_format("%s (code without lines)", name);
    return *stub;
}

/* Of a frame in a library: what was called there, as far as its symbols tell, and the library. */
static const char *library_name(struct tree *t, struct frame *f)
{
    const struct record_module *m = f->module->record;
    if (!f->below)
        f->below = *vec_push(&t->below) = symbols_call(&t->symbols[m->index], m, f->pc);
    return f->below;
}

static const char *outside_reason(const struct tree *t, const struct frame *leaf, const struct frame *unknown)
{
    if (leaf->own)
        return OWN_WORK;
    if (unknown)
        return t->reasons[unknown->module->record->index];
    return leaf->module && leaf->module->record->instrumented ? "not instrumented"
                                                              : "no instrumented caller on the stack";
}

static void walk_stack(struct tree *t, size_t node)
{
    const struct frame *leaf = &t->frames.items[t->frame_of[node]], *unknown = NULL;
    uint32_t samples = t->nodes[node].count;
    const char *below = "";
    struct frame *library = NULL;        /* that runs, the outermost frame of it: what the line called */
    bool found = false;
    for (size_t at = node; !unknown && !leaf->own; at = t->nodes[at].parent) {
        struct frame *f = &t->frames.items[t->frame_of[at]];
        bool in_library = !f->count && f->module && !f->module->record->instrumented;
        if (f->count < 0)
            unknown = f;
        else if (!f->count && !*below)
            below = module_name(t, f);
        if (in_library && (at == node || (library && library->module == f->module)))
            library = f;
        for (int i = 0; i < f->count; i++) {
            const struct place *p = &t->places.items[f->first + (size_t)i];
            if (!p->function || p->skipped) {
                below = p->skipped && !*below ? p->skipped : below;
                continue;
            }
            if (!found && library)
                below = library_name(t, library);
            if (!found)
                *vec_push(&t->lines) =
                    (struct line_count){{p->function, p->file, p->line, below}, samples};
            found = true;
            count_function(t, p->function, node, samples);
        }
        if (t->nodes[at].parent == FARM_NO_NODE)
            break;
    }
    if (!found)
        *vec_push(&t->outside) =
            (struct outside_count){outside_name(unknown ? unknown : leaf), outside_reason(t, leaf, unknown), samples};
}

/* Linkage stubs and our own runtime, in a module of which lines are known: nobody's code, and between calls not worth a
 * frame. */
static bool has_no_lines(const struct frame *f)
{
    return !f->count && f->module && f->module->record->instrumented;
}

/* What is outside of all functions; its symbol is looked up only if the place `is_named` on its stack. */
static struct stack_place outside_place(struct tree *t, struct frame *f, bool is_named)
{
    const char *library = module_name(t, f);
    bool has_name = is_named && f->module && !f->module->record->instrumented;
    return (struct stack_place){.library = library, .outside = has_name ? library_name(t, f) : library};
}

/* The node of frame `f` called from `at`; its inlined calls go from the outermost inwards. `leaf`: it may be the whole
 * stack. */
static uint32_t stack_of(struct tree *t, struct stacks *stacks, uint32_t at, struct frame *f, bool leaf,
                         struct stack_place *innermost)
{
    *innermost = outside_place(t, f, leaf || !stacks_joins(stacks, at, module_name(t, f)));
    if (has_no_lines(f))
        return at;
    if (f->count <= 0)
        return stacks_child(stacks, at, innermost);
    for (int k = f->count - 1; k >= 0; k--) {
        const struct place *p = &t->places.items[f->first + (size_t)k];
        if (p->function)
            *innermost = (struct stack_place){p->function, p->file, p->line, "", ""};
        else
            *innermost = outside_place(t, f, true);
        at = stacks_child(stacks, at, innermost);
    }
    return at;
}

static int64_t outermost_function(const struct tree *t, const struct frame *f)
{
    return f->count > 0 ? t->places.items[f->first + (size_t)f->count - 1].function : 0;
}

static void keep_stack(struct tree *t, struct stacks *stacks, size_t i, uint32_t *nodes)
{
    const struct farm_node *n = &t->nodes[i];
    struct frame *f = &t->frames.items[t->frame_of[i]];
    uint32_t at = n->parent == FARM_NO_NODE ? STACKS_ROOT : nodes[n->parent];
    struct stack_place innermost;
    if (f->own && n->count) {
        stacks_count(stacks, STACKS_ROOT, &(struct stack_place){.library = OWN_WORK, .outside = OWN_WORK},
                     n->count);
        nodes[i] = at;
        return;
    }
    if (n->parent != FARM_NO_NODE && has_no_lines(&t->frames.items[t->frame_of[n->parent]]))
        at = stacks_before_entry(stacks, at, outermost_function(t, f));
    nodes[i] = stack_of(t, stacks, at, f, n->count, &innermost);
    uint32_t leaf = nodes[i];
    if (n->count && has_no_lines(f) && leaf != STACKS_ROOT)
        leaf = stacks_child(stacks, leaf, &innermost);
    if (n->count)
        stacks_count(stacks, leaf, &innermost, n->count);
}

/* `put`: a row of the table that they go to; is done with. */
static void keep_stacks(struct tree *t, struct sql_stmt *put)
{
    struct stacks *stacks = stacks_new();
    uint32_t *nodes = xcalloc(t->count, sizeof *nodes);
    for (size_t i = 0; i < t->count; i++)
        keep_stack(t, stacks, i, nodes);
    stacks_put(stacks, put, t->in->process);
    sql_done(put);
    stacks_free(stacks);
    free(nodes);
}

static int line_order(const void *a, const void *b)
{
    const struct line_count *x = a, *y = b;
    return line_key_order(&x->key, &y->key);
}

static int outside_order(const void *a, const void *b)
{
    const struct outside_count *x = a, *y = b;
    int order = strcmp(x->place, y->place);
    return order ? order : strcmp(x->reason, y->reason);
}

static void put_lines(struct tree *t)
{
    struct sql_stmt *s = store_prepare(t->in->db, "line_samples_put");
    if (t->lines.count)
        qsort(t->lines.items, t->lines.count, sizeof *t->lines.items, line_order);
    for (size_t i = 0; i < t->lines.count;) {
        struct line_count sum = t->lines.items[i];
        for (i++; i < t->lines.count && line_order(&sum, &t->lines.items[i]) == 0; i++)
            sum.samples += t->lines.items[i].samples;
        sql_bind_int(s, "process", t->in->process);
        sql_bind_int(s, "function", sum.key.function);
        sql_bind_int(s, "file", sum.key.file);
        sql_bind_int(s, "line", sum.key.line);
        sql_bind_text(s, "below", sum.key.below);
        sql_bind_int(s, "samples", (int64_t)sum.samples);
        sql_step(s);
    }
    sql_done(s);
}

static void put_functions(struct tree *t)
{
    struct sql_stmt *s = sql_prepare(t->in->db, "INSERT INTO function_samples VALUES (?1, ?2, ?3)");
    for (size_t i = 0; i < t->function_slots; i++) {
        if (!t->functions[i].function)
            continue;
        sql_set_int(s, 1, t->in->process);
        sql_set_int(s, 2, t->functions[i].function);
        sql_set_int(s, 3, (int64_t)t->functions[i].samples);
        sql_step(s);
    }
    sql_done(s);
}

static void put_outside(struct tree *t)
{
    struct sql_stmt *s =
        sql_prepare(t->in->db, "INSERT INTO outside_samples VALUES (:process, :place, :reason, :samples)");
    if (t->outside.count)
        qsort(t->outside.items, t->outside.count, sizeof *t->outside.items, outside_order);
    for (size_t i = 0; i < t->outside.count;) {
        struct outside_count sum = t->outside.items[i];
        for (i++; i < t->outside.count && outside_order(&sum, &t->outside.items[i]) == 0; i++)
            sum.samples += t->outside.items[i].samples;
        sql_bind_int(s, "process", t->in->process);
        sql_bind_text(s, "place", sum.place);
        sql_bind_text(s, "reason", sum.reason);
        sql_bind_int(s, "samples", (int64_t)sum.samples);
        sql_step(s);
    }
    sql_done(s);
}

static void tree_init(struct tree *t, struct intake *in, const struct farm_node *nodes, size_t count)
{
    size_t modules = in->record->modules.count;
    *t = (struct tree){.in = in, .nodes = nodes, .count = count};
    t->modules = xcalloc(modules, sizeof *t->modules);
    t->stubs = xcalloc(modules, sizeof *t->stubs);
    t->symbols = xcalloc(modules, sizeof *t->symbols);
    t->reasons = xcalloc(modules, sizeof *t->reasons);
    resolve_all(t);
}

static void tree_release(struct tree *t)
{
    for (size_t i = 0; i < t->in->record->modules.count; i++) {
        places_free(t->modules[i]);
        free(t->stubs[i]);
        if (t->symbols[i].loaded)
            symbols_release(&t->symbols[i]);
    }
    free(t->modules);
    free(t->stubs);
    free(t->symbols);
    for (size_t i = 0; i < t->below.count; i++)
        free(t->below.items[i]);
    vec_release(&t->below);
    free(t->reasons);
    free(t->frame_of);
    free(t->functions);
    vec_release(&t->frames);
    vec_release(&t->places);
    vec_release(&t->lines);
    vec_release(&t->outside);
}

void samples_take(struct intake *in)
{
    const struct record *r = in->record;
    struct tree t;
    if (!samples_count(r))
        return;
    tree_init(&t, in, r->nodes.items, r->nodes.count);
    for (size_t i = 0; i < t.count; i++)
        if (t.nodes[i].count)
            walk_stack(&t, i);
    keep_stacks(&t, sql_prepare(in->db, "INSERT INTO stack VALUES (?1, ?2, ?3, nullif(?4, 0), nullif(?5, 0), ?6, "
                                        ":outside, ?8)"));
    put_lines(&t);
    put_functions(&t);
    put_outside(&t);
    tree_release(&t);
}

void samples_take_heap(struct intake *in)
{
    const struct record *r = in->record;
    struct tree t;
    if (!r->heap_nodes.count)
        return;
    tree_init(&t, in, r->heap_nodes.items, r->heap_nodes.count);
    keep_stacks(&t, sql_prepare(in->db, "INSERT INTO alloc_stack VALUES (?1, ?2, ?3, nullif(?4, 0), nullif(?5, 0), "
                                        "?6, :outside, ?8)"));
    tree_release(&t);
}
