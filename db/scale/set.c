/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/set.h"

#include <math.h>
#include <stdlib.h>

#include "base/msg.h"

void scale_set_close(struct scale_set *s)
{
    scale_verdicts_release(&s->verdicts);
    scale_data_release(&s->data);
    scale_parameters_release(&s->varying);
    select_release(&s->selection);
    free(s->by);
}

static bool load(struct sql *db, const char *by, double at, struct scale_set *out, struct str *err)
{
    scale_parameters_load(db, 0, &out->varying);
    by = by ? by : scale_parameters_only(&out->varying, err);
    if (!by)
        return false;
    out->by = str_copy(by);
    scale_load(db, 0, out->by, &out->data);
    if (!out->data.runs.count) {
        str_addf(err, "no run of %s has a parameter %s with a number above 0; farmdb sweep -P %s=... makes some",
                 out->selection.name, out->by, out->by);
        return false;
    }
    double largest = out->data.sizes.items[out->data.sizes.count - 1];
    out->at = isnan(at) ? 2 * largest : at;
    scale_judge(&out->data, out->at, fmax(out->at, SCALE_REACH * largest), &out->verdicts);
    return true;
}

bool scale_set_try(struct sql *db, const char *spec, const char *by, double at, struct scale_set *out, struct str *err)
{
    *out = (struct scale_set){0};
    if (!select_side(db, 0, spec, &out->selection, err))
        return false;
    if (load(db, by, at, out, err))
        return true;
    scale_set_close(out);
    return false;
}

void scale_set_open(struct sql *db, const char *spec, const char *by, double at, struct scale_set *out)
{
    struct str err = STR_INIT;
    if (!scale_set_try(db, spec, by, at, out, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
}
