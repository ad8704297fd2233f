/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/opt.h"

#include <stdlib.h>

#include "tests/unit/check.h"

static bool flag;
static const char *text;
static double number;

static const struct opt table[] = {
    {'f', "flag", OPT_FLAG, &flag, NULL, "a flag"},
    {0, "text", OPT_TEXT, &text, "TEXT", "some text"},
    {'n', "number", OPT_NUMBER, &number, "N", "a number"},
    {0},
};

struct parsed {
    bool ok;
    char words[100];             /* what is left in argv, joined by a blank */
    char problem[200];
};

/* Splits `line` at blanks and parses it. */
static struct parsed parse(const char *line, bool stop_at_word)
{
    flag = false;
    text = NULL;
    number = 0;
    static char buffer[200];
    char *argv[20] = {0}, *rest = buffer;
    int argc = 0;
    snprintf(buffer, sizeof buffer, "%s", line);
    for (char *word; (word = strsep(&rest, " "));)
        argv[argc++] = word;
    struct parsed p = {0};
    struct str err = STR_INIT, left = STR_INIT;
    p.ok = opt_parse(table, stop_at_word, &argc, argv, &err);
    for (int i = 0; p.ok && i < argc; i++)
        str_addf(&left, "%s%s", i ? " " : "", argv[i]);
    CHECK(!p.ok || !argv[argc]);
    snprintf(p.words, sizeof p.words, "%s", left.data);
    snprintf(p.problem, sizeof p.problem, "%s", err.data);
    str_release(&err);
    str_release(&left);
    return p;
}

static void test_spellings(void)
{
    static const char *const lines[] = {"a --text=x -n 2.5 b -f", "--flag -n2.5 a --text x b",
                                        "a b --number=2.5 -f --text x"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct parsed p = parse(lines[i], false);
        CHECK(p.ok);
        CHECK_STR(p.words, "a b");
        CHECK(flag);
        CHECK_STR(text, "x");
        CHECK_INT(number * 10, 25);
    }
}

static void test_where_options_end(void)
{
    CHECK_STR(parse("a -- -f --text", false).words, "a -f --text");
    CHECK(!flag);
    CHECK_STR(parse("-f prog -n x --flag=1", true).words, "prog -n x --flag=1");
    CHECK(flag);
    CHECK_STR(parse("-f -- prog -f", true).words, "prog -f");
    CHECK_STR(parse("- -f", false).words, "-");
}

static void test_complaints(void)
{
    static const char *const cases[][2] = {
        {"--nothing", "unknown option '--nothing'; --help lists them"},
        {"-x", "unknown option '-x'; --help lists them"},
        {"--flags", "unknown option '--flags' (--flag?); --help lists them"},
        {"--te=x", "unknown option '--te=x' (--text?); --help lists them"},
        {"--nubmer", "unknown option '--nubmer' (--number?); --help lists them"},
        {"--t", "unknown option '--t'; --help lists them"},
        {"--text", "--text needs a value: TEXT"},
        {"--flag=yes", "--flag takes no value"},
        {"-n 3x", "--number takes a number, not '3x'"},
        {"--number=", "--number takes a number, not ''"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct parsed p = parse(cases[i][0], false);
        CHECK(!p.ok);
        CHECK_STR(p.problem, cases[i][1]);
    }
}

static void test_usage_names_each(void)
{
    char *shown = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&shown, &len);
    opt_usage(table, out);
    fclose(out);
    CHECK_STR(shown, "  -f, --flag                   a flag\n"
                     "      --text TEXT              some text\n"
                     "  -n, --number N               a number\n");
    free(shown);
}

int main(void)
{
    test_spellings();
    test_where_options_end();
    test_complaints();
    test_usage_names_each();
    return check_done();
}
