/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The selected runs as parts of an answer: where they ran, what farmdb saw of them, their processes and modules.
 */
#ifndef DB_SHOW_H
#define DB_SHOW_H

#include <stdbool.h>

#include "db/doc.h"
#include "db/select.h"
#include "db/sql.h"

/* Words: machine and folder; commit, experiment and doubts of the runs that farmdb started. */
void show_machines(struct sql *db, struct doc *d);
void show_recorded(struct sql *db, const struct selection *selection, struct doc *d);

/* Tables. People get that of parameters only where there are some. */
void show_processes(struct sql *db, struct doc *d);
void show_params(struct sql *db, bool programs, struct doc *d);
void show_modules(struct sql *db, struct doc *d);

#endif
