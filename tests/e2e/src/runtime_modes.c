/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * runtime_modes MODE [N]: a program instrumented by hand that counts, and lives and ends in the way that MODE names.
 * Counters: 0 main, 1 calls of work, 2 and up as each mode says.
 */
#define COUNTERS 32
#include "tests/e2e/src/hand.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/single_threaded.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long count_wanted;
static char **arguments;
static volatile long sink;

__attribute__((noinline)) static void work(void)
{
    HAND_ENTER;
    ++c[1];
    sink++;
}

static void works(long n)
{
    for (long i = 0; i < n; i++)
        work();
}

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "runtime_modes: %s: %s\n", what, strerror(errno));
    exit(99);
}

/* ---- threads ---- */

static void *thread_main(void *unused)
{
    HAND_ENTER;
    ++c[2];
    works(count_wanted);
    return unused;
}

static int threads(int n)
{
    pthread_t id[64];
    for (int i = 0; i < n; i++)
        if (pthread_create(&id[i], NULL, thread_main, NULL))
            fail("pthread_create");
    for (int i = 0; i < n; i++)
        pthread_join(id[i], NULL);
    return 0;
}

static int four_threads(void)
{
    return threads(4);
}

static int short_threads(void)
{
    for (int i = 0; i < 250; i++)
        threads(4);
    return 0;
}

static int forever_pipe[2];

static void *endless(void *unused)
{
    char byte = 1;
    works(count_wanted);
    if (write(forever_pipe[1], &byte, 1) != 1)
        fail("write");
    for (;;)
        pause();
    return unused;
}

static int detached(void)
{
    pthread_t id;
    char byte;
    if (pipe(forever_pipe))
        fail("pipe");
    for (int i = 0; i < 4; i++) {
        pthread_create(&id, NULL, endless, NULL);
        pthread_detach(id);
    }
    for (int i = 0; i < 4; i++)
        if (read(forever_pipe[0], &byte, 1) != 1)
            fail("read");
    return 5;
}

static int raw_thread(void *tls)
{
    HAND_ENTER;
    ++c[3];
    works(count_wanted);
    return tls != NULL;
}

/* A thread that libc knows nothing of, with thread-local storage of its own. */
static int raw_clone(void)
{
    enum { LEN = 1 << 18 };
    char *stack = mmap(NULL, 2 * LEN, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *tls = stack + LEN + LEN / 2;
    volatile int *child = (volatile int *)(stack + 2 * LEN - 64);
    memcpy(tls, &tls, sizeof tls);
    memcpy(tls + 16, &tls, sizeof tls);
    int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
                CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID;
    *child = -1;
    if (clone(raw_thread, stack + LEN, flags, NULL, NULL, tls, child) < 0)
        fail("clone");
    works(count_wanted);
    while (*child)
        sched_yield();
    return 0;
}

static void on_signal(int number)
{
    HAND_ENTER;
    ++c[4];
    sink += number;
}

static int altstack(void)
{
    stack_t alt = {.ss_sp = malloc(1 << 16), .ss_size = 1 << 16};
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
    sigaltstack(&alt, NULL);
    sigaction(SIGUSR1, &action, NULL);
    for (long i = 0; i < count_wanted; i++) {
        raise(SIGUSR1);
        work();
    }
    return 0;
}

/* ---- ends ---- */

static int do_return(void) { works(count_wanted); return 3; }
static int do_exit(void) { works(count_wanted); exit(4); }
static int do_fast_exit(void) { works(count_wanted); _exit(5); }
static int do_fast_Exit(void) { works(count_wanted); _Exit(6); }
static int do_quick_exit(void) { works(count_wanted); quick_exit(7); }
static int do_raw_exit(void) { works(count_wanted); return (int)syscall(SYS_exit_group, 8); }
static int do_abort(void) { works(count_wanted); abort(); }
static int do_kill(void) { works(count_wanted); return kill(getpid(), SIGKILL); }
static int do_term(void) { works(count_wanted); return kill(getpid(), SIGTERM); }
static int do_fault(void) { works(count_wanted); return *(volatile int *)(sink - sink); }
static int do_sent_fault(void) { works(count_wanted); return raise(SIGSEGV); }

static void own_handler(int number)
{
    HAND_ENTER;
    ++c[4];
    _exit(40 + number);
}

static int do_own_handler(void)
{
    signal(SIGSEGV, own_handler);
    return do_fault();
}

static void at_the_end(void)
{
    HAND_ENTER;
    ++c[5];
}
__attribute__((destructor)) static void very_late(void)
{
    HAND_ENTER;
    ++c[6];
}

static int do_late(void)
{
    atexit(at_the_end);
    return 0;
}

static int do_pthread_exit(void)
{
    pthread_t id;
    pthread_create(&id, NULL, thread_main, NULL);
    pthread_detach(id);
    works(count_wanted);
    pthread_exit(NULL);
}

/* Reports its progress and never ends. */
static int report(void)
{
    for (long done = 0;;) {
        works(100);
        done += 100;
        if (write(1, &done, sizeof done) != sizeof done)
            return 1;
    }
}

/* ---- other processes ---- */

static int waited(pid_t pid)
{
    int status;
    if (waitpid(pid, &status, 0) != pid)
        fail("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int do_fork(void)
{
    HAND_ENTER;
    works(count_wanted);
    ++c[7];
    pid_t pid = fork();
    if (pid == 0) {
        ++c[8];                  /* by the address that the frame had before */
        works(2 * count_wanted);
        ++c[8];
        exit(11);
    }
    ++c[9];
    works(count_wanted);
    return waited(pid) == 11 ? 0 : 1;
}

/* The child calls nothing that is counted before it dies. */
static int fork_kill(void)
{
    HAND_ENTER;
    pid_t pid = fork();
    if (pid == 0) {
        ++c[8];
        kill(getpid(), SIGKILL);
    }
    ++c[9];
    return waited(pid) == 128 + SIGKILL ? 0 : 1;
}

static void *forking_thread(void *unused)
{
    for (int i = 0; i < 20; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            works(count_wanted);
            exit(0);
        }
        waited(pid);
    }
    return unused;
}

static int fork_threads(void)
{
    pthread_t id[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&id[i], NULL, i ? thread_main : forking_thread, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(id[i], NULL);
    return 0;
}

/* Children by the dozen, each with the descriptors that it was given. */
static int fork_often(void)
{
    int lost = 0;
    for (int i = 0; i < 300; i++) {
        pid_t pid = fork();
        if (pid == 0)
            _exit(fcntl(0, F_GETFD) < 0 || fcntl(1, F_GETFD) < 0 || fcntl(2, F_GETFD) < 0);
        lost += waited(pid) != 0;
    }
    printf("%d\n", lost);
    return 0;
}

static int do_vfork(void)
{
    HAND_ENTER;
    ++c[7];
    pid_t pid = vfork();
    if (pid == 0)
        _exit(12);
    int status = waited(pid);
    pid = vfork();
    if (pid == 0) {
        execl("/bin/true", "true", NULL);
        _exit(13);
    }
    status += waited(pid);
    works(count_wanted);
    ++c[9];
    return status == 12 ? 0 : 1;
}

/* A fork that nobody's handlers see, in a thread that has counted nothing so far. */
static void *stray_thread(void *unused)
{
    pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) {
        works(count_wanted);
        _exit(14);
    }
    return waited(pid) == 14 ? unused : NULL;
}

static int stray_fork(void)
{
    pthread_t id;
    void *result;
    pthread_create(&id, NULL, stray_thread, &id);
    pthread_join(id, &result);
    return result ? 0 : 1;
}

static int exec_other(void)
{
    works(count_wanted);
    execl("/bin/sh", "sh", "-c", "exit 9", NULL);
    return 1;
}

static int exec_failing(void)
{
    works(count_wanted);
    execl("/nowhere/at/all", "all", NULL);
    works(count_wanted);
    return 2;
}

static int exec_self(void)
{
    works(count_wanted);
    execl("/proc/self/exe", "self", "exit", arguments[2], NULL);
    return 1;
}

static int fork_exec(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/true", "true", NULL);
        _exit(1);
    }
    works(count_wanted);
    return waited(pid);
}

static int do_daemon(void)
{
    works(count_wanted);
    if (daemon(1, 0))
        fail("daemon");
    for (int fd = 0; fd < 1024; fd++)
        close(fd);
    works(count_wanted);
    exit(0);
}

/* ---- a good guest ---- */

static int guest(void)
{
    int status, fd = open("/dev/null", O_RDONLY);
    errno = 123;
    work();
    printf("errno %d\n", errno);
    printf("first descriptor %d\n", fd);
    printf("wait %d", (int)wait(&status));
    printf(" %s\n", errno == ECHILD ? "ECHILD" : strerror(errno));
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    printf("blocked signals %d\n", sigisemptyset(&mask) == 0);
    struct sigaction action;
    sigaction(SIGTERM, NULL, &action);
    printf("SIGTERM default %d\n", action.sa_handler == SIG_DFL);
    printf("libc's single-threaded mode %d\n", __libc_single_threaded);
    printf("unshare %d\n", unshare(CLONE_NEWUSER));
    return 0;
}

static pthread_barrier_t all_counting;

static void *together(void *unused)
{
    works(count_wanted);
    pthread_barrier_wait(&all_counting);
    return unused;
}

/* Eight threads that need their own blocks at the same time. */
static int enough_file(void)
{
    pthread_t id[8];
    pthread_barrier_init(&all_counting, NULL, 8);
    for (int i = 0; i < 8; i++)
        pthread_create(&id[i], NULL, together, NULL);
    works(count_wanted);
    for (int i = 0; i < 8; i++)
        pthread_join(id[i], NULL);
    return 0;
}

static int busy(void)
{
    HAND_ENTER;
    for (long i = 0; i < count_wanted; i++) {
        ++c[10];
        for (int k = 0; k < 1000; k++)
            sink += k;
    }
    return 0;
}

static const struct mode {
    const char *name;
    int (*run)(void);
} modes[] = {
    {"threads", four_threads}, {"short-threads", short_threads}, {"detached", detached}, {"raw-clone", raw_clone},
    {"altstack", altstack}, {"return", do_return}, {"exit", do_exit}, {"_exit", do_fast_exit}, {"_Exit", do_fast_Exit},
    {"quick_exit", do_quick_exit}, {"raw-exit", do_raw_exit}, {"abort", do_abort}, {"kill", do_kill},
    {"term", do_term}, {"fault", do_fault}, {"sent-fault", do_sent_fault}, {"own-handler", do_own_handler},
    {"late", do_late}, {"pthread_exit", do_pthread_exit}, {"report", report}, {"fork", do_fork},
    {"fork-kill", fork_kill}, {"fork-threads", fork_threads}, {"fork-often", fork_often}, {"vfork", do_vfork},
    {"stray-fork", stray_fork},
    {"exec", exec_other}, {"exec-failing", exec_failing}, {"exec-self", exec_self}, {"fork-exec", fork_exec},
    {"daemon", do_daemon}, {"guest", guest}, {"enough-file", enough_file}, {"busy", busy}};

int main(int argc, char **argv)
{
    HAND_ENTER;
    ++c[0];
    arguments = argv;
    count_wanted = argc > 2 ? atol(argv[2]) : 1000;
    for (unsigned i = 0; argc > 1 && i < sizeof modes / sizeof *modes; i++)
        if (strcmp(argv[1], modes[i].name) == 0)
            return modes[i].run();
    fprintf(stderr, "runtime_modes: no such mode\n");
    return 98;
}
