/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers that people read on a terminal go through a pager: FARM_PAGER, else PAGER, else less, which ends at once
 * where all fits on the screen. An empty one, or cat, is none.
 */
#ifndef DB_PAGER_H
#define DB_PAGER_H

#include <stdbool.h>
#include <stdio.h>

/* Where to write; NULL: straight to stdout, which is no terminal, or there is no pager. */
FILE *pager_open(void);

/* Waits until it was read. False: the pager did not start, nobody has seen a thing. */
bool pager_close(FILE *pager);

#endif
