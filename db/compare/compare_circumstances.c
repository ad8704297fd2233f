/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What else differs between two sides: whoever reads the figures must know.
 */
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare.h"
#include "db/store.h"

struct fact {
    char *what, *value[2];
};

static const char *or_nothing(const char *value)
{
    return value && *value ? value : "(none)";
}

static void warn_of(struct comparison *c, const struct fact *f)
{
    if (strcmp(or_nothing(f->value[0]), or_nothing(f->value[1])) == 0)
        return;
    for (int side = 0; side < 2; side++)
        if (c->side[side].selection.imported && !f->value[side])
            return;                      /* not known, which is not another one */
    *vec_push(&c->warnings) = str_format("the sides differ in %s: %s: %s; %s: %s", f->what, c->side[0].selection.name,
                                         or_nothing(f->value[0]), c->side[1].selection.name, or_nothing(f->value[1]));
}

static void clear(struct fact *f)
{
    free(f->what);
    free(f->value[0]);
    free(f->value[1]);
    *f = (struct fact){0};
}

void compare_circumstances(struct sql *db, struct comparison *c)
{
    struct sql_stmt *s = store_prepare(db, "side_circumstances");
    struct fact fact = {0};
    while (sql_step(s)) {
        const char *what = sql_text(s, 1);
        if (fact.what && strcmp(fact.what, what) != 0) {
            warn_of(c, &fact);
            clear(&fact);
        }
        if (!fact.what)
            fact.what = str_copy(what);
        fact.value[sql_int(s, 0)] = str_copy(sql_text(s, 2));
    }
    if (fact.what)
        warn_of(c, &fact);
    clear(&fact);
    sql_done(s);
    s = store_prepare(db, "side_contaminated");
    while (sql_step(s)) {
        const struct side *side = &c->side[sql_int(s, 0)];
        *vec_push(&c->warnings) = str_format("%lld of %zu runs of %s %s disturbed, so their times say less: %s",
                                             (long long)sql_int(s, 1), side->runs.count, side->selection.name,
                                             sql_int(s, 1) == 1 ? "was" : "were", sql_text(s, 2));
    }
    sql_done(s);
}
