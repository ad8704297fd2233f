/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/alarm.h"

#include "tests/unit/check.h"

#define INDENT "x.c:1:2: warning: misleading indentation; not part of 'if' [-Wmisleading-indentation]\n"
#define EQUALITY "x.c:1:2: warning: equality comparison with extraneous parentheses [-Wparentheses-equality]\n"
#define OTHER "x.c:9:1: warning: unused variable 'a' [-Wunused-variable]\n"
#define NOTE "    1 | a;\n      | ^\nx.c:1:1: note: previous statement is here\n1 warning generated.\n"

int main(void)
{
    CHECK(alarm_may_be_false(INDENT));
    CHECK(alarm_may_be_false(INDENT NOTE EQUALITY NOTE));
    CHECK(!alarm_may_be_false(""));
    CHECK(alarm_comes_late("x.c:3:1: warning: no return [-Wreturn-type]\n"));
    CHECK(!alarm_comes_late("x.c:3:1: warning: unused [-Wunused-variable]\n"));
    CHECK(!alarm_may_be_false("clang: note: nothing\n"));
    CHECK(!alarm_may_be_false(INDENT OTHER));
    CHECK(!alarm_may_be_false(OTHER INDENT));
    CHECK(!alarm_may_be_false(INDENT "x.c:3:1: error: unknown type [-Wmisleading-indentation]\n"));
    CHECK(!alarm_may_be_false("clang: warning: argument unused [-Wunused-command-line-argument]\n" INDENT));
    CHECK(!alarm_may_be_false("x.c:1: warning: no flag at the end\n"));
    return check_done();
}
