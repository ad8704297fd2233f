int printf(const char *, ...);
static int pick(int a, int b)
{
    int r = 0;
    if (a) {
        if (b)
            r = 1;
        else
            r = 2;
    }
    if (a)
        for (int i = 0; i < b; i++)
            if (i & 1)
                r += i;
            else
                r -= i;
    else
        r = 7;
    if (a)
        while (b-- > 0)
            r++;
    else if (b)
        do
            r--;
        while (r > 0);
    return r;
}
int main(void)
{
    for (int i = 0; i < 9; i++)
        printf("%d\n", pick(i % 3, i / 3));
    return 0;
}
