/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/edit.h"

#include "tests/unit/check.h"

static void applied(struct edit *e, const char *text, const char *expected)
{
    struct str out = STR_INIT;
    edit_apply(e, text, strlen(text), &out);
    CHECK_STR(out.data, expected);
    str_release(&out);
    edit_release(e);
}

int main(void)
{
    struct edit e = {0};
    applied(&e, "", "");
    applied(&e, "abc", "abc");

    edit_insert(&e, 3, "3");
    edit_insert(&e, 0, "0");
    edit_insertf(&e, 1, "<%d>", 1);
    applied(&e, "-b-", "0-<1>b-3");

    /* the same offset: in the order of adding, also among many */
    for (int i = 0; i < 40; i++)
        edit_insertf(&e, i % 2, "%c", 'a' + i / 2);
    applied(&e, "--", "abcdefghijklmnopqrst-abcdefghijklmnopqrst-");

    edit_insert(&e, 99, "end");
    edit_insert(&e, 1, "");
    applied(&e, "+-", "+-end");

    /* no word of the text becomes one with a word that is put in */
    edit_insert(&e, 6, "call(");
    edit_insert(&e, 9, ")");
    applied(&e, "return(x);", "return call((x));");
    edit_insert(&e, 0, "new");
    edit_insert(&e, 4, "2");
    applied(&e, "else", "new else 2");
    return check_done();
}
