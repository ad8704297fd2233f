/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/lines.h"

#include "tests/unit/check.h"

static struct lines l;
static const char *text;

/* "file:line" of the first place where `what` stands. */
static void check_place(const char *what, const char *file, unsigned line)
{
    struct lines_spot spot = lines_at(&l, (uint32_t)(strstr(text, what) - text));
    CHECK_STR(l.files.items[spot.file], file);
    CHECK_INT(spot.line, line);
}

int main(void)
{
    text = "# 0 \"a.c\"\n"
           "# 1 \"/dir//\"\n"
           "# 1 \"a.c\"\n"
           "one\n"
           "two /* a\n"
           "# 99 \"no.c\"\n"
           "*/ four \"# 7\"\n"
           "# 20 \"dir/with \\\"quote\\\" \\\\ \\303\\244.h\" 1 3 4\n"
           "header\n"
           "\n"
           "  # 5 \"a.c\" 2\n"
           "five\n"
           "# 9\n"
           "nine '\"' x // # 3\n"
           "#pragma omp\n"
           "eleven";
    lines_init(&l, text, strlen(text));
    check_place("one", "a.c", 1);
    check_place("two", "a.c", 2);
    check_place("four", "a.c", 4);
    check_place("header", "dir/with \"quote\" \\ \303\244.h", 20);
    check_place("five", "a.c", 5);
    check_place("nine", "a.c", 9);
    check_place("x //", "a.c", 9);
    check_place("eleven", "a.c", 11);
    check_place("one", "a.c", 1);
    lines_release(&l);

    text = "no marker\nsecond";
    lines_init(&l, text, strlen(text));
    check_place("second", "", 2);
    lines_release(&l);

    text = "# 1 \"new\\nline\\ttab\\\\name\\001\"\nfirst";
    lines_init(&l, text, strlen(text));
    check_place("first", "new\nline\ttab\\name\001", 1);
    lines_release(&l);
    return check_done();
}
