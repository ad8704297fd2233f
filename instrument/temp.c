/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/temp.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/proc.h"

static char *folder;
static pid_t owner;
static volatile sig_atomic_t caught;

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { SIGNAL_COUNT = sizeof signals / sizeof *signals };
static struct sigaction before[SIGNAL_COUNT];

static void take_signal(int number)
{
    caught = number;
    if (proc_child)
        kill(proc_child, number);
}

static void catch_signals(void)
{
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        sigaction(signals[i], NULL, &before[i]);
        struct sigaction action = {.sa_handler = take_signal, .sa_flags = SA_RESTART};
        if (before[i].sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
}

void temp_release_signals(void)
{
    for (int i = 0; i < SIGNAL_COUNT; i++)
        sigaction(signals[i], &before[i], NULL);
}

bool temp_open(struct str *err)
{
    const char *parent = getenv("TMPDIR");
    char *path = str_join_path(parent && *parent ? parent : "/tmp", "farmcc-XXXXXX");
    catch_signals();
    if (!mkdtemp(path)) {
        str_addf(err, "cannot make a folder for temporary files (%s): %s", path, strerror(errno));
        free(path);
        return false;
    }
    folder = path;
    owner = getpid();
    atexit(temp_close);
    return true;
}

char *temp_path(const char *name)
{
    return str_join_path(folder, name);
}

void temp_close(void)
{
    if (!folder || owner != getpid())
        return;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(folder);
    free(folder);
    folder = NULL;
}

void temp_check_signal(void)
{
    if (!caught)
        return;
    temp_close();
    temp_release_signals();
    raise(caught);
}
