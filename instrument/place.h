/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where this farmcc stands, and with it what belongs to it: the same in the build tree and in an installed one.
 */
#ifndef INSTRUMENT_PLACE_H
#define INSTRUMENT_PLACE_H

/* Path of a file of lib/farm; yours. */
char *place_library(const char *name);

/* The folder that has farm/farm.h; yours. */
char *place_headers(void);

#endif
