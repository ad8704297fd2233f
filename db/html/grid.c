/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the program grows where several parameters vary: a map of each two, and by each one, at values of another. What
 * is neither has the value that most runs have, so that a grid and a sweep of one at a time are both shown truly.
 */
#include <math.h>
#include <stdlib.h>

#include "db/html/growth.h"
#include "db/markup.h"
#include "db/scale/heat.h"

#define CURVES 4                 /* values of the other parameter, from the least to the most */
#define PARAMETERS 3             /* of which maps and charts are drawn; the rest only has a value */
#define METRIC "cpu_s"

struct grid {
    struct sql *db;
    char *runs;                  /* as db/choose.h has them */
    const struct scale_parameters *all;
    struct str *out;
};

/* The runs in which all parameters but two have their usual value. */
static void add_usual(const struct grid *g, size_t one, size_t other, struct str *spec)
{
    str_add(spec, g->runs);
    for (size_t i = 0; i < g->all->list.count; i++) {
        const struct scale_parameter *p = &g->all->list.items[i];
        if (i != one && i != other)
            str_addf(spec, ",%s=%s", p->name, p->values.items[p->usual].text);
    }
}

static void add_map(const struct grid *g, size_t by, size_t with)
{
    const char *x = g->all->list.items[by].name, *y = g->all->list.items[with].name;
    struct selection selection;
    struct scale_heat heat;
    struct str spec = STR_INIT, err = STR_INIT;
    add_usual(g, by, with, &spec);
    if (select_side(g->db, 0, spec.data, &selection, &err)) {
        if (scale_heat_load(g->db, METRIC, x, y, &heat, &err))
            html_heat(&heat, METRIC, x, y, g->out);
        scale_heat_release(&heat);
    }
    select_release(&selection);
    str_release(&spec);
    str_release(&err);
}

static bool open_at(const struct grid *g, size_t by, size_t with, size_t value, struct scale_set *set)
{
    const struct scale_parameter *p = &g->all->list.items[with];
    struct str spec = STR_INIT, err = STR_INIT;
    str_addf(&spec, "%s %s=", p->name, p->values.items[value].text);
    add_usual(g, by, with, &spec);
    str_addf(&spec, ",%s=%s", p->name, p->values.items[value].text);
    bool there = scale_set_try(g->db, spec.data, g->all->list.items[by].name, NAN, set, &err);
    if (there && scale_sizes(&set->data) < 2) {
        scale_set_close(set);
        there = false;
    }
    str_release(&spec);
    str_release(&err);
    return there;
}

/* By one parameter, a curve for each of some values of another, the largest first: tables tell of it alone. */
static void add_curves(const struct grid *g, size_t by, size_t with)
{
    const struct scale_parameter *p = &g->all->list.items[with];
    struct scale_set sets[CURVES];
    size_t count = 0, curves = p->values.count < CURVES ? p->values.count : CURVES;
    for (size_t i = curves; i-- > 0;)
        count += open_at(g, by, with, i * (p->values.count - 1) / (curves - 1), &sets[count]);
    if (count) {
        str_add(g->out, "<h4>By ");
        markup_add(g->out, g->all->list.items[by].name);
        str_add(g->out, "</h4>\n");
        html_growth(g->db, sets, count, g->out);
    }
    for (size_t i = 0; i < count; i++)
        scale_set_close(&sets[i]);
}

static char *name_runs(const struct selection *s)
{
    struct str out = STR_INIT;
    for (size_t i = 0; i < s->runs.count; i++)
        str_addf(&out, "%s%lld", i ? "," : "", (long long)s->runs.items[i]);
    return str_detach(&out);
}

void html_grid(struct sql *db, const struct selection *s, const struct scale_parameters *all, struct str *out)
{
    struct grid g = {db, name_runs(s), all, out};
    size_t count = all->list.count < PARAMETERS ? all->list.count : PARAMETERS;
    str_add(out, "<p>Over ");
    for (size_t i = 0; i < all->list.count; i++) {
        const struct scale_parameter *p = &all->list.items[i];
        str_add(out, i ? ", " : "");
        markup_add(out, p->name);
        str_addf(out, " (%zu values)", p->values.count);
    }
    str_add(out, "; each cell is the median of its runs, darker is less.</p>\n");
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            add_map(&g, i, k);
    for (size_t i = 0; i < count; i++)
        add_curves(&g, i, i ? 0 : 1);
    free(g.runs);
}
