/* SPDX-License-Identifier: MIT
 *
 * Counters that name themselves (format.h): a program's text adds to their addresses in FARM_COUNTERS_SECTION with %gs
 * in front, and in each thread %gs leads from there to the thread's block. Whose %gs is 0 counts in the section itself,
 * which is no crash but races: so do all threads where %gs cannot be had (the kernel refuses, the program uses it
 * itself), and shared objects that were compiled as if for a program. Their counts are put into a block at the end.
 */
#ifndef FARM_DIRECT_H
#define FARM_DIRECT_H

#include "runtime/internal.h"

/* All under farm_it.lock but farm_direct_counters. */
bool farm_direct_place(struct __farm_unit *unit, const struct farm_range *module, uint64_t *offset);
                                                 /* false: it has no place in blocks yet, which it needs all the same */
void farm_direct_off(const struct __farm_unit *unit);            /* nothing is recorded, and %gs may be the program's */
void farm_direct_point(void);                    /* the calling thread's %gs to its block, which it has */
void farm_direct_several(void);                  /* a thread is made: says so where counts may race */
void farm_direct_publish(void);                  /* what was counted in the section itself is put into a block */
void farm_direct_fork(void);                     /* in a child: that begins at nothing */

bool farm_direct_is_on(void);                    /* threads need their block before they count */

/* Where the unit's text counts in this thread. */
uint64_t *farm_direct_counters(const struct __farm_unit *unit);

/* Whether the instruction at `code` counts in the program's section. Looks at twelve bytes. */
bool farm_direct_is_count(const uint8_t *code);

#endif
