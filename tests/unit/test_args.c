/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Command lines and what they are split into. Inputs need not exist.
 */
#include "instrument/args.h"

#include <stdlib.h>

#include "base/file.h"
#include "instrument/compiler.h"
#include "instrument/probe.h"
#include "instrument/strip.h"
#include "tests/unit/check.h"

/* Parses words separated by spaces. */
static void parse(const char *line, bool cxx, struct args *a)
{
    struct words words = {0};
    response_split(line, &words);
    *vec_push(&words.list) = NULL;
    args_parse(words.list.items, cxx, a);
    words_release(&words);
}

static char *join(struct words *words)
{
    struct str line = STR_INIT;
    for (size_t i = 0; i < words->list.count; i++)
        str_addf(&line, "%s%s", i ? " " : "", words->list.items[i]);
    words_release(words);
    return str_detach(&line);
}

static void check_line(const char *line, const char *what, struct words *words, const char *expected)
{
    char *actual = join(words);
    if (!CHECK_STR(actual, expected))
        fprintf(stderr, "    %s of: %s\n", what, line);
    free(actual);
}

static void shapes(void)
{
    static const struct {
        const char *line;
        enum args_mode mode;
        int inputs, sources;
        const char *output;
        bool plain_first, passed;
    } rows[] = {
        {"-c x.c", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"-S x.c -o y.s", ARGS_ASSEMBLY, 1, 1, "y.s", false, false},
        {"-c -S x.c", ARGS_ASSEMBLY, 1, 1, NULL, false, false},
        {"x.c y.c -o prog", ARGS_LINK, 2, 2, "prog", false, false},
        {"-oprog x.o -lm", ARGS_LINK, 1, 0, "prog", false, false},
        {"-o prog x.c y.s z.a", ARGS_LINK, 3, 1, "prog", false, false},
        {"-x c x.txt", ARGS_LINK, 1, 1, NULL, false, false},
        {"-xc x.txt -x none y.c z.txt", ARGS_LINK, 3, 2, NULL, false, false},
        {"-x c++ x.c -c", ARGS_OBJECT, 1, 0, NULL, false, true},
        {"-c x.cpp", ARGS_OBJECT, 1, 0, NULL, false, true},
        {"-c x.i", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"-c x.i -MD", ARGS_OBJECT, 1, 1, NULL, true, false},
        {"-x cpp-output -c x", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"-c -", ARGS_OBJECT, 1, 0, NULL, false, true},
        {"-x c -c -", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"-c x.c -o -", ARGS_OBJECT, 1, 1, "-", false, true},
        {"-c x.c -o /dev/null", ARGS_OBJECT, 1, 1, "/dev/null", false, true},
        {"-c x.c y.c -o z.o", ARGS_OBJECT, 2, 2, "z.o", false, true},
        {"-c x.c y.c", ARGS_OBJECT, 2, 2, NULL, false, false},
        {"-c x.c y.s", ARGS_OBJECT, 2, 1, NULL, true, false},
        {"-c x.h", ARGS_OBJECT, 1, 0, NULL, false, true},
        {"x.h x.c", ARGS_LINK, 2, 1, NULL, false, true},
        {"-x c-header x.c", ARGS_LINK, 1, 0, NULL, false, true},
        {"-E x.c", ARGS_LINK, 1, 1, NULL, false, true},
        {"-M x.c", ARGS_LINK, 1, 1, NULL, false, true},
        {"-MM x.c", ARGS_LINK, 1, 1, NULL, false, true},
        {"-m32 -c x.c", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"-fprofile-use=p -c x.c", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"-r x.c -o x.o", ARGS_LINK, 1, 1, "x.o", false, false},
        {"--version", ARGS_LINK, 0, 0, NULL, false, true},
        {"-fsyntax-only x.c", ARGS_LINK, 1, 1, NULL, false, true},
        {"-### -c x.c", ARGS_OBJECT, 1, 1, NULL, false, true},
        {"-c x.c --unknown y.c", ARGS_OBJECT, 2, 2, NULL, false, true},
        {"-c x.c -fwhat-is-this", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"-c x.c -Werror", ARGS_OBJECT, 1, 1, NULL, true, false},
        {"-c x.c -Werror=return-type", ARGS_OBJECT, 1, 1, NULL, true, false},
        {"-c x.c -Wunused-macros", ARGS_OBJECT, 1, 1, NULL, true, false},
        {"-c x.c -Wno-error", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"x.o -Werror", ARGS_LINK, 1, 0, NULL, false, false},
        {"-v x.o", ARGS_LINK, 1, 0, NULL, true, false},
        {"-c x.c -save-temps=obj", ARGS_OBJECT, 1, 1, NULL, true, false},
        {"-c x.c -MD", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"x.c -MD", ARGS_LINK, 1, 1, NULL, true, false},
        {"-c x.c y.c -MD", ARGS_OBJECT, 2, 2, NULL, true, false},
        {"-include a.c -I b.c -c x.c", ARGS_OBJECT, 1, 1, NULL, false, false},
        {"", ARGS_LINK, 0, 0, NULL, false, true},
        {"-o", ARGS_LINK, 0, 0, NULL, false, true},
        {"-x", ARGS_LINK, 0, 0, NULL, false, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct args a;
        parse(rows[i].line, false, &a);
        int good = CHECK_INT(a.mode, rows[i].mode) & CHECK_INT(a.inputs.count, rows[i].inputs)
            & CHECK_INT(args_c_count(&a), rows[i].sources) & CHECK_STR(a.output, rows[i].output)
            & CHECK_INT(a.pass != NULL, rows[i].passed)
            & (rows[i].passed || CHECK_INT(a.plain_first, rows[i].plain_first));
        if (!good)
            fprintf(stderr, "    of: %s\n", rows[i].line);
        args_release(&a);
    }
}

static void untouched(void)
{
    static const struct { const char *line, *why; } rows[] = {
        {"-c x.c", NULL},
        {"-m32 -c x.c", "-m32"},
        {"-ffreestanding -c x.c -O2", "-ffreestanding"},
        {"-nostdlib x.o y.c", "-nostdlib"},
        {"-x c -c -", ARGS_ONCE},
        {"-include-pch x.pch -c x.c", "-include-pch"},
        {"-fprofile-use -c x.c", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct args a;
        parse(rows[i].line, false, &a);
        if (!CHECK_STR(a.untouched, rows[i].why))
            fprintf(stderr, "    of: %s\n", rows[i].line);
        args_release(&a);
    }
}

static void preprocess_steps(void)
{
    static const struct { const char *line; bool clang, fast; const char *expected; } rows[] = {
        {"-O2 -I inc -c x.c -o out/x.o", false, true, "-E -O2 -I inc x.c"},
        {"-Wextra -c x.c", false, true, "-E -Wextra x.c"},
        {"-c -MD x.c", false, true, "-E -MD x.c -MF x.d -MQ x.o"},
        {"-c -MD x.c", false, false, "-E x.c"},
        {"-c -MMD -o a.b/y.z.o d/x.c", false, true, "-E -MMD d/x.c -MF a.b/y.z.d -MQ a.b/y.z.o"},
        {"-c -MMD -o a.b/y x.c", false, true, "-E -MMD x.c -MF a.b/y.d -MQ a.b/y"},
        {"-c -MMD -MF f -MT t x.c", false, true, "-E -MMD -MF f -MT t x.c"},
        {"-c -MMD -MFf x.c", true, true, "-E -MMD -MFf x.c -MQ x.o"},
        {"-S -MD d/x.c", false, true, "-E -MD d/x.c -MF x.d -MQ x.o"},
        {"-c -MP x.c", false, true, "-E -MP x.c"},
        {"-c -Wp,-MD,w.d x.c -o y.o", false, true, "-E -Wp,-MD,w.d x.c"},
        {"-c -Wp,-MMD,w.d x.c -o y.o", true, true, "-E -MMD -MF w.d x.c -MQ y.o"},
        {"-c -MT -Wp,-MMD x.c -o y.o", true, true, "-E -MT -Wp,-MMD x.c"},
        {"-x c x.txt y.o -lm -L. -Wl,-z,now -v -o p", false, true, "-E -x c x.txt"},
        {"-c x.c -save-temps -fstack-usage -D A", false, false, "-E x.c -D A"},
        {"-Xclang -include-pch -Xclang p.pch -Xclang -include -Xclang p.h -Xclang -x -c x.c", true, true,
         "-E -Xclang -include -Xclang p.h -Xclang -x x.c"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct args a;
        struct words words = {0};
        parse(rows[i].line, false, &a);
        args_preprocess(&a, 0, rows[i].clang, rows[i].fast, false, &words);
        check_line(rows[i].line, "preprocess", &words, rows[i].expected);
        args_release(&a);
    }
    struct args a;
    struct words words = {0};
    parse("-Wextra -c x.c", false, &a);
    args_preprocess(&a, 0, false, true, true, &words);
    check_line("-Wextra -c x.c", "preprocess with comments", &words, "-E -C -Wextra x.c");
    args_release(&a);
}

static void compile_steps(void)
{
    static const struct { const char *line; bool quiet; const char *expected; } rows[] = {
        {"-O2 -I inc -DX -c x.c -o out/x.o -Wall -std=c11", false, "-O2 -Wall -std=c11"},
        {"-Xclang -include-pch -Xclang p.pch -Xclang -include -Xclang p.h -Xclang -x -c x.c", false, "-Xclang -x"},
        {"-Werror -Werror=x -pedantic-errors -pedantic -c x.c", true, "-pedantic"},
        {"-Werror -c x.c", false, "-Werror"},
        {"-c x.c -lm -L lib", false, "-lm -L lib"},
        {"-o p x.c -lm -L lib -pthread", false, "-pthread"},
        {"-x c -c x.txt -include y.h -MD -MF z -save-temps -Wp,-DX --param a=b", false, "--param a=b"},
        {"-g -gsplit-dwarf -flto x.c", false, "-g -gsplit-dwarf -flto"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct args a;
        struct words words = {0};
        parse(rows[i].line, false, &a);
        args_compile(&a, rows[i].quiet, &words);
        check_line(rows[i].line, "compile", &words, rows[i].expected);
        args_release(&a);
    }
}

static void link_steps(void)
{
    static const struct { const char *line, *expected, *plain; } rows[] = {
        {"-O2 x.c -o p y.o -lm", "-O2 T0.o -o p y.o -lm", "-O2 x.c"},
        {"-lm x.c z.c -MD -v", "-lm T0.o T1.o", "x.c"},
        {"-x c x.txt -x none y.o", "-x c -xnone T0.o -xc -x none y.o", "-x c x.txt -x none"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct args a;
        struct words words = {0};
        char object0[] = "T0.o", object1[] = "T1.o", *objects[3] = {0};
        parse(rows[i].line, false, &a);
        for (size_t k = 0; k < a.inputs.count; k++)
            objects[k] = a.inputs.items[k].c ? k ? object1 : object0 : NULL;
        args_link(&a, objects, &words);
        check_line(rows[i].line, "link", &words, rows[i].expected);
        args_plain(&a, 0, &words);
        check_line(rows[i].line, "plain", &words, rows[i].plain);
        args_release(&a);
    }
}

/* What leaves out symbols is taken off a link. */
static void strips(void)
{
    static const struct { const char *line, *expected; enum strip what; } rows[] = {
        {"cc x.o -o p", "cc x.o -o p", STRIP_NOTHING},
        {"cc -s x.o", "cc x.o", STRIP_ALL},
        {"cc x.o -Wl,-s", "cc x.o", STRIP_ALL},
        {"cc x.o -Wl,-O1,--strip-debug,-z,now -S", "cc x.o -Wl,-O1,-z,now -S", STRIP_DEBUG},
        {"cc -Xlinker -S -Xlinker -z x.o -Wl,--strip-all", "cc -Xlinker -z x.o", STRIP_ALL},
        {"cc -Wl,-soname,-Sx -Wl,-S", "cc -Wl,-soname,-Sx", STRIP_DEBUG},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct words words = {0};
        response_split(rows[i].line, &words);
        CHECK_INT(strip_take(&words), rows[i].what);
        check_line(rows[i].line, "strip", &words, rows[i].expected);
    }
}

static void targets(void)
{
    static const struct { const char *line, *expected; } rows[] = {
        {"-c d/x.c", "x.o"}, {"-S d/x.y.c", "x.y.s"}, {"-c x.c -o d/y", "d/y"}, {"-x c -c d.e/x", "x.o"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct args a;
        parse(rows[i].line, false, &a);
        char *target = args_target(&a, 0);
        CHECK_STR(target, rows[i].expected);
        free(target);
        args_release(&a);
    }
}

static void details(void)
{
    struct args a;
    parse("-g0 -c x.c -flto -fno-lto", false, &a);
    CHECK(!a.debug && !a.lto);
    args_release(&a);
    parse("-g0 -ggdb x.c -flto=auto -Wl,-O1,--build-id=none", false, &a);
    CHECK(a.debug && a.lto && a.build_id);
    args_release(&a);
    parse("x.o -Xlinker --build-id=sha1 -x c", false, &a);
    CHECK(a.build_id);
    CHECK_STR(a.last_language, "c");
    args_release(&a);
    parse("-c x.c", true, &a);
    CHECK_INT(args_c_count(&a), 0);
    args_release(&a);
    parse("-x c -c x.c", true, &a);
    CHECK_INT(args_c_count(&a), 1);
    args_release(&a);
}

static void responses(void)
{
    struct words words = {0};
    response_split("a 'b c' \"d \\\" e\" f\\ g '' \n\t h'i'j", &words);
    CHECK_INT(words.list.count, 6);
    CHECK_STR(words.list.items[1], "b c");
    CHECK_STR(words.list.items[2], "d \" e");
    CHECK_STR(words.list.items[3], "f g");
    CHECK_STR(words.list.items[4], "");
    CHECK_STR(words.list.items[5], "hij");
    struct str text = STR_INIT;
    struct words again = {0};
    *vec_push(&words.list) = str_copy("a\\\"b\n'c $d @e");
    response_write(&words, 1, &text);
    response_split(text.data, &again);
    CHECK_INT(again.list.count, words.list.count - 1);
    for (size_t i = 0; i < again.list.count; i++)
        CHECK_STR(again.list.items[i], words.list.items[i + 1]);
    str_release(&text);
    words_release(&again);
    words_release(&words);

    char folder[] = "/tmp/test_args.XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    char *inner = str_join_path(folder, "inner"), *outer = str_join_path(folder, "outer");
    char *outer_text = str_format("-c @%s @missing", inner);
    struct str err = STR_INIT;
    CHECK(file_write(inner, "-o 'x y.o' x.c", 14, &err) && file_write(outer, outer_text, strlen(outer_text), &err));
    char *line = str_format("-O2 @%s", outer);
    struct args a;
    parse(line, false, &a);
    CHECK_STR(a.output, "x y.o");
    CHECK_INT(a.inputs.count, 2);
    CHECK_STR(a.inputs.items[1].path, "@missing");
    args_release(&a);
    remove(inner), remove(outer), remove(folder);
    free(inner), free(outer), free(outer_text), free(line);
    str_release(&err);
}

static void compiler_names(void)
{
    static const char *const yes[] = {"cc", "gcc", "clang", "gcc-12", "clang-19", "x86_64-linux-gnu-gcc-12", "c99",
                                      "/usr/bin/gcc", "g++", "x86_64-linux-gnu-g++"};
    static const char *const no[] = {"x.c", "farmcc", "gcc.c", "ccache", "gcc-", "-", "", "cc1", "succ", "-12"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        CHECK(compiler_is_name(yes[i]) || (fprintf(stderr, "    %s\n", yes[i]), 0));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        CHECK(!compiler_is_name(no[i]) || (fprintf(stderr, "    %s\n", no[i]), 0));
}

static bool probe(const char *line, const char *directory)
{
    struct args a;
    parse(line, false, &a);
    bool is = probe_is(&a, directory);
    args_release(&a);
    return is;
}

static void probes(void)
{
    CHECK(probe("-c conftest.c", "/home/u"));
    CHECK(probe("-o conftest -g conftest.c", "/home/u"));
    CHECK(probe("conftest1.o x.c", "/home/u"));
    CHECK(probe("-g -O2 -c conftest__.c -o conftest__.o", "/home/u"));
    CHECK(probe("CMakeCCompilerId.c", "/home/u"));
    CHECK(probe("-c x.c", "/home/u/CMakeFiles/CMakeScratch/TryCompile-a1"));
    CHECK(probe("-c /b/CMakeFiles/CMakeTmp/x.c", "/home/u"));
    CHECK(probe("-c meson-private/tmp1/testfile.c", "/home/u"));
    CHECK(!probe("-c conftest_helper.c", "/home/u"));
    CHECK(!probe("-c myconftest.c", "/home/u"));
    CHECK(!probe("-c x.c -o CMakeFiles/prog.dir/x.c.o", "/home/CMakeTmp"));
    CHECK(!probe("-c x.c", "/home/u/my-meson-private"));
    CHECK(!probe("-c x.c", "/home/u/CMakeFiles/CMakeTmpl"));
}

int main(void)
{
    shapes();
    untouched();
    preprocess_steps();
    compile_steps();
    link_steps();
    strips();
    targets();
    details();
    responses();
    compiler_names();
    probes();
    return check_done();
}
