/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/msg.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

const char *msg_tool = "farm";

static void say(const char *format, va_list args)
{
    fflush(stdout);
    fprintf(stderr, "%s: ", msg_tool);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

_Noreturn void die(enum exit_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    exit(code);
}

_Noreturn void msg_bug(const char *file, int line, const char *text)
{
    fprintf(stderr, "%s: bug at %s:%d: %s\n", msg_tool, file, line, text);
    abort();
}
