/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * proof_death MODE: counts some lines and ends in the way that MODE names; see death.sh.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile long sink;

static void work(void)
{
    sink++;                     /* work */
}

/* 100 pieces of work, then a report of how many there were. Never ends. */
static void report_for_ever(void)
{
    for (long done = 0;;) {
        for (int i = 0; i < 100; i++) {
            work();
            done++;             /* done */
        }
        if (write(1, &done, sizeof done) != sizeof done)
            _exit(1);
    }
}

static void *reporting_thread(void *unused)
{
    (void)unused;
    report_for_ever();
    return NULL;
}

static void some_work(void)
{
    for (int i = 0; i < 1000; i++)
        work();                 /* some work */
}

/* A loop without a call: its counter may live in a register. */
static void spin(void)
{
    char begun = 'b';
    if (write(1, &begun, 1) != 1)
        return;
    long local = 0;
    for (;;) {
        local += sink;          /* in flight */
        if (local == 12345)
            break;
    }
    sink = local;
}

static void on_segv(int number)
{
    work();
    sink += number;             /* handler */
    signal(SIGSEGV, SIG_DFL);
}

static void handle_on_other_stack(void)
{
    static char stack[65536];
    stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
    struct sigaction action = { .sa_handler = on_segv, .sa_flags = SA_ONSTACK };
    sigaltstack(&other, NULL);
    sigaction(SIGSEGV, &action, NULL);
}

static void crash(void)
{
    static volatile int *volatile nowhere;
    *nowhere = 1;               /* crash */
}

static void *exit_from_thread(void *unused)
{
    (void)unused;
    some_work();
    exit(5);
}

static void fork_in_condition(void)
{
    int status = 0;
    if (fork() == 0) {          /* fork */
        work();
        exit(0);                /* child */
    } else {
        wait(&status);          /* parent */
    }
    some_work();
    if (fork())                 /* fork again */
        wait(&status);          /* parent again */
    else
        sink++;                 /* child again */
    sink++;                     /* both */
}

static void setjmp_in_condition(void)
{
    static jmp_buf env;
    static volatile int times;
    if (setjmp(env))            /* setjmp */
        times++;                /* came back */
    else
        sink++;                 /* came first */
    if (times < 3)
        longjmp(env, 1);        /* jump */
    some_work();
}

static void fork_deep(void)
{
    for (int i = 0; i < 3; i++)
        if (fork() == 0)
            sink++;             /* each child */
    some_work();
    while (wait(NULL) > 0)
        ;
}

static void vfork_and_exec(void)
{
    pid_t child = vfork();
    if (child == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(127);
    }
    int status;
    waitpid(child, &status, 0);
    child = vfork();
    if (child == 0)
        _exit(9);
    waitpid(child, &status, 0);
    some_work();                /* after vfork */
}

static void failing_exec(void)
{
    execl("/no/such/program", "x", (char *)NULL);
    some_work();                /* after exec */
}

static void in_thread(void *(*start)(void *))
{
    pthread_t thread;
    pthread_create(&thread, NULL, start, NULL);
    pthread_join(thread, NULL);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "return";
    struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
    if (!strcmp(mode, "report"))
        report_for_ever();
    if (!strcmp(mode, "report-thread"))
        in_thread(reporting_thread);
    if (!strcmp(mode, "spin"))
        spin();
    some_work();
    if (!strcmp(mode, "exit"))
        exit(3);
    if (!strcmp(mode, "_exit"))
        _exit(4);
    if (!strcmp(mode, "quick_exit"))
        quick_exit(6);
    if (!strcmp(mode, "kill"))
        kill(getpid(), SIGKILL);
    if (!strcmp(mode, "term"))
        kill(getpid(), SIGTERM);
    if (!strcmp(mode, "abort"))
        abort();
    if (!strcmp(mode, "segv"))
        crash();
    if (!strcmp(mode, "segv-handled")) {
        handle_on_other_stack();
        crash();
    }
    if (!strcmp(mode, "thread-exit"))
        in_thread(exit_from_thread);
    if (!strcmp(mode, "pthread_exit"))
        pthread_exit(NULL);
    if (!strcmp(mode, "exec"))
        execl("/bin/sh", "sh", "-c", "exit 8", (char *)NULL);
    if (!strcmp(mode, "exec-self"))
        execl(argv[0], argv[0], "_exit", (char *)NULL);
    if (!strcmp(mode, "failing-exec"))
        failing_exec();
    if (!strcmp(mode, "fork"))
        fork_in_condition();
    if (!strcmp(mode, "fork-deep"))
        fork_deep();
    if (!strcmp(mode, "vfork"))
        vfork_and_exec();
    if (!strcmp(mode, "setjmp"))
        setjmp_in_condition();
    return 0;
}
