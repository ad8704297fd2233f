# 1 "in.c"
int printf(const char *, ...);
static int jump(int x)
{<base>
    int r = 1;
    __asm__ goto("test %0, %0\n\tjnz %l1" : : "r"(x) : "cc" : other);++__farm_c[0];
    r = 2;
    __asm__ __volatile__("" : "+r"(r));
    r++;
other:
    ++__farm_c[1];return r;
}
int main(void)
{<timed entry 4, again()>
    printf("%d %d\n", jump(0), jump(1));++__farm_c[5];
    return 0;
}<another name of main>
