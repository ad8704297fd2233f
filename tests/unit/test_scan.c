/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/scan.h"

#include "tests/unit/check.h"

static struct scan_text text_of(const char *text)
{
    return (struct scan_text){text, (uint32_t)strlen(text)};
}

int main(void)
{
    CHECK_INT(scan_space(text_of(" /* ; */ // ;\n# 1 \"a.c\"\n x"), 0), 25);
    CHECK_INT(scan_space(text_of("a # b"), 2), 2);
    CHECK_INT(scan_space(text_of("/* open"), 0), 7);
    CHECK_INT(scan_semicolon(text_of("x /* */ ;y"), 1), 9);
    CHECK_INT(scan_semicolon(text_of("x y;"), 1), 1);
    CHECK_INT(scan_token(text_of("\"a\\\"b\"c"), 0), 6);
    CHECK_INT(scan_token(text_of("name+"), 0), 4);
    CHECK(scan_word(text_of("for("), 0, "for"));
    CHECK(!scan_word(text_of("fork"), 0, "for"));

    struct scan_header h;
    CHECK(scan_for(text_of("for (i = f(\";\", ';'); ({ ; 1; }); i++) x;"), 0, &h));
    CHECK_INT(h.open, 4);
    CHECK_INT(h.first, 20);
    CHECK_INT(h.second, 32);
    CHECK_INT(h.close, 37);
    CHECK(scan_for(text_of("for(;;);"), 0, &h));
    CHECK_INT(h.second, 5);
    CHECK(!scan_for(text_of("for (a; b"), 0, &h));
    CHECK(!scan_for(text_of("while (a)"), 0, &h));

    const char *pragma = "x;\n  # pragma omp for\ny;";
    CHECK(scan_pragma(text_of(pragma), 2, 24, false));
    CHECK(scan_pragma(text_of(pragma), 2, 24, true));
    CHECK(!scan_pragma(text_of("x; /*\n#pragma a\n*/ y"), 2, 18, false));
    CHECK(!scan_pragma(text_of("x;\n#pragma GCC ivdep\ny"), 2, 20, true));
    CHECK(!scan_pragma(text_of("\"\n#pragma\""), 0, 10, false));
    return check_done();
}
