# 1 "in.c"
int printf(const char *, ...);
static int next(int x)
{<base>
    printf("%d\n", x);++__farm_c[0];
    return x + 1;
}
static int strict(int n)
{<base>
    int a = next(n), b = 2;
    const char *text = "x";
    int c = (++__farm_c[1],next(a));++__farm_c[2];
    {
        int d;
        int e = b;
        d = next(e);++__farm_c[3];
        c += d;
    }
    while (n-- > 0) {
        int f = (++__farm_c[4],next(n));
        char *none = 0;++__farm_c[5];
        if (f > 1) {
            int g = f;++__farm_c[6];
            c += g + (none != 0);
        }
    }
    return a + b + c + *text;
}
int main(void)
{<timed entry 9, again()>
    return strict(2) == 0;
}<another name of main>
