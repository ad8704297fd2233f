# 1 "in.c"
int printf(const char *, ...);
static int sign(int x)
{<entry 0>
    if (x > 0)
        {++__farm_c[1];return 1;}
    else if (x < 0)
        {++__farm_c[2];return -1;}
    return 0;
}
static int both(int x)
{<entry 3>
    int r = 0;
    if (x & 1)
        ++__farm_c[4],r += 1;
    else
        r += 2;
    if (x & 2) {++__farm_c[5];
        r += 4;
    }
    if (x & 4)
        ;
    else
        ++__farm_c[6],r += 8;
    return r;
}
static int unknown(int x)
{<base>
    if (printf("") > x)
        ++__farm_c[7],x = 1;
    else
        ++__farm_c[8],x = 2;
    return x;
}
int main(void)
{<timed entry 11, again()>
    for (int i = -3; i < 4; i++)
        {++__farm_c[12],printf("%d %d %d\n", sign(i), both(i), unknown(i));}++__farm_c[13];
    return 0;
}<another name of main>
