/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verdicts as rows of an answer.
 */
#ifndef DB_SCALE_SHOW_H
#define DB_SCALE_SHOW_H

#include "db/doc.h"
#include "db/format.h"
#include "db/listing.h"
#include "db/scale/set.h"
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

/* Borrows the set. */
void scale_show_init(struct scale_show *s, struct sql *db, const struct format *format, const struct scale_set *set);

/* Which verdicts become rows. */
struct scale_rows {
    enum scale_scope scope;
    const char *title;
    size_t limit;
    bool (*wants)(const void *what, const struct scale_verdict *v);
    const void *what;
    int (*order)(const void *, const void *);    /* of functions and lines: of pointers to verdicts */
};

/* A table of them, part of the document, unless there are none. Returns how many there were, those behind the limit
 * too. */
size_t scale_show_rows(struct scale_show *s, const struct scale_set *set, const struct scale_rows *rows, struct doc *d);

#endif
