/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals are blocked but while we wait: none comes between a look and what is done about it.
 */
#include "db/run/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/vec.h"

#define SECOND_NS 1000000000

/* From SIGTERM to SIGKILL, for what tidies up when its time is over. */
#define GRACE_NS ((int64_t)SECOND_NS)

extern char **environ;

struct child {
    struct job *job;
    pid_t pid;
    int64_t began;               /* monotonic clock, as all below */
    int64_t limit;               /* when it is told to end, then when it is killed; 0: never */
};

struct local {
    struct launcher base;
    VEC(struct child) children;
    sigset_t before;             /* signals blocked when we came */
    struct sigaction old[5];
};

static const int handled[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD};
enum { HANDLED_COUNT = sizeof handled / sizeof *handled };

static volatile sig_atomic_t asked_signal, asked_by_terminal;

static void note_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (number == SIGCHLD)
        return;                  /* it woke us, that is all */
    asked_signal = number;
    asked_by_terminal = info->si_code > 0;
}

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * (int64_t)SECOND_NS + now.tv_nsec;
}

static bool is_named(const char *pair, const char *name)
{
    size_t len = strcspn(name, "=");
    return strncmp(pair, name, len) == 0 && pair[len] == '=';
}

struct environment {
    VEC(char *) list;
};

/* Ours with the job's changes; the words are borrowed. */
static void environment_fill(struct environment *e, char *const *changes)
{
    for (char **pair = environ; *pair; pair++) {
        bool changed = false;
        for (size_t i = 0; !changed && changes && changes[i]; i++)
            changed = is_named(*pair, changes[i]);
        if (!changed)
            *vec_push(&e->list) = *pair;
    }
    for (size_t i = 0; changes && changes[i]; i++)
        if (strchr(changes[i], '='))
            *vec_push(&e->list) = changes[i];
    *vec_push(&e->list) = NULL;
}

static _Noreturn void become(const struct local *l, const struct job *job, char **environment, int report)
{
    const int wanted[] = {job->in, job->out, job->err};
    for (int i = 0; i < HANDLED_COUNT; i++)
        if (l->old[i].sa_handler != SIG_IGN)
            signal(handled[i], SIG_DFL);
    if (job->own_group)
        setpgid(0, 0);
    bool placed = true;
    for (int fd = 0; fd < 3; fd++)
        if (wanted[fd] >= 0)
            placed = dup2(wanted[fd], fd) >= 0 && placed;
    sigprocmask(SIG_SETMASK, &l->before, NULL);
    if (placed)
        execvpe(job->argv[0], job->argv, environment);
    int error = errno;
    while (write(report, &error, sizeof error) < 0 && errno == EINTR)
        ;
    _exit(127);
}

/* The error number of a child that could not become the program; 0 when it did. */
static int heard(int fd)
{
    int error = 0;
    ssize_t got;
    while ((got = read(fd, &error, sizeof error)) < 0 && errno == EINTR)
        ;
    close(fd);
    return got == sizeof error ? error : 0;
}

/* Not posix_spawn, which lets the child begin in our memory: the kernel counts that into the peak that it tells of the
 * program. A fork has only the pages that we wrote. */
static int spawn(struct local *l, const struct job *job, pid_t *pid)
{
    struct environment environment = {0};
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0)
        return errno;
    environment_fill(&environment, job->environment);
    *pid = fork();
    if (*pid == 0)
        become(l, job, environment.list.items, report[1]);
    int error = *pid < 0 ? errno : 0;
    close(report[1]);
    vec_release(&environment.list);
    if (!error)
        error = heard(report[0]);
    else
        close(report[0]);
    if (error && *pid > 0)
        waitpid(*pid, NULL, 0);
    return error;
}

/* A group of its own that reads from our terminal has to be the terminal's; it may have been stopped for asking too
 * early. SIGTTOU, which stops who gives the terminal away from behind, is blocked. */
static void lend_terminal(pid_t group)
{
    if (tcgetpgrp(STDIN_FILENO) != getpgrp())
        return;
    tcsetpgrp(STDIN_FILENO, group);
    kill(-group, SIGCONT);
}

static bool uses_terminal(const struct job *job)
{
    return job->own_group && job->in < 0;
}

static bool start(struct launcher *launcher, struct job *job)
{
    struct local *l = (struct local *)launcher;
    struct child child = {.job = job};
    job->outcome = (struct outcome){.started_ns = clock_ns(CLOCK_REALTIME)};
    child.began = clock_ns(CLOCK_MONOTONIC);
    job->outcome.error_number = spawn(l, job, &child.pid);
    job->outcome.started = job->outcome.error_number == 0;
    if (!job->outcome.started)
        return false;
    if (uses_terminal(job))
        lend_terminal(child.pid);
    if (job->time_limit > 0)
        child.limit = child.began + (int64_t)(fmin(job->time_limit, 1e9) * SECOND_NS);
    *vec_push(&l->children) = child;
    return true;
}

static void send_to(const struct child *c, int number)
{
    kill(c->job->own_group ? -c->pid : c->pid, number);
}

/* Whose time is over is told to end, and killed if it does not. */
static void enforce_limits(struct local *l, int64_t now)
{
    for (size_t i = 0; i < l->children.count; i++) {
        struct child *c = &l->children.items[i];
        if (!c->limit || now < c->limit)
            continue;
        send_to(c, c->job->outcome.timed_out ? SIGKILL : SIGTERM);
        if (!c->job->outcome.timed_out)
            send_to(c, SIGCONT);
        c->job->outcome.timed_out = true;
        c->limit = now + GRACE_NS;
    }
}

/* The rest of a group whose time was over goes with its leader. */
static void end_child(struct local *l, size_t index, int64_t now)
{
    struct child c = l->children.items[index];
    c.job->outcome.wall_ns = now - c.began;
    if (c.job->outcome.timed_out)
        send_to(&c, SIGKILL);
    if (uses_terminal(c.job) && tcgetpgrp(STDIN_FILENO) == c.pid)
        tcsetpgrp(STDIN_FILENO, getpgrp());
    l->children.items[index] = l->children.items[--l->children.count];
}

static struct job *reap(struct local *l)
{
    for (size_t i = 0; i < l->children.count; i++) {
        struct child *c = &l->children.items[i];
        struct job *job = c->job;
        int64_t now = clock_ns(CLOCK_MONOTONIC);
        if (wait4(c->pid, &job->outcome.status, WNOHANG, &job->outcome.usage) != c->pid)
            continue;
        end_child(l, i, now);
        return job;
    }
    return NULL;
}

/* The earlier of the caller's limit and the children's; -1: none. */
static int64_t time_to_wait(const struct local *l, int64_t now, int milliseconds)
{
    int64_t until = milliseconds < 0 ? INT64_MAX : now + milliseconds * (int64_t)1000000;
    for (size_t i = 0; i < l->children.count; i++)
        if (l->children.items[i].limit && l->children.items[i].limit < until)
            until = l->children.items[i].limit;
    return until == INT64_MAX ? -1 : until > now ? until - now : 0;
}

static struct job *wait_for(struct launcher *launcher, int milliseconds)
{
    struct local *l = (struct local *)launcher;
    struct job *job = reap(l);
    int64_t now = clock_ns(CLOCK_MONOTONIC), ns = time_to_wait(l, now, milliseconds);
    struct timespec pause = {ns / SECOND_NS, ns % SECOND_NS};
    if (job || asked_signal)
        return job;
    sigset_t open = l->before;
    for (int i = 0; i < HANDLED_COUNT; i++)
        sigdelset(&open, handled[i]);
    ppoll(NULL, 0, ns < 0 ? NULL : &pause, &open);
    job = reap(l);
    if (!job)
        enforce_limits(l, clock_ns(CLOCK_MONOTONIC));
    return job;
}

static void send_all(struct launcher *launcher, int number)
{
    struct local *l = (struct local *)launcher;
    for (size_t i = 0; i < l->children.count; i++)
        send_to(&l->children.items[i], number);
}

static int asked(struct launcher *launcher, bool *typed)
{
    (void)launcher;
    int number = asked_signal;
    *typed = asked_by_terminal;
    asked_signal = 0;
    return number;
}

static void close_local(struct launcher *launcher)
{
    struct local *l = (struct local *)launcher;
    for (int i = 0; i < HANDLED_COUNT; i++)
        sigaction(handled[i], &l->old[i], NULL);
    sigprocmask(SIG_SETMASK, &l->before, NULL);
    vec_release(&l->children);
    free(l);
}

/* What nohup ignores stays ignored; a handler, unlike SIG_IGN, is not inherited by what we start. */
struct launcher *launch_local(void)
{
    struct local *l = xcalloc(1, sizeof *l);
    struct sigaction ours = {.sa_sigaction = note_signal, .sa_flags = SA_SIGINFO};
    sigset_t blocked;
    l->base = (struct launcher){start, wait_for, send_all, asked, close_local};
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTTOU);
    for (int i = 0; i < HANDLED_COUNT; i++)
        sigaddset(&blocked, handled[i]);
    sigprocmask(SIG_BLOCK, &blocked, &l->before);
    for (int i = 0; i < HANDLED_COUNT; i++) {
        sigaction(handled[i], NULL, &l->old[i]);
        if (handled[i] == SIGCHLD || l->old[i].sa_handler != SIG_IGN)
            sigaction(handled[i], &ours, NULL);
    }
    asked_signal = 0;
    return &l->base;
}
