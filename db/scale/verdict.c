/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/json.h"
#include "db/stats/stats.h"

/* Of simulations: steps a second, memory by agent and step. Of all programs: time may not much more than double. */
static const struct threshold defaults[] = {
    {"steps_per_s", false, true, 100, 50},
    {"kb_per_agent", false, false, 10, 50},
    {"kb_per_step", false, false, 50, 200},
    {"wall_s", true, false, 2.4, 3},
    {"max_rss_bytes", true, false, 2.4, 3},
};

static const struct column columns[] = {
    {"Verdict", "verdict", COLUMN_TEXT, USE_ALL},
    {"Metric", "metric", COLUMN_TEXT, USE_ALL},
    {"Value", "value", COLUMN_ANY, USE_ALL},
    {"At n", "n", COLUMN_ANY, USE_ALL},
    {"Good", "good", COLUMN_ANY, USE_ALL},
    {"Bad", "bad", COLUMN_ANY, USE_ALL},
    {"", "of", COLUMN_TEXT, USE_ALL},
};

void thresholds_init(struct thresholds *t)
{
    *t = (struct thresholds){0};
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        *vec_push(&t->list) = defaults[i];
        t->list.items[i].metric = str_copy(defaults[i].metric);
    }
}

void thresholds_release(struct thresholds *t)
{
    for (size_t i = 0; i < t->list.count; i++)
        free(t->list.items[i].metric);
    vec_release(&t->list);
}

static bool read_one(struct thresholds *t, const struct json *j, struct str *err)
{
    static const char *const names[] = {"metric", "better", "doubling", "good", "bad", NULL};
    const struct json *metric = json_get(j, "metric"), *better = json_get(j, "better");
    const struct json *good = json_get(j, "good"), *bad = json_get(j, "bad"), *doubling = json_get(j, "doubling");
    if (!json_only(j, "a threshold", names, err))
        return false;
    if (!metric || json_kind(metric) != JSON_TEXT || !good || !bad || json_kind(good) != JSON_NUMBER ||
        json_kind(bad) != JSON_NUMBER) {
        str_add(err, "a threshold has \"metric\", a text, and \"good\" and \"bad\", numbers");
        return false;
    }
    bool more = better && strcmp(json_text(better), "more") == 0;
    if (better && !more && strcmp(json_text(better), "less") != 0) {
        str_addf(err, "\"better\" of %s is \"more\" or \"less\"", json_text(metric));
        return false;
    }
    *vec_push(&t->list) = (struct threshold){str_copy(json_text(metric)), doubling && json_true(doubling), more,
                                             json_number(good), json_number(bad)};
    return true;
}

bool thresholds_take(struct thresholds *t, const struct json *array, struct str *err)
{
    thresholds_release(t);
    if (json_kind(array) != JSON_ARRAY) {
        str_add(err, "it is no list of thresholds");
        return false;
    }
    for (const struct json *j = json_first(array); j; j = json_next(j))
        if (!read_one(t, j, err))
            return false;
    return true;
}

bool thresholds_read(struct thresholds *t, const char *path, struct str *err)
{
    struct json *all = json_read(path, err);
    struct str why = STR_INIT;
    if (!all)
        return false;
    bool ok = thresholds_take(t, all, &why);
    if (!ok)
        str_addf(err, "cannot use the thresholds of %s: %s", path, why.data);
    str_release(&why);
    json_free(all);
    return ok;
}

const char *threshold_word(const struct threshold *t, double value)
{
    double sign = t->more_is_better ? -1 : 1;
    if (sign * value <= sign * t->good)
        return "good";
    return sign * value >= sign * t->bad ? "bad" : "acceptable";
}

double threshold_value(const struct threshold *t, const struct scale_verdict *v)
{
    if (!v->points.points.count)
        return NAN;
    const struct growth_point *last = &v->points.points.items[v->points.points.count - 1];
    const struct growth_model *m = &v->growth.model;
    if (!t->doubling)
        return stats_median(last->values, last->count);
    return m->count ? growth_predict(m, 2 * last->n) / growth_predict(m, last->n) : NAN;
}

void thresholds_apply(const struct thresholds *t, const struct scale_verdicts *v, struct doc *d)
{
    struct table *table = NULL;
    for (size_t i = 0; i < t->list.count; i++)
        for (size_t k = 0; k < v->list.count; k++) {
            const struct threshold *one = &t->list.items[i];
            const struct scale_verdict *of = &v->list.items[k];
            if (of->series->scope != SCALE_PROGRAM || strcmp(of->series->metric, one->metric) != 0 ||
                isnan(threshold_value(one, of)))
                continue;
            table = table ? table : doc_table(d, "verdicts", "verdicts", columns, sizeof columns / sizeof *columns);
            double value = threshold_value(one, of);
            table_text(table, threshold_word(one, value));
            table_text(table, one->metric);
            table_real(table, value);
            table_real(table, of->points.points.items[of->points.points.count - 1].n);
            table_real(table, one->good);
            table_real(table, one->bad);
            table_text(table, one->doubling ? "times, when n doubles" : "");
            if (strcmp(threshold_word(one, value), "bad") == 0)
                table_hot(table);
        }
}
