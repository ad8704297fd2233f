/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/layout.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "tests/unit/check.h"

/* Statements of a function, and whether a warning about their layout is possible. */
static const struct { const char *body; bool doubtful; } rows[] = {
    {"", false},
    {"  a();\n  b();\n", false},
    {"  if (x)\n    a();\n  b();\n", false},
    {"  if (x)\n    a();\n    b();\n", true},
    {"\tif (x)\n\t\ta();\n        b();\n", false},
    {"\tif (x)\n\t\ta();\n                b();\n", true},
    {"  if (x) a(); b();\n", true},
    {"  if (x) a();\n  b();\n", false},
    {"  if (x) a(); else b();\n  c();\n", false},
    {"  if (x) {\n    a();\n  }\n    b();\n", false},
    {"  if (x) { a(); } b();\n", false},
    {"  if (x)\n    a();\n  else\n    b();\n    c();\n", true},
    {"  if (x)\n    a();\n  else if (y)\n    b();\n  else\n    c();\n  d();\n", false},
    {"  while (x)\n    a();\n    b();\n", true},
    {"  for (;;)\n    if (x)\n      a();\n    b();\n", true},
    {"  for (;;)\n    if (x)\n      a();\n    else\n      b();\n  c();\n", false},
    {"  while (x)\n  switch (y) {\n  case 1: a();\n  }\n  b();\n", false},
    {"  while (x)\n  out:\n    a();\n    b();\n", true},
    {"  if (x)\n    a();;\n  b();\n", false},
    {"  if (x) a();; b();\n", false},
    {"  if (x) ; else a();\n", false},
    {"  if (x) a(); else ;\n", true},
    {"  while (x);\n  a();\n", true},
    {"  while (x)\n    ;\n  a();\n", false},
    {"  if (x)\n    return;\n}\nvoid g(void)\n{\n", false},
    {"  do {\n    a();\n  } while (x);\n  b();\n", false},
    {"  if (x)\n    do {\n      a();\n    } while (y);\n  b();\n", false},
    {"  if (x)\n    do a(); while (y);\n    b();\n", true},
    {"  if (x)\n    s = (struct s){1, {2}};\n  b();\n", false},
    {"  if (x)\n# 7 \"x.c\" 3\n    a();\n# 7 \"x.c\"\n  b();\n", false},
    {"  if (x) /* if (y); */\n    a(\"if (z);\");\n  b();\n", false},
    {"  switch (x)\n  case 1:\n    a();\n    b();\n", true},
    {"  if", false},
    {"  if (", false},
    {"  if (x)", false},
    {"  if (x) a(", false},
    {"  else else else", false},
    {"  do do do", false},
};

/* What stands on the named line of the source, whose text expands to something doubtful. */
static const struct { const char *source, *body; bool doubtful; } origins[] = {
    {"\nIF_A_THEN_B(x); c();\n", "  if (x) a(); b(); c();\n", false},
    {"\nIF_A_THEN_B(x); /* don't */ if (x) a(); b();\n", "  if (x) a(); b(); if (x) a(); b();\n", true},
    {"\n  if (x) a(); b();\n", "  if (x) a(); b();\n", true},
    {"\n  diff (x) a(); b();\n", "  if (x) a(); b();\n", false},
    {"\nEMPTY(x)\n", "  if (x);\n", true},
    {"\n", "  if (x) a(); b();\n", true},
    {"if (x) a();\nMACRO\nif (x)\n", "  MACRO\n# 2 \"test_layout.source\"\n  if (x) a(); b();\n", false},
};

static void test_origins(void)
{
    static const char name[] = "test_layout.source";
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        struct str text = STR_INIT, err = STR_INIT;
        CHECK(file_write(name, origins[i].source, strlen(origins[i].source), &err));
        str_addf(&text, "# 1 \"%s\"\nvoid f(void) {\n%s}\n", name, origins[i].body);
        if (!CHECK_INT(layout_is_doubtful(text.data, (uint32_t)text.len), origins[i].doubtful))
            fprintf(stderr, "    of:\n%s\n", origins[i].source);
        str_release(&text);
        str_release(&err);
    }
    unlink(name);
}

int main(void)
{
    test_origins();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str text = STR_INIT;
        str_addf(&text, "void f(void)\n{\n%s}\n", rows[i].body);
        if (!CHECK_INT(layout_is_doubtful(text.data, (uint32_t)text.len), rows[i].doubtful))
            fprintf(stderr, "    of:\n%s\n", rows[i].body);
        str_release(&text);
    }
    return check_done();
}
