/* SPDX-License-Identifier: MIT
 *
 * Address space, where the program has a limit of it (RLIMIT_AS): ours must not eat it up, and what it may have cost
 * the program is said.
 */
#ifndef FARM_ROOM_H
#define FARM_ROOM_H

#include "runtime/internal.h"

struct farm_room {
    bool tight;                  /* there is little of it: tables are to be small */
    uint64_t reserve;            /* for each thread's block, bytes */
    uint64_t taken;              /* bytes that were ours at some time, blocks and tables */
};
extern struct farm_room farm_room;

void farm_room_choose(void);
void farm_room_tell(void);       /* at the end: a note if the program came near its limit */

#endif
