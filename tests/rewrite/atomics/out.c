# 1 "in.c"
int printf(const char *, ...);
static _Atomic int hits;
static int touch(int n)
{<base>
    int before = __atomic_fetch_add(&hits, n, 5);
    if (__atomic_load_n(&hits, 0) > 3 &&
        (++__farm_c[0],__atomic_exchange_n(&hits, 0, 5) > 4))
        ++__farm_c[1],before--;
    {__farm_count __farm_t2=0;while (!__atomic_compare_exchange_n(&hits, &before, before + 1, 0, 5, 5))
        {++__farm_t2,n++;}__farm_c[2]+=__farm_t2;}
    __atomic_store_n(&hits, n, 5);
    return n;
}
int main(void)
{<timed entry 5, again()>
    printf("%d %d\n", touch(1), touch(4));++__farm_c[6];
    return 0;
}<another name of main>
