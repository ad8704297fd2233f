/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What git says of the working folder. Without git, or outside of a work tree, it says nothing.
 */
#ifndef DB_GIT_H
#define DB_GIT_H

#include <stdbool.h>

/* Full name of the commit that `revision` (HEAD, HEAD~2, a tag) stands for; NULL: there is none. Yours to free. */
char *git_commit(const char *revision);

/* Tracked files have changes that are not committed. */
bool git_dirty(void);

#endif
