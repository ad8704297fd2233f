# 1 "in.c"
int printf(const char *, ...);
static int yes(int x) {<entry 0> printf("y"); return x; }
static int lines(int a, int b)
{<base>
    int r = 0;
    if (yes(a) &&
        (++__farm_c[1],yes(b)))
        {++__farm_c[2],r++;}++__farm_c[3];
    if (a > 1
        && (++__farm_c[4],yes(b))
        && (++__farm_c[5],(b > 1
            || (++__farm_c[6],yes(a)))))
        ++__farm_c[7],r++;
    while ((++__farm_c[8],yes(r))
           && (++__farm_c[9],r-- > 0))
        {;}++__farm_c[10];
    r += a ? b
        : yes(b);++__farm_c[11];
    r = a
        ? (++__farm_c[12],yes(a))
        : b;++__farm_c[13];
    if (sizeof(yes(a)) == 4 &&
        __builtin_constant_p(yes(a) ||
                             yes(b)))
        ++__farm_c[14],r++;
    return a == 3 ||
        (++__farm_c[15],yes(b) == 2);
}
int main(void)
{<timed entry 18, again()>
    for (int i = 0; i < 4; i++)
        {++__farm_c[19],printf("%d\n", lines(i, 3 - i));}++__farm_c[20];
    return 0;
}<another name of main>
