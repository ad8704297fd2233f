#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
int outside(int x);
static int sum;

static inline int small(int x)
{
    return x + 1;
}
static int branches(int x)
{
    if (x > 2)
        x = small(x);
    return x;
}
static int chain(int x)
{
    return branches(x) + small(branches(x + 1));
}
static int checked(int x)
{
    assert(x < 50);
    if (x < 0)
        exit(3);
    return x;
}
static int circle(int x);
static int around(int x)
{
    return x > 0 ? circle(x - 1) : 0;
}
static int circle(int x)
{
    return x > 0 ? around(x - 1) : 1;
}
static int itself(int x)
{
    return x < 2 ? 1 : itself(x - 1) + itself(x - 2);
}
static int pointed(int x)
{
    return x;
}
static int (*pointer)(int) = pointed;
static int named_in_asm(int x)
{
    return x;
}
static int other_name(int x) __attribute__((alias("named_in_asm"), unused));
static void at_start(void) __attribute__((constructor));
static void at_start(void)
{
    sum++;
}
static void at_end(int *x)
{
    sum += *x;
}
static int sized(int x)
{
    return x;
}
static int typed(int x)
{
    return x;
}
static int second(int x)
{
    return x ? 0 : 5;
}
static int never_called(int x) __attribute__((unused));
static int never_called(int x)
{
    return x;
}
int outside(int x)
{
    return x > 90 ? (exit(1), 0) : x;
}
static int beside(int x)
{
    return x;
}
static int before(int x)
{
    return x;
}
static int argument(int x)
{
    return x;
}
static void odd(int i)
{
    __typeof__(typed(1)) t = typed(2);
    sum += (second(i) ?: second(0)) + t;
}
int main(void)
{
    for (int i = 0; i < 5; i++) {
        int kept __attribute__((cleanup(at_end))) = i;
        sum += chain(i);
        sum += checked(i);
        sum += around(i) + itself(i) + pointer(i) + pointed(i) + named_in_asm(i) + kept;
        sum += sizeof(sized(i)) + sized(i);
        if (i > 1 && small(i) > 3 && outside(small(i)))
            sum++;
    }
    odd(3);
    sum += beside(1) + outside(2);
    sum += before(1) && outside(1);
    sum += outside(argument(7));
    printf("%d\n", sum);
    return 0;
}
