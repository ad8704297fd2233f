/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/machine.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/file.h"
#include "db/run/git.h"

/* What stands behind `key` and a colon in the file, or the first line where there is no key; "" where there is none. */
static char *look_up(const char *path, const char *key)
{
    struct str text = STR_INIT, err = STR_INIT;
    const char *at = file_read(path, &text, &err) ? text.data : "";
    if (*key)
        at = strstr(at, key) ? strstr(at, key) + strlen(key) : "";
    at += strspn(at, "\t :");
    char *value = str_copy_bytes(at, strcspn(at, "\n"));
    str_release(&text);
    str_release(&err);
    return value;
}

void machine_look(struct machine *m)
{
    struct utsname name;
    cpu_set_t set;
    uname(&name);
    *m = (struct machine){.host = str_copy(name.nodename), .kernel = str_copy(name.release)};
    m->cpu = look_up("/proc/cpuinfo", "model name");
    m->governor = look_up("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "");
    m->cwd = getcwd(NULL, 0);
    m->cwd = m->cwd ? m->cwd : str_copy("");
    m->cores = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    m->commit = git_commit("HEAD");
    m->commit = m->commit ? m->commit : str_copy("");
    m->dirty = *m->commit && git_dirty();
}

void machine_release(struct machine *m)
{
    free(m->host);
    free(m->kernel);
    free(m->cpu);
    free(m->governor);
    free(m->cwd);
    free(m->commit);
    *m = (struct machine){0};
}
