/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child frees what its parent allocated, and allocates for itself; so does one that no handler was told of. What the
 * argument says is done at the end: exit or kill.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void *before[10];

__attribute__((noinline)) static void child(void)
{
    for (int i = 0; i < 10; i++)
        free(before[i]);
    for (int i = 0; i < 7; i++)
        before[i] = malloc(70); /* child */
    free(before[0]);
}

int main(int argc, char **argv)
{
    for (int i = 0; i < 10; i++)
        before[i] = malloc(1000); /* parent */
    if (fork() == 0) {
        child();
        exit(0);
    }
    wait(NULL);
    if (_Fork() == 0) {
        child();
        _exit(0);
    }
    wait(NULL);
    free(before[0]);
    if (argc > 1 && strcmp(argv[1], "kill") == 0)
        raise(SIGKILL);
    return 0;
}
