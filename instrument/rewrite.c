/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/rewrite.h"

#include "base/file.h"
#include "base/source.h"
#include "instrument/again.h"
#include "instrument/ast.h"
#include "instrument/edit.h"
#include "instrument/flow.h"
#include "instrument/insert.h"
#include "instrument/lap.h"
#include "instrument/prologue.h"
#include "runtime/format.h"

struct work {
    const struct rewrite_request *request;
    struct lines lines;
    struct tree tree;
    struct flow flow;
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
    VEC(struct sites_term) terms;
    struct str reach;            /* from a thread's base to the unit's counters */
    struct str mark;             /* of a function that allocates for its callers */
    bool openmp;
    bool versioned;              /* symbols may have versions, which another name of a function cannot have as well */
    bool obstacles;              /* a function could not be instrumented */
};

/* ---- the table ---- */

static uint32_t site_file(struct work *w, uint32_t file)
{
    if (!w->file_of[file]) {
        vec_push(&w->files)->path = str_copy(w->lines.files.items[file]);
        w->file_of[file] = (uint32_t)w->files.count;
    }
    return w->file_of[file] - 1;
}

/* The entry of a function whose calls are timed is counted by two counters, of which `base` goes down. */
static struct sites_expr site_expr(struct work *w, struct sites_expr e, uint32_t base, bool timed)
{
    uint32_t first = (uint32_t)w->terms.count;
    for (uint32_t i = 0; i < e.count; i++) {
        struct sites_term term = w->flow.terms.items[e.first + i];
        bool entry = timed && term.counter == 0;
        *vec_push(&w->terms) = (struct sites_term){entry ? -term.factor : term.factor, base + term.counter};
        if (entry)
            *vec_push(&w->terms) = (struct sites_term){term.factor, base - 1};
    }
    return (struct sites_expr){first, (uint32_t)w->terms.count - first};
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

static void site_lines(struct work *w, uint32_t base, bool timed)
{
    for (size_t i = 0; i < w->flow.lines.count; i++) {
        const struct flow_line *l = &w->flow.lines.items[i];
        struct sites_line *s = vec_push(&w->sites_lines);
        s->function = (uint32_t)w->functions.count - 1;
        s->file = site_file(w, l->file);
        w->has_counters[l->file] = true;         /* a body may be included */
        s->line = l->line;
        s->loop = l->loop;
        s->hits = site_expr(w, l->hits, base, timed);
    }
}

static void site_branches(struct work *w, uint32_t base, bool timed)
{
    for (size_t i = 0; i < w->flow.branches.count; i++) {
        const struct flow_branch *b = &w->flow.branches.items[i];
        struct sites_branch *s = vec_push(&w->branches);
        s->function = (uint32_t)w->functions.count - 1;
        s->file = site_file(w, b->file);
        s->line = b->line;
        s->taken = site_expr(w, b->taken, base, timed);
        s->missed = site_expr(w, b->missed, base, timed);
    }
}

/* Times the function's lines where that was asked for; yields the counter where their state begins, or 0. */
static uint32_t time_lines(struct work *w, const struct tree_function *f, struct sites_function *s, uint32_t state)
{
    const struct globs *named = w->request->line_timed;
    bool timed = named && globs_match(named, w->lines.files.items[f->file], f->name);
    const char *obstacle = timed ? lap_obstacle(f, w->request->portable) : NULL;
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

static void treat_function(struct work *w, const struct tree_function *f)
{
    bool wanted = is_wanted(w, f);
    struct sites_function *s = site_function(w, f);
    s->allocates = w->request->wrappers && globs_match(w->request->wrappers, "", f->name);
    if (f->reason || !wanted) {
        s->reason = str_copy(f->reason ? f->reason : "it is left out on request");
        w->obstacles |= wanted;
        return;
    }
    struct flow_options options = {.locals = !w->request->volatile_counts && !f->openmp};
    flow_count(&w->tree, f, options, &w->flow);
    bool timed = !w->request->untimed && !w->request->portable && !w->versioned && again_wanted(&w->tree, f);
    uint32_t base = w->sites->counters + 2 * timed;
    w->sites->counters = base + (uint32_t)w->flow.places.count;
    struct insert_unit unit = {w->sites->id, base, w->reach.data, s->allocates ? w->mark.data : "",
                               .clang = w->request->clang, .timed = timed};
    if (w->request->line_timed) {
        unit.lap_state = time_lines(w, f, s, w->sites->counters);
        unit.laps = &w->laps;
    }
    insert_function(&w->edit, &w->tree, f, &w->flow, unit);
    s->instrumented = true;
    s->timing = timed ? base + 1 : 0;
    s->calls = site_expr(w, w->flow.calls, base, timed);
    w->has_counters[f->file] = true;
    w->openmp |= f->openmp;
    site_lines(w, base, timed);
    site_branches(w, base, timed);
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
    if (w->has_counters[file] && file_read(path, &text, &ignored)) {
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
    if (w->sites->counters)      /* else only the table travels, which says why */
        prologue_declare(&prologue, w->sites->id, w->sites->counters, w->request->volatile_counts,
                         w->openmp ? w->reach.data : NULL, w->request->line_timed);
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

static enum rewrite_outcome rewrite(struct work *w, struct str *out, struct str *reason)
{
    const struct rewrite_request *r = w->request;
    struct ast_request ast = {.text = r->text, .len = r->len, .flags = r->parse_flags, .clang = r->clang,
                              .wrappers = r->wrappers};
    lines_init(&w->lines, r->text, r->len);
    if (!ast_read(&ast, &w->lines, &w->tree, reason)) {
        w->sites->reason = str_copy(reason->data);
        return REWRITE_FAILED;
    }
    w->file_of = xcalloc(w->lines.files.count, sizeof *w->file_of);
    w->has_counters = xcalloc(w->lines.files.count, sizeof *w->has_counters);
    for (size_t i = 0; i < w->tree.functions.count; i++)
        treat_function(w, &w->tree.functions.items[i]);
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
    insert_reach(&w.reach, sites->id, r->portable);
    insert_mark(&w.mark, r->portable);
    enum rewrite_outcome outcome = rewrite(&w, out, reason);
    lines_release(&w.lines);
    tree_release(&w.tree);
    flow_release(&w.flow);
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
