/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/compare/side.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/source.h"
#include "db/store.h"

struct unit {
    int64_t id, first_function, first_line;
    VEC(int) functions;          /* of the store's, by id, as index of side.functions */
    VEC(struct unit_line) lines;
    int64_t digest;              /* that `hits` are of */
    int64_t *hits;               /* by line, of the process that was read last; NULL: none was */
};

struct unit_line {
    int text, line;
    bool in_loop;
};

struct loader {
    struct sql *db;
    struct side *side;
    const struct side *other;
    int number;
    size_t last_text, last_unit; /* that were asked for */
    VEC(struct unit) units;
    VEC(int) renumbered;         /* old index of a function -> its place once they are sorted and merged */
};

static void load_runs(struct loader *l)
{
    struct sql_stmt *s = store_prepare(l->db, "side_runs");
    sql_bind_int(s, "side", l->number);
    while (sql_step(s))
        *vec_push(&l->side->runs) = (struct side_run){sql_int(s, 0), sql_real(s, 1) / 1e9, sql_real(s, 2) / 1e9,
                                                      sql_real(s, 3)};
    sql_done(s);
}

static int count_lines(const struct str *text)
{
    int count = text->len && text->data[text->len - 1] != '\n';
    for (size_t i = 0; i < text->len; i++)
        count += text->data[i] == '\n';
    return count;
}

/* A text that the other side has too is copied from there, which is cheaper than to unpack it. */
static bool copy_text(const struct side *other, struct side_text *t)
{
    for (size_t i = 0; other && i < other->texts.count; i++) {
        const struct side_text *o = &other->texts.items[i];
        if (!o->known || memcmp(o->hash, t->hash, sizeof t->hash) != 0)
            continue;
        str_add_bytes(&t->text, o->text.data, o->text.len);
        return true;
    }
    return false;
}

static void load_text(struct loader *l, struct side_text *t, int64_t file)
{
    struct sql_stmt *s = store_prepare(l->db, "side_text");
    size_t len, taken;
    uint8_t hash[SOURCE_HASH_LEN];
    struct str err = STR_INIT;
    sql_bind_int(s, "file", file);
    sql_step(s);
    t->file = file;
    t->path = str_copy(sql_text(s, 0));
    str_init(&t->text);
    const void *stored = sql_blob(s, 1, &len);
    memcpy(t->hash, stored, len < sizeof t->hash ? len : sizeof t->hash);
    t->known = copy_text(l->other, t);
    if (!t->known && !sql_is_null(s, 2)) {
        const void *packed = sql_blob(s, 2, &len);
        t->known = source_unpack(packed, len, hash, &t->text, &taken, &err);
        if (!t->known)
            warn("a source text in the store is damaged: %s", err.data);
    }
    t->lines = count_lines(&t->text);
    sql_done(s);
    str_release(&err);
}

/* The text of a file version, -1 where it is not loaded. Sides have few hundred, and neighbours in a table are of the
 * same. */
static int find_text(struct loader *l, int64_t file)
{
    size_t count = l->side->texts.count;
    for (size_t i = 0; i < count; i++) {
        size_t at = (l->last_text + i) % count;
        if (l->side->texts.items[at].file == file)
            return (int)(l->last_text = at);
    }
    return -1;
}

static int text_of(struct loader *l, int64_t file)
{
    int found = find_text(l, file);
    if (found >= 0)
        return found;
    load_text(l, vec_push(&l->side->texts), file);
    return (int)l->side->texts.count - 1;
}

static void load_functions(struct loader *l, struct unit *u, struct sql_stmt *s)
{
    sql_bind_int(s, "unit", u->id);
    while (sql_step(s)) {
        int text = text_of(l, sql_int(s, 1));
        struct side_function *f = vec_push(&l->side->functions);
        *vec_push(&u->functions) = (int)l->side->functions.count - 1;
        *f = (struct side_function){text, str_copy(sql_text(s, 2)), (int)sql_int(s, 3), (int)sql_int(s, 4),
                                    sql_int(s, 5), false};
        if (f->last_line > l->side->texts.items[text].lines)
            l->side->texts.items[text].lines = f->last_line;
    }
}

static void load_lines(struct loader *l, struct unit *u, struct sql_stmt *s)
{
    int64_t end = u->first_function + (int64_t)u->functions.count;
    sql_bind_int(s, "first", u->first_line);
    while (sql_step(s) && sql_int(s, 1) >= u->first_function && sql_int(s, 1) < end) {
        struct unit_line line = {text_of(l, sql_int(s, 2)), (int)sql_int(s, 3), sql_int(s, 4)};
        *vec_push(&u->lines) = line;
        if (line.line > l->side->texts.items[line.text].lines)
            l->side->texts.items[line.text].lines = line.line;
    }
    sql_reset(s);
}

static void load_units(struct loader *l)
{
    struct sql_stmt *s = store_prepare(l->db, "side_units");
    sql_bind_int(s, "side", l->number);
    while (sql_step(s))
        *vec_push(&l->units) = (struct unit){.id = sql_int(s, 0), .first_function = sql_int(s, 1),
                                             .first_line = sql_int(s, 2)};
    sql_done(s);
    s = store_prepare(l->db, "side_functions");
    for (size_t i = 0; i < l->units.count; i++)
        load_functions(l, &l->units.items[i], s);
    sql_done(s);
    s = store_prepare(l->db, "side_lines");
    for (size_t i = 0; i < l->units.count; i++)
        load_lines(l, &l->units.items[i], s);
    sql_done(s);
}

struct numbered {
    struct side_function f;
    int at;
};

static int by_place(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    if (x->f.text != y->f.text)
        return x->f.text - y->f.text;
    return x->f.line != y->f.line ? x->f.line - y->f.line : strcmp(x->f.name, y->f.name);
}

/* One function for each place: a header's is in many units. */
static void sort_functions(struct loader *l)
{
    size_t count = l->side->functions.count, kept = 0;
    struct numbered *all = xcalloc(count + 1, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        all[i] = (struct numbered){l->side->functions.items[i], (int)i};
        vec_push(&l->renumbered);
    }
    qsort(all, count, sizeof *all, by_place);
    for (size_t i = 0; i < count; i++) {
        struct side_function *last = kept ? &l->side->functions.items[kept - 1] : NULL;
        if (last && by_place(&(struct numbered){.f = *last}, &all[i]) == 0) {
            last->instrumented |= all[i].f.instrumented;
            free(all[i].f.name);
        } else {
            l->side->functions.items[kept++] = all[i].f;
        }
        l->renumbered.items[all[i].at] = (int)kept - 1;
    }
    l->side->functions.count = kept;
    free(all);
    for (size_t i = 0; i < kept; i++) {
        struct side_text *t = &l->side->texts.items[l->side->functions.items[i].text];
        t->first_function = t->function_count ? t->first_function : i;
        t->function_count++;
    }
    for (size_t u = 0; u < l->units.count; u++)
        for (size_t i = 0; i < l->units.items[u].functions.count; i++)
            l->units.items[u].functions.items[i] = l->renumbered.items[l->units.items[u].functions.items[i]];
}

static void make_slots(struct loader *l)
{
    struct side *side = l->side;
    for (size_t i = 0; i < side->texts.count; i++) {
        side->texts.items[i].first_slot = side->slots;
        side->slots += (size_t)side->texts.items[i].lines + 1;
    }
    size_t runs = side->runs.count + 1, functions = side->functions.count + 1;
    side->state = xcalloc(side->slots + 1, 1);
    side->hits = xcalloc((side->slots + 1) * runs, sizeof *side->hits);
    side->time = xcalloc((side->slots + 1) * runs, sizeof *side->time);
    side->allocs = xcalloc((side->slots + 1) * runs, sizeof *side->allocs);
    side->alloc_bytes = xcalloc((side->slots + 1) * runs, sizeof *side->alloc_bytes);
    side->calls = xcalloc(functions * runs, sizeof *side->calls);
    side->self = xcalloc(functions * runs, sizeof *side->self);
    side->total = xcalloc(functions * runs, sizeof *side->total);
    for (size_t u = 0; u < l->units.count; u++)
        for (size_t i = 0; i < l->units.items[u].lines.count; i++) {
            const struct unit_line *line = &l->units.items[u].lines.items[i];
            side->state[side->texts.items[line->text].first_slot + (size_t)line->line] |= SLOT_COUNTED;
        }
}

/* Where a line's id is in the units, which are in the order of ids; *unit only moves on. */
static const struct unit_line *unit_line_of(struct loader *l, int64_t id, size_t *unit)
{
    while (*unit + 1 < l->units.count && l->units.items[*unit + 1].first_line <= id)
        ++*unit;
    const struct unit *u = &l->units.items[*unit];
    return id >= u->first_line && id - u->first_line < (int64_t)u->lines.count ? &u->lines.items[id - u->first_line]
                                                                                : NULL;
}

static int function_of(const struct loader *l, int64_t id)
{
    for (size_t low = 0, high = l->units.count; low < high;) {
        size_t middle = (low + high) / 2;
        const struct unit *u = &l->units.items[middle];
        if (id < u->first_function)
            high = middle;
        else if (id >= u->first_function + (int64_t)u->functions.count)
            low = middle + 1;
        else
            return u->functions.items[id - u->first_function];
    }
    return -1;
}

struct process {
    int64_t id;
    size_t run;
    double sample_s;
    bool cut_short;
};

static struct unit *unit_of(struct loader *l, int64_t id)
{
    for (size_t i = 0; i < l->units.count; i++) {
        size_t at = (l->last_unit + i) % l->units.count;
        if (l->units.items[at].id == id)
            return &l->units.items[l->last_unit = at];
    }
    return NULL;
}

static void read_hits(struct unit *u, const struct process *p, int64_t digest, struct sql_stmt *s)
{
    if (!u->hits)
        u->hits = xcalloc(u->lines.count + 1, sizeof *u->hits);
    memset(u->hits, 0, u->lines.count * sizeof *u->hits);
    u->digest = digest;
    sql_bind_int(s, "process", p->id);
    sql_bind_int(s, "first", u->first_line);
    sql_bind_int(s, "end", u->first_line + (int64_t)u->lines.count);
    while (sql_step(s))
        u->hits[sql_int(s, 0) - u->first_line] = sql_int(s, 1);
}

static void add_hits(struct side *side, const struct unit *u, const struct process *p)
{
    size_t runs = side->runs.count;
    for (size_t i = 0; i < u->lines.count; i++) {
        const struct unit_line *line = &u->lines.items[i];
        size_t slot = side->texts.items[line->text].first_slot + (size_t)line->line;
        side->hits[slot * runs + p->run] += u->hits[i];
        if (p->cut_short && line->in_loop && u->hits[i])
            side->state[slot] |= SLOT_IN_FLIGHT;
    }
}

/* Repeats mostly count alike: what a digest says is the same is not read again. */
static void load_hits(struct loader *l, const struct process *p, struct sql_stmt *s)
{
    struct sql_stmt *rows = sql_prepare(l->db, "SELECT line_id, hits FROM hits WHERE process_id = :process AND "
                                               "line_id >= :first AND line_id < :end");
    sql_bind_int(s, "process", p->id);
    while (sql_step(s)) {
        struct unit *u = unit_of(l, sql_int(s, 0));
        if (!u->hits || u->digest != sql_int(s, 1))
            read_hits(u, p, sql_int(s, 1), rows);
        add_hits(l->side, u, p);
    }
    sql_done(rows);
}

static void load_wrong(struct loader *l, const struct process *p, struct sql_stmt *s)
{
    size_t unit = 0;
    sql_bind_int(s, "process", p->id);
    while (sql_step(s)) {
        const struct unit_line *line = unit_line_of(l, sql_int(s, 0), &unit);
        if (line)
            l->side->state[l->side->texts.items[line->text].first_slot + (size_t)line->line] |= SLOT_WRONG;
    }
}

static void load_calls(struct loader *l, const struct process *p, struct sql_stmt *s)
{
    sql_bind_int(s, "process", p->id);
    while (sql_step(s)) {
        int f = function_of(l, sql_int(s, 0));
        if (f < 0)
            continue;
        l->side->calls[(size_t)f * l->side->runs.count + p->run] += sql_int(s, 1);
        l->side->functions.items[f].ran = true;
    }
}

static void load_times(struct loader *l, const struct process *p, struct sql_stmt *s)
{
    struct side *side = l->side;
    size_t runs = side->runs.count;
    sql_bind_int(s, "process", p->id);
    while (sql_step(s)) {
        int f = function_of(l, sql_int(s, 0)), text = find_text(l, sql_int(s, 1)), line = (int)sql_int(s, 2);
        double seconds = sql_real(s, 3) * p->sample_s;
        if (f < 0)
            continue;
        side->self[(size_t)f * runs + p->run] += seconds;
        side->functions.items[f].ran = true;
        if (text < 0 || line < 1 || line > side->texts.items[text].lines)
            continue;
        size_t slot = side->texts.items[text].first_slot + (size_t)line;
        side->time[slot * runs + p->run] += seconds;
        side->state[slot] |= SLOT_TIMED;
    }
}

static void load_allocs(struct loader *l, const struct process *p, struct sql_stmt *s)
{
    struct side *side = l->side;
    sql_bind_int(s, "process", p->id);
    while (sql_step(s)) {
        int text = find_text(l, sql_int(s, 0)), line = (int)sql_int(s, 1);
        if (text < 0 || line < 1 || line > side->texts.items[text].lines)
            continue;
        size_t slot = side->texts.items[text].first_slot + (size_t)line, at = slot * side->runs.count + p->run;
        side->allocs[at] += sql_int(s, 2);
        side->alloc_bytes[at] += sql_int(s, 3);
        side->state[slot] |= SLOT_ALLOCATED;
    }
}

static void load_totals(struct loader *l, const struct process *p, struct sql_stmt *s)
{
    sql_bind_int(s, "process", p->id);
    while (sql_step(s)) {
        int f = function_of(l, sql_int(s, 0));
        if (f >= 0)
            l->side->total[(size_t)f * l->side->runs.count + p->run] += sql_real(s, 1) * p->sample_s;
    }
}

static void load_processes(struct loader *l)
{
    static const struct {
        const char *text;
        void (*load)(struct loader *, const struct process *, struct sql_stmt *);
    } parts[] = {
        {"SELECT unit_id, digest FROM process_unit WHERE process_id = :process", load_hits},
        {"SELECT line_id FROM wrong_hits WHERE process_id = :process ORDER BY line_id", load_wrong},
        {"SELECT function_id, calls FROM calls WHERE process_id = :process", load_calls},
        {"SELECT function_id, file_id, line, samples FROM line_samples WHERE process_id = :process", load_times},
        {"SELECT function_id, samples FROM function_samples WHERE process_id = :process", load_totals},
        {"SELECT file_id, line, allocs, bytes FROM line_allocs WHERE process_id = :process", load_allocs},
    };
    VEC(struct process) processes = {0};
    struct sql_stmt *s = sql_prepare(l->db, "SELECT process_id, repeat - 1, sample_ns, cut_short FROM side_process "
                                            "WHERE side = :side");
    sql_bind_int(s, "side", l->number);
    while (sql_step(s))
        *vec_push(&processes) = (struct process){sql_int(s, 0), (size_t)sql_int(s, 1), sql_real(s, 2) / 1e9,
                                                 sql_int(s, 3)};
    sql_done(s);
    for (size_t part = 0; l->units.count && part < sizeof parts / sizeof *parts; part++) {
        s = sql_prepare(l->db, parts[part].text);
        for (size_t i = 0; i < processes.count; i++)
            parts[part].load(l, &processes.items[i], s);
        sql_done(s);
    }
    vec_release(&processes);
    s = sql_prepare(l->db, "SELECT count(*) > 0 AND count(*) = count(heap.process_id) FROM side_process "
                           "LEFT JOIN heap USING (process_id) WHERE side = :side");
    sql_bind_int(s, "side", l->number);
    l->side->has_allocs = sql_step(s) && sql_int(s, 0);
    sql_done(s);
}

bool side_load(struct sql *db, int number, const char *spec, const struct side *other, struct side *out,
               struct str *err)
{
    *out = (struct side){0};
    struct loader l = {.db = db, .side = out, .other = other, .number = number};
    if (!select_side(db, number, spec, &out->selection, err))
        return false;
    load_runs(&l);
    load_units(&l);
    sort_functions(&l);
    make_slots(&l);
    load_processes(&l);
    for (size_t i = 0; i < l.units.count; i++) {
        vec_release(&l.units.items[i].functions);
        vec_release(&l.units.items[i].lines);
        free(l.units.items[i].hits);
    }
    vec_release(&l.units);
    vec_release(&l.renumbered);
    return true;
}

void side_release(struct side *s)
{
    for (size_t i = 0; i < s->texts.count; i++) {
        free(s->texts.items[i].path);
        str_release(&s->texts.items[i].text);
    }
    for (size_t i = 0; i < s->functions.count; i++)
        free(s->functions.items[i].name);
    vec_release(&s->runs);
    vec_release(&s->texts);
    vec_release(&s->functions);
    free(s->state);
    free(s->hits);
    free(s->time);
    free(s->allocs);
    free(s->alloc_bytes);
    free(s->calls);
    free(s->self);
    free(s->total);
    select_release(&s->selection);
}

void side_texts(const struct side *s, struct side_texts *out)
{
    out->texts = xcalloc(s->texts.count + 1, sizeof *out->texts);
    out->functions = xcalloc(s->functions.count + 1, sizeof *out->functions);
    out->side = (struct align_side){out->texts, s->texts.count};
    for (size_t i = 0; i < s->functions.count; i++) {
        const struct side_function *f = &s->functions.items[i];
        out->functions[i] = (struct align_function){f->name, f->line, f->last_line};
    }
    for (size_t i = 0; i < s->texts.count; i++) {
        const struct side_text *t = &s->texts.items[i];
        out->texts[i] = (struct align_text){t->path, t->known ? t->text.data : NULL, t->text.len,
                                            out->functions + t->first_function, t->function_count};
    }
}

void side_texts_release(struct side_texts *t)
{
    free(t->texts);
    free(t->functions);
}

char *side_line(const struct side *s, int text, int number)
{
    const struct str *t = &s->texts.items[text].text;
    const char *at = t->data, *end = t->data + t->len;
    for (int line = 1; line < number && at < end; line++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    const char *newline = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    size_t len = (size_t)((newline ? newline : end) - at);
    return str_copy_bytes(at, len && at[len - 1] == '\r' ? len - 1 : len);
}

int side_function_at(const struct side *s, int text, int line)
{
    const struct side_text *t = &s->texts.items[text];
    int found = -1;
    for (size_t low = t->first_function, high = low + t->function_count; low < high;) {
        size_t middle = (low + high) / 2;
        if (s->functions.items[middle].line > line) {
            high = middle;
        } else {
            found = (int)middle;
            low = middle + 1;
        }
    }
    return found >= 0 && s->functions.items[found].last_line >= line ? found : -1;
}
