/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * posix_spawn with pipes; both streams are read by one poll loop, so that neither can fill and block the program.
 */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/msg.h"

extern char **environ;

volatile pid_t proc_child;

struct stream {
    struct str *into;            /* NULL: inherited, no pipe */
    int ends[2];
};

static void stream_open(struct stream *s, struct str *into, int fd, posix_spawn_file_actions_t *actions)
{
    *s = (struct stream){into, {-1, -1}};
    if (!into)
        return;
    if (pipe2(s->ends, O_CLOEXEC) != 0)
        die(EXIT_DATA, "cannot make a pipe: too many open files?");
    posix_spawn_file_actions_adddup2(actions, s->ends[1], fd);
}

static void stream_drop(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void stream_take(struct stream *s)
{
    str_reserve(s->into, 16384);
    ssize_t got = read(s->ends[0], s->into->data + s->into->len, s->into->cap - s->into->len - 1);
    if (got > 0) {
        s->into->len += (size_t)got;
        s->into->data[s->into->len] = 0;
    } else if (got == 0 || errno != EINTR) {
        stream_drop(&s->ends[0]);
    }
}

static void streams_read(struct stream *streams, int count)
{
    for (;;) {
        struct pollfd polls[2];
        int open_count = 0;
        for (int i = 0; i < count; i++) {
            polls[i] = (struct pollfd){streams[i].ends[0], POLLIN, 0};
            open_count += streams[i].ends[0] >= 0;
        }
        if (!open_count)
            return;
        if (poll(polls, (nfds_t)count, -1) < 0)
            continue;
        for (int i = 0; i < count; i++)
            if (streams[i].ends[0] >= 0 && polls[i].revents)
                stream_take(&streams[i]);
    }
}

/* Signals wait until proc_child is set, so that a handler never misses a child; the child gets the mask as it was. */
static struct proc_result start(char *const argv[], posix_spawn_file_actions_t *actions)
{
    struct proc_result r = {0};
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigmask(&attributes, &before);
    pid_t pid = 0;
    r.error_number = posix_spawnp(&pid, argv[0], actions, &attributes, argv, environ);
    r.started = r.error_number == 0;
    proc_child = r.started ? pid : 0;
    posix_spawnattr_destroy(&attributes);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return r;
}

int proc_wait(pid_t pid)
{
    siginfo_t info;
    while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        ;
    proc_child = 0;
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

struct proc_result proc_run(char *const argv[], struct str *out, struct str *err)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    struct stream streams[2];
    stream_open(&streams[0], out, 1, &actions);
    stream_open(&streams[1], err, 2, &actions);

    struct proc_result r = start(argv, &actions);
    posix_spawn_file_actions_destroy(&actions);
    for (int i = 0; i < 2; i++) {
        stream_drop(&streams[i].ends[1]);
        if (!r.started)
            stream_drop(&streams[i].ends[0]);
    }
    streams_read(streams, 2);
    if (r.started)
        r.status = proc_wait(proc_child);
    return r;
}

int proc_code(struct proc_result r)
{
    if (!r.started)
        return EXIT_NOT_FOUND;
    return WIFSIGNALED(r.status) ? 128 + WTERMSIG(r.status) : WEXITSTATUS(r.status);
}

_Noreturn void proc_exit_like(struct proc_result r)
{
    if (r.started && WIFSIGNALED(r.status)) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        signal(WTERMSIG(r.status), SIG_DFL);
        raise(WTERMSIG(r.status));
    }
    exit(proc_code(r));
}
