/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/export/stacks.h"

void export_load_stacks(const struct export *e, enum flame_by by, struct flame_tree *out)
{
    flame_init(out);
    flame_load(out, e->db, 0, 1, by, FLAME_TIME, false);
    flame_sum(out);
}

bool export_stacks(const struct export *e, enum flame_by by, struct flame_tree *out, struct str *err)
{
    export_load_stacks(e, by, out);
    if (flame_has_time(out, e->selection->name, err))
        return true;
    flame_release(out);
    return false;
}
