# 1 "in.c"
int printf(const char *, ...);
void exit(int) __attribute__((noreturn));
extern void __assert_fail(const char *) __attribute__((noreturn));
int outside(int x);
static int sum;

static inline int small(int x)
{
    return x + 1;
}
static int branches(int x)
{<base>
    if (x > 2)
        ++__farm_c[0],x = small(x);
    return x;
}
static int chain(int x)
{
    return branches(x) + small(branches(x + 1));
}
static int checked(int x)
{
    (x < 50) ? (void)0 : (++__farm_here_ID()[1],__assert_fail("x"));
    if (x < 0)
        ++__farm_here_ID()[2],exit(3);
    return x;
}
static int circle(int x);
static int around(int x)
{<entry 3>
    return x > 0 ? (++__farm_c[4],circle(x - 1)) : 0;
}
static int circle(int x)
{
    return x > 0 ? around(x - 1) : 1;
}
static int itself(int x)
{<entry 5>
    return x < 2 ? 1 : itself(x - 1) + itself(x - 2);
}
static int pointed(int x)
{<entry 6>
    return x;
}
static int (*pointer)(int) = pointed;
static int named_in_asm(int x)
{<entry 7>
    return x;
}
static int other_name(int x) __attribute__((alias("named_in_asm"), unused));
static void at_start(void) __attribute__((constructor));
static void at_start(void)
{<entry 8>
    sum++;
}
static void at_end(int *x)
{<entry 9>
    sum += *x;
}
static int sized(int x)
{<entry 10>
    return x;
}
static int typed(int x)
{<entry 11>
    return x;
}
static int second(int x)
{<entry 12>
    return x ? 0 : 5;
}
static int never_called(int x) __attribute__((unused));
static int never_called(int x)
{<entry 13>
    return x;
}
int outside(int x)
{<entry 14>
    return x > 90 ? (exit(1), 0) : x;
}
static int beside(int x)
{<entry 15>
    return x;
}
static int before(int x)
{
    return x;
}
static int argument(int x)
{
    return x;
}
static void odd(int i)
{
    __typeof__(typed(1)) t = typed(2);
    sum += (second(i) ?: second(0)) + t;
}
int main(void)
{<timed entry 18, again()>
    for (int i = 0; i < 5; i++) {
        int kept __attribute__((cleanup(at_end))) = i;++__farm_c[19];
        sum += chain(i);
        sum += checked(i);++__farm_c[20];
        sum += around(i) + itself(i) + pointer(i) + pointed(i) + named_in_asm(i) + kept;++__farm_c[21];
        sum += sizeof(sized(i)) + sized(i);
        if (i > 1 && (++__farm_c[22],small(i) > 3) && (++__farm_c[23],outside(small(i))))
            {++__farm_c[24],sum++;}++__farm_c[25];
    }
    odd(3);
    sum += beside(1) + outside(2);++__farm_c[26];
    sum += before(1) && outside(1);++__farm_c[27];
    sum += outside(argument(7));++__farm_c[28];
    printf("%d\n", sum);++__farm_c[29];
    return 0;
}<another name of main>
