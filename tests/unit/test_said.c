/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/said.h"

#include <stdlib.h>

#include "tests/unit/check.h"

#define A "x.c:3:12: warning: unused 'a' [-Wunused-variable]\n    3 |   int a;\n      |       ^\n"
#define A_FURTHER "x.c:3:99: warning: unused 'a' [-Wunused-variable]\n    3 |   ++c;int a;\n"
#define B "x.h:7: warning: no column [-Wcpp]\n"

static void test_same_warnings(void)
{
    CHECK(said_same_warnings("x.c: In function 'f':\n" A, A_FURTHER));
    CHECK(said_same_warnings(A B, B A_FURTHER));
    CHECK(!said_same_warnings(A A, A));
    CHECK(!said_same_warnings(A A B, A B B));
    CHECK(!said_same_warnings(A, "x.c:4:12: warning: unused 'a' [-Wunused-variable]\n"));
    CHECK(!said_same_warnings(A, "x.c:3:12: warning: set but not used 'a' [-Wunused-but-set-variable]\n"));
    CHECK(!said_same_warnings("", ""));
    CHECK(!said_same_warnings("x.c:3:1: note: here\n", "x.c:3:1: note: here\n"));
    CHECK(!said_same_warnings(A "x.c:4:1: error: no\n", A "x.c:4:1: error: no\n"));
    CHECK(!said_same_warnings(A "{standard input}:3: Warning: odd\n", A));
}

int main(void)
{
    test_same_warnings();
    static const struct { const char *said, *first; } rows[] = {
        {"", ""},
        {"something", "something"},
        {"\nsecond\nthird", "second"},
        {"x.c: In function 'f':\nx.c:3:12: error: expected ';'\n    3 | a\n", "x.c:3: error: expected ';'"},
        {"x.c:1:2: warning: w\nx.c:9:10: fatal error: no.h\n", "x.c:9: fatal error: no.h"},
        {"x.c:3: error: no column: 5:6: here", "x.c:3: error: no column: 5:6: here"},
        {"ld: x.o: in function `main':\nx.c:(.text+0x5): undefined reference to `f'\ncollect2: error: ld returned 1",
         "x.c:(.text+0x5): undefined reference to `f'"},
        {"a:b", "a:b"},
        {"12:13", "12:13"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *first = said_first(rows[i].said);
        CHECK_STR(first, rows[i].first);
        free(first);
    }
    return check_done();
}
