/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a compiler or linker printed, in one line.
 */
#ifndef INSTRUMENT_SAID_H
#define INSTRUMENT_SAID_H

/* The line that tells of the first error, else the first line, without the column: in rewritten text it would mislead.
 * Yours. */
char *said_first(const char *said);

#endif
