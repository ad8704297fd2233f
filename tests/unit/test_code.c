/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Instructions before others, in a program that is assembled here.
 */
#include "db/intake/code.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/proc.h"
#include "base/str.h"
#include "tests/unit/check.h"

#define START 0x401000u

static bool shell(const char *command)
{
    char *copy = str_copy(command);
    struct proc_result r = proc_run((char *[]){(char[]){"sh"}, (char[]){"-ec"}, copy, NULL}, NULL, NULL);
    free(copy);
    return CHECK_INT(proc_code(r), 0);
}

static void instructions(void)
{
    if (!shell("cat >p.s <<'S'\n"
               ".globl _start\n"
               "_start: movq (%rax), %rcx\n"      /* 0 */
               " addq $1, %rdx\n"                 /* 3 */
               "1: imulq %rcx, %rdx\n"            /* 7 */
               " decq %rsi\n"                     /* 11 */
               " jne 1b\n"                        /* 14 */
               " call 2f\n"                       /* 16 */
               " nop\n"                           /* 21 */
               " ret\n"                           /* 22 */
               "2: ret\n"                         /* 23 */
               " .byte 0x66,0x66,0x66,0x2e,0x0f,0x1f,0x84,0,0,0,0,0\n"   /* 24: as clang fills */
               "3: movq (%rdx), %rdx\n"          /* 36 */
               " xorq %rsi, %rcx\n"              /* 39 */
               " jne 3b\n"                       /* 42 */
               " ud2; ret\n"                     /* 44 */
               ".size _start, . - _start\n"
               ".type _start, @function\n"
               "g: nop; ret\n"                   /* 47 */
               ".size g, 1\n"
               ".type g, @function\n"
               "S\n"
               "cc -nostdlib -static -Wl,-Ttext=0x401000 p.s -o p; objcopy --only-keep-debug p kept; strip p -o bare\n"
               "echo >no"))
        return;
    static const struct { uint64_t sampled, waited; const char *why; } cases[] = {
        {0, 0, "the first of the function"}, {3, 0, "behind a load"}, {4, 4, "no instruction begins there"},
        {7, 7, "a jump leads there"}, {11, 7, "in a loop"}, {14, 11, "a jump waits too"},
        {16, 14, "behind a jump that was not taken"}, {21, 21, "behind a call"}, {22, 21, "behind that"},
        {23, 23, "behind a return"}, {39, 36, "in a loop behind padding"},
        {46, 46, "behind a trap"},
        {47, 47, "the next function"}, {48, 48, "outside"},
    };
    struct code *c = code_open("p");
    if (!CHECK(c != NULL))
        return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (!CHECK_INT(code_waited(c, START + cases[i].sampled), START + cases[i].waited))
            printf("    %s\n", cases[i].why);
    CHECK_INT(code_waited(c, 0x1003), 0x1003);
    code_close(c);
    CHECK(!code_open("kept"));                   /* debug information alone */
    CHECK(!code_open("bare"));
    CHECK(!code_open("no"));
    CHECK(!code_open("absent"));
    code_close(NULL);
}

int main(void)
{
    char folder[] = "/tmp/test_code.XXXXXX";
    if (!CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0))
        return check_done();
    instructions();
    shell("cd / && rm -r \"$OLDPWD\"");
    return check_done();
}
