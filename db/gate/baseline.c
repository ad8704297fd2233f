/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/gate/baseline.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "db/compare/compare_view.h"
#include "db/format.h"
#include "db/json.h"
#include "db/quantity.h"
#include "db/store.h"

#define VERSION 1
#define CAUSES 10                /* places that are named */

static const struct side *after(const struct comparison *c)
{
    return &c->side[AFTER];
}

static void add_array(struct str *out, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        str_addf(out, "%s%.*g", i ? ", " : "[", values[i] < 1e9 ? 9 : 13, values[i]);
    str_add(out, "]");
}

static bool agree(const double *values, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (values[i] != values[0])
            return false;
    return true;
}

static void write_figures(const struct comparison *c, bool counts, struct str *out)
{
    const char *comma = "";
    str_addf(out, "  \"%s\": {", counts ? "counts" : "figures");
    for (size_t i = 0; i < c->metrics.count; i++) {
        const struct compare_metric *m = &c->metrics.items[i];
        const double *values = m->values[AFTER];
        if (m->exact != counts)
            continue;
        str_addf(out, "%s\n    ", comma);
        format_json_string(m->name, out);
        str_add(out, ": ");
        if (counts && agree(values, after(c)->runs.count))
            str_addf(out, "%.17g", values[0]);
        else
            add_array(out, values, after(c)->runs.count);
        comma = ",";
    }
    str_add(out, "\n  },\n");
}

static int64_t hits_of(const struct comparison *c, const struct side_function *f)
{
    const struct side *s = after(c);
    size_t runs = s->runs.count, first = s->texts.items[f->text].first_slot;
    int64_t sum = 0;
    for (int line = f->line; line <= f->last_line; line++)
        sum += s->hits[(first + (size_t)line) * runs];
    return sum;
}

static void write_function(const struct comparison *c, size_t at, struct str *out)
{
    const struct side *s = after(c);
    const struct side_function *f = &s->functions.items[at];
    size_t runs = s->runs.count;
    str_add(out, "    {\"function\": ");
    format_json_string(f->name, out);
    str_add(out, ", \"file\": ");
    format_json_string(compare_path(c, AFTER, f->text), out);
    str_addf(out, ", \"calls\": %" PRId64 ", \"hits\": %" PRId64, s->calls[at * runs], hits_of(c, f));
    const double *self = s->self + at * runs;
    if (stats_median(self, runs) >= COMPARE_FUNCTION_SHARE * c->user_s[AFTER] && c->user_s[AFTER] > 0) {
        str_add(out, ", \"self_s\": ");
        add_array(out, self, runs);
    }
    str_add(out, "}");
}

/* The name without its folders: builds are in different ones. */
static char *about(struct sql *db, int column)
{
    struct sql_stmt *s = store_prepare(db, "side_about");
    sql_bind_int(s, "side", AFTER);
    char *text = str_copy(!sql_step(s) ? "" : column ? sql_text(s, 1) : file_name(sql_text(s, 0)));
    sql_done(s);
    return text;
}

void baseline_write(struct sql *db, const struct comparison *c, struct str *out)
{
    const struct side *s = after(c);
    const char *comma = "";
    char *program = about(db, 0), *machine = about(db, 1);
    double *started = xcalloc(s->runs.count + 1, sizeof *started);
    for (size_t i = 0; i < s->runs.count; i++)
        started[i] = s->runs.items[i].started;
    str_addf(out, "{\n  \"farm_baseline\": %d,\n  \"program\": ", VERSION);
    format_json_string(program, out);
    str_add(out, ",\n  \"name\": ");
    format_json_string(s->selection.name, out);
    str_add(out, ",\n  \"machine\": ");
    format_json_string(machine, out);
    str_addf(out, ",\n  \"seed\": %d,\n  \"started_s\": ", JUDGE_SEED);
    add_array(out, started, s->runs.count);
    str_add(out, ",\n");
    write_figures(c, false, out);
    write_figures(c, true, out);
    str_add(out, "  \"functions\": [");
    for (size_t i = 0; i < s->functions.count; i++) {
        if (!s->functions.items[i].ran)
            continue;
        str_addf(out, "%s\n", comma);
        write_function(c, i, out);
        comma = ",";
    }
    str_add(out, "\n  ]\n}\n");
    free(program);
    free(machine);
    free(started);
}

/* n values of an array, or n times a number. False: neither. */
static bool take(const struct json *j, size_t n, double *values)
{
    size_t count = 0;
    if (j && json_kind(j) == JSON_NUMBER) {
        for (size_t i = 0; i < n; i++)
            values[i] = json_number(j);
        return true;
    }
    if (!j || json_kind(j) != JSON_ARRAY)
        return false;
    for (const struct json *v = json_first(j); v && count < n; v = json_next(v))
        values[count++] = json_number(v);
    return count == n;
}

static size_t runs_in(const struct json *file)
{
    const struct json *started = json_get(file, "started_s");
    size_t n = 0;
    for (const struct json *v = started && json_kind(started) == JSON_ARRAY ? json_first(started) : NULL; v;
         v = json_next(v))
        n++;
    return n;
}

static void add_metrics(const struct json *file, const struct comparison *c, struct gate *g)
{
    for (size_t i = 0; i < c->metrics.count; i++) {
        const struct compare_metric *m = &c->metrics.items[i];
        const struct json *from = json_get(json_get(file, m->exact ? "counts" : "figures"), m->name);
        double *values = xcalloc(g->n[0] + 1, sizeof *values);
        if (take(from, g->n[0], values)) {
            struct gate_figure *f = gate_add(g, m->name, NULL, NULL, 0);
            f->higher_is_better = m->higher_is_better;
            f->count = m->exact;
            f->tolerance = m->exact ? 0 : f->tolerance;
            memcpy(f->values[0], values, g->n[0] * sizeof *values);
            memcpy(f->values[1], m->values[AFTER], g->n[1] * sizeof *values);
        }
        free(values);
    }
}

/* The function of the file that is this one: by name and file, else by a name that is there once. */
static const struct json *find_function(const struct json *file, const char *name, const char *path)
{
    const struct json *found = NULL;
    size_t count = 0;
    for (const struct json *f = json_first(json_get(file, "functions")); f; f = json_next(f)) {
        if (strcmp(json_text(json_get(f, "function")), name) != 0)
            continue;
        if (strcmp(json_text(json_get(f, "file")), path) == 0)
            return f;
        found = f;
        count++;
    }
    return count == 1 ? found : NULL;
}

static void add_functions(const struct json *file, const struct comparison *c, struct gate *g)
{
    const struct side *s = after(c);
    for (size_t i = 0; i < s->functions.count; i++) {
        const struct side_function *of = &s->functions.items[i];
        const char *path = compare_path(c, AFTER, of->text);
        const struct json *from = of->ran ? find_function(file, of->name, path) : NULL;
        double *values = xcalloc(g->n[0] + 1, sizeof *values);
        if (from && take(json_get(from, "self_s"), g->n[0], values)) {
            struct gate_figure *f = gate_add(g, "self_s", of->name, path, of->line);
            memcpy(f->values[0], values, g->n[0] * sizeof *values);
            memcpy(f->values[1], s->self + i * g->n[1], g->n[1] * sizeof *values);
        }
        free(values);
    }
}

static bool check_file(struct sql *db, const char *path, const struct json *file, bool force, struct str *err)
{
    const struct json *version = json_kind(file) == JSON_OBJECT ? json_get(file, "farm_baseline") : NULL;
    if (!version || json_number(version) != VERSION || !runs_in(file)) {
        str_addf(err, "%s is not a baseline of this farmdb; `farmdb export baseline` makes one", path);
        return false;
    }
    char *program = about(db, 0), *machine = about(db, 1);
    const char *name = json_text(json_get(file, "program")), *where = json_text(json_get(file, "machine"));
    if (strcmp(program, name) != 0 && !force)
        str_addf(err, "%s is of another program, %s, not %s; --force compares them all the same", path, name, program);
    if (strcmp(machine, where) != 0)
        warn("the baseline was made on another machine (%s), so times may differ for that: %s", where, machine);
    free(program);
    free(machine);
    return !err->len;
}

bool baseline_gate(struct sql *db, const char *path, const struct comparison *c, bool force, struct gate *g,
                   struct str *err)
{
    struct json *file = json_read(path, err);
    if (!file)
        return false;
    if (!check_file(db, path, file, force, err)) {
        json_free(file);
        return false;
    }
    const struct side *s = after(c);
    gate_init(g, json_text(json_get(file, "name")), runs_in(file), s->selection.name, s->runs.count);
    take(json_get(file, "started_s"), g->n[0], g->order);
    for (size_t i = 0; i < g->n[1]; i++)
        g->order[g->n[0] + i] = s->runs.items[i].started;
    add_metrics(file, c, g);
    add_functions(file, c, g);
    json_free(file);
    return true;
}

static bool hits_are_worse(const struct gate *g)
{
    for (size_t i = 0; i < g->figures.count; i++)
        if (g->figures.items[i].count && g->figures.items[i].verdict == GATE_WORSE)
            return true;
    return false;
}

void baseline_explain(const char *path, const struct comparison *c, struct gate *g)
{
    struct str err = STR_INIT;
    struct json *file = hits_are_worse(g) ? json_read(path, &err) : NULL;
    const struct side *s = after(c);
    for (size_t i = 0; file && i < s->functions.count && g->causes.count < CAUSES; i++) {
        const struct side_function *of = &s->functions.items[i];
        const char *place = compare_path(c, AFTER, of->text);
        const struct json *from = of->ran ? find_function(file, of->name, place) : NULL;
        double had = from ? json_number(json_get(from, "hits")) : 0, has = (double)hits_of(c, of);
        if (!of->ran || has <= had)
            continue;
        struct str why = STR_INIT;
        str_addf(&why, from ? "%s(): its lines ran " : "%s() is new: its lines ran ", of->name);
        quantity_count(&why, (int64_t)has);
        str_add(&why, " times");
        if (from) {
            str_add(&why, ", before ");
            quantity_count(&why, (int64_t)had);
        }
        gate_explain(g, place, of->line, str_detach(&why));
    }
    json_free(file);
    str_release(&err);
}

void baseline_compared(const struct comparison *c, struct gate *g)
{
    gate_init(g, c->side[0].selection.name, c->judge.n[0], c->side[1].selection.name, c->judge.n[1]);
    memcpy(g->order, c->judge.order, (g->n[0] + g->n[1]) * sizeof *g->order);
    for (size_t i = 0; i < c->metrics.count; i++) {
        const struct compare_metric *m = &c->metrics.items[i];
        struct gate_figure *f = gate_add(g, m->name, NULL, NULL, 0);
        f->higher_is_better = m->higher_is_better;
        f->count = m->exact;
        f->tolerance = m->exact ? 0 : f->tolerance;
        for (int side = 0; side < 2; side++)
            memcpy(f->values[side], m->values[side], g->n[side] * sizeof(double));
    }
    for (size_t i = 0; i < c->functions.count; i++) {
        const struct compare_function *of = &c->functions.items[i];
        if (of->function[0] < 0 || of->function[1] < 0 || !of->tested)
            continue;
        const struct side_function *at = &c->side[AFTER].functions.items[of->function[1]];
        struct gate_figure *f = gate_add(g, "self_s", at->name, compare_path(c, AFTER, at->text), at->line);
        for (int side = 0; side < 2; side++)
            memcpy(f->values[side], c->side[side].self + (size_t)of->function[side] * g->n[side],
                   g->n[side] * sizeof(double));
    }
}

static bool is_cause(const struct compare_line *l)
{
    bool more = (l->count.changed && l->count.value[1] > l->count.value[0]) ||
                (l->alloc.changed && l->alloc.value[1] > l->alloc.value[0]);
    bool new = l->mark == ALIGN_NEW && l->count.value[1] > 0;
    return l->line[AFTER] && (more || new || (l->judged.shown && l->judged.delta > 0));
}

void baseline_explain_compared(const struct comparison *c, struct gate *g)
{
    struct compare_view view = {.c = c, .sort = COMPARE_BY_TIME};
    size_t count, *order = compare_order_lines(&view, &count);
    for (size_t i = 0; i < count && g->worse && g->causes.count < CAUSES; i++) {
        const struct compare_line *l = &c->lines.items[order[i]];
        if (!is_cause(l))
            continue;
        struct str text = STR_INIT;
        char *why = compare_why(l), *source = side_line(&c->side[AFTER], l->text[AFTER], l->line[AFTER]);
        if (l->judged.shown) {
            compare_add_seconds(&text, l->judged.delta);
            str_add(&text, " here");
        }
        str_addf(&text, "%s%s: %s", text.len && *why ? ", " : "", why, source + strspn(source, " \t"));
        gate_explain(g, compare_path(c, AFTER, l->text[AFTER]), l->line[AFTER], str_detach(&text));
        free(why);
        free(source);
    }
    free(order);
}
