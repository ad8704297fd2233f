/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A unit that could not be instrumented says so in its object, so that reports can.
 */
#ifndef INSTRUMENT_NOTE_H
#define INSTRUMENT_NOTE_H

#include "instrument/unit.h"

/* Adds a site table that holds only the unit's reason to its object or assembly file. Where that fails the object stays
 * as it is. */
void note_add(const struct unit *u, const struct job *j);

/* The same as C text that leaves the table in what it is included into; false: the file cannot be written. */
bool note_write(const struct unit *u, const struct job *j, const char *file);

#endif
