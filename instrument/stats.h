/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --farm-stats: what became of the sources of objects, archives and programs. The answer is read from the site tables
 * in them, so it is about what is there and not about what some log says was built.
 */
#ifndef INSTRUMENT_STATS_H
#define INSTRUMENT_STATS_H

#include <stdbool.h>
#include <stdio.h>

/* `files` ends with NULL; units that several of them hold count once. `all`: every unit and function is named, else
 * some of each cause. An exit code. */
int stats_print(char *const *files, bool all, FILE *out);

#endif
