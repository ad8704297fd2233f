/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/globs.h"

#include "tests/unit/check.h"

int main(void)
{
    struct globs g = {0};
    CHECK(!globs_match(&g, "src/a.c", "f"));
    globs_add(&g, "src/*.h,,main_*");
    globs_add(&g, "b.c");
    globs_add(&g, "");
    CHECK_INT(g.patterns.count, 3);
    CHECK(globs_match(&g, "src/a.h", "f"));
    CHECK(globs_match(&g, "src/deep/a.h", "f"));
    CHECK(!globs_match(&g, "other/a.h", "f"));
    CHECK(globs_match(&g, "any/b.c", "f"));
    CHECK(!globs_match(&g, "any/ab.c", "f"));
    CHECK(globs_match(&g, "x.c", "main_loop"));
    CHECK(!globs_match(&g, "x.c", "mainloop"));
    globs_release(&g);
    CHECK(!globs_match(&g, "any/b.c", "f"));
    return check_done();
}
