/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The link step: which command makes a program that records, and what is kept of it for later questions.
 */
#ifndef INSTRUMENT_LINK_H
#define INSTRUMENT_LINK_H

#include <stdbool.h>

#include "instrument/job.h"

/* True where a link of this kind gets anything from us; otherwise it is the compiler's alone. */
bool link_is_ours(const struct args *a);

/* Links with the runtime, where the output is a program; objects as for args_link. True where that succeeds, without a
 * word where `fast`; *said takes what was said. */
bool link_run(const struct job *j, char *const *objects, bool fast, struct str *said);

/* Says so where a program was linked without the runtime because there is none. */
void link_check_runtime(const struct job *j);

/* Keeps debug information, site tables and sources of the linked file under its build-id in the cache folder, where it
 * has any of ours. Says nothing of failures but with --farm-verbose. */
void link_keep(const struct job *j);

#endif
