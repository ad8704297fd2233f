/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/proc.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/check.h"

static struct proc_result shell(const char *text, struct str *out, struct str *err)
{
    return proc_run((char *[]){"sh", "-c", (char *)text, NULL}, out, err);
}

static void test_collects_both_streams(void)
{
    struct str out = STR_INIT, err = STR_INIT;
    struct proc_result r = shell("echo out; echo err >&2; exit 3", &out, &err);
    CHECK(r.started);
    CHECK_INT(proc_code(r), 3);
    CHECK_STR(out.data, "out\n");
    CHECK_STR(err.data, "err\n");
    str_release(&out);
    str_release(&err);
}

/* A pipe holds 64 KB: whoever reads one stream to its end before the other waits for ever. */
static void test_full_pipes_do_not_block(void)
{
    struct str out = STR_INIT, err = STR_INIT;
    struct proc_result r = shell("head -c 300000 /dev/zero >&2; head -c 400000 /dev/zero", &out, &err);
    CHECK_INT(proc_code(r), 0);
    CHECK_INT(out.len, 400000);
    CHECK_INT(err.len, 300000);
    str_release(&out);
    str_release(&err);
}

static void test_what_cannot_start(void)
{
    struct str out = STR_INIT;
    struct proc_result r = proc_run((char *[]){"/nowhere/program", NULL}, &out, NULL);
    CHECK(!r.started);
    CHECK_INT(proc_code(r), 127);
    CHECK_STR(strerror(r.error_number), "No such file or directory");
    str_release(&out);
}

static void test_signals(void)
{
    struct proc_result r = shell("kill -TERM $$", NULL, NULL);
    CHECK(r.started);
    CHECK_INT(proc_code(r), 128 + SIGTERM);
}

static void test_leaves_no_descriptors(void)
{
    struct str out = STR_INIT;
    int before = dup(0), after;
    close(before);
    for (int i = 0; i < 3; i++)
        shell("true", &out, &out);
    after = dup(0);
    close(after);
    CHECK_INT(after, before);
    str_release(&out);
}

static int status_of_child_ending_like(struct proc_result r)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        proc_exit_like(r);
    waitpid(pid, &status, 0);
    return status;
}

static void test_ends_alike(void)
{
    int status = status_of_child_ending_like(shell("exit 9", NULL, NULL));
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 9);
    status = status_of_child_ending_like(shell("kill -SEGV $$", NULL, NULL));
    CHECK(WIFSIGNALED(status));
    CHECK_INT(WTERMSIG(status), SIGSEGV);
}

int main(void)
{
    test_collects_both_streams();
    test_full_pipes_do_not_block();
    test_what_cannot_start();
    test_signals();
    test_leaves_no_descriptors();
    fflush(stdout);
    test_ends_alike();
    return check_done();
}
