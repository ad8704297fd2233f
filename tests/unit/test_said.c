/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/said.h"

#include <stdlib.h>

#include "tests/unit/check.h"

int main(void)
{
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
