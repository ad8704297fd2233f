/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a unit test needs: count, compare, say where. No assert(), which a release build would empty. A test program is
 * one file; its main ends with `return check_done();`.
 */
#ifndef TESTS_UNIT_CHECK_H
#define TESTS_UNIT_CHECK_H

#include <stdio.h>
#include <string.h>

/* ThreadSanitizer makes every step a hundred times as slow: tests of many whole runs then do some of them. */
#if defined __has_feature
#if __has_feature(thread_sanitizer)
#define CHECK_FEW 1
#endif
#endif
#if defined __SANITIZE_THREAD__ && !defined CHECK_FEW
#define CHECK_FEW 1
#endif
#ifndef CHECK_FEW
#define CHECK_FEW 0
#endif

static int check_count, check_failures;

#define CHECK(cond) check_that((cond) ? 1 : 0, __FILE__, __LINE__, #cond)
#define CHECK_INT(actual, expected) check_int((long long)(actual), (long long)(expected), __FILE__, __LINE__, #actual)
#define CHECK_STR(actual, expected) check_str((actual), (expected), __FILE__, __LINE__, #actual)

static inline int check_that(int good, const char *file, int line, const char *what)
{
    check_count++;
    if (!good) {
        check_failures++;
        fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    }
    return good;
}

static inline int check_int(long long actual, long long expected, const char *file, int line, const char *what)
{
    if (!check_that(actual == expected, file, line, what))
        fprintf(stderr, "    expected %lld\n    actual   %lld\n", expected, actual);
    return actual == expected;
}

static inline int check_str(const char *actual, const char *expected, const char *file, int line, const char *what)
{
    int good = actual && expected ? strcmp(actual, expected) == 0 : actual == expected;
    if (!check_that(good, file, line, what))
        fprintf(stderr, "    expected \"%s\"\n    actual   \"%s\"\n", expected ? expected : "(null)",
                actual ? actual : "(null)");
    return good;
}

/* The exit status of the test program. A program without a single check fails: it proves nothing. */
static inline int check_done(void)
{
    printf("%d checks, %d failed\n", check_count, check_failures);
    return check_failures || !check_count;
}

#endif
