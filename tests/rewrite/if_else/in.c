int printf(const char *, ...);
static int sign(int x)
{
    if (x > 0)
        return 1;
    else if (x < 0)
        return -1;
    return 0;
}
static int both(int x)
{
    int r = 0;
    if (x & 1)
        r += 1;
    else
        r += 2;
    if (x & 2) {
        r += 4;
    }
    if (x & 4)
        ;
    else
        r += 8;
    return r;
}
static int unknown(int x)
{
    if (printf("") > x)
        x = 1;
    else
        x = 2;
    return x;
}
int main(void)
{
    for (int i = -3; i < 4; i++)
        printf("%d %d %d\n", sign(i), both(i), unknown(i));
    return 0;
}
