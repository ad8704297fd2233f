/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Impact x ease, and how improvements are written.
 */
#include <math.h>

#include "db/study/priority.h"
#include "tests/unit/check.h"

static void classes(void)
{
    CHECK_INT(priority_class("n^2"), GROWTH_SQUARE);
    CHECK_INT(priority_class("n..n^2"), GROWTH_LINEAR);
    CHECK_INT(priority_class("n log n"), GROWTH_LINEAR_LOG);
    CHECK_INT(priority_class("2^n"), GROWTH_EXPONENTIAL);
    CHECK_INT(priority_class("1"), GROWTH_CONSTANT);
    CHECK_INT(priority_class("inconclusive"), GROWTH_INCONCLUSIVE);
    CHECK_INT(priority_class(""), GROWTH_INCONCLUSIVE);
}

static void scores(void)
{
    CHECK_INT(priority_score(.4, GROWTH_LINEAR, EFFORT_LOW), 40);
    CHECK_INT(priority_score(.4, GROWTH_LINEAR, EFFORT_UNKNOWN), 20);
    CHECK_INT(priority_score(.4, GROWTH_LINEAR, EFFORT_HIGH), 10);
    CHECK_INT(priority_score(.4, GROWTH_SQUARE, EFFORT_LOW), 60);
    CHECK_INT(priority_score(.4, GROWTH_CUBE, EFFORT_MEDIUM), 40);
    CHECK_INT(priority_score(.9, GROWTH_SQUARE_LOG, EFFORT_LOW), 100);   /* no more than all of it */
    CHECK_INT(priority_score(NAN, GROWTH_CUBE, EFFORT_LOW), 0);
    CHECK(priority_score(.3, GROWTH_SQUARE, EFFORT_MEDIUM) > priority_score(.4, GROWTH_LINEAR, EFFORT_MEDIUM));
    CHECK_STR(priority_word(30), "high");
    CHECK_STR(priority_word(29.9), "medium");
    CHECK_STR(priority_word(9.9), "low");
}

static void written(void)
{
    struct improvement i;
    struct str err = STR_INIT;
    CHECK(improvement_parse("observe,sim/x.c:46,a*:self,sim/log.c,b.c:f=2.5x:high", &i, &err));
    CHECK_INT(i.aims.count, 5);
    CHECK_INT(i.aims.items[0].kind, AIM_FUNCTION);
    CHECK_INT(i.aims.items[1].kind, AIM_LINE);
    CHECK_INT(i.aims.items[1].line, 46);
    CHECK_STR(i.aims.items[1].pattern, "sim/x.c");
    CHECK_INT(i.aims.items[2].kind, AIM_SELF);
    CHECK_STR(i.aims.items[2].pattern, "a*");
    CHECK_INT(i.aims.items[3].kind, AIM_FILE);
    CHECK_INT(i.aims.items[4].kind, AIM_FUNCTION);
    CHECK_STR(i.aims.items[4].pattern, "b.c:f");
    CHECK_INT(i.effort, EFFORT_HIGH);
    CHECK(i.factor == 2.5);
    improvement_release(&i);
    CHECK(improvement_parse("f=inf", &i, &err) && isinf(i.factor) && i.effort == EFFORT_UNKNOWN);
    improvement_release(&i);
    static const char *const wrong[] = {"f", "=2", "f=", "f=0", "f=-1", "f=2y", "f=2:", "f=2:easy", "f=nan", "f=2,g=3"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        str_clear(&err);
        CHECK(!improvement_parse(wrong[k], &i, &err));
        CHECK(err.len > 0);
        improvement_release(&i);
    }
    str_release(&err);
}

int main(void)
{
    classes();
    scores();
    written();
    return check_done();
}
