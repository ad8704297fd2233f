/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/str.h"

#include <stdlib.h>

#include "tests/unit/check.h"

static void test_grows(void)
{
    struct str s = STR_INIT;
    CHECK_STR(s.data, "");
    for (int i = 0; i < 1000; i++)
        str_addf(&s, "%d,", i % 10);
    CHECK_INT(s.len, 2000);
    CHECK_INT(strlen(s.data), 2000);
    CHECK_STR(s.data + 1994, "7,8,9,");
    str_clear(&s);
    CHECK_STR(s.data, "");
    CHECK(s.cap > 0);
    str_release(&s);
    CHECK_STR(s.data, "");
    CHECK_INT(s.cap, 0);
}

static void test_holds_nul_bytes(void)
{
    struct str s = STR_INIT;
    str_add_bytes(&s, "a\0b", 3);
    str_add_char(&s, 0);
    CHECK_INT(s.len, 4);
    CHECK(memcmp(s.data, "a\0b\0", 5) == 0);
    str_release(&s);
}

static void test_nothing_added_allocates_nothing(void)
{
    struct str s = STR_INIT;
    str_add(&s, "");
    CHECK_INT(s.cap, 0);
    CHECK(s.data == str_empty);
    str_release(&s);
}

static void test_release_accepts_zeroed(void)
{
    struct str s = {0};
    str_release(&s);
    CHECK_STR(s.data, "");
}

static void test_detach_leaves_empty(void)
{
    struct str s = STR_INIT;
    char *nothing = str_detach(&s);
    CHECK_STR(nothing, "");
    str_add(&s, "text");
    char *text = str_detach(&s);
    CHECK_STR(text, "text");
    CHECK_STR(s.data, "");
    free(nothing);
    free(text);
}

static void test_reserve_keeps_terminated(void)
{
    struct str s = STR_INIT;
    str_reserve(&s, 5000);
    CHECK(s.cap > 5000);
    CHECK_STR(s.data, "");
    str_release(&s);
}

static void test_paths(void)
{
    static const char *const cases[][3] = {
        {"/a", "b", "/a/b"}, {"/a", "/b", "/b"}, {"", "b", "b"}, {".", "b/c", "./b/c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *path = str_join_path(cases[i][0], cases[i][1]);
        CHECK_STR(path, cases[i][2]);
        free(path);
    }
}

static void test_copies(void)
{
    char *copy = str_copy_bytes("abcdef", 3), *text = str_format("%s-%05.1f", copy, 2.25);
    CHECK_STR(copy, "abc");
    CHECK_STR(text, "abc-002.2");
    free(copy);
    free(text);
}

int main(void)
{
    test_grows();
    test_holds_nul_bytes();
    test_nothing_added_allocates_nothing();
    test_release_accepts_zeroed();
    test_detach_leaves_empty();
    test_reserve_keeps_terminated();
    test_paths();
    test_copies();
    return check_done();
}
