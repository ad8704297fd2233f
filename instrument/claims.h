/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A set of lines: which of a function's lines have a count already. The first statement on a line has it.
 */
#ifndef INSTRUMENT_CLAIMS_H
#define INSTRUMENT_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct claims {                  /* starts zeroed */
    uint64_t *slots;
    size_t size, count;
};

bool claims_take(struct claims *c, uint32_t file, uint32_t line);      /* false: it was taken before */
void claims_release(struct claims *c);

#endif
