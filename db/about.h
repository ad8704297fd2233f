/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands around the figures of an answer: which run, how time was measured and how sure it is, what is missing.
 */
#ifndef DB_ABOUT_H
#define DB_ABOUT_H

#include <stdbool.h>

#include "db/doc.h"
#include "db/select.h"
#include "db/sql.h"

/* Above: for people in words, for programs as facts. */
void about_head(struct sql *db, const struct selection *s, struct doc *d);

/* Below: time in code that is not instrumented and was called from lines, time outside of all lines, what was not
 * instrumented and why, and what went wrong in recording. People get only what there is; programs get empty arrays too.
 */
void about_foot(struct sql *db, const struct selection *s, bool programs, struct doc *d);

#endif
