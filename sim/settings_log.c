/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings of the log.
 */
#include "sim/settings.h"

#define AT(field) offsetof(struct sim_def, log.field)

const struct setting settings_log[] = {
    {"log.where", SETTING_CHOICE, AT(where), 0, 0, "off|memory|disk", "log", "where the database is"},
    {"log.path", SETTING_NAME, AT(path), 0, 0, NULL, "log-file", "its file"},
    {"log.buffer", SETTING_WHOLE32, AT(buffer), 1, 10000000, NULL, "log-buffer", "rows held before they are written"},
    {"log.flush_seconds", SETTING_REAL, AT(flush_seconds), 0, 86400, NULL, "log-seconds",
     "and for how long; 0: any time"},
    {"log.transaction", SETTING_CHOICE, AT(transaction), 0, 0, "flush|step", "log-transaction",
     "one transaction for each"},
    {"log.async", SETTING_SWITCH, AT(async), 0, 0, NULL, "log-async", "a thread of its own writes"},
    {"log.pragmas", SETTING_NAME, AT(pragmas), 0, 0, "balanced|performance|safety|memory", "log-pragmas",
     "profile of pragmas"},
    {"log.index_after", SETTING_SWITCH, AT(index_after), 0, 0, NULL, NULL, "indexes are made when the run is over"},
    {0},
};
