/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * manners MODE [PLUGIN]: a program in one of the situations that a guest gets wrong; see manners.sh. Each piece of work
 * is counted, and takes and returns one block of memory, so what is recorded can be checked twice. What the program
 * prints must not depend on whether it is instrumented.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <grp.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/single_threaded.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <threads.h>
#include <ucontext.h>
#include <unistd.h>

enum { PIECES = 1000, BLOCK = 48 };
extern char **environ;
static volatile long sink;
static char **arguments;

static void work(void)
{
    void *volatile block = malloc(BLOCK);       /* work */
    free(block);
}

static void works(int n)
{
    for (int i = 0; i < n; i++)
        work();
}

static int status_of(pid_t child)
{
    int status = -1;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

/* ---- processes ---- */

static int in_child(pid_t child)
{
    if (child == 0) {
        works(PIECES);
        _exit(21);
    }
    works(PIECES);
    return status_of(child) != 21;
}

static int mode_fork(void)
{
    works(PIECES);
    return in_child(fork());
}

static int mode_Fork(void)
{
    works(PIECES);
    return in_child(_Fork());
}

static int mode_vfork(void)
{
    works(PIECES);
    pid_t child = vfork();
    if (child == 0)
        _exit(21);
    works(PIECES);
    return status_of(child) != 21;
}

static int mode_exec(void)
{
    works(PIECES);
    execl("/proc/self/exe", "manners", "work", (char *)NULL);
    return 1;
}

static int mode_work(void)
{
    works(PIECES);
    return 22;
}

static int mode_spawn(void)
{
    char *argv[] = { "manners", "work", NULL };
    pid_t child = -1;
    works(PIECES);
    int error = posix_spawn(&child, "/proc/self/exe", NULL, NULL, argv, environ);
    works(PIECES);
    return error || status_of(child) != 22;
}

static void last_work(void)
{
    works(PIECES);
}

static int mode_quick_exit(void)
{
    at_quick_exit(last_work);
    works(PIECES);
    quick_exit(23);
}

static int mode_daemon(void)
{
    int ends[2];
    char byte;
    if (pipe(ends))
        return 1;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        pid_t grandchild = fork();
        if (grandchild)
            _exit(0);
        works(PIECES);
        for (int fd = 0; fd < 1024; fd++)
            if (fd != ends[1])
                close(fd);
        works(PIECES);
        _exit(write(ends[1], "", 1) != 1);
    }
    close(ends[1]);
    works(PIECES);
    return status_of(child) || read(ends[0], &byte, 1) != 1 || read(ends[0], &byte, 1) != 0;
}

/* ---- threads ---- */

static void *in_thread(void *unused)
{
    works(PIECES);
    return unused;
}

static int threads(int n, void *(*start)(void *))
{
    pthread_t ids[8];
    for (int i = 0; i < n; i++)
        if (pthread_create(&ids[i], NULL, start, NULL))
            return 1;
    for (int i = 0; i < n; i++)
        pthread_join(ids[i], NULL);
    return 0;
}

static int mode_short_threads(void)
{
    int failed = 0;
    for (int i = 0; i < 250; i++)
        failed |= threads(4, in_thread);
    return failed;
}

static int in_c11_thread(void *unused)
{
    works(PIECES);
    return unused != NULL;
}

static int mode_thrd_create(void)
{
    thrd_t ids[4];
    int result = 0, sum = 0;
    for (int i = 0; i < 4; i++)
        sum += thrd_create(&ids[i], in_c11_thread, NULL) != thrd_success;
    for (int i = 0; i < 4; i++) {
        thrd_join(ids[i], &result);
        sum += result;
    }
    return sum;
}

static pthread_barrier_t detached_are_done;

static void *for_ever(void *unused)
{
    works(PIECES);
    pthread_barrier_wait(&detached_are_done);
    for (;;)
        pause();
    return unused;
}

static int mode_detached(void)
{
    pthread_t id;
    pthread_barrier_init(&detached_are_done, NULL, 5);
    for (int i = 0; i < 4; i++)
        if (pthread_create(&id, NULL, for_ever, NULL) || pthread_detach(id))
            return 1;
    pthread_barrier_wait(&detached_are_done);
    return 24;
}

static pthread_key_t key;

/* Runs after the thread's own code, and three times: it sets its key again. */
static void destructor(void *value)
{
    works(PIECES);
    long left = (long)value - 1;
    pthread_setspecific(key, left ? (void *)left : NULL);
}

static void *with_key(void *unused)
{
    pthread_setspecific(key, (void *)3L);
    return unused;
}

static int mode_tls_destructors(void)
{
    return pthread_key_create(&key, destructor) || threads(8, with_key);
}

static void *loads(void *unused)
{
    for (int i = 0; i < 50; i++) {
        void *plugin = dlopen(arguments[2], RTLD_NOW | RTLD_LOCAL);
        int (*call)(int) = plugin ? (int (*)(int))dlsym(plugin, "plugin_call") : NULL;
        if (!call || call(20) != 20)
            abort();
        dlclose(plugin);
    }
    return unused;
}

static int mode_dlopen(void)
{
    return threads(4, loads);
}

static int mode_openmp(void)
{
    long sum = 0;
#pragma omp parallel for reduction(+ : sum) num_threads(4)
    for (int i = 0; i < PIECES; i++) {
        work();
        sum += i;
    }
    printf("%ld\n", sum);
    return 0;
}

/* ---- jumps and stacks ---- */

static jmp_buf back;

static void down(int depth)
{
    work();
    if (depth)
        down(depth - 1);
    else
        longjmp(back, 1);
    sink++;
}

static int mode_setjmp(void)
{
    volatile int times = 0;
    setjmp(back);
    if (++times <= 100)
        down(9);
    printf("%d\n", times);
    return 0;
}

static volatile sig_atomic_t handled;

static void on_signal(int number)
{
    handled += number == SIGUSR1;       /* handler */
}

static int mode_altstack(void)
{
    static char stack[1 << 16];
    stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_ONSTACK };
    sigaltstack(&other, NULL);
    sigaction(SIGUSR1, &action, NULL);
    for (int i = 0; i < PIECES; i++) {
        work();
        raise(SIGUSR1);
    }
    printf("%d\n", (int)handled);
    return 0;
}

static ucontext_t main_context, other_context;

static void coroutine(void)
{
    for (int i = 0; i < PIECES; i++) {
        work();
        swapcontext(&other_context, &main_context);
    }
}

static int mode_ucontext(void)
{
    static char stack[1 << 16];
    getcontext(&other_context);
    other_context.uc_stack.ss_sp = stack;
    other_context.uc_stack.ss_size = sizeof stack;
    other_context.uc_link = &main_context;
    makecontext(&other_context, coroutine, 0);
    for (int i = 0; i < PIECES; i++) {
        swapcontext(&main_context, &other_context);
        work();
    }
    return 0;
}

/* ---- what the program may do, and sees ---- */

static int mode_chroot(void)
{
    if (chroot(arguments[2]) || chdir("/"))
        return 77;
    works(PIECES);
    return threads(8, in_thread);
}

static int mode_setuid(void)
{
    works(PIECES);
    if (setgroups(0, NULL) || setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
        return 77;
    printf("%d\n", (int)getuid());
    return threads(8, in_thread);
}

static int mode_unshare(void)
{
    works(PIECES);
    printf("unshare %d\n", unshare(CLONE_NEWUSER) ? errno : 0);
    works(PIECES);
    return threads(4, in_thread);
}

static int mode_putc(void)
{
    work();
    printf("single thread %d\n", __libc_single_threaded);
    for (int i = 0; i < 1000000; i++)
        putc(32 + i % 64, stdout);
    return ferror(stdout);
}

/* What it was given: environment, open descriptors, signals, limits, working directory. */
static int mode_given(void)
{
    char text[4096];
    works(PIECES);
    for (char **e = environ; *e; e++)
        if (strncmp(*e, "_=", 2))
            puts(*e);
    DIR *folder = opendir("/proc/self/fd");
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        printf("descriptor %s\n", entry->d_name);
    closedir(folder);
    for (int i = 1; i < 32; i++) {
        struct sigaction action;
        bool fault = i == SIGSEGV || i == SIGBUS || i == SIGFPE || i == SIGILL || i == SIGABRT;
        if (!fault && sigaction(i, NULL, &action) == 0)
            printf("signal %d %d\n", i, action.sa_handler == SIG_DFL);
    }
    for (int i = 0; i < RLIM_NLIMITS; i++) {
        struct rlimit limit;
        getrlimit(i, &limit);
        printf("limit %d %lu %lu\n", i, (unsigned long)limit.rlim_cur, (unsigned long)limit.rlim_max);
    }
    printf("%s, mask %o, children %d\n", getcwd(text, sizeof text), umask(0), (int)waitpid(-1, NULL, WNOHANG));
    execlp("env", "env", (char *)NULL);
    return 1;
}

static int mode_threads(void)
{
    works(PIECES);
    return threads(8, in_thread);
}

static const struct mode {
    const char *name;
    int (*run)(void);
} modes[] = {
    { "fork", mode_fork }, { "_Fork", mode_Fork }, { "vfork", mode_vfork }, { "exec", mode_exec },
    { "work", mode_work }, { "spawn", mode_spawn }, { "quick_exit", mode_quick_exit }, { "daemon", mode_daemon },
    { "short-threads", mode_short_threads }, { "thrd_create", mode_thrd_create }, { "detached", mode_detached },
    { "tls-destructors", mode_tls_destructors }, { "dlopen", mode_dlopen }, { "openmp", mode_openmp },
    { "setjmp", mode_setjmp }, { "altstack", mode_altstack }, { "ucontext", mode_ucontext },
    { "chroot", mode_chroot }, { "setuid", mode_setuid }, { "unshare", mode_unshare }, { "putc", mode_putc },
    { "given", mode_given }, { "threads", mode_threads },
};

int main(int argc, char **argv)
{
    arguments = argv;
    for (size_t i = 0; argc > 1 && i < sizeof modes / sizeof *modes; i++)
        if (!strcmp(argv[1], modes[i].name))
            return modes[i].run();
    return 98;
}
