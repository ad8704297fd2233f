/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A glance at preprocessed text that saves libclang's start-up, longer than the compilation of a small file.
 */
#ifndef INSTRUMENT_GLANCE_H
#define INSTRUMENT_GLANCE_H

#include <stdbool.h>
#include <stddef.h>

/* False only where the text, system headers left out, has no function body for sure. `text` is NUL-terminated. */
bool glance_has_function(const char *text, size_t len);

#endif
