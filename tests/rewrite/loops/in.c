int printf(const char *, ...);
static int step(int x) { return x + 1; }
static int all(int n)
{
    int t = 0, i;
    for (i = 0; i < n; i++)
        t += i;
    for (i = 0; i < n; i++) {
        if (i == 3)
            continue;
        if (i == 5)
            break;
        t += step(i);
    }
    while (i-- > 0)
        printf(".");
    do
        t++;
    while (t < 20);
    do {
        t += 2;
    } while (0);
    for (;;) {
        if (t++ > 50)
            break;
    }
    for (;; i++)
        if (i > 3)
            break;
    while (1)
        if (t-- < 10)
            goto out;
out:
    for (i = 0; i < 4; i++)
        ;
    while (step(i++) < 9)
        ;
    do ; while (i-- > 0);
    for (int a = step(0), b = 3;
         a < b;
         a++)
        t += b;
    for (i = 0; i < n; i++)
        if (i & 1)
            t++;
        else
            t--;
    return t;
}
static int nested(int n)
{
    int t = 0;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            t += k;
    for (int i = 0; i < n; i++) {
        int k = i;
        while (k) {
            k--;
            if (t > 1000)
                return t;
        }
    }
    return t;
}
int main(void)
{
    printf("%d %d %d\n", all(0), all(9), nested(7));
    return 0;
}
