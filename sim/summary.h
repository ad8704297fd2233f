/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a run comes to, for people and for programs.
 */
#ifndef SIM_SUMMARY_H
#define SIM_SUMMARY_H

#include "sim/run.h"

void summary_text(const struct sim_def *def, const struct run *run);
void summary_json(const struct sim_def *def, const struct run *run);    /* one flat object, units in the names */

#endif
