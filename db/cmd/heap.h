/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of `farmdb report` that --heap asks for.
 */
#ifndef DB_CMD_HEAP_H
#define DB_CMD_HEAP_H

#include <stdbool.h>

#include "db/cmd.h"
#include "db/heap_lines.h"

struct heap_request {
    const char *run;             /* NULL: the latest */
    const char *sort;            /* NULL: by bytes */
    const char *function, *file; /* globs; NULL: all */
    size_t limit;                /* 0: none */
};

int heap_report(struct context *c, const struct heap_request *request);

/* Cells that both tables have: place and text of a line. */
void heap_add_place(struct context *c, const struct selection *s, struct table *t, const struct heap_line *l);

#endif
