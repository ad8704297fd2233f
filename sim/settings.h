/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every field of struct sim_def by name ("spatial.index"), for --set, options of their own, configuration files and the
 * log. One table for all, in parts: settings_world.c, settings_learn.c,
 * settings_log.c.
 */
#ifndef SIM_SETTINGS_H
#define SIM_SETTINGS_H

#include "sim/sim.h"

enum setting_type {
    SETTING_WHOLE32,
    SETTING_WHOLE64,
    SETTING_REAL,                /* float */
    SETTING_AMOUNT,              /* int32_t in hundredths, written as 1.25 */
    SETTING_SWITCH,              /* bool: on, off */
    SETTING_CHOICE,              /* an enum of `choices`, in their order */
    SETTING_NAME,                /* const char * that lives as long as the program */
    SETTING_ACTIONS              /* names joined by commas, or all */
};

struct setting {
    const char *key;
    enum setting_type type;
    size_t offset;               /* in struct sim_def */
    double least, most;          /* of numbers */
    const char *choices;         /* "kd|quad|hash", of SETTING_CHOICE in the enum's order; of names what there is */
    const char *option;          /* its own option without dashes, or NULL */
    const char *help;
};

#define SETTING_PROBLEM 256

/* Walks through all settings: start with 0; NULL ends. */
const struct setting *setting_at(size_t index);
const struct setting *setting_find(const char *key);     /* NULL: there is none of this name */

/* False where `text` is no value for it: `problem` gets one sentence. */
bool setting_put(struct sim_def *def, const struct setting *s, const char *text, char problem[SETTING_PROBLEM]);
void setting_get(const struct sim_def *def, const struct setting *s, char *text, size_t room);

/* Is a number within its range? */
bool setting_check(const struct sim_def *def, const struct setting *s, char problem[SETTING_PROBLEM]);

/* KEY=VALUE */
bool settings_assign(struct sim_def *def, const char *assignment, char problem[SETTING_PROBLEM]);

/* The parts: arrays ended by a NULL key. */
extern const struct setting settings_world[], settings_learn[], settings_log[];

#endif
