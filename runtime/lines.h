/* SPDX-License-Identifier: MIT
 *
 * Lines that are timed exactly. What inserted text calls is async-signal-safe and makes no system call.
 */
#ifndef FARM_LINES_H
#define FARM_LINES_H

#include "runtime/internal.h"

/* For the activation whose frame holds `frame`; NULL: it is not timed, because an outer one is, or the thread is not
 * counted, or the time stamp counter is no clock. */
FARM_PUBLIC uint64_t *__farm_lines_enter(void *frame, uint64_t *state);
FARM_PUBLIC void __farm_lines_leave(void *frame, uint64_t *state);
FARM_PUBLIC void __farm_lines_jump(void);        /* before frames are left for good, perhaps */

void farm_lines_fill(struct farm_header *h);
void farm_lines_flush(void);                     /* the calling thread's time so far goes to its lines */
void farm_lines_finish(void);                    /* at the process's end, in the calling thread */
void farm_lines_drop(struct farm_block *block);  /* its thread is gone */

/* Around a fork's new mapping of the calling thread's counters: activations go on in the child. */
void farm_lines_save(struct farm_block *block);
void farm_lines_restore(struct farm_block *block);

#endif
