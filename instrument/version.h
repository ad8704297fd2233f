/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSTRUMENT_VERSION_H
#define INSTRUMENT_VERSION_H

#include <stdio.h>

#include "instrument/settings.h"

/* What --farm-version prints: all but the command line and the sources that an object depends on, for a compiler cache
 * to hash. */
void version_print(const char *called_as, const struct settings *s, FILE *out);

#endif
