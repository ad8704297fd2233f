/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page that says what production may ask of a program and what it needs: largest scale within limits, hardware,
 * what has to be made faster first, what that is estimated to give, and what speaks against it. From the summaries of
 * a study and the plan; nothing is there that was not measured.
 */
#ifndef DB_PRODUCTION_H
#define DB_PRODUCTION_H

#include "db/doc.h"
#include "db/study/matrix.h"
#include "db/study/plan_view.h"

/* `plan`: of the study's improvements, with `doc` as its document; NULL: it has none. */
void production_page(const struct outcome *o, const struct matrix *m, const struct plan_view *plan, struct doc *d);

#endif
