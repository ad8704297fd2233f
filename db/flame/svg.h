/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A flame graph as one SVG file that needs nothing else: without scripts a picture, with them (in a browser) it zooms,
 * searches and tells what the pointer is on.
 */
#ifndef DB_FLAME_SVG_H
#define DB_FLAME_SVG_H

#include <stdbool.h>

#include "base/str.h"
#include "db/flame/tree.h"

struct flame_words {             /* all are burnt into the picture */
    const char *title, *unit;    /* unit: "s", "allocations", "bytes" */
    const char *before, *after;  /* names of the sides; `after` NULL: there is one side */
    double scale;                /* from values to the unit */
    bool in_page;                /* part of a page, which has the script and the style */
};

/* Widths are shares of the side: `before` where there is one side, else `after`; the other view is in the file, too. */
void flame_svg(const struct flame_tree *t, const struct flame_words *words, struct str *out);

#endif
