# 1 "in.c"
int printf(const char *, ...);
static int yes(int x) {<entry 0> printf("y"); return x; }
static int lines(int a, int b)
{<entry 1>
    int r = 0;
    if (yes(a) &&
        (++__farm_c[2],yes(b)))
        {++__farm_c[3],r++;}++__farm_c[4];
    if (a > 1
        && (++__farm_c[5],yes(b))
        && (++__farm_c[6],(b > 1
            || (++__farm_c[7],yes(a)))))
        ++__farm_c[8],r++;
    while ((++__farm_c[9],yes(r))
           && (++__farm_c[10],r-- > 0))
        {;}++__farm_c[11];
    r += a ? b
        : yes(b);++__farm_c[12];
    r = a
        ? (++__farm_c[13],yes(a))
        : b;++__farm_c[14];
    if (sizeof(yes(a)) == 4 &&
        __builtin_constant_p(yes(a) ||
                             yes(b)))
        ++__farm_c[15],r++;
    return a == 3 ||
        (++__farm_c[16],yes(b) == 2);
}
int main(void)
{<timed entry 19, again()>
    for (int i = 0; i < 4; i++)
        {++__farm_c[20],printf("%d\n", lines(i, 3 - i));}++__farm_c[21];
    return 0;
}<another name of main>
