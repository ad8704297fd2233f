/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/fallthrough.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "tests/unit/check.h"

static const struct { const char *source; bool said; } sources[] = {
    {"", false},
    {"/* fall through */", true},
    {"/* FALLTHRU */", true},
    {"/*-fallthrough*/", true},
    {"/* lint -fallthrough */", true},
    {"/* else, falls  through, on purpose */", true},
    {"// Fall-Thru", true},
    {"/* INTENTIONAL FALLS-THROUGH */", true},
    {"fall", false},
    {"fall thr", true},
    {"fall th", false},
    {"falls", false},
    {"/* falls back to through */", false},
    {"int fallback; /* fallen through */", false},
    {"fafall through", true},
};

static void write_header(const char *path, const char *text)
{
    struct str err = STR_INIT;
    CHECK(file_write(path, text, strlen(text), &err));
    str_release(&err);
}

static void test_included(void)
{
    static const struct { const char *text; bool included; } rows[] = {
        {"", false},
        {"# 1 \"main.c\"\nint f(void);\n", false},
        {"# 1 \"says.h\"\ncase 1:\n", true},
        {"case 1:\n# 1 \"says.h\"\ncase 1:", true},
        {"# 1 \"says.h\"\nint f(void);\n# 1 \"main.c\"\ncase 1:\n", false},
        {"# 1 \"silent.h\" 1\ncase 1:\n# 7 \"main.c\" 2\nint x;\n", false},
        {"# 1 \"silent.h\" 1\ncase 1:\n# 7 \"says.h\" 2\ncase 2:\n# 9 \"main.c\" 2\n", true},
        {"# 1 \"says.h\" 1 3 4\ncase 1:\n", false},
        {"# 1 \"absent.h\" 1\ncase 1:\n", false},
        {"# 1 \"/dev/zero\" 1\ncase 1:\n", false},
        {"# 1 \"says.h\" 1", false},
        {"#pragma x \"says.h\"\ncase 1:\n", false},
    };
    char folder[] = "/tmp/farm-fallthrough-XXXXXX";
    if (!CHECK(mkdtemp(folder) && chdir(folder) == 0))
        return;
    write_header("main.c", "/* fall through */");
    write_header("says.h", "switch (x) {\ncase 1: y(); /* fall through */\ncase 2: ;\n}\n");
    write_header("silent.h", "case 1: break;\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!CHECK_INT(fallthrough_is_included(rows[i].text, strlen(rows[i].text), "main.c"), rows[i].included))
            fprintf(stderr, "    of: %s\n", rows[i].text);
    unlink("main.c");
    unlink("says.h");
    unlink("silent.h");
    CHECK(chdir("/") == 0 && rmdir(folder) == 0);
}

int main(void)
{
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (!CHECK_INT(fallthrough_is_said(sources[i].source, strlen(sources[i].source)), sources[i].said))
            fprintf(stderr, "    of: %s\n", sources[i].source);
    test_included();
    return check_done();
}
