/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/path.h"

#include <stdlib.h>

#include "tests/unit/check.h"

static void normal(const char *folder, const char *path, const char *expected)
{
    char *got = path_normal(folder, path);
    CHECK_STR(got, expected);
    free(got);
}

int main(void)
{
    normal("/a/b", "c.c", "/a/b/c.c");
    normal("/a/b", "./c.c", "/a/b/c.c");
    normal("/a/b", "../c.c", "/a/c.c");
    normal("/a/b", "../../../c.c", "/c.c");
    normal("/a//b/", "x//y/./z", "/a/b/x/y/z");
    normal("/a", "/b/../c", "/c");
    normal("/", ".", "/");
    normal("a", "..", ".");
    normal("a", "../../b", "../b");
    normal("..", "../b", "../../b");

    CHECK_STR(path_inside("/a/b", "/a/b/c/d.c"), "c/d.c");
    CHECK_STR(path_inside("/a/b", "/a/bc/d.c"), "/a/bc/d.c");
    CHECK_STR(path_inside("/", "/a"), "/a");
    CHECK_STR(path_inside("", "/a"), "/a");

    CHECK(path_ends("/src/a.c", "a.c"));
    CHECK(path_ends("/src/a.c", "src/a.c"));
    CHECK(path_ends("/src/a.c", "/src/a.c"));
    CHECK(!path_ends("/src/aa.c", "a.c"));
    CHECK(!path_ends("a.c", "src/a.c"));
    return check_done();
}
