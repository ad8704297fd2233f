/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words that name runs:
 *     SELECTION = [NAME=]TERM,TERM...       runs of all terms together
 *     TERM = 7 | 3..9                       run numbers
 *          | @latest | @latest~N | @all     the latest run, the one N before it, every run
 *          | HEAD | HEAD~N | commit:REV     runs recorded at this git commit, with nothing uncommitted;
 *          | 1a2b3c4                        REV-dirty: those with uncommitted changes
 *          | experiment:N | experiment:N.K  runs of an experiment, of its point K
 *          | LABEL | LAB*                   all runs of a label, of labels by a pattern
 *          | PARAMETER=VALUE                of the runs that the other terms name, those with this parameter; not first
 * What is spelled exactly like a label is that label.
 */
#ifndef DB_CHOOSE_H
#define DB_CHOOSE_H

#include <stdbool.h>

#include "base/str.h"
#include "db/sql.h"

/* An empty temporary table chosen(run_id); queries can be prepared afterwards. */
void choose_prepare(struct sql *db);

/* Fills `chosen`; NULL is the latest run. *name is what NAME= says, else the text itself, else "latest"; yours to free.
 * False, with a sentence: a term names no run, or no run is left. */
bool choose_runs(struct sql *db, const char *spec, char **name, struct str *err);

#endif
