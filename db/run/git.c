/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/git.h"

#include <stdlib.h>
#include <string.h>

#include "base/proc.h"
#include "base/str.h"

/* The first line of what git prints, or NULL where it fails; yours to free. */
static char *ask(char *const argv[])
{
    struct str out = STR_INIT, err = STR_INIT;
    struct proc_result r = proc_run(argv, &out, &err);
    char *line = proc_code(r) == 0 ? str_copy_bytes(out.data, strcspn(out.data, "\n")) : NULL;
    str_release(&out);
    str_release(&err);
    return line;
}

char *git_commit(const char *revision)
{
    char *wanted = str_format("%s^{commit}", revision);
    char *argv[] = {"git", "rev-parse", "--verify", "--quiet", "--end-of-options", wanted, NULL};
    char *commit = ask(argv);
    free(wanted);
    return commit;
}

/* Without the lock a user's own git at the same time is not disturbed. */
bool git_dirty(void)
{
    char *argv[] = {"git", "--no-optional-locks", "status", "--porcelain", "--untracked-files=no", NULL};
    char *line = ask(argv);
    bool dirty = line && *line;
    free(line);
    return dirty;
}
