/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a compiler or linker printed, in one line.
 */
#ifndef INSTRUMENT_SAID_H
#define INSTRUMENT_SAID_H

#include <stdbool.h>

/* The line that tells of the first error, else the first line, without the column: in rewritten text it would mislead.
 * Yours. */
char *said_first(const char *said);

/* True where both consist of warnings, the same ones on the same lines in any order: "FILE:LINE" and "[-Wflag]" are
 * looked at, not columns and words. False where there is none, or anything that is no warning (an error, a word of the
 * assembler). */
bool said_same_warnings(const char *said, const char *other);

#endif
