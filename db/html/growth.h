/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of the page's view of growth.
 */
#ifndef DB_HTML_GROWTH_H
#define DB_HTML_GROWTH_H

#include "db/html/page.h"
#include "db/scale/set.h"

/* Charts of several sets in one, of the program, functions and lines, and tables of the first set. Appends. */
void html_growth(struct sql *db, const struct scale_set *sets, size_t count, struct str *out);

/* Runs over several parameters. Selects. Appends. */
void html_grid(struct sql *db, const struct selection *s, const struct scale_parameters *all, struct str *out);

#endif
