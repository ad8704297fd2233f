/* SPDX-License-Identifier: MIT
 *
 * How to leave the frame of a function at one of its addresses: for good the same, so it can be kept.
 */
#ifndef FARM_UNWIND_H
#define FARM_UNWIND_H

#include "runtime/internal.h"

struct farm_rule {
    uint64_t start, end;         /* the function, as its frame information has it */
    int64_t cfa;                 /* where the frame is: above sp, or above bp */
    int64_t pc, bp;              /* where the return address and, if saved, the caller's bp lie from there */
    bool by_bp, bp_saved, outermost;
};

/* False: there is no frame information for the address, or it says what we do not understand. */
bool farm_unwind_rule(uint64_t pc, struct farm_rule *rule);

#endif
