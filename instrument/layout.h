/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Some warnings read how a source is laid out: what stands in which column behind an if without braces, whether a lone
 * `;` is on its line. Counters and their braces hide these, so the front end must be asked about such a source.
 */
#ifndef INSTRUMENT_LAYOUT_H
#define INSTRUMENT_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

/* False only where no statement of the preprocessed text gives ground to -Wmisleading-indentation, -Wempty-body or
 * -Wmultistatement-macros. Reads the source of a statement that gives ground, as the text's linemarkers name it: what a
 * macro made stands on one line whatever the source looks like, and compilers say nothing of its columns. */
bool layout_is_doubtful(const char *text, uint32_t len);

#endif
