/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/export/stacks.h"

void export_load_stacks(const struct export *e, enum flame_by by, struct flame_tree *out)
{
    flame_load(out, e->db, 0, 1, by, FLAME_TIME, false);
    flame_sum(out);
}

bool export_stacks(const struct export *e, enum flame_by by, struct flame_tree *out, struct str *err)
{
    flame_init(out);
    export_load_stacks(e, by, out);
    if (out->nodes.items[0].total[0] > 0)
        return true;
    str_addf(err, "%s has no samples: it ran too briefly, or with FARM_SAMPLER=none; farmdb doctor tells more",
             e->selection->name);
    flame_release(out);
    return false;
}
