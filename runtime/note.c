/* SPDX-License-Identifier: MIT
 *
 * Trouble is told once: in the record, and on stderr while that is still what it was at the start.
 */
#include <sys/stat.h>

#include "runtime/internal.h"
#include "runtime/sys.h"

void farm_note_init(void)
{
    struct stat st;
    if (farm_sys(SYS_fstat, 2, &st) < 0) {
        farm_it.said = true;
        return;
    }
    farm_it.stderr_dev = st.st_dev;
    farm_it.stderr_ino = st.st_ino;
    farm_it.stderr_rdev = st.st_rdev;
}

static bool stderr_is_the_same(void)
{
    struct stat st;
    return farm_sys(SYS_fstat, 2, &st) == 0 && st.st_dev == farm_it.stderr_dev && st.st_ino == farm_it.stderr_ino &&
           st.st_rdev == farm_it.stderr_rdev;
}

void farm_note(const char *sentence, const char *detail)
{
    char line[sizeof farm_it.header->note];
    struct farm_text t = {line, 0, sizeof line - 1};
    farm_add(&t, sentence);
    farm_add(&t, detail);
    if (farm_it.header && !farm_it.header->note[0])
        farm_copy(farm_it.header->note, line, t.len);
    if (__atomic_exchange_n(&farm_it.said, true, __ATOMIC_RELAXED) || !stderr_is_the_same())
        return;
    char words[sizeof line + 16];
    struct farm_text w = {words, 0, sizeof words};
    farm_add(&w, "farm: ");
    farm_add(&w, line);
    farm_add(&w, "\n");
    farm_sys(SYS_write, 2, words, w.len);
}
