/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the command study share.
 */
#ifndef DB_CMD_STUDY_H
#define DB_CMD_STUDY_H

#include "db/cmd.h"
#include "db/study/study.h"

struct check_wish {
    const char *baseline;        /* folder; NULL: NAME.baseline beside the study file */
    const char *markdown;        /* file that verdicts are appended to; NULL: none */
    bool update, github;
};

/* Judges each point of phase 1, which is in RESULTS, by `farmdb check` against its file among the baselines, or, with
 * `update`, writes these files. The worst of the exit codes. */
int study_check(struct context *c, const struct study *s, const char *results, const struct check_wish *wish);

#endif
