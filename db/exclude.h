/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines that a source asks coverage reports to leave out, by lcov's markers in its comments: LCOV_EXCL_LINE,
 * LCOV_EXCL_START to LCOV_EXCL_STOP, and for branches alone LCOV_EXCL_BR_LINE, LCOV_EXCL_BR_START to LCOV_EXCL_BR_STOP.
 */
#ifndef DB_EXCLUDE_H
#define DB_EXCLUDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

struct exclude {                 /* starts zeroed: nothing is left out */
    VEC(uint8_t) lines;          /* by line less 1 */
};

/* Replaces what was read before. As geninfo has it, a line with START is left out and one with STOP is not. */
void exclude_read(struct exclude *e, const char *text, size_t len);
void exclude_release(struct exclude *e);

bool exclude_line(const struct exclude *e, int64_t line);
bool exclude_branch(const struct exclude *e, int64_t line);    /* also true where the line is left out */

#endif
