/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the command top share.
 */
#ifndef DB_CMD_TOP_H
#define DB_CMD_TOP_H

#include "db/cmd.h"

/* top --function NAME; an exit code. */
int top_around(struct context *c, const char *spec, const char *name);

#endif
