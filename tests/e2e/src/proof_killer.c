/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * proof_killer BYTES COMMAND...: starts COMMAND with a pipe as its output, kills it with SIGKILL as soon as BYTES bytes
 * have come, and prints the last 8-byte number that came through (what had been reported before it died).
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    long wanted = atol(argv[1]);
    int ends[2];
    if (pipe(ends))
        return 2;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        close(ends[1]);
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    close(ends[1]);
    long last = 0, got = 0, all = 0;
    char byte, number[sizeof(long)];
    while (read(ends[0], &byte, 1) == 1) {
        number[got++] = byte;
        if (got == sizeof number) {
            memcpy(&last, number, sizeof last);
            got = 0;
        }
        if (++all == wanted)
            kill(child, SIGKILL);
    }
    int status;
    waitpid(child, &status, 0);
    printf("%ld\n", last);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 0 : 1;
}
