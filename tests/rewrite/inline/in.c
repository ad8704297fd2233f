# 1 "in.c"
int printf(const char *, ...);
# 1 "in.h" 1
inline int plain_inline(int x)
{
    if (x > 2)
        x--;
    return x + 1;
}
static inline __attribute__((always_inline)) int forced(int x)
{
    return x + 2;
}
extern inline __attribute__((gnu_inline)) int borrowed(int x)
{
    return x + 3;
}
# 3 "in.c" 2
extern int plain_inline(int x);
int borrowed(int x)
{
    return x + 4;
}
int main(void)
{
    printf("%d %d %d\n", plain_inline(1), forced(1), borrowed(1));
    return 0;
}
