/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/check.h"

static void test_round_trip(void)
{
    struct str text = STR_INIT, back = STR_INIT, err = STR_INIT;
    for (int i = 0; i < 200000; i++)
        str_add_char(&text, (char)(i * 7));
    CHECK(file_write("whole", text.data, text.len, &err));
    str_add(&back, "before");
    CHECK(file_read("whole", &back, &err));
    CHECK_INT(back.len, text.len + 6);
    CHECK(memcmp(back.data + 6, text.data, text.len) == 0);
    CHECK_INT(back.data[back.len], 0);
    CHECK_STR(err.data, "");
    str_release(&text);
    str_release(&back);
    str_release(&err);
}

static void test_reads_what_has_no_size(void)
{
    struct str text = STR_INIT, err = STR_INIT;
    CHECK(file_read("/proc/self/status", &text, &err));
    CHECK(strstr(text.data, "Pid:") != NULL);
    str_release(&text);
    str_release(&err);
}

static void test_mode_follows_umask(void)
{
    struct str err = STR_INIT;
    struct stat st;
    umask(027);
    CHECK(file_write("masked", "x", 1, &err));
    umask(022);
    CHECK_INT(stat("masked", &st), 0);
    CHECK_INT(st.st_mode & 0777, 0640);
    str_release(&err);
}

static void test_failures_say_what_and_where(void)
{
    struct str text = STR_INIT, err = STR_INIT;
    CHECK(!file_read("nowhere/file", &text, &err));
    CHECK_STR(err.data, "cannot open nowhere/file: No such file or directory");
    str_clear(&err);
    CHECK(!file_read(".", &text, &err));
    CHECK_STR(err.data, "cannot read .: Is a directory");
    str_clear(&err);
    CHECK(!file_write("nowhere/file", "x", 1, &err));
    CHECK_STR(err.data, "cannot create nowhere/file: No such file or directory");
    str_clear(&err);
    CHECK(!file_make_folders("whole/below", &err));
    CHECK_STR(err.data, "cannot make folder whole/below: Not a directory");
    str_release(&text);
    str_release(&err);
}

static void test_a_failed_write_leaves_the_old_text(void)
{
    struct str err = STR_INIT, text = STR_INIT;
    CHECK_INT(mkdir("taken", 0777), 0);
    CHECK(!file_write("taken", "x", 1, &err));
    CHECK(strncmp(err.data, "cannot write taken", 18) == 0);
    CHECK(file_exists("taken"));
    str_release(&text);
    str_release(&err);
}

static void test_no_file_takes_the_place_of_a_pipe_or_link(void)
{
    struct str err = STR_INIT, text = STR_INIT;
    struct stat st;
    char got[8] = "";
    CHECK_INT(mkfifo("pipe", 0600), 0);
    int fd = open("pipe", O_RDWR | O_NONBLOCK);
    CHECK(file_write("pipe", "piped", 5, &err));
    CHECK_INT(lstat("pipe", &st), 0);
    CHECK(S_ISFIFO(st.st_mode));
    CHECK_INT(read(fd, got, sizeof got), 5);
    CHECK_STR(got, "piped");
    close(fd);
    CHECK(file_write("target", "old and long", 12, &err));
    CHECK_INT(symlink("target", "link"), 0);
    CHECK(file_write("link", "new", 3, &err));
    CHECK_INT(lstat("link", &st), 0);
    CHECK(S_ISLNK(st.st_mode));
    CHECK(file_read("target", &text, &err));
    CHECK_STR(text.data, "new");
    CHECK_INT(symlink("nothing", "dangling"), 0);
    CHECK(file_write("dangling", "x", 1, &err));
    str_release(&text);
    str_release(&err);
}

static void test_folders(void)
{
    struct str err = STR_INIT;
    CHECK(file_make_folders("a/b/c", &err));
    CHECK(file_make_folders("a/b/c", &err));
    CHECK(file_make_folders("a/b/d/", &err));
    CHECK(file_exists("a/b/c"));
    CHECK(file_exists("a/b/d"));
    CHECK(!file_exists("a/c"));
    str_release(&err);
}

static void test_parts_of_paths(void)
{
    static const char *const cases[][3] = {
        {"a/b.c", "a", "b.c"}, {"b.c", ".", "b.c"}, {"/b.c", "/", "b.c"}, {"/a/b/", "/a/b", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *folder = file_folder(cases[i][0]);
        CHECK_STR(folder, cases[i][1]);
        CHECK_STR(file_name(cases[i][0]), cases[i][2]);
        free(folder);
    }
    char *here = getcwd(NULL, 0), *joined = str_join_path(here, "x/y"), *absolute = file_absolute("x/y");
    char *same = file_absolute("/x");
    CHECK_STR(absolute, joined);
    CHECK_STR(same, "/x");
    free(here);
    free(joined);
    free(absolute);
    free(same);
}

int main(void)
{
    char folder[] = "/tmp/farm-test-file.XXXXXX";
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return 1;
    test_round_trip();
    test_reads_what_has_no_size();
    test_mode_follows_umask();
    test_failures_say_what_and_where();
    test_a_failed_write_leaves_the_old_text();
    test_no_file_takes_the_place_of_a_pipe_or_link();
    test_folders();
    test_parts_of_paths();
    if (system("rm -rf \"$PWD\"") != 0)
        return 1;
    return check_done();
}
