/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plug-in with counters of its own, for runtime_host.
 */
#define COUNTERS 20000           /* more than fits the pages that blocks have at first */
#ifndef UNIT_ID
#define UNIT_ID 2
#endif
#include "tests/e2e/src/hand.h"

void plugin_run(long n);
void plugin_run(long n)
{
    HAND_ENTER;
    for (long i = 0; i < n; i++) {
        ++c[0];
        ++c[COUNTERS - 1];
    }
}
