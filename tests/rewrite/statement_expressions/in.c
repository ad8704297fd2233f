int printf(const char *, ...);
static int twice(int x) { return 2 * x; }
static int use(int a)
{
    int x = ({ int t = a; t > 2 ? t : 2; });
    int y = ({
        int t = twice(a);
        if (t > 4)
            t = 4;
        t;
    });
    for (;;) {
        x += ({ if (x > 9) break; 1; });
    }
    while (({ y--; y > 0; }))
        x++;
    if (({
            int z = twice(y);
            z;
        }) > 3)
        x--;
    return ({ x + y; });
}
int main(void)
{
    for (int i = 0; i < 5; i++)
        printf("%d\n", use(i));
    return 0;
}
