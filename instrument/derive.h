/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions that need no counter at their entry: each call of them stands in this unit and is counted where it is made,
 * so their calls are a sum of counters that are there anyway. A small static function, inlined or not, then costs what
 * its own branches cost, often nothing.
 *
 * Such a function is named in the unit by its declarations and by calls that are surely made as often as counted, and
 * by nothing else: neither its address, nor an attribute, nor a string (of an alias or an asm statement) may hold its
 * name. Where functions call each other in a circle, one of them keeps its counter.
 */
#ifndef INSTRUMENT_DERIVE_H
#define INSTRUMENT_DERIVE_H

#include "instrument/flow.h"
#include "instrument/scan.h"

struct derive_call {
    uint32_t caller;             /* index into tree.functions */
    uint32_t made;               /* index into the caller's flow.made */
    uint32_t next;               /* of the same function: index + 1 */
};

struct derive {                  /* starts zeroed */
    bool *callees;               /* by callee: it is derived */
    bool *taken;                 /* the same: named without arguments, so a thread may begin with it */
    VEC(uint32_t) order;         /* derived functions, behind those on whose entries their sums hang */
    VEC(struct derive_call) calls;
    uint32_t *first;             /* by function: the first of its calls, index + 1 */
};

/* Before trim_flow, which then wants d->callees. By function: `flows` as flow_walk left it, zeroed where nothing is
 * counted; `barred`: must have a counter. */
void derive_choose(const struct tree *t, struct scan_text text, const struct flow *flows, const bool *barred,
                   struct derive *d);

void derive_release(struct derive *d);

#endif
