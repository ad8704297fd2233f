int printf(const char *, ...);
static int plain(int x)
{
    int r = 0;
    switch (x) {
    case 1:
        r = 1;
        break;
    case 2:
    case 3:
        r = 3;
        /* fall through */
    case 4: r += 4; break;
    case 5: {
        int t = x;
        r = t;
        break;
    }
    case 6 ... 8:
        return 6;
    default:
        r = 7;
    }
    return r;
}
static int without_default(int x)
{
    int r = 0;
    switch (x) {
    case 1:
        r = 1;
        break;
    case 2:
        return 2;
    }
    r++;
    switch (x)
    case 3:
        r = 9;
    return r;
}
static int attribute(int x)
{
    int r = 0;
    switch (x) {
    case 1:
        r++;
        printf("one\n");
        __attribute__((fallthrough));
    case 2:
        r++;
    }
    return r;
}
int main(void)
{
    for (int i = 0; i < 10; i++)
        printf("%d %d %d\n", plain(i), without_default(i), attribute(i));
    return 0;
}
