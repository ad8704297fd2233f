/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/phase.h"

static void evaluate(struct study_results *r)
{
    study_measure_all(r);
}

const struct phase phase_line = {3, "line", "Line: the named functions, line by line", evaluate};
