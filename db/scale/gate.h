/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Did anything change its class of growth between two sweeps? Functions are matched by name, their lines by the one
 * whose hits grow fastest. A class is worse only where all that the data allow afterwards is above all that they
 * allowed before.
 */
#ifndef DB_SCALE_GATE_H
#define DB_SCALE_GATE_H

#include "db/doc.h"
#include "db/scale/judge.h"

/* Adds the table "changes" to the document: what changed its class, for programs everything that was compared. Paths
 * inside `folder` are shown short. An exit code: EXIT_REGRESSION where something got worse, EXIT_UNDECIDED where
 * nothing could be compared. */
int scale_gate(const struct scale_verdicts *before, const struct scale_verdicts *after, const char *folder,
               bool programs, struct doc *d);

#endif
