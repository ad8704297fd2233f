/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Large arrays straight from the kernel: zero, untouched pages cost nothing, and where the kernel has huge pages it may
 * use them. In worlds of 100,000 agents looking up ordinary pages takes longer than reading what is on them.
 */
#ifndef SIM_PAGES_H
#define SIM_PAGES_H

#include <stddef.h>

void *pages_new(size_t bytes);           /* NULL: out of memory */
void pages_free(void *pages, size_t bytes);      /* with the bytes that were asked for; NULL is fine */

#endif
