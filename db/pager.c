/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/pager.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_STARTED = 126 };      /* and 127: what a shell says of a program that it cannot start */

static void (*before)(int);

static const char *wanted(void)
{
    const char *own = getenv("FARM_PAGER"), *all = getenv("PAGER");
    return own ? own : all ? all : "less";
}

FILE *pager_open(void)
{
    const char *command = wanted();
    if (!isatty(STDOUT_FILENO) || !*command || strcmp(command, "cat") == 0)
        return NULL;
    setenv("LESS", "FRX", 0);
    fflush(stdout);
    before = signal(SIGPIPE, SIG_IGN);   /* who has seen enough closes it: no reason to die */
    FILE *pager = popen(command, "w");
    if (!pager)
        signal(SIGPIPE, before);
    return pager;
}

bool pager_close(FILE *pager)
{
    int status = pclose(pager);
    signal(SIGPIPE, before);
    return !WIFEXITED(status) || WEXITSTATUS(status) < NOT_STARTED;
}
