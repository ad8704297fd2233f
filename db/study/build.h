/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Building the program of a study by its own command.
 */
#ifndef DB_STUDY_BUILD_H
#define DB_STUDY_BUILD_H

#include "db/study/phase.h"

/* The farmcc that belongs to this farmdb is found before any other from now on. */
void build_put_ours_first(void);

/* Runs the study's build command, if it has one, in the working folder; what it says is kept in RESULTS/build.log. Ends
 * the program with a sentence where it fails. `exact`: a second program, whose lines of the study's functions are timed
 * by the clock; the study's `out` then is its folder. */
void build_program(struct study *s, const char *results, bool exact);

#endif
