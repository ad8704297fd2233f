/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page of `farmdb html`: runs from the overview down to each line, and what changed since other runs.
 */
#ifndef DB_HTML_PROFILE_H
#define DB_HTML_PROFILE_H

#include "db/html/page.h"
#include "db/select.h"
#include "db/sql.h"

/* The selected runs as the JSON that profile.js draws functions, lines and source texts from. */
void html_data(struct sql *db, const struct selection *s, struct str *out);

/* Views, one each, behind those that the page has. `scaling` selects runs of its own, so it comes before the selection
 * that the page is about or after all that reads it. */
void html_overview(struct sql *db, const struct selection *s, struct html_page *p);
void html_course(struct sql *db, const struct selection *s, struct html_page *p);
void html_missing(struct sql *db, const struct selection *s, struct html_page *p);
void html_flame(struct sql *db, const char *before, const char *after, struct html_page *p);
void html_scaling(struct sql *db, const struct selection *s, const char *spec, struct html_page *p);

/* False, with a sentence: the two cannot be compared. */
bool html_comparison(struct sql *db, const char *before, const char *after, struct html_page *p, struct str *err);

#endif
