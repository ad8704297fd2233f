/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Completion of farmcc's command line in a shell: its own options from the table of settings, all others as gcc's are.
 */
#ifndef INSTRUMENT_COMPLETE_H
#define INSTRUMENT_COMPLETE_H

#include <stdbool.h>
#include <stdio.h>

/* The script for "bash" or "zsh"; false: there is none for `shell`. */
bool complete_print(const char *shell, FILE *out);

#endif
