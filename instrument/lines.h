/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which file and line of the user's a byte of preprocessed text stands for, by the linemarkers in the text.
 * The text must outlive the struct.
 */
#ifndef INSTRUMENT_LINES_H
#define INSTRUMENT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

struct lines_segment {
    uint32_t start;              /* first byte behind the marker */
    uint32_t row;                /* number of the physical line that starts there, from 0 */
    uint32_t file, line;
};

struct lines {
    VEC(uint32_t) rows;          /* where each physical line starts */
    VEC(struct lines_segment) segments;
    VEC(char *) files;
    size_t last;                 /* segment of the last question: the next one is mostly near */
};

struct lines_spot {
    uint32_t file, line;
};

void lines_init(struct lines *l, const char *text, size_t len);
void lines_release(struct lines *l);
struct lines_spot lines_at(struct lines *l, uint32_t offset);

#endif
