/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions that a build system asks the compiler while it configures. They get the real compiler's answer and leave no
 * counters in the little programs that it may run.
 */
#ifndef INSTRUMENT_PROBE_H
#define INSTRUMENT_PROBE_H

#include <stdbool.h>

#include "instrument/args.h"

/* True for the names and folders that autoconf, CMake and meson use for nothing else; `directory` is the working one.
 * */
bool probe_is(const struct args *a, const char *directory);

#endif
