/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Insertions into a text. Those at the same offset appear in the order in which they were added. No word of the text
 * becomes one with a word put in beside it (`return(x)`): a blank keeps them apart.
 */
#ifndef INSTRUMENT_EDIT_H
#define INSTRUMENT_EDIT_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

struct edit_insertion {
    uint32_t offset, sequence;
    uint32_t first, len;         /* slice of edit.text */
};

struct edit {                    /* starts zeroed */
    struct str text;
    VEC(struct edit_insertion) insertions;
};

void edit_release(struct edit *e);
void edit_insert(struct edit *e, uint32_t offset, const char *text);
void edit_insertf(struct edit *e, uint32_t offset, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Appends the text with all insertions to `out`; offsets behind its end count as its end. Sorts the insertions. */
void edit_apply(struct edit *e, const char *text, size_t len, struct str *out);

#endif
