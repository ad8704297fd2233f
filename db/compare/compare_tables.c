/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of a comparison: the program, functions, lines that changed.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare_view.h"

#define TOP_FUNCTIONS 12
#define TOP_LINES 10

static const struct column program_columns[] = {
    {"Figure", "metric", COLUMN_TEXT, USE_ALL},
    {"Before", "", COLUMN_TEXT, USE_PEOPLE},
    {"After", "", COLUMN_TEXT, USE_PEOPLE},
    {"Change", "", COLUMN_TEXT, USE_PEOPLE},
    {"95 %", "", COLUMN_TEXT, USE_PEOPLE},
    {"Smallest", "", COLUMN_TEXT, USE_PEOPLE},
    {"Verdict", "verdict", COLUMN_TEXT, USE_ALL},
    {"", "exact", COLUMN_FLAG, USE_PROGRAMS},
    {"", "before", COLUMN_ANY, USE_PROGRAMS},
    {"", "after", COLUMN_ANY, USE_PROGRAMS},
    {"", "delta", COLUMN_ANY, USE_PROGRAMS},
    {"", "ci_low", COLUMN_ANY, USE_PROGRAMS},
    {"", "ci_high", COLUMN_ANY, USE_PROGRAMS},
    {"", "ratio", COLUMN_ANY, USE_PROGRAMS},
    {"", "ratio_low", COLUMN_ANY, USE_PROGRAMS},
    {"", "ratio_high", COLUMN_ANY, USE_PROGRAMS},
    {"", "p", COLUMN_ANY, USE_PROGRAMS},
    {"", "q", COLUMN_ANY, USE_PROGRAMS},
    {"", "smallest_delta", COLUMN_ANY, USE_PROGRAMS},
};

static void add_smallest(struct str *out, const struct compare_metric *m)
{
    double share = m->judged.before > 0 ? m->judged.smallest / m->judged.before : NAN;
    if (isinf(m->judged.smallest))
        str_add(out, "none");
    else if (!isnan(share) && !(m->exact && m->count.same))
        str_addf(out, "%.1f %%", 100 * (share > JUDGE_PROGRAM_EFFECT ? share : JUDGE_PROGRAM_EFFECT));
}

/* On a change nothing is said of what does not change. */
static void program_people(struct table *t, const struct compare_metric *m)
{
    const struct judged *d = &m->judged;
    bool exact = m->exact && m->count.same;
    TEXT_CELL(t, compare_add_value(out, m->name, d->before));
    TEXT_CELL(t, compare_add_value(out, m->name, d->after));
    TEXT_CELL(t, if (d->delta != 0) compare_add_percent(out, d->ratio));
    TEXT_CELL(t, if (exact) str_add(out, "exact"); else compare_add_interval(out, d->ratio_ci));
    TEXT_CELL(t, add_smallest(out, m));
}

void compare_program_table(const struct compare_view *v)
{
    struct table *t = doc_table(v->doc, "program", NULL, program_columns,
                                sizeof program_columns / sizeof *program_columns);
    for (size_t i = 0; i < v->c->metrics.count; i++) {
        const struct compare_metric *m = &v->c->metrics.items[i];
        const struct judged *d = &m->judged;
        if (!compare_metric_wanted(v, m))
            continue;
        table_text(t, m->name);
        program_people(t, m);
        const char *verdict = compare_verdict(m);
        table_text(t, v->programs && *verdict == '~' ? "not shown" : v->programs && *verdict == '?' ? "too few runs"
                                                                                                     : verdict);
        table_int(t, m->exact && m->count.same);
        const double cells[] = {d->before, d->after, d->delta, d->ci.low, d->ci.high, d->ratio, d->ratio_ci.low,
                                d->ratio_ci.high, d->p, d->q, d->smallest};
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
            table_finite(t, cells[k]);
        if (d->shown && *verdict == 's')
            table_hot(t);
    }
}

static const struct column function_columns[] = {
    {"", "state", COLUMN_TEXT, USE_PROGRAMS},
    {"Before", "self_before_s", COLUMN_SECONDS, USE_ALL},
    {"After", "self_after_s", COLUMN_SECONDS, USE_ALL},
    {"Change", "", COLUMN_TEXT, USE_PEOPLE},
    {"95 %", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "self_delta_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "ci_low_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "ci_high_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "p", COLUMN_ANY, USE_PROGRAMS},
    {"", "q", COLUMN_ANY, USE_PROGRAMS},
    {"", "shown", COLUMN_FLAG, USE_PROGRAMS},
    {"From hits", "from_hits_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"From cost", "from_cost_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "total_before_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "total_after_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"Calls", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "calls_before", COLUMN_COUNT, USE_PROGRAMS},
    {"", "calls_after", COLUMN_COUNT, USE_PROGRAMS},
    {"", "calls_exact", COLUMN_FLAG, USE_PROGRAMS},
    {"", "lines_changed", COLUMN_COUNT, USE_PROGRAMS},
    {"Function", "function", COLUMN_TEXT, USE_ALL},
    {"", "function_before", COLUMN_TEXT, USE_PROGRAMS},
    {"", "file_before", COLUMN_TEXT, USE_PROGRAMS},
    {"", "line_before", COLUMN_NUMBER, USE_PROGRAMS},
    {"", "file_after", COLUMN_TEXT, USE_PROGRAMS},
    {"", "line_after", COLUMN_NUMBER, USE_PROGRAMS},
};

static const char *function_state(const struct compare_function *f)
{
    return f->function[BEFORE] < 0 ? "new" : f->function[AFTER] < 0 ? "gone" : f->renamed ? "renamed"
         : f->edited ? "edited" : f->moved ? "moved" : "same";
}

static void function_change(struct str *out, const struct compare_function *f)
{
    if (!f->tested)
        str_add(out, "");
    else if (f->self.shown)
        compare_add_percent(out, f->self.ratio);
    else
        str_add(out, isnan(f->self.p) ? "?" : "~");
}

static void function_calls(struct str *out, const struct compare_function *f)
{
    const struct exact *e = &f->calls;
    if (!e->known[AFTER] && !e->known[BEFORE])
        return;
    for (int side = e->changed || !e->known[AFTER] || !e->known[BEFORE] ? BEFORE : AFTER; side <= AFTER; side++) {
        if (e->known[side] || f->function[side] < 0)
            compare_add_value(out, "calls", e->value[side]);
        else
            str_add(out, "-");
        str_add(out, side == BEFORE ? " -> " : "");
    }
}

static void function_name(struct str *out, const struct compare_view *v, const struct compare_function *f)
{
    int side;
    const char *state = function_state(f);
    str_add(out, compare_function_at(v->c, f, &side)->name);
    if (v->programs)
        return;
    if (f->renamed)
        str_addf(out, " (was %s)", v->c->side[BEFORE].functions.items[f->function[BEFORE]].name);
    else if (strcmp(state, "same") != 0)
        str_addf(out, " (%s)", state);
}

static void count_cell(struct table *t, const struct exact *e, int side)
{
    if (!e->known[side])
        table_none(t);
    else if (e->value[side] == floor(e->value[side]))
        table_int(t, (int64_t)e->value[side]);
    else
        table_real(t, e->value[side]);
}

static void function_places(struct table *t, const struct compare_view *v, const struct compare_function *f)
{
    const struct side *sides = v->c->side;
    if (f->function[BEFORE] >= 0)
        table_text(t, sides[BEFORE].functions.items[f->function[BEFORE]].name);
    else
        table_none(t);
    for (int side = 0; side < 2; side++) {
        if (f->function[side] < 0) {
            table_none(t);
            table_none(t);
            continue;
        }
        const struct side_function *of = &sides[side].functions.items[f->function[side]];
        table_text(t, sides[side].texts.items[of->text].path);
        table_int(t, of->line);
    }
}

static void time_cell(struct table *t, const struct compare_view *v, int side, double value)
{
    if (v->programs || v->c->samples[side] > 0)
        table_finite(t, compare_time(v->c, side, value));
    else
        table_text(t, "-");
}

/* NAN where a side's times are not known. */
static double delta_of(const struct comparison *c, double delta)
{
    return c->samples[BEFORE] > 0 && c->samples[AFTER] > 0 ? delta : NAN;
}

static void add_function(struct table *t, const struct compare_view *v, const struct compare_function *f)
{
    const struct judged *d = &f->self;
    table_text(t, function_state(f));
    time_cell(t, v, BEFORE, d->before);
    time_cell(t, v, AFTER, d->after);
    TEXT_CELL(t, function_change(out, f));
    TEXT_CELL(t, if (f->self.shown) compare_add_interval(out, d->ratio_ci));
    table_finite(t, delta_of(v->c, d->delta));
    const double cells[] = {f->tested ? d->ci.low : NAN, f->tested ? d->ci.high : NAN, f->tested ? d->p : NAN,
                            f->tested ? d->q : NAN};
    for (size_t k = 0; k < 4; k++)
        table_finite(t, cells[k]);
    table_int(t, d->shown);
    table_finite(t, f->split.known ? f->split.from_hits : NAN);
    table_finite(t, f->split.known ? f->split.from_cost : NAN);
    table_finite(t, compare_time(v->c, BEFORE, f->total.before));
    table_finite(t, compare_time(v->c, AFTER, f->total.after));
    TEXT_CELL(t, function_calls(out, f));
    count_cell(t, &f->calls, BEFORE);
    count_cell(t, &f->calls, AFTER);
    table_int(t, f->calls.same);
    table_int(t, (int64_t)f->lines_changed);
    TEXT_CELL(t, function_name(out, v, f));
    function_places(t, v, f);
    if (d->shown && d->delta > 0)
        table_hot(t);
}

void compare_function_table(const struct compare_view *v)
{
    size_t count, *order = compare_order_functions(v, &count);
    size_t shown = v->programs || v->all || v->wanted || count < TOP_FUNCTIONS ? count : TOP_FUNCTIONS;
    if (count || v->programs) {
        struct table *t = doc_table(v->doc, "functions", v->programs ? NULL : "Functions, self time", function_columns,
                                    sizeof function_columns / sizeof *function_columns);
        for (size_t i = 0; i < shown; i++)
            add_function(t, v, &v->c->functions.items[order[i]]);
    }
    if (shown < count)
        doc_foot(v->doc, "%zu of %zu functions; more: --all, --function NAME", shown, count);
    free(order);
}

static const struct column line_columns[] = {
    {"St", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "state", COLUMN_TEXT, USE_PROGRAMS},
    {"", "file_before", COLUMN_TEXT, USE_PROGRAMS},
    {"", "line_before", COLUMN_NUMBER, USE_PROGRAMS},
    {"", "file_after", COLUMN_TEXT, USE_PROGRAMS},
    {"", "line_after", COLUMN_NUMBER, USE_PROGRAMS},
    {"", "function", COLUMN_TEXT, USE_PROGRAMS},
    {"", "hits_before", COLUMN_COUNT, USE_PROGRAMS},
    {"", "hits_after", COLUMN_COUNT, USE_PROGRAMS},
    {"", "hits_exact", COLUMN_FLAG, USE_PROGRAMS},
    {"", "hits_changed", COLUMN_FLAG, USE_PROGRAMS},
    {"", "allocs_before", COLUMN_COUNT, USE_PROGRAMS},
    {"", "allocs_after", COLUMN_COUNT, USE_PROGRAMS},
    {"", "alloc_bytes_before", COLUMN_COUNT, USE_PROGRAMS},
    {"", "alloc_bytes_after", COLUMN_COUNT, USE_PROGRAMS},
    {"", "time_before_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "time_after_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"Time", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "delta_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "ci_low_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "ci_high_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "p", COLUMN_ANY, USE_PROGRAMS},
    {"", "q", COLUMN_ANY, USE_PROGRAMS},
    {"", "shown", COLUMN_FLAG, USE_PROGRAMS},
    {"", "from_hits_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "from_hits_low_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "from_hits_high_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "from_cost_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "from_cost_low_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"", "from_cost_high_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"Why", "why", COLUMN_TEXT, USE_ALL},
    {"Place", "", COLUMN_PLACE, USE_PEOPLE},
    {"Source", "text", COLUMN_TEXT, USE_ALL},
};

static const char *state_word(enum align_mark mark)
{
    static const char *const words[] = {"same", "edited", "new", "gone", "moved"};
    return words[mark];
}

static void line_places(struct table *t, const struct comparison *c, const struct compare_line *l)
{
    for (int side = 0; side < 2; side++) {
        if (l->text[side] < 0) {
            table_none(t);
            table_none(t);
            continue;
        }
        table_text(t, c->side[side].texts.items[l->text[side]].path);
        table_int(t, l->line[side]);
    }
}

static void line_figures(struct table *t, const struct comparison *c, const struct compare_line *l)
{
    const struct judged *d = &l->judged;
    const struct split *s = &l->split;
    count_cell(t, &l->count, BEFORE);
    count_cell(t, &l->count, AFTER);
    table_int(t, l->count.same);
    table_int(t, l->count.changed);
    for (int side = 0; side < 2; side++)
        count_cell(t, &l->alloc, side);
    for (int side = 0; side < 2; side++)
        count_cell(t, &l->alloc_byte, side);
    table_finite(t, compare_time(c, BEFORE, d->before));
    table_finite(t, compare_time(c, AFTER, d->after));
    TEXT_CELL(t, if (d->shown) compare_add_seconds(out, d->delta); else if (l->tested) str_add(out, "~"));
    table_finite(t, delta_of(c, d->delta));
    const double cells[] = {l->timed ? d->ci.low : NAN, l->timed ? d->ci.high : NAN, l->tested ? d->p : NAN,
                            l->tested ? d->q : NAN};
    for (size_t k = 0; k < 4; k++)
        table_finite(t, cells[k]);
    table_int(t, d->shown);
    const double why[] = {s->from_hits, s->hits_ci.low, s->hits_ci.high, s->from_cost, s->cost_ci.low, s->cost_ci.high};
    for (size_t k = 0; k < 6; k++)
        table_finite(t, s->known ? why[k] : NAN);
}

static void add_line(struct table *t, const struct compare_view *v, const struct compare_line *l)
{
    const struct comparison *c = v->c;
    int side = l->line[AFTER] ? AFTER : BEFORE, of;
    char mark[2] = {align_marks[l->mark], 0};
    table_text(t, mark);
    table_text(t, state_word(l->mark));
    line_places(t, c, l);
    table_text(t, l->function < 0 ? "" : compare_function_at(c, &c->functions.items[l->function], &of)->name);
    line_figures(t, c, l);
    char *why = compare_why(l), *text = side_line(&c->side[side], l->text[side], l->line[side]);
    table_text(t, why);
    TEXT_CELL(t, str_addf(out, "%s:%d", compare_path(c, side, l->text[side]), l->line[side]));
    table_text(t, v->programs ? text : text + strspn(text, " \t"));
    free(why);
    free(text);
    if (l->judged.shown && l->judged.delta > 0)
        table_hot(t);
}

void compare_line_table(const struct compare_view *v)
{
    size_t count, *order = compare_order_lines(v, &count);
    size_t most = v->lines ? v->lines : v->programs || v->all ? count : TOP_LINES, shown = count < most ? count : most;
    if (count || v->programs) {
        struct table *t = doc_table(v->doc, "lines", v->programs ? NULL : "Lines that changed, largest change first",
                                    line_columns, sizeof line_columns / sizeof *line_columns);
        for (size_t i = 0; i < shown; i++)
            add_line(t, v, &v->c->lines.items[order[i]]);
    }
    if (shown < count)
        doc_foot(v->doc, "%zu of %zu %s", shown, count, v->lines ? "lines" : "changed lines; more: --all");
    free(order);
}
