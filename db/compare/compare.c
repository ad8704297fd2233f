/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/compare/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define ALIGNED_ENOUGH 0.5       /* of the functions that ran: with fewer in common, two programs are compared */

static bool agree(const int64_t *values, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (values[i] != values[0])
            return false;
    return true;
}

static double median_of(const int64_t *values, size_t n)
{
    double *copy = xcalloc(n, sizeof *copy);
    for (size_t i = 0; i < n; i++)
        copy[i] = (double)values[i];
    double median = stats_median(copy, n);
    free(copy);
    return median;
}

struct exact compare_exact(const struct comparison *c, const int64_t *before, const int64_t *after)
{
    const int64_t *values[2] = {before, after};
    struct exact e = {.same = true};
    for (int side = 0; side < 2; side++) {
        size_t n = c->side[side].runs.count;
        if (!values[side])
            continue;
        bool same = agree(values[side], n);
        e.known[side] = true;
        e.same = e.same && same;
        e.value[side] = same ? (double)values[side][0] : median_of(values[side], n);
    }
    e.changed = e.same && e.known[0] && e.known[1] && e.value[0] != e.value[1];
    return e;
}

/* Texts differ where a line of the function has no partner that is the same. */
static bool is_edited(const struct comparison *c, const struct compare_function *f)
{
    for (int side = 0; side < 2; side++) {
        const struct side_function *of = &c->side[side].functions.items[f->function[side]];
        for (int line = of->line; line <= of->last_line; line++) {
            enum align_mark mark = align_link_of(&c->align, side, of->text, line).mark;
            if (mark == ALIGN_EDITED || mark == ALIGN_NEW || mark == ALIGN_GONE)
                return true;
        }
    }
    return false;
}

void compare_functions(struct comparison *c)
{
    for (int side = 0; side < 2; side++)
        c->function_of[side] = xcalloc(c->side[side].functions.count + 1, sizeof *c->function_of[side]);
    for (size_t i = 0; i < c->align.functions.count; i++) {
        const struct align_match *m = &c->align.functions.items[i];
        struct compare_function *f = vec_push(&c->functions);
        const int64_t *calls[2] = {NULL, NULL};
        *f = (struct compare_function){.function = {-1, -1}, .renamed = m->renamed, .moved = m->moved};
        for (int side = 0; side < 2; side++) {
            if (m->function[side] < 0)
                continue;
            size_t at = c->side[side].texts.items[m->text[side]].first_function + (size_t)m->function[side];
            f->function[side] = (int)at;
            c->function_of[side][at] = (int)i;
            if (c->side[side].functions.items[at].instrumented && c->side[side].selection.calls)
                calls[side] = c->side[side].calls + at * c->side[side].runs.count;
        }
        f->calls = compare_exact(c, calls[0], calls[1]);
        f->edited = f->function[0] >= 0 && f->function[1] >= 0 && is_edited(c, f);
    }
}

/* Most lines allocate nothing on either side: that is known without a look at their runs. */
static void count_allocs(struct comparison *c, struct compare_line *l)
{
    if (!c->side[0].has_allocs || !c->side[1].has_allocs || !((l->state[0] | l->state[1]) & SLOT_ALLOCATED))
        return;
    l->alloc = compare_exact(c, l->allocs[0] ? l->allocs[0] : c->none, l->allocs[1] ? l->allocs[1] : c->none);
    l->alloc_byte = compare_exact(c, l->alloc_bytes[0] ? l->alloc_bytes[0] : c->none,
                                  l->alloc_bytes[1] ? l->alloc_bytes[1] : c->none);
    if ((l->alloc.changed || l->alloc_byte.changed) && l->function >= 0)
        c->functions.items[l->function].lines_changed++;
}

static void count_lines(struct comparison *c)
{
    size_t n[2] = {c->side[0].runs.count, c->side[1].runs.count};
    c->none = xcalloc((n[0] > n[1] ? n[0] : n[1]) + 1, sizeof *c->none);
    for (size_t i = 0; i < c->lines.count; i++) {
        struct compare_line *l = &c->lines.items[i];
        const int64_t *hits[2] = {NULL, NULL};
        for (int side = 0; side < 2; side++)
            if ((l->state[side] & (SLOT_COUNTED | SLOT_WRONG | SLOT_IN_FLIGHT)) == SLOT_COUNTED)
                hits[side] = l->hits[side];
        l->count = compare_exact(c, hits[0], hits[1]);
        c->vary += !l->count.same;
        if (l->count.changed && l->function >= 0)
            c->functions.items[l->function].lines_changed++;
        count_allocs(c, l);
    }
}

const struct compare_metric *compare_metric(const struct comparison *c, const char *name)
{
    for (size_t i = 0; i < c->metrics.count; i++)
        if (strcmp(c->metrics.items[i].name, name) == 0)
            return &c->metrics.items[i];
    return NULL;
}

const struct side_function *compare_function_at(const struct comparison *c, const struct compare_function *f,
                                                int *side)
{
    *side = f->function[AFTER] >= 0 ? AFTER : BEFORE;
    return &c->side[*side].functions.items[f->function[*side]];
}

/* The share of the functions that ran before that have a partner, by the lesser side. */
static double aligned_share(const struct comparison *c)
{
    double ran[2] = {0, 0}, aligned[2] = {0, 0};
    for (size_t i = 0; i < c->functions.count; i++)
        for (int side = 0; side < 2; side++) {
            const struct compare_function *f = &c->functions.items[i];
            if (f->function[side] < 0 || !c->side[side].functions.items[f->function[side]].ran)
                continue;
            ran[side]++;
            aligned[side] += f->function[!side] >= 0;
        }
    double before = ran[0] > 0 ? aligned[0] / ran[0] : 1, after = ran[1] > 0 ? aligned[1] / ran[1] : 1;
    return before > after ? before : after;
}

static bool in_run(const struct side *s, const struct side_text *t, size_t run)
{
    for (size_t f = t->first_function; f < t->first_function + t->function_count; f++)
        if (s->calls[f * s->runs.count + run] > 0)
            return true;
    return false;
}

/* Do the runs have either the one or the other? */
static bool either_or(const struct side *s, const struct side_text *a, const struct side_text *b)
{
    bool any[2] = {false, false};
    for (size_t r = 0; r < s->runs.count; r++) {
        bool x = in_run(s, a, r), y = in_run(s, b, r);
        if (x && y)
            return false;
        any[0] |= x;
        any[1] |= y;
    }
    return any[0] && any[1];
}

/* A file of which different runs have different texts: the side is not one program. */
static const char *mixed_text(const struct side *s)
{
    for (size_t i = 0; i < s->texts.count; i++)
        for (size_t j = i + 1; j < s->texts.count; j++) {
            const struct side_text *a = &s->texts.items[i], *b = &s->texts.items[j];
            if (strcmp(file_name(a->path), file_name(b->path)) == 0 && either_or(s, a, b))
                return a->path;
        }
    return NULL;
}

static bool comparable(const struct comparison *c, struct str *err)
{
    for (int side = 0; side < 2; side++) {
        const char *mixed = mixed_text(&c->side[side]);
        if (mixed) {
            str_addf(err, "the runs of %s come from different sources (%s has several texts): name runs of one "
                     "build, or --force", c->side[side].selection.name, mixed);
            return false;
        }
    }
    double share = aligned_share(c);
    if (share >= ALIGNED_ENOUGH)
        return true;
    str_addf(err, "%s and %s are different programs: %.0f %% of the functions that ran are in both; --force compares "
             "them all the same", c->side[0].selection.name, c->side[1].selection.name, 100 * share);
    return false;
}

static bool load(struct sql *db, const char *const spec[2], struct comparison *c, struct str *err)
{
    for (int side = 0; side < 2; side++)
        if (!side_load(db, side, spec[side], side ? &c->side[0] : NULL, &c->side[side], err))
            return false;
    return true;
}

bool compare_sides(struct sql *db, const char *before, const char *after, const struct compare_wishes *wishes,
                   struct comparison *out, struct str *err)
{
    *out = (struct comparison){0};
    if (!load(db, (const char *const[]){before, after}, out, err))
        return false;
    struct side_texts texts[2];
    for (int side = 0; side < 2; side++)
        side_texts(&out->side[side], &texts[side]);
    align_sides(&texts[0].side, &texts[1].side, &out->align);
    for (int side = 0; side < 2; side++)
        side_texts_release(&texts[side]);
    compare_functions(out);
    compare_circumstances(db, out);
    if (!wishes->force && !comparable(out, err))
        return false;
    compare_lines(out);
    count_lines(out);
    compare_times(out, wishes);
    compare_metrics(db, out);
    return true;
}

void compare_release(struct comparison *c)
{
    for (size_t i = 0; i < c->lines.count; i++)
        for (int side = 0; side < 2; side++)
            if (c->lines.items[i].owned[side])
                compare_free_line(&c->lines.items[i], side);
    for (size_t i = 0; i < c->metrics.count; i++) {
        free(c->metrics.items[i].name);
        free(c->metrics.items[i].values[0]);
        free(c->metrics.items[i].values[1]);
    }
    for (size_t i = 0; i < c->warnings.count; i++)
        free(c->warnings.items[i]);
    vec_release(&c->warnings);
    vec_release(&c->lines);
    vec_release(&c->functions);
    vec_release(&c->metrics);
    for (int side = 0; side < 2; side++) {
        free(c->function_of[side]);
        free(c->line_of[side]);
        side_release(&c->side[side]);
    }
    align_release(&c->align);
    judge_release(&c->judge);
    free(c->nothing);
    free(c->none);
}
