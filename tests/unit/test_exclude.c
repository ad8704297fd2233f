/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/exclude.h"

#include <string.h>

#include "tests/unit/check.h"

int main(void)
{
    static const char text[] = "one\n"
                               "two /* LCOV_EXCL_LINE */\n"
                               "// LCOV_EXCL_START\n"
                               "four\n"
                               "// LCOV_EXCL_STOP\n"
                               "six LCOV_EXCL_BR_LINE\n"
                               "LCOV_EXCL_BR_START\n"
                               "eight\n"
                               "LCOV_EXCL_BR_STOP\n"
                               "ten LCOV_EXCL_START";
    static const char expected[] = ".LLL.BBB.L";      /* L: the line, B: its branches */
    struct exclude e = {0};
    CHECK(!exclude_line(&e, 1) && !exclude_branch(&e, 1));
    exclude_read(&e, text, strlen(text));
    for (int line = 1; line <= 10; line++) {
        char is = exclude_line(&e, line) ? 'L' : exclude_branch(&e, line) ? 'B' : '.';
        CHECK_INT(is, expected[line - 1]);
    }
    CHECK(!exclude_line(&e, 0) && !exclude_line(&e, 11) && !exclude_line(&e, -1));
    exclude_read(&e, "nothing", 7);
    CHECK(!exclude_line(&e, 2));
    exclude_release(&e);
    return check_done();
}
