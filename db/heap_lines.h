/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines that allocated, for `report --heap` and `leaks`.
 */
#ifndef DB_HEAP_LINES_H
#define DB_HEAP_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "db/doc.h"
#include "db/select.h"
#include "db/sql.h"

#define HEAP_STREAM_BUFFER "stream buffer"        /* as `below`; the view line_leak knows the word */

struct heap_line {
    int64_t file, line;
    char *path, *function, *below;       /* below: what the line called that allocated for it; "" where it did itself */
    int64_t allocs, bytes, frees, temporary, failed, peak_bytes, at_peak_bytes, leaked_bytes, leaked;
    bool many;                   /* several calls on the line: peak_bytes is the sum of theirs */
};

struct heap_lines {
    VEC(struct heap_line) list;
    int64_t processes, ended;    /* whose allocations were counted; of them, those that ended by themselves */
    int64_t peak_bytes;          /* of all processes, added up */
    int64_t buffer_bytes;        /* in buffers of streams, which the C library keeps until the end: leaked by nobody */
    int64_t several, early, unfollowed, unseen_frees, own_allocator, plugin;
};

/* Of the selected processes, in no order. */
void heap_lines_load(struct sql *db, struct heap_lines *out);
void heap_lines_release(struct heap_lines *h);
void heap_line_release(struct heap_line *l);

/* Ends the program with a sentence where nothing was counted. */
void heap_lines_must_be(const struct heap_lines *h);

/* What has to be known of the figures, below them; `leaks`: of the leaked ones alone. */
void heap_lines_words(const struct heap_lines *h, const struct selection *s, bool leaks, struct doc *d);

/* Sorts by `key`: allocs, bytes, temporary, peak (at the process's peak), own-peak or leaked. False: no such key. */
bool heap_lines_sort(struct heap_lines *h, const char *key);

#endif
