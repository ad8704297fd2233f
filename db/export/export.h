/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the selected runs did, in the formats of other programs: one format a file of this folder, its descriptor last;
 * the list is in export.c.
 */
#ifndef DB_EXPORT_H
#define DB_EXPORT_H

#include <stdbool.h>

#include "base/str.h"
#include "db/select.h"
#include "db/sql.h"

struct export {
    struct sql *db;
    const struct selection *selection;           /* by select_side, as side 0 */
};

struct export_format {
    const char *name;

    /* Appends the whole file. False, with a sentence: the runs have nothing that this format could hold. */
    bool (*write)(const struct export *e, struct str *out, struct str *err);
};

const struct export_format *export_find(const char *name);   /* NULL: no such format */

/* The command line of the first run as a JSON array; the name of its program alone. Yours to free. */
char *export_argv(const struct export *e);
char *export_program(const struct export *e);

#endif
