/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines that hold several statements, statements over several lines, and what macros make of them. The rule: a line's
 * hits are how often control came to it from another line, plus the rounds of loops that stand wholly on it. A mark at
 * the end of a line states its hits as in proof_rules.c, and gcov of gcc -O0 says the same.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long sink;
static int at_depth;

static int pass(int x) { return x; }                            //= 14
static bool even(int x) { if (x % 2) return false; else return true; } //= 6

static void on_one_line(int n)
{
    if (n > 1) sink++;                                          //= 3
    if (n > 1) sink++; else sink--;                             //= 3
    if (n > 1) { sink++; sink *= 2; } else { sink--; }          //= 3
    for (int i = 0; i < n; i++) sink += i;                      //= 6
    while (sink > 100) sink /= 2;                               //= 3
    sink = 1; sink++; pass(1);                                  //= 3
    do sink++; while (sink < 5);                                //= 9
    for (int i = 0; i < n; i++) if (i == 1) break;              //= 5
    switch (n) { case 0: sink++; break; case 1: sink--; break; default: break; } //= 3
    if (n == 2) return; else sink++;                            //= 3
    sink--;                                                     //= 2
}

static int leaving(int x)
{
    if (x == 0) return pass(1);                                 //= 3
    if (x == 1) { sink++; return 2; }                           //= 2
    return pass(pass(3));                                       //= 1
}

static void spread(int a, int b)
{
    int c = a +                                                 //= 2
            b;
    if (a > 0 &&                                                //= 2
        b > 0) {
        sink += c;                                              //= 1
    } else if (a == 0 ||                                        //= 1
               b == 5) {
        sink--;                                                 //= 1
    }
    printf("%d %d"                                              //= 2
           "\n",
           a,
           pass(b));
    sink += a > 0                                               //= 2
        ? pass(1)
        : pass(2);
}

static int brace_on_own_line(int n)
{                                                               //= -
    int r;
    {
        int inner = n;                                          //= 2
        r = inner * 2;                                          //= 2
    }
    return r;                                                   //= 2
}

static void chain(int n)
{
    if (n == 0) {                                               //= 4
        sink++;                                                 //= 1
    } else if (n == 1) {                                        //= 3
        sink--;                                                 //= 1
    } else if (n == 2)                                          //= 2
        sink += 2;                                              //= 1
    else {
        sink += 3;                                              //= 1
    }
}                                                               //= 4

static int case_lines(int n)
{
    switch (n) {                                                //= 5
    case 0: return 10;                                          //= 1
    case 1: sink++; break;                                      //= 1
    case 2: case 3: sink--;                                     //= 2
        break;                                                  //= 2
    default: { sink += 5; break; }                              //= 1
    }
    return sink > 0;                                            //= 4
}

static int if_in_switch_without_default(int n)
{
    switch (n & 3) {                                            //= 5
    case 1:                                                     //= 1
        if (n > 4)                                              //= 1
            return 1;                                           //= 0
        break;                                                  //= 1
    case 2: {                                                   //= 1
        int k = n;                                              //= 1
        while (k--)                                             //= 3
            sink++;                                             //= 2
        break;                                                  //= 1
    }
    }
    return 0;                                                   //= 5
}

#define CHECKED(x) do { if ((x) < 0) { fprintf(stderr, "negative\n"); exit(9); } } while (0)
#define SWAP(a, b) { int t = a; a = b; b = t; }
#define FOR_EACH(i, n) for (int i = 0; i < (n); i++)

static int macros(int a, int b)
{
    CHECKED(a);                                                 //= 1
    CHECKED(b);                                                 //= 1
    SWAP(a, b)                                                  //= 1
    FOR_EACH(i, 4)                                              //= 5
        sink += i;                                              //= 4
    FOR_EACH(i, 3) {                                            //= 4
        CHECKED(i);                                             //= 3
    }
    return a - b;                                               //= 1
}

static void noreturn_in_branch(int n)
{
    if (n > 100) {                                              //= 2
        fprintf(stderr, "too much\n");                          //= 0
        abort();                                                //= 0
    }
    sink += n;                                                  //= 2
}

static int deep(int n)
{
    at_depth++;                                                 //= 4
    if (n == 0)                                                 //= 4
        return 0;                                               //= 1
    int r = deep(n - 1) + 1;                                    //= 3
    at_depth--;                                                 //= 3
    return r;                                                   //= 3
}

static int loops_with_exits(const int *v, int n)
{
    int found = -1;                                             //= 3
    for (int i = 0; i < n; i++) {                               //= 8
        if (v[i] < 0)                                           //= 7
            continue;                                           //= 1
        if (v[i] == 7) {                                        //= 6
            found = i;                                          //= 2
            break;                                              //= 2
        }
        int k = v[i];                                           //= 4
        while (k > 0) {                                         //= 9
            if (k == 3)                                         //= 7
                goto next;                                      //= 2
            k--;                                                //= 5
        }
        sink++;                                                 //= 2
next:                                                           //= 4
        ;
    }
    return found;                                               //= 3
}

static int declarations(int n)
{
    int unused_first, a = n, b;                                 //= 2
    static int kept = 4;
    int table[] = { 1, 2, n };                                  //= 2
    b = a + table[2] + kept;                                    //= 2
    unused_first = b;                                           //= 2
    return unused_first;                                        //= 2
}

static void empty(void)                                         //= 2
{
}                                                               //= 2

static inline int inlined(int x)                                //= 3
{
    return x + 1;                                               //= 3
}

static void call_of_pointer(int (*f)(int))
{
    sink += f(1);                                               //= 2
    (*f)(2);                                                    //= 2
}

static int operands_behind(const char *mode, unsigned left)
{
    const char *k = NULL, *v = NULL;
    if (mode && *mode &&                                        //= 6
        ((void)(k = strchr(mode, 'k')),                         //= 5
         (void)(v = strchr(mode, 'v')),                         //= 5
         (k || v)))                                             //= 5
        return 1;                                               //= 3
    if (left > 4 ||                                             //= 3
        ((left || *mode == 'x') && k != v &&                    //= 2
         left < 9))
        return 2;                                               //= 1
    return 3;                                                   //= 2
}

int main(void)
{
    static const int v[] = { -1, 2, 7, 3, 5, 1 };
    for (int i = 1; i < 4; i++)                                 //= 4
        on_one_line(i == 1 ? 0 : i == 2 ? 1 : 2);               //= 3
    leaving(0); leaving(1); leaving(2);                         //= 1
    spread(1, 2); spread(0, 3);                                 //= 1
    brace_on_own_line(1);                                       //= 1
    brace_on_own_line(2);                                       //= 1
    for (int i = 0; i < 4; i++) chain(i);                       //= 5
    for (int i = 0; i < 5; i++) case_lines(i);                  //= 6
    for (int i = 0; i < 5; i++)                                 //= 6
        if_in_switch_without_default(i);                        //= 5
    macros(1, 2);                                               //= 1
    noreturn_in_branch(1), noreturn_in_branch(2);               //= 1
    deep(3);                                                    //= 1
    loops_with_exits(v, 6);                                     //= 1
    loops_with_exits(v + 2, 1);                                 //= 1
    loops_with_exits(v + 3, 3);                                 //= 1
    declarations(1);                                            //= 1
    declarations(2);                                            //= 1
    operands_behind("k", 1), operands_behind("v", 1), operands_behind("kv", 1); //= 1
    operands_behind("x", 1), operands_behind("x", 5), operands_behind("", 0); //= 1
    empty();                                                    //= 1
    empty();                                                    //= 1
    inlined(inlined(inlined(1)));                               //= 1
    call_of_pointer(pass);                                      //= 1
    call_of_pointer(pass);                                      //= 1
    for (int i = 0; i < 6; i++) sink += even(i);                //= 7
    printf("%ld %d\n", sink, at_depth);                         //= 1
    return 0;                                                   //= 1
}
