/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/compare/history.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/compare/side.h"
#include "db/names.h"
#include "db/path.h"
#include "db/store.h"
#include "db/wanted.h"

struct spot {                    /* where it is in a side */
    int text, line;              /* of a function: its first line */
    int function;                /* index of side.functions, -1: in none */
};

struct build {
    char *units;                 /* which units: the same for runs of the same build */
    int64_t first_ns;            /* when its first run was */
    VEC(struct history_run) runs;        /* newest first */
};

struct follower {
    struct sql *db;
    struct history *out;
    bool by_function;
    VEC(struct build) builds;    /* that was run last for the first time first */
    struct side side[2];         /* of the build at hand, and of the newer one */
    struct spot at;
};

static struct build *build_of(struct follower *f, const char *units)
{
    for (size_t i = 0; i < f->builds.count; i++)
        if (strcmp(f->builds.items[i].units, units) == 0)
            return &f->builds.items[i];
    struct build *new = vec_push(&f->builds);
    new->units = str_copy(units);
    return new;
}

static int by_first_run(const void *a, const void *b)
{
    const struct build *x = a, *y = b;
    return (x->first_ns < y->first_ns) - (x->first_ns > y->first_ns);
}

/* Builds may take turns: each stands where its first run was. */
static void find_builds(struct follower *f)
{
    struct sql_stmt *s = store_prepare(f->db, "log_runs");
    while (sql_step(s)) {
        const char *units = sql_text(s, 3);
        if (!*units)
            continue;                            /* nothing of it is instrumented */
        struct build *build = build_of(f, units);
        build->first_ns = sql_int(s, 2);
        bool parameters = !sql_is_null(s, 4);
        f->out->parameters |= parameters;
        *vec_push(&build->runs) = (struct history_run){.run = sql_int(s, 0), .label = str_copy(sql_text(s, 1)),
                                                       .started_ns = sql_int(s, 2),
                                                       .with = str_copy(sql_text(s, parameters ? 4 : 5))};
    }
    sql_done(s);
    if (f->builds.count)
        qsort(f->builds.items, f->builds.count, sizeof *f->builds.items, by_first_run);
    for (size_t b = 0; b < f->builds.count; b++)
        for (size_t i = 0; i < f->builds.items[b].runs.count; i++)
            *vec_push(&f->out->runs) = f->builds.items[b].runs.items[i];
}

static bool load(struct follower *f, int64_t run, struct side *side, struct str *err)
{
    char *spec = str_format("%" PRId64, run);
    bool ok = side_load(f->db, 1, spec, NULL, side, err);
    free(spec);
    return ok;
}

/* The spot of the newer side on the older one, or no spot where it came into being since then. */
static bool follow(struct follower *f, enum align_mark *mark)
{
    struct side_texts texts[2];
    struct align align;
    const struct side *older = &f->side[0], *newer = &f->side[1];
    for (int side = 0; side < 2; side++)
        side_texts(&f->side[side], &texts[side]);
    align_sides(&texts[0].side, &texts[1].side, &align);
    struct align_link link = align_link_of(&align, ALIGN_AFTER, f->at.text, f->at.line);
    struct spot at = {link.text, link.line, -1};
    for (size_t i = 0; i < align.functions.count && f->at.function >= 0; i++) {
        const struct align_match *m = &align.functions.items[i];
        bool it = m->function[1] >= 0 && m->text[1] == newer->functions.items[f->at.function].text &&
                  newer->texts.items[m->text[1]].first_function + (size_t)m->function[1] == (size_t)f->at.function;
        if (it && m->function[0] >= 0)
            at.function = (int)(older->texts.items[m->text[0]].first_function + (size_t)m->function[0]);
    }
    if (f->by_function && at.function >= 0) {
        const struct side_function *of = &older->functions.items[at.function];
        at.text = of->text;
        at.line = of->line;
    }
    *mark = link.text < 0 && !(f->by_function && at.function >= 0) ? ALIGN_NEW : link.mark;
    for (int side = 0; side < 2; side++)
        side_texts_release(&texts[side]);
    align_release(&align);
    f->at = at;
    return at.text >= 0 && (!f->by_function || at.function >= 0);
}

static void read_values(struct follower *f, struct history_run *r)
{
    struct sql_stmt *s = store_prepare(f->db, f->by_function ? "log_function" : "log_line");
    sql_bind_int(s, "run", r->run);
    sql_bind_int(s, "file", f->side[0].texts.items[f->at.text].file);
    sql_bind_int(s, "line", f->at.line);
    if (f->by_function)
        sql_bind_text(s, "name", f->side[0].functions.items[f->at.function].name);
    if (sql_step(s)) {
        r->counted = !sql_is_null(s, 0);
        r->count = sql_int(s, 0);
        r->seconds = sql_is_null(s, 1) ? NAN : sql_real(s, 1);
        r->samples = sql_real(s, 2);
    }
    sql_done(s);
}

static void add_version(struct follower *f, size_t first, size_t count)
{
    struct history_version *v = vec_push(&f->out->versions);
    const struct side *s = &f->side[0];
    int function = f->at.function >= 0 ? f->at.function : side_function_at(s, f->at.text, f->at.line);
    v->path = str_copy(path_inside(s->selection.folder, s->texts.items[f->at.text].path));
    v->line = f->at.line;
    v->name = str_copy(function >= 0 ? s->functions.items[function].name : "");
    v->text = side_line(s, f->at.text, f->at.line);
    v->mark = ALIGN_SAME;
    v->first = first;
    v->count = count;
    for (size_t i = 0; i < count; i++) {
        f->out->runs.items[first + i].version = f->out->versions.count - 1;
        read_values(f, &f->out->runs.items[first + i]);
    }
}

static void run_release(struct history_run *r)
{
    free(r->label);
    free(r->with);
}

/* From the newest build back. Runs and versions are in that order here. */
static bool walk(struct follower *f, struct str *err)
{
    size_t first = 0;
    for (size_t b = 0; b < f->builds.count; b++) {
        const struct build *build = &f->builds.items[b];
        if (b) {
            enum align_mark mark;
            side_release(&f->side[1]);
            f->side[1] = f->side[0];
            if (!load(f, build->runs.items[0].run, &f->side[0], err))
                return false;
            bool there = follow(f, &mark);
            f->out->versions.items[f->out->versions.count - 1].mark = mark;
            if (!there) {
                f->out->begins = true;
                break;
            }
        }
        add_version(f, first, build->runs.count);
        first += build->runs.count;
    }
    for (size_t i = first; i < f->out->runs.count; i++)
        run_release(&f->out->runs.items[i]);
    f->out->runs.count = first;
    return true;
}

static void turn_round(struct history *h)
{
    size_t runs = h->runs.count, versions = h->versions.count;
    for (size_t i = 0; i < runs / 2; i++) {
        struct history_run r = h->runs.items[i];
        h->runs.items[i] = h->runs.items[runs - 1 - i];
        h->runs.items[runs - 1 - i] = r;
    }
    for (size_t i = 0; i < versions / 2; i++) {
        struct history_version v = h->versions.items[i];
        h->versions.items[i] = h->versions.items[versions - 1 - i];
        h->versions.items[versions - 1 - i] = v;
    }
    for (size_t i = 0; i < runs; i++)
        h->runs.items[i].version = versions - 1 - h->runs.items[i].version;
    for (size_t i = 0, first = 0; i < versions; i++) {
        h->versions.items[i].first = first;
        first += h->versions.items[i].count;
    }
}

/* Seconds of a version's runs that had `with` and were sampled, into values, which may be NULL; how many. */
static size_t like(const struct history *h, const struct history_version *v, const char *with, double *values)
{
    size_t count = 0;
    for (size_t i = v->first; i < v->first + v->count; i++) {
        if (strcmp(h->runs.items[i].with, with) != 0 || isnan(h->runs.items[i].seconds))
            continue;
        if (values)
            values[count] = h->runs.items[i].seconds;
        count++;
    }
    return count;
}

static void test_kind(const struct history *h, struct history_run *r, const struct history_version *old)
{
    const struct history_version *v = &h->versions.items[r->version];
    size_t before = like(h, old, r->with, NULL), after = like(h, v, r->with, NULL), count = before + after;
    if (!before || !after)
        return;
    double *values = xcalloc(count, sizeof *values), *order = xcalloc(count, sizeof *order);
    like(h, old, r->with, values);
    like(h, v, r->with, values + before);
    for (size_t i = 0; i < count; i++)
        order[i] = (double)i;
    struct judge j;
    struct series series[2] = {{values, before, 0}, {values + before, after, 0}};
    judge_init(&j, before, after, order, 1, JUDGE_SEED);
    judge_test(&j, series, &r->time);
    judge_show(&r->time, JUDGE_ALPHA, JUDGE_EFFECT);
    r->tested = !isnan(r->time.p);
    judge_release(&j);
    free(values);
    free(order);
}

static void look_for_changes(struct history *h)
{
    struct names kinds = {0};
    VEC(size_t) last = {0};                      /* by number of the kind less one: its latest run */
    for (size_t i = 0; i < h->runs.count; i++) {
        struct history_run *r = &h->runs.items[i];
        size_t kind = names_put(&kinds, r->with);
        if (kind > last.count)
            *vec_push(&last) = HISTORY_NONE;
        r->before = last.items[kind - 1];
        last.items[kind - 1] = i;
        if (r->before != HISTORY_NONE && h->runs.items[r->before].version != r->version)
            test_kind(h, r, &h->versions.items[h->runs.items[r->before].version]);
    }
    h->kinds = kinds.list.count;
    vec_release(&last);
    names_release(&kinds);
}

static bool find_line(struct follower *f, const char *place, struct str *err)
{
    const char *colon = strrchr(place, ':');
    char *file = colon ? str_copy_bytes(place, (size_t)(colon - place)) : NULL, *here = getcwd(NULL, 0), *end = NULL;
    long line = colon ? strtol(colon + 1, &end, 10) : 0;
    struct wanted w = {NULL, NULL, f->side[0].selection.folder, here ? here : "/"};
    bool found = false;
    for (size_t i = 0; colon && end != colon + 1 && !*end && i < f->side[0].texts.count && !found; i++) {
        const struct side_text *t = &f->side[0].texts.items[i];
        found = t->function_count && line >= 1 && line <= t->lines && wanted_file(&w, file, t->path);
        if (found)
            f->at = (struct spot){(int)i, (int)line, side_function_at(&f->side[0], (int)i, (int)line)};
    }
    if (!found)
        str_addf(err, "no line '%s' in the newest of these runs; it is FILE:LINE, such as src/main.c:12", place);
    free(file);
    free(here);
    return found;
}

static bool find_function(struct follower *f, const char *name, struct str *err)
{
    char *here = getcwd(NULL, 0);
    struct wanted w = {name, NULL, f->side[0].selection.folder, here ? here : "/"};
    size_t found = 0;
    for (size_t i = 0; i < f->side[0].functions.count; i++) {
        const struct side_function *of = &f->side[0].functions.items[i];
        if (!wanted_function(&w, f->side[0].texts.items[of->text].path, of->name, of->line, of->last_line))
            continue;
        f->at = (struct spot){of->text, of->line, (int)i};
        found++;
    }
    if (found != 1)
        str_addf(err, found ? "%zu functions are named '%s' in the newest of these runs; FILE:NAME tells them apart"
                            : "%zu functions are named '%s' in the newest of these runs", found, name);
    free(here);
    return found == 1;
}

static bool history(struct follower *f, const char *runs, const char *what, struct str *err)
{
    struct selection selection;
    if (!select_side(f->db, 0, runs, &selection, err))
        return false;
    select_release(&selection);
    find_builds(f);
    if (!f->builds.count) {
        str_add(err, "nothing of these runs is instrumented");
        return false;
    }
    if (!load(f, f->builds.items[0].runs.items[0].run, &f->side[0], err))
        return false;
    bool ok = (f->by_function ? find_function(f, what, err) : find_line(f, what, err)) && walk(f, err);
    for (int side = 0; side < 2; side++)
        side_release(&f->side[side]);
    for (size_t i = 0; i < f->builds.count; i++) {
        free(f->builds.items[i].units);
        vec_release(&f->builds.items[i].runs);
    }
    vec_release(&f->builds);
    if (!ok)
        return false;
    turn_round(f->out);
    look_for_changes(f->out);
    return true;
}

bool history_of_line(struct sql *db, const char *runs, const char *place, struct history *out, struct str *err)
{
    struct follower f = {.db = db, .out = out};
    *out = (struct history){0};
    return history(&f, runs, place, err);
}

bool history_of_function(struct sql *db, const char *runs, const char *name, struct history *out, struct str *err)
{
    struct follower f = {.db = db, .out = out, .by_function = true};
    *out = (struct history){0};
    return history(&f, runs, name, err);
}

void history_release(struct history *h)
{
    for (size_t i = 0; i < h->runs.count; i++)
        run_release(&h->runs.items[i]);
    for (size_t i = 0; i < h->versions.count; i++) {
        free(h->versions.items[i].path);
        free(h->versions.items[i].name);
        free(h->versions.items[i].text);
    }
    vec_release(&h->runs);
    vec_release(&h->versions);
}
