/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads preprocessed C into a tree, by libclang. Nothing of libclang passes this door.
 */
#ifndef INSTRUMENT_AST_H
#define INSTRUMENT_AST_H

#include "instrument/globs.h"
#include "instrument/lines.h"
#include "instrument/tree.h"

struct ast_request {
    const char *text;
    size_t len;
    const char *const *flags;    /* NULL-ended, of the user's */
    bool clang;                  /* text comes from clang: gcc's names need no help */
    const struct globs *wrappers;        /* functions that allocate for their callers, or NULL */
};

/* Adds all functions outside of system headers that have a body to `t`, and what is known of the functions they call.
 * False: `reason` says why the text cannot be read. */
bool ast_read(const struct ast_request *r, struct lines *lines, struct tree *t, struct str *reason);

/* "19.1.7" or the like: part of what a cache of results must depend on. Yours to free. */
char *ast_version(void);

#endif
