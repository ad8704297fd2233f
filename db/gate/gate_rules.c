/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the gate tolerates:
 *     {"alpha": 0.05,
 *      "metrics": {"cpu_s": 0.05, "hits": 0, "wall_s": null, "steps_per_s": {"tolerance": 0.03, "better": "higher"}},
 *      "functions": {"tolerance": 0.05, "share": 0.01}}
 * A number is a share of the value before; null takes a figure, or all functions, out of the gate.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare.h"
#include "db/gate/gate.h"
#include "db/json.h"

void gate_rules_init(struct gate_rules *r)
{
    *r = (struct gate_rules){.alpha = JUDGE_ALPHA, .function_tolerance = JUDGE_EFFECT,
                             .function_share = COMPARE_FUNCTION_SHARE};
}

void gate_rules_release(struct gate_rules *r)
{
    for (size_t i = 0; i < r->rules.count; i++)
        free(r->rules.items[i].name);
    vec_release(&r->rules);
}

static bool is_share(const struct json *j)
{
    return j && json_kind(j) == JSON_NUMBER && json_number(j) >= 0;
}

static bool read_metric(struct gate_rules *r, const char *path, const struct json *m, struct str *err)
{
    static const char *const names[] = {"tolerance", "better", NULL};
    struct gate_rule rule = {.tolerance = NAN};
    rule.off = json_kind(m) == JSON_NULL;
    if (json_kind(m) == JSON_OBJECT) {
        char *what = str_format("%s: metrics.%s", path, json_name(m));
        bool known = json_only(m, what, names, err);
        free(what);
        if (!known)
            return false;
        const struct json *better = json_get(m, "better"), *tolerance = json_get(m, "tolerance");
        bool higher = better && strcmp(json_text(better), "higher") == 0;
        if ((better && !higher && strcmp(json_text(better), "lower") != 0) || (tolerance && !is_share(tolerance))) {
            str_addf(err, "%s: metrics.%s: better is \"higher\" or \"lower\", tolerance a share from 0 on", path,
                     json_name(m));
            return false;
        }
        rule.better = better ? higher ? 1 : -1 : 0;
        rule.tolerance = tolerance ? json_number(tolerance) : NAN;
    } else if (is_share(m)) {
        rule.tolerance = json_number(m);
    } else if (!rule.off) {
        str_addf(err, "%s: metrics.%s is a share from 0 on, null or an object", path, json_name(m));
        return false;
    }
    rule.name = str_copy(json_name(m));
    *vec_push(&r->rules) = rule;
    return true;
}

static bool read_functions(struct gate_rules *r, const char *path, const struct json *f, struct str *err)
{
    static const char *const names[] = {"tolerance", "share", NULL};
    char *what = str_format("%s: functions", path);
    r->functions_off = json_kind(f) == JSON_NULL;
    bool ok = r->functions_off || json_only(f, what, names, err);
    for (const struct json *m = ok ? json_first(f) : NULL; m && ok; m = json_next(m)) {
        ok = is_share(m);
        if (!ok)
            str_addf(err, "%s.%s is not a share from 0 on", what, json_name(m));
        else if (strcmp(json_name(m), "share") == 0)
            r->function_share = json_number(m);
        else
            r->function_tolerance = json_number(m);
    }
    free(what);
    return ok;
}

bool gate_rules_read(struct gate_rules *r, const char *path, struct str *err)
{
    static const char *const names[] = {"alpha", "metrics", "functions", NULL};
    struct json *file = json_read(path, err);
    if (!file)
        return false;
    bool ok = json_only(file, path, names, err);
    const struct json *alpha = json_get(file, "alpha"), *functions = json_get(file, "functions");
    if (ok && alpha) {
        r->alpha = json_number(alpha);
        ok = r->alpha > 0 && r->alpha < 1;
        if (!ok)
            str_addf(err, "%s: alpha is between 0 and 1, such as 0.05", path);
    }
    const struct json *metrics = json_get(file, "metrics");
    if (ok && metrics && json_kind(metrics) != JSON_OBJECT) {
        str_addf(err, "%s: metrics is not an object", path);
        ok = false;
    }
    for (const struct json *m = ok ? json_first(metrics) : NULL; m && ok; m = json_next(m))
        ok = read_metric(r, path, m, err);
    if (ok && functions)
        ok = read_functions(r, path, functions, err);
    json_free(file);
    return ok;
}

static bool parse_one(struct gate_rules *r, char *item, struct str *err)
{
    char *equals = strchr(item, '='), *end = NULL;
    struct gate_rule rule = {0};
    if (equals) {
        *equals = 0;
        rule.off = strcmp(equals + 1, "off") == 0;
        rule.tolerance = strtod(equals + 1, &end);
        rule.tolerance /= *end == '%' ? 100 : 1;
        end += *end == '%';
    }
    if (!equals || (!rule.off && (*end || end == equals + 1 || !(rule.tolerance >= 0)))) {
        str_addf(err, "--tolerance takes NAME=SHARE, NAME=PERCENT%% or NAME=off, joined by commas, not '%s'", item);
        return false;
    }
    if (strcmp(item, "functions") == 0) {
        r->functions_off = rule.off;
        r->function_tolerance = rule.tolerance;
        return true;
    }
    rule.name = str_copy(item);
    *vec_push(&r->rules) = rule;
    return true;
}

bool gate_rules_parse(struct gate_rules *r, const char *text, struct str *err)
{
    char *copy = str_copy(text), *save;
    bool ok = true;
    for (char *item = strtok_r(copy, ",", &save); item && ok; item = strtok_r(NULL, ",", &save))
        ok = parse_one(r, item, err);
    free(copy);
    return ok;
}

static void take_out(struct gate *g, size_t at)
{
    struct gate_figure *f = &g->figures.items[at];
    free(f->name);
    free(f->function);
    free(f->file);
    free(f->values[0]);
    free(f->values[1]);
    memmove(f, f + 1, (g->figures.count - at - 1) * sizeof *f);
    g->figures.count--;
}

static bool apply_one(const struct gate_rule *r, struct gate *g, struct str *err)
{
    for (size_t i = 0; i < g->figures.count; i++) {
        struct gate_figure *f = &g->figures.items[i];
        if (f->function || strcmp(f->name, r->name) != 0)
            continue;
        if (r->off) {
            take_out(g, i);
            return true;
        }
        f->tolerance = isnan(r->tolerance) ? f->tolerance : r->tolerance;
        f->higher_is_better = r->better ? r->better > 0 : f->higher_is_better;
        return true;
    }
    str_addf(err, "there is a threshold for '%s', a figure that these runs do not have:", r->name);
    for (size_t i = 0; i < g->figures.count; i++)
        if (!g->figures.items[i].function)
            str_addf(err, " %s", g->figures.items[i].name);
    return false;
}

static double share_of(const struct gate *g, const struct gate_figure *f, const struct gate_figure *user)
{
    double largest = 0;
    for (int side = 0; user && side < 2; side++) {
        double whole = stats_median(user->values[side], g->n[side]);
        double share = whole > 0 ? stats_median(f->values[side], g->n[side]) / whole : 0;
        largest = share > largest ? share : largest;
    }
    return largest;
}

bool gate_rules_apply(const struct gate_rules *r, struct gate *g, struct str *err)
{
    static const char *const parts[] = {"user_s", "system_s"};     /* of cpu_s: tested with it, unless asked for */
    const struct gate_figure *user = NULL;
    bool ok = true;
    g->alpha = r->alpha;
    for (size_t i = 0; i < g->figures.count; i++)
        if (!g->figures.items[i].function && strcmp(g->figures.items[i].name, "cpu_s") == 0)
            user = &g->figures.items[i];
    for (size_t i = g->figures.count; i-- > 0;) {        /* functions stand behind figures: `user` stays where it is */
        struct gate_figure *f = &g->figures.items[i];
        if (f->function && (r->functions_off || share_of(g, f, user) < r->function_share))
            take_out(g, i);
        else if (f->function)
            f->tolerance = r->function_tolerance;
    }
    for (size_t i = 0; i < r->rules.count && ok; i++)
        ok = apply_one(&r->rules.items[i], g, err);
    for (size_t k = 0; k < 2 && ok; k++) {
        bool asked = false;
        for (size_t i = 0; i < r->rules.count; i++)
            asked |= strcmp(r->rules.items[i].name, parts[k]) == 0;
        struct str ignored = STR_INIT;
        if (!asked)
            apply_one(&(struct gate_rule){.name = (char *)parts[k], .off = true}, g, &ignored);
        str_release(&ignored);
    }
    return ok;
}
