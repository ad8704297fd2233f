/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a study calls good and bad, how large it asks a program to get, what it plans: read when it is asked, but looked
 * at before the first run, so that nobody waits half an hour for a slip of the pen.
 */
#include <stdlib.h>
#include <string.h>

#include "db/scale/verdict.h"
#include "db/study/improvement.h"
#include "db/study/reader.h"

static bool check_thresholds(struct reader *r, const struct json *array)
{
    struct thresholds thresholds = {0};
    struct str why = STR_INIT;
    size_t before = reader_enter(r, "thresholds");
    bool ok = !array || thresholds_take(&thresholds, array, &why);
    if (!ok)
        reader_wrong(r, "%s", why.data);
    thresholds_release(&thresholds);
    str_release(&why);
    if (ok)
        reader_leave(r, before);
    return ok;
}

static bool check_limit(struct reader *r, const struct json *limit)
{
    static const char *const names[] = {"metric", "at_least", "at_most", NULL};
    char *metric = str_copy("");
    const struct json *at_least = json_get(limit, "at_least"), *at_most = json_get(limit, "at_most");
    const struct json *bound = at_least ? at_least : at_most;
    bool ok = reader_only(r, limit, names) && reader_text(r, limit, "metric", &metric);
    bool bounded = bound && !(at_least && at_most) && json_kind(bound) == JSON_NUMBER && json_number(bound) > 0;
    if (ok && (!*metric || !bounded))
        ok = reader_wrong(r, "a limit is a \"metric\" and the number that it is \"at_least\" or \"at_most\"");
    free(metric);
    return ok;
}

static bool check_capacity(struct reader *r, const struct json *object)
{
    static const char *const names[] = {"by", "limits", NULL};
    size_t before = reader_enter(r, "capacity"), index = 0;
    const struct json *by = json_get(object, "by"), *limits = json_get(object, "limits");
    if (object && !reader_only(r, object, names))
        return false;
    if (object && (!by || json_kind(by) != JSON_TEXT || !limits || json_kind(limits) != JSON_ARRAY))
        return reader_wrong(r, "it has \"by\", the parameter that says how large a run is, and \"limits\", an array");
    for (const struct json *l = json_first(limits); l; l = json_next(l), index++) {
        size_t place = reader_enter(r, "limits"), element = reader_enter_element(r, index);
        if (!check_limit(r, l))
            return false;
        reader_leave(r, element);
        reader_leave(r, place);
    }
    reader_leave(r, before);
    return true;
}

static bool check_effort(struct reader *r, const struct json *object)
{
    size_t before = reader_enter(r, "effort");
    enum effort e;
    if (object && json_kind(object) != JSON_OBJECT)
        return reader_wrong(r, "this takes an object: a component's name and low, medium or high");
    for (const struct json *m = json_first(object); m; m = json_next(m)) {
        bool known = !r->study->components.count || strcmp(json_name(m), "other") == 0;
        for (size_t i = 0; i < r->study->components.count; i++)
            known = known || strcmp(json_name(m), r->study->components.items[i]) == 0;
        if (json_is_remark(m))
            continue;
        size_t place = reader_enter(r, json_name(m));
        if (!known)
            return reader_wrong(r, "it is not among the study's \"components\"");
        if (json_kind(m) != JSON_TEXT || !effort_parse(json_text(m), &e))
            return reader_wrong(r, "this takes low, medium or high");
        reader_leave(r, place);
    }
    reader_leave(r, before);
    return true;
}

static bool check_plan(struct reader *r, const struct json *plan)
{
    struct improvements improvements = {0};
    struct str why = STR_INIT;
    bool ok = improvements_take(&improvements, plan, &why) || reader_wrong(r, "plan%s", why.data);
    improvements_release(&improvements);
    str_release(&why);
    return ok;
}

/* `study check` needs it when all has run. */
static bool check_gate(struct reader *r)
{
    char *path = str_join_path(r->study->folder, r->study->gate);
    bool ok = !*r->study->gate || file_exists(path) || reader_wrong(r, "gate: there is no file %s", path);
    free(path);
    return ok;
}

bool reader_limits(struct reader *r, const struct json *file)
{
    return check_thresholds(r, json_get(file, "thresholds")) && check_capacity(r, json_get(file, "capacity")) &&
           check_effort(r, json_get(file, "effort")) && check_plan(r, json_get(file, "plan")) && check_gate(r);
}
