/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where and of which state of the sources runs are made: looked up once for many runs.
 */
#ifndef DB_MACHINE_H
#define DB_MACHINE_H

#include <stdbool.h>

struct machine {
    char *host, *kernel, *cpu, *governor, *cwd;     /* "" where it is not known */
    char *commit;                /* of the working folder; "" where that is in no work tree */
    int cores;                   /* that this process may use */
    bool dirty;
};

void machine_look(struct machine *m);
void machine_release(struct machine *m);

#endif
