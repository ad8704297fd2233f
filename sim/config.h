/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Configuration files: JSON objects of settings, nested where keys have dots ({"world": {"width": 50}}).
 */
#ifndef SIM_CONFIG_H
#define SIM_CONFIG_H

#include "sim/settings.h"

/* False where the file cannot be read, is no JSON, or has a key or value that is no setting: `problem` says so in one
 * sentence, and `def` is as before. */
bool config_read(struct sim_def *def, const char *path, char problem[SETTING_PROBLEM]);

/* All settings as JSON, for config_read; the caller frees it. NULL: out of memory. */
char *config_write(const struct sim_def *def);

#endif
