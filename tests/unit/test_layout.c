/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/layout.h"

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

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str text = STR_INIT;
        str_addf(&text, "void f(void)\n{\n%s}\n", rows[i].body);
        if (!CHECK_INT(layout_is_doubtful(text.data, (uint32_t)text.len), rows[i].doubtful))
            fprintf(stderr, "    of:\n%s\n", rows[i].body);
        str_release(&text);
    }
    return check_done();
}
