/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sites of allocations -> allocations by line. A site belongs to the innermost line of its chain that is instrumented
 * and no wrapper; what lies between, the innermost of it, is named in `below`.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "db/heap_lines.h"
#include "db/intake/intake.h"
#include "db/intake/places.h"
#include "db/intake/symbols.h"
#include "db/store.h"

struct entry {                   /* a line, or, where its function is 0, what is outside of all */
    struct line_key key;         /* outside: `below` is the module */
    const char *reason;
    struct record_heap sum;
    uint64_t failed;
    int64_t sites;
};

struct heap {
    struct intake *in;
    struct places **modules;     /* by index of module, made when first needed */
    struct symbols *symbols;     /* likewise */
    VEC(struct entry) entries;
};

/* Innermost first; -1 where the lines of the module cannot be known. */
static int find_places(struct heap *h, const struct record_module *m, uint64_t pc, struct place *out)
{
    struct places **p = &h->modules[m->index];
    if (!*p)
        *p = places_new(h->in->db, &h->in->modules[m->index]);
    int count = places_find(*p, pc - m->bias, out);
    return count == PLACES_OWN ? 0 : count;
}

/* True: the entry has its line. */
static bool try_frame(struct heap *h, const struct record_module *m, uint64_t pc, struct entry *e)
{
    struct place places[PLACES_MAX];
    int count = find_places(h, m, pc, places);
    if (count < 0)
        e->reason = places_why(h->modules[m->index]);
    for (int i = 0; i < count; i++) {
        const struct place *p = &places[i];
        const char *past = p->skipped ? p->skipped : p->wrapper;
        if (p->function && !past) {
            e->key.function = p->function;
            e->key.file = p->file;
            e->key.line = p->line;
            return true;
        }
        if (past && !*e->key.below)
            e->key.below = past;
    }
    if (count <= 0 && !*e->key.below)
        e->key.below = file_name(m->path);
    return count < 0;
}

/* The buffer of a stream, which the C library keeps until the end where nobody closes the stream. */
static bool is_stream_buffer(struct heap *h, const struct record_module *m, uint64_t pc)
{
    struct symbols *s = &h->symbols[m->index];
    symbols_need(s, m);
    return symbols_is(s, pc - m->bias, "_IO_file_doallocate");
}

static struct entry resolve(struct heap *h, const struct farm_heap_site *site)
{
    struct entry e = {
        .key.below = "", .reason = "no instrumented caller on the stack", .failed = site->failed, .sites = 1};
    e.sum = record_heap_of(h->in->record, site);
    if (!site->frames)
        e.reason = "more places of allocation than there is room for";
    bool kept = e.sum.allocs > e.sum.frees;
    for (uint64_t i = 0; i < site->frames; i++) {
        const struct record_module *m = record_module_at(h->in->record, site->pc[i]);
        if (!i && m && kept && is_stream_buffer(h, m, site->pc[i]))
            e.key.below = HEAP_STREAM_BUFFER;
        if (m && m->instrumented && try_frame(h, m, site->pc[i], &e))
            break;
        if ((!m || !m->instrumented) && !*e.key.below)
            e.key.below = m ? file_name(m->path) : "unknown code";
    }
    return e;
}

static int entry_order(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = line_key_order(&x->key, &y->key);
    return order || x->key.function ? order : strcmp(x->reason, y->reason);
}

static void add(struct entry *sum, const struct entry *more)
{
    sum->sum.allocs += more->sum.allocs;
    sum->sum.bytes += more->sum.bytes;
    sum->sum.frees += more->sum.frees;
    sum->sum.freed += more->sum.freed;
    sum->sum.temporary += more->sum.temporary;
    sum->sum.peak += more->sum.peak;
    sum->sum.at_peak += more->sum.at_peak;
    sum->failed += more->failed;
    sum->sites++;
}

static void bind(struct sql_stmt *s, const struct entry *e, int64_t process)
{
    sql_bind_int(s, "process", process);
    sql_bind_int(s, "allocs", (int64_t)e->sum.allocs);
    sql_bind_int(s, "bytes", (int64_t)e->sum.bytes);
    sql_bind_int(s, "frees", (int64_t)e->sum.frees);
    sql_bind_int(s, "freed_bytes", (int64_t)e->sum.freed);
    sql_bind_int(s, "temporary", (int64_t)e->sum.temporary);
    sql_bind_int(s, "failed", (int64_t)e->failed);
    sql_bind_int(s, "peak_bytes", e->sum.peak);
    sql_bind_int(s, "at_peak_bytes", e->sum.at_peak);
}

static void put(struct heap *h, struct sql_stmt *line, struct sql_stmt *outside, const struct entry *e)
{
    struct sql_stmt *s = e->key.function ? line : outside;
    bind(s, e, h->in->process);
    if (e->key.function) {
        sql_bind_int(s, "function", e->key.function);
        sql_bind_int(s, "file", e->key.file);
        sql_bind_int(s, "line", e->key.line);
        sql_bind_text(s, "below", e->key.below);
        sql_bind_int(s, "sites", e->sites);
    } else {
        sql_bind_text(s, "place", e->key.below);
        sql_bind_text(s, "reason", e->reason);
    }
    sql_step(s);
}

static void put_all(struct heap *h)
{
    struct sql_stmt *line = store_prepare(h->in->db, "line_allocs_put");
    struct sql_stmt *outside = sql_prepare(h->in->db,
        "INSERT INTO outside_allocs VALUES (:process, :place, :reason, :allocs, :bytes, :frees, :freed_bytes, "
        ":temporary, :failed, :peak_bytes, :at_peak_bytes)");
    for (size_t i = 0; i < h->entries.count;) {
        struct entry sum = h->entries.items[i];
        for (i++; i < h->entries.count && entry_order(&sum, &h->entries.items[i]) == 0; i++)
            add(&sum, &h->entries.items[i]);
        put(h, line, outside, &sum);
    }
    sql_done(line);
    sql_done(outside);
}

static void put_heap(const struct intake *in)
{
    static const char *const reaches[] = {"all", "own allocator", "plug-in"};
    const struct farm_heap *h = &in->record->heap;
    struct sql_stmt *s = sql_prepare(in->db, "INSERT INTO heap VALUES (:process, :peak, :several, :early, :unfollowed, "
                                             ":unseen_frees, :reach)");
    sql_bind_int(s, "process", in->process);
    sql_bind_int(s, "peak", h->peak);
    sql_bind_int(s, "several", h->several != 0);
    sql_bind_int(s, "early", (int64_t)h->early);
    sql_bind_int(s, "unfollowed", (int64_t)h->unfollowed);
    sql_bind_int(s, "unseen_frees", (int64_t)h->unseen_frees);
    sql_bind_text(s, "reach", reaches[h->reach <= FARM_HEAP_PLUGIN ? h->reach : FARM_HEAP_ALL]);
    sql_step(s);
    sql_done(s);
}

void heap_take(struct intake *in)
{
    const struct record *r = in->record;
    if (!r->has_heap)
        return;
    struct heap h = {.in = in};
    h.modules = xcalloc(r->modules.count, sizeof *h.modules);
    h.symbols = xcalloc(r->modules.count, sizeof *h.symbols);
    put_heap(in);
    for (size_t i = 0; i < r->heap_sites.count; i++) {
        struct entry e = resolve(&h, &r->heap_sites.items[i]);
        if (e.sum.allocs || e.sum.frees || e.failed)
            *vec_push(&h.entries) = e;
    }
    if (h.entries.count)
        qsort(h.entries.items, h.entries.count, sizeof *h.entries.items, entry_order);
    put_all(&h);
    for (size_t i = 0; i < r->modules.count; i++) {
        places_free(h.modules[i]);
        if (h.symbols[i].loaded)
            symbols_release(&h.symbols[i]);
    }
    free(h.modules);
    free(h.symbols);
    vec_release(&h.entries);
}
