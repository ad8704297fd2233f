# 1 "in.c"
int printf(const char *, ...);
static int marked;
static void mark(int *list, int n)
{<base>
    {__farm_count __farm_t0=0;for (int i = 0; i < n; i++)
# 6 "in.c"
        {++__farm_t0; if (list[i]) { marked++; } }__farm_c[0]+=__farm_t0;};
    if (n)
# 8 "in.c"
        {++__farm_c[1];do { marked = n; } while (0);}
    else
        marked = 7;
}
# 20 "in.h" 1
static inline int from_header(int x)
{
    return x + 1;
}
# 1 "/usr/include/system.h" 1 3 4
static inline int from_system(int x)
{
    return x + 1;
}
# 30 "in.h" 2
# 12 "in.c" 2
static int generated(int x) { int y = x; if (y) y++; return y; } static int second(int x) { return x; }
int main(void)
{<timed entry 4, again()>
    int list[] = {1, 0, 2};
    mark(list, 3);
    printf("%d %d %d %d %d\n", marked, from_header(1), from_system(1), generated(2), second(3));++__farm_c[5];
    return 0;
}<another name of main>
