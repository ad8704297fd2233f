/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/vec.h"

#include "tests/unit/check.h"

struct pair {
    int key;
    const char *text;
};

static void test_keeps_elements_while_growing(void)
{
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++)
        *vec_push(&v) = i * i;
    CHECK_INT(v.count, 1000);
    CHECK(v.cap >= v.count);
    int wrong = 0;
    for (int i = 0; i < 1000; i++)
        wrong += v.items[i] != i * i;
    CHECK_INT(wrong, 0);
    vec_release(&v);
    CHECK(!v.items);
    CHECK_INT(v.count, 0);
    CHECK_INT(v.cap, 0);
}

static void test_new_elements_are_zeroed(void)
{
    VEC(struct pair) v = {0};
    *vec_push(&v) = (struct pair){7, "seven"};
    vec_clear(&v);
    struct pair *again = vec_push(&v);
    CHECK_INT(again->key, 0);
    CHECK(!again->text);
    CHECK_INT(v.count, 1);
    vec_release(&v);
}

static void test_release_accepts_zeroed(void)
{
    VEC(double) v = {0};
    vec_release(&v);
    CHECK_INT(v.count, 0);
}

int main(void)
{
    test_keeps_elements_while_growing();
    test_new_elements_are_zeroed();
    test_release_accepts_zeroed();
    return check_done();
}
