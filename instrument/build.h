/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of steps, and with it the promise that no diagnostic of rewritten text is ever shown and no build breaks:
 * silent success of the rewritten text is accepted; anything else runs the user's own command, whose output and
 * status are the answer; only where that succeeds, the rewritten text is compiled again without a word.
 */
#ifndef INSTRUMENT_BUILD_H
#define INSTRUMENT_BUILD_H

#include "instrument/job.h"

/* Does all that the command asks for; needs an open temp folder. How the compiler ended, or would have. */
struct proc_result build_run(struct job *j);

/* --farm-show; an exit code. */
int build_show(struct job *j);

#endif
