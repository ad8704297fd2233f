/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One private folder of temporary files per process, gone when it ends, also by a signal.
 */
#ifndef INSTRUMENT_TEMP_H
#define INSTRUMENT_TEMP_H

#include <stdbool.h>

#include "base/str.h"

/* Makes the folder, below TMPDIR or /tmp. From here on SIGINT, SIGTERM, SIGHUP and SIGQUIT are passed on
 * to the child and take effect in temp_check_signal. */
bool temp_open(struct str *err);

/* A path in the folder, yours; nothing is created. */
char *temp_path(const char *name);

/* Deletes the folder with all in it; exit() does it too. Does nothing where there is none, or in a forked child. */
void temp_close(void);

/* Where a signal came in: closes and dies of it. To be called after each child. */
void temp_check_signal(void);

/* In a forked child: the signals act as they did before temp_open. */
void temp_release_signals(void);

#endif
