#include <stdlib.h>

int sink;

static int sign(int n)
{
    if (n < 0)
        return -1;
    if (n == 0 && sink >= 0)
        return 0;
    else
        sink++;
    return 1;
}

static int loops(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        if (i % 3)
            sum += i;
        else if (i % 2)
            sum -= i;
    while (sum > 10) {
        sum /= 2;
        if (sum == 11)
            break;
    }
    do {
        sum++;
    } while (sum < 5);
    return sum;
}

static int never(int n)
{
    if (n)                      /* LCOV_EXCL_BR_LINE */
        return 1;
    return n > 2 ? 3 : 4;
}

/* LCOV_EXCL_START */
static int unwanted(int n)
{
    if (n)
        abort();
    return n;
}
/* LCOV_EXCL_STOP */

int main(int argc, char **argv)
{
    for (int i = -2; i < 3; i++)
        sink += sign(i);
    sink += loops(20);
    if (argc > 5)
        return never(argc);
    if (argc > 6)
        exit(unwanted(argc));   /* LCOV_EXCL_LINE */
    return argv[argc] != NULL;
}
