/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verdicts as rows of an answer.
 */
#ifndef DB_SCALE_SHOW_H
#define DB_SCALE_SHOW_H

#include "db/doc.h"
#include "db/format.h"
#include "db/listing.h"
#include "db/scale/judge.h"
#include "db/sql.h"

struct scale_show {
    struct sql *db;
    const struct format *format;
    const char *label, *folder;
    int64_t run;                 /* whose sources are shown */
    double at;                   /* size that values are predicted for */
    double largest;              /* size that was measured */
    struct listing listing;      /* source texts; zeroed at first, released by the caller */
};

/* A table of rows, part of the document. */
struct table *scale_show_table(struct doc *d, const char *title);
void scale_show_row(struct scale_show *s, struct table *t, const struct scale_verdict *v);

#endif
