/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions that changed, line by line: both versions in one listing.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare_view.h"
#include "db/quantity.h"

#define TOP_LISTINGS 2
#define LONG_LISTING 40          /* lines; of longer functions only what changed is shown */
#define CONTEXT 2                /* lines around it */

static const struct column narrow[] = {
    {"St", "state", COLUMN_TEXT, USE_ALL},
    {"Line", "line_after", COLUMN_NUMBER, USE_ALL},
    {"Hits", "hits_after", COLUMN_COUNT, USE_ALL},
    {"dHits", "hits_delta", COLUMN_TEXT, USE_ALL},
    {"Time", "time_after_s", COLUMN_TEXT, USE_ALL},
    {"dTime", "delta_s", COLUMN_TEXT, USE_ALL},
    {"Source", "text", COLUMN_TEXT, USE_ALL},
};

static const struct column wide[] = {
    {"St", "state", COLUMN_TEXT, USE_ALL},
    {"Old", "line_before", COLUMN_NUMBER, USE_ALL},
    {"New", "line_after", COLUMN_NUMBER, USE_ALL},
    {"Hits old", "hits_before", COLUMN_COUNT, USE_ALL},
    {"Hits new", "hits_after", COLUMN_COUNT, USE_ALL},
    {"Time old", "time_before_s", COLUMN_TEXT, USE_ALL},
    {"Time new", "time_after_s", COLUMN_TEXT, USE_ALL},
    {"dTime", "delta_s", COLUMN_TEXT, USE_ALL},
    {"95 %", "ci_s", COLUMN_TEXT, USE_ALL},
    {"q", "q", COLUMN_TEXT, USE_ALL},
    {"dAllocs", "allocs_delta", COLUMN_TEXT, USE_ALL},
    {"From hits", "from_hits_s", COLUMN_TEXT, USE_ALL},
    {"From cost", "from_cost_s", COLUMN_TEXT, USE_ALL},
    {"Source", "text", COLUMN_TEXT, USE_ALL},
};

struct entry {                   /* a line of the listing */
    int line[2];                 /* by side, 0: none */
    enum align_mark mark;
    bool matters;
};

struct listing_of {
    const struct compare_view *v;
    const struct compare_function *f;
    const struct side_function *of[2];
    VEC(struct entry) entries;
    struct table *table;
};

static const struct compare_line *row_of(const struct listing_of *l, const struct entry *e)
{
    const struct comparison *c = l->v->c;
    for (int side = 1; side >= 0; side--) {
        if (!e->line[side] || !l->of[side])
            continue;
        size_t slot = c->side[side].texts.items[l->of[side]->text].first_slot + (size_t)e->line[side];
        int row = c->line_of[side][slot];
        if (row >= 0 && c->lines.items[row].line[side] == e->line[side])
            return &c->lines.items[row];
    }
    return NULL;
}

static void add_entry(struct listing_of *l, int before, int after, enum align_mark mark)
{
    struct entry *e = vec_push(&l->entries);
    *e = (struct entry){{before, after}, mark, mark == ALIGN_NEW || mark == ALIGN_GONE || mark == ALIGN_EDITED};
    const struct compare_line *row = row_of(l, e);
    e->matters |= row && compare_line_changed(row);
}

/* Lines that are gone up to `end` of the side before. */
static void add_gone(struct listing_of *l, int *from, int end)
{
    for (; *from < end; ++*from) {
        enum align_mark mark = align_link_of(&l->v->c->align, BEFORE, l->of[BEFORE]->text, *from).mark;
        if (mark == ALIGN_GONE)
            add_entry(l, *from, 0, mark);
    }
}

static void collect(struct listing_of *l)
{
    const struct align *a = &l->v->c->align;
    const struct side_function *before = l->of[BEFORE], *after = l->of[AFTER];
    int from = before ? before->line : 0;
    for (int line = after ? after->line : 1; after && line <= after->last_line; line++) {
        struct align_link link = align_link_of(a, AFTER, after->text, line);
        bool here = before && link.text == before->text && link.line >= before->line && link.line <= before->last_line;
        if (here && link.line >= from) {
            add_gone(l, &from, link.line);
            from = link.line + 1;
        }
        add_entry(l, here ? link.line : 0, line, link.mark);
    }
    if (before)
        add_gone(l, &from, before->last_line + 1);
}

static void number(struct table *t, int line)
{
    if (line)
        table_int(t, line);
    else
        table_none(t);
}

static void hits(struct table *t, const struct compare_line *r, int side)
{
    if (r && r->count.known[side])
        table_int(t, (int64_t)r->count.value[side]);
    else
        table_none(t);
}

static void hits_delta(struct str *out, const struct compare_line *r)
{
    if (!r || !(r->count.known[0] && r->count.known[1]) || (r->count.same && !r->count.changed))
        return;
    if (!r->count.same) {
        str_add(out, "varies");
        return;
    }
    double delta = r->count.value[1] - r->count.value[0];
    str_add(out, delta > 0 ? "+" : "");
    quantity_count(out, (int64_t)delta);
}

static void allocs_delta(struct str *out, const struct compare_line *r)
{
    if (!r || !r->alloc.changed)
        return;
    double delta = r->alloc.value[1] - r->alloc.value[0];
    str_add(out, delta > 0 ? "+" : "");
    quantity_count(out, (int64_t)delta);
}

static void seconds(struct str *out, const struct compare_line *r, int side)
{
    double s = r ? side ? r->judged.after : r->judged.before : 0;
    if (s > 0)
        quantity_seconds(out, s);
}

static void time_delta(struct str *out, const struct compare_line *r)
{
    if (r && r->judged.shown)
        compare_add_seconds(out, r->judged.delta);
    else if (r && r->tested)
        str_add(out, "~");
}

static void time_interval(struct str *out, const struct compare_line *r)
{
    if (!r || !r->judged.shown || isnan(r->judged.ci.low))
        return;
    str_add(out, "[");
    compare_add_seconds(out, r->judged.ci.low);
    str_add(out, ", ");
    compare_add_seconds(out, r->judged.ci.high);
    str_add(out, "]");
}

static void part(struct str *out, const struct compare_line *r, double value)
{
    if (r && r->judged.shown && r->split.known)
        compare_add_seconds(out, value);
}

static void wide_cells(struct listing_of *l, const struct entry *e, const struct compare_line *r)
{
    struct table *t = l->table;
    number(t, e->line[0]);
    number(t, e->line[1]);
    hits(t, r, 0);
    hits(t, r, 1);
    TEXT_CELL(t, seconds(out, r, 0));
    TEXT_CELL(t, seconds(out, r, 1));
    TEXT_CELL(t, time_delta(out, r));
    TEXT_CELL(t, time_interval(out, r));
    TEXT_CELL(t, if (r && r->tested && !isnan(r->judged.q)) str_addf(out, "%.4f", r->judged.q));
    TEXT_CELL(t, allocs_delta(out, r));
    TEXT_CELL(t, part(out, r, r ? r->split.from_hits : 0));
    TEXT_CELL(t, part(out, r, r ? r->split.from_cost : 0));
}

static void narrow_cells(struct listing_of *l, const struct entry *e, const struct compare_line *r)
{
    struct table *t = l->table;
    int side = e->line[1] ? AFTER : BEFORE;
    number(t, e->line[side]);
    hits(t, r, side);
    TEXT_CELL(t, hits_delta(out, r));
    TEXT_CELL(t, seconds(out, r, side));
    TEXT_CELL(t, time_delta(out, r));
}

/* The text before of an edited line, above it. */
static void put_old_text(struct listing_of *l, const struct entry *e)
{
    char *text = side_line(&l->v->c->side[BEFORE], l->of[BEFORE]->text, e->line[BEFORE]);
    for (size_t i = 0; i + 1 < l->table->column_count; i++)
        table_none(l->table);
    TEXT_CELL(l->table, str_addf(out, "%.*swas: %s", (int)strspn(text, " \t"), text, text + strspn(text, " \t")));
    free(text);
}

static void put_entry(struct listing_of *l, const struct entry *e)
{
    const struct compare_line *r = row_of(l, e);
    int side = e->line[1] ? AFTER : BEFORE;
    if (e->mark == ALIGN_EDITED && e->line[0] && e->line[1])
        put_old_text(l, e);
    char mark[2] = {align_marks[e->mark], 0};
    table_text(l->table, mark);
    if (l->v->wide)
        wide_cells(l, e, r);
    else
        narrow_cells(l, e, r);
    char *text = side_line(&l->v->c->side[side], l->of[side]->text, e->line[side]);
    table_text(l->table, text);
    free(text);
    if (r && r->judged.shown && r->judged.delta > 0)
        table_hot(l->table);
}

static void put_gap(struct listing_of *l)
{
    for (size_t i = 0; i + 1 < l->table->column_count; i++)
        table_none(l->table);
    table_text(l->table, "...");
}

static bool is_near(const struct listing_of *l, size_t at)
{
    size_t from = at > CONTEXT ? at - CONTEXT : 0, end = at + CONTEXT + 1;
    for (size_t i = from; i < end && i < l->entries.count; i++)
        if (l->entries.items[i].matters)
            return true;
    return at == 0;
}

static char *title_of(const struct listing_of *l)
{
    struct str s = STR_INIT;
    const struct comparison *c = l->v->c;
    const struct judged *d = &l->f->self;
    int side;
    str_addf(&s, "%s ", compare_function_at(c, l->f, &side)->name);
    for (int i = 0; i < 2; i++)
        if (l->of[i])
            str_addf(&s, "%s%s:%d", i && l->of[0] ? " -> " : " ", compare_path(c, i, l->of[i]->text), l->of[i]->line);
    if (d->before > 0 || d->after > 0) {
        str_add(&s, "  self ");
        for (side = 0; side < 2; side++) {
            str_add(&s, side ? " -> " : "");
            if (c->samples[side] > 0)
                quantity_seconds(&s, side ? d->after : d->before);
            else
                str_add(&s, "-");
        }
    }
    if (d->shown) {
        str_add(&s, " (");
        compare_add_percent(&s, d->ratio);
        str_add(&s, ")");
    }
    return str_detach(&s);
}

static void list(const struct compare_view *v, const struct compare_function *f)
{
    struct listing_of l = {.v = v, .f = f};
    for (int side = 0; side < 2; side++)
        l.of[side] = f->function[side] < 0 ? NULL : &v->c->side[side].functions.items[f->function[side]];
    collect(&l);
    char *title = title_of(&l);
    l.table = v->wide ? doc_table(v->doc, "listing", title, wide, sizeof wide / sizeof *wide)
                      : doc_table(v->doc, "listing", title, narrow, sizeof narrow / sizeof *narrow);
    free(title);
    bool cut = l.entries.count > LONG_LISTING && !v->all, gap = false;
    for (size_t i = 0; i < l.entries.count; i++) {
        bool shown = !cut || is_near(&l, i);
        if (shown)
            put_entry(&l, &l.entries.items[i]);
        else if (!gap)
            put_gap(&l);
        gap = !shown;
    }
    vec_release(&l.entries);
}

/* Worth a listing: something in it can be seen. */
static bool worth(const struct compare_view *v, const struct compare_function *f)
{
    const struct comparison *c = v->c;
    for (int side = 0; side < 2; side++)
        if (f->function[side] >= 0 && !c->side[side].texts.items[c->side[side].functions.items[f->function[side]].text]
                                           .known)
            return false;
    return v->wanted || compare_function_changed(f);
}

void compare_listings(const struct compare_view *v)
{
    size_t count, listed = 0, *order = compare_order_functions(v, &count);
    for (size_t i = 0; i < count; i++) {
        const struct compare_function *f = &v->c->functions.items[order[i]];
        if (!worth(v, f))
            continue;
        if (v->all || v->wanted || listed < TOP_LISTINGS)
            list(v, f);
        listed++;
    }
    if (!v->all && !v->wanted && listed > TOP_LISTINGS)
        doc_foot(v->doc, "%d of %zu functions that changed, line by line; more: --function NAME, --all", TOP_LISTINGS,
                 listed);
    free(order);
}

void compare_show(const struct compare_view *v)
{
    const struct comparison *c = v->c;
    doc_fact_text(v->doc, "before", c->side[0].selection.name);
    doc_fact_text(v->doc, "after", c->side[1].selection.name);
    doc_fact_int(v->doc, "runs_before", (int64_t)c->side[0].runs.count);
    doc_fact_int(v->doc, "runs_after", (int64_t)c->side[1].runs.count);
    doc_fact_int(v->doc, "seed", (int64_t)c->judge.seed);
    doc_fact_real(v->doc, "user_before_s", c->user_s[0]);
    doc_fact_real(v->doc, "user_after_s", c->user_s[1]);
    doc_fact_int(v->doc, "lines_varying", (int64_t)c->vary);
    compare_words(v);
    compare_program_table(v);
    compare_function_table(v);
    compare_line_table(v);
    if (!v->programs)
        compare_listings(v);
}
