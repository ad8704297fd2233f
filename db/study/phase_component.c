/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/phase.h"

static void evaluate(struct study_results *r)
{
    study_measure_all(r);
}

const struct phase phase_component = {2, "component", "Component: variants of one part against each other", evaluate};
