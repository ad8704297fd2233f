int printf(const char *, ...);
static int next(int x)
{
    printf("%d\n", x);
    return x + 1;
}
static int strict(int n)
{
    int a = next(n), b = 2;
    const char *text = "x";
    int c = next(a);
    {
        int d;
        int e = b;
        d = next(e);
        c += d;
    }
    while (n-- > 0) {
        int f = next(n);
        char *none = 0;
        if (f > 1) {
            int g = f;
            c += g + (none != 0);
        }
    }
    return a + b + c + *text;
}
int main(void)
{
    return strict(2) == 0;
}
