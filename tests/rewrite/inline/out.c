# 1 "in.c"
int printf(const char *, ...);
# 1 "in.h" 1
inline int plain_inline(int x)
{<entry 0>
    if (x > 2)
        ++__farm_c[1],x--;
    return x + 1;
}
static inline __attribute__((always_inline)) int forced(int x)
{
    return x + 2;
}
extern inline __attribute__((gnu_inline)) int borrowed(int x)
{<entry 2>
    return x + 3;
}
# 3 "in.c" 2
extern int plain_inline(int x);
int borrowed(int x)
{<entry 3>
    return x + 4;
}
int main(void)
{<timed entry 6, again()>
    printf("%d %d %d\n", plain_inline(1), forced(1), borrowed(1));++__farm_c[7];
    return 0;
}<another name of main>
