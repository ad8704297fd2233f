/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One small function per rule of how lines are counted. A mark at the end of a line states its hits, a dash there that
 * the line has no count; lines without a mark are not checked. gcov of gcc -O0 says the same everywhere. Calls per
 * function: see main.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sink;

static int straight(int a)                  //= 3
{
    int b = a + 1;                          //= 3
    b *= 2;                                 //= 3
    return b;                               //= 3
}

static void for_condition(int n)            //= 2
{
    for (int i = 0; i < n; i++)             //= 12
        sink += i;                          //= 10
}                                           //= 2

static void for_spread(int n)               //= 2
{
    for (int i = 0;                         //= 2
         i < n;                             //= 12
         i++) {                             //= 10
        sink += i;                          //= 10
    }
}                                           //= 2

static void for_without_condition(int n)    //= 2
{
    int i = 0;                              //= 2
    for (;; i++) {                          //= 8
        if (i == n)                         //= 10
            break;                          //= 2
        sink++;                             //= 8
    }
}                                           //= 2

static void for_ever(int n)                 //= 2
{
    for (;;) {                              //= -
        if (n-- == 0)                       //= 8
            break;                          //= 2
        sink++;                             //= 6
    }
}                                           //= 2

static int while_condition(int n)           //= 3
{
    int steps = 0;                          //= 3
    while (n > 1) {                         //= 18
        n = n % 2 ? 3 * n + 1 : n / 2;      //= 15
        steps++;                            //= 15
    }
    return steps;                           //= 3
}

static int while_one(void)                  //= 1
{
    int i = 0;                              //= 1
    while (1) {                             //= -
        i++;                                //= 5
        if (i == 5)                         //= 5
            return i;                       //= 1
    }
}

static void do_while(int n)                 //= 2
{
    do {                                    //= -
        sink += n;                          //= 9
        n--;                                //= 9
    } while (n > 0);                        //= 9
}                                           //= 2

static const char *branches(int x)          //= 10
{
    const char *s;
    if (x < 3)                              //= 10
        s = "small";                        //= 3
    else if (x < 7)                         //= 7
        s = "middle";                       //= 4
    else
        s = "large";                        //= 3
    if (x == 100) {                         //= 10
        s = "never";                        //= 0
    }
    return s;                               //= 10
}

static int switches(int x)                  //= 10
{
    int r = 0;                              //= 10
    switch (x) {                            //= 10
    case 0:                                 //= 1
        r = 1;                              //= 1
        break;                              //= 1
    case 1:                                 //= 1
        r = 2;                              //= 1
        /* fall through */
    case 2:                                 //= 3
    case 3:
        r += 3;                             //= 3
        break;                              //= 3
    default:                                //= 6
        r = -1;                             //= 6
        break;                              //= 6
    }
    return r;                               //= 10
}

static int labels(int n)                    //= 1
{
    int i = 0;                              //= 1
again:                                      //= 4
    i++;                                    //= 4
    if (i < n)                              //= 4
        goto again;                         //= 3
    goto out;                               //= 1
    i = 100;
out:                                        //= 1
    return i;                               //= 1
}

static int early(int x)                     //= 6
{
    if (x < 2)                              //= 6
        return 0;                           //= 2
    for (int i = 0; i < 3; i++) {           //= 10
        if (i == x - 2)                     //= 9
            return i;                       //= 3
        if (x == 5)                         //= 6
            continue;                       //= 3
        sink++;                             //= 3
    }
    return -1;                              //= 1
}

static int logical(int a, int b)            //= 4
{
    if (a                                   //= 4
        && b)
        return 1;                           //= 1
    return a || b;                          //= 3
}

static int leaves(int x)                    //= 2
{
    if (x)                                  //= 2
        exit(straight(0) - 2);              //= 1
    return x;                               //= 1
}

static jmp_buf env;

static void jumps(int depth)                //= 4
{
    if (depth == 0)                         //= 4
        longjmp(env, 7);                    //= 1
    jumps(depth - 1);                       //= 3
    sink++;                                 //= 0
}                                           //= 0

static int sets(void)                       //= 1
{
    volatile int n = 0;                     //= 1
    if (setjmp(env) == 0) {                 //= 1
        n++;                                //= 1
        jumps(3);                           //= 1
        n = 100;                            //= 0
    } else {
        n += 10;                            //= 1
    }
    return n;                               //= 1
}

static int recursive(int n)                 //= 177
{
    if (n < 2)                              //= 177
        return n;                           //= 89
    return recursive(n - 1) + recursive(n - 2); //= 88
}

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static int statement_expression(int x)      //= 2
{
    int y = ({                              //= 2
        int t = x * 2;                      //= 2
        t + 1;                              //= 2
    });
    return y;                               //= 2
}

static void ternary_void(int n)             //= 2
{
    n ? (void)sink++ : (void)0;             //= 2
}                                           //= 2

#define TWICE(x) do { sink += (x); sink += (x); } while (0)

static void macros(int n)                   //= 1
{
    for (int i = 0; i < n; i++)             //= 4
        TWICE(i);                           //= 3
}                                           //= 1

static int computed(int n)                  //= 1
{
    static void *const ops[] = { &&add, &&halt };
    int total = 0;                          //= 1
    goto *ops[n == 0];                      //= 1
add:                                        //= 3
    total += n;                             //= 3
    n--;                                    //= 3
    goto *ops[n == 0];                      //= 3
halt:                                       //= 1
    return total;                           //= 1
}

static int nested(int n)                    //= 1
{
    int hits = 0;                           //= 1
    for (int i = 0; i < n; i++) {           //= 6
        for (int j = 0; j < n; j++) {       //= 30
            if ((i + j) % 2)                //= 25
                continue;                   //= 12
            hits++;                         //= 13
            if (hits == 100)                //= 13
                goto done;                  //= 0
        }
    }
done:                                       //= 1
    return hits;                            //= 1
}

int main(void)                              //= 1
{
    int numbers[] = { 3, 1, 2 };            //= 1
    for (int i = 0; i < 2; i++)             //= 3
        straight(i);                        //= 2
    for_condition(0);                       //= 1
    for_condition(10);                      //= 1
    for_spread(0);                          //= 1
    for_spread(10);                         //= 1
    for_without_condition(3);               //= 1
    for_without_condition(5);               //= 1
    for_ever(2);                            //= 1
    for_ever(4);                            //= 1
    while_condition(1);                     //= 1
    while_condition(6);                     //= 1
    while_condition(20);                    //= 1
    while_one();                            //= 1
    do_while(0);                            //= 1
    do_while(8);                            //= 1
    for (int i = 0; i < 10; i++) {          //= 11
        sink += (int)strlen(branches(i));   //= 10
        sink += switches(i);                //= 10
    }
    labels(4);                              //= 1
    for (int i = 0; i < 6; i++)             //= 7
        early(i);                           //= 6
    logical(0, 0);                          //= 1
    logical(0, 1);                          //= 1
    logical(1, 0);                          //= 1
    logical(1, 1);                          //= 1
    sets();                                 //= 1
    recursive(10);                          //= 1
    qsort(numbers, 3, sizeof *numbers, compare); //= 1
    statement_expression(1);                //= 1
    statement_expression(2);                //= 1
    ternary_void(0);                        //= 1
    ternary_void(1);                        //= 1
    macros(3);                              //= 1
    computed(3);                            //= 1
    nested(5);                              //= 1
    printf("%d\n", sink);                   //= 1
    leaves(0);                              //= 1
    leaves(1);                              //= 1
    return 1;                               //= 0
}
