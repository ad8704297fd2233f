/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/path.h"

#include <stdlib.h>

#include "db/wanted.h"
#include "tests/unit/check.h"

static void normal(const char *folder, const char *path, const char *expected)
{
    char *got = path_normal(folder, path);
    CHECK_STR(got, expected);
    free(got);
}

static void common(const char *folder, const char *path, const char *expected)
{
    char *got = path_common(folder, path);
    CHECK_STR(got, expected);
    free(got);
}

static void test_wanted(void)
{
    const char *path = "/p/src/a.c";
    struct wanted w = {.folder = "/p", .here = "/p/build"};
    const char *yes[] = {"a.c", "src/a.c", "./src/a.c", "../src/a.c", "/p/src/a.c", "/p/build/../src/a.c", "*.c",
                         "s*/*", "/p/*"};
    const char *no[] = {"b.c", ".c", "rc/a.c", "/q/src/a.c", "../a.c", "b*"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        CHECK(wanted_file(&w, yes[i], path));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        CHECK(!wanted_file(&w, no[i], path));
    const char *named[] = {"work", "wo*", "[[:alpha:]]*", "a.c:work", "../src/a.c:w*", "a.c:5", "/p/src/a.c:9"};
    const char *not_named[] = {"a.c:work2", "b.c:work", "a.c:4", "a.c:10", "wor", "a.c", "a.c:"};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        w.function = named[i];
        CHECK(wanted_function(&w, path, "work", 5, 9));
    }
    for (size_t i = 0; i < sizeof not_named / sizeof *not_named; i++) {
        w.function = not_named[i];
        CHECK(!wanted_function(&w, path, "work", 5, 9));
    }
    w = (struct wanted){.file = "b.c", .folder = "/p", .here = "/"};
    CHECK(!wanted_function(&w, path, "work", 5, 9));
}

int main(void)
{
    test_wanted();
    common("/a/b", "/a/b/c.c", "/a/b");
    common("/a/b", "/a/bc/d.c", "/a");
    common("/a/b/c", "/a/b.c", "/a");
    common("/a/bd", "/a/b/c.c", "/a");
    common("/a", "/b/c", "/");

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
