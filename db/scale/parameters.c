/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/parameters.h"

#include <stdlib.h>

#include "db/store.h"

static void load_values(struct sql *db, int side, struct scale_parameter *p)
{
    struct sql_stmt *s = store_prepare(db, "scale_values");
    sql_bind_int(s, "side", side);
    sql_bind_text(s, "name", p->name);
    while (sql_step(s)) {
        *vec_push(&p->values) = (struct scale_value){str_copy(sql_text(s, 0)), sql_real(s, 1), sql_int(s, 2)};
        if (sql_int(s, 2) >= p->values.items[p->usual].runs)
            p->usual = p->values.count - 1;
    }
    sql_done(s);
}

void scale_parameters_load(struct sql *db, int side, struct scale_parameters *out)
{
    struct sql_stmt *s = store_prepare(db, "scale_params");
    bool swept = false;
    *out = (struct scale_parameters){0};
    sql_bind_int(s, "side", side);
    while (sql_step(s)) {
        if (swept && !sql_int(s, 1))
            continue;                    /* what the program says of itself follows from what was swept */
        swept = sql_int(s, 1);
        *vec_push(&out->list) = (struct scale_parameter){.name = str_copy(sql_text(s, 0))};
    }
    sql_done(s);
    for (size_t i = 0; i < out->list.count; i++)
        load_values(db, side, &out->list.items[i]);
}

void scale_parameters_release(struct scale_parameters *p)
{
    for (size_t i = 0; i < p->list.count; i++) {
        struct scale_parameter *one = &p->list.items[i];
        for (size_t k = 0; k < one->values.count; k++)
            free(one->values.items[k].text);
        vec_release(&one->values);
        free(one->name);
    }
    vec_release(&p->list);
}

const char *scale_parameters_only(const struct scale_parameters *p, struct str *err)
{
    if (p->list.count == 1)
        return p->list.items[0].name;
    if (!p->list.count) {
        str_add(err, "no parameter varies among these runs; `farmdb sweep -P n=1000..32000/6 -- COMMAND {n}` makes "
                     "runs that differ in one");
        return NULL;
    }
    str_add(err, "several parameters vary among these runs (");
    for (size_t i = 0; i < p->list.count; i++)
        str_addf(err, "%s%s", i ? ", " : "", p->list.items[i].name);
    str_add(err, "): choose one with --by");
    return NULL;
}
