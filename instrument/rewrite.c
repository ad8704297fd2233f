/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/rewrite.h"

#include "base/file.h"
#include "base/source.h"
#include "instrument/again.h"
#include "instrument/ast.h"
#include "instrument/derive.h"
#include "instrument/edit.h"
#include "instrument/flow.h"
#include "instrument/insert.h"
#include "instrument/lap.h"
#include "instrument/prologue.h"
#include "instrument/trim.h"
#include "runtime/format.h"

struct plan {                    /* for a function */
    bool counted, timed;
    bool derived;                /* counter 0 is not there: `calls` stands for it */
    uint32_t base;               /* the function's counter 0 is the unit's counter `base` */
    value_terms calls;           /* in counters of the unit */
};

struct work {
    const struct rewrite_request *request;
    struct lines lines;
    struct tree tree;
    struct flow *flows;          /* by function, as `plans` */
    struct plan *plans;
    struct derive derive;
    struct laps laps;
    struct edit edit;
    struct sites *sites;
    struct prologue_sections sections;
    uint32_t *file_of;           /* by file of `lines`: index in sites + 1 */
    bool *has_counters;          /* the same: a function or line with counters is in it */
    VEC(struct sites_file) files;
    VEC(struct sites_function) functions;
    VEC(struct sites_line) sites_lines;
    VEC(struct sites_branch) branches;
    VEC(struct sites_lap) sites_laps;
    value_terms terms;
    struct str reach;            /* from a thread's base to the unit's counters */
    struct str mark;             /* of a function that allocates for its callers */
    bool here;                   /* a function asks for its counters at each place, or some */
    bool direct;                 /* counters name themselves */
    bool portable;               /* no assembly language in functions */
    bool versioned;              /* symbols may have versions, which another name of a function cannot have as well */
    bool obstacles;              /* a function could not be instrumented */
};

static const char *base_name(const struct rewrite_request *r)
{
    return r->shared ? PROLOGUE_SHARED : PROLOGUE_OWN;
}

/* ---- the table ---- */

static uint32_t site_file(struct work *w, uint32_t file)
{
    if (!w->file_of[file]) {
        vec_push(&w->files)->path = str_copy(w->lines.files.items[file]);
        w->file_of[file] = (uint32_t)w->files.count;
    }
    return w->file_of[file] - 1;
}

static void add_term(value_terms *sum, size_t first, int32_t factor, uint32_t counter)
{
    for (size_t i = first; i < sum->count; i++)
        if (sum->items[i].counter == counter) {
            sum->items[i].factor += factor;
            return;
        }
    *vec_push(sum) = (struct sites_term){factor, counter};
}

/* In counters of the unit. The entry of a function whose calls are timed is counted by two of them, of which `base`
 * goes down; that of a derived one is a sum. */
static void add_term_of(const struct plan *p, struct sites_term term, value_terms *sum, size_t first)
{
    if (term.counter || !(p->timed || p->derived))
        add_term(sum, first, term.factor, p->base + term.counter);
    for (size_t i = 0; !term.counter && p->derived && i < p->calls.count; i++)
        add_term(sum, first, term.factor * p->calls.items[i].factor, p->calls.items[i].counter);
    if (!term.counter && p->timed) {
        add_term(sum, first, -term.factor, p->base);
        add_term(sum, first, term.factor, p->base - 1);
    }
}

static void drop_zeroes(value_terms *sum, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < sum->count; i++)
        if (sum->items[i].factor)
            sum->items[kept++] = sum->items[i];
    sum->count = kept;
}

static struct sites_expr site_expr(struct work *w, const struct plan *p, struct sites_expr e)
{
    size_t first = w->terms.count;
    for (uint32_t i = 0; i < e.count; i++)
        add_term_of(p, w->flows[p - w->plans].terms.items[e.first + i], &w->terms, first);
    drop_zeroes(&w->terms, first);
    return (struct sites_expr){(uint32_t)first, (uint32_t)(w->terms.count - first)};
}

/* The sums that stand for counters at entries. */
static void add_up_calls(struct work *w)
{
    for (size_t k = 0; k < w->derive.order.count; k++) {
        uint32_t f = w->derive.order.items[k];
        value_terms *sum = &w->plans[f].calls;
        for (uint32_t i = w->derive.first[f]; i; i = w->derive.calls.items[i - 1].next) {
            struct derive_call call = w->derive.calls.items[i - 1];
            const struct plan *caller = &w->plans[call.caller];
            struct sites_expr made = w->flows[call.caller].made.items[call.made].made;
            for (uint32_t n = 0; n < made.count; n++)
                add_term_of(caller, w->flows[call.caller].terms.items[made.first + n], sum, 0);
        }
        drop_zeroes(sum, 0);
    }
}

static struct sites_function *site_function(struct work *w, const struct tree_function *f)
{
    struct sites_function *s = vec_push(&w->functions);
    s->name = str_copy(f->name);
    s->file = site_file(w, f->file);
    s->line = f->line;
    s->last_line = f->end_line;
    return s;
}

static void site_lines(struct work *w, uint32_t function)
{
    const struct flow *flow = &w->flows[function];
    for (size_t i = 0; i < flow->lines.count; i++) {
        const struct flow_line *l = &flow->lines.items[i];
        struct sites_line *s = vec_push(&w->sites_lines);
        s->function = function;
        s->file = site_file(w, l->file);
        w->has_counters[l->file] = true;         /* a body may be included */
        s->line = l->line;
        s->loop = l->loop;
        s->hits = site_expr(w, &w->plans[function], l->hits);
    }
}

static void site_branches(struct work *w, uint32_t function)
{
    const struct flow *flow = &w->flows[function];
    for (size_t i = 0; i < flow->branches.count; i++) {
        const struct flow_branch *b = &flow->branches.items[i];
        struct sites_branch *s = vec_push(&w->branches);
        s->function = function;
        s->file = site_file(w, b->file);
        s->line = b->line;
        s->taken = site_expr(w, &w->plans[function], b->taken);
        s->missed = site_expr(w, &w->plans[function], b->missed);
    }
}

/* Times the function's lines where that was asked for; yields the counter where their state begins, or 0. */
static uint32_t time_lines(struct work *w, const struct tree_function *f, struct sites_function *s, uint32_t state)
{
    const struct globs *named = w->request->line_timed;
    bool timed = named && globs_match(named, w->lines.files.items[f->file], f->name);
    const char *obstacle = timed ? lap_obstacle(f, w->portable) : NULL;
    lap_place(&w->tree, f, timed && !obstacle, &w->laps);
    s->line_obstacle = obstacle ? str_copy(obstacle) : NULL;
    if (!w->laps.lines.count)
        return 0;
    for (size_t i = 0; i < w->laps.lines.count; i++) {
        const struct lap_line *l = &w->laps.lines.items[i];
        *vec_push(&w->sites_laps) = (struct sites_lap){
            (uint32_t)w->functions.count - 1, site_file(w, l->file), l->line, state,
            state + FARM_LAP_WORDS + 2 * (uint32_t)i};
    }
    w->sites->counters += FARM_LAP_WORDS + 2 * (uint32_t)w->laps.lines.count;
    return state;
}

static bool is_wanted(const struct work *w, const struct tree_function *f)
{
    const struct globs *include = w->request->include, *exclude = w->request->exclude;
    const char *path = w->lines.files.items[f->file];
    if (exclude && globs_match(exclude, path, f->name))
        return false;
    return !include || !include->patterns.count || globs_match(include, path, f->name);
}

/* What is decided for a function by itself; true: it must have a counter at its entry. */
static bool plan_function(struct work *w, uint32_t function)
{
    const struct rewrite_request *r = w->request;
    const struct tree_function *f = &w->tree.functions.items[function];
    struct plan *p = &w->plans[function];
    p->counted = !f->reason && is_wanted(w, f);
    if (!p->counted)
        return true;
    struct flow_options options = {.locals = !r->volatile_counts && !f->openmp};
    flow_walk(&w->tree, f, options, &w->flows[function]);
    p->timed = !r->untimed && !w->portable && !w->versioned && again_wanted(&w->tree, f);
    bool allocates = r->wrappers && globs_match(r->wrappers, "", f->name);
    bool laps = r->line_timed && globs_match(r->line_timed, w->lines.files.items[f->file], f->name);
    return p->timed || f->openmp || f->is_main || allocates || laps;
}

static void plan(struct work *w)
{
    size_t count = w->tree.functions.count;
    w->flows = xcalloc(count + 1, sizeof *w->flows);
    w->plans = xcalloc(count + 1, sizeof *w->plans);
    bool *barred = xcalloc(count + 1, sizeof *barred);
    for (uint32_t i = 0; i < count; i++)
        barred[i] = plan_function(w, i);
    struct scan_text text = {w->request->text, (uint32_t)w->request->len};
    derive_choose(&w->tree, text, w->flows, barred, &w->derive);
    for (uint32_t i = 0; i < count; i++) {
        w->plans[i].derived = w->plans[i].counted && w->derive.callees[w->tree.functions.items[i].callee];
        if (w->plans[i].counted)
            trim_flow(&w->tree, w->derive.callees, &w->flows[i]);
    }
    free(barred);
}

static void treat_function(struct work *w, uint32_t function)
{
    const struct tree_function *f = &w->tree.functions.items[function];
    const struct flow *flow = &w->flows[function];
    struct plan *p = &w->plans[function];
    struct sites_function *s = site_function(w, f);
    s->allocates = w->request->wrappers && globs_match(w->request->wrappers, "", f->name);
    if (!p->counted) {
        s->reason = str_copy(f->reason ? f->reason : "it is left out on request");
        w->obstacles |= is_wanted(w, f);
        return;
    }
    p->base = w->sites->counters + 2 * p->timed - p->derived;
    w->sites->counters = p->base + (uint32_t)flow->places.count;
    struct insert_unit unit = {w->sites->id, p->base, w->reach.data, w->direct ? base_name(w->request) : NULL,
                               w->derive.taken[f->callee], s->allocates ? w->mark.data : "",
                               .clang = w->request->clang, .timed = p->timed, .derived = p->derived};
    if (w->request->line_timed) {
        unit.lap_state = time_lines(w, f, s, w->sites->counters);
        unit.laps = &w->laps;
    }
    insert_function(&w->edit, &w->tree, f, flow, unit);
    s->instrumented = true;
    s->timing = p->timed ? p->base + 1 : 0;
    w->has_counters[f->file] = true;
    w->here |= f->openmp && !w->direct;
    for (size_t i = 0; i < flow->places.count; i++)
        w->here |= flow->places.items[i].cold && !w->direct;
}

/* When all counters have their numbers. */
static void describe(struct work *w)
{
    add_up_calls(w);
    for (uint32_t i = 0; i < w->tree.functions.count; i++) {
        if (!w->plans[i].counted)
            continue;
        w->functions.items[i].calls = site_expr(w, &w->plans[i], w->flows[i].calls);
        site_lines(w, i);
        site_branches(w, i);
    }
}

static void hand_over(struct work *w)
{
    struct sites *s = w->sites;
    s->files = w->files.items;
    s->file_count = w->files.count;
    s->functions = w->functions.items;
    s->function_count = w->functions.count;
    s->lines = w->sites_lines.items;
    s->line_count = w->sites_lines.count;
    s->branches = w->branches.items;
    s->branch_count = w->branches.count;
    s->laps = w->sites_laps.items;
    s->lap_count = w->sites_laps.count;
    s->terms = w->terms.items;
    s->term_count = w->terms.count;
}

/* ---- what travels in the object ---- */

static struct prologue_section *start_section(struct work *w)
{
    struct prologue_section *s = vec_push(&w->sections.list);
    s->first = w->sections.blob.len;
    return s;
}

/* Files may be gone by now, or never have been (generated into a pipe): then the hash stays zero. */
static void carry_source(struct work *w, uint32_t file)
{
    struct str text = STR_INIT, ignored = STR_INIT;
    struct sites_file *s = &w->files.items[w->file_of[file] - 1];
    char *path = str_join_path(w->request->directory, s->path);
    if (w->has_counters[file] && file_is_regular(path) && file_read(path, &text, &ignored)) {
        struct prologue_section *section = start_section(w);
        source_hash(text.data, text.len, s->hash);
        source_pack(text.data, text.len, &w->sections.blob);
        memcpy(section->hash, s->hash, sizeof section->hash);
        section->is_source = true;
        section->len = w->sections.blob.len - section->first;
    }
    free(path);
    str_release(&text);
    str_release(&ignored);
}

static void carry_sites(struct work *w)
{
    struct prologue_section *section = start_section(w);
    sites_encode(w->sites, &w->sections.blob);
    section->len = w->sections.blob.len - section->first;
}

/* ---- the text ---- */

static size_t line_end(const char *text, size_t len, size_t at)
{
    const char *newline = at < len ? memchr(text + at, '\n', len - at) : NULL;
    return newline ? (size_t)(newline - text) + 1 : len;
}

/* The prologue comes behind the first linemarker, since that one names the unit in the debug information, and behind
 * the `# 1 "/folder//"` that -g adds. The marker in front of it is repeated behind it. */
static void add_prologue(struct work *w)
{
    const char *text = w->request->text;
    size_t len = w->request->len, start = 0, end = 0;
    if (len && text[0] == '#') {
        end = line_end(text, len, 0);
        size_t second = line_end(text, len, end);
        if (second - end > 5 && text[end] == '#' && memcmp(text + second - 4, "//\"\n", 4) == 0) {
            start = end;
            end = second;
        }
    }
    struct str prologue = STR_INIT;
    str_add(&prologue, "# 1 \"<farmcc>\" 3\n");
    struct prologue_unit unit = {w->sites->id, w->sites->counters, PROLOGUE_BY_POINTER, base_name(w->request),
                                 w->here ? w->reach.data : NULL, w->request->volatile_counts, w->request->line_timed,
                                 w->request->taken};
    if (w->direct)
        unit.access = w->request->clang ? PROLOGUE_DIRECT_CLANG : PROLOGUE_DIRECT;
    if (w->sites->counters)      /* else only the table travels, which says why */
        prologue_declare(&prologue, &unit);
    prologue_carry(&prologue, &w->sections, w->request->blob_path);
    if (end)
        str_add_bytes(&prologue, text + start, end - start);
    else
        str_addf(&prologue, "# 1 \"%s\"\n", w->request->unit);
    edit_insert(&w->edit, (uint32_t)end, prologue.data);
    str_release(&prologue);
}

static bool write_blob(struct work *w, struct str *reason)
{
    const struct str *blob = &w->sections.blob;
    return !w->request->blob_path || file_write(w->request->blob_path, blob->data, blob->len, reason);
}

/* ---- one unit ---- */

static uint64_t unit_id(const struct rewrite_request *r)
{
    uint64_t id = source_hash64(r->text, r->len, r->salt);
    id = source_hash64(r->directory, strlen(r->directory), id);
    id = source_hash64(r->unit, strlen(r->unit), id);
    return id ? id : 1;
}

/* gcc tells the assembler of each asm statement's file, and forgets that a quote would have to be escaped. */
static bool names_have_quotes(const struct lines *lines)
{
    for (size_t i = 0; i < lines->files.count; i++)
        if (strchr(lines->files.items[i], '"'))
            return true;
    return false;
}

static enum rewrite_outcome rewrite(struct work *w, struct str *out, struct str *reason)
{
    const struct rewrite_request *r = w->request;
    struct ast_request ast = {.text = r->text, .len = r->len, .flags = r->parse_flags, .clang = r->clang,
                              .wrappers = r->wrappers};
    lines_init(&w->lines, r->text, r->len);
    w->portable = r->portable || names_have_quotes(&w->lines);
    insert_reach(&w->reach, w->sites->id, base_name(r), w->portable);
    insert_mark(&w->mark, w->portable);
    w->direct = r->direct && !w->portable && !r->line_timed;
    if (!ast_read(&ast, &w->lines, &w->tree, reason)) {
        w->sites->reason = str_copy(reason->data);
        return REWRITE_FAILED;
    }
    w->file_of = xcalloc(w->lines.files.count, sizeof *w->file_of);
    w->has_counters = xcalloc(w->lines.files.count, sizeof *w->has_counters);
    plan(w);
    for (uint32_t i = 0; i < w->tree.functions.count; i++)
        treat_function(w, i);
    describe(w);
    for (uint32_t file = 0; file < w->lines.files.count; file++)
        if (w->file_of[file])
            carry_source(w, file);
    hand_over(w);
    if (!w->sites->counters) {
        w->sites->reason = str_copy("it has no function to count in");
        if (!w->obstacles)
            return REWRITE_NOTHING;
    }
    carry_sites(w);
    if (!write_blob(w, reason)) {
        w->sites->reason = str_copy(reason->data);
        return REWRITE_FAILED;
    }
    add_prologue(w);
    edit_apply(&w->edit, r->text, r->len, out);
    return REWRITE_DONE;
}

enum rewrite_outcome rewrite_unit(const struct rewrite_request *r, struct str *out, struct sites *sites,
                                  struct str *reason)
{
    struct work w = {.request = r, .sites = sites, .sections = {.blob = STR_INIT}, .reach = STR_INIT, .mark = STR_INIT};
    memset(sites, 0, sizeof *sites);
    sites->id = unit_id(r);
    sites->directory = str_copy(r->directory);
    sites->unit = str_copy(r->unit);
    tree_init(&w.tree);
    w.versioned = memmem(r->text, r->len, "symver", 6);
    enum rewrite_outcome outcome = rewrite(&w, out, reason);
    for (size_t i = 0; w.flows && i < w.tree.functions.count; i++) {
        flow_release(&w.flows[i]);
        vec_release(&w.plans[i].calls);
    }
    free(w.flows);
    free(w.plans);
    derive_release(&w.derive);
    lines_release(&w.lines);
    tree_release(&w.tree);
    lap_release(&w.laps);
    edit_release(&w.edit);
    str_release(&w.sections.blob);
    str_release(&w.reach);
    str_release(&w.mark);
    vec_release(&w.sections.list);
    free(w.file_of);
    free(w.has_counters);
    return outcome;
}
