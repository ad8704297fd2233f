/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The comparison in words.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare_view.h"
#include "db/path.h"
#include "db/quantity.h"

#define MAIN_SHARE 0.8           /* a reason that explains so much of a change is the reason */

void compare_add_value(struct str *out, const char *name, double value)
{
    if (str_ends(name, "_per_s"))
        str_addf(out, "%.4g/s", value);
    else if (str_ends(name, "_s"))
        quantity_seconds(out, value);
    else if (str_ends(name, "_ns"))
        quantity_seconds(out, value / 1e9);
    else if (str_ends(name, "_bytes"))
        quantity_bytes(out, value);
    else if (value == floor(value) && fabs(value) < 1e15)
        quantity_count(out, (int64_t)value);
    else
        str_addf(out, "%.4g", value);
}

double compare_time(const struct comparison *c, int side, double value)
{
    return c->samples[side] > 0 ? value : NAN;
}

void compare_add_seconds(struct str *out, double delta)
{
    str_add(out, delta < 0 ? "-" : "+");
    quantity_seconds(out, fabs(delta));
}

void compare_add_percent(struct str *out, double ratio)
{
    if (isnan(ratio))
        str_add(out, "new");
    else if (ratio >= 10)
        str_addf(out, "x%.1f", ratio);
    else
        str_addf(out, "%+.1f %%", 100 * (ratio - 1));
}

void compare_add_interval(struct str *out, struct interval ratio)
{
    if (isnan(ratio.low))
        return;
    if (ratio.high >= 10)
        str_addf(out, "x%.1f..x%.1f", ratio.low, ratio.high);
    else
        str_addf(out, "%+.1f..%+.1f", 100 * (ratio.low - 1), 100 * (ratio.high - 1));
}

static bool is_time(const char *name)
{
    return (str_ends(name, "_s") && !str_ends(name, "_per_s")) || str_ends(name, "_ns");
}

const char *compare_verdict(const struct compare_metric *m)
{
    const struct judged *d = &m->judged;
    bool rate = m->higher_is_better;
    if (m->exact && m->count.same)
        return !m->count.changed ? "same" : m->count.value[1] > m->count.value[0] ? "more" : "less";
    if (isnan(d->p))
        return "?";
    if (!d->shown)
        return "~";
    if (is_time(m->name) || rate)
        return (d->delta > 0) != rate ? "slower" : "faster";
    return d->delta > 0 ? "more" : "less";
}

static void add_factor(struct str *out, const char *what, double before, double after)
{
    double factor = before > 0 ? after / before : 0;
    if (factor > 0.5 && factor < 1.5)
        str_addf(out, "%s %+.3g %%", what, 100 * (factor - 1));
    else if (before > 0)
        str_addf(out, "%s x%.3g", what, factor);
    else
        str_addf(out, "%s: none before", what);
}

static void add_reason(struct str *out, const struct compare_line *l)
{
    const struct split *s = &l->split;
    double whole = fabs(l->judged.delta);
    const double *hits = l->count.value;
    if (!s->known || !l->judged.shown)
        return;
    if (s->from_hits * l->judged.delta > 0 && fabs(s->from_hits) >= MAIN_SHARE * whole)
        add_factor(out, "hits", hits[0], hits[1]);
    else if (s->from_cost * l->judged.delta > 0 && fabs(s->from_cost) >= MAIN_SHARE * whole && l->judged.before > 0)
        add_factor(out, "cost per hit", l->judged.before / hits[0], l->judged.after / hits[1]);
    else if (s->from_cost * l->judged.delta > 0 && fabs(s->from_cost) >= MAIN_SHARE * whole)
        str_add(out, "cost per hit, too little to see before");
    else {
        str_add(out, "hits ");
        compare_add_seconds(out, s->from_hits);
        str_add(out, ", cost ");
        compare_add_seconds(out, s->from_cost);
    }
}

static void add_allocs(struct str *out, const struct compare_line *l)
{
    bool bytes = !l->alloc.changed;
    const double *value = bytes ? l->alloc_byte.value : l->alloc.value;
    str_add(out, out->len ? ", allocs " : "allocs ");
    compare_add_value(out, bytes ? "_bytes" : "", value[0]);
    str_add(out, " -> ");
    compare_add_value(out, bytes ? "_bytes" : "", value[1]);
}

char *compare_why(const struct compare_line *l)
{
    struct str out = STR_INIT;
    if (l->mark == ALIGN_NEW || l->mark == ALIGN_GONE)
        str_add(&out, l->mark == ALIGN_NEW ? "new" : "gone");
    else
        add_reason(&out, l);
    if (!out.len && l->count.changed)
        add_factor(&out, "hits", l->count.value[0], l->count.value[1]);
    if (l->alloc.changed || l->alloc_byte.changed)
        add_allocs(&out, l);
    return str_detach(&out);
}

const char *compare_path(const struct comparison *c, int side, int text)
{
    return path_inside(c->side[side].selection.folder, c->side[side].texts.items[text].path);
}

static void add_runs(struct str *out, const struct comparison *c)
{
    str_addf(out, "%zu + %zu runs", c->side[0].runs.count, c->side[1].runs.count);
}

/* The figure that decides: the processor's time, as long as there is one, else the clock's. */
static const struct compare_metric *main_metric(const struct comparison *c)
{
    const struct compare_metric *cpu = compare_metric(c, "cpu_s");
    return cpu && cpu->judged.before > 0 ? cpu : compare_metric(c, "wall_s");
}

static void say_program(const struct compare_view *v, const struct compare_metric *m)
{
    const struct comparison *c = v->c;
    const char *verdict = compare_verdict(m), *names[2] = {c->side[0].selection.name, c->side[1].selection.name};
    struct str line = STR_INIT;
    if (*verdict == '~') {
        str_addf(&line, "No change in CPU time is shown between %s and %s", names[0], names[1]);
    } else if (*verdict == '?') {
        str_addf(&line, "One run does not tell whether %s is slower than %s", names[1], names[0]);
    } else {
        str_addf(&line, "%s is ", names[1]);
        double ratio = m->judged.ratio;
        if (ratio >= 2)
            str_addf(&line, "%.3g times slower", ratio);
        else if (ratio <= 0.5 && ratio > 0)
            str_addf(&line, "%.3g times faster", 1 / ratio);
        else
            str_addf(&line, "%.1f %% %s", 100 * fabs(ratio - 1), verdict);
        str_addf(&line, " than %s", names[0]);
    }
    str_add(&line, " (");
    add_runs(&line, c);
    doc_head(v->doc, "%s)", line.data);
    str_clear(&line);
    str_addf(&line, "  %s ", strcmp(m->name, "cpu_s") == 0 ? "CPU" : "wall");
    compare_add_value(&line, m->name, m->judged.before);
    str_add(&line, " -> ");
    compare_add_value(&line, m->name, m->judged.after);
    if (!isnan(m->judged.ratio_ci.low)) {
        str_add(&line, ", ");
        compare_add_percent(&line, m->judged.ratio);
        str_add(&line, ", 95 % interval ");
        compare_add_interval(&line, m->judged.ratio_ci);
        str_add(&line, " %");
    }
    doc_head(v->doc, "%s", line.data);
    str_release(&line);
}

/* What would have been seen, had it been there. */
static void say_smallest(const struct compare_view *v, const struct compare_metric *m)
{
    const struct comparison *c = v->c;
    size_t needed = stats_runs_needed(1, JUDGE_ALPHA), least = c->judge.n[0] < c->judge.n[1] ? c->judge.n[0]
                                                                                             : c->judge.n[1];
    if (isinf(m->judged.smallest)) {
        doc_head(v->doc, "No change in time can show in so few runs: it takes %zu of each side, %zu more.", needed,
                 needed > least ? needed - least : 1);
        return;
    }
    double share = m->judged.before > 0 ? m->judged.smallest / m->judged.before : 0;
    bool floor_rules = share < JUDGE_PROGRAM_EFFECT;
    doc_head(v->doc, "The smallest change in %s that these runs would show is %.1f %%.", m->name,
             100 * (floor_rules ? JUDGE_PROGRAM_EFFECT : share));
    if (!m->judged.shown && m->judged.rank_p <= JUDGE_ALPHA && m->judged.p > JUDGE_ALPHA)
        doc_head(v->doc, "The runs were not interleaved, and the machine drifted meanwhile: that explains the "
                         "difference of %+.1f %%. Record with --interleave.", 100 * (m->judged.ratio - 1));
}

static void say_top_line(const struct compare_view *v)
{
    size_t count;
    size_t *order = compare_order_lines(v, &count);
    const struct compare_line *l = count ? &v->c->lines.items[order[0]] : NULL;
    if (l && l->judged.shown) {
        int side = l->line[AFTER] ? AFTER : BEFORE;
        struct str line = STR_INIT;
        char *why = compare_why(l);
        str_addf(&line, "Most of it: %s:%d", compare_path(v->c, side, l->text[side]), l->line[side]);
        if (l->function >= 0) {
            int of;
            str_addf(&line, " in %s()", compare_function_at(v->c, &v->c->functions.items[l->function], &of)->name);
        }
        str_add(&line, ", ");
        compare_add_seconds(&line, l->judged.delta);
        str_addf(&line, "%s%s", *why ? ": " : "", why);
        doc_head(v->doc, "%s", line.data);
        free(why);
        str_release(&line);
    }
    free(order);
}

static void say_exact(const struct compare_view *v)
{
    const struct comparison *c = v->c;
    const struct compare_metric *hits = compare_metric(c, "hits");
    size_t changed = 0;
    struct str line = STR_INIT;
    for (size_t i = 0; i < c->lines.count; i++)
        changed += c->lines.items[i].count.changed;
    if (!hits)
        return;
    bool checked = c->side[0].runs.count > 1 && c->side[1].runs.count > 1;
    if (!changed)
        str_addf(&line, "Hits: every line that both sides have ran as often as before");
    else
        str_addf(&line, "Hits: %zu line%s another number of times", changed, changed > 1 ? "s ran" : " ran");
    if (c->vary)
        str_addf(&line, "; %zu vary and are not compared", c->vary);
    doc_head(v->doc, "%s", line.data);
    str_clear(&line);
    if (hits->count.changed) {
        str_add(&line, "  all lines together ");
        compare_add_value(&line, "hits", hits->count.value[0]);
        str_add(&line, " -> ");
        compare_add_value(&line, "hits", hits->count.value[1]);
        doc_head(v->doc, "%s", line.data);
    }
    if (!checked)
        doc_head(v->doc, "  (one run: whether they are always the same is not known)");
    str_release(&line);
}

static void say_allocs(const struct compare_view *v)
{
    const struct compare_metric *m = compare_metric(v->c, "allocs");
    struct compare_view by_allocs = *v;
    by_allocs.sort = COMPARE_BY_ALLOCS;
    if (!m || !m->count.changed)
        return;
    size_t count, *order = compare_order_lines(&by_allocs, &count);
    const struct compare_line *l = count ? &v->c->lines.items[order[0]] : NULL;
    struct str line = STR_INIT;
    str_add(&line, "Allocations: ");
    compare_add_value(&line, m->name, m->count.value[0]);
    str_add(&line, " -> ");
    compare_add_value(&line, m->name, m->count.value[1]);
    if (l && l->alloc.changed) {
        int side = l->line[AFTER] ? AFTER : BEFORE;
        str_addf(&line, ", most of it at %s:%d", compare_path(v->c, side, l->text[side]), l->line[side]);
    }
    doc_head(v->doc, "%s", line.data);
    str_release(&line);
    free(order);
}

void compare_words(const struct compare_view *v)
{
    const struct compare_metric *m = main_metric(v->c);
    if (m) {
        say_program(v, m);
        say_top_line(v);
    }
    say_exact(v);
    say_allocs(v);
    if (m && m->judged.before > 0)
        say_smallest(v, m);
    for (size_t i = 0; i < v->c->warnings.count; i++)
        doc_head(v->doc, "Note: %s", v->c->warnings.items[i]);
}
