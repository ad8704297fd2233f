/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links that leave out symbols (-s, -Wl,-s, -Wl,--strip-debug): farmcc links with them, keeps the debug information,
 * and leaves them out afterwards. What the linker had left out nobody could keep, and no time would find its line.
 */
#ifndef INSTRUMENT_STRIP_H
#define INSTRUMENT_STRIP_H

#include "instrument/job.h"

enum strip { STRIP_NOTHING, STRIP_DEBUG, STRIP_ALL };

/* Takes the options that leave out symbols off a link command; the most that they asked for. */
enum strip strip_take(struct words *command);

/* Leaves them out of a linked file. False where that fails; *err says why. */
bool strip_file(const struct job *j, enum strip what, const char *file, struct str *err);

#endif
