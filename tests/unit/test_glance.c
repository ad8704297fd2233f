/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/glance.h"

#include "tests/unit/check.h"

static const struct { const char *text; bool body; } rows[] = {
    {"", false},
    {"int f(void);\n", false},
    {"int f(void) { return 1; }\n", true},
    {"int f(a)\nint a;\n{ return a; }\n", true},
    {"int f(void) [[maybe]] { }\n", true},
    {"int f(void) /* here */\n# 2 \"x.c\"\n{ }\n", true},
    {"struct s { int a; };\nenum e { A };\nunion { int b; } u = { 1 };\nint t[] = {1, 2};\n", false},
    {"const char *s = \") {\"; char c = '{'; // ) {\n/* ) { */\n", false},
    {"const char *s = \"\\\") {\";\n", false},
    {"# 1 \"x.c\"\n# 1 \"/usr/h.h\" 1 3 4\nstatic int f(void) { }\n", false},
    {"# 1 \"x.c\"\n# 1 \"/usr/h.h\" 1 3 4\nint a;\n# 2 \"x.c\" 2\nint f(void) { }\n", true},
    {"# 1 \"x.c\"\n# 1 \"h3.h\" 1\nstatic int f(void) { }\n", true},
    {"# 1 \"x.c\"\n# 4 \"x.c\" 3 4\n_Bool f(void) {\n# 4 \"x.c\"\n}\n", true},
    {"#pragma once ) {\nint a;\n", false},
    {"/* never closed ) {", false},
    {"\"never closed ) {", false},
};

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!CHECK_INT(glance_has_function(rows[i].text, strlen(rows[i].text)), rows[i].body))
            fprintf(stderr, "    of: %s\n", rows[i].text);
    return check_done();
}
