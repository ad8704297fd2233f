/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stacks of samples with their CPU time in nanoseconds, folded.
 */
#include "db/export/export.h"
#include "db/export/stacks.h"
#include "db/flame/folded.h"

extern const struct export_format export_folded;

static bool write_folded(const struct export *e, struct str *out, struct str *err)
{
    struct flame_tree t;
    if (!export_stacks(e, FLAME_BY_FUNCTION, &t, err))
        return false;
    flame_folded(&t, false, out);
    flame_release(&t);
    return true;
}

const struct export_format export_folded = {"folded", write_folded};
