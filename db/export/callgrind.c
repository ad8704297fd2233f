/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A profile of callgrind (valgrind's manual, "Callgrind Format Specification"), for callgrind_annotate and KCachegrind:
 * hits, CPU time, allocations and bytes by line, and calls with the time inside of them, from the stacks of samples.
 * Names are compressed. How often one function called another is not counted: a function's calls are shared out among
 * the callers that samples saw, by time.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "db/argv.h"
#include "db/export/export.h"
#include "db/names.h"
#include "db/export/profile.h"
#include "db/export/stacks.h"

extern const struct export_format export_callgrind;

struct function {
    const char *path, *name;
    int64_t line, calls;
    double called_ns;            /* the time of all calls of it */
};

struct edge {                    /* calls from a line of a function to another function, by number */
    size_t caller, callee;
    int64_t line;
    double ns;
};

struct writer {
    const struct profile *p;
    struct str *out;
    struct names keys;           /* of functions: path and name */
    VEC(struct function) functions;
    size_t *number_of;           /* a profile's function -> ours */
    VEC(size_t) lines;           /* of the profile, by function */
    VEC(struct edge) edges;      /* by caller and line */
    struct names files, names;   /* that were written: they have numbers */
    bool timed;                  /* time is the first event: viewers begin with it, and it alone has inclusive sums */
};

static size_t function_number(struct writer *w, const char *path, const char *name)
{
    char *key = str_format("%s\n%s", path, name);
    size_t number = names_put(&w->keys, key) - 1;
    free(key);
    if (number == w->functions.count)
        *vec_push(&w->functions) = (struct function){.path = path, .name = name};
    return number;
}

static const struct writer *sorted;

static size_t number_of_line(const struct writer *w, size_t line)
{
    return w->number_of[w->p->lines.items[line].function];
}

static int line_order(const void *a, const void *b)
{
    size_t i = *(const size_t *)a, k = *(const size_t *)b;
    size_t x = number_of_line(sorted, i), y = number_of_line(sorted, k);
    return x != y ? (x > y) - (x < y) : (i > k) - (i < k);
}

static void load_functions(struct writer *w)
{
    size_t count = w->p->functions.count;
    w->number_of = xcalloc(count + 1, sizeof *w->number_of);
    for (size_t i = 0; i < count; i++) {
        const struct profile_function *f = &w->p->functions.items[i];
        w->number_of[i] = function_number(w, f->path, f->name);
        struct function *own = &w->functions.items[w->number_of[i]];
        own->line = own->line ? own->line : f->line;
        own->calls += f->calls > 0 ? f->calls : 0;
    }
    for (size_t i = 0; i < w->p->lines.count; i++)
        *vec_push(&w->lines) = i;
    sorted = w;
    if (w->lines.count)
        qsort(w->lines.items, w->lines.count, sizeof *w->lines.items, line_order);
}

static int edge_order(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->caller != y->caller)
        return x->caller > y->caller ? 1 : -1;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line)
                              : (x->callee > y->callee) - (x->callee < y->callee);
}

/* Who called node `at`. Libraries between belong to the line that called them; 0: nobody that is known. */
static uint32_t caller_of(const struct flame_tree *t, uint32_t at)
{
    do
        at = t->nodes.items[at].parent;
    while (at && t->nodes.items[at].outside);
    return at;
}

/* In a recursion the outermost call holds the time of the inner ones. */
static bool inside_itself(const struct flame_tree *t, const size_t *numbers, const struct edge *e, uint32_t at)
{
    for (uint32_t caller; at && (caller = caller_of(t, at)); at = caller)
        if (numbers[at] == e->callee && numbers[caller] == e->caller && t->nodes.items[caller].line == e->line)
            return true;
    return false;
}

static void merge_edges(struct writer *w)
{
    size_t kept = 0;
    if (w->edges.count)
        qsort(w->edges.items, w->edges.count, sizeof *w->edges.items, edge_order);
    for (size_t i = 0; i < w->edges.count; i++)
        if (kept && edge_order(&w->edges.items[kept - 1], &w->edges.items[i]) == 0)
            w->edges.items[kept - 1].ns += w->edges.items[i].ns;
        else
            w->edges.items[kept++] = w->edges.items[i];
    w->edges.count = kept;
}

static void load_edges(struct writer *w, const struct flame_tree *t)
{
    size_t *numbers = xcalloc(t->nodes.count, sizeof *numbers);
    for (uint32_t i = 1; i < t->nodes.count; i++)
        if (!t->nodes.items[i].outside)
            numbers[i] = function_number(w, t->nodes.items[i].file, t->nodes.items[i].name);
    for (uint32_t i = 1; i < t->nodes.count; i++) {
        uint32_t caller = caller_of(t, i);
        struct edge e = {numbers[caller], numbers[i], t->nodes.items[caller].line, t->nodes.items[i].total[0]};
        if (!caller || t->nodes.items[i].outside || !(e.ns > 0) || inside_itself(t, numbers, &e, caller))
            continue;
        *vec_push(&w->edges) = e;
        w->functions.items[e.callee].called_ns += e.ns;
    }
    free(numbers);
    merge_edges(w);
}

static void add_name(struct writer *w, const char *key, struct names *names, const char *name)
{
    size_t known = names->list.count, id = names_put(names, *name ? name : "???");
    str_addf(w->out, "%s=(%zu)%s", key, id, id > known ? " " : "");
    for (const char *at = *name ? name : "???"; id > known && *at; at++)
        str_add_char(w->out, *at == '\n' ? '?' : *at);
    str_add(w->out, "\n");
}

static void add_costs(struct writer *w, int64_t hits, double ns, int64_t allocs, int64_t bytes)
{
    long long time = llround(ns);
    str_addf(w->out, " %lld %lld %" PRId64 " %" PRId64 "\n", w->timed ? time : (long long)hits,
             w->timed ? (long long)hits : time, allocs, bytes);
}

static void add_edge(struct writer *w, const struct edge *e)
{
    const struct function *callee = &w->functions.items[e->callee];
    long long calls = callee->calls ? llround((double)callee->calls * e->ns / callee->called_ns) : 1;
    add_name(w, "cfi", &w->files, callee->path);
    add_name(w, "cfn", &w->names, callee->name);
    str_addf(w->out, "calls=%lld %" PRId64 "\n%" PRId64, calls > 0 ? calls : 1, callee->line, e->line);
    add_costs(w, 0, e->ns, 0, 0);
}

/* Lines of a function that stand in another file, a body that was included, say so. */
static void add_line(struct writer *w, const struct function *f, const struct profile_line *l, const char **file)
{
    const char *path = w->p->files.items[l->file].path;
    if (strcmp(path, *file) != 0)
        add_name(w, strcmp(path, f->path) == 0 ? "fe" : "fi", &w->files, path);
    *file = path;
    str_addf(w->out, "%" PRId64, l->line);
    add_costs(w, l->hits > 0 ? l->hits : 0, l->ns, l->allocs, l->bytes);
}

static bool costs(const struct profile_line *l)
{
    return l->hits > 0 || l->ns > 0 || l->allocs > 0;
}

static void add_functions(struct writer *w)
{
    size_t line = 0, edge = 0;
    for (size_t i = 0; i < w->functions.count; i++) {
        const struct function *f = &w->functions.items[i];
        const char *file = f->path;
        add_name(w, "fl", &w->files, f->path);
        add_name(w, "fn", &w->names, f->name);
        for (; line < w->lines.count && number_of_line(w, w->lines.items[line]) == i; line++)
            if (costs(&w->p->lines.items[w->lines.items[line]]))
                add_line(w, f, &w->p->lines.items[w->lines.items[line]], &file);
        if (strcmp(file, f->path) != 0)
            add_name(w, "fe", &w->files, f->path);
        for (; edge < w->edges.count && w->edges.items[edge].caller == i; edge++)
            add_edge(w, &w->edges.items[edge]);
        str_add(w->out, "\n");
    }
}

static void add_sums(struct writer *w, const char *key)
{
    struct profile_line sum = {0};
    for (size_t i = 0; i < w->p->lines.count; i++) {
        const struct profile_line *l = &w->p->lines.items[i];
        sum.hits += l->hits > 0 ? l->hits : 0;
        sum.ns += l->ns;
        sum.allocs += l->allocs;
        sum.bytes += l->bytes;
    }
    str_addf(w->out, "%s:", key);
    add_costs(w, sum.hits, sum.ns, sum.allocs, sum.bytes);
}

static void add_head(const struct export *e, struct writer *w)
{
    char *argv = export_argv(e);
    struct str shell = STR_INIT;
    argv_shell(argv, &shell);
    for (char *c = shell.data; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
    str_addf(w->out, "# callgrind format\nversion: 1\ncreator: farmdb %s\ncmd: %s\npart: 1\n\n"
                     "desc: Hits: how often lines ran\ndesc: ns: user CPU time, sampled\n"
                     "desc: Calls: those of a function, by the time of its callers\n\n"
                     "positions: line\nevents: %s Allocs Bytes\n",
             FARM_TOOL_VERSION, shell.data, w->timed ? "ns Hits" : "Hits ns");
    add_sums(w, "summary");
    str_add(w->out, "\n");
    str_release(&shell);
    free(argv);
}

static void release(struct writer *w)
{
    free(w->number_of);
    vec_release(&w->functions);
    vec_release(&w->lines);
    vec_release(&w->edges);
    names_release(&w->keys);
    names_release(&w->files);
    names_release(&w->names);
}

static bool write_callgrind(const struct export *e, struct str *out, struct str *err)
{
    struct profile p;
    struct flame_tree t;
    if (!profile_load(&p, e, err))
        return false;
    export_load_stacks(e, FLAME_BY_LINE, &t);
    struct writer w = {.p = &p, .out = out};
    load_functions(&w);
    load_edges(&w, &t);
    w.timed = w.edges.count;
    add_head(e, &w);
    add_functions(&w);
    add_sums(&w, "totals");
    release(&w);
    flame_release(&t);
    profile_release(&p);
    return true;
}

const struct export_format export_callgrind = {"callgrind", write_callgrind};
